"""The times that a question names, absolute and relative."""

import datetime as dt

import pytest

from index.language.text import fold
from index.language.times import find_times, month_in

TODAY = dt.date(2024, 2, 29)
"""In the fiscal year 2023, and in a leap year."""


def days(text):
    """Return start and end of the times found, as ISO strings."""
    found = find_times(fold(text), TODAY)
    return [(time.start.isoformat(), time.end.isoformat()) for time in found]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("令和4年度の待機児童", "2022-04-01", "2023-03-31"),
        ("Ｒ４．１２．２０の会議", "2022-12-20", "2022-12-20"),
        ("in December 2022", "2022-12-01", "2022-12-31"),
        ("昨年", "2023-01-01", "2023-12-31"),
        ("去年の9月議会", "2023-09-01", "2023-09-30"),
        ("一昨年の十二月", "2022-12-01", "2022-12-31"),
        ("今年の2月", "2024-02-01", "2024-02-29"),
        ("昨年度", "2022-04-01", "2023-03-31"),
        ("今年度", "2023-04-01", "2024-03-31"),
        ("先月", "2024-01-01", "2024-01-31"),
        ("先々月", "2023-12-01", "2023-12-31"),
        ("last month", "2024-01-01", "2024-01-31"),
        ("last year", "2023-01-01", "2023-12-31"),
        ("last fiscal year", "2022-04-01", "2023-03-31"),
        ("昨年3月5日", "2023-03-05", "2023-03-05"),
        ("昨日", "2024-02-28", "2024-02-28"),
        ("What was decided in 2023?", "2023-01-01", "2023-12-31"),
        ("the budget for fiscal year 2023", "2023-04-01", "2024-03-31"),
    ],
)
def test_times_count_from_the_day_that_is_passed_in(text, start, end):
    """Every spelling gives its first and last day; a fiscal year runs from April to March."""
    assert days(text) == [(start, end)]


@pytest.mark.parametrize(
    "text", ["前年度より増えた", "今日まで", "9月の議会", "一本年", "blast year"]
)
def test_what_counts_from_elsewhere_is_no_time(text):
    """前年 compares with another year, and a month alone names no year."""
    assert days(text) == []


def test_a_month_within_a_fiscal_year_may_be_of_the_next_calendar_year():
    """令和4年度の3月 is March 2023; without such a month the time stays as it is."""
    (time,) = find_times("令和4年度", TODAY)
    assert month_in(time, 3).start == dt.date(2023, 3, 1)
    (short,) = find_times("令和4年5月", TODAY)
    assert month_in(short, 3) == short


def test_the_whole_fiscal_year_is_told_from_a_part_of_it():
    """Both a leap fiscal year and an ordinary one are whole."""
    years = find_times("令和4年度と令和5年度と令和4年4月", TODAY)
    assert [time.is_fiscal_year for time in years] == [True, True, False]


@pytest.mark.parametrize("text", ["in 2000 households", "resolution 2023-14", "a 2024 seat hall"])
def test_a_number_that_counts_is_no_year(text):
    """Only a year behind a word of time is one."""
    assert days(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Is the library open on Saturday?",
        "Which buses run on Sundays?",
        "What happened at Monday's meeting?",
        "土曜日に図書館は開いていますか",
    ],
)
def test_a_weekday_is_no_time(text):
    """It says of every week, or not of which: no date may be taken from it."""
    assert days(text) == []
