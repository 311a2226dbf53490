"""Running heads and page numbers: what repeats at the same place on most pages."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence

from ingest.document.source import Line
from ingest.repair.item_start import starts_item

_EDGE = 3
"""Lines at the top and bottom of a page that may belong to a running head or foot."""

_MOST = 0.6
_FACING = 0.35
"""Left and right pages often have different heads: each is then on nearly half of the pages."""
_FACING_PAGES = 6
_FEW_PAGES = 2
_LONGEST_HEAD = 80
_TITLE_WITHIN = 8

_PAGE_NUMBER = re.compile(
    r"(?:[-‐−–—―ー~〜・(\[]\s*)?(?:p(?:age|\.)?\s*|第\s*)?(?P<number>\d{1,4})\s*(?:ページ|頁)?"
    r"(?:\s*(?:/|of)\s*\d{1,4}\s*(?:ページ|頁)?)?(?:\s*[-‐−–—―ー~〜・)\]])?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d[\d,]*")
"""An amount is one number, so that its thousands are not taken for the count of pages."""
_LEAST_NUMBERS = 3


def find_running_heads(lines: Sequence[Line], inside: Container[int] = ()) -> set[int]:
    """Return the places of running heads, running feet and page numbers.

    A running head is among the first (or last) three lines of most pages, with the same words or
    with the same words and a number that counts the pages. On the first page, a head that is not
    repeated below is kept: it may be the title. Of lines without a page, only page numbers that
    count up one by one are found. A line whose place is among ``inside`` is none, nor is a row of
    a table: the heads of its columns are repeated on every page.
    """
    pages: dict[int, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        if line.page is not None and line.text.strip():
            pages[line.page].append(place)
    found = _page_numbers(lines, pages) | _heads(lines, pages) if pages else _counting_lines(lines)
    return {place for place in found if place not in inside and not lines[place].cells}


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _number_of(text: str) -> tuple[int, bool] | None:
    """Return the page number that a line consists of, and whether it is a bare number."""
    plain = unicodedata.normalize("NFKC", text).strip()
    match = _PAGE_NUMBER.fullmatch(plain)
    if match is None:
        return None
    return int(match["number"]), plain.isdecimal()


def _page_numbers(lines: Sequence[Line], pages: Mapping[int, Sequence[int]]) -> set[int]:
    found = []
    for page, places in pages.items():
        for place in {places[0], places[-1]} | set(places[-2:]):
            number = _number_of(lines[place].text)
            if number is not None:
                found.append((place, number[0] - page, number[1]))
    offsets = Counter(offset for _, offset, _ in found)
    if not offsets:
        return set()
    usual, count = offsets.most_common(1)[0]
    sure = count >= _FEW_PAGES
    return {
        place
        for place, offset, bare in found
        if (offset == usual and sure) or (not bare and offset == 0)
    }


def _heads(lines: Sequence[Line], pages: Mapping[int, Sequence[int]]) -> set[int]:
    if len(pages) < _FEW_PAGES:
        return set()
    dropped: set[int] = set()
    for top in (True, False):
        groups: dict[str, dict[int, int]] = defaultdict(dict)
        for page, places in pages.items():
            for place in _edge(places, top=top):
                text = lines[place].text
                if len(text) <= _LONGEST_HEAD:
                    groups[_NUMBER.sub("#", _plain(text))].setdefault(page, place)
        for places_by_page in groups.values():
            if _is_head(lines, places_by_page, pages, top=top):
                dropped.update(places_by_page.values())
    return dropped - _title(lines, dropped, min(pages))


def _edge(places: Sequence[int], *, top: bool) -> Sequence[int]:
    # on a page of few lines the top and the bottom must not be the same lines
    reach = min(_EDGE, max(1, len(places) // 3))
    return places[:reach] if top else places[-reach:]


def _is_head(
    lines: Sequence[Line],
    found: Mapping[int, int],
    pages: Mapping[int, Sequence[int]],
    *,
    top: bool,
) -> bool:
    texts = [_plain(lines[place].text) for place in found.values()]
    if len(pages) == _FEW_PAGES:
        # two pages: only the very first (or last) line of both, word for word, and no sentence
        ends = {places[0] if top else places[-1] for places in pages.values()}
        return set(found.values()) == ends and len(set(texts)) == 1 and not _is_speech(texts[0])
    if len(found) < max(3, _least_pages(pages, found)):
        return False
    if _is_speech(texts[0]):
        return False
    if len(set(texts)) == 1:
        return True
    return not starts_item(lines[next(iter(found.values()))].text) and _counts_pages(texts, found)


def _least_pages(pages: Mapping[int, object], found: Mapping[int, int]) -> float:
    one_side = len({page % 2 for page in found}) == 1
    if one_side and len(pages) >= _FACING_PAGES:
        return _FACING * len(pages)
    return _MOST * len(pages)


def _is_speech(plain: str) -> bool:
    return plain.endswith(("。", "、")) or plain.startswith(("(", "○", "◯", "〇", "◎", "◆"))


def _counts_pages(texts: Iterable[str], found: Mapping[int, int]) -> bool:
    """Say whether one of the numbers in the texts grows with the page."""
    rows = [
        [int(number.replace(",", "")) for number in _NUMBER.findall(text)[:8]] for text in texts
    ]
    pages = list(found)
    for column in zip(*rows, strict=False):
        offsets = Counter(number - page for number, page in zip(column, pages, strict=True))
        if offsets.most_common(1)[0][1] >= _MOST * len(pages):
            return True
    return False


def _title(lines: Sequence[Line], dropped: set[int], first_page: int) -> set[int]:
    """Return the dropped lines at the top of the first page that are not repeated below."""
    top = [
        place for place, line in enumerate(lines) if line.page == first_page and line.text.strip()
    ]
    kept = set()
    for order, place in enumerate(top[:_EDGE]):
        below = "".join(
            _plain(lines[other].text) for other in top[order + 1 : order + 1 + _TITLE_WITHIN]
        )
        numbered = _number_of(lines[place].text) is not None
        if place in dropped and not numbered and not _is_repeated(_plain(lines[place].text), below):
            kept.add(place)
    return kept


def _is_repeated(head: str, below: str) -> bool:
    """Say whether most of the head's pairs of characters occur in the text below it."""
    head, below = head.casefold(), below.casefold()
    pairs = {head[start : start + 2] for start in range(len(head) - 1)} or {head}
    return sum(pair in below for pair in pairs) >= _MOST * len(pairs)


def _counting_lines(lines: Sequence[Line]) -> set[int]:
    """Page numbers in a text without pages: set off by dashes and counting up one by one."""
    runs: list[list[tuple[int, int]]] = []
    for place, line in enumerate(lines):
        number = _number_of(line.text) if line.text.strip() else None
        if number is None or number[1]:
            continue
        if runs and number[0] == runs[-1][-1][1] + 1:
            runs[-1].append((place, number[0]))
        else:
            runs.append([(place, number[0])])
    return {place for run in runs if len(run) >= _LEAST_NUMBERS for place, _ in run}
