"""CSV and TSV in any encoding and with any delimiter."""

import csv
import io
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path

from index.errors import ReadingError
from ingest.decoding import decode
from ingest.document.source import Source
from ingest.readers.sheets.grid import Grid, Row
from ingest.readers.sheets.lines import sheet_lines
from ingest.repair.repair import repair_paragraphs

_DELIMITERS = ",\t;"
_SAMPLE = 64_000
_SAMPLE_ROWS = 200
_MOST_CELLS = 2_000_000
_LONGEST_CELL = 1_000_000


class CsvReader:
    """Tables as text. Rows are numbered as in a spreadsheet. No formula is calculated."""

    name = "CSV"
    suffixes: tuple[str, ...] = (".csv", ".tsv")

    def recognises(self, path: Path, head: bytes) -> bool:
        """Say whether the file is text and its name says that it is a table."""
        if path.suffix.lower() not in self.suffixes:
            return False
        # a head may end inside a character
        return bool(head) and any(decode(head[: len(head) - cut]) for cut in range(4))

    def read(self, path: Path) -> Source:
        """Read the file. Raises :class:`ReadingError` if it is not text."""
        decoded = decode(path.read_bytes())
        if decoded is None:
            message = "it is not text: save it as CSV in UTF-8"
            raise ReadingError(message)
        warnings = decoded.warnings
        quoted = _is_closed(decoded.text)
        if not quoted:
            warnings += ("a quotation mark is never closed: quotation marks were read as text",)
        rows, left_out = _read(decoded.text, quoted=quoted)
        if left_out:
            warnings += (f"more than {_MOST_CELLS:,} cells: {left_out:,} rows were left out",)
        if not rows:
            message = "there is no text in it"
            raise ReadingError(message)
        return Source(repair_paragraphs(list(sheet_lines(Grid(rows)))), warnings=warnings)


def _is_closed(text: str) -> bool:
    """Say whether each quotation mark that opens a cell is closed.

    One that is not would swallow the rest of the file into one cell.
    """
    try:
        deque(_records(text, _delimiter(text), quoted=True, strict=True), maxlen=0)
    except csv.Error as error:
        # other violations, such as text after a closing mark, do no harm
        return "end of data" not in str(error) and "field larger" not in str(error)
    return True


def _read(text: str, *, quoted: bool) -> tuple[list[Row], int]:
    """Return the rows that are not empty, and how many were left out."""
    rows: list[Row] = []
    cells = left_out = 0
    for number, record in enumerate(_records(text, _delimiter(text), quoted=quoted), start=1):
        row = {at: cell.strip() for at, cell in enumerate(record, start=1) if cell.strip()}
        if not row:
            continue
        if cells + len(row) > _MOST_CELLS:
            left_out += 1
            continue
        cells += len(row)
        rows.append((number, row))
    return rows, left_out


def _records(
    text: str, delimiter: str, *, quoted: bool, strict: bool = False
) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST_CELL if quoted else len(text))
    yield from csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
        strict=strict,
    )


def _delimiter(text: str) -> str:
    """Return the delimiter: of , tab and ; the one that splits most rows alike.

    The standard library's ``csv.Sniffer`` takes letters for delimiters in Japanese text.
    """
    sample = text[:_SAMPLE]

    def consistency(delimiter: str) -> tuple[int, int]:
        widths: Counter[int] = Counter()
        try:
            for number, record in enumerate(_records(sample, delimiter, quoted=True)):
                widths[len(record)] += 1
                if number >= _SAMPLE_ROWS:
                    break
        except csv.Error:
            pass  # the sample may end inside a quoted cell
        usual = max(
            (width for width in widths if width > 1), key=lambda width: widths[width], default=0
        )
        return widths[usual], usual

    return max(_DELIMITERS, key=consistency)
