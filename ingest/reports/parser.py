"""Reports, budgets, notices: by heading, tables row by row."""

import datetime as dt
from collections.abc import Iterator, Sequence

from index.language.dates import find_dates
from index.passage import DocumentId, Passage, PassageKind
from ingest.document.cutting import cut
from ingest.document.dating import day_in_file_name
from ingest.document.headings import Heading, HeadingPath, path_after_run, read_heading
from ingest.document.parsed_document import ParsedDocument
from ingest.document.source import Line
from ingest.document.title import find_body
from ingest.reports.carried_cells import with_carried_cells
from ingest.reports.footnotes import is_note, join_footnotes
from ingest.reports.table_state import OpenTable, titles_above

_HEAD = 8
_DAYS_OF_MONTH = 30
_MOSTLY = 0.6


class _Report:
    """State while reading a report: the current headings, and prose and table not yet cut."""

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.path = HeadingPath()
        self.run: list[tuple[Heading, Line]] = []
        self.prose: list[Line] = []
        self.table = OpenTable()

    def heading(self, heading: Heading, line: Line) -> None:
        if not self.run:
            self.flush()
        self.run.append((heading, line))

    def text(self, line: Line) -> None:
        self.settle()
        self.flush_table()
        self.prose.append(line)

    def row(self, line: Line) -> None:
        self.settle()
        if not self.table.continues_with(line):
            self.flush_table()
        if not self.table.rows:
            self.table.titles = titles_above(self.prose)
            self.flush_prose()
        self.table.add(line)

    def settle(self) -> None:
        """End a run of headings: those that no longer apply must still appear in a passage."""
        if not self.run:
            return
        self.path = path_after_run(self.path, [heading for heading, _ in self.run])
        in_force = set(self.path.texts)
        self.prose.extend(line for heading, line in self.run if heading.text not in in_force)
        self.run = []

    def flush(self) -> None:
        self.settle()
        self.flush_table()
        self.flush_prose()

    def flush_prose(self) -> None:
        pieces = cut(self.prose)
        self.passages += [piece.passage(PassageKind.SECTION, self.path.texts) for piece in pieces]
        self.prose = []

    def flush_table(self) -> None:
        self.passages += self.table.passages(self.path.texts)
        self.table = OpenTable()

    def close(self) -> list[Passage]:
        self.prose.extend(line for _, line in self.run)
        self.run = []
        self.flush()
        return self.passages


def parse_report(lines: Sequence[Line], title: str, document: DocumentId) -> ParsedDocument:
    """Return the passages of a report, its body and its date."""
    day, printed = _find_date(lines, title, document)
    return ParsedDocument(
        tuple(read_report(lines)), body=find_body(title, ()), date=day, date_text=printed
    )


def read_report(lines: Sequence[Line]) -> list[Passage]:
    """Return the passages of a report, unnumbered.

    A table passage holds rows as printed; the title of the table and its column heads are in
    ``heading``.
    """
    report = _Report()
    for line in join_footnotes(with_carried_cells(lines)):
        if line.cells:
            report.row(line)
        elif report.table.add_note(line):
            continue
        elif (heading := read_heading(line)) and not is_note(line):
            report.heading(heading, line)
        else:
            report.text(line)
    return report.close()


def _find_date(
    lines: Sequence[Line], title: str, document: DocumentId
) -> tuple[dt.date | None, str | None]:
    """Return the day or month in a report's first lines and how it is printed there.

    Otherwise the day in the file's name. In a row of a table a date counts where it is the cell.
    """
    head = [text for line in lines[:_HEAD] for text in _dated_texts(line)]
    for texts, longest in ((head, _DAYS_OF_MONTH), ([title], 0)):
        for text in texts:
            for found in find_dates(text):
                if (found.end - found.start).days <= longest:
                    return found.start, text[slice(*found.span)]
    return day_in_file_name(document), None


def _dated_texts(line: Line) -> Iterator[str]:
    if not line.cells:
        yield line.text
    for cell in line.cells:
        for found in find_dates(cell):
            start, end = found.span
            if end - start >= _MOSTLY * len(cell.strip()):
                yield cell
