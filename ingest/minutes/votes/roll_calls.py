"""How each member voted, from a list of votes (賛否一覧): matters by members, or the other way.

Where members are the rows, a column is a matter, or a side of it (賛成, 反対) under which a mark
stands; a matter that no head names stands above the table. Wrong and confident would be worst here:
a column counts where its head is a name, a sign where it is known or the legend explains it, and a
matter where the list's own counts agree.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from index.council.items import items_in, title_of_line
from index.language.dates import kanji_number
from index.language.text import fold
from index.passage import Passage
from index.record import Cast, MemberVote, RollCall
from ingest.document.ballot_marks import is_ballot, legend_in, lists_votes
from ingest.minutes.votes.result_rows import number_under_head
from ingest.minutes.votes.roll_call_heads import (
    joined,
    matters_of_columns,
    name_in_head,
    names_sides,
    says_how,
)

_TITLE_HEAD = re.compile(r"件名|案件|議案名|名称|事件|議案等?$|内容|表題")
_FOR_HEAD = re.compile(r"賛成(?:者?数|人数|議員数)?")
_AGAINST_HEAD = re.compile(r"反対(?:者?数|人数|議員数)?")
_LEAST_MEMBERS = 3
_LEAST_COLUMNS = 3
_LONGEST_MARK = 2
_NOTHING = " \u3000-－―—ー"
_MOSTLY = 0.6
_LONGEST_TITLE = 120


@dataclass(slots=True)
class _Calls:
    """What was read so far; ``heads`` are those of the table being read, ``above`` its title."""

    meanings: Mapping[str, Cast]
    heads: tuple[str, ...] = ()
    above: str = ""
    calls: list[RollCall] = field(default_factory=list)

    def read(self, ordinal: int, cells: Sequence[str], above: Sequence[str]) -> None:
        """Read a row; ``above`` are the lines over the table, the nearest first."""
        members = self._members()
        if len(members) < _LEAST_MEMBERS and names_sides(cells):
            self.heads = _below(self.heads, cells)
            return
        if _may_be_heads(cells):
            enough = len(cells) >= _LEAST_COLUMNS or says_how(cells[-1])
            self.heads = tuple(cells) if enough else self.heads
            return
        cells = [*cells, *[""] * (len(self.heads) - len(cells))]
        if len(cells) != len(self.heads):
            return
        if len(members) >= _LEAST_MEMBERS:
            self.read_matter(ordinal, cells, members)
        else:
            self.read_member(ordinal, cells, above)

    def _members(self) -> list[int]:
        return [at for at, head in enumerate(self.heads) if name_in_head(head)]

    def read_matter(self, ordinal: int, cells: Sequence[str], members: Sequence[int]) -> None:
        """Read a row that is a matter, under columns that are members."""
        matter = self._matter_of(cells, members)
        cast = tuple(
            MemberVote(name_in_head(self.heads[at]) or "", self.meanings[mark], mark, ordinal)
            for at in members
            if (mark := cells[at].strip()) in self.meanings
        )
        told = len(cast) >= max(_LEAST_MEMBERS, _MOSTLY * len(members))
        if matter and told and self._counts_agree(cells, cast):
            self.calls.append(replace(matter, members=cast))

    def read_member(self, ordinal: int, cells: Sequence[str], above: Sequence[str]) -> None:
        """Read a row that is a member, under columns that are matters, or sides of them."""
        names = [name for cell in cells[:4] if (name := name_in_head(cell))]
        if len(names) != 1:
            return
        for matter, columns in matters_of_columns(self.heads, above):
            given = {at: cell for at in columns if (cell := cells[at].strip(_NOTHING))}
            if len(given) != 1:
                continue
            ((at, mark),) = given.items()
            cast = columns[at] if len(mark) <= _LONGEST_MARK else None
            cast = cast or self.meanings.get(mark)
            if cast is not None:
                vote = MemberVote(names[0], cast, mark, ordinal)
                self._add(replace(matter, members=(vote,)))

    def _matter_of(self, cells: Sequence[str], members: Sequence[int]) -> RollCall | None:
        item = title = None
        for at, (head, cell) in enumerate(zip(self.heads, cells, strict=True)):
            if at in members or not cell.strip():
                continue
            named = items_in(cell)
            if len(named) > 1:
                return None
            if named and item is None:
                item, title = named[0], title_of_line(cell, named[0]) or title
            elif title is None and _TITLE_HEAD.search(joined(head)) and len(cell) <= _LONGEST_TITLE:
                title = cell.strip()
        item = item or number_under_head(self.heads, cells)
        return RollCall(item, title, ()) if item or title else None

    def _counts_agree(self, cells: Sequence[str], cast: Sequence[MemberVote]) -> bool:
        for pattern, way in ((_FOR_HEAD, Cast.FOR), (_AGAINST_HEAD, Cast.AGAINST)):
            for head, cell in zip(self.heads, cells, strict=True):
                number = kanji_number(fold(cell).strip().rstrip("人名"))
                if pattern.fullmatch(joined(head)) and number is not None:
                    counted = sum(1 for each in cast if each.cast is way)
                    if counted != number:
                        return False
        return True

    def _add(self, call: RollCall) -> None:
        """Add a member's vote to those on the matter of the same column."""
        for at, known in enumerate(self.calls):
            if (known.item, known.title) == (call.item, call.title):
                self.calls[at] = replace(known, members=(*known.members, *call.members))
                return
        self.calls.append(call)


def read_roll_calls(passages: Sequence[Passage]) -> tuple[RollCall, ...]:
    """Return how each member voted on each matter, in the order of the text."""
    if not any("\t" in passage.text for passage in passages):
        return ()
    calls = _Calls(legend_in(_lines_outside_tables(passages)))
    for ordinal, passage in enumerate(passages):
        nearest: list[str] = []
        for line in passage.text.split("\n"):
            if "\t" not in line:
                calls.above, nearest = line, [line]
            elif lists_votes((*passage.heading, *calls.heads, calls.above, line)):
                calls.read(ordinal, line.split("\t"), (*nearest, *reversed(passage.heading)))
    return tuple(call for call in dict.fromkeys(calls.calls) if _names_each_once(call))


def _names_each_once(call: RollCall) -> bool:
    names = [each.name for each in call.members]
    return _LEAST_MEMBERS <= len(names) == len(set(names))


def _below(heads: Sequence[str], sides: Sequence[str]) -> tuple[str, ...]:
    """Return the heads of two rows as one, where the upper one names matters."""
    if len(heads) != len(sides) or not any(map(items_in, heads)):
        return tuple(sides)
    return tuple(f"{matter}/{side}" for matter, side in zip(heads, sides, strict=True))


def _may_be_heads(cells: Sequence[str]) -> bool:
    """Tell a row of names from one of signs: above names, 賛成 and 反対 are heads of counts."""
    signs = sum(1 for cell in cells if is_ballot(cell))
    return not signs or sum(1 for cell in cells if name_in_head(cell)) > signs


def _lines_outside_tables(passages: Sequence[Passage]) -> Iterator[str]:
    for passage in passages:
        yield from passage.heading
        for line in passage.text.split("\n"):
            if "\t" not in line:
                yield line
