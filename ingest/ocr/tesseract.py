"""Tesseract as a child process: a picture on its standard input, a table on its output.

No file is written, and no shell is used.
"""

import contextlib
import csv
import io
import shutil
import subprocess
import sys
from functools import cache
from itertools import groupby

from PIL import Image

from ingest.ocr.blocks import Block, page_blocks
from ingest.ocr.recognizer import OcrReading, RecognizerError, Row, Word
from ingest.processes.environment import child_environment

_PROGRAM = "tesseract"
_WORD = "5"
_START_S = 20
_SPARE_S = 5


class Tesseract:
    """The program ``tesseract`` with its Japanese models; vertical text has a model of its own."""

    name = "Tesseract"

    def installed(self) -> bool:
        """Say whether the program and its Japanese model are installed."""
        program = shutil.which(_PROGRAM)
        return program is not None and "jpn" in _languages(program)

    def read(self, picture: Image.Image, *, vertical: bool, seconds: float) -> OcrReading:
        """Read a grey picture. Tiers of vertical text (段) are read one after the other."""
        program = shutil.which(_PROGRAM)
        if program is None:
            message = "tesseract is not installed"
            raise RecognizerError(message)
        if not vertical:
            # 3: the page is cut into blocks, which are put in reading order
            return OcrReading(tuple(_rows(program, picture, ("jpn", "3"), seconds)))
        if "jpn_vert" not in _languages(program):
            message = "vertical text needs the package tesseract-ocr-jpn-vert"
            raise RecognizerError(message)
        rows = [
            row
            for block in page_blocks(picture)
            for row in _block(program, picture, block, seconds)
        ]
        return OcrReading(tuple(rows))


def _block(program: str, picture: Image.Image, block: Block, seconds: float) -> list[Row]:
    """Read a tier of a page of vertical text, or a head set across above it."""
    language = ("jpn_vert", "5") if block.vertical else ("jpn", "6")
    rows = _rows(program, picture.crop(block.edges), language, seconds)
    left, top = block.edges[:2]
    return [
        Row(tuple(_move(word, left, top) for word in row.words), vertical=block.vertical)
        for row in rows
    ]


def _move(word: Word, right: int, down: int) -> Word:
    left, top, end, bottom = word.box
    return Word(word.text, (left + right, top + down, end + right, bottom + down), word.confidence)


def _rows(
    program: str, picture: Image.Image, language: tuple[str, str], seconds: float
) -> list[Row]:
    model, layout = language
    table = _run(
        [program, "stdin", "stdout", "-l", model, "--psm", layout, "--dpi", "300", "tsv"],
        picture,
        seconds,
    )
    lines = csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = [line for line in lines if line["level"] == _WORD and line["text"].strip()]
    rows = groupby(words, lambda word: (word["block_num"], word["par_num"], word["line_num"]))
    return [Row(tuple(map(_word, found))) for _, found in rows]


def _word(entry: dict[str, str]) -> Word:
    left, top = float(entry["left"]), float(entry["top"])
    box = (left, top, left + float(entry["width"]), top + float(entry["height"]))
    return Word(entry["text"].strip(), box, max(0.0, float(entry["conf"])) / 100)


def _run(command: list[str], picture: Image.Image, seconds: float) -> str:
    content = io.BytesIO()
    picture.save(content, "PPM")
    # its threads wait for each other more than they help
    settings = child_environment(OMP_THREAD_LIMIT="1")
    try:
        with subprocess.Popen(  # noqa: S603 (arguments are our own; the picture goes in as data)
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=settings,
        ) as process:
            try:
                _limit_time(process.pid, seconds)
                found, _ = process.communicate(content.getvalue(), max(seconds, 0.0))
            except BaseException:
                process.kill()
                raise
    except subprocess.TimeoutExpired as error:
        message = "it took too long"
        raise RecognizerError(message) from error
    except OSError as error:
        message = "tesseract cannot be started"
        raise RecognizerError(message) from error
    if process.returncode:
        message = f"tesseract failed on it (code {process.returncode})"
        raise RecognizerError(message)
    return found.decode("utf-8", "replace")


def _limit_time(pid: int, seconds: float) -> None:
    """Limit the program's time even if this process is killed before it can end it."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 (Windows has no such module)

        most = int(seconds) + _SPARE_S
        with contextlib.suppress(OSError, ValueError):
            resource.prlimit(pid, resource.RLIMIT_CPU, (most, most))


@cache
def _languages(program: str) -> frozenset[str]:
    """Return the installed models, none if the program does not say."""
    try:
        listed = subprocess.run(  # noqa: S603 (a fixed command)
            [program, "--list-langs"], capture_output=True, timeout=_START_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset(listed.stdout.decode("utf-8", "replace").split("\n"))
