"""Excel since 2007 (.xlsx, .xlsm): what the sheets show, sheet by sheet. No macro is run."""

import io
import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook

from index.errors import ReadingError
from index.place import Locator
from ingest.document.source import Line, Source
from ingest.readers.excel.cells import SheetText, read_sheet, stream_sheet
from ingest.readers.excel.parts import Parts, scan_parts
from ingest.readers.office_zip import OFFICE_ERRORS, check_parts, holds_part
from ingest.readers.pdf.reader import useful_title
from ingest.readers.sheets.lines import sheet_lines
from ingest.repair.repair import repair_paragraphs

_MAIN_PART = "xl/workbook.xml"
_UNNAMED = re.compile(r"(?:Sheet|シート|ワークシート)[ 　]*[0-9０-９]*", re.IGNORECASE)
_ROW_BY_ROW = (
    "the workbook is very large or partly broken: it was read without what says which cells are "
    "merged, commented or hidden"
)
_MOST_CELLS = 2_000_000
_MOST_IN_MEMORY = 1_000_000


class ExcelReader:
    """Workbooks. Formulas are not calculated: the values that Excel last calculated are read."""

    name = "Excel"
    suffixes: tuple[str, ...] = (".xlsx", ".xlsm", ".xltx", ".xltm")

    def __init__(
        self, most_cells: int = _MOST_CELLS, most_in_memory: int = _MOST_IN_MEMORY
    ) -> None:
        """Read at most ``most_cells`` cells with something in them.

        A workbook of more than ``most_in_memory`` cells is read row by row, without merged cells
        and comments.
        """
        self.most_cells = most_cells
        self.most_in_memory = most_in_memory

    def recognises(self, path: Path, head: bytes) -> bool:
        """Say whether the file is a zip with Excel's main part in it, or is named as one."""
        return holds_part(path, head, _MAIN_PART, self.suffixes)

    def read(self, path: Path) -> Source:
        """Read the file.

        Raises :class:`ReadingError` if it is broken, has no text or unpacks to too much.
        """
        content = io.BytesIO(path.read_bytes())
        try:
            check_parts(content)
            parts = scan_parts(content)
            with warnings.catch_warnings():
                # openpyxl warns of what it does not keep when a file is saved again
                warnings.simplefilter("ignore")
                lines, told, title = self._read(content, parts)
        except OFFICE_ERRORS as error:
            message = "the Excel file is broken: open it in Excel and save it anew as .xlsx"
            raise ReadingError(message) from error
        if not lines:
            message = "there is no text in it"
            raise ReadingError("; ".join([message, *told]))
        return Source(
            repair_paragraphs(lines), title=useful_title(title, path), warnings=tuple(told)
        )

    def _read(self, content: io.BytesIO, parts: Parts) -> tuple[list[Line], list[str], object]:
        workbook, whole = self._open(content, parts)
        told = [] if whole else [_ROW_BY_ROW]
        sheets = list(self._sheets(workbook, whole=whole))
        filled = [sheet for sheet in sheets if sheet.grid.rows]
        lines: list[Line] = []
        for sheet in sheets:
            told += sheet.warnings
            drawn = parts.drawn.get(sheet.name, [])
            name = Locator(sheet=sheet.name)
            if sheet.grid.rows or drawn:
                if len(filled) > 1 or not _UNNAMED.fullmatch(sheet.name):
                    lines.append(Line(sheet.name, level=1, locator=name))
                lines += sheet_lines(sheet.grid)
                for row, text in drawn:
                    lines.append(Line(text, locator=Locator(sheet=sheet.name, row=row)))
            elif sheet.name in parts.pictured:
                told.append(f"the sheet {sheet.name} holds only pictures or charts: not read")
        return lines, told + _warnings(workbook, parts), workbook.properties.title

    def _open(self, content: io.BytesIO, parts: Parts) -> tuple[Workbook, bool]:
        if parts.cells <= self.most_in_memory and parts.spread <= self.most_in_memory:
            try:
                return openpyxl.load_workbook(content, data_only=True, keep_links=False), True
            except OFFICE_ERRORS:
                # a pivot table or a drawing that openpyxl cannot read: the cells may still be fine
                content.seek(0)
        return openpyxl.load_workbook(content, data_only=True, read_only=True), False

    def _sheets(self, workbook: Workbook, *, whole: bool) -> Iterator[SheetText]:
        left = self.most_cells
        for sheet in workbook.worksheets:
            read = read_sheet(sheet, left) if whole else stream_sheet(sheet, left)
            left -= sum(len(cells) for _, cells in read.grid.rows)
            yield read


def _warnings(workbook: Workbook, parts: Parts) -> list[str]:
    told = []
    if parts.uncalculated:
        told.append(
            f"{parts.uncalculated:,} formulas were never calculated: open the file in Excel and "
            "save it to have their values"
        )
    charts = len(workbook.sheetnames) - len(workbook.worksheets)
    if charts:
        told.append(f"{charts} sheets are charts: not read")
    return told
