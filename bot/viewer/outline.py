"""A document's outline: headings, articles, and who speaks where the passage stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.passage import Passage

MOST = 400
_LONGEST = 80
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One line: ``at`` is the place of its first passage, ``level`` from 1 its depth."""

    label: str
    level: int
    at: int
    page: int | None
    current: bool


def outline(passages: Sequence[Passage], at: int) -> list[OutlineEntry]:
    """Return the outline of a document; ``at`` is the place of the passage that is shown.

    Speakers are listed under the heading of that passage only, in a document without headings
    throughout. Of more than 400 lines the nearest are left.
    """
    lines = _with_captions(list(_lines(passages, at)))
    current = max((n for n, (_, _, first) in enumerate(lines) if first <= at), default=-1)
    start = max(0, min(current - MOST // 2, len(lines) - MOST))
    return [
        OutlineEntry(_short(label), level, first, passages[first].page, start + n == current)
        for n, (label, level, first) in enumerate(lines[start : start + MOST])
    ]


def _lines(passages: Sequence[Passage], at: int) -> Iterator[tuple[str, int, int]]:
    """Yield label, level and first place of each line."""
    has_headings = any(passage.heading for passage in passages)
    heading: tuple[str, ...] = ()
    turn: int | None = None
    article: str | None = None
    for place, passage in enumerate(passages):
        if passage.heading != heading:
            yield from _new_headings(heading, passage.heading, place)
            heading, turn = passage.heading, None
        level = min(len(heading), _DEEPEST - 1) + 1
        if passage.article and passage.article != article:
            article = passage.article
            yield article, level, place
        here = not has_headings or heading == passages[at].heading
        if here and passage.speaker and passage.turn != turn:
            turn = passage.turn
            yield passage.speaker, level, place


def _with_captions(lines: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Put the caption of an article, which stands above it in brackets, behind its number."""
    found: list[tuple[str, int, int]] = []
    for label, level, place in lines:
        caption, above, beside = found[-1] if found else ("", 0, -1)
        if beside == place and caption.startswith("（") and caption.endswith("）"):
            found[-1] = (label + caption, above, place)
        else:
            found.append((label, level, place))
    return found


def _new_headings(
    before: tuple[str, ...], now: tuple[str, ...], place: int
) -> Iterator[tuple[str, int, int]]:
    shared = 0
    while shared < min(len(before), len(now)) and before[shared] == now[shared]:
        shared += 1
    # a heading that closes one below it begins no new part, unless something is said under it
    for depth in range(shared, len(now)):
        yield now[depth], min(depth + 1, _DEEPEST), place


def _short(label: str) -> str:
    line = " ".join(label.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
