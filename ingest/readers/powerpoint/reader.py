"""PowerPoint since 2007 (.pptx, .pptm): slide by slide, with notes. No macro is run."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pptx.exc import PythonPptxError
from pptx.package import Package

from index.errors import ReadingError
from index.place import Locator
from ingest.document.source import Line, Source
from ingest.readers.office_zip import OFFICE_ERRORS, check_parts, holds_part
from ingest.readers.pdf.reader import useful_title
from ingest.readers.powerpoint.shapes import SlideText, read_slide
from ingest.repair.repair import repair_paragraphs

_MAIN_PART = "ppt/presentation.xml"
_MOST_SLIDES = 5_000
_NAMED = 20


class PowerPointReader:
    """Presentations. A page is a slide, hidden ones counted."""

    name = "PowerPoint"
    suffixes: tuple[str, ...] = (".pptx", ".pptm", ".ppsx", ".ppsm", ".potx")

    def recognises(self, path: Path, head: bytes) -> bool:
        """Say whether the file is a zip with PowerPoint's main part, or is named as one."""
        return holds_part(path, head, _MAIN_PART, self.suffixes)

    def read(self, path: Path) -> Source:
        """Read the file.

        Raises :class:`ReadingError` if it is broken, has no text or unpacks to too much.
        """
        content = io.BytesIO(path.read_bytes())
        try:
            check_parts(content)
            # not pptx.Presentation(), which refuses slide shows and templates
            presentation: Any = Package.open(content).main_document_part
            slides = list(presentation.presentation.slides)
            title = presentation.core_properties.title
            read = [read_slide(slide) for slide in slides[:_MOST_SLIDES]]
        except (*OFFICE_ERRORS, PythonPptxError) as error:
            message = (
                "the PowerPoint file is broken: open it in PowerPoint and save it anew as .pptx"
            )
            raise ReadingError(message) from error
        if not any(slide.has_text for slide in read):
            message = "there is no text in it, at most pictures: save it as PDF to have them read"
            raise ReadingError(message)
        lines = [line for number, slide in enumerate(read, 1) for line in _lines(slide, number)]
        return Source(
            repair_paragraphs(lines),
            pages=len(slides),
            title=useful_title(title, path),
            warnings=(*_warnings(read), *_too_many(len(slides))),
        )


def _lines(slide: SlideText, number: int) -> Iterator[Line]:
    place = Locator(slide=number)
    if not slide.has_text:
        return
    # a slide without a title must not get the title of the one before
    yield Line(slide.title or f"スライド {number}", number, number, level=1, locator=place)
    for row in slide.rows:
        text = "\t".join(row.cells)
        cells = row.cells if len(row.cells) > 1 else ()
        yield Line(text, number, number, cells=cells, header=row.header, locator=place)
    if slide.notes:
        yield Line("ノート", number, number, level=2, locator=place)
    for note in slide.notes:
        yield Line(note, number, number, locator=place)


def _warnings(slides: list[SlideText]) -> Iterator[str]:
    numbered = list(enumerate(slides, start=1))
    hidden = [number for number, slide in numbered if slide.hidden]
    if hidden:
        yield f"hidden slides, read all the same: {_number_list(hidden)}"
    pictures = [number for number, slide in numbered if slide.pictures and not slide.has_text]
    if pictures:
        yield f"slides with only pictures, not read: {_number_list(pictures)}"
    charts = [number for number, slide in numbered if slide.charts]
    if charts:
        yield f"slides with charts, of which only the title was read: {_number_list(charts)}"


def _too_many(slides: int) -> Iterator[str]:
    if slides > _MOST_SLIDES:
        yield f"{slides:,} slides: those after {_MOST_SLIDES:,} were left out"


def _number_list(numbers: list[int]) -> str:
    listed = ", ".join(map(str, numbers[:_NAMED]))
    return f"{listed} and {len(numbers) - _NAMED} more" if len(numbers) > _NAMED else listed
