"""Reports, budgets, notices: by heading, tables row by row."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from index.language.dates import find_dates
from index.passage import DocumentId, Passage
from index.record import Role
from ingest.document.cutting import cut, is_answered
from ingest.document.dating import day_in_file_name
from ingest.document.headings import Heading, HeadingPath, path_after_run, read_heading
from ingest.document.parsed_document import ParsedDocument
from ingest.document.source import Line
from ingest.document.title import find_body
from ingest.reports.carried_cells import with_carried_cells
from ingest.reports.footnotes import is_note, join_footnotes
from ingest.reports.questions import Asked
from ingest.reports.table_state import OpenTable, titles_above

_ADOPTED = re.compile(
    r"\W*(?:PASSED|ADOPTED|APPROVED|ENACTED|DONE)\b.{0,60}\bthis [0-9]", re.IGNORECASE
)
"""Below a resolution: the day that it is of, whatever days its words name."""
_HEAD = 8
_DAYS_OF_MONTH = 30
_MOSTLY = 0.6


class _Report:
    """State while reading a report: the current headings, and prose and table not yet cut."""

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.asked = Asked()
        self.path = HeadingPath()
        self.run: list[tuple[Heading, Line]] = []
        self.prose: list[Line] = []
        self.table = OpenTable()

    def heading(self, heading: Heading, line: Line) -> None:
        if not self.run:
            self.flush()
            self.asked.close()
        self.run.append((heading, line))

    def text(self, line: Line) -> None:
        self.settle()
        self.flush_table()
        if self.prose and is_answered(self.prose[-1].text, line.text):
            self.flush_prose()
        self.prose.append(line)

    def question_or_answer(self, line: Line, role: Role | None, *, answered_apart: bool) -> None:
        self.flush()
        if role is Role.MEMBER:
            self.asked.ask(line.text, answered_apart=answered_apart)
        else:
            self.asked.answer()
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
        """End a run of headings: those that no longer apply must still appear in a passage.

        Items above the heading that stays (rows of a list) belong to the section before it.
        """
        if not self.run:
            return
        path = path_after_run(self.path, [heading for heading, _ in self.run])
        in_force = set(path.texts)
        kept = [heading.text in in_force for heading, _ in self.run]
        first = kept.index(True) if any(kept) else 0
        self.prose.extend(line for _, line in self.run[:first])
        self.flush_prose()
        self.path = path
        self.prose.extend(
            line for (_, line), stays in zip(self.run, kept, strict=True) if not stays
        )
        del self.prose[:first]
        self.run = []

    def flush(self) -> None:
        self.settle()
        self.flush_table()
        self.flush_prose()

    def flush_prose(self) -> None:
        pieces = cut(self.prose)
        self.passages += [
            replace(piece.passage(self.asked.kind, self.path.texts), turn=self.asked.turn)
            for piece in pieces
        ]
        self.prose = []

    def flush_table(self) -> None:
        self.passages += self.table.passages((*self.path.texts, *self.asked.heading))
        self.table = OpenTable()

    def close(self) -> list[Passage]:
        self.prose.extend(line for _, line in self.run)
        self.run = []
        self.flush()
        return self.passages


def parse_report(
    lines: Sequence[Line],
    title: str,
    document: DocumentId,
    asked: Mapping[str, Role | None] = MappingProxyType({}),
) -> ParsedDocument:
    """Return the passages of a report, its body and its date.

    ``asked`` are the lines that ask or answer, by their text, with the role of who might have.
    """
    day, printed = _find_date(lines, title, document)
    report = _read(lines, asked)
    return ParsedDocument(
        tuple(report.close()),
        answers=report.asked.answers,
        body=find_body(title, ()),
        date=day,
        date_text=printed,
    )


def read_report(lines: Sequence[Line]) -> list[Passage]:
    """Return the passages of a report, unnumbered.

    A table passage holds rows as printed; the title of the table and its column heads are in
    ``heading``.
    """
    return _read(lines, {}).close()


def _read(lines: Sequence[Line], asked: Mapping[str, Role | None]) -> _Report:
    report = _Report()
    roles = [asked[line.text] for line in lines if line.text in asked]
    for line in join_footnotes(with_carried_cells(lines)):
        if line.text in asked and roles:
            role, *roles = roles
            apart = bool(roles) and roles[0] is not Role.MEMBER
            report.question_or_answer(line, role, answered_apart=apart)
        elif line.cells:
            report.row(line)
        elif report.table.add_note(line):
            continue
        elif (heading := read_heading(line)) and not is_note(line):
            report.heading(heading, line)
        else:
            report.text(line)
    return report


def _find_date(
    lines: Sequence[Line], title: str, document: DocumentId
) -> tuple[dt.date | None, str | None]:
    """Return the day or month in a report's first lines and how it is printed there.

    Otherwise the day in the file's name. In a row of a table a date counts where it is the cell.
    """
    head = [line.text for line in lines if _ADOPTED.match(line.text)]
    head += [text for line in lines[:_HEAD] for text in _dated_texts(line)]
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
