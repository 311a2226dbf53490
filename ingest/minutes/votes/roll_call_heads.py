"""What the head of a column in a list of votes by member is: a member, a matter, a side of it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from index.council.items import items_in, title_of_line
from index.record import Cast, RollCall
from ingest.document.ballot_marks import WORDS

_NAME = re.compile(r"[一-鿿々〆ヶヵぁ-んァ-ヴー]{2,8}")
_NO_NAME = re.compile(
    r"番号|件名|結果|議案|賛成|反対|備考|可否|議決|提出|付託|区分|会派|氏名|員名$|名前|採決|表決|賛否"
    r"|討論|審議|審査|委員会|月日|年月|人数|者数|合計|棄権|欠席|退席|名称|案件|事件|内容|議席|計$|党$|会$|クラブ$"
)
_HONORIFIC = re.compile(r"(?:議員|委員|議長|副議長|君|氏|さん)$")
_HOW = ("賛否", "表決", "採決", "可否", "投票", "賛否の別", "表決態度")
_SEVERAL = 2


def joined(text: str) -> str:
    """Return a head without the blanks between its characters."""
    return re.sub(r"[ \u3000]+", "", text)


def name_in_head(head: str) -> str | None:
    """Return the name of a member that a cell holds: 緑政会 / 青山 一郎 has 青山一郎."""
    text = joined(head.rpartition("/")[2])
    text = _HONORIFIC.sub("", text) if len(text) > 3 else text  # noqa: PLR2004  氏 in a name
    return text if _NAME.fullmatch(text) and not _NO_NAME.search(text) else None


def side_in_head(head: str) -> Cast | None:
    """Return how those voted who have a mark under a head: 議案第1号/反対 has 反対."""
    return WORDS.get(joined(head.rpartition("/")[2]).removesuffix("者").removesuffix("議員"))


def says_how(head: str) -> bool:
    """Say whether a column holds how each member voted on a matter named elsewhere."""
    return joined(head) in _HOW


def names_sides(cells: Sequence[str]) -> bool:
    """Tell the heads 氏名, 賛成, 反対 from how a member voted on several matters."""
    sides = [side_in_head(cell) for cell in cells]
    first = next((at for at, side in enumerate(sides) if side), len(cells))
    named = any(name_in_head(cell) or items_in(cell) for cell in cells[:first])
    return not named and None not in sides[first:] and len(set(sides[first:])) >= _SEVERAL


def matters_of_columns(
    heads: Sequence[str], above: Iterable[str]
) -> Iterator[tuple[RollCall, Mapping[int, Cast | None]]]:
    """Yield each matter with its columns, where members are the rows; a column may be a side.

    ``above`` are the lines over the table, the nearest first: one names what the heads do not.
    """
    found: dict[RollCall, dict[int, Cast | None]] = {}
    for at, head in enumerate(heads):
        side = side_in_head(head)
        if matter := _matter_in(head.rpartition("/")[0] if side else head):
            found.setdefault(matter, {})[at] = side
    if sum(map(len, found.values())) >= _SEVERAL:
        yield from found.items()
    if found:
        return
    sides = {at: side for at, head in enumerate(heads) if (side := side_in_head(head))}
    how = [at for at, head in enumerate(heads) if says_how(head)]
    matter = next((known for text in above if (known := _matter_in(text))), None)
    if matter and len(sides) >= _SEVERAL:
        yield matter, sides
    elif matter and len(how) == 1:
        yield matter, {how[0]: None}


def _matter_in(text: str) -> RollCall | None:
    items = items_in(text)
    return RollCall(items[0], title_of_line(text, items[0]), ()) if len(items) == 1 else None
