"""Which lines do not stand in the margin of their page, and so are no running heads."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ingest.document.characters import replace_look_alikes
from ingest.document.source import Line, PageGlyphs

_EDGE = 4
"""Lines at either end of a page that are looked at: more than a running head has."""
_STRIP = 0.12
"""Of the page's height, at the top and at the bottom."""
_SIDE = 0.08
"""Of the page's width: vertical pages have heads there."""


def lines_inside(lines: Sequence[Line], glyphs: Mapping[int, PageGlyphs]) -> set[int]:
    """Return the places of lines at the ends of their pages that are certainly not in a margin.

    What stands at several places of a page is inside only if all of them are.
    """
    pages: dict[int, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        if line.page is not None and line.page in glyphs and line.text.strip():
            pages[line.page].append(place)
    return {
        place
        for page, places in pages.items()
        for place in {*places[:_EDGE], *places[-_EDGE:]}
        if _is_inside(lines[place].text, glyphs[page])
    }


def _is_inside(text: str, page: PageGlyphs) -> bool:
    boxes = [page.boxes[start:end] for start, end in _occurrences(text, page)]
    return bool(boxes) and not any(map(_in_margin, boxes))


def _occurrences(text: str, page: PageGlyphs) -> Iterator[tuple[int, int]]:
    wanted, own = "".join(text.split()), replace_look_alikes(page.text)
    if len(own) != len(page.boxes):
        return
    start = own.find(wanted)
    while start >= 0:
        yield start, start + len(wanted)
        start = own.find(wanted, start + 1)


def _in_margin(boxes: Sequence[tuple[float, float, float, float]]) -> bool:
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
    level = bottom <= _STRIP or top >= 1 - _STRIP
    return level or right <= _SIDE or left >= 1 - _SIDE
