import docx
import openpyxl
import pytest

from benchmarks.marked import MEASURES, report, totals
from benchmarks.marking import MARKED, is_closed, marked_documents, marks_of, score
from tests.ingest.making import write_pdf

FLOORS = {
    "turn": 0.96,
    "role": 0.98,
    "kind": 0.92,
    "answers": 0.96,
    "joins kept": 0.96,
    "head": 0.94,
    "votes": 0.95,
    "votes kept": 0.95,
    "counts": 0.9,
}
"""As measured, rounded down: a change that reads marked minutes worse is seen here."""

TABLE = MARKED / "table_columns.txt"
WRAPPED = ("assembly_bundled", "board_education")


@pytest.fixture(scope="module")
def scores():
    """Return the scores of all marked documents, read once."""
    return [score(path) for path in marked_documents()]


@pytest.mark.parametrize("measure", MEASURES)
def test_minutes_marked_by_hand_are_read_as_well_as_was_measured(scores, measure):
    """Speakers, roles, kinds, answers, head and votes of made-up minutes in many layouts."""
    found = totals(scores, measure)

    assert found.share >= FLOORS[measure], "\n".join(report(scores))


def test_every_word_of_marked_minutes_stands_in_a_passage(scores):
    """No layout loses words: the share that stands in passages is 0.99 or more everywhere."""
    assert {each.name: each.coverage for each in scores if each.coverage < 0.99} == {}


def test_the_marks_know_many_layouts_and_keep_half_of_them_closed():
    """At least eighteen documents of 25 turns or more, and every second one is closed."""
    names = [path.stem for path in marked_documents()]

    assert len(names) >= 18
    assert all(len(marks_of(path)["turns"]) >= 25 for path in marked_documents())
    assert len([name for name in names if is_closed(name)]) == len(names) // 2


def _rows(path):
    """Return the lines of a text, each as its cells."""
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]


def _write_html(path):
    rows = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" if len(row) > 1 else ""
        for row in _rows(TABLE)
    )
    title = _rows(TABLE)[0][0]
    page = f"<title>{title}</title><h1>{title}</h1><table>{rows}</table>"
    path.write_text(f'<!doctype html><meta charset="utf-8">{page}', encoding="utf-8")


def _write_docx(path):
    rows = _rows(TABLE)
    cells = [row for row in rows if len(row) > 1]
    document = docx.Document()
    document.add_heading(rows[0][0])
    table = document.add_table(rows=len(cells), cols=2)
    for number, row in enumerate(cells):
        for column, cell in enumerate(row):
            table.cell(number, column).text = cell
    document.save(str(path))


def _write_xlsx(path):
    book = openpyxl.Workbook()
    for row in _rows(TABLE):
        book.active.append(row)
    book.save(str(path))


@pytest.mark.parametrize("write", [_write_html, _write_docx, _write_xlsx])
def test_minutes_in_two_columns_are_read_from_every_format(tmp_path, write):
    """A table of 発言者 and 発言内容 gives the same turns as a web page, in Word and in Excel."""
    path = tmp_path / f"minutes.{write.__name__.removeprefix('_write_')}"
    write(path)

    found = score(path, marks_of(TABLE))

    assert found.tallies["turn"].share >= 0.9, found.failures
    assert found.tallies["answers"].share >= 0.8, found.failures


@pytest.mark.parametrize("name", WRAPPED)
def test_wrapped_minutes_are_read_from_a_pdf(tmp_path, name):
    """Wrapped lines, running heads and page numbers of a PDF do not change who says what."""
    text = MARKED / f"{name}.txt"
    pages = [page.splitlines() for page in text.read_text(encoding="utf-8").split("\f")]
    path = write_pdf(tmp_path / f"{name}.pdf", pages)

    found = score(path, marks_of(text))

    assert found.tallies["turn"].share >= 0.9, found.failures
