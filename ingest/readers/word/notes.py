"""Footnotes and endnotes: their automatic marks, and the note for each mark.

A mark is shown raised, as in Word: 「である¹」. The note follows its paragraph (or its table) and
begins with the same mark: 「¹ 令和5年4月1日現在」. Next to a figure, a blank separates the mark, so
that 12 with note 1 is never read as 121.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ingest.readers.word.numbering import W, format_number

KINDS = ("footnote", "endnote")
_RAISED = str.maketrans(
    "0123456789０１２３４５６７８９ivxlcmabde", "⁰¹²³⁴⁵⁶⁷⁸⁹⁰¹²³⁴⁵⁶⁷⁸⁹ⁱᵛˣˡᶜᵐᵃᵇᵈᵉ"
)
_EDGE = "\x01"
"""Surrounds a mark until the text around it is known; XML cannot contain it."""

_APART = re.compile(f"(?<=[0-9０-９.．,，%％]){_EDGE}|{_EDGE}(?=[0-9０-９])")


@dataclass(frozen=True, slots=True)
class NoteNumbering:
    """How notes are numbered: ``w:numFmt``, the first number, and whether each page restarts."""

    number_format: str = "decimal"
    start: int = 1
    each_page: bool = False


@dataclass(slots=True)
class Notes:
    """The notes of a document by kind and id, and the number of those met so far."""

    bodies: Mapping[tuple[str, str], Any] = field(default_factory=dict)
    forms: Mapping[str, NoteNumbering] = field(default_factory=dict)
    _counts: dict[str, tuple[int, int]] = field(default_factory=dict)

    def next_mark(self, kind: str, page: int) -> str:
        """Return the mark of the next note of that kind, met on ``page``."""
        form = self.forms.get(kind, NoteNumbering())
        number, before = self._counts.get(kind, (form.start - 1, page))
        number = form.start if form.each_page and page != before else number + 1
        self._counts[kind] = (number, page)
        return format_number(number, form.number_format).translate(_RAISED)


def with_edges(mark: str) -> str:
    """Return a mark as it is put into a paragraph's text, until :func:`without_edges`."""
    return f"{_EDGE}{mark}{_EDGE}" if mark else ""


def without_edges(text: str) -> str:
    """Return a paragraph's text with its marks in their final form."""
    return _APART.sub(" ", text).replace(_EDGE, "") if _EDGE in text else text


def read_notes(parts: Mapping[str, Any], body: Any) -> Notes:  # noqa: ANN401 (lxml is untyped)
    """Return the notes in the root elements of ``footnotes.xml`` and ``endnotes.xml``.

    ``parts`` holds these and ``settings`` by name, ``body`` is the root of the document.
    """
    bodies = {
        (kind, note.get(f"{W}id", "")): note
        for kind in KINDS
        if parts.get(f"{kind}s") is not None
        for note in parts[f"{kind}s"].findall(f"{W}{kind}")
    }
    forms = {kind: _form(kind, (body, parts.get("settings"))) for kind in KINDS}
    return Notes(bodies, forms)


def _form(kind: str, roots: tuple[Any, ...]) -> NoteNumbering:
    usual = "decimal" if kind == "footnote" else "lowerRoman"
    for root in roots:
        if root is None:
            continue
        for properties in root.iter(f"{W}{kind}Pr"):
            told = {
                name: element.get(f"{W}val", "")
                for name in ("numFmt", "numStart", "numRestart")
                if (element := properties.find(f"{W}{name}")) is not None
            }
            if told:
                start = told.get("numStart", "1")
                return NoteNumbering(
                    told.get("numFmt", usual),
                    int(start) if start.isdecimal() else 1,
                    told.get("numRestart") == "eachPage",
                )
    return NoteNumbering(usual)
