"""How much of a file's text is in its passages, page by page, and what is in none of them."""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from statistics import median

from index.language.text import sentences
from index.passage import Passage
from ingest.document.characters import is_kana, replace_look_alikes
from ingest.document.source import Line, PageGlyphs, Source

_NO_LETTERS = re.compile(r"[\W_〇]+")
_WIDE_GAP = re.compile(r"\t|[ \u3000]{2,}")
_LONGEST_LABEL = 30
_LONGEST_MARK = 2
_MOSTLY = 0.7
_RUBY = 0.65
_OF_MARKS = "議員委員会長番君様氏答問質疑弁再々0123456789０１２３４５６７８９"
"""What marks of speeches have beside the speaker's post and name."""
_SAYS_WHAT = re.compile("再?[再々]?(?:質問|質疑|答弁)")
"""A mark that says what a speech is; its speaker is named behind it."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The share (0 to 1) of letters and digits that are in passages: of the file, and by page.

    ``pages`` has the pages whose characters have known places.
    """

    share: float
    pages: dict[int, float]


@dataclass(frozen=True, slots=True)
class Lost:
    """What of a line is in no passage: its text, and after which passage (-1: none) it belongs."""

    line: Line
    after: int


def coverage(source: Source, passages: Sequence[Passage]) -> Coverage:
    """Return how much of a file is in its passages.

    Speakers, headings and article captions count: they are in fields of their own. A page is
    measured against all characters on it, also those that its reader did not give; running heads
    and page numbers do not count.
    """
    stream = _Stream(passages)
    total = missing = 0
    lost: Counter[int] = Counter()
    for line in source.lines:
        size = len(_letters(line.text))
        found = min(size, stream.count(line))
        total, missing = total + size, missing + size - found
        if line.page is not None:
            lost[line.page] += size - found
    shares = {}
    for page, own, unread in _unread(source):
        total, missing = total + unread, missing + unread
        shares[page] = 1 - min(lost[page] + unread, own) / own
    return Coverage(1 - missing / total if total else 1.0, shares)


def lost_lines(lines: Sequence[Line], passages: Sequence[Passage]) -> Iterator[Lost]:
    """Yield what is in no passage, sentence by sentence or cell by cell, in the order of the text.

    The mark of a speech (``○議長（佐藤君）``) is no loss: it became the speaker.
    """
    stream = _Stream(passages)
    names = _names(passages)
    for line in lines:
        if stream.count(line) >= len(_letters(line.text)):
            continue
        parts = [cell for cell in line.cells if cell] or sentences(line.text)
        lost = [part for part in parts if _is_lost(_letters(part), stream.text, names)]
        if lost:
            whole = line if line.cells else replace(line, text="".join(lost).strip())
            yield Lost(whole, stream.passage_at_cursor())


def _is_lost(letters: str, stream: str, names: AbstractSet[str]) -> bool:
    """Say whether a sentence is in no passage; ``names``: the characters that speakers' marks have.

    What stands before the words that are found is their label, and may be a mark.
    """
    found = _count_found(letters, stream)
    label = letters[: len(letters) - found]
    if found and names and sum(letter in names for letter in label) >= _MOSTLY * len(label):
        return False
    if 2 * found < len(letters):
        return bool(letters)
    return len(label) > _LONGEST_MARK and label not in stream


def _names(passages: Sequence[Passage]) -> frozenset[str]:
    speakers = {name for passage in passages for name in (passage.speaker, passage.person) if name}
    return frozenset(_letters("".join((*speakers, _OF_MARKS)))) if speakers else frozenset()


def _unread(source: Source) -> Iterator[tuple[int, int, int]]:
    """Yield each page with known characters: how many letters it has, how many no line has."""
    lines: dict[int, list[str]] = defaultdict(list)
    for line in source.lines:
        if line.page is not None:
            # the time before a speech is in the locator
            time = (line.locator.chapter if line.locator else None) or ""
            for page in range(line.page, (line.last_page or line.page) + 1):
                lines[page].append(line.text + time)
    running: dict[int, list[str]] = defaultdict(list)
    for line in source.running:
        if line.page is not None:
            running[line.page].append(line.text)
    for glyphs in source.glyphs:
        heads, read = _count(running[glyphs.page]), _count(lines[glyphs.page])
        own = _count([replace_look_alikes(glyphs.text)]) - heads
        missing = (own - read).total()
        if missing:
            own = _count([replace_look_alikes(_without_readings(glyphs))]) - heads
            missing = (own - read).total()
        if own:
            yield glyphs.page, own.total(), missing


def _count(texts: Sequence[str]) -> Counter[str]:
    return Counter(_letters(unicodedata.normalize("NFKC", "".join(texts))))


def _without_readings(glyphs: PageGlyphs) -> str:
    """Return a page's characters but for small kana above words (ruby), which are no words."""
    if not glyphs.boxes:
        return glyphs.text
    sizes = [min(right - left, bottom - top) for left, top, right, bottom in glyphs.boxes]
    least = _RUBY * median(sizes)
    pairs = zip(glyphs.text, sizes, strict=False)
    return "".join(text for text, size in pairs if size > least or not is_kana(text))


class _Stream:
    """All letters of the passages in order, and a cursor that follows the lines through them."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        parts: list[str] = []
        self._starts: list[int] = []
        self._cursor = size = 0
        before: Passage | None = None
        for passage in passages:
            own = _letters("".join(_said(passage, before)))
            self._starts.append(size)
            parts.append(own)
            size += len(own)
            before = passage
        self.text = "".join(parts)

    def count(self, line: Line) -> int:
        """Count the letters of a line that are found, and move to where they are."""
        letters = _letters(line.text)
        here = self.text.find(letters, self._cursor)
        if here >= 0:
            self._cursor = here
            return len(letters)
        # a merged cell is repeated in each of its rows, and kept once; what columns of a page say
        # may be in passages apart
        parts = line.cells or _WIDE_GAP.split(line.text)
        return sum(_count_by_sentence(part, self.text) for part in parts)

    def passage_at_cursor(self) -> int:
        """Return the number of the passage that holds the last line that was found whole."""
        return bisect_right(self._starts, self._cursor) - 1


def _said(passage: Passage, before: Passage | None) -> Iterator[str]:
    """Yield a passage's text, with headings and speaker where they change."""
    if before is None or passage.heading != before.heading:
        yield from passage.heading
    if before is None or passage.turn != before.turn:
        yield passage.speaker or ""
    yield passage.text


def _count_by_sentence(text: str, stream: str) -> int:
    parts = [_letters(sentence) for sentence in sentences(text)]
    found = [_count_found(part, stream) for part in parts]
    # a mark such as 答 or a number before a speech does not count
    mark = len(parts[0]) - found[0] if found and found[0] else 0
    is_mark = mark <= _LONGEST_MARK or _SAYS_WHAT.fullmatch(parts[0][:mark])
    return sum(found) + (mark if is_mark else 0)


def _count_found(letters: str, stream: str) -> int:
    """Count the letters of a sentence found in one piece; a label before them may be missing."""
    for start in range(min(_LONGEST_LABEL, len(letters))):
        if letters[start:] in stream:
            return len(letters) - start
    return 0


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text)
