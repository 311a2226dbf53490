"""The words of a passage that an answer quoted, and where they stand on its page.

A link names them by their place in the passage: ``q=12-45``, the first character and the one behind
the last.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.passage import Passage
from index.place import Box

_WRITTEN = re.compile(r"(0|[1-9]\d{0,6})-([1-9]\d{0,6})")
_TALL = 1.4
"""Height of a page that stands upright, in its widths: boxes are told in shares of each."""
_UPRIGHT = 2.0
"""A box so many times as high as wide holds a vertical line."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """The characters ``start`` to ``end`` (not included) of a passage's text."""

    start: int
    end: int

    def __str__(self) -> str:
        """Return it as a link writes it."""
        return f"{self.start}-{self.end}"

    def parts(self, text: str) -> tuple[str, str, str]:
        """Return what stands before, the words, and what stands behind them."""
        return text[: self.start], text[self.start : self.end], text[self.end :]


def read_quoted(written: str) -> Quoted | None:
    """Read what a link says; ``None`` for anything that none says."""
    found = _WRITTEN.fullmatch(written)
    if found is None:
        return None
    quoted = Quoted(int(found[1]), int(found[2]))
    return quoted if quoted.start < quoted.end else None


def quoted_in(text: str, quote: str) -> Quoted | None:
    """Return where a quote stands in a passage; ``None`` where it is all of it, or not there."""
    start = text.find(quote) if quote else -1
    if start < 0 or len(quote.strip()) == len(text.strip()):
        return None
    return Quoted(start, start + len(quote))


def boxes_of(passage: Passage, quoted: Quoted) -> tuple[Box, ...]:
    """Return the boxes around the quoted words of a passage.

    A passage's boxes are its lines in order. Of each line the part is taken that the words fill,
    characters being as wide as East Asian type is: a full or half an em.
    """
    before, words, behind = (_ems(part) for part in quoted.parts(passage.text))
    whole = before + words + behind
    if not passage.boxes or not words:
        return ()
    return tuple(_stretch(passage.boxes, before / whole, (before + words) / whole))


def _ems(text: str) -> float:
    wide = (unicodedata.east_asian_width(each) in "FWA" for each in text if not each.isspace())
    return sum(1.0 if each else 0.5 for each in wide)


def _stretch(boxes: Sequence[Box], start: float, end: float) -> Iterator[Box]:
    """Yield the part of the lines from ``start`` to ``end``, shares of their whole length."""
    lengths = [_length(box) for box in boxes]
    whole = sum(lengths)
    done = 0.0
    for box, length in zip(boxes, lengths, strict=True):
        first = max(start * whole - done, 0.0) / length
        last = min(end * whole - done, length) / length
        if first < last:
            yield _cut(box, first, last)
        done += length


def _length(box: Box) -> float:
    width, height = box.right - box.left, (box.bottom - box.top) * _TALL
    return max(height if _is_vertical(box) else width, 1e-6)


def _is_vertical(box: Box) -> bool:
    return (box.bottom - box.top) * _TALL > _UPRIGHT * (box.right - box.left)


def _cut(box: Box, first: float, last: float) -> Box:
    if _is_vertical(box):
        high = box.bottom - box.top
        return replace(box, top=box.top + first * high, bottom=box.top + last * high)
    wide = box.right - box.left
    return replace(box, left=box.left + first * wide, right=box.left + last * wide)
