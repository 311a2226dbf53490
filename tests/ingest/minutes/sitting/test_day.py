import datetime as dt

import pytest

from ingest.minutes.sitting.day import sitting_day
from tests.ingest.lines import read

SPEECHES = """\
○議長（田上一郎君）　これより会議を開きます。
○町長（海野三郎君）　予算は二億円でございます。
"""


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("開会 令和5年6月6日\n閉会 令和5年6月20日\n令和5年6月12日（月曜日）午前10時開議", 12),
        ("令和5年6月6日開会\n令和5年6月20日閉会\n令和5年6月12日　午前10時", 12),
        ("招集年月日　令和5年6月6日\n令和5年6月12日（月曜日）", 12),
        ("印刷日：2023/6/28 ページ1\n日時　令和5.6.12(月) 13:30～", 12),
        ("公開日　令和5年7月3日\n開催日　令和5年6月12日", 12),
        ("公開日　令和5年6月30日\n令和5年6月12日（月曜日）", 12),
        ("自　令和5年6月12日\n至　令和5年6月13日", 12),
        ("開会　令和5年6月12日　午前10時\n議案第3号　令和5年5月1日に専決した予算", 12),
        ("令 和５年 ６月 １２ 日（月曜日）", 12),
        ("令和4年6月12日（日曜日）\n令和5年6月12日（月曜日）", 12),
    ],
)
def test_the_day_is_that_of_the_sitting(head, day):
    """Days of the session, of calling, printing and publishing give way to the sitting's."""
    document, _ = read(f"令和5年第2回みどり町議会定例会会議録\n{head}\n{SPEECHES}")
    assert document.date == dt.date(2023, 6, day)


def test_a_slip_in_the_year_is_put_right_and_told():
    """The weekday and the title agree on another year: that is taken, and a warning says so."""
    document, _ = read(
        f"令和5年第2回みどり町議会定例会会議録\n令和4年6月12日（月曜日）\n{SPEECHES}"
    )
    assert document.date == dt.date(2023, 6, 12)
    assert any("令和4年6月12日（月曜日）" in warning for warning in document.warnings)


def test_a_wrong_weekday_alone_is_only_told():
    """Where nothing says which is wrong, the day stays as printed and is to be checked."""
    document, _ = read(f"みどり町議会会議録\n令和5年6月12日（火曜日）\n{SPEECHES}")
    assert document.date == dt.date(2023, 6, 12)
    assert any("check the date" in warning for warning in document.warnings)


def test_a_day_that_nothing_contradicts_gives_no_warning():
    """Weekdays in Japanese and English agree with their days."""
    for head in ("令和5年6月12日（月曜日）", "Monday, June 12, 2023"):
        found = sitting_day((), (head,), "", "minutes.txt")
        assert (found.date, found.warnings) == (dt.date(2023, 6, 12), ())


@pytest.mark.parametrize(
    ("printed", "day", "told"),
    [
        ("平成31年6月10日（月曜日）", dt.date(2019, 6, 10), "after the end of that era"),
        ("昭和64年2月1日（水曜日）", dt.date(1989, 2, 1), "after the end of that era"),
        ("令和6年（2024年）6月10日（月曜日）", dt.date(2024, 6, 10), None),
        ("令和6年（2023年）6月10日（月曜日）", dt.date(2024, 6, 10), "check the year"),
        ("令和6年6月10日（2023年）（土曜日）", dt.date(2023, 6, 10), "check the year"),
    ],
)
def test_an_era_and_a_year_that_contradict_are_told(printed, day, told):
    """A form of the era before is put right; of two years the weekday's is taken."""
    document, _ = read(f"みどり町議会総務委員会会議録\n日時　{printed}午前10時\n{SPEECHES}")
    assert document.date == day
    assert [warning for warning in document.warnings if "role" not in warning] == [
        warning for warning in document.warnings if told and told in warning
    ]
    assert bool(told) == any(told in warning for warning in document.warnings if told)


SEVERAL = f"""\
令和6年第2回みどり町議会定例会会議録
令和6年6月3日（月曜日）午前10時開議
{SPEECHES}午前11時散会
令和6年第2回みどり町議会定例会会議録
令和6年6月4日（火曜日）午前10時開議
出席議員
1番　田上一郎　2番　海野三郎
日程第1　一般質問
○2番（石田花子君）　家賃を減額する考えはありますか。
○町長（海野三郎君）　令和7年度から減額します。
午後3時散会
"""


def test_several_days_in_one_file_are_told_apart():
    """After the rising nobody speaks; the second day stands above what was said then."""
    document, passages = read(SEVERAL)
    assert document.date == dt.date(2024, 6, 3)
    assert any("2024-06-04" in warning for warning in document.warnings)
    (listed,) = [passage for passage in passages if "出席議員" in passage.text]
    assert listed.speaker is None
    (answer,) = [passage for passage in passages if "減額します" in passage.text]
    assert answer.heading == ("令和6年6月4日（火曜日）午前10時開議", "日程第1　一般質問")
    (first,) = [passage for passage in passages if "二億円" in passage.text]
    assert first.heading == ()
