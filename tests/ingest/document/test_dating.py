import datetime as dt

import pytest

from ingest.document.dating import day_in_file_name


@pytest.mark.parametrize(
    "name",
    ["R41220_会議録.pdf", "gikai/r041220.txt", "20221220.pdf", "令和4年12月20日.docx"],
)
def test_the_day_is_read_from_a_file_name(name):
    """Files are named by the era's letter or the year, month and day in two digits each."""
    assert day_in_file_name(name) == dt.date(2022, 12, 20)


@pytest.mark.parametrize("name", ["123456789.pdf", "R41320.pdf", "A41220.pdf"])
def test_other_digits_in_a_file_name_are_no_day(name):
    """Longer numbers, impossible days and other letters name no day."""
    assert day_in_file_name(name) is None


def test_the_version_of_a_file_is_no_day():
    """ver.2019.12.1 counts versions."""
    assert day_in_file_name("会議録_ver.2019.12.1.txt") is None
