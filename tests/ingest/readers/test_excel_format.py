"""Numbers and dates are shown as Excel shows them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.excel.number_format import show_value

DAY = dt.datetime(2023, 4, 1, 13, 5, 9)  # noqa: DTZ001 (Excel knows no time zones)


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (1234567, "#,##0", "1,234,567"),
        (1234567, '#,##0"千円"', "1,234,567千円"),
        (1234567, "#,##0,", "1,235"),
        (0, "#,##0", "0"),
        (0.1234, "0.0%", "12.3%"),
        (0.5, "0%", "50%"),
        (-1234, '#,##0;"△ "#,##0', "△ 1,234"),
        (-1234, "#,##0_ ;[Red]\\-#,##0\\ ", "-1,234"),
        (-1234, "#,##0;▲#,##0", "▲1,234"),
        (0, '#,##0;△#,##0;"－"', "－"),
        (-3, "0", "-3"),
        (-0.001, "0.0", "0.0"),
        (2.5, "0", "3"),
        (1.005, "0.00", "1.01"),
        (12.5, "0.##", "12.5"),
        (12, "0.##", "12"),
        (5, "000", "005"),
        (1400001, "000-0000", "140-0001"),
        (123456, "[$¥-411]#,##0", "¥123,456"),
        (12345, "0.00E+00", "1.23E+04"),
        (0.00012, "0.0E+00", "1.2E-04"),
        (0.75, "# ?/?", "3/4"),
        (1.5, "# ?/?", "1 1/2"),
        (15, '[>=10]0"以上";0"未満"', "15以上"),
        (5, '[>=10]0"以上";0"未満"', "5未満"),
        (3, 'General"人"', "3人"),
        (3, "G/標準", "3"),
        (12, "[DBNum3]0", "１２"),
        (0.1 + 0.2, "General", "0.3"),
        (12345678901234, "General", "12345678901234"),
        (True, "General", "TRUE"),
        ("中嶋", '@"様"', "中嶋様"),
        ("中嶋", "#,##0;-#,##0;0;@", "中嶋"),
        (None, "General", ""),
        (5, ";;;", ""),
    ],
)
def test_numbers_are_shown_by_their_format(value, number_format, shown):
    """Thousands, units, shares, signs, conditions and texts come out as on the sheet."""
    assert show_value(value, number_format) == shown


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (DAY, '[$-411]ggge"年"m"月"d"日"', "令和5年4月1日"),
        (DAY, "[$-411]ge.m.d;@", "R5.4.1"),
        (DAY, "yyyy/m/d", "2023/4/1"),
        (DAY, 'yyyy"年"mm"月"', "2023年04月"),
        (DAY, "m/d", "4/1（2023-04-01）"),
        (DAY, 'm"月"d"日"(aaa)', "4月1日(土)（2023-04-01）"),
        (DAY, "aaaa", "土曜日"),
        (DAY, "h:mm:ss", "13:05:09"),
        (DAY, "yyyy-mm-dd h:mm", "2023-04-01 13:05"),
        (DAY, "[$-411]AM/PM h:mm", "午後 1:05"),
        (DAY, "h:mm AM/PM", "1:05 PM"),
        (DAY, "[$-F800]dddd, mmmm dd, yyyy", "2023年4月1日"),
        (DAY, "d-mmm-yy", "1-Apr-23"),
        (DAY, '[$-411]e"年度"', "5年度"),
        (45017, '[$-411]ggge"年"', "令和5年"),
        (dt.date(2019, 5, 1), '[$-ja-JP-x-gannen]ggge"年"', "令和元年"),
        (dt.date(2019, 4, 30), "ggge", "平成31"),
        (dt.time(9, 30), "h:mm", "9:30"),
        (dt.timedelta(hours=26, minutes=5), "[h]:mm", "26:05"),
        (dt.timedelta(minutes=95), '[m]"分"', "95分"),
    ],
)
def test_dates_are_shown_by_their_format(value, number_format, shown):
    """Eras, weekdays, hours and elapsed time come out as on the sheet; a year is never lost."""
    assert show_value(value, number_format) == shown


@given(st.integers(-(10**12), 10**12))
def test_no_digit_of_a_number_is_lost(number):
    """Thousands commas part the digits and change nothing else."""
    assert show_value(number, "#,##0").replace(",", "") == str(number)


@given(
    st.text('0#?,.%/E+-gemdhsy;@[]"\\_*$<>=年月 ', max_size=12),
    st.one_of(st.integers(), st.floats(), st.datetimes(), st.timedeltas(), st.text()),
)
def test_no_format_breaks_the_reading(number_format, value):
    """Whatever a file has for a format, something is shown."""
    assert isinstance(show_value(value, number_format), str)
