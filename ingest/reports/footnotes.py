"""Footnotes: a note at the foot of a page is moved to the words that refer to it."""

import re
from collections.abc import Sequence

from ingest.document.characters import DIGITS
from ingest.document.source import Line

_SIGN = r"(?:※|＊|\*|注|脚注|註)"
_MARK = re.compile(
    rf"[ 　]*[（(]?{_SIGN}[ 　]*(?P<number>[{DIGITS}]{{1,3}})[)）]?[ 　:：.．、]*(?=\S)"
)
_FAR = 120
"""Lines; a mark farther away belongs to another page."""


def is_note(line: Line) -> bool:
    """Say whether a line begins with the numbered mark of a note."""
    return not line.cells and _MARK.match(line.text) is not None


def join_footnotes(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with each numbered note right after the line that holds its mark.

    A note is a line that begins with a mark (``※1``, ``注２``, ``＊3``) that also occurs inside an
    earlier line. If that is a table row, the note goes after the table. Other lines stay in place.
    """
    notes: dict[int, list[Line]] = {}
    moved: set[int] = set()
    for at, line in enumerate(lines):
        match = None if line.cells else _MARK.match(line.text)
        if match is None:
            continue
        home = _home(lines, at, match["number"])
        if home is not None and home + 1 < at:
            notes.setdefault(_after_table(lines, home), []).append(line)
            moved.add(at)
    joined: list[Line] = []
    for at, line in enumerate(lines):
        if at not in moved:
            joined.append(line)
        joined.extend(notes.get(at, ()))
    return joined


def _home(lines: Sequence[Line], at: int, number: str) -> int | None:
    mark = re.compile(rf"{_SIGN}[ 　]*{number}(?![{DIGITS}])")
    for before in range(at - 1, max(-1, at - _FAR), -1):
        own = _MARK.match(lines[before].text)
        rest = lines[before].text[own.end() :] if own else lines[before].text
        if mark.search(rest):
            return before
        if own and own["number"] == number:
            return None  # an earlier note of that number belongs to the mark above it
    return None


def _after_table(lines: Sequence[Line], at: int) -> int:
    while lines[at].cells and at + 1 < len(lines) and lines[at + 1].cells:
        at += 1
    return at
