"""Minutes set as a table: which column names the speaker and which holds the speech.

The columns are found by their heads (``発言者``, ``発言内容``; ``質問``, ``回答``), or by a column
that holds posts in nearly all rows.
"""

import dataclasses
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from ingest.document.source import Line
from ingest.minutes.speakers.opening import Opening
from ingest.minutes.speakers.speakers import fold_label
from ingest.repair.plain_tables import is_figure

_HEAD_WORDS = {
    "speaker": r"発言(?:者|委員)|氏名|質問者|speaker",
    "words": r"(?:発言|質疑|意見|会議|審議|議事)等?の?(?:内容|要旨|概要|応答)"
    r"|^(?:内容|要旨|発言|概要|意見)$|remarks|statement",
    "topic": r"議題|項目|件名|案件|議事$",
    "asked": r"^(?:ご?質問|質疑|ご?意見|・|問|Q)+(?:の?内容|事項|等|要旨)*$",
    "answerer": r"^(?:答弁|回答)(?:者|課|部署|部局|担当課?)(?:名|等)*$",
    "answered": r"^(?:事務局|.の)?(?:回答|答弁?|A|考え方|対応)(?:の?内容|等|要旨)*$",
}
_HEADS = {name: re.compile(words, re.IGNORECASE) for name, words in _HEAD_WORDS.items()}
"""Column heads by content, without blanks."""
_MARKS = "○◯〇◎●◆◇■□▲△▼▽★☆・ \u3000"
_SAME = ("〃", "同上", "々")
_HEAD_CELL = 14
_LEAST_ROWS = 3
_MOSTLY = 0.7
_LONGEST = 24
_LEAST_COLUMNS = 2
_SHORT_NAME = 6


@dataclass(frozen=True, slots=True)
class _Columns:
    speaker: int | None
    words: int
    topic: int | None = None
    asked: int | None = None
    asker: int | None = None
    answerer: int | None = None


def read_speech_rows(lines: Sequence[Line], is_label: Callable[[str], bool]) -> list[Opening]:
    """Return the speeches in table rows, in order; empty if no table holds speeches.

    ``is_label`` says whether a cell names a speaker.
    """
    found: list[Opening] = []
    columns: _Columns | None = None
    topic = ""
    for index, line in enumerate(lines):
        if not line.cells:
            columns, topic = None, ""
            continue
        heads = _columns_by_heads(line.cells)
        if heads:
            columns, topic = heads, ""
            continue
        if columns is None:
            columns = _columns_by_posts(lines, index, is_label)
        if columns is None:
            continue
        here = _openings_in_row(index, line.cells, columns, is_label)
        if columns.topic is not None and columns.topic < len(line.cells):
            new = line.cells[columns.topic].strip()
            here = [_with_topic(row, new if new != topic else "") for row in here]
            topic = new or topic
        found.extend(here)
    named = [row for row in found if not row.continues]
    return found if len(named) >= _LEAST_ROWS else []


def _columns_by_heads(cells: Sequence[str]) -> _Columns | None:
    if any(len(cell) > _HEAD_CELL for cell in cells):
        return None
    at = {name: _first_matching(cells, pattern) for name, pattern in _HEADS.items()}
    speaker, words, topic = at["speaker"], at["words"], at["topic"]
    if speaker is not None and words is not None and speaker != words:
        return _Columns(speaker, words, topic)
    asked, answered = at["asked"], at["answered"]
    if asked is not None and answered is not None:
        return _Columns(None, answered, topic, asked, speaker, at["answerer"])
    return None


def _columns_by_posts(
    lines: Sequence[Line], start: int, is_label: Callable[[str], bool]
) -> _Columns | None:
    """Find columns without heads: posts in nearly all rows, sentences in the next column.

    A table with a column of figures is no minutes: its posts are in charge of what the rows name.
    """
    rows: list[Sequence[str]] = []
    for line in lines[start:]:
        if not line.cells:
            break
        rows.append(line.cells)
    width = len(rows[0])
    if len(rows) < _LEAST_ROWS or width < _LEAST_COLUMNS or _has_figures(rows):
        return None
    for at in range(width - 1):
        labels = [row[at].strip() for row in rows if at < len(row)]
        named = [label for label in labels if label]
        fits = sum(1 for label in named if len(label) <= _LONGEST and is_label(label))
        sentences = sum(1 for row in rows if at + 1 < len(row) and "。" in row[at + 1])
        if fits >= max(_LEAST_ROWS, _MOSTLY * len(named)) and sentences >= _MOSTLY * len(rows):
            return _Columns(at, at + 1)
    return None


def _has_figures(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether a column behind the first, which may count the rows, holds figures."""
    columns = zip_longest(*rows, fillvalue="")
    next(columns)
    return any(sum(map(is_figure, column)) >= _MOSTLY * len(rows) for column in columns)


def _openings_in_row(
    index: int, cells: Sequence[str], columns: _Columns, is_label: Callable[[str], bool]
) -> list[Opening]:
    words = _cell(cells, columns.words)
    if columns.speaker is None:
        asked = _cell(cells, columns.asked)
        asker, answerer = (
            _named(mark, _cell(cells, at))
            for mark, at in (("質問", columns.asker), ("回答", columns.answerer))
        )
        rows = [Opening(index, asker, asked)] if asked else []
        rest = _other_cells(cells, columns)
        speech = "\n".join(part for part in (words, rest) if part)
        return [*rows, Opening(index, answerer, speech)] if speech else rows
    label = _cell(cells, columns.speaker)
    label = label.lstrip(_MARKS) or label
    speech = "\n".join(part for part in (words, _other_cells(cells, columns)) if part)
    if not label or len(label) > _LONGEST or not (is_label(label) or len(label) <= _SHORT_NAME):
        whole = "\n".join(part for part in (label, speech) if part)
        return [Opening(index, "", whole, continues=True)] if whole else []
    return [Opening(index, label, speech)]


def _named(mark: str, who: str) -> str:
    """Return ``回答（建設課長）``: the mark, and who answers where a column says so."""
    return f"{mark}（{who}）" if 0 < len(who) <= _LONGEST and who not in _SAME else mark


def _other_cells(cells: Sequence[str], columns: _Columns) -> str:
    """Return the text of the other columns, except for row numbers."""
    taken = {each for each in dataclasses.astuple(columns) if each is not None}
    others = [cell.strip() for at, cell in enumerate(cells) if at not in taken]
    return "\n".join(
        cell for cell in others if cell and not cell.strip("（()）.．、QＱ問№").isdecimal()
    )


def _cell(cells: Sequence[str], at: int | None) -> str:
    return cells[at].strip() if at is not None and at < len(cells) else ""


def _first_matching(cells: Sequence[str], pattern: re.Pattern[str]) -> int | None:
    return next((at for at, cell in enumerate(cells) if pattern.search(fold_label(cell))), None)


def _with_topic(row: Opening, topic: str) -> Opening:
    return replace(row, topic=topic)
