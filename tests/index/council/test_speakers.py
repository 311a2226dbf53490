"""Whose surname a name is, by the name itself."""

import pytest

from index.council.speakers import is_surname_of


@pytest.mark.parametrize(
    ("short", "full", "is_one"),
    [
        ("藤枝", "藤枝剛", True),
        ("森", "森一郎", True),
        ("林", "林孝", True),
        ("prowse", "jane prowse", True),
        ("原", "原島", False),
        ("林", "林田", False),
        ("谷", "谷口太郎", False),
        ("佐々", "佐々木", False),
        ("藤枝", "藤枝", False),
        ("", "藤枝剛", False),
    ],
)
def test_a_surname_is_not_the_beginning_of_a_longer_one(short: str, full: str, is_one: bool):  # noqa: FBT001  drawn
    """原島委員 never said what 原委員 did."""
    assert is_surname_of(short, full) is is_one
