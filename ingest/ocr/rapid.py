"""RapidOCR, an extra: slower and larger than Tesseract, and better on bad copies.

Its models are in its package; nothing is downloaded. It returns text lines in no order; the
reading order is made here.
"""

import importlib.util
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from statistics import median
from typing import Any

import numpy as np
from PIL import Image

from index.embedding.no_telemetry import switch_telemetry_off
from ingest.ocr.blocks import page_blocks
from ingest.ocr.recognizer import Edges, OcrReading, RecognizerError, Row, Word

_SETTINGS = {
    "Global.log_level": "critical",
    "Global.return_word_box": True,
    "Global.return_single_char_box": True,
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}
_FAILURES = (RuntimeError, ValueError, TypeError, LookupError, OSError, MemoryError, ImportError)
_LEVEL = 0.5
_ENTRY = 3


class RapidOcr:
    """The package ``rapidocr`` with the models inside it."""

    name = "RapidOCR"

    def installed(self) -> bool:
        """Say whether the package is installed."""
        return importlib.util.find_spec("rapidocr") is not None

    def read(self, picture: Image.Image, *, vertical: bool, seconds: float) -> OcrReading:
        """Read a grey picture; nothing is started if no time is left."""
        if seconds <= 0:
            message = "it took too long"
            raise RecognizerError(message)
        try:
            found = _engine()(np.asarray(picture.convert("RGB")))
        except _FAILURES as error:
            message = "RapidOCR failed on it"
            raise RecognizerError(message) from error
        lines = [
            tuple(Word(entry[0], _edges(entry[2]), float(entry[1])) for entry in line)
            for line in found.word_results or ()
            # a picture without text gives one empty line
            if line and all(len(entry) == _ENTRY and entry[2] is not None for entry in line)
        ]
        # tiers of vertical text are read one after the other
        ends = [block.edges[3] for block in page_blocks(picture)][:-1] if vertical else []
        tiers: list[list[tuple[Word, ...]]] = [[] for _ in range(len(ends) + 1)]
        for line in lines:
            tiers[sum(_middle(_union(line), 1) > end for end in ends)].append(line)
        return OcrReading(
            tuple(row for tier in tiers for row in _rows_in_order(tier, vertical=vertical))
        )


@cache
def _engine() -> Callable[[Any], Any]:
    switch_telemetry_off()
    from rapidocr import RapidOCR  # noqa: PLC0415 (an extra, and a second to load)

    engine: Callable[[Any], Any] = RapidOCR(params=_SETTINGS)
    return engine


def _edges(corners: Sequence[Sequence[float]]) -> Edges:
    across = [float(corner[0]) for corner in corners]
    down = [float(corner[1]) for corner in corners]
    return (min(across), min(down), max(across), max(down))


def _rows_in_order(lines: Iterable[tuple[Word, ...]], *, vertical: bool) -> list[Row]:
    """Put lines in reading order; those on one level are one row, such as cells of a table."""
    # along: in the direction of the lines; over: across them
    along, over = (1, 0) if vertical else (0, 1)
    pieces = [(_union(line), line) for line in lines]
    if not pieces:
        return []
    thick = median(box[over + 2] - box[over] for box, _ in pieces)
    pieces.sort(key=lambda piece: _middle(piece[0], over), reverse=vertical)
    rows: list[list[tuple[Edges, tuple[Word, ...]]]] = []
    for piece in pieces:
        if rows and _distance(rows[-1][0][0], piece[0], over) <= _LEVEL * thick:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        row.sort(key=lambda piece: piece[0][along])
    return [
        Row(tuple(word for _, words in row for word in words), vertical=vertical) for row in rows
    ]


def _union(words: Sequence[Word]) -> Edges:
    left, top, right, bottom = zip(*(word.box for word in words), strict=True)
    return (min(left), min(top), max(right), max(bottom))


def _distance(one: Edges, other: Edges, axis: int) -> float:
    return abs(_middle(one, axis) - _middle(other, axis))


def _middle(box: Edges, axis: int) -> float:
    return (box[axis] + box[axis + 2]) / 2
