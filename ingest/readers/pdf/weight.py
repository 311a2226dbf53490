"""May PDFium read a page? It ends the process when it runs out of memory.

A file of one megabyte may unpack to a gigabyte. pypdf has its own limits, so it is asked first.
"""

from collections.abc import Iterator
from typing import Any

from pypdf import PageObject
from pypdf.errors import LimitReachedError
from pypdf.generic import StreamObject

from ingest.readers.pdf.forms import is_endless

MOST_CONTENT = 12_000_000
"""Bytes of a page's drawing operators."""

MOST_SHOWN = 200_000
"""Operators that show text; PDFium uses a kilobyte for each."""

MOST_FONT = 100_000_000
MOST_IMAGE = 300_000_000
"""Bytes of an unpacked image: a black and white A0 drawing at 600 dpi has a quarter of it."""

_CERTAINLY_LIGHT = 90_000
"""Packed bytes that cannot unpack to more than ``MOST_FONT``."""
_DEPTH = 4
_MOST_ENTRIES = 2_000
_FONT_PARTS = ("/FontFile", "/FontFile2", "/FontFile3")


class Weights:
    """The weights of one file's pages; shared objects are weighed once."""

    def __init__(self) -> None:
        self._heavy: dict[int, bool] = {}

    def too_heavy(self, page: PageObject) -> bool:
        """Say whether PDFium might run out of memory over the page's text.

        Raises what pypdf raises on broken pages.
        """
        try:
            contents = page.get_contents()
            data = contents.get_data() if contents is not None else b""
            size = len(data)
            if data.count(b"Tj") + data.count(b"TJ") > MOST_SHOWN or is_endless(page):
                return True
            for form in _forms(page.get("/Resources"), _DEPTH):
                size += len(form.get_data())
                if size > MOST_CONTENT:
                    break
        except LimitReachedError:
            return True
        return size > MOST_CONTENT or any(
            self._is_heavy_font(font) for font in _entries(page.get("/Resources"), "/Font")
        )

    def too_heavy_to_draw(self, page: PageObject) -> bool:
        """Say whether PDFium might run out of memory over the page's images."""
        return any(
            _unpacked_size(image) > MOST_IMAGE for image in _images(page.get("/Resources"), _DEPTH)
        )

    def _is_heavy_font(self, font: Any) -> bool:  # noqa: ANN401 (pypdf's objects are untyped)
        for inner in (font, *_items(font.get("/DescendantFonts"))):
            described = _resolve(inner.get("/FontDescriptor"))
            if described is None:
                continue
            for part in _FONT_PARTS:
                file = _resolve(described.get(part))
                if isinstance(file, StreamObject) and self._is_heavy(file):
                    return True
        return False

    def _is_heavy(self, stream: StreamObject) -> bool:
        if int(stream.get("/Length", 0)) < _CERTAINLY_LIGHT:
            return False
        known = self._heavy.get(id(stream))
        if known is None:
            try:
                known = len(stream.get_data()) > MOST_FONT
            except LimitReachedError:
                known = True
            self._heavy[id(stream)] = known
        return known


def _resolve(entry: Any) -> Any:  # noqa: ANN401 (pypdf's objects are untyped)
    return entry.get_object() if entry is not None else None


def _items(array: Any) -> list[Any]:  # noqa: ANN401 (pypdf's objects are untyped)
    return [entry.get_object() for entry in _resolve(array) or ()][:_MOST_ENTRIES]


def _entries(resources: Any, kind: str) -> list[Any]:  # noqa: ANN401 (pypdf's objects are untyped)
    resources = _resolve(resources)
    entries = _resolve(resources.get(kind)) if resources is not None else None
    if entries is None:
        return []
    found = [_resolve(entry) for entry in list(entries.values())[:_MOST_ENTRIES]]
    return [entry for entry in found if hasattr(entry, "get")]


def _forms(resources: Any, depth: int) -> Iterator[Any]:  # noqa: ANN401 (pypdf's objects are untyped)
    for entry in _entries(resources, "/XObject"):
        if entry.get("/Subtype") == "/Form":
            yield entry
            if depth:
                yield from _forms(entry.get("/Resources"), depth - 1)


def _images(resources: Any, depth: int) -> Iterator[Any]:  # noqa: ANN401 (pypdf's objects are untyped)
    for entry in _entries(resources, "/XObject"):
        if entry.get("/Subtype") == "/Image":
            yield entry
        elif depth:
            yield from _images(entry.get("/Resources"), depth - 1)


def _unpacked_size(image: Any) -> float:  # noqa: ANN401 (pypdf's objects are untyped)
    pixels = float(image.get("/Width", 0)) * float(image.get("/Height", 0))
    if image.get("/ImageMask") or image.get("/BitsPerComponent") == 1:
        return pixels / 8
    return pixels * (1 if image.get("/ColorSpace") == "/DeviceGray" else 3)
