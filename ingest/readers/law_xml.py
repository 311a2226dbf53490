"""Laws and ordinances in the XML of the government's law database (``<Law>``)."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from index.errors import ReadingError
from index.language.dates import find_dates
from index.place import Locator
from ingest.document.source import Line, Source
from ingest.repair.repair import repair_paragraphs

_LAW = re.compile(rb"<Law[\s>]")
_NUMBERED = re.compile(r"(?:Paragraph|Item|Subitem\d+)(?P<part>Num|Title|Sentence)?")
"""A paragraph or item, its number, or its sentences."""
_LINE = re.compile(r"\w*(?:Title|Label|Caption|Sentence)|LawNum|EnactStatement|RelatedArticleNum")
_ROWS = frozenset({"TableRow", "TableHeaderRow"})
_GAP = "\u3000"
_ERAS = {"Meiji": "明治", "Taisho": "大正", "Showa": "昭和", "Heisei": "平成", "Reiwa": "令和"}


class LawXmlReader:
    """The text by articles, paragraphs and items, each with its number; no pages."""

    name = "law XML"
    suffixes: tuple[str, ...] = (".xml",)

    def recognises(self, path: Path, head: bytes) -> bool:
        """Say whether there is a ``<Law>`` near the beginning; ``path`` says nothing more."""
        del path
        return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and bool(_LAW.search(head))

    def read(self, path: Path) -> Source:
        """Read the law. Raises :class:`ReadingError` where the XML is broken or has no text."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        try:
            root = etree.fromstring(path.read_bytes(), parser)
        except (etree.LxmlError, ValueError) as error:
            message = "its XML is broken: get the file anew, or save it as PDF or text"
            raise ReadingError(message) from error
        law = root if root.tag == "Law" else next(root.iter("Law"), None)
        lines = [] if law is None else list(_lines(law))
        if not lines:
            message = "there is no text of a law in it: save it as PDF or text"
            raise ReadingError(message)
        title = None if law is None else law.find(".//LawTitle")
        return Source(
            repair_paragraphs(lines),
            title=None if title is None else _text(title) or None,
            promulgated=None if law is None else _promulgated(law),
        )


def _promulgated(law: Any) -> dt.date | None:  # noqa: ANN401 (lxml is untyped)
    """Return the day that the attributes of a law tell: era, year, month and day."""
    era = _ERAS.get(law.get("Era") or "")
    parts = [law.get(name) or "" for name in ("Year", "PromulgateMonth", "PromulgateDay")]
    if era is None or not all(part.isdecimal() for part in parts):
        return None
    year, month, day = map(int, parts)
    found = find_dates(f"{era}{year}年{month}月{day}日")
    return found[0].start if found else None


def _lines(parent: Any, place: Locator | None = None) -> Iterator[Line]:  # noqa: ANN401 (untyped)
    for child in parent:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag == "Article":
            yield from _article(child)
        elif (numbered := _NUMBERED.fullmatch(tag)) and not numbered["part"]:
            yield from _numbered_lines(child, place)
        elif tag in _ROWS:
            cells = tuple(_text(cell) for cell in child)
            yield Line("\t".join(cells), cells=cells, header=tag != "TableRow", locator=place)
        elif tag == "SupplProvisionLabel" and parent.get("AmendLawNum"):
            yield Line(f"{_text(child)}（{parent.get('AmendLawNum')}）")
        elif tag.startswith("TOC") and tag not in {"TOC", "TOCLabel"}:
            # the title of a chapter and its articles, then what is below it
            parts = [part for part in child if not str(part.tag).startswith("TOC")]
            yield Line("".join(map(_text, parts)))
            yield from _lines([part for part in child if part not in parts])
        elif _LINE.fullmatch(tag):
            yield Line(_text(child), locator=place)
        elif tag:
            yield from _lines(child, place)


def _article(article: Any) -> Iterator[Line]:  # noqa: ANN401 (lxml is untyped)
    place = Locator(anchor=article.get("Num")) if article.get("Num") else None
    number = ""
    for child in article:
        if child.tag == "ArticleTitle":
            number = _text(child)
        elif child.tag == "Paragraph":
            yield from _numbered_lines(child, place, number)
            number = ""
        else:
            yield from _lines([child], place)
    if number:
        yield Line(number, locator=place)


def _numbered_lines(
    element: Any,  # noqa: ANN401 (lxml is untyped)
    place: Locator | None,
    number: str = "",
) -> Iterator[Line]:
    """Yield a paragraph or item in one line with its number, or with that of its article."""
    for child in element:
        tag = str(child.tag)
        numbered = _NUMBERED.fullmatch(tag)
        part = numbered["part"] if numbered else None
        if part in {"Num", "Title"}:
            number = number or _text(child)
        elif part == "Sentence":
            yield Line(_GAP.join(filter(None, (number, _text(child)))), locator=place)
        else:
            yield from _lines([child], place)


def _text(element: Any) -> str:  # noqa: ANN401 (lxml is untyped)
    """Return the text without the readings of ruby; columns are set apart."""
    columns = list(element.iter("Column"))
    if columns:
        return _GAP.join(_shown_text(column) for column in columns)
    return _shown_text(element)


def _shown_text(element: Any) -> str:  # noqa: ANN401 (lxml is untyped)
    pieces = element.xpath(".//text()[not(ancestor::Rt)]")
    return re.sub(r"\s*\n\s*", "", "".join(pieces)).strip()
