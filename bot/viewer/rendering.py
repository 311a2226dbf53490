"""One page of a document as a picture, drawn in a process of its own: ``python -m`` this module.

PDFium is written in C, is not thread-safe, and ends its process when memory runs out: a document
must not be able to take the bot with it. The process gets a line of JSON (``page`` from 1,
``width`` in pixels) and the document's bytes on standard input, and gives a line of JSON (``type``,
``width``, ``height``) and the picture's bytes on standard output. It ends with 1 where it can not.
"""

import contextlib
import io
import json
import math
import sys

import pypdfium2
from PIL import Image, ImageChops, ImageOps

if sys.platform != "win32":
    import resource

MOST_PIXELS = 6_000_000
_MOST_MEMORY = 3 << 30
_MOST_CPU_S = 30
_MOST_PNG = 600_000
"""Bytes: a larger picture is a scan or a photograph, which JPEG holds better."""

_PDF_WITHIN = 1_024
"""Bytes at the beginning of a file in which a PDF may say that it is one."""

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")
_MOST_SOURCE_PIXELS = 100_000_000


def main() -> None:
    """Draw the page that standard input asks for; what goes wrong ends the process with 1."""
    _limit()
    asked = json.loads(sys.stdin.buffer.readline())
    picture = picture_of(sys.stdin.buffer.read(), int(asked["page"]), int(asked["width"]))
    kind, content = _encoded(picture)
    head = {"type": kind, "width": picture.width, "height": picture.height}
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + content)
    sys.stdout.buffer.flush()


def _limit() -> None:
    """Let this process have so much memory and time; Windows has no such limits."""
    if sys.platform != "win32":
        with contextlib.suppress(ValueError, OSError):  # macOS has this limit by name only
            resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (_MOST_CPU_S, _MOST_CPU_S))


def picture_of(content: bytes, page: int, width: int) -> Image.Image:
    """Return page ``page`` (from 1) of a PDF or picture, some ``width`` pixels wide.

    Raises what the libraries raise for a file that they cannot read, and :class:`IndexError` for a
    page that is not there.
    """
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return _of_pdf(content, page, width)
    return _of_picture(content, page, width)


def _of_pdf(content: bytes, page: int, width: int) -> Image.Image:
    with pypdfium2.PdfDocument(content, password="") as pdf:
        if not 1 <= page <= len(pdf):
            raise IndexError(page)
        pdf.init_forms()
        drawn = pdf[page - 1]
        wide, high = (max(side, 1.0) for side in drawn.get_size())
        scale = min(width / wide, math.sqrt(MOST_PIXELS / (wide * high)))
        picture: Image.Image = drawn.render(scale=scale).to_pil().convert("RGB")
        return picture


def _of_picture(content: bytes, page: int, width: int) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = _MOST_SOURCE_PIXELS
    with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
        if not 1 <= page <= getattr(opened, "n_frames", 1):
            raise IndexError(page)
        opened.seek(page - 1)
        picture = ImageOps.exif_transpose(opened).convert("RGB")
    scale = min(
        1.0, width / picture.width, math.sqrt(MOST_PIXELS / (picture.width * picture.height))
    )
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture if scale >= 1 else picture.resize(size)


def _encoded(picture: Image.Image) -> tuple[str, bytes]:
    if _is_grey(picture):
        picture = picture.convert("L")
    for kind, options in (("png", {}), ("jpeg", {"quality": 82})):
        written = io.BytesIO()
        picture.save(written, kind, **options)
        if len(written.getvalue()) <= _MOST_PNG:
            break
    return f"image/{kind}", written.getvalue()


def _is_grey(picture: Image.Image) -> bool:
    red, green, blue = picture.split()
    pairs = ((red, green), (green, blue))
    return all(ImageChops.difference(*pair).getbbox() is None for pair in pairs)


if __name__ == "__main__":
    main()
