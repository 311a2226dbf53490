"""Pictures of pages: scans and photographs as PNG, JPEG, TIFF, BMP, GIF or WebP, read by OCR."""

import io
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from index.errors import ReadingError
from ingest.document.source import Line, Source
from ingest.limits import DEFAULT_LIMITS
from ingest.ocr.page import INSTALL, PAGE_S, OcrPage, read_image
from ingest.processes.ocr_time import MoreTime
from ingest.repair.repair import repair

_MARKS = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"II*\x00",
    b"MM\x00*",
)
_RIFF, _WEBP = b"RIFF", b"WEBP"
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")
_BITMAP = b"BM"
_BITMAP_HEAD = (
    b"\x0c\0\0\0",
    b"\x28\0\0\0",
    b"\x34\0\0\0",
    b"\x38\0\0\0",
    b"\x6c\0\0\0",
    b"\x7c\0\0\0",
)
_MOST_PIXELS = 100_000_000
_MOST_PAGES = 500
_LAST_BEGIN, _LAST_END = 0.8, 0.95
_BROKEN = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    RuntimeError,
    MemoryError,
)
"""What Pillow raises on files that break the rules of their format."""


class ImageReader:
    """Pictures; the pages of a TIFF count from 1, any other picture is page 1.

    ``most_pixels`` per page and ``most_pages`` limit what a small file may unpack to; everything
    must be done in ``seconds``, by default those for a file of its size.
    """

    name = "image"
    suffixes: tuple[str, ...] = (
        ".png",
        ".jpg",
        ".jpeg",
        ".tif",
        ".tiff",
        ".bmp",
        ".gif",
        ".webp",
    )

    def __init__(
        self,
        most_pixels: int = _MOST_PIXELS,
        most_pages: int = _MOST_PAGES,
        seconds: float | None = None,
    ) -> None:
        self._most_pixels = most_pixels
        self._most_pages = most_pages
        self._seconds = seconds

    def recognises(self, path: Path, head: bytes) -> bool:
        """Say whether the file begins as one of these formats does."""
        del path
        if head.startswith(_BITMAP):
            # two letters are little evidence: check the length of the next header
            return head[14:18] in _BITMAP_HEAD
        return head.startswith(_MARKS) or (head.startswith(_RIFF) and head[8:12] == _WEBP)

    def read(self, path: Path) -> Source:
        """Read the pictures of the file, one after the other.

        Raises :class:`ReadingError` if no OCR engine is installed, the picture is broken or too
        large, or nothing was read on any page.
        """
        content = io.BytesIO(path.read_bytes())
        pages, unread = self._pages(content)
        if not any(page.lines for page in pages):
            failed = next((page.warnings[0] for page in pages if page.warnings), None)
            message = f"{failed or 'no text was found in the picture'}: scan it again at 300 dpi"
            raise ReadingError(message)
        lines = [
            Line(text, page=number, last_page=number, by_machine=True)
            for number, page in enumerate(pages, start=1)
            for text in page.lines
        ]
        return Source(
            repair(lines),
            len(pages),
            warnings=(*ocr_warnings(pages), *unread),
            glyphs=tuple(page.glyphs for page in pages),
        )

    def _pages(self, content: io.BytesIO) -> tuple[list[OcrPage], list[str]]:
        """Return the pages that were read, and warnings on those that were not."""
        allowed = self._seconds or DEFAULT_LIMITS.seconds_for(content.getbuffer().nbytes)
        began = time.monotonic()
        more_time = MoreTime()
        pages: list[OcrPage] = []
        for frame, count in self._frames(content):
            left = _LAST_END * allowed - (time.monotonic() - began)
            if pages and left < (_LAST_END - _LAST_BEGIN) * allowed:
                return pages, [f"pages {len(pages) + 1} to {count}: no time left: split the file"]
            page_began = time.monotonic()
            page = read_image(frame, len(pages) + 1, min(PAGE_S, left))
            if page is None:
                message = f"it is a picture: to have it read, {INSTALL}"
                raise ReadingError(message)
            pages.append(page)
            allowed += more_time.for_ocr(time.monotonic() - page_began)
        return pages, []

    def _frames(self, content: io.BytesIO) -> Iterator[tuple[Image.Image, int]]:
        """Yield the pages, turned as in a viewer, and their number."""
        with _as_reading_error(), Image.open(content, formats=_FORMATS) as picture:
            # only the first of an animation; further ones in a JPEG are previews
            count = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
            if count > self._most_pages:
                message = f"it has {count:,} pages, more than {self._most_pages:,}: split it"
                raise ReadingError(message)
            for number in range(count):
                picture.seek(number)
                self._check_size(picture, number + 1)
                yield ImageOps.exif_transpose(picture.copy()), count

    def _check_size(self, frame: Image.Image, number: int) -> None:
        pixels = frame.width * frame.height
        if pixels > self._most_pixels:
            message = (
                f"the picture of page {number} has {pixels / 1e6:,.0f} million pixels, more than "
                f"the {self._most_pixels / 1e6:,.0f} million that are read: save it at 300 dpi"
            )
            raise ReadingError(message)


def ocr_warnings(pages: list[OcrPage]) -> list[str]:
    """Return the warnings on pages read by OCR: how many, and which are bad."""
    read = [page for page in pages if page.lines]
    return [
        *([f"read by OCR: {len(read)} page{'s' * (len(read) > 1)}"] if read else []),
        *(warning for page in pages for warning in page.warnings),
        *(
            f"page {page.glyphs.page}: OCR found no text on it"
            for page in pages
            if not page.lines and not page.warnings
        ),
    ]


@contextmanager
def _as_reading_error() -> Iterator[None]:
    """Raise :class:`ReadingError` for a broken picture or a decompression bomb."""
    too_large = "the picture has too many pixels: save it at 300 dpi"
    try:
        with warnings.catch_warnings():
            # up to twice its limit Pillow only warns; the size is checked here
            warnings.simplefilter("ignore")
            yield
    except Image.DecompressionBombError as error:
        raise ReadingError(too_large) from error
    except _BROKEN as error:
        message = "the picture is broken: open it in a viewer and save it anew"
        raise ReadingError(message) from error
