"""Results set apart from their matters: below them, or in a column that comes after theirs.

A list of bills and results is often drawn column by column, and its text then has all the bills
first, and the results after them, one a line. They belong together where both are equally many;
where they are not, nothing is joined, since a result would stand with another's bill.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from index.council.items import ITEM, items_in
from index.language.text import fold
from ingest.document.source import Line
from ingest.minutes.votes.resolutions import RESULT, manner_in

_RESULT = re.compile(
    rf"[（(【]?(?:原案|修正案)?(?:の?とおり|どおり)?{RESULT}(?:すべき(?:もの)?)?[）)】]?|賛成|反対"
)
_COUNTS = re.compile(r"[（(]?(?:賛成|起立|挙手|反対)[^。]{0,20}\d+[^。]{0,12}[）)]?")
_DAY = re.compile(r"(?:(?:令和|平成)\d+年)?\d{1,2}(?:月|[./])\d{1,2}日?")
_HEAD = re.compile(
    r"(?:議決|審議|審査|採決|表決)?の?(?:結果|年月日|月日|日|方法)|(?:議案)?番号|件名|議案名?|事件名?|案件"
    r"|賛否|備考|可否|付託委員会?|提出者"
)
_BARE = re.compile(ITEM)
_MARKS = "・○◯●■□◆◇"
_LONGEST = 80
_LEAST = 2


class _Kind(Enum):
    MATTER = auto()
    BARE = auto()
    """A number without a title."""
    RESULT = auto()
    BESIDE = auto()
    """How it was decided, by how many, or when."""
    HEAD = auto()
    WORDS = auto()
    OTHER = auto()


_NAMED = frozenset({_Kind.MATTER, _Kind.BARE})
_VALUES = frozenset({_Kind.RESULT, _Kind.BESIDE})


@dataclass(frozen=True, slots=True)
class _Column:
    """Lines of one kind that follow one another."""

    kind: _Kind
    lines: tuple[Line, ...]


def with_result_rows(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines with a row for each matter whose result stands apart from it."""
    kinds = [_kind(line) for line in lines]
    if kinds.count(_Kind.RESULT) < _LEAST:
        return tuple(lines)
    found: list[Line] = []
    at = 0
    while at < len(lines):
        if kinds[at] in _NAMED:
            end = next((n for n in range(at, len(lines)) if kinds[n] is _Kind.OTHER), len(lines))
            rows, taken = _rows(lines[at:end], kinds[at:end])
            # of matters that are not as many as the results, none is joined
            named = next((n for n in range(at, end) if kinds[n] in _VALUES), end)
            found += rows or lines[at:named]
            at += taken or named - at
        else:
            found.append(lines[at])
            at += 1
    return tuple(found)


def _kind(line: Line) -> _Kind:
    text = re.sub(r"[ \u3000]", "", fold(line.text)).lstrip(_MARKS)
    if line.cells or "。" in text or not text or len(text) > _LONGEST:
        return _Kind.OTHER
    if _RESULT.fullmatch(text):
        return _Kind.RESULT
    beside = _DAY.fullmatch(text) or _COUNTS.fullmatch(text)
    if beside or ((told := manner_in(text)) and len(text) <= len(told) + 2):
        return _Kind.BESIDE
    if _HEAD.fullmatch(text):
        return _Kind.HEAD
    named = _BARE.match(text)
    if named and len(items_in(text)) == 1:
        return _Kind.BARE if named.end() == len(text) else _Kind.MATTER
    return _Kind.OTHER if named or items_in(text) else _Kind.WORDS


def _rows(lines: Sequence[Line], kinds: Sequence[_Kind]) -> tuple[list[Line], int]:
    """Return the rows at the beginning of the lines, and how many lines they are made of."""
    for read in (_by_record, _by_column):
        rows, taken = read(lines, kinds)
        if len(rows) >= _LEAST:
            return rows, taken
    return [], 0


