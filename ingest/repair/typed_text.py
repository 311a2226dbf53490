"""Giving back the characters that the author typed, where a file only encoded them badly."""

from dataclasses import replace

from ingest.document.characters import as_typed
from ingest.document.source import Line, Source


def typed_source(source: Source) -> Source:
    """Return the source with its lines and title in the characters that its author typed.

    The characters of ``glyphs`` are only compared, and stay.
    """
    return replace(
        source,
        lines=tuple(map(_typed_line, source.lines)),
        running=tuple(map(_typed_line, source.running)),
        title=source.title and as_typed(source.title),
    )


def _typed_line(line: Line) -> Line:
    text, cells = as_typed(line.text), tuple(map(as_typed, line.cells))
    return (
        line if text == line.text and cells == line.cells else replace(line, text=text, cells=cells)
    )
