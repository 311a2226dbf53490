"""Web pages with ordinances and minutes: the page's text, without the site."""

import email
import email.policy
import re
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from pathlib import Path

from index.errors import ReadingError
from ingest.decoding import decode
from ingest.document.source import Line, Source
from ingest.readers.html.blocks import PageText
from ingest.readers.html.lines import blocks_to_lines
from ingest.readers.html.main_text import PagePart, find_main
from ingest.readers.html.no_document import why_no_document
from ingest.readers.html.walk import VOID, parse

_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml", ".mht", ".mhtml")
_COMMENT = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_TAG = re.compile(
    r"<(?:(?P<page>!doctype\s+html|html|head|title|meta|body|frameset)"
    r"|p|div|h[1-6]|table|ul|ol|dl|pre|center|font|br|hr|a|span|section|article|main)\b",
    re.IGNORECASE,
)
_EMPTY = re.compile(r"<([a-zA-Z][\w:.-]*)((?:\s[^<>]*?)?)/>")
_SAVED = frozenset({"multipart/related", "text/html"})
_SENT = ("to", "received", "message-id", "x-mailer", "return-path")
_TITLE_PARTS = re.compile(r"\s*(?:[|｜／:：»>]|\s[-–—/]\s)\s*")
_OF_THE_SITE = re.compile(
    r"^(?:会議録?の?)?(?:閲覧|表示|本文|詳細|トップ|ホーム)(?:画面|ページ)?$"
    r"|(?:検索|閲覧)(?:システム|サイト)$|ホームページ$|(?:公式)?(?:ウェブ|Web)?サイト$|^(?:home|view)$"
    r"|^[^ \u3000]{1,8}[市区町村]$|^[^ \u3000]{1,8}[市区町村]議会$",
    re.IGNORECASE,
)
"""Parts of a page's title that name the site or what it does, not the document."""
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page, its title, and warnings on what was left out."""

    lines: tuple[Line, ...]
    title: str | None
    warnings: tuple[str, ...] = ()
    frames: int = 0


class HtmlReader:
    """HTML, XHTML and pages saved with all their parts in one file (.mht)."""

    name = "HTML"
    suffixes: tuple[str, ...] = _SUFFIXES

    def recognises(self, path: Path, head: bytes) -> bool:
        """Say whether the file begins like a page; a fragment must have a page's suffix."""
        if _is_saved_with_parts(head):
            return True
        # a head may end inside a character
        decoded = (decode(head[: len(head) - cut]) for cut in range(4))
        text = next((found.text for found in decoded if found is not None), "")
        text = _COMMENT.sub("", text).lstrip("\ufeff \t\r\n")
        tag = _TAG.search(text)
        if tag is None:
            return False
        opens_page = tag.start() == 0 and tag["page"] is not None
        return opens_page or path.suffix.lower() in _SUFFIXES

    def read(self, path: Path) -> Source:
        """Read the page.

        Raises :class:`ReadingError` if there is no text in it, or none that can be read.
        """
        content = path.read_bytes()
        if _is_saved_with_parts(content[:8192]):
            content = _html_part(content)
        decoded = decode(content)
        if decoded is None:
            message = "it is not text: open it in a browser and save it anew"
            raise ReadingError(message)
        page = read_page(decoded.text)
        if not page.lines and page.frames:
            message = "the page only shows other files in frames: ingest those"
            raise ReadingError(message)
        if not page.lines:
            message = (
                "there is no text in the page: where a browser shows some, print it to PDF there"
            )
            raise ReadingError(message)
        if nothing := why_no_document(page.title or "", page.lines):
            message = f"it holds no document: {nothing}"
            raise ReadingError(message)
        return Source(page.lines, title=page.title, warnings=(*decoded.warnings, *page.warnings))


def read_page(text: str, *, chapter: str | None = None) -> Page:
    """Read a page from its decoded text.

    ``chapter``: it is that chapter of an e-book, with no site around it.
    """
    tree = parse(close_empty_tags(text) if chapter is not None else text)
    title = tree.css_first("title")
    root = tree.body or tree.root
    if root is None:
        return Page((), None)
    part = find_main(root) if chapter is None else PagePart((root,), frozenset(), whole=False)
    page = PageText(part.left_out)
    for node in part.roots:
        page.read(node)
    lines = blocks_to_lines(page.blocks, whole=part.whole, chapter=chapter)
    frames = page.frames + (len(tree.css("frame[src]")) if root.tag == "frameset" else 0)
    return Page(
        lines,
        _title(title.text() if title else "", lines),
        _warnings(page.struck, frames if chapter is None else 0),
        frames,
    )


def close_empty_tags(text: str) -> str:
    """Return XHTML with ``<title/>`` written out: HTML parsers take it for an opening tag."""
    return _EMPTY.sub(
        lambda tag: tag[0] if tag[1].lower() in VOID else f"<{tag[1]}{tag[2]}></{tag[1]}>", text
    )


def _warnings(struck: int, frames: int) -> tuple[str, ...]:
    told = []
    if struck:
        told.append(f"text that is struck out was left out ({struck} times)")
    if frames:
        told.append(f"frames of the page show other files, which are not part of it ({frames})")
    return tuple(told)


def _title(text: str, lines: tuple[Line, ...]) -> str | None:
    """Return the page's title, without the name of the site if a line of the page shows it."""
    title = re.sub(r"[ \t\r\n\u00a0]+", " ", text).strip()
    if not title or len(title) > _LONGEST_TITLE:
        return None
    shown = {line.text.strip() for line in lines[:40]}
    parts = [part for part in _TITLE_PARTS.split(title) if part]
    shown_part = next((part for part in parts if part in shown), None)
    if shown_part or len(parts) == 1:
        return shown_part or title
    own = [part for part in parts if not _OF_THE_SITE.search(part)]
    return own[0] if len(own) == 1 else title


def _is_saved_with_parts(head: bytes) -> bool:
    """Say whether it is a page saved as a message (.mht) that nobody sent."""
    if b"content-type:" not in head.lower():
        return False
    headers = BytesHeaderParser().parsebytes(head)
    return headers.get_content_type() in _SAVED and not any(name in headers for name in _SENT)


def _html_part(content: bytes) -> bytes:
    message = email.message_from_bytes(content, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes):
                return page
    told = "there is no page in it: save it anew as HTML"
    raise ReadingError(told)
