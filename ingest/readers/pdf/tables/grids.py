"""The cells between the rules of a page, found by pdfplumber."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)

from ingest.readers.pdf.tables.rules import Rule

_SNAP = 3.0
"""Points within which rules are one, and meet."""
_MOST_RULES = 20_000
_MOST_EDGES = 1_500
_MOST_MEETINGS = 3_000
"""Finding cells takes time by the square of these: a page with more is a drawing."""
_LEAST_CELLS = 4

Edge = dict[str, Any]
"""A rule as pdfplumber has it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its edges in points, and the rows and columns of its table that it takes."""

    left: float
    top: float
    right: float
    bottom: float
    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class RuledTable:
    """The cells of a table, row by row, and the places of its rules."""

    cells: tuple[Cell, ...]
    across: tuple[float, ...]
    down: tuple[float, ...]

    @property
    def area(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.across[0], self.down[0], self.across[-1], self.down[-1]


def ruled_tables(rules: Sequence[Rule]) -> list[RuledTable]:
    """Return the tables of two rows and columns or more that rules make, from top to bottom.

    A table that is open at its left or right edge is closed there.
    """
    level = sum(rule.is_level for rule in rules)
    if not 1 < level < len(rules) <= _MOST_RULES:
        return []
    edges: list[Edge] = merge_edges([_edge(rule) for rule in rules], _SNAP, _SNAP, _SNAP, _SNAP)
    if len(edges) > _MOST_EDGES:
        return []
    edges = merge_edges([*edges, *_closing(edges)], _SNAP, _SNAP, _SNAP, _SNAP)
    meetings = edges_to_intersections(edges, _SNAP, _SNAP)
    if len(meetings) > _MOST_MEETINGS:
        return []
    found = cells_to_tables(intersections_to_cells(meetings))
    tables = [_table(cells) for cells in found if len(cells) >= _LEAST_CELLS]
    return [table for table in tables if len(table.across) > 2 and len(table.down) > 2]  # noqa: PLR2004 (two columns, two rows)


def _edge(rule: Rule) -> Edge:
    x, y = (rule.left + rule.right) / 2, (rule.top + rule.bottom) / 2
    if rule.is_level:
        return _as_edge("h", rule.left, y, rule.right, y)
    return _as_edge("v", x, rule.top, x, rule.bottom)


def _as_edge(orientation: str, x0: float, top: float, x1: float, bottom: float) -> Edge:
    size = {"width": x1 - x0, "height": bottom - top}
    return {"orientation": orientation, "x0": x0, "x1": x1, "top": top, "bottom": bottom, **size}


def _closing(edges: Sequence[Edge]) -> Iterator[Edge]:
    """Yield the sides that a table lacks: between rules of one width with a column's rule between.

    Only there: what stands between two tables of one width belongs to neither.
    """
    level = sorted((e for e in edges if e["orientation"] == "h"), key=lambda e: e["top"])
    upright = [e for e in edges if e["orientation"] == "v"]
    by_width: dict[tuple[int, int], list[Edge]] = {}
    for edge in level:
        ends = round(edge["x0"] / _SNAP), round(edge["x1"] / _SNAP)
        known = next((key for key in by_width if _near(key, ends)), ends)
        by_width.setdefault(known, []).append(edge)
    for group in by_width.values():
        for above, below in pairwise(group):
            if any(_spans(edge, above, below) for edge in upright):
                for end in ("x0", "x1"):
                    yield _as_edge("v", above[end], above["top"], above[end], below["top"])


def _near(one: tuple[int, int], two: tuple[int, int]) -> bool:
    return abs(one[0] - two[0]) <= 1 and abs(one[1] - two[1]) <= 1


def _spans(upright: Edge, above: Edge, below: Edge) -> bool:
    within = above["x0"] + _SNAP < upright["x0"] < above["x1"] - _SNAP
    return bool(
        within
        and upright["top"] <= above["top"] + _SNAP
        and upright["bottom"] >= below["top"] - _SNAP
    )


def _table(boxes: Sequence[tuple[float, float, float, float]]) -> RuledTable:
    across = sorted({x for left, _, right, _ in boxes for x in (left, right)})
    down = sorted({y for _, top, _, bottom in boxes for y in (top, bottom)})
    cells = [
        Cell(
            left,
            top,
            right,
            bottom,
            down.index(top),
            across.index(left),
            down.index(bottom) - down.index(top),
            across.index(right) - across.index(left),
        )
        for left, top, right, bottom in boxes
    ]
    ordered = sorted(cells, key=lambda cell: (cell.row, cell.column))
    return RuledTable(tuple(ordered), tuple(across), tuple(down))
