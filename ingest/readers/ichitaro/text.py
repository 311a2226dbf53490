"""From the units of a 一太郎 body to its paragraphs: marks, records, ruby, ruled tables.

A record is ``001C class length …``; unknown classes are skipped by their length. A table is drawn
with rules over lines of text: one row may take several lines.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_PARAGRAPH, _ROW_END, _PAGE, _TAB, _END = 0x0A, 0x0E, 0x0C, 0x09, 0x00
_RECORD, _TEXT_FOLLOWS, _INLINE_END = 0x1C, 0x1D, 0x1E
_FIRST_PLAIN = 0x20
_INLINE, _HEADER, _CELL = 0x01, 0x10, 0x30
_LEAST_RECORD = 3
_INLINE_END_LENGTH = 5
_SHOWN = frozenset({(0, 3), (0, 1)})
"""Inline records whose text is part of the sentence; others hold readings (ruby) or are hidden."""

_RULES, _LIST_END = 0x8F, 0xFFFF
_HORIZONTAL = 0x0C
"""In a rule: a horizontal line runs through (4) or under (8) the line of text."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a ruled line with ``cells``.

    ``closes``: a rule is drawn below the ruled line (or through it), so a row of the table ends.
    """

    text: str
    cells: tuple[str, ...] = ()
    closes: bool = True


@dataclass(slots=True)
class _Line:
    """The current line. ``inline`` says of each open inline record whether it is shown."""

    words: list[int] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    ruled: bool = False
    closes: bool | None = None
    inline: list[bool] = field(default_factory=list)

    def open_cell(self) -> None:
        if self.ruled:
            self.cells.append(_decode(self.words))
            self.words = []
        self.ruled = True

    def paragraph(self) -> Paragraph | None:
        text = _decode(self.words)
        if not self.ruled:
            return Paragraph(text) if text.strip() else None
        cells = tuple(cell.strip() for cell in (*self.cells, text))
        return Paragraph("\t".join(cells), cells, closes=self.closes is not False)


def paragraphs(units: Sequence[int]) -> Iterator[Paragraph]:
    """Yield the paragraphs and ruled lines of a body; hidden text and ruby readings are left out.

    Unknown units are skipped.
    """
    line = _Line()
    at = 0
    while at < len(units) and units[at] != _END:
        unit = units[at]
        if unit == _RECORD:
            length = _length(units, at)
            if (
                units[at + 1 : at + 2] == (_CELL,)
                and not line.ruled
                and _decode(line.words).strip()
            ):
                # the text before it is a line of its own
                yield Paragraph(_decode(line.words))
                line.words = []
            _take_record(line, units[at : at + length])
            at += length
        elif unit == _INLINE_END:
            if line.inline:
                line.inline.pop()
            at += _INLINE_END_LENGTH if units[at + 1 : at + 2] == (_INLINE_END_LENGTH,) else 1
        else:
            at += 1
            if unit in {_PARAGRAPH, _ROW_END, _PAGE}:
                if (ended := line.paragraph()) is not None:
                    yield ended
                line = _Line()
            elif (unit == _TAB or unit >= _FIRST_PLAIN) and all(line.inline):
                line.words.append(unit)
    if (ended := line.paragraph()) is not None:
        yield ended


def _length(units: Sequence[int], at: int) -> int:
    """Return the number of units of a record; a truncated one takes the rest."""
    return max(_LEAST_RECORD, units[at + 2]) if at + 2 < len(units) else len(units) - at


def _take_record(line: _Line, record: Sequence[int]) -> None:
    kind = record[1] if len(record) > 1 else None
    if kind == _CELL:
        line.open_cell()
    elif kind == _INLINE and record[-1] == _TEXT_FOLLOWS:
        line.inline.append((record[4], record[5]) in _SHOWN if len(record) > 5 else True)  # noqa: PLR2004 (the record is as long as that)
    elif kind == _HEADER and not line.words and not line.ruled:
        line.closes = _has_horizontal(record)


def _has_horizontal(header: Sequence[int]) -> bool | None:
    """Say whether a line's header draws a horizontal rule; ``None``: it has no rules.

    The header is a list of tag, count, values; the rules are width, 0, first place, then four
    numbers each (style, length, style up to the next one, distance).
    """
    at = 4
    while at + 1 < len(header) and header[at] != _LIST_END:
        tag, count = header[at], header[at + 1]
        if tag == _RULES:
            rules = header[at + 5 : at + 2 + count]
            return any((number & _HORIZONTAL) for number in (*rules[::4], *rules[2::4]))
        at += 2 + count
    return None


def _decode(units: Sequence[int]) -> str:
    content = b"".join(unit.to_bytes(2, "big") for unit in units)
    return content.decode("utf-16-be", errors="replace")
