"""Finding the reader of a file by its content, not by its name.

To add a format, write its reader in a module of this package and add it to ``READERS``.
"""

from pathlib import Path

from index.errors import ReadingError
from ingest.document.source import Reader, Source
from ingest.readers.epub import EpubReader
from ingest.readers.excel.reader import ExcelReader
from ingest.readers.html.reader import HtmlReader
from ingest.readers.ichitaro.reader import IchitaroReader
from ingest.readers.image import ImageReader
from ingest.readers.law_xml import LawXmlReader
from ingest.readers.mail.reader import MailReader
from ingest.readers.old_office import OldOfficeReader
from ingest.readers.pdf.reader import PdfFileReader
from ingest.readers.powerpoint.reader import PowerPointReader
from ingest.readers.sheets.csv_reader import CsvReader
from ingest.readers.text import TextReader
from ingest.readers.unsupported_formats import why_unsupported
from ingest.readers.word.reader import WordReader

READERS: tuple[Reader, ...] = (
    PdfFileReader(),
    WordReader(),
    ExcelReader(),
    PowerPointReader(),
    HtmlReader(),
    EpubReader(),
    IchitaroReader(),
    OldOfficeReader(),
    ImageReader(),
    LawXmlReader(),
    MailReader(),
    CsvReader(),
    TextReader(),
)
"""In the order in which they are tried; text last, since much looks like text."""

FORMATS = "PDF, Word, Excel, PowerPoint, HTML, EPUB, 一太郎, OpenDocument, CSV, text and pictures"

_HEAD = 8192
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = (b"<!doctype html", b"<html", b"<?xml", b"{\\rtf")
_CONTENTS: tuple[tuple[bytes, str], ...] = (
    (_OLE, "an old Office or 一太郎 file"),
    (b"PK\x03\x04", "a zip file or an Office file other than Word"),
)
_ADVICE = "save it as PDF, Word (.docx) or text"


def read_source(path: Path) -> Source:
    """Read a file of any of the formats.

    Raises :class:`ReadingError` with the reason and what to do, and ``OSError`` if the file
    itself cannot be opened.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    return find_reader(path, head).read(path)


def find_reader(path: Path, head: bytes) -> Reader:
    """Return the reader for a file that begins with ``head`` (its first 8 kB).

    Raises :class:`ReadingError` if there is none.
    """
    if not head.strip():
        message = "the file is empty: save the document anew"
        raise ReadingError(message)
    suffix = path.suffix.lower()
    for reader in READERS:
        if reader.name != TextReader.name and reader.recognises(path, head):
            return reader
    if told := why_unsupported(suffix, head):
        raise ReadingError(told)
    for mark, what in _CONTENTS:
        if head.startswith(mark):
            message = f"it is {what}, which is not read: {_ADVICE}"
            raise ReadingError(message)
    text = READERS[-1]
    ours = {known for reader in READERS for known in reader.suffixes} | {""}
    markup = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP)
    if suffix in ours and not markup and text.recognises(path, head):
        return text
    if suffix in ours:
        message = f"what is in it is not {FORMATS}: {_ADVICE}"
        raise ReadingError(message)
    message = f"{suffix} files are not read: {_ADVICE}"
    raise ReadingError(message)
