"""How much of a file's words stand in its passages."""

import re
from collections.abc import Sequence

from index.passage import Passage
from index.text import sentences
from ingest.source import Line

_BLANK = re.compile(r"\s+")
_WORD = re.compile(r"\w")
_MARKS = re.compile(r"^[\W_]+|[\W_]+$")


def coverage(lines: Sequence[Line], passages: Sequence[Passage]) -> float:
    """Return the share (0 to 1) of letters and digits of ``lines`` that stand in passages.

    Speakers, headings and article captions count: they stand in fields of their own.
    """
    stream = _stream(passages)
    total = found = 0
    at = 0
    for line in lines:
        text = _BLANK.sub("", line.text)
        size = len(_WORD.findall(text))
        total += size
        here = stream.find(text, at)
        if here >= 0:
            found += size
            at = here
            continue
        found += _in_parts(line.text, stream)
    return found / total if total else 1.0


def _stream(passages: Sequence[Passage]) -> str:
    parts: list[str] = []
    before: Passage | None = None
    for passage in passages:
        if before is None or passage.heading != before.heading:
            parts.extend(passage.heading)
        if before is None or passage.turn != before.turn:
            parts.append(passage.speaker or "")
        parts.append(passage.text)
        before = passage
    return _BLANK.sub("", "\n".join(parts))


def _in_parts(text: str, stream: str) -> int:
    """A line that is not there whole: a label and its speech, or pieces of a long sentence."""
    found = 0
    for part in re.split(r"[ \u3000\t　]+", text):
        for sentence in sentences(part):
            words = _MARKS.sub("", _BLANK.sub("", sentence))
            if not words:
                continue
            if words in stream:
                found += len(_WORD.findall(words))
                continue
            for clause in re.split(r"(?<=[、，,）)：:])|(?=[（(])", words):
                bare = _MARKS.sub("", clause)
                if bare and bare in stream:
                    found += len(_WORD.findall(bare))
    return found
