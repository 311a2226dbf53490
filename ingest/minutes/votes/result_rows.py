"""Results listed in rows or lines: ``議案第1号　○○条例の制定について　原案可決``."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.council.items import ITEM, items_in, title_of_line
from index.record import Vote
from ingest.minutes.votes.resolutions import RESULT, counts_in, manner_in, outcome_of

_CELL = re.compile(r"\t|[ \u3000]{2,}|\u3000")
_RESULT_CELL = re.compile(
    rf"(?:[0-9０-９./月日 ]*)(?P<result>(?:原案(?:のとおり|どおり)?|修正案のとおり)?{RESULT})"
    r"(?:すべき(?:もの)?)?[ \u3000]*(?:[（(][^（）()]*[）)])?"
)
_RESULT_AT_END = re.compile(
    rf"(?:[ \u3000\t…・:：→⇒＝=]+|[（(【〔\[][^（）()【】〔〕]{{0,12}}?)(?P<result>{RESULT})"
    r"(?:[ \u3000・、,（(]*[^。、（）()]{0,24}[）)】〕\]]?)$"
)
_HEADS = re.compile(r"(?:議決|審議|審査|採決|表決|議会|本会議|委員会)?の?(?:結果|議決)$")
_ITEM = re.compile(ITEM)
_BARE_ITEM = re.compile(r"第[ \u3000]*[0-9０-９〇一二三四五六七八九十百]+[ \u3000]*号")
_BETWEEN_ITEMS = re.compile(
    r"(?:[ \u3000\t、,，・○◯●■◆～〜~－-]|及び|並びに|ないし|から|より|まで"
    r"|[（(]?[0-9０-９]+件[)）]?)*"
)
_BILL_NUMBER = re.compile(r"議案(?:番号|No\.?|№)?")
_NO_BILL = re.compile(
    r"請願|陳情|決算.*認定|報告(?:第|$)|同意|諮問|意見書|決議|発議|承認|選任|任命|推薦"
)
_BARE_NUMBER = re.compile(r"第?[ \u3000]*[0-9０-９]+[ \u3000]*号?")


def results_in_lines(text: str) -> list[Vote]:
    """Return the decisions listed in a passage; ``Vote.passage`` is not set.

    A line counts if it has the number of a matter and a result at its end or in a cell. Rows under
    the head of a column of results need no number.
    """
    votes: list[Vote] = []
    heads: list[str] = []
    columns: list[str] = []
    for line in text.split("\n"):
        cells = [cell.strip() for cell in _CELL.split(line.strip()) if cell.strip()]
        if _is_head(cells):
            heads, columns = cells, line.split("\t")
            continue
        for vote in _of_row(line, cells, heads):
            number = vote.item or number_under_head(columns, line.split("\t"))
            votes.append(replace(vote, item=number))
    return votes


def _is_head(cells: Sequence[str]) -> bool:
    return (
        len(cells) > 1
        and any(_HEADS.search(cell) for cell in cells)
        and not items_in(" ".join(cells))
    )


def _of_row(line: str, cells: Sequence[str], heads: Sequence[str]) -> Iterator[Vote]:
    if "。" in line:
        return
    items = items_in(line)
    results = [match for cell in cells[1:] if (match := _RESULT_CELL.fullmatch(cell))]
    if len(items) == 1:
        match = results[-1] if results else _RESULT_AT_END.search(line)
        if match is not None:
            title = title_of_line(_before(line, match["result"]), items[0])
            yield _vote(items[0], title, match, line)
    elif items:
        yield from _squashed(line)
    elif heads and results:
        names = [cell for cell in cells if not _BARE_NUMBER.fullmatch(cell)]
        numbers = [cell for cell in cells if re.fullmatch(r"第[0-9０-９]+号", cell)]
        name = names[0] if names and not _RESULT_CELL.fullmatch(names[0]) else None
        yield _vote(numbers[0] if numbers else None, name, results[-1], line)


def number_under_head(heads: Sequence[str], cells: Sequence[str]) -> str | None:
    """Return 議案第30号 for a row with a bare 30 under 議案番号; ``None`` for any other row.

    A petition or a report in the same list has a count of its own.
    """
    if len(heads) != len(cells) or any(_NO_BILL.search(cell) for cell in cells):
        return None
    for head, cell in zip(heads, cells, strict=True):
        if _BILL_NUMBER.fullmatch(re.sub(r"[ \u3000]", "", head)):
            bare = re.fullmatch(r"第?[ \u3000]*([0-9０-９]{1,4})[ \u3000]*号?", cell.strip())
            return f"議案第{bare[1]}号" if bare else None
    return None


def _squashed(line: str) -> Iterator[Vote]:
    """Yield the results of a line that holds several: one behind each matter, or behind a range.

    Nothing where a result is not certainly that of the matters before it.
    """
    found: list[Vote] = []
    start = 0
    for end in _ends_of_results(line):
        part = line[start:end]
        match = _RESULT_AT_END.search(part.rstrip())
        items = items_in(part)
        if match is None or not items or (len(items) > 1 and not _are_only_named(part, match)):
            return
        title = title_of_line(_before(part, match["result"]), items[0]) if len(items) == 1 else None
        found.extend(_vote(item, title, match, part) for item in items)
        start = end
    if not items_in(line[start:]):
        yield from found


def _ends_of_results(line: str) -> Iterator[int]:
    """Yield where what is said of each result ends: before the next matter, or with the line."""
    starts = [match.start() for match in _ITEM.finditer(line)]
    for start, following in zip(starts, [*starts[1:], len(line)], strict=True):
        if _RESULT_AT_END.search(line[start:following].rstrip()):
            yield following


def _are_only_named(part: str, match: re.Match[str]) -> bool:
    """Tell whether several matters stand with nothing between them and behind them but a result."""
    rest = _ITEM.sub("", part[: match.start()])
    return _BETWEEN_ITEMS.fullmatch(_BARE_ITEM.sub("", rest)) is not None


def _vote(item: str | None, title: str | None, match: re.Match[str], line: str) -> Vote:
    result = match["result"]
    # look for manner and counts only from the result on: a title may contain such words
    tail = line[line.rfind(result) :]
    return Vote(item, title, result, outcome_of(result), manner_in(tail), *counts_in(tail))


def _before(line: str, result: str) -> str:
    """Return the line up to its first cell with a result."""
    found = re.search(rf"[ \u3000\t…・:：→⇒＝=（(【〔\[]+(?:原案)?{RESULT}", line)
    cut = found.start() if found else line.find(result)
    return line[:cut].rstrip(" \u3000\t…・")


__all__ = ["ITEM", "results_in_lines"]
