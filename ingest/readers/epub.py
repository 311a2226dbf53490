"""E-books (EPUB): a zip of web pages, read in the order of its spine."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml import etree

from index.errors import ReadingError
from index.place import Locator
from ingest.decoding import decode
from ingest.document.source import Line, Source
from ingest.readers.html.reader import Page, read_page
from ingest.readers.office_zip import OFFICE_ERRORS, check_size

_ZIP = b"PK\x03\x04"
_MIME = b"mimetypeapplication/epub+zip"
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
_MOST_PARTS = 5_000
_LONGEST_CHAPTER = 80
_BROKEN_BOOK = "the e-book is broken: save it anew from the program that made it"


@dataclass(frozen=True, slots=True)
class _Book:
    """The pages of a book in reading order, by their path in the zip; its title."""

    title: str | None
    pages: tuple[str, ...]
    chapters: Mapping[str, str]


class EpubReader:
    """EPUB 2 and 3. Citations name the chapter."""

    name = "EPUB"
    suffixes: tuple[str, ...] = (".epub",)

    def recognises(self, path: Path, head: bytes) -> bool:
        """Say whether the file is a zip that calls itself an e-book."""
        if not head.startswith(_ZIP):
            return False
        return _MIME in head[:200] or path.suffix.lower() in self.suffixes

    def read(self, path: Path) -> Source:
        """Read the book.

        Raises :class:`ReadingError` if it is broken, protected, or unpacks to too much.
        """
        content = io.BytesIO(path.read_bytes())
        try:
            check_size(content)
            with zipfile.ZipFile(content) as archive:
                book = _book(archive)
                _refuse_protected(archive, book)
                pages = list(_read(archive, book))
        except OFFICE_ERRORS as error:
            raise ReadingError(_BROKEN_BOOK) from error
        lines = tuple(line for page in pages for line in page.lines)
        if not lines:
            message = "there is no text in it: an e-book of pictures is read when saved as PDF"
            raise ReadingError(message)
        warnings = tuple(dict.fromkeys(told for page in pages for told in page.warnings))
        return Source(lines, title=book.title, warnings=warnings)


def _xml(archive: zipfile.ZipFile, name: str) -> Any:  # noqa: ANN401 (lxml is untyped)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(archive.read(name), parser)


def _elements(root: Any, name: str) -> Iterator[Any]:  # noqa: ANN401 (lxml is untyped)
    """Yield the elements of that name, whatever their namespace."""
    yield from root.iter(f"{{*}}{name}")


def _book(archive: zipfile.ZipFile) -> _Book:
    root = next(_elements(_xml(archive, _CONTAINER), "rootfile")).get("full-path", "")
    package = _xml(archive, root)
    items = {item.get("id"): item for item in _elements(package, "item")}
    folder = posixpath.dirname(root)
    spine = [
        items[ref.get("idref")]
        for ref in _elements(package, "itemref")
        if ref.get("idref") in items
    ]
    pages = [
        _path(folder, item.get("href", ""))
        for item in spine[:_MOST_PARTS]
        if item.get("media-type") in _PAGES and "nav" not in (item.get("properties") or "").split()
    ]
    title = next(("".join(found.itertext()).strip() for found in _elements(package, "title")), "")
    contents = [
        _path(folder, item.get("href", ""))
        for item in items.values()
        if "nav" in (item.get("properties") or "").split()
        or item.get("media-type") == "application/x-dtbncx+xml"
    ]
    known = set(archive.namelist())
    chapters: dict[str, str] = {}
    for name in contents:
        if name in known:
            chapters = {**_chapters(archive, name), **chapters}
    return _Book(title or None, tuple(dict.fromkeys(p for p in pages if p in known)), chapters)


def _path(folder: str, href: str) -> str:
    """Return the path in the zip that ``href`` leads to; one that leads outside is not found."""
    return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))


def _chapters(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    """Return each page's name in the table of contents; of several entries the first counts."""
    root = _xml(archive, name)
    folder = posixpath.dirname(name)
    chapters: dict[str, str] = {}
    links = [(link.get("href"), link) for link in _elements(root, "a")]
    for point in _elements(root, "navPoint"):
        label, place = next(_elements(point, "text"), None), next(_elements(point, "content"), None)
        if label is not None and place is not None:
            links.append((place.get("src"), label))
    for href, label in links:
        text = re.sub(r"[ \t\r\n]+", " ", "".join(label.itertext())).strip()
        if href and text:
            chapters.setdefault(_path(folder, href), text[:_LONGEST_CHAPTER])
    return chapters


def _refuse_protected(archive: zipfile.ZipFile, book: _Book) -> None:
    if _ENCRYPTION not in archive.namelist():
        return
    pages = set(book.pages)
    for reference in _elements(_xml(archive, _ENCRYPTION), "CipherReference"):
        if _path("", reference.get("URI", "")) in pages:  # fonts are often scrambled, pages not
            message = "the e-book is protected against copying: save it as PDF or text"
            raise ReadingError(message)


def _read(archive: zipfile.ZipFile, book: _Book) -> Iterator[Page]:
    chapter = ""
    for name in book.pages:
        decoded = decode(archive.read(name))
        if decoded is None:
            continue
        # a page without an entry continues the chapter before it
        chapter = book.chapters.get(name) or chapter
        page = read_page(decoded.text, chapter=chapter)
        yield page if chapter else _with_heading(page)


def _with_heading(page: Page) -> Page:
    """Name the page by its own heading, for a book without a table of contents."""
    heading = next((line.text for line in page.lines if line.level is not None), page.title)
    if not heading:
        return page
    return Page(tuple(_in_chapter(line, heading) for line in page.lines), page.title, page.warnings)


def _in_chapter(line: Line, chapter: str) -> Line:
    place = line.locator or Locator()
    return replace(line, locator=replace(place, chapter=chapter[:_LONGEST_CHAPTER]))
