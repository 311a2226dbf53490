import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import QuestionError
from index.language.dates import find_dates, kanji_number, parse_date, to_wareki

MODERN = st.dates(min_value=dt.date(1912, 7, 30), max_value=dt.date(2100, 12, 31))
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def spans(text):
    """Return first and last days as ISO text."""
    return [(date.start.isoformat(), date.end.isoformat()) for date in find_dates(text)]


def kanji(number):
    """Write 1 to 99 as 二十三."""
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else digits[tens] + "十"
    return head + (digits[ones] if ones else "")


@given(MODERN)
def test_wareki_round_trip(day):
    """「年号の年は元年から数える」: to_wareki and find_dates undo each other for every day."""
    assert [(found.start, found.end) for found in find_dates(to_wareki(day))] == [(day, day)]


@given(MODERN)
def test_full_width_digits_mean_the_same(day):
    """Full-width digits are digits."""
    assert parse_date(to_wareki(day).translate(FULL_WIDTH)) == day


@given(st.dates(min_value=dt.date(1000, 1, 1), max_value=dt.date(2999, 12, 31)))
def test_iso_round_trip(day):
    """An ISO date is read as itself."""
    assert parse_date(day.isoformat()) == day


@given(st.dates(min_value=dt.date(2019, 5, 1), max_value=dt.date(2099, 12, 31)))
def test_kanji_numerals_mean_the_same(day):
    """令和四年十二月二十日 is 令和4年12月20日."""
    text = f"令和{kanji(day.year - 2018)}年{kanji(day.month)}月{kanji(day.day)}日"
    assert parse_date(text) == day


@given(st.text(alphabet="令和平成昭元年月日度RHS.0123456789０１９一二十百/- ", max_size=30))
def test_spans_lie_in_the_text_in_order_and_apart(text):
    """Whatever the text, what is found stands in it, in order, and does not overlap."""
    end = 0
    for found in find_dates(text):
        assert end <= found.span[0] < found.span[1] <= len(text)
        assert found.start <= found.end
        end = found.span[1]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("令和4年12月20日", "2022-12-20", "2022-12-20"),
        ("R4.12.20", "2022-12-20", "2022-12-20"),
        ("㋿4年5月", "2022-05-01", "2022-05-31"),
        ("令和元年5月1日", "2019-05-01", "2019-05-01"),
        ("昭和六十三年", "1988-01-01", "1988-12-31"),
        ("明治45年7月29日", "1912-07-29", "1912-07-29"),
        ("大正元年7月30日", "1912-07-30", "1912-07-30"),
        ("二〇二二年十二月二十日", "2022-12-20", "2022-12-20"),
        ("2022年12月20日", "2022-12-20", "2022-12-20"),
        ("2022/12/20", "2022-12-20", "2022-12-20"),
        ("December 20, 2022", "2022-12-20", "2022-12-20"),
        ("20 Dec. 2022", "2022-12-20", "2022-12-20"),
        ("this 20th day of December, 2022", "2022-12-20", "2022-12-20"),
        ("令和 4 年 12 月 20 日", "2022-12-20", "2022-12-20"),
        ("平成31年度", "2019-04-01", "2020-03-31"),
        ("令和4年度", "2022-04-01", "2023-03-31"),
        ("令和4年度3月", "2023-03-01", "2023-03-31"),
        ("H24年度", "2012-04-01", "2013-03-31"),
    ],
)
def test_every_spelling(text, start, end):
    """Each way in which councils write a date is read."""
    assert spans(text) == [(start, end)]


@pytest.mark.parametrize(
    "text",
    [
        "平成31年5月1日",
        "令和元年4月30日",
        "昭和64年1月8日",
        "令和4年13月1日",
        "令和4年2月30日",
        "令和0年",
    ],
)
def test_days_outside_their_era_or_calendar_are_no_dates(text):
    """「平成は平成31年4月30日まで」: a day that never was is not read as another one."""
    assert all(found.start != found.end for found in find_dates(text))


def test_spans_point_at_the_words():
    """The span of a date in a sentence covers the date and nothing else."""
    text = "前回は令和4年7月21日、今回はR4.12.20に開いた。"
    assert [text[slice(*found.span)] for found in find_dates(text)] == [
        "令和4年7月21日",
        "R4.12.20",
    ]


@pytest.mark.parametrize("text", ["", "先月", "令和4年", "2022-02-30", "令和4年1月1日と2日"])
def test_parse_date_refuses_what_is_not_one_day(text):
    """The error for a date that cannot be read shows how to write one."""
    with pytest.raises(QuestionError, match="2022-12-20"):
        parse_date(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("百八", 108),
        ("二〇二二", 2022),
        ("12億3千万", 1_230_000_000),
        ("廿", 20),
        ("元", 1),
        ("十", 10),
    ],
)
def test_kanji_numbers(text, number):
    """Numbers in kanji, positional or not, mixed with digits, are read."""
    assert kanji_number(text) == number


def test_what_is_no_number_is_none():
    """Words are not read as numbers."""
    assert kanji_number("番") is None
    assert kanji_number("") is None
