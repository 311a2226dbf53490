"""Tesseract as a child program: a picture goes in through its standard input, TSV comes out."""

import csv
import io
import os
import shutil
import subprocess
from itertools import groupby

from PIL import Image

from ingest.ocr.recognizer import Reading, Row, Word

NAME = "Tesseract"
_PROGRAM = "tesseract"


def installed() -> bool:
    """Say whether the program is there."""
    return shutil.which(_PROGRAM) is not None


def read(picture: Image.Image, seconds: float) -> Reading:
    """Read a grey picture."""
    content = io.BytesIO()
    picture.save(content, "PPM")
    done = subprocess.run(  # noqa: S603
        [
            shutil.which(_PROGRAM) or _PROGRAM,
            "stdin",
            "stdout",
            "-l",
            "jpn",
            "--psm",
            "3",
            "--dpi",
            "300",
            "tsv",
        ],
        input=content.getvalue(),
        capture_output=True,
        timeout=seconds,
        check=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    table = csv.DictReader(
        io.StringIO(done.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    found = [entry for entry in table if entry["level"] == "5" and entry["text"].strip()]
    rows = groupby(found, lambda e: (e["block_num"], e["par_num"], e["line_num"]))
    return Reading(tuple(Row(tuple(_word(entry) for entry in words)) for _, words in rows))


def _word(entry: dict[str, str]) -> Word:
    left, top = int(entry["left"]), int(entry["top"])
    box = (left, top, left + int(entry["width"]), top + int(entry["height"]))
    return Word(entry["text"], box, max(0.0, float(entry["conf"])) / 100)
