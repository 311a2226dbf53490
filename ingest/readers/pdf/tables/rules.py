"""The straight rules drawn on a page, by PDFium: lines, sides of boxes, boxes as thin as a line."""

import ctypes
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple, Self

import pypdfium2
import pypdfium2.raw as pdfium

_MOST_OBJECTS = 20_000
_MOST_SEGMENTS = 2_000
_DEEPEST = 4
_THIN = 2.5
"""Points: a filled box as thin as this is a rule."""
_LEAST = 3.0
"""Points: shorter ones are dots and ticks."""
_LEVEL = 0.5
_CORNERS = 4

Shown = Callable[[float, float, float, float], tuple[float, float, float, float]]
"""From left, bottom, right, top in page space to left, top, right, bottom on the page as shown."""


class Rule(NamedTuple):
    """A rule in points from the top left of the page as shown; one of its sides is nearly 0."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_level(self) -> bool:
        """Whether it runs across the page."""
        return self.right - self.left >= self.bottom - self.top


class _Matrix(NamedTuple):
    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    @classmethod
    def of(cls, item: pdfium.FPDF_PAGEOBJECT) -> Self:
        own = pdfium.FS_MATRIX()
        if not pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(own)):
            return cls()
        return cls(own.a, own.b, own.c, own.d, own.e, own.f)

    def then(self, outer: "_Matrix") -> "_Matrix":
        """Return this matrix followed by another."""
        x, y = outer.moved(self.e, self.f)
        return _Matrix(
            self.a * outer.a + self.b * outer.c,
            self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c,
            self.c * outer.b + self.d * outer.d,
            x,
            y,
        )

    def moved(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f


def drawn_rules(page: pypdfium2.PdfPage, shown: Shown) -> tuple[Rule, ...]:
    """Return the rules of a page, those of the forms drawn on it included."""
    found = []
    for left, bottom, right, top in _segments(_items(page), _Matrix(), _DEEPEST):
        rule = Rule(*shown(left, bottom, right, top))
        if max(rule.right - rule.left, rule.bottom - rule.top) >= _LEAST:
            found.append(rule)
    return tuple(found)


_Area = tuple[float, float, float, float]


def _items(page: pypdfium2.PdfPage) -> Iterator[pdfium.FPDF_PAGEOBJECT]:
    for place in range(min(pdfium.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)):
        yield pdfium.FPDFPage_GetObject(page.raw, place)


def _segments(
    items: Iterator[pdfium.FPDF_PAGEOBJECT], outer: _Matrix, depth: int
) -> Iterator[_Area]:
    for item in items:
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield from _rules_of(item, outer)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth:
            inner = (
                pdfium.FPDFFormObj_GetObject(item, place)
                for place in range(min(pdfium.FPDFFormObj_CountObjects(item), _MOST_OBJECTS))
            )
            yield from _segments(inner, _Matrix.of(item).then(outer), depth - 1)


def _rules_of(path: pdfium.FPDF_PAGEOBJECT, outer: _Matrix) -> Iterator[_Area]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke)):
        return
    for points in _runs(path, _Matrix.of(path).then(outer)):
        if stroke.value:
            for (x0, y0), (x1, y1) in pairwise(points):
                if abs(x0 - x1) <= _LEVEL or abs(y0 - y1) <= _LEVEL:
                    yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
        elif fill.value and len(points) >= _CORNERS:
            left, right = min(x for x, _ in points), max(x for x, _ in points)
            bottom, top = min(y for _, y in points), max(y for _, y in points)
            if right - left <= _THIN:
                yield (left + right) / 2, bottom, (left + right) / 2, top
            elif top - bottom <= _THIN:
                yield left, (bottom + top) / 2, right, (bottom + top) / 2


def _runs(path: pdfium.FPDF_PAGEOBJECT, matrix: _Matrix) -> Iterator[list[tuple[float, float]]]:
    """Yield the corners of each part of a path that is drawn without lifting the pen."""
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for place in range(min(pdfium.FPDFPath_CountSegments(path), _MOST_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, place)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        here = matrix.moved(x.value, y.value)
        if kind != pdfium.FPDF_SEGMENT_LINETO:
            # a new part, or a curve, which is no rule
            if len(points) > 1:
                yield points
            points = []
        points.append(here)
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield [*points, points[0]]
            points = [points[0]]
    if len(points) > 1:
        yield points
