"""How each member voted, from a list of votes (賛否一覧): matters by members, or the other way.

Wrong and confident would be worst here: a column counts where its head is a name, a sign where it
is known or the legend explains it, and a matter where the list's own counts agree.
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

_NAME = re.compile(r"[一-鿿々〆ヶヵぁ-んァ-ヴー]{2,8}")
_NO_NAME = re.compile(
    r"番号|件名|結果|議案|賛成|反対|備考|可否|議決|提出|付託|区分|会派|氏名|採決|表決|賛否|討論"
    r"|審議|審査|委員会|月日|年月|人数|者数|合計|棄権|欠席|退席|名称|案件|事件|内容|議席|計$|党$|会$|クラブ$"
)
_TITLE_HEAD = re.compile(r"件名|案件|議案名|名称|事件|議案等?$|内容|表題")
_FOR_HEAD = re.compile(r"賛成(?:者?数|人数|議員数)?")
_AGAINST_HEAD = re.compile(r"反対(?:者?数|人数|議員数)?")
_HONORIFIC = re.compile(r"(?:議員|委員|議長|副議長|君|氏|さん)$")
_LEAST_MEMBERS = 3
_LEAST_COLUMNS = 3
_MOSTLY = 0.6
_LONGEST_TITLE = 120


@dataclass(slots=True)
class _Calls:
    """What was read so far; ``heads`` are those of the table being read, ``above`` its title."""

    meanings: Mapping[str, Cast]
    heads: tuple[str, ...] = ()
    above: str = ""
    calls: list[RollCall] = field(default_factory=list)

    def read(self, ordinal: int, cells: Sequence[str]) -> None:
        if _may_be_heads(cells):
            self.heads = tuple(cells) if len(cells) >= _LEAST_COLUMNS else self.heads
            return
        if len(cells) != len(self.heads):
            return
        members = [at for at, head in enumerate(self.heads) if name_in_head(head)]
        if len(members) >= _LEAST_MEMBERS:
            self.read_matter(ordinal, cells, members)
        else:
            self.read_member(ordinal, cells)

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

    def read_member(self, ordinal: int, cells: Sequence[str]) -> None:
        """Read a row that is a member, under columns that are matters."""
        names = [cell for cell in cells[:4] if name_in_head(cell)]
        columns = [(at, items) for at, h in enumerate(self.heads) if len(items := items_in(h)) == 1]
        if len(names) != 1 or len(columns) < 2:  # noqa: PLR2004  a list has several
            return
        for at, (item,) in columns:
            if (mark := cells[at].strip()) in self.meanings:
                cast = MemberVote(name_in_head(names[0]) or "", self.meanings[mark], mark, ordinal)
                self._add(RollCall(item, title_of_line(self.heads[at], item), (cast,)))

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
            elif (
                title is None and _TITLE_HEAD.search(_joined(head)) and len(cell) <= _LONGEST_TITLE
            ):
                title = cell.strip()
        item = item or number_under_head(self.heads, cells)
        return RollCall(item, title, ()) if item or title else None

    def _counts_agree(self, cells: Sequence[str], cast: Sequence[MemberVote]) -> bool:
        for pattern, way in ((_FOR_HEAD, Cast.FOR), (_AGAINST_HEAD, Cast.AGAINST)):
            for head, cell in zip(self.heads, cells, strict=True):
                number = kanji_number(fold(cell).strip().rstrip("人名"))
                if pattern.fullmatch(_joined(head)) and number is not None:
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
        for line in passage.text.split("\n"):
            if "\t" not in line:
                calls.above = line
            elif lists_votes((*passage.heading, *calls.heads, calls.above, line)):
                calls.read(ordinal, line.split("\t"))
    return tuple(call for call in dict.fromkeys(calls.calls) if _names_each_once(call))


def _names_each_once(call: RollCall) -> bool:
    names = [each.name for each in call.members]
    return len(names) == len(set(names))


def _may_be_heads(cells: Sequence[str]) -> bool:
    """Tell a row of names from one of signs: above names, 賛成 and 反対 are heads of counts."""
    signs = sum(1 for cell in cells if is_ballot(cell))
    return not signs or sum(1 for cell in cells if name_in_head(cell)) > signs


def name_in_head(head: str) -> str | None:
    """Return the name of a member that a cell holds: 緑政会 / 青山 一郎 has 青山一郎."""
    text = _joined(head.rpartition("/")[2])
    text = _HONORIFIC.sub("", text) if len(text) > 3 else text  # noqa: PLR2004  氏 in a name
    return text if _NAME.fullmatch(text) and not _NO_NAME.search(text) else None


def _joined(text: str) -> str:
    return re.sub(r"[ \u3000]+", "", text)


def _lines_outside_tables(passages: Sequence[Passage]) -> Iterator[str]:
    for passage in passages:
        yield from passage.heading
        for line in passage.text.split("\n"):
            if "\t" not in line:
                yield line
