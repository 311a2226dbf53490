"""Preparing the picture of a page for OCR: grey, without grain, straight.

Each step is done only if a measurement calls for it, since resampling costs sharpness. Binarising
is left to the engine, which does it better.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter, ImageOps

from ingest.ocr.recognizer import Edges

_GRAINY = 6.0
_LEAST_SKEW = 0.3
_MOST_SKEW = 5.0
_SKEW_STEP = 0.2
_SKEW_SIDE = 1000
_LEAST_POINTS = 50
_CLEARLY = 1.05
_DARK = 100
_SMALLEST_SIDE = 1400
_LARGEST_SIDE = 5000
_NORMAL_TO_MEDIAN = 0.6745
_GAIN = 6.0


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture to be read, and how its pixels map to the original picture.

    ``degrees`` counter-clockwise of the original were turned back around the middle, then it was
    made ``scale`` times as large, then turned ``quarters`` times by 90° counter-clockwise.
    """

    picture: Image.Image
    original: tuple[int, int]
    scale: float = 1.0
    degrees: float = 0.0
    quarters: int = 0

    def turned(self, quarters: int) -> "Prepared":
        """Return it turned by this many further quarter turns counter-clockwise."""
        turn = {
            1: Image.Transpose.ROTATE_90,
            2: Image.Transpose.ROTATE_180,
            3: Image.Transpose.ROTATE_270,
        }.get(quarters % 4)
        if turn is None:
            return self
        picture = self.picture.transpose(turn)
        return Prepared(
            picture, self.original, self.scale, self.degrees, (self.quarters + quarters) % 4
        )

    def share(self, box: Edges) -> Edges:
        """Return the place of a box of pixels in the original, in shares from 0 to 1."""
        left, top, right, bottom = box
        corners = [self._back(x, y) for x in (left, right) for y in (top, bottom)]
        # the upright box around a turned one would be too high: its middle, with its own sides
        middle_x = sum(x for x, _ in corners) / 4
        middle_y = sum(y for _, y in corners) / 4
        wide, high = right - left, bottom - top
        if self.quarters % 2:
            wide, high = high, wide
        half_x, half_y = wide / self.scale / 2, high / self.scale / 2
        width, height = self.original
        return (
            min(1.0, max(0.0, (middle_x - half_x) / width)),
            min(1.0, max(0.0, (middle_y - half_y) / height)),
            min(1.0, max(0.0, (middle_x + half_x) / width)),
            min(1.0, max(0.0, (middle_y + half_y) / height)),
        )

    def _back(self, x: float, y: float) -> tuple[float, float]:
        width, height = self.picture.size
        for _ in range(self.quarters):
            # each step undoes a quarter turn; its picture was as high as this one is wide
            x, y = height - y, x
            width, height = height, width
        x, y = x / self.scale, y / self.scale
        angle = math.radians(self.degrees)
        centre_x, centre_y = self.original[0] / 2, self.original[1] / 2
        x, y = x - centre_x, y - centre_y
        return (
            centre_x + x * math.cos(angle) + y * math.sin(angle),
            centre_y - x * math.sin(angle) + y * math.cos(angle),
        )


def prepare(picture: Image.Image) -> Prepared:
    """Return the picture of a page prepared for OCR."""
    plain, scale = to_grey(picture), _scale(picture.size)
    if scale < 1:
        plain = _resize(plain, scale)
    if measure_grain(plain) > _GRAINY:
        # the first removes specks, the second grain
        plain = plain.filter(ImageFilter.MedianFilter(3)).filter(ImageFilter.GaussianBlur(1))
    degrees = measure_skew(plain)
    if abs(degrees) >= _LEAST_SKEW:
        paper = int(np.percentile(np.asarray(plain)[::8, ::8], 75))
        plain = plain.rotate(-degrees, Image.Resampling.BICUBIC, fillcolor=paper)
    else:
        degrees = 0.0
    if scale > 1:
        plain = _resize(plain, scale)
    return Prepared(plain, picture.size, scale, degrees)


def _resize(picture: Image.Image, scale: float) -> Image.Image:
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _scale(size: tuple[int, int]) -> float:
    """Return the scale for a picture; letters of about 40 pixels are read best."""
    side = max(size)
    if side < _SMALLEST_SIDE:
        return 2.0
    return min(1.0, _LARGEST_SIDE / side)


def to_grey(picture: Image.Image) -> Image.Image:
    """Return the picture in grey, transparent parts white, light text on dark inverted."""
    if picture.mode in {"1", "L", "RGB", "CMYK", "YCbCr"}:
        flat = picture.convert("L")
    elif picture.mode.startswith("I"):
        # 16 bits: only the upper ones are kept, where Pillow would cut off all above 255
        flat = picture.convert("I").point(lambda level: level / 256).convert("L")
    else:
        coloured = picture.convert("RGBA")
        paper = Image.new("RGBA", coloured.size, "white")
        flat = Image.alpha_composite(paper, coloured).convert("L")
    dark = float(np.median(np.asarray(flat)[::4, ::4])) < _DARK
    return ImageOps.invert(flat) if dark else flat


def measure_grain(picture: Image.Image) -> float:
    """Return the standard deviation of the noise of a grey picture, in its 256 levels.

    From the median of a Laplacian that removes edges and slopes (Immerkær 1996), so that text does
    not count.
    """
    levels = np.asarray(picture, np.int16)
    if min(levels.shape) < 3:  # noqa: PLR2004 (the Laplacian is as large)
        return 0.0
    down = levels[:-2] - 2 * levels[1:-1] + levels[2:]
    both = down[:, :-2] - 2 * down[:, 1:-1] + down[:, 2:]
    return float(np.median(np.abs(both))) / _NORMAL_TO_MEDIAN / _GAIN


def measure_skew(picture: Image.Image) -> float:
    """Return by how many degrees the lines rise to the right; 0 if it is not clear.

    The projection of the ink along the lines has the sharpest peaks at the right angle; vertical
    lines have them on the other axis.
    """
    small = picture.copy()
    small.thumbnail((_SKEW_SIDE, _SKEW_SIDE), Image.Resampling.BOX)
    levels = np.asarray(small, dtype=np.float32)
    ink = np.maximum(0, np.percentile(levels, 75) - levels)
    y, x = np.nonzero(ink > 0.4 * max(1.0, float(ink.max())))
    if len(x) < _LEAST_POINTS:
        return 0.0
    sharpness: dict[float, float] = {}
    for step in range(round(-_MOST_SKEW / _SKEW_STEP), round(_MOST_SKEW / _SKEW_STEP) + 1):
        slope = math.tan(math.radians(step * _SKEW_STEP))
        sharpness[step * _SKEW_STEP] = max(_sharpness(y + x * slope), _sharpness(x - y * slope))
    best = max(sharpness, key=sharpness.__getitem__)
    return best if sharpness[best] > _CLEARLY * sharpness[0.0] else 0.0


def _sharpness(places: npt.NDArray[np.float64]) -> float:
    counts = np.bincount((places - places.min()).astype(np.int64)).astype(np.float64)
    return float(np.square(np.diff(counts)).sum())
