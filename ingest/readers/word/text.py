"""The text of Word's XML in reading order: a walk of our own, since every library loses something.

It includes content controls, tracked insertions, text boxes, nested tables and ruby bases, and
skips deleted text, ruby readings, hidden runs and the second copy in ``mc:Fallback``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ingest.document.source import Line
from ingest.readers.word.notes import Notes, with_edges, without_edges
from ingest.readers.word.numbering import Numbering, W
from ingest.readers.word.styles import Style, direct_style, is_hidden, merge_styles
from ingest.repair.plain_tables import is_head_row_first

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = frozenset(
    {
        f"{W}{name}"
        for name in (
            "del",
            "moveFrom",
            "rt",
            "rPr",
            "pPr",
            "tblPr",
            "sectPr",
            "instrText",
            "delText",
        )
    }
    | {f"{_MC}Fallback"}
)
_NOT_INTO = _SKIPPED | {f"{W}{name}" for name in ("tr", "tc", "p", "tbl")}
_MARKS: Mapping[str, str] = {f"{W}tab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_DEEPEST = 200
_MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class _Reference:
    """A reference to a note: its kind and id, and the mark (empty if the author typed one)."""

    kind: str
    identity: str
    mark: str


@dataclass(slots=True)
class _Paragraph:
    """The runs of one paragraph, its text boxes, and the notes that it refers to."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    notes: list[_Reference] = field(default_factory=list)


