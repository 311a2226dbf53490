"""Drawing papers whose lines and table rows are known: what a reader should find on each page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

_FONTS = {
    "mincho": "/usr/share/fonts/opentype/ipaexfont-mincho/ipaexm.ttf",
    "gothic": "/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf",
}
LEFT = 56.0
SIZE = 9.0
STEP = 16.0

Cell = str | tuple[str, ...]
"""What a cell shows; several lines as a tuple."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table as a person reads it: the cells that are not empty, from left to right.

    ``path`` is what stands above it and holds for it too (款, 項, a merged cell). ``heads`` name
    the columns of the cells; empty where the table has none.
    """

    page: int
    cells: tuple[str, ...]
    path: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()


@dataclass(slots=True)
class Paper:
    """A paper being drawn, with what is on it.

    ``lines`` are the texts by page without the running heads; ``rows`` those of its tables.
    """

    path: Path
    font: str = "mincho"
    wide: bool = False
    lines: dict[int, list[str]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    page: int = 1
    drawn: Canvas = field(init=False)

    def __post_init__(self) -> None:
        """Open the canvas."""
        for name, file in _FONTS.items():
            if name not in pdfmetrics.getRegisteredFontNames():
                pdfmetrics.registerFont(TTFont(name, file))
        size = landscape(A4) if self.wide else A4
        self.drawn = Canvas(str(self.path), pagesize=size)

    @property
    def height(self) -> float:
        """The height of the page in points."""
        return float(A4[0] if self.wide else A4[1])

    def text(self, x: float, y: float, text: str, size: float = SIZE) -> None:
        """Draw text that belongs to the paper; ``y`` counts from the top."""
        self.lines.setdefault(self.page, []).append(text)
        self.put(x, y, text, size)

    def put(self, x: float, y: float, text: str, size: float = SIZE) -> None:
        """Draw text that does not count: a running head, a page number."""
        self.drawn.setFont(self.font, size)
        self.drawn.drawString(x, self.height - y, text)

    def put_right(self, x: float, y: float, text: str, size: float = SIZE) -> None:
        """Draw text that ends at ``x``."""
        self.drawn.setFont(self.font, size)
        self.drawn.drawRightString(x, self.height - y, text)

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> None:
        """Draw a rule."""
        self.drawn.setLineWidth(width)
        self.drawn.line(x0, self.height - y0, x1, self.height - y1)

    def box(self, x: float, y: float, width: float, height: float, grey: float) -> None:
        """Fill a box."""
        self.drawn.setFillGray(grey)
        self.drawn.rect(x, self.height - y - height, width, height, stroke=0, fill=1)
        self.drawn.setFillGray(0)

    def next_page(self) -> None:
        """End the page."""
        self.drawn.showPage()
        self.page += 1

    def save(self) -> "Paper":
        """Write the file."""
        self.drawn.save()
        return self


@dataclass(slots=True)
class Ruled:
    """A table drawn at ``x``, ``y`` with columns of ``widths``.

    ``rules``: ``all``, ``columns`` (no rules between rows), ``rows`` (none between columns),
    ``open`` (all, but none at the left and right edge), ``none``. ``by_column`` draws the cells
    column by column, as some programs do.
    """

    paper: Paper
    x: float
    y: float
    widths: Sequence[float]
    rules: str = "all"
    by_column: bool = False
    size: float = SIZE
    step: float = STEP
    waiting: list[tuple[int, float, float, str, bool]] = field(default_factory=list)

    @property
    def edges(self) -> list[float]:
        """Where columns begin and end."""
        return [self.x + sum(self.widths[:number]) for number in range(len(self.widths) + 1)]

    def cross(self, columns: tuple[int, int] | None = None) -> None:
        """Draw a rule across the columns."""
        first, last = columns or (0, len(self.widths))
        if self.rules != "none":
            self.paper.rule(self.edges[first], self.y, self.edges[last], self.y)

    def sides(self, top: float, spans: Sequence[int] = ()) -> None:
        """Draw the rules between columns from ``top`` to here, but for those in ``spans``."""
        if self.rules not in {"all", "columns", "open"}:
            return
        ends = {0, len(self.widths)} if self.rules == "open" else set()
        for number, edge in enumerate(self.edges):
            if number not in ends and number not in spans:
                self.paper.rule(edge, top, edge, self.y)

    def cell(self, column: int, y: float, text: str, *, right: bool = False) -> None:
        """Draw the words of a cell, now or when its column's turn comes."""
        self.paper.lines.setdefault(self.paper.page, []).append(text)
        self.waiting.append((column, y, self.size, text, right))
        if not self.by_column:
            self.flush()

    def flush(self) -> None:
        """Draw what waits."""
        for column, y, size, text, right in sorted(self.waiting, key=lambda item: item[0]):
            if right:
                self.paper.put_right(self.edges[column + 1] - 3, y, text, size)
            else:
                self.paper.put(self.edges[column] + 3, y, text, size)
        self.waiting.clear()

    def row(self, cells: Sequence[Cell], figures: Sequence[int] = (), *, rule: bool = True) -> None:
        """Draw a row of cells, a rule below it; ``figures`` are right-aligned columns."""
        top = self.y
        lines = [(cell,) if isinstance(cell, str) else cell for cell in cells]
        high = max(len(cell) for cell in lines) * self.step
        for column, cell in enumerate(lines):
            for number, text in enumerate(cell):
                if text:
                    y = top + self.step * (number + 0.75)
                    self.cell(column, y, text, right=column in figures)
        self.y = top + high
        self.sides(top)
        if rule and self.rules != "columns":
            self.cross()
