"""How well scans are read: ``make bench``, or ``python -m benchmarks.ocr``.

Pages are drawn from the sample council's text: clean, as a worn copy (grain 22 of 256 levels,
turned by 1.6°), vertical in one tier and in two. By Tesseract, and by RapidOCR where it is
installed, each with the same preparation. The rate counts wrong characters after NFKC, blanks left
out; seconds are of one thread on this machine.
"""

import time
import unicodedata
from collections.abc import Iterator

from PIL import Image

import samples
from benchmarks.page_pictures import error_rate, horizontal_page, vertical_page, worn, wrapped
from ingest.ocr.blocks import runs_vertically
from ingest.ocr.preprocessing import prepare
from ingest.ocr.rapid import RapidOcr
from ingest.ocr.recognizer import Recognizer
from ingest.ocr.tesseract import Tesseract
from ingest.readers.find import read_source

DPI = (200, 300)
SECONDS = 120.0
DOCUMENT = "文教厚生委員会/R5.9.11文教厚生委員会_会議概要.txt"
SAME = str.maketrans("○()[]", "〇（）【】")


def pages(dpi: int) -> Iterator[tuple[str, Image.Image, str]]:
    """Yield kinds of pages with their pictures and texts."""
    source = read_source(samples.council() / DOCUMENT)
    text = [line.text.strip() for line in source.lines if len(line.text) > 30]  # noqa: PLR2004
    lines = wrapped(text, 38)[:34]
    tall, short = wrapped(text, 54)[:24], wrapped(text, 31)[:48]
    kinds = {
        "horizontal": (horizontal_page(lines, dpi), lines),
        "vertical": (vertical_page([tall], dpi), tall),
        "two tiers": (vertical_page([short[:24], short[24:]], dpi), short),
    }
    for kind, (picture, said) in kinds.items():
        yield kind, picture, "".join(said)
        yield f"{kind}, worn", worn(picture), "".join(said)


def measured(engine: Recognizer, picture: Image.Image, said: str) -> tuple[float, float, float]:
    """Return the error rate, the engine's confidence, and the seconds."""
    started = time.perf_counter()
    page = prepare(picture).picture
    reading = engine.read(page, vertical=runs_vertically(page), seconds=SECONDS)
    seconds = time.perf_counter() - started
    read = "".join(word.text for row in reading.rows for word in row.words)
    plain = [unicodedata.normalize("NFKC", text).translate(SAME) for text in (said, read)]
    return error_rate(plain[0], plain[1]), reading.confidence, seconds


def main() -> None:
    """Print the table."""
    engines: list[Recognizer] = [Tesseract(), RapidOcr()]
    print(f"{'page':<18} {'dpi':>4} {'engine':<10} {'CER':>7} {'sure':>5} {'s':>5}")
    for dpi in DPI:
        for kind, picture, said in pages(dpi):
            for engine in engines:
                if engine.installed():
                    rate, sure, seconds = measured(engine, picture, said)
                    row = f"{kind:<18} {dpi:>4} {engine.name:<10} {rate:>7.2%} {sure:>5.2f}"
                    print(f"{row} {seconds:>5.1f}", flush=True)


if __name__ == "__main__":
    main()