@dataclass(slots=True)
class WordText:
    """Walks a document part.

    ``page_marks`` are the kinds of breaks that begin a page (none: pages are unknown). A note
    follows the paragraph that refers to it, or the table that this paragraph is in.
    """

    styles: Mapping[str, Style]
    numbering: Numbering
    page_marks: frozenset[str] = frozenset()
    page: int = 1
    notes: Notes = field(default_factory=Notes)
    _waiting: list[_Reference] = field(default_factory=list)
    _held: int = 0

    def lines(self, parent: Any, depth: int = 0) -> Iterator[Line]:  # noqa: ANN401 (lxml, untyped)
        """Yield the paragraphs and table rows below ``parent`` in reading order."""
        if depth > _DEEPEST:
            return
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child, depth)
                yield from self._notes_met(depth)
            elif child.tag == f"{W}tbl":
                yield from self._table(child, depth)
                yield from self._notes_met(depth)
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
                yield from self.lines(child, depth + 1)

    def _paragraph(self, element: Any, depth: int) -> Iterator[Line]:  # noqa: ANN401 (untyped)
        properties = element.find(f"{W}pPr")
        style_id = None if properties is None else properties.find(f"{W}pStyle")
        named = (
            self.styles.get(style_id.get(f"{W}val", ""), Style())
            if style_id is not None
            else Style()
        )
        style = merge_styles(direct_style(properties), named)
        paragraph = _Paragraph()
        before = self.page
        label = self._label(style)
        self._collect(element, paragraph, depth)
        # a break at the very start moves the whole paragraph to the next page
        first = before + paragraph.pieces[: _first_word(paragraph.pieces)].count("\f")
        text = without_edges("".join(paragraph.pieces).replace("\f", ""))
        pages = (first, self.page) if self.page_marks else (None, None)
        if text.strip() and not style.hidden:
            for number, part in enumerate(text.split("\n")):
                yield Line(
                    (label if number == 0 else "") + part,
                    page=pages[0],
                    last_page=pages[1],
                    level=style.level,
                )
        for box in paragraph.boxes:
            yield from self.lines(box, depth + 1)
        self._waiting += paragraph.notes

    def _notes_met(self, depth: int) -> Iterator[Line]:
        """Yield the waiting notes, unless the text is still inside a table or a note."""
        if self._held:
            return
        waiting, self._waiting = self._waiting, []
        for reference in waiting:
            body = self.notes.bodies.get((reference.kind, reference.identity))
            if body is None:
                continue
            page = self.page if self.page_marks else None
            believed, self.page_marks = self.page_marks, frozenset()
            self._held += 1
            lines = list(self.lines(body, depth + 1))
            self._held -= 1
            self.page_marks = believed
            self._waiting = []  # notes have no notes; in a broken file they would never end
            for number, line in enumerate(lines):
                text = line.text.strip() if line.cells else line.text.strip(" \t\u3000")
                mark = reference.mark + " " if reference.mark and number == 0 else ""
                yield replace(line, text=mark + text, page=page, last_page=page, level=None)

    def _label(self, style: Style) -> str:
        if style.number_id is None or style.number_id == "0":
            return ""
        return self.numbering.label(style.number_id, style.number_level or 0)

    def _collect(self, element: Any, paragraph: _Paragraph, depth: int) -> None:  # noqa: ANN401 (untyped)
        if depth > _DEEPEST:
            return
        for child in element:
            tag = child.tag
            if not isinstance(tag, str) or tag in _SKIPPED:
                continue
            if tag == f"{W}t":
                paragraph.pieces.append(child.text or "")
            elif tag in _MARKS:
                paragraph.pieces.append(_MARKS[tag])
            elif tag == f"{W}txbxContent":
                paragraph.boxes.append(child)
            elif tag in {f"{W}footnoteReference", f"{W}endnoteReference"}:
                self._refer(child, paragraph)
            elif tag in {f"{W}br", f"{W}lastRenderedPageBreak"}:
                paragraph.pieces.append(self._break(child))
            elif not (tag == f"{W}r" and is_hidden(child.find(f"{W}rPr"))):
                self._collect(child, paragraph, depth + 1)

    def _refer(self, element: Any, paragraph: _Paragraph) -> None:  # noqa: ANN401 (lxml)
        kind = element.tag.removeprefix(W).removesuffix("Reference")
        typed = element.get(f"{W}customMarkFollows", "0") not in {"0", "false", "off"}
        mark = "" if typed else self.notes.next_mark(kind, self.page)
        paragraph.pieces.append(with_edges(mark))
        paragraph.notes.append(_Reference(kind, element.get(f"{W}id", ""), mark))

    def _break(self, element: Any) -> str:  # noqa: ANN401 (lxml is untyped)
        kind = element.get(f"{W}type") if element.tag == f"{W}br" else "rendered"
        if kind in self.page_marks:
            self.page += 1
            return "\f"
        return "" if kind in {"page", "column", "rendered"} else "\n"

    def _table(self, element: Any, depth: int) -> Iterator[Line]:  # noqa: ANN401 (lxml is untyped)
        rows: list[tuple[list[str], bool, int]] = []
        nested: list[list[Line]] = []
        above: list[str] = []
        self._held += 1
        for row in _elements_inside(element, f"{W}tr"):
            page = self.page
            cells, tables = self._row(row, above, depth)
            above = cells
            marked = row.find(f"{W}trPr/{W}tblHeader") is not None
            rows.append((cells, marked, page))
            nested.append(tables)
        self._held -= 1
        heads = _heads([cells for cells, _, _ in rows], [marked for _, marked, _ in rows])
        for (cells, _, page), head, tables in zip(rows, heads, nested, strict=True):
            if any(cells):
                yield self._row_line(cells, page, header=head)
            yield from tables

    def _row_line(self, cells: Sequence[str], page: int, *, header: bool) -> Line:
        told = page if self.page_marks else None
        if len(cells) == 1:
            return Line(cells[0], told, told)
        return Line("\t".join(cells), told, told, cells=tuple(cells), header=header)

    def _row(self, row: Any, above: Sequence[str], depth: int) -> tuple[list[str], list[Line]]:  # noqa: ANN401
        cells: list[str] = []
        tables: list[Line] = []
        for cell in _elements_inside(row, f"{W}tc"):
            inner = list(self.lines(cell, depth + 1))
            tables += [line for line in inner if line.cells]
            text = " ".join(line.text.strip() for line in inner if not line.cells).strip()
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue"
            if goes_on and len(cells) < len(above):
                # a merged cell is repeated: a row means nothing without it
                text = above[len(cells)]
            cells += [text, *[""] * (_span(cell) - 1)]
        return cells, tables


def _first_word(pieces: Sequence[str]) -> int:
    return next((place for place, piece in enumerate(pieces) if piece.strip()), len(pieces))


def _elements_inside(parent: Any, tag: str, depth: int = 0) -> Iterator[Any]:  # noqa: ANN401 (untyped)
    """Yield rows or cells, also inside content controls and tracked changes."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _NOT_INTO and depth < _DEEPEST:
            yield from _elements_inside(child, tag, depth + 1)


def _span(cell: Any) -> int:  # noqa: ANN401 (lxml is untyped)
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    value = "1" if span is None else span.get(f"{W}val", "1")
    return max(1, min(int(value), _MOST_COLUMNS)) if value.isdigit() else 1


def _heads(rows: Sequence[Sequence[str]], marked: Sequence[bool]) -> list[bool]:
    """Say which rows are column heads: marked ones, else a first row of short words."""
    if any(marked) or not rows:
        return list(marked)
    return [is_head_row_first(rows), *[False] * (len(rows) - 1)]