def _by_record(lines: Sequence[Line], kinds: Sequence[_Kind]) -> tuple[list[Line], int]:
    """Read matters with the result of each right below it."""
    starts = [at for at, kind in enumerate(kinds) if kind in _NAMED]
    rows: list[Line] = []
    taken = 0
    shape: tuple[_Kind, ...] = ()
    for start, following in zip(starts, [*starts[1:], len(lines)], strict=True):
        end = start + 1
        while end < following and kinds[end] is _Kind.WORDS:
            end += 1
        named, values = end, end
        while values < following and kinds[values] in {_Kind.RESULT, _Kind.BESIDE}:
            values += 1
        own = tuple(kinds[named:values])
        last = following == len(lines)
        if _Kind.RESULT not in own or own != (shape or own) or not (values == following or last):
            return rows, taken
        if values < following and kinds[values] is _Kind.HEAD:
            return [], 0  # the first of a column
        shape = own
        rows.append(_row([lines[start:named], *([each] for each in lines[named:values])]))
        taken = values
    return rows, taken


def _by_column(lines: Sequence[Line], kinds: Sequence[_Kind]) -> tuple[list[Line], int]:
    """Read matters one below the other, and then as many results."""
    columns, taken = _columns(lines, kinds)
    if not any(column.kind is _Kind.RESULT for column in columns):
        return [], 0
    # the heads of the columns stand between them
    heads = [line for line, kind in zip(lines[:taken], kinds, strict=False) if kind is _Kind.HEAD]
    rows = [
        _row([column.lines[at : at + 1] for column in columns])
        for at in range(len(columns[0].lines))
    ]
    return [*heads, *rows], taken


def _columns(lines: Sequence[Line], kinds: Sequence[_Kind]) -> tuple[list[_Column], int]:
    """Return the columns that are as long as that of the matters, and where they end."""
    matters = _matters(lines, kinds)
    if matters is None:
        return [], 0
    first, at = matters
    columns, size = [first], len(first.lines)
    taken = at
    while at < len(lines):
        while at < len(lines) and kinds[at] is _Kind.HEAD:
            at += 1
        part = slice(at, at + size)
        own = set(kinds[part])
        titles = own == {_Kind.WORDS} and first.kind is _Kind.BARE and len(columns) == 1
        if len(kinds[part]) < size or not (len(own) == 1 and (titles or own <= _VALUES)):
            break
        at += size
        if not titles and at < len(kinds) and kinds[at] in own:
            return [], 0  # more results than matters
        columns.append(_Column(next(iter(own)), tuple(lines[part])))
        taken = at
    return columns, taken


def _matters(lines: Sequence[Line], kinds: Sequence[_Kind]) -> tuple[_Column, int] | None:
    """Return the column of matters, the lines of each joined, and where it ends."""
    kind = kinds[0]
    found: list[list[Line]] = []
    at = 0
    while at < len(lines) and kinds[at] in {kind, _Kind.WORDS}:
        if kinds[at] is kind:
            found.append([])
        elif kind is _Kind.BARE:
            break  # the titles
        found[-1].append(lines[at])
        at += 1
    if len(found) < _LEAST:
        return None
    return _Column(kind, tuple(_joined(each) for each in found)), at


def _joined(lines: Sequence[Line]) -> Line:
    text = "\u3000".join(line.text.strip() for line in lines)
    return replace(lines[0], text=text, last_page=lines[-1].last_page)


def _row(parts: Sequence[Sequence[Line]]) -> Line:
    """Return a row with a cell for each part."""
    own = [_joined(part) for part in parts]
    cells = tuple(line.text.strip() for line in own)
    pages = [line.page for line in own if line.page is not None]
    return replace(
        own[0],
        text="\t".join(cells),
        cells=cells,
        level=None,
        page=min(pages, default=None),
        last_page=max(pages, default=None),
    )
