"""Transcripts with the time before each speech: ``[00:01:05] Mayor Quill: …``, ``Ana Diaz  1:05``.

The time is not part of the speech; it is kept as the locator of the line.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.place import Locator
from ingest.document.source import Line

_TIME = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,3})?)?"
_BEFORE = re.compile(
    rf"\s*(?:[\[(<](?P<time>{_TIME})[\])>]\s*[-–—]?\s*(?P<rest>[^\W\d].*)"
    rf"|(?P<bare>{_TIME})\s*[-–—]?\s*(?P<named>[A-Z][^:]{{1,60}}:(?:\s.*)?))$",
    re.DOTALL,
)
_NAME = r"[A-Z][\w.'’-]*(?:\s+(?:\(?[A-Z][\w.'’-]*\)?|de|van|von|of|the)){0,5}"
_AFTER = re.compile(rf"\s*(?P<name>{_NAME})[\s\[(]+(?P<time>{_TIME})[\])]?\s*$")
_LEAST = 3
_SHARE = 0.2


def without_time_codes(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Move the times into the locators if many lines carry one."""
    found = [_split_time_code(line) for line in lines]
    timed = sum(1 for part in found if part is not None)
    if timed < max(_LEAST, _SHARE * len(lines)):
        return tuple(lines)
    return tuple(part or line for part, line in zip(found, lines, strict=True))


def _split_time_code(line: Line) -> Line | None:
    if line.cells:
        return None
    before = _BEFORE.fullmatch(line.text)
    if before:
        rest = before["rest"] or before["named"]
        return _with_time(line, rest, before["time"] or before["bare"])
    after = _AFTER.fullmatch(line.text)
    return _with_time(line, f"{after['name']}:", after["time"]) if after else None


def _with_time(line: Line, text: str, time: str) -> Line:
    return replace(line, text=text, locator=replace(line.locator or Locator(), chapter=time))
