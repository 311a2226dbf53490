"""新旧対照表: old and new text side by side, one passage per pair of rows."""

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
from ingest.document.cutting import HARD_LIMIT, SOFT_LIMIT_LISTED, cut, join_lines
from ingest.document.source import Line

_SIDE = re.compile(
    r"(?P<side>現行|改正前|旧|改正案|改正後|新|改正|現在)"
    r"(?:条例|規則|規程|要綱)?(?:（案）|案)?(?:の条文|文)?"
)
_GAP = re.compile(r"\t|[ \u3000]{2,}|\u3000")
_NAMED = re.compile(
    r"(?P<title>\S.*?)(?:の一部(?:を改正する(?:条例|規則|規程|要綱)(?:案)?|改正)(?:について)?)?"
    r"の?[ \u3000]*[（(【]?(?:に係る)?[ \u3000]*新[ \u3000]*旧[ \u3000]*対[ \u3000]*照[ \u3000]*"
    r"(?:条[ \u3000]*文)?表"
)
_NEW = {"改正案", "改正後", "新", "改正"}
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
    matches = [_SIDE.fullmatch(word) for word in words[:2]]
    if len(words) not in {2, 3} or any(match is None for match in matches):
        return None
    left, right = (match["side"] for match in matches if match)
    return (left, right) if (left in _NEW) != (right in _NEW) else None


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


def comparison_passages(comparison: Comparison) -> list[Passage]:
    """Return one table passage per pair of rows; the heading says which side is which."""
    passages: list[Passage] = []
    article: str | None = None
    for group in _groups(comparison.rows):
        opened = _article_in(group) or article
        article = opened
        references = (Reference(opened, opened, comparison.title),) if opened else ()
        sides = _only_side(group, comparison.sides)
        heading = tuple(part for part in (comparison.title, sides, opened) if part)
        size = sum(len(line.text) + 1 for line in group)
        pieces = cut(group, SOFT_LIMIT_LISTED) if size > HARD_LIMIT else [join_lines(group)]
        passages += [
            replace(piece.passage(PassageKind.TABLE, heading), references=references)
            for piece in pieces
        ]
    return passages


def _only_side(group: Sequence[Line], sides: tuple[str, str]) -> str:
    """Say which side is which, or which side has text if the other is empty."""
    pairs = [split_columns(line) for line in group]
    for at in (0, 1):
        if all(
            pair is not None and pair[at].strip() and not pair[1 - at].strip() for pair in pairs
        ):
            return f"{sides[at]}（{sides[1 - at]}になし）"
    return " | ".join(sides)


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
        if _SIDE.fullmatch(letters[:at]) and _SIDE.fullmatch(letters[at:]):
            return [letters[:at], letters[at:]]
    return []
