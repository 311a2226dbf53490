"""Names of files: one spelling that can be stored, and one that can be shown."""

import os

import pytest

from ingest.intake.file_names import nfc, printable_name


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("第3回 議事録（案）.pdf", "第3回 議事録（案）.pdf"),
        ("a\x1b[2J.pdf", r"a\x1b[2J.pdf"),
        ("a\u202efdp.exe", r"a\u202efdp.exe"),
        ("a\n\x85b\u200bc\u2028.txt", r"a\n\x85b\u200bc\u2028.txt"),
        ("葛\U000e0100城.txt", "葛\U000e0100城.txt"),  # a variant of the character, as councils use
    ],
)
def test_what_would_steer_a_terminal_is_shown_escaped(name, seen):
    """Control characters and marks of direction are spelt out, all else stands as it is."""
    assert printable_name(name) == seen


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (["文化".encode(), "会議録.txt".encode("cp932")], "文化/会議録.txt"),
        ([b"a\x81.txt"], r"a\x81.txt"),
    ],
)
def test_every_name_on_a_disk_can_be_stored(parts, name):
    """Bytes that are not UTF-8 are read as CP932, folder by folder, or else spelt out."""
    path = os.fsdecode(b"/".join(parts))
    assert nfc(path) == name
    assert nfc(path).encode()
