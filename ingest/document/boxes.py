"""Where each passage is on its pages: its words are searched among the pages' characters.

A passage's text was repaired: running heads, readings and page numbers are gone, cells are joined.
So it is found piece by piece, each the longest run of characters that is the same on the page.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Self

from index.passage import Passage
from index.place import Box
from ingest.document.characters import replace_look_alikes
from ingest.document.source import PageGlyphs

Edges = tuple[float, float, float, float]

_SEEDS = (64, 24, 6)
"""Characters that must agree where a piece does not follow the last one; longer seeds first."""
_LEAST = _SEEDS[-1]
_NEAR = 80
"""Characters that may lie between two pieces of a passage: a running head, a reading."""
_WORD = 2
_APART = 2.0
"""Characters of one line that are further apart than this, in their widths, get two boxes."""
_BESIDE = 0.3
_SAME = 0.5
_STEP = 64


@dataclass(slots=True)
class _Page:
    """A page's characters, folded; ``places[i]`` is the place of folded ``text[i]`` in ``boxes``.

    ``cursor``: where the last passage ended.
    """

    page: int
    text: str
    places: list[int]
    boxes: tuple[Edges, ...]
    cursor: int = 0

    @classmethod
    def of(cls, glyphs: PageGlyphs) -> Self:
        text, places = _fold(glyphs.text)
        return cls(glyphs.page, text, places, glyphs.boxes)


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters ``start`` to ``end`` (not included) of a page."""

    page: _Page
    start: int
    end: int


def with_boxes(passages: Sequence[Passage], glyphs: Sequence[PageGlyphs]) -> list[Passage]:
    """Return the passages with ``boxes``, one for each line of theirs on the page.

    Words are searched after those of the previous passage, then anywhere on the passage's pages;
    what is not found gets no box.
    """
    if not glyphs:
        return list(passages)
    known = {page.page: page for page in glyphs}
    pages: dict[int, _Page] = {}
    marked = []
    for passage in passages:
        numbers = _pages_of(passage)
        for number in [old for old in pages if numbers and old < numbers[0] - 1]:
            del pages[number]
        for number in numbers:
            if number in known and number not in pages:
                pages[number] = _Page.of(known[number])
        own = [pages[number] for number in numbers if number in pages]
        marked.append(replace(passage, boxes=_boxes(passage.text, own)) if own else passage)
    return marked


def _pages_of(passage: Passage) -> list[int]:
    if passage.page is None:
        return []
    return list(range(passage.page, (passage.last_page or passage.page) + 1))


def _boxes(text: str, pages: Sequence[_Page]) -> tuple[Box, ...]:
    runs: list[_Run] = []
    for line in text.splitlines():
        for cell in line.split("\t"):
            runs.extend(_find_runs(_fold(cell)[0], pages, runs[-1] if runs else None))
    for run in runs:
        run.page.cursor = run.end
    return tuple(
        Box(page.page, *edges)
        for page in pages
        for edges in _line_boxes([run for run in runs if run.page is page])
    )


def _find_runs(words: str, pages: Sequence[_Page], last: _Run | None) -> Iterator[_Run]:
    """Yield where the words are, from ``last`` on; pieces that are not found are skipped."""
    at = 0
    while at < len(words):
        run = _find_run(words, at, pages, last)
        if run is None:
            at += 1
            continue
        yield run
        last = run
        at += run.end - run.start


def _find_run(words: str, at: int, pages: Sequence[_Page], last: _Run | None) -> _Run | None:
    """Return the place of a run of ``words`` from ``at`` on, the next one after ``last`` if any."""
    seed = words[at : at + _LEAST]
    if last is not None:
        near = last.page.text.find(seed, last.end, last.end + _NEAR + len(seed))
        if near == last.end or (near >= 0 and len(seed) >= _WORD):
            return _extend_run(words, at, last.page, near)
    if len(seed) < _LEAST and at > 0:
        return None
    for size in _SEEDS:
        seed = words[at : at + size]
        for page in pages:
            if last is not None and page.page < last.page.page:
                continue
            begin = last.end if last is not None and page is last.page else page.cursor
            place = page.text.find(seed, begin)
            if place < 0:
                place = page.text.find(seed)
            if place >= 0:
                return _extend_run(words, at, page, place)
    return None


def _extend_run(words: str, at: int, page: _Page, place: int) -> _Run:
    length, most = 0, min(len(words) - at, len(page.text) - place)
    while length < most:
        # in big steps: most passages are unchanged on the page
        step = min(_STEP, most - length)
        here, there = at + length, place + length
        agreeing = _agreeing_length(words[here : here + step], page.text[there : there + step])
        length += agreeing
        if agreeing < step:
            break
    return _Run(page, place, place + length)


def _agreeing_length(one: str, two: str) -> int:
    if one == two:
        return len(one)
    return next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), len(one))


def _line_boxes(runs: Sequence[_Run]) -> Iterator[Edges]:
    """Yield one box for each line of the runs of one page."""
    boxes = [
        box
        for run in runs
        for place in dict.fromkeys(run.page.places[run.start : run.end])
        if (box := run.page.boxes[place])[2] > box[0] and box[3] > box[1]
    ]
    if not boxes:
        return
    vertical = 2 * sum(map(_is_below, boxes, boxes[1:])) > len(boxes)
    line = boxes[0]
    last = boxes[0]
    for box in boxes[1:]:
        if box != last and not _continues_line(line, last, box, vertical=vertical):
            yield line
            line = box
        else:
            line = _union(line, box)
        last = box
    yield line


def _is_below(one: Edges, two: Edges) -> bool:
    same_line = _overlap(one[1], one[3], two[1], two[3]) > _SAME
    return two[1] > one[1] and not same_line and _overlap(one[0], one[2], two[0], two[2]) > _SAME


def _continues_line(line: Edges, last: Edges, box: Edges, *, vertical: bool) -> bool:
    along, across = (1, 0) if vertical else (0, 1)
    beside = _overlap(line[across], line[across + 2], box[across], box[across + 2]) > _BESIDE
    size = max(last[along + 2] - last[along], box[along + 2] - box[along])
    return beside and -size <= box[along] - last[along + 2] <= _APART * size


def _overlap(start: float, end: float, other_start: float, other_end: float) -> float:
    """Return the overlap of two intervals as a share of the shorter one."""
    shorter = min(end - start, other_end - other_start)
    return (min(end, other_end) - max(start, other_start)) / shorter


def _union(one: Edges, two: Edges) -> Edges:
    return (min(one[0], two[0]), min(one[1], two[1]), max(one[2], two[2]), max(one[3], two[3]))


def _fold(text: str) -> tuple[str, list[int]]:
    """Return the text folded for comparison, and the index in ``text`` of each folded character."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        plain = _fold_character(character)
        folded.append(plain)
        places.extend([place] * len(plain))
    return "".join(folded), places


@cache
def _fold_character(character: str) -> str:
    if character.isspace():
        return ""
    # decomposed character by character, so that が and か with its mark are the same
    return "".join(unicodedata.normalize("NFKD", replace_look_alikes(character)).split())
