"""Warnings and errors about pages that were not read, or not read well."""

from collections import defaultdict
from collections.abc import Sequence

from index.errors import ReadingError
from ingest.document.page_names import named_pages
from ingest.ocr.page import DOUBTFUL, INSTALL
from ingest.ocr.text_quality import count_private_use
from ingest.readers.pdf.pages import NO_OCR, ReadPage

_TO_GO_ON_WITH = 400
"""Characters: with fewer, the readable pages are no more than a cover."""


def check_readable(pages: Sequence[ReadPage], attached: int = 0) -> None:
    """Raise :class:`ReadingError` if next to nothing of the document can be read."""
    faulty = [page for page in pages if page.fault]
    good = sum(len("".join(page.text.split())) for page in pages if not page.fault)
    if good and (2 * len(faulty) <= len(pages) or good >= _TO_GO_ON_WITH):
        return
    scans = sum(1 for page in faulty if "scan" in (page.fault or ""))
    if not faulty:
        message = "there is no text in it"
        if attached:
            message = f"its text is in {attached} files attached to it: save them and ingest those"
    elif 2 * scans >= len(faulty):
        message = (
            f"{scans} of its {len(pages)} pages are scanned images without text: {_advice(faulty)}"
        )
    else:
        advice = "save it anew from the program that made it, fonts embedded"
        if any(NO_OCR in (page.fault or "") for page in faulty):
            advice += f", or {INSTALL}"
        message = (
            f"{len(faulty)} of its {len(pages)} pages cannot be read (page {faulty[0].number}: "
            f"{_plain(faulty[0].fault)}): {advice}"
        )
    raise ReadingError(message)


def _advice(faulty: Sequence[ReadPage]) -> str:
    if any(NO_OCR in (page.fault or "") for page in faulty):
        return f"{INSTALL}, or run it through OCR and save it as a PDF with text"
    return "OCR found no words on them: scan it anew, at 300 dpi and upright"


def page_warnings(pages: Sequence[ReadPage]) -> tuple[str, ...]:
    """Return the warnings, one for all pages with the same problem."""
    problems: dict[str, list[int]] = defaultdict(list)
    for page in pages:
        if page.fault:
            problems[f"{_plain(page.fault)}; not read"].append(page.number)
        if page.doubt:
            problems[_plain(page.doubt)].append(page.number)
        if page.by_machine:
            unsure = ", unsure of its words: compare with the page" * (page.confidence < DOUBTFUL)
            problems[f"read by OCR{unsure}"].append(page.number)
    warnings = [f"{named_pages(numbers)}: {problem}" for problem, numbers in problems.items()]
    if any(NO_OCR in (page.fault or page.doubt or "") for page in pages):
        warnings.append(f"to read pictures of pages, {INSTALL}")
    warnings += dict.fromkeys(note for page in pages for note in page.notes)
    own = sum(count_private_use(page.text) for page in pages if not page.fault)
    if own:
        warnings.append(f"{own} characters exist only in the document's own font (外字)")
    return tuple(warnings)


def _plain(reason: str | None) -> str:
    return (reason or "").replace(f"; {NO_OCR}", "")
