"""Words as they may be shown."""

import pytest

from index.language.visible import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("街路樹 300\n本\t目", "街路樹 300\n本\t目"),
        ("a\u202egpj.exe\u2066", "agpj.exe"),
        ("\x00\x1b[31m赤\x7f\x85", "[31m赤"),
        ("髙\ud800橋", "髙橋"),
        ("𠮷野家 👍🏽 한글 العربية", "𠮷野家 👍🏽 한글 العربية"),
    ],
)
def test_only_what_steers_and_is_not_seen_is_dropped(text: str, shown: str):
    """Control characters, bidirectional controls and halves of characters."""
    assert visible(text) == shown
