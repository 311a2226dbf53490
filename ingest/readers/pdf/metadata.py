"""What a PDF contains besides its pages: labels, outline, forms, attached files and notes."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import Destination

from ingest.document.source import Line
from ingest.readers.pdf.errors import PYPDF_ERRORS

_MOST_TITLES = 3_000
_MOST_ATTACHED = 1_000
_MOST_ANNOTATIONS = 2_000
_DEEPEST = 9
_PARENTS = 8
_NOTES = ("/FreeText", "/Text")


@dataclass(frozen=True, slots=True)
class Extras:
    """What a page has besides its text: values of filled fields, and the number of notes."""

    values: tuple[str, ...] = ()
    notes: int = 0


def labels(pdf: PdfReader, count: int) -> tuple[str, ...]:
    """Return the page labels, one per page; none if they only count from 1."""
    try:
        if "/PageLabels" not in pdf.root_object:
            return ()
        found = tuple(pdf.page_labels)
    except PYPDF_ERRORS:
        return ()
    plain = tuple(str(number) for number in range(1, count + 1))
    return found if len(found) == count and found != plain else ()


def outline_titles(pdf: PdfReader) -> dict[tuple[int, str], int]:
    """Return the outline: level (from 1) by page (from 1) and folded title."""
    titles: dict[tuple[int, str], int] = {}
    try:
        for level, entry in islice(_entries(pdf.outline, 1), _MOST_TITLES):
            page = pdf.get_destination_page_number(entry)
            title = _fold(str(entry.title or ""))
            if page is not None and page >= 0 and title:
                titles.setdefault((page + 1, title), level)
    except PYPDF_ERRORS:
        return titles
    return titles


def with_levels(lines: Sequence[Line], titles: Mapping[tuple[int, str], int]) -> tuple[Line, ...]:
    """Return the lines, with a level on those that are titles of the outline."""
    if not titles:
        return tuple(lines)
    return tuple(
        line if level is None or line.cells else replace(line, level=level)
        for line in lines
        for level in (titles.get((line.page or 0, _fold(line.text))),)
    )


def attached_files(pdf: PdfReader) -> int:
    """Return how many files are attached to the PDF."""
    try:
        named = sum(1 for _ in islice(pdf.attachment_list, _MOST_ATTACHED))
    except PYPDF_ERRORS:
        return 0
    return named


def is_portfolio(pdf: PdfReader) -> bool:
    """Say whether the PDF is only a wrapper of the files attached to it."""
    try:
        return "/Collection" in pdf.root_object
    except PYPDF_ERRORS:
        return False


def is_dynamic_form(pdf: PdfReader) -> bool:
    """Say whether a viewer makes the pages from a form (XFA): the file has none."""
    try:
        return bool(pdf.xfa)
    except PYPDF_ERRORS:
        return False


def extras(page: PageObject) -> Extras:
    """Return the filled fields of a page and its notes. Raises what pypdf raises."""
    values: list[str] = []
    notes = 0
    annotations = page.get("/Annots")
    for reference in (annotations.get_object() or ())[:_MOST_ANNOTATIONS] if annotations else ():
        annotation = reference.get_object()
        if not hasattr(annotation, "get"):
            continue
        if annotation.get("/Subtype") == "/Widget":
            values.extend(_value(annotation))
        elif annotation.get("/Subtype") in _NOTES and str(annotation.get("/Contents", "")).strip():
            notes += 1
    return Extras(tuple(values), notes)


def _value(widget: Any) -> Iterator[str]:  # noqa: ANN401 (pypdf's objects are untyped)
    if _inherited_value(widget, "/FT") not in ("/Tx", "/Ch"):
        return
    value = _inherited_value(widget, "/V")
    chosen = value if isinstance(value, list) else [value]
    text = "、".join(str(one).strip() for one in chosen if isinstance(one, str))
    if text:
        name = str(_inherited_value(widget, "/TU") or "").strip()
        yield "\u3000".join(filter(None, (name, *text.splitlines())))


def _inherited_value(widget: Any, key: str) -> Any:  # noqa: ANN401 (pypdf's objects are untyped)
    for _ in range(_PARENTS):
        if key in widget:
            return widget[key].get_object()
        if "/Parent" not in widget:
            return None
        widget = widget["/Parent"].get_object()
    return None


def _entries(outline: Sequence[Any], level: int) -> Iterator[tuple[int, Destination]]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _entries(entry, min(level + 1, _DEEPEST))
        else:
            yield level, entry


def _fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
