"""Removing characters that cannot be stored or would control a terminal."""

import re
from dataclasses import replace

from ingest.document.source import Line, Source

_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
"""Control characters except tabs and line ends, and lone surrogates.

UTF-8 has no surrogates, so one of them would end the run; an escape sequence would change the
terminal on which the text is quoted.
"""

_LOST = "\ufffd"


def storable_source(source: Source) -> Source:
    """Return the source without such characters; a lone surrogate becomes U+FFFD.

    The characters of ``glyphs`` are only compared, and stay.
    """
    warnings = tuple(storable_text(text) for text in source.warnings)
    lines = tuple(line if _is_fit(line) else _storable_line(line) for line in source.lines)
    title = source.title and storable_text(source.title)
    return replace(source, lines=lines, title=title, warnings=warnings)


def storable_text(text: str) -> str:
    """Return a text without such characters."""
    return _UNFIT.sub(lambda found: _LOST if found[0] >= "\ud800" else "", text)


def _is_fit(line: Line) -> bool:
    return not (_UNFIT.search(line.text) or any(map(_UNFIT.search, line.cells)))


def _storable_line(line: Line) -> Line:
    return replace(line, text=storable_text(line.text), cells=tuple(map(storable_text, line.cells)))
