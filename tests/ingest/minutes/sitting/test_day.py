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
