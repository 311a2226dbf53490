"""The links of a list of sittings: which lead to minutes, and which to more of the list. Pure.

A list is a page of a town's site or of a search system. What leads elsewhere (menus, help, another
site, another part of the site) is left alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import PurePosixPath
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

_FILES = frozenset({".pdf", ".docx", ".doc", ".xlsx", ".xls", ".txt", ".rtf", ".odt", ".jtd"})
_SITTING = re.compile(
    r"会議録|議事録|議事要旨|会議概要|定例会|臨時会|委員会|本会議|審議会|協議会|本文"
    r"|第[ \u3000]*[0-9０-９一二三四五六七八九十]+[ \u3000]*[回号日]|[0-9０-９元]+[ \u3000]*年"
    r"|[0-9０-９]+[ \u3000]*月[ \u3000]*[0-9０-９]+[ \u3000]*日"
    r"|\b(?:minutes|meeting|session|transcript)\b|\b(?:19|20)[0-9]{2}\b",
    re.IGNORECASE,
)
_MENU = re.compile(
    r"検索|トップ|ホーム|戻る|もどる|ヘルプ|使い方|一覧|ログイン|印刷|問い?合わ?せ|サイトマップ|凡例|注意事項"
    r"|\b(?:home|search|help|back|contact|print|login|sitemap|archive)\b",
    re.IGNORECASE,
)
_FURTHER = re.compile(
    r"[ \u3000]*(?:次(?:の?(?:ページ|頁|へ|[0-9０-９]+[ \u3000]*件))?(?:へ)?|next(?: page)?)"
    r"[ \u3000>»→]*",
    re.IGNORECASE,
)
_UNSAID = frozenset({"script", "style", "head", "noscript", "template"})
_AROUND = frozenset({"nav", "header", "footer"})
_BLOCKS = frozenset({"p", "div", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "br", "dt", "dd"})


@dataclass(frozen=True, slots=True)
class Link:
    """A link: where it leads, and the words that it has; ``frame``: it is part of the page."""

    target: str
    words: str
    around: bool = False
    next: bool = False
    frame: bool = False


@dataclass(frozen=True, slots=True)
class LinkedPage:
    """A page's title, its text line by line, and its links."""

    title: str
    lines: tuple[str, ...]
    links: tuple[Link, ...]

    @property
    def is_menu(self) -> bool:
        """Whether it hardly says anything but where its links lead."""
        linked = sum(len(link.words) for link in self.links)
        return 2 * linked > sum(map(len, self.lines))


def read_links(html: str) -> LinkedPage:
    """Return what a page says and where it leads."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    lines = [" ".join(line.split()) for line in "".join(parser.text).split("\n")]
    return LinkedPage(
        " ".join("".join(parser.title).split()),
        tuple(line for line in lines if line),
        tuple(parser.links),
    )


def minutes_linked(page: LinkedPage, at: SplitResult) -> Iterator[SplitResult]:
    """Yield the addresses of minutes that a list at an address leads to, each once."""
    seen = {_without_fragment(at)}
    for link in page.links:
        parts = _target(at, link.target)
        if parts is None or parts in seen or link.frame or _MENU.search(link.words):
            continue
        file = PurePosixPath(unquote(parts.path)).suffix.lower() in _FILES
        near = _is_near(parts, at) and not link.around and not link.next
        if file or (near and not _FURTHER.fullmatch(link.words) and _SITTING.search(link.words)):
            seen.add(parts)
            yield parts


def list_goes_on(page: LinkedPage, at: SplitResult) -> Iterator[SplitResult]:
    """Yield the addresses of the list's frames and of its next page."""
    for link in page.links:
        parts = _target(at, link.target)
        goes_on = link.frame or link.next or _FURTHER.fullmatch(link.words)
        if goes_on and parts is not None and _is_near(parts, at):
            yield parts


def _target(at: SplitResult, target: str) -> SplitResult | None:
    """Return where a link leads, on the same host; ``None`` for anywhere else."""
    try:
        parts = urlsplit(urljoin(at.geturl(), target.strip()))
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or parts.netloc != at.netloc:
        return None
    return _without_fragment(parts)


def _is_near(parts: SplitResult, at: SplitResult) -> bool:
    """Say whether an address is in the folder of the list, or below it."""
    return parts.path.startswith(at.path.rpartition("/")[0] + "/")


def _without_fragment(parts: SplitResult) -> SplitResult:
    return parts._replace(fragment="")


class _Parser(HTMLParser):
    """Collects the links and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[Link] = []
        self.text: list[str] = []
        self.title: list[str] = []
        self.open: Link | None = None
        self.words: list[str] = []
        self.within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _UNSAID | _AROUND | {"title"}:
            self.within.append(tag)
        if tag in _BLOCKS:
            self.text.append("\n")
        if tag in {"frame", "iframe"} and given.get("src"):
            self.links.append(Link(given["src"] or "", "", frame=True))
        if tag == "a" and given.get("href"):
            self._close_link()
            around = any(name in _AROUND for name in self.within)
            leads_on = "next" in (given.get("rel") or "").split()
            self.open = Link(given["href"] or "", "", around, leads_on)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._close_link()
        if tag in self.within:
            while self.within.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self.within[-1:] == ["title"]:
            self.title.append(data)
        elif not any(name in _UNSAID for name in self.within):
            self.text.append(data)
            if self.open is not None:
                self.words.append(data)

    def _close_link(self) -> None:
        if self.open is not None:
            words = " ".join("".join(self.words).split())
            own = self.open
            self.links.append(Link(own.target, words, own.around, own.next))
        self.open, self.words = None, []
