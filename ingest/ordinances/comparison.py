"""新旧対照表: old and new text side by side, a passage for each side of each pair of rows.

Old and new never stand in one passage: a sentence of either side would be quoted for the other.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from index.passage import Passage, PassageKind
from index.record import Reference
from ingest.document.articles import (
    APPENDIX,
    ARTICLE,
    address_of,
    half_width,
    is_caption,
    item_mark,
    paragraph_number,
)
from ingest.document.compared import SIDE, compared_sides
from ingest.document.cutting import HARD_LIMIT, SOFT_LIMIT_LISTED, cut, join_lines
from ingest.document.source import Line

_GAP = re.compile(r"\t|[ \u3000]{2,}|\u3000")
_NAMED = re.compile(
    r"(?P<title>\S.*?)(?:の一部(?:を改正する(?:条例|規則|規程|要綱)(?:案)?|改正)(?:について)?)?"
    r"の?[ \u3000]*[（(【]?(?:に係る)?[ \u3000]*新[ \u3000]*旧[ \u3000]*対[ \u3000]*照[ \u3000]*"
    r"(?:条[ \u3000]*文)?表"
)
_BLANKS = re.compile(r"[ \u3000]+")
_CAPTIONED = re.compile(r"(?:[（(][^（）()]{1,40}[）)][ \u3000]*)?(?=第)")
_ENDS = ("。", "）", ")", "略", "」")
_RIGHT_COLUMN = 6
"""Blanks before a line that is in the right column alone."""


@dataclass(slots=True)
class Comparison:
    """The rows below one row of heads. ``sides`` are the heads, left and right.

    ``celled``: the rows have cells; otherwise they are lines with a gap between the columns.
    """

    sides: tuple[str, str]
    title: str | None
    rows: list[Line] = field(default_factory=list)
    celled: bool = False


def compared_title(text: str) -> str | None:
    """Return the title of the ordinance in a line such as 「○○条例新旧対照表」."""
    match = _NAMED.match(text.strip().lstrip("○◯〇◎"))
    return match["title"].rstrip("（(【の \u3000") or None if match else None


def comparison_heads(line: Line) -> tuple[str, str] | None:
    """Return the two heads of a comparison, left and right; ``None`` for any other line."""
    cells = [cell for cell in line.cells if cell.strip()] or _GAP.split(line.text.strip())
    words = [re.sub(r"[ \u3000（()）]", "", cell) for cell in cells if cell.strip()]
    if not line.cells and len(words) > 2:  # noqa: PLR2004 (現　行　改　正　案: letters set apart)
        words = _halves("".join(words))
    return compared_sides(words)


def split_columns(line: Line) -> tuple[str, str] | None:
    """Return the two halves of a row: its cells, or the text on either side of a gap.

    Of several gaps, the one nearest to the middle separates the columns.
    """
    if line.cells:
        return (line.cells[0], line.cells[1]) if len(line.cells) > 1 else (line.cells[0], "")
    text = line.text.strip()
    if text and len(line.text) - len(line.text.lstrip(" \u3000")) >= _RIGHT_COLUMN:
        return "", text
    gaps = [match.span() for match in _GAP.finditer(text)]
    tabbed = [span for span in gaps if "\t" in text[slice(*span)] or span[1] - span[0] > 1]
    if not gaps:
        return None
    middle = len(text) / 2
    start, end = min(tabbed or gaps, key=lambda span: abs(sum(span) / 2 - middle))
    return text[:start], text[end:]


def has_both_sides(line: Line) -> bool:
    """Say whether a line holds an article twice: two cells of a row that were not parted."""
    texts = [part for part in _GAP.split(line.text.strip()) if part]
    found = [address_of(match) for text in texts if (match := ARTICLE.match(text))]
    return len(found) > len(set(found))


def comparison_passages(comparison: Comparison) -> list[Passage]:
    """Return the passages of both sides, pair by pair; the heading says which side each is of.

    Where the columns of a page were not parted, nobody knows, and the heading names both.
    """
    passages: list[Passage] = []
    article: str | None = None
    for group in _groups(comparison.rows):
        pairs = [split_columns(line) for line in group]
        if not any(pairs):
            article = _article_in(group) or article
            passages += _of_side(group, comparison, " | ".join(comparison.sides), article)
            continue
        opened = article
        for at, named in enumerate(_named_sides(comparison.sides, pairs)):
            opened = article
            halves = [_half(line, pair, at) for line, pair in zip(group, pairs, strict=True)]
            for part in _parts(halves):
                opened = _article_in(part) or opened
                passages += _of_side(part, comparison, named, opened)
        article = _article_in(group) or opened
    return passages


def _of_side(
    lines: Sequence[Line], comparison: Comparison, side: str, article: str | None
) -> list[Passage]:
    references = (Reference(article, article, comparison.title),) if article else ()
    heading = tuple(part for part in (comparison.title, side, article) if part)
    size = sum(len(line.text) + 1 for line in lines)
    pieces = cut(lines, SOFT_LIMIT_LISTED) if size > HARD_LIMIT else [join_lines(lines)]
    return [
        replace(piece.passage(PassageKind.TABLE, heading), references=references)
        for piece in pieces
    ]


def _half(line: Line, pair: tuple[str, str] | None, at: int) -> Line:
    """Return one side of a row; a line that could not be parted is of the left one."""
    text = pair[at] if pair else line.text if at == 0 else ""
    return replace(line, text=text.strip(), cells=(), header=False)


def _parts(halves: Sequence[Line]) -> list[list[Line]]:
    """Return what a side of a row says, article by article: a cell may hold several.

    A line that was wrapped in its column is joined to the one before.
    """
    parts: list[list[Line]] = []
    for line in halves:
        for text in _by_article(line.text):
            known = parts[-1][-1] if parts else None
            opens = _begins_article(text)
            if known and not _opens(text) and not known.text.endswith(_ENDS):
                parts[-1][-1] = replace(
                    known, text=known.text + text.strip(), last_page=line.last_page
                )
            elif known and not (opens and not is_caption(known.text)):
                parts[-1].append(replace(line, text=text.strip()))
            else:
                parts.append([replace(line, text=text.strip())])
    return parts


def _by_article(text: str) -> list[str]:
    """Cut the text of a cell before each article in it, with its caption."""
    starts = [0]
    for gap in _BLANKS.finditer(text):
        captioned = is_caption(text[starts[-1] : gap.start()])
        if gap.start() and not captioned and _begins_article(text[gap.end() :]):
            starts.append(gap.end())
    cuts = zip(starts, [*starts[1:], len(text)], strict=True)
    return [part for start, end in cuts if (part := text[start:end].strip())]


def _begins_article(text: str) -> bool:
    captioned = _CAPTIONED.match(text)
    return captioned is not None and ARTICLE.match(text, captioned.end()) is not None


def _named_sides(
    sides: tuple[str, str], pairs: Sequence[tuple[str, str] | None]
) -> tuple[str, str]:
    """Return the names of the sides of a row; one that has all the text says so."""

    def alone(at: int) -> bool:
        return all(pair and pair[at].strip() and not pair[1 - at].strip() for pair in pairs)

    left, right = sides
    return f"{left}（{right}になし）" if alone(0) else left, (
        f"{right}（{left}になし）" if alone(1) else right
    )


def _groups(rows: Sequence[Line]) -> list[list[Line]]:
    """Group lines into rows: a new one where either side begins something."""
    groups: list[list[Line]] = []
    caption = False
    for row in rows:
        halves = [half for half in split_columns(row) or (row.text,) if half.strip()]
        opens = row.cells or any(_opens(half) for half in (row.text, *halves))
        size = sum(len(line.text) + 1 for line in groups[-1]) if groups else 0
        if not groups or (opens and not caption) or size + len(row.text) > HARD_LIMIT:
            groups.append([])
        groups[-1].append(row)
        caption = not row.cells and all(is_caption(half) for half in halves)
    return groups


def _opens(text: str) -> bool:
    return (
        ARTICLE.match(text) is not None
        or APPENDIX.match(text) is not None
        or is_caption(text)
        or paragraph_number(text) is not None
        or item_mark(text) is not None
    )


def _article_in(lines: Sequence[Line]) -> str | None:
    """Return the article or appendix that begins on either side of the row."""
    for line in lines:
        for half in split_columns(line) or (line.text,):
            for part in re.split(r"\s(?=第)", half.strip()):
                match, appendix = ARTICLE.match(part), APPENDIX.match(part)
                if match:
                    return address_of(match)
                if appendix:
                    return half_width(appendix["name"])
    return None


def _halves(letters: str) -> list[str]:
    for at in range(1, len(letters)):
        if SIDE.fullmatch(letters[:at]) and SIDE.fullmatch(letters[at:]):
            return [letters[:at], letters[at:]]
    return []
