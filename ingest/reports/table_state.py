"""The table being read in a report: title, column heads, rows and the notes under it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index.passage import Passage, PassageKind
from ingest.document.ballot_marks import is_ballot_row, lists_votes
from ingest.document.characters import NUMERALS
from ingest.document.cutting import HARD_LIMIT, SOFT_LIMIT_LISTED, cut, join_lines
from ingest.document.source import Line

_CAPTION = re.compile(
    r"[【＜〈《〔\[（(■◆●○□◇]?[ 　]*(?:付|別|参考|図)?(?:表|図|資料|Table|Figure|Fig\.)"
    rf"[ 　]*[-－.．{NUMERALS}]*"
    r"|.{0,40}(?:一覧|内訳|推移|状況|予算|決算|実績|見込|明細|比較|集計)"
)
_UNIT = re.compile(
    r"[ 　]*[（(〔\[]?[ 　]*(?:単[ 　]*位[ 　]*[:：]?|unit[ :])[^。]{1,20}", re.IGNORECASE
)
_NOTE = re.compile(
    rf"[ 　]*(?:[（(]?注[ 　]*[{NUMERALS}]*[)）:：.．、 　]|備[ 　]*考|出[ 　]*典|資料[:：]|[※＊*])"
)
_LONGEST_CAPTION = 60
_WITH_LAST = 450


@dataclass(slots=True)
class OpenTable:
    """Rows read so far; ``heads`` are the column heads, several head rows combined."""

    titles: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: list[Line] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)

    def continues_with(self, row: Line) -> bool:
        """Say whether a row belongs to this table: the heads may be repeated on a new page."""
        if self.notes:
            return False
        if not row.header or all(known.header for known in self.rows):
            return True
        return row.cells == self.heads or row.cells in [known.cells for known in self.rows[:3]]

    def add(self, row: Line) -> None:
        """Add a row."""
        first = not self.rows
        repeated = row.header and any(not known.header for known in self.rows)
        if (row.header and not repeated) or (first and _looks_like_heads(row)):
            self.heads = _combine_heads(self.heads, row.cells)
        self.rows.append(row)

    def add_note(self, line: Line) -> bool:
        """Add a line under the table if it is a note to it, and say whether it is."""
        mine = bool(self.rows) and _NOTE.match(line.text) is not None
        if mine:
            self.notes.append(line)
        return mine

    def passages(self, path: tuple[str, ...]) -> Iterator[Passage]:
        """Yield the rows in groups that fit a passage; ``path`` are the current headings.

        Title and column heads go into each heading, since a row means nothing without them. Notes
        go with the last rows, or by themselves if they are long.
        """
        heads = " | ".join(head for head in self.heads if head)
        heading = (*path, *self.titles, *((heads,) if heads else ()))
        above = self._above()
        size = sum(len(text) + 1 for text in above)
        votes = lists_votes((*heading, *(row.text for row in self.rows[:2])))
        for group in _groups([*self.rows, *self.notes], SOFT_LIMIT_LISTED, votes=votes):
            texts = [line.text for line in group]
            whole = "\n".join([*(text for text in above if text not in texts), *texts])
            if len(whole) <= HARD_LIMIT:
                yield join_lines(group, whole).passage(PassageKind.TABLE, heading)
            elif len(whole) - size <= HARD_LIMIT:
                yield join_lines(group, "\n".join(texts)).passage(PassageKind.TABLE, heading)
            else:
                for piece in cut(group):
                    yield piece.passage(PassageKind.TABLE, heading)

    def _above(self) -> tuple[str, ...]:
        """Return the unit and the row of heads, which rows are quoted with."""
        units = [title.strip() for title in self.titles if _UNIT.fullmatch(title)]
        heads = [row.text for row in self.rows if row.header or row.cells == self.heads]
        return (*units[-1:], *heads[:1])


def titles_above(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return the title above a table and the unit of its figures, where there are any.

    ``lines`` are those before the table. Titles stay among them: they are text of the document.
    """
    unit: tuple[str, ...] = ()
    rest = list(lines)
    if rest and _UNIT.match(rest[-1].text):
        unit = (rest.pop().text.strip(),)
    if not rest:
        return unit
    text = rest[-1].text.strip()
    short = len(text) <= _LONGEST_CAPTION and not text.endswith(("。", "、"))
    # a line between prose and unit is the title, whatever its words
    return (text, *unit) if short and (unit or _CAPTION.match(text)) else unit


def _groups(lines: Sequence[Line], soft: int, *, votes: bool) -> Iterator[list[Line]]:
    """Yield lines that fit a passage together; a last row, mostly the total, never stands alone.

    In a list of votes each row does: how each member voted is read with the names right above.
    """
    group: list[Line] = []
    size = 0
    for number, line in enumerate(lines, start=1):
        room = _WITH_LAST if number == len(lines) else soft
        alone = votes and is_ballot_row(line.cells) and not all(each.header for each in group)
        if group and (alone or size + len(line.text) > room):
            yield group
            group, size = [], 0
        group.append(line)
        size += len(line.text) + 1
    if group:
        yield group


def _combine_heads(above: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    """``歳入`` over ``市税`` is ``歳入/市税``; a head that spans both rows appears once."""
    if len(above) != len(below):
        return tuple(below) if below else tuple(above)
    return tuple(
        "/".join(dict.fromkeys(part for part in (upper, lower) if part))
        for upper, lower in zip(above, below, strict=True)
    )


def _looks_like_heads(line: Line) -> bool:
    return not any(map(str.isdecimal, "".join(line.cells[1:])))
