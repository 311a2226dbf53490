"""The layout of a page from its picture alone: direction of its lines, and tiers."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from PIL import Image

_SIDE = 1200
_TILES = 14
_LEAST_INK = 0.03
_CLEARLY = 1.15
_SPECKS = 0.004
_LEAST_GAP = 0.008
_TIER_CHARACTERS = 8
_ALIKE = 0.5
_HEAD = 2.5
_LEAST_STROKE = 3

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a page that is read separately: ``edges`` in pixels of the picture."""

    edges: tuple[int, int, int, int]
    vertical: bool


def runs_vertically(picture: Image.Image) -> bool:
    """Say whether the lines of a grey picture run from top to bottom.

    Small parts of a page are crossed by the blank strips between lines: horizontally in horizontal
    text, vertically in vertical text. Text of a page on its side looks vertical too.
    """
    ink, _ = _ink(picture)
    step = max(8, max(ink.shape) // _TILES)
    across = upright = 0
    for top in range(0, ink.shape[0] - step + 1, step):
        for left in range(0, ink.shape[1] - step + 1, step):
            tile = ink[top : top + step, left : left + step]
            if tile.mean() >= _LEAST_INK:
                across += int((~tile.any(axis=1)).sum())
                upright += int((~tile.any(axis=0)).sum())
    return upright > _CLEARLY * across


def middle_of_text(picture: Image.Image) -> tuple[int, int] | None:
    """Return a place, in pixels, in the middle of the ink of a picture; ``None`` without any."""
    ink, scale = _ink(picture)
    down, across = np.nonzero(ink)
    if not len(down):
        return None
    return int(np.median(across) * scale), int(np.median(down) * scale)


def page_blocks(picture: Image.Image) -> tuple[Block, ...]:
    """Return the tiers (段) of a page of vertical text from top to bottom, and its heads.

    Tiers are separated by a blank strip across the page and have about the same height; a strip
    between very different parts is a gap in all lines, as between numbers and names of a list.
    """
    ink, scale = _ink(picture)
    bands = _bands(ink)
    if not bands:
        return ()
    letter = _letter(ink)
    small = [band for band in bands if band[1] - band[0] <= _HEAD * letter]
    large = [band for band in bands if band not in small]
    tallest = max((end - start for start, end in large), default=0)
    tiers = len(large) > 1 and min(end - start for start, end in large) >= max(
        _ALIKE * tallest, _TIER_CHARACTERS * letter
    )
    if not tiers and large:
        large = [(large[0][0], large[-1][1])]
    # bands inside a tier are part of it
    outside = [band for band in small if not any(start <= band[0] < end for start, end in large)]
    found = sorted([(band, True) for band in large] + [(band, False) for band in outside])
    margin = int(letter * scale)
    return tuple(
        Block(
            (
                0,
                max(0, int(start * scale) - margin // 2),
                picture.width,
                min(picture.height, int(end * scale) + margin // 2),
            ),
            vertical,
        )
        for (start, end), vertical in found
    )


def _ink(picture: Image.Image) -> tuple[Flags, float]:
    """Return where a reduced picture has ink, and how many original pixels one of its pixels is."""
    small = picture.copy()
    small.thumbnail((_SIDE, _SIDE), Image.Resampling.BOX)
    levels = np.asarray(small, dtype=np.float32)
    paper, dark = np.percentile(levels, 80), levels.min()
    return levels < paper - 0.35 * max(40.0, paper - dark), picture.width / small.width


def _bands(ink: Flags) -> list[tuple[int, int]]:
    """Return the runs of rows with ink that are separated by at least a gap."""
    held = ink.mean(axis=1) > _SPECKS
    gap = max(2, int(_LEAST_GAP * ink.shape[0]))
    rows = np.nonzero(held)[0]
    if not len(rows):
        return []
    cuts = [(above, below) for above, below in pairwise(rows.tolist()) if below - above > gap]
    starts = [int(rows[0]), *(below for _, below in cuts)]
    ends = [*(above + 1 for above, _ in cuts), int(rows[-1]) + 1]
    return list(zip(starts, ends, strict=True))


def _letter(ink: Flags) -> float:
    """Return the approximate width of a line of vertical text: the median run of inked columns."""
    held = np.concatenate(([False], ink.mean(axis=0) > _SPECKS, [False])).astype(np.int8)
    edges = np.diff(held)
    runs = np.nonzero(edges == -1)[0] - np.nonzero(edges == 1)[0]
    runs = runs[runs >= _LEAST_STROKE]
    return float(np.median(runs)) if len(runs) else ink.shape[0] / 80
