"""Word (.docx, .docm and templates): opened by python-docx, its XML walked by ourselves."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx.opc.exceptions import OpcError
from docx.opc.part import PartFactory
from docx.oxml import parse_xml
from docx.package import Package
from docx.parts.document import DocumentPart

from index.errors import ReadingError
from ingest.document.source import Line, Source
from ingest.readers.office_zip import OFFICE_ERRORS, check_parts, holds_part
from ingest.readers.pdf.reader import useful_title
from ingest.readers.word.margins import texts_not_in_body, without_fields
from ingest.readers.word.notes import read_notes
from ingest.readers.word.numbering import W, read_numbering
from ingest.readers.word.styles import read_styles
from ingest.readers.word.text import WordText
from ingest.repair.repair import repair_paragraphs

_MAIN_PART = "word/document.xml"
_READ = frozenset({"styles", "numbering", "footnotes", "endnotes", "settings"})
_PICTURES = (f"{W}drawing", f"{W}pict", f"{W}object")
_TEMPLATES = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
"""Documents with macros and templates: unknown to python-docx, but read the same."""


class WordReader:
    """Word files since 2007. Pages are known only if Word saved page breaks in the file."""

    name = "Word"
    suffixes: tuple[str, ...] = (".docx", ".docm", ".dotx", ".dotm")

    def recognises(self, path: Path, head: bytes) -> bool:
        """Say whether the file is a zip with Word's main part in it, or is named as one."""
        return holds_part(path, head, _MAIN_PART, self.suffixes)

    def read(self, path: Path) -> Source:
        """Read the file.

        Raises :class:`ReadingError` if it is broken, has a password or unpacks to too much.
        """
        # in memory, so that a bad seek in a broken archive is not taken for a disk error
        content = io.BytesIO(path.read_bytes())
        try:
            check_parts(content)
            document = _open(content)
            lines, pages = _read(document)
            title = useful_title(document.core_properties.title, path)
            warnings = tuple(_warnings(document))
            pictures = next(document.element.iter(*_PICTURES), None) is not None
        except (*OFFICE_ERRORS, OpcError) as error:
            message = "the Word file is broken: open it in Word and save it anew as .docx"
            raise ReadingError(message) from error
        if not lines:
            message = "there is no text in it"
            if pictures:
                message += ", only pictures: save it as PDF to have them read"
            raise ReadingError(message)
        return Source(repair_paragraphs(lines), pages, title, warnings)


def _open(content: io.BytesIO) -> Any:  # noqa: ANN401 (python-docx is untyped)
    # not docx.Document(), which refuses templates
    for content_type in _TEMPLATES:
        PartFactory.part_type_for[content_type] = DocumentPart
    return Package.open(content).main_document_part.document


def _read(document: Any) -> tuple[list[Line], int | None]:  # noqa: ANN401 (untyped)
    parts = {kind: _root(part) for kind, part in _related_parts(document) if kind in _READ}
    body = document.element
    styles = read_styles(parts.get("styles"))
    text = WordText(
        styles=styles,
        numbering=read_numbering(parts.get("numbering")),
        page_marks=_page_marks(body),
        notes=read_notes(parts, body),
    )
    lines = list(text.lines(body))
    pages = text.page if text.page_marks else None
    margins = [
        line.text.strip()
        for kind, part in _related_parts(document)
        if kind in {"header", "footer"}
        for line in WordText(styles, read_numbering(None)).lines(without_fields(_root(part)))
    ]
    first = 1 if text.page_marks else None
    told = texts_not_in_body(margins, [line.text for line in lines])
    return [*(Line(text, first, first) for text in told), *lines], pages


def _related_parts(document: Any) -> list[tuple[str, Any]]:  # noqa: ANN401 (untyped)
    return [
        (relation.reltype.rpartition("/")[2], relation.target_part)
        for relation in document.part.rels.values()
        if not relation.is_external
    ]


def _warnings(document: Any) -> Iterator[str]:  # noqa: ANN401 (untyped)
    comments = [
        comment
        for kind, part in _related_parts(document)
        if kind == "comments"
        for comment in _root(part).iter(f"{W}comment")
    ]
    if comments:
        yield f"{len(comments)} comments in the margin are no part of the text: left out"


def _root(part: Any) -> Any:  # noqa: ANN401 (untyped)
    element = getattr(part, "element", None)
    return parse_xml(part.blob) if element is None else element


def _page_marks(body: Any) -> frozenset[str]:  # noqa: ANN401 (untyped)
    """Return the breaks that begin pages: those that Word last rendered, else typed ones."""
    if next(body.iter(f"{W}lastRenderedPageBreak"), None) is not None:
        return frozenset({"rendered"})
    typed = (element for element in body.iter(f"{W}br") if element.get(f"{W}type") == "page")
    return frozenset({"page"}) if next(typed, None) is not None else frozenset()
