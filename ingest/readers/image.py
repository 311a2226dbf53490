"""Pictures of pages: scans and photographs as PNG, JPEG, TIFF, BMP, GIF or WebP, read by OCR."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from index.errors import ReadingError
from ingest.ocr.page import INSTALL, OcrPage, available, read_image
from ingest.repair import repair
from ingest.source import Line, Source

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
_MOVING = ("GIF", "WEBP", "PNG")
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

    ``most_pixels`` a page and ``most_pages`` bound what a small file may unfold to.
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

    def __init__(self, most_pixels: int = _MOST_PIXELS, most_pages: int = _MOST_PAGES) -> None:
        self._most_pixels = most_pixels
        self._most_pages = most_pages

    def recognises(self, path: Path, head: bytes) -> bool:
        """Say whether the file begins as one of these formats does."""
        del path
        if head.startswith(_BITMAP):
            # two letters are little: what follows says how long the next head is
            return head[14:18] in _BITMAP_HEAD
        return head.startswith(_MARKS) or (head.startswith(_RIFF) and head[8:12] == _WEBP)

    def read(self, path: Path) -> Source:
        """Read the pictures of the file, one after the other.

        Raises :class:`ReadingError` where no OCR engine is installed, the picture is broken or too
        large, or nothing was read on any page.
        """
        if available() is None:
            message = f"it is a picture: to have it read, {INSTALL}"
            raise ReadingError(message)
        content = io.BytesIO(path.read_bytes())
        pages, left_out = self._pages(content)
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
            warnings=(*ocr_warnings(pages), *left_out),
            glyphs=tuple(page.glyphs for page in pages),
        )

    def _pages(self, content: io.BytesIO) -> tuple[list[OcrPage], list[str]]:
        pages: list[OcrPage] = []
        with _as_reading_error(), Image.open(content, formats=_FORMATS) as picture:
            count = getattr(picture, "n_frames", 1)
            moving = picture.format in _MOVING and count > 1
            for number, frame in enumerate(ImageSequence.Iterator(picture), start=1):
                if number > self._most_pages or (moving and number > 1):
                    break
                self._check_size(frame, number)
                pages.append(_read(ImageOps.exif_transpose(frame.copy()), number))
        if moving:
            return pages, [f"only the first of its {count} moving pictures was read"]
        if count > len(pages):
            return pages, [f"only the first {len(pages)} of its {count:,} pages were read"]
        return pages, []

    def _check_size(self, frame: Image.Image, number: int) -> None:
        pixels = frame.width * frame.height
        if pixels > self._most_pixels:
            message = (
                f"the picture of page {number} has {pixels / 1e6:,.0f} million pixels, more than "
                f"the {self._most_pixels / 1e6:,.0f} million that are read: save it at 300 dpi"
            )
            raise ReadingError(message)


def ocr_warnings(pages: list[OcrPage]) -> list[str]:
    """Return what a reader says of pages that were read by OCR: how many, and which are bad."""
    read = [page for page in pages if page.lines]
    return [
        *([f"read by OCR: {len(read)} pages"] if read else []),
        *(warning for page in pages for warning in page.warnings),
        *(
            f"page {page.glyphs.page}: OCR found no text on it"
            for page in pages
            if not page.lines and not page.warnings
        ),
    ]


def _read(picture: Image.Image, number: int) -> OcrPage:
    page = read_image(picture, number)
    if page is None:
        message = f"it is a picture: to have it read, {INSTALL}"
        raise ReadingError(message)
    return page


@contextmanager
def _as_reading_error() -> Iterator[None]:
    """Say of a broken picture that it is, and of a bomb that it is too large."""
    too_large = "the picture has too many pixels: save it at 300 dpi"
    try:
        with warnings.catch_warnings():
            # between its own limit and twice that Pillow only warns; the size is checked here
            warnings.simplefilter("ignore")
            yield
    except Image.DecompressionBombError as error:
        raise ReadingError(too_large) from error
    except _BROKEN as error:
        message = "the picture is broken: open it in a viewer and save it anew"
        raise ReadingError(message) from error
