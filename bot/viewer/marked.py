"""The page that a passage begins on as one picture, its words marked: where no link opens it."""

import io
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw

from bot.viewer.cited import Library
from bot.viewer.pictures import Picture, Pictures
from bot.viewer.quoted import boxes_of, quoted_in
from index.passage import Hit, document_key
from index.place import Box

_MARK = (255, 224, 102)
_EDGE = (180, 83, 9)
_PNG = "image/png"


def marked_page(hit: Hit, quote: str, library: Library, pictures: Pictures) -> Picture | None:
    """Return the page of a hit as PNG, the words of ``quote`` marked, or all where that is none.

    ``None`` where its format has no pages, the file is gone or was changed since it was read, or
    the page cannot be drawn.
    """
    page = hit.passage.page
    held = None if page is None else library.held(document_key(hit.document.document))
    original = None if held is None else library.original(*held)
    if page is None or original is None:
        return None
    drawn = pictures.of(original, hit.document.content_hash, page)
    quoted = quoted_in(hit.passage.text, quote)
    boxes = boxes_of(hit.passage, quoted) if quoted else ()
    return drawn and _marked(drawn, boxes or hit.passage.boxes, page)


def _marked(drawn: Picture, boxes: Sequence[Box], page: int) -> Picture:
    picture = Image.open(io.BytesIO(drawn.content)).convert("RGB")
    marks = Image.new("RGB", picture.size, "white")
    pen = ImageDraw.Draw(marks)
    for box in boxes:
        if box.page == page:
            left, right = (edge * picture.width for edge in (box.left, box.right))
            top, bottom = (edge * picture.height for edge in (box.top, box.bottom))
            pen.rectangle((left, top, right, bottom), fill=_MARK, outline=_EDGE, width=2)
    written = io.BytesIO()
    ImageChops.multiply(picture, marks).save(written, "PNG")
    return Picture(written.getvalue(), _PNG, picture.width, picture.height)
