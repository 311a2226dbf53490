"""The text of a slide: its shapes from top to bottom, groups, tables, diagrams and notes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER

from ingest.repair.plain_tables import is_figure, is_head_row_first

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TITLES = frozenset(
    {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE}
)
_RUNNING = frozenset(
    {PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.HEADER}
)
_ONE_HEIGHT = 180_000
"""Shapes whose tops differ by less, in EMU (half a centimetre), are side by side."""

_LONGEST_TITLE = 40
_DEEPEST = 30


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph (one cell) or a row of a table."""

    cells: tuple[str, ...]
    header: bool = False


@dataclass(slots=True)
class SlideText:
    """The text of a slide. ``pictures`` and ``charts``: whether it shows any."""

    title: str = ""
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    hidden: bool = False
    pictures: bool = False
    charts: bool = False

    @property
    def has_text(self) -> bool:
        """Say whether there is anything to read."""
        return bool(self.title or self.rows or self.notes)


def read_slide(slide: Any) -> SlideText:  # noqa: ANN401 (python-pptx is loosely typed)
    """Return the text of a slide; raises what python-pptx raises on broken ones."""
    text = SlideText(hidden=slide.element.get("show") in {"0", "false"})
    for shape in _in_order(slide.shapes):
        _read_shape(shape, text, 0)
    for choice in slide.shapes._spTree.iter(f"{_MC}Choice"):  # noqa: SLF001 (no public way)
        # python-pptx does not know shapes of newer versions
        text.rows += [Row((line,)) for line in _paragraphs(choice)]
    if not text.title and text.rows and len(text.rows[0].cells) == 1:
        first = text.rows[0].cells[0]
        if len(first) <= _LONGEST_TITLE and "。" not in first:
            text.title = first
            text.rows.pop(0)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        frame = slide.notes_slide.notes_text_frame
        text.notes = _paragraphs(frame._txBody)  # noqa: SLF001 (no public way)
    return text


def _in_order(shapes: Any) -> list[Any]:  # noqa: ANN401 (untyped)
    """Sort shapes from top to bottom, and those side by side from left to right."""
    placed = sorted(shapes, key=lambda shape: (shape.top or 0, shape.left or 0))
    ordered: list[Any] = []
    side_by_side: list[Any] = []
    for shape in placed:
        if side_by_side and (shape.top or 0) - (side_by_side[0].top or 0) > _ONE_HEIGHT:
            ordered += sorted(side_by_side, key=lambda known: known.left or 0)
            side_by_side = []
        side_by_side.append(shape)
    return ordered + sorted(side_by_side, key=lambda known: known.left or 0)


def _read_shape(shape: Any, text: SlideText, depth: int) -> None:  # noqa: ANN401
    role = shape.placeholder_format.type if shape.is_placeholder else None
    if role in _RUNNING or depth > _DEEPEST:
        return
    if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
        for inner in _in_order(shape.shapes):
            _read_shape(inner, text, depth + 1)
    elif getattr(shape, "has_table", False):
        text.rows += _table(shape.table)
    elif getattr(shape, "has_chart", False):
        text.charts = True
        chart = shape.chart
        if chart.has_title:
            text.rows += [Row((line,)) for line in _paragraphs(chart.chart_title._element)]  # noqa: SLF001 (no public way)
    elif shape.has_text_frame:
        lines = _paragraphs(shape.text_frame._txBody)  # noqa: SLF001
        if role in _TITLES and not text.title and lines:
            text.title = " ".join(" ".join(lines).split())
        else:
            text.rows += [Row((line,)) for line in lines]
    else:
        diagram = _diagram(shape)
        text.rows += [Row((line,)) for line in diagram]
        text.pictures = text.pictures or not diagram


def _paragraphs(element: Any) -> list[str]:  # noqa: ANN401
    """Return the lines of the paragraphs below an element, split at line breaks."""
    lines: list[str] = []
    for paragraph in element.iter(f"{_A}p"):
        pieces = [
            "\n" if piece.tag == f"{_A}br" else piece.text or ""
            for piece in paragraph.iter(f"{_A}t", f"{_A}br")
        ]
        text = "".join(pieces).replace("\v", "\n")
        lines += [line.strip(" \t") for line in text.split("\n") if line.strip()]
    return lines


def _table(table: Any) -> Iterator[Row]:  # noqa: ANN401
    """Yield the rows; a cell merged downwards is repeated in each of its rows."""
    rows: list[tuple[str, ...]] = []
    for row in table.rows:
        cells: list[str] = []
        for at, cell in enumerate(row.cells):
            merged_down = cell._tc.vMerge and rows  # noqa: SLF001 (no public way)
            text = rows[-1][at] if merged_down else " ".join(_paragraphs(cell._tc))  # noqa: SLF001
            cells.append(text)
        rows.append(tuple(cells))
    for at, texts in enumerate(rows):
        if any(texts):
            yield Row(texts, header=at == 0 and _is_head(rows, marked=bool(table.first_row)))


def _is_head(rows: Sequence[Sequence[str]], *, marked: bool) -> bool:
    """Say whether the first row is a head. PowerPoint marks it in any table, even with figures."""
    words = not any(is_figure(cell) for cell in rows[0][1:])
    return len(rows) > 1 and (is_head_row_first(rows) or (marked and words and len(rows[0]) > 1))


def _diagram(shape: Any) -> list[str]:  # noqa: ANN401
    """Return the text of a SmartArt diagram, in the order in which it was typed."""
    link = next(shape.element.iter(f"{_DIAGRAM}relIds"), None)
    if link is None:
        return []
    part = shape.part.related_part(link.get(f"{_R}dm"))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return _paragraphs(etree.fromstring(part.blob, parser))
