"""How much of a file's text is in its passages."""

import re
from collections.abc import Sequence

from index.language.text import sentences
from index.passage import Passage
from ingest.document.source import Line

_NO_LETTERS = re.compile(r"[\W_〇]+")
_LONGEST_LABEL = 30
_LONGEST_MARK = 2


def coverage(lines: Sequence[Line], passages: Sequence[Passage]) -> float:
    """Return the share (0 to 1) of letters and digits of ``lines`` that are in passages.

    Speakers, headings and article captions count: they are in fields of their own.
    """
    stream = _stream(passages)
    total = found = at = 0
    for line in lines:
        letters = _letters(line.text)
        total += len(letters)
        here = stream.find(letters, at)
        if here >= 0:
            found += len(letters)
            at = here
        else:
            # a merged cell is repeated in each of its rows, and kept once
            parts = line.cells or (line.text,)
            found += min(len(letters), sum(_count_by_sentence(part, stream) for part in parts))
    return found / total if total else 1.0


def _count_by_sentence(text: str, stream: str) -> int:
    parts = [_letters(sentence) for sentence in sentences(text)]
    found = [_count_found(part, stream) for part in parts]
    # a mark such as 答 or a number before a speech does not count
    mark = len(parts[0]) - found[0] if found and found[0] else 0
    return sum(found) + (mark if mark <= _LONGEST_MARK else 0)


def _count_found(letters: str, stream: str) -> int:
    """Count the letters of a sentence found in one piece; a label before them may be missing."""
    for start in range(min(_LONGEST_LABEL, len(letters))):
        if letters[start:] in stream:
            return len(letters) - start
    return 0


def _stream(passages: Sequence[Passage]) -> str:
    """Return all letters of the passages in order, with headings and speakers where they change."""
    parts: list[str] = []
    before: Passage | None = None
    for passage in passages:
        if before is None or passage.heading != before.heading:
            parts.extend(passage.heading)
        if before is None or passage.turn != before.turn:
            parts.append(passage.speaker or "")
        parts.append(passage.text)
        before = passage
    return _letters("".join(parts))


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text)
