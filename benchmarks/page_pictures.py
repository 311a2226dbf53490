"""Pictures of pages as scanners give them, drawn from known text: for measuring and testing OCR."""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONT = Path("/usr/share/fonts/opentype/ipaexfont-mincho/ipaexm.ttf")
_PAGE_INCHES = (8.27, 11.69)
_POINTS = 10.5
_PAPER = 255
_SPECKS = 0.002
_TURNED = "ー－―…‥～（）「」『』〔〕【】＝"
_RAISED = "、。，．"
_SMALL = "ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
_NEVER_FIRST = "、。，．）」』】ー"


def wrapped(paragraphs: Sequence[str], columns: int) -> list[str]:
    """Cut paragraphs into lines; a closing mark hangs rather than open a line."""
    lines = []
    for paragraph in paragraphs:
        rest = paragraph
        while rest:
            end = columns + (rest[columns : columns + 1] in _NEVER_FIRST)
            lines.append(rest[:end])
            rest = rest[end:]
    return lines


def horizontal_page(lines: Sequence[str], dpi: int = 300, points: float = _POINTS) -> Image.Image:
    """Return an A4 page with the lines, grey."""
    page, size = _sheet(dpi), round(points * dpi / 72)
    font, pen = ImageFont.truetype(str(FONT), size), ImageDraw.Draw(page)
    for row, line in enumerate(lines):
        pen.text((0.9 * dpi, 0.9 * dpi + row * 1.75 * size), line, font=font, fill=0)
    return page


def vertical_page(
    tiers: Sequence[Sequence[str]], dpi: int = 300, points: float = _POINTS
) -> Image.Image:
    """Return an A4 page with vertical lines from right to left, in one or more tiers (段)."""
    page, size = _sheet(dpi), round(points * dpi / 72)
    height = (page.height - 1.6 * dpi) / len(tiers)
    for tier, lines in enumerate(tiers):
        for column, line in enumerate(lines):
            left = page.width - 0.9 * dpi - size - column * 1.75 * size
            for row, character in enumerate(line):
                place = (round(left), round(0.8 * dpi + tier * height + row * size))
                page.paste(0, place, _upright(character, size))
    return page


def worn(page: Image.Image, skew: float = 1.6, noise: float = 22.0, seed: int = 5) -> Image.Image:
    """Return the page as an old copy: skewed (degrees), blurred, grey, grainy, with specks."""
    drawn = np.random.default_rng(seed)
    turned = page.rotate(skew, Image.Resampling.BICUBIC, fillcolor=_PAPER)
    ink = np.asarray(turned.filter(ImageFilter.GaussianBlur(page.width / 3000)), dtype=np.float32)
    grey = 60 + ink * (225 - 60) / 255 + drawn.normal(0, noise, ink.shape)
    grey[drawn.random(ink.shape) < _SPECKS] = 30
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))


def squeezed(text: str) -> str:
    """Return the text without blanks, as error rates are counted."""
    return re.sub(r"\s", "", text)


def error_rate(said: str, read: str) -> float:
    """Return the Levenshtein distance as a share of what was ``said``, blanks left out."""
    said, read = squeezed(said), squeezed(read)
    codes = np.fromiter(map(ord, read), dtype=np.int64, count=len(read))
    steps = np.arange(len(read) + 1)
    row = steps.copy()
    for place, character in enumerate(said, start=1):
        best = np.minimum(row[1:] + 1, row[:-1] + (codes != ord(character)))
        # what is inserted runs along the row: the least of all that comes before, a step each
        row = np.minimum.accumulate(np.concatenate(([place], best)) - steps) + steps
    return float(row[-1]) / max(1, len(said))


def _sheet(dpi: int) -> Image.Image:
    width, height = (round(inches * dpi) for inches in _PAGE_INCHES)
    return Image.new("L", (width, height), _PAPER)


def _upright(character: str, size: int) -> Image.Image:
    """Return the mask of a character of a vertical line: brackets turned, full stops raised."""
    cell = Image.new("L", (size, size), 0)
    font = ImageFont.truetype(str(FONT), size)
    place = (0.0, 0.0)
    if character in _RAISED:
        place = (0.6 * size, -0.6 * size)
    elif character in _SMALL:
        place = (0.12 * size, -0.12 * size)
    ImageDraw.Draw(cell).text(place, character, font=font, fill=255)
    return cell.rotate(-90) if character in _TURNED else cell
