"""The parts of a passage that can be quoted, and what each of them needs to be understood.

A part is a sentence, an item of an article or a list, a row of a table, or a line that heads these.
An item says nothing without the sentence that leads into it, a row nothing without the heads of its
columns: such a part *needs* others, which are quoted with it.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import groupby

from index.language.text import fold, sentences
from index.passage import Passage, PassageKind

_ITEM = re.compile(
    r"^[\s　]*([(（][0-9０-９一二三四五六七八九十]{1,3}[)）]|[①-⑳]"
    r"|[一二三四五六七八九十]{1,3}[\s　]|[イロハニホヘト][\s　]|[・•●\-]\s?)"
)
"""How an item (号) begins: (1), 一, ①, イ."""
_LEADS = re.compile(r"次の|次に掲げる|各号|(とおり|following)[^。]{0,12}[。:：.]?\s*$|[:：]\s*$")
_ANNOUNCES = re.compile(
    r"(?:次の|以下の|下記の?|左の)(?:とおり|通り)[^。]{0,16}。?$|(?:掲げる|下記)[^。]{0,16}。?$"
    r"|[:：]$|(?:as follows|the following[^.]{0,40})[.:]?$"
)
"""How a sentence ends that a list follows, with marks or without."""
_LABELLED = re.compile(r"^[^:：。]{1,20}[:：][\s　]*\S")
_PAIR = re.compile(r"^(?![第(（「【○◯●◆■])[^\s\d、。][^\u3000\t、。]{1,19}[\u3000\t]+\S[^。]*$")
_CONDITION = re.compile(
    r"^[\s　]*(ただし|但し|ただ、|もっとも|この限りで|however|provided|but |except|unless"
    r"|[(\[〔][^)\]〕]{0,40}訂正)",
    re.IGNORECASE,
)
"""A condition or exception; 〔○ページに答弁訂正あり〕: who reads the words before has to know."""
_GAP = re.compile(r"[\u3000\t]")
_COUNTED = re.compile(r"^[\s　]*[0-9０-９]{1,2}[.．、\s　]")
_CELLS = re.compile(r"\t+|[\s　]*[|｜][\s　]*|[\s　]{2,}|[　]+| (?=[\d△▲(（\-])")
_FIGURE = re.compile(
    r"[\d,.△▲%％\-―–]+|(?:[\d,.]+[^\d\s,.]{1,4}){1,3}"
    r"|[〇一二三四五六七八九十百千万億・]+[円人件回日月年歳%]"
)
_BY = re.compile(r"^[(（][^（）()]{1,20}[)）]$")
"""A line that only names who spoke: （こども課長）."""
_ENDS = ("。", "．", ".", "！", "？", "!", "?", "」", "』")
_SHORT_HEADING = 40
_LEAST_ROWS = 2


@dataclass(frozen=True, slots=True)
class Part:
    """``start`` is where ``text`` stands in its passage; ``needs`` are positions of other parts.

    ``leads`` says that items or rows follow that this part leads into; a part that is not
    ``telling`` (a heading, the heads of a table) is quoted only with one that needs it.
    """

    text: str
    start: int
    needs: tuple[int, ...] = ()
    leads: bool = False
    telling: bool = True
    listed: bool = False
    """An item or a row, not a sentence of prose."""


def parts_of(passage: Passage) -> list[Part]:
    """Cut a passage into its parts; joined they are its text."""
    known = passage.kind is PassageKind.TABLE
    texts = _rows_and_sentences(passage.text) if known else _whole_items(sentences(passage.text))
    table = _table_lines(texts, known=known)
    items, pairs = _items(texts, table), _pairs(texts, table)
    found: list[Part] = []
    start = 0
    head: tuple[int, ...] = ()
    stem: tuple[int, ...] = ()
    for position, text in enumerate(texts):
        begins_line = position == 0 or texts[position - 1].endswith("\n")
        bare = text.strip()
        part = Part(text, start)
        if table[position] == "head":
            head = (*head, position) if position and table[position - 1] == "head" else (position,)
            part = Part(text, start, leads=True, telling=False)
        elif table[position] == "row":
            part = Part(text, start, needs=head or stem, listed=True)
        elif stem and (position in items or (begins_line and _ITEM.match(text))):
            part = Part(text, start, needs=stem, listed=True)
        elif position in pairs:
            part = Part(text, start, listed=True)
        elif not bare or _BY.match(bare) or (begins_line and _is_heading(bare)):
            part = Part(text, start, telling=False)
        elif _LEADS.search(fold(bare)) and _list_follows(texts, position, items, table):
            stem = (position,)
            part = Part(text, start, leads=True)
        elif begins_line:
            stem = ()
        found.append(part)
        start += len(text)
    return found


def _whole_items(texts: Sequence[str]) -> list[str]:
    """Join what stands behind an item in its line, and is no sentence, to the item.

    Where an ordinance gives an amount for each case, that is a second column: 「…のとき。　半額」.
    """
    found: list[str] = []
    for text in texts:
        goes_on = found and not found[-1].endswith("\n") and not text.strip().endswith(_ENDS)
        if goes_on and begins_item(found[-1]):
            found[-1] += text
        else:
            found.append(text)
    return found


def begins_item(text: str) -> bool:
    """Tell whether a line begins as an item of a list does: (1), 一, ①, イ."""
    return _ITEM.match(text) is not None


def begins_condition(folded: str) -> bool:
    """Tell whether words make a condition of, or an exception from, what stands before them."""
    return _CONDITION.match(folded) is not None


def _list_follows(
    texts: Sequence[str], position: int, items: AbstractSet[int], table: Sequence[str]
) -> bool:
    after = position + 1
    return after < len(texts) and (
        after in items or bool(_ITEM.match(texts[after])) or table[after] == "row"
    )


def _items(texts: Sequence[str], table: Sequence[str]) -> set[int]:
    """Return the lines without marks that are a list all the same: what leads in announces them.

    They are the short lines between a sentence that ends in 「次のとおりとする。」 and the next
    sentence, item or table. One line that counts (``１　概要``) before sentences is a heading.
    """
    found: set[int] = set()
    for position, text in enumerate(texts):
        if not (_ANNOUNCES.search(fold(text.strip())) and text.endswith("\n")):
            continue
        end = position + 1
        while end < len(texts) and not table[end] and _goes_on(texts[position + 1], texts[end]):
            end += 1
        run = range(position + 1, end)
        if not all(_COUNTED.match(texts[i]) for i in run) or len(run) >= _LEAST_ROWS:
            found.update(run)
    return found


def _pairs(texts: Sequence[str], table: Sequence[str]) -> set[int]:
    """Return the lines of a list of labels with their values (``受付時間　午前九時から``)."""
    pair = [not table[i] and bool(_PAIR.match(text.strip())) for i, text in enumerate(texts)]
    return {
        i
        for i, here in enumerate(pair)
        if here and ((i and pair[i - 1]) or (i + 1 < len(pair) and pair[i + 1]))
    }


def _goes_on(first: str, line: str) -> bool:
    """Say whether a line is one more entry of a list: short, with a gap as the first or without."""
    bare = line.strip()
    same = bool(_GAP.search(first.strip())) == bool(_GAP.search(bare))
    return same and 0 < len(bare) <= _SHORT_HEADING and not bare.endswith(_ENDS)


def _is_heading(line: str) -> bool:
    """Say whether a line heads others: short, no sentence, no item, no label with its value."""
    told = _ITEM.match(line) or _LABELLED.match(line) or begins_condition(fold(line))
    return len(line) <= _SHORT_HEADING and not line.endswith(_ENDS) and not told


def _rows_and_sentences(text: str) -> list[str]:
    """Cut a table's text: a row is whole, also where one of its cells holds sentences."""
    lines = text.splitlines(keepends=True)
    return [part for line in lines for part in ([line] if "\t" in line else sentences(line))]


def _table_lines(texts: Sequence[str], *, known: bool) -> list[str]:
    """Say of each line whether it is a row of a table, its head, or neither (empty)."""
    rows = [_is_row(text) for text in texts]
    kinds = [""] * len(texts)
    runs = [
        [position for position, _ in run]
        for is_row, run in groupby(enumerate(rows), key=lambda pair: pair[1])
        if is_row
    ]
    for run in runs:
        if len(run) < _LEAST_ROWS and not known:
            continue
        for position in run:
            kinds[position] = "row"
        for position in range(run[0] - 1, max(run[0] - 4, -1), -1):
            line = texts[position].strip()
            if kinds[position] or line.endswith(_ENDS):
                break
            kinds[position] = "head"
    return kinds


def _is_row(text: str) -> bool:
    line = text.strip()
    if line.endswith("。") and "\t" not in line:
        return False
    cells = [cell.strip() for cell in _CELLS.split(line) if cell.strip()]
    return len(cells) > 1 and any(_FIGURE.fullmatch(fold(cell)) for cell in cells[1:])
