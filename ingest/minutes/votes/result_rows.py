"""Results listed in rows or lines: ``議案第1号　○○条例の制定について　原案可決``."""

import re
from collections.abc import Sequence

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
_BARE_NUMBER = re.compile(r"第?[ \u3000]*[0-9０-９]+[ \u3000]*号?")


def results_in_lines(text: str) -> list[Vote]:
    """Return the decisions listed in a passage; ``Vote.passage`` is not set.

    A line counts if it has the number of a matter and a result at its end or in a cell. Rows under
    the head of a column of results need no number.
    """
    votes: list[Vote] = []
    heads: list[str] = []
    for line in text.split("\n"):
        cells = [cell.strip() for cell in _CELL.split(line.strip()) if cell.strip()]
        if _is_head(cells):
            heads = cells
            continue
        vote = _of_row(line, cells, heads)
        if vote:
            votes.append(vote)
    return votes


def _is_head(cells: Sequence[str]) -> bool:
    return (
        len(cells) > 1
        and any(_HEADS.search(cell) for cell in cells)
        and not items_in(" ".join(cells))
    )


def _of_row(line: str, cells: Sequence[str], heads: Sequence[str]) -> Vote | None:
    if "。" in line:
        return None
    items = items_in(line)
    results = [match for cell in cells[1:] if (match := _RESULT_CELL.fullmatch(cell))]
    if len(items) == 1:
        match = results[-1] if results else _RESULT_AT_END.search(line)
        if match is None:
            return None
        return _vote(items[0], title_of_line(_before(line, match["result"]), items[0]), match, line)
    if items or not heads or not results:
        return None
    names = [cell for cell in cells if not _BARE_NUMBER.fullmatch(cell)]
    numbers = [cell for cell in cells if re.fullmatch(r"第[0-9０-９]+号", cell)]
    name = names[0] if names and not _RESULT_CELL.fullmatch(names[0]) else None
    return _vote(numbers[0] if numbers else None, name, results[-1], line)


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
