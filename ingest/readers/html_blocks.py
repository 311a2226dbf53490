"""A web page's text by blocks: paragraphs, list items, headings and the rows of tables."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from ingest.characters import CJK
from ingest.item_start import starts_item
from ingest.readers.html_labels import LABEL, list_label, opens_article
from ingest.readers.html_main import leads_away
from ingest.readers.html_tables import Block, Cell, Table, table_blocks
from ingest.readers.html_walk import FRAMES, STRUCK, walk

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "ul",
        "search",
        "xmp",
    ]
)
_HEADING = re.compile("h([1-6])")
_ROLES_IN_LINE = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd"])
_PREFORMATTED = frozenset({"pre", "xmp", "plaintext", "listing"})
_BREAK = "\x0b"
"""Stands for ``br`` until a run of text is taken apart."""
_EDGE = "\x1c"
"""Stands between a number set in an element of its own and what follows."""

_STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BLANKS = re.compile("[ \t\r\n]+")
_WRAPPED = re.compile(f"(?<=[{CJK}\u3000])[ \t]*[\r\n][ \t\r\n]*(?=[{CJK}\u3000])")
_FIXED = re.compile("[ ]*\u00a0[ \u00a0]*")
_NUMBER_EDGE = re.compile(
    f"{_EDGE}(?![\\s\u00a0のにはをがとで、。中及年月日時分人円名件回点か箇階%％]|$)"
)
_INDENT = " \u3000"
_LONGEST_HEADING = 120
_LONGEST_TERM = 30
_MOST_PIECES = 6
_LONGEST_LABEL = 20


@dataclass(slots=True)
class _Run:
    """Text that runs on in one line, so far."""

    pieces: list[str] = field(default_factory=list)
    anchor: str | None = None
    linked: int = 0
    target: str | None = None


@dataclass(slots=True)
class PageText:
    """Collects a page's blocks.

    ``left_out`` names elements (by ``mem_id``) that are not the document. ``struck`` and ``frames``
    count what was met and not read.
    """

    left_out: frozenset[int] = frozenset()
    blocks: list[Block] = field(default_factory=list)
    struck: int = 0
    frames: int = 0
    _run: _Run = field(default_factory=_Run)
    _flows: list[list[Block]] = field(default_factory=list)
    _tables: list[Table] = field(default_factory=list)
    _lists: list[int | None] = field(default_factory=list)
    _styles: list[str] = field(default_factory=list)
    _links: list[str] = field(default_factory=list)
    _anchor: str | None = None
    _label: str = ""
    _level: int | None = None
    _term: Block | None = None
    _in_term: bool = False
    _preformatted: int = 0

    def read(self, root: LexborNode) -> None:
        """Add the text below ``root``."""
        self._flows = [self.blocks]
        out: int | None = None
        for node, entering in walk(root):
            if out is not None:
                out = None if not entering and node.mem_id == out else out
            elif node.is_text_node:
                self._text(node.text_content or "")
            elif entering and node.mem_id in self.left_out:
                self._flush()
                out = node.mem_id
            elif entering:
                self._enter(node)
            else:
                self._leave(node)
        self._flush()

    def _text(self, text: str) -> None:
        if not text:
            return
        run = self._run
        if run.anchor is None and text.strip():
            run.anchor = self._anchor
        text = _STEERING.sub(" ", text)
        if self._preformatted:
            text = re.sub("\r\n?|\n", _BREAK, text)
        if self._links and text.strip():
            target = self._links[-1]
            if leads_away(target):
                run.linked += len(text.strip())
            elif target.startswith("#"):
                run.target = target[1:]
        run.pieces.append(text)

    def _enter(self, node: LexborNode) -> None:
        tag, attributes = node.tag or "", node.attributes
        if tag in _BLOCKS:
            self._flush()
        name = attributes.get("id") or (attributes.get("name") if tag == "a" else None)
        if name:
            self._anchor = name
        if tag in STRUCK:
            self.struck += 1
        elif tag in FRAMES:
            self.frames += bool(attributes.get("src"))
        elif tag == "br":
            self._run.pieces.append(_BREAK)
        elif tag == "a":
            self._links.append(attributes.get("href") or "")
        elif tag in {"ol", "ul", "menu", "dir", "li"}:
            self._enter_list(tag, attributes)
        elif tag in _PREFORMATTED:
            self._preformatted += 1
        elif tag in _ROLES_IN_LINE:
            self._level = int(tag[1]) if _HEADING.fullmatch(tag) else None
            self._in_term = tag == "dt"
        else:
            self._enter_table(tag, attributes)

    def _enter_list(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        if tag != "li":
            shown = "none" not in (attributes.get("style") or "").replace("list-style-type", "")
            self._lists.append(
                _integer(attributes.get("start"), 1) if tag == "ol" and shown else None
            )
            self._styles.append(attributes.get("type") or "1")
        elif self._lists and (number := self._lists[-1]) is not None:
            number = _integer(attributes.get("value"), number)
            self._label = list_label(number, self._styles[-1])
            self._lists[-1] = number + 1

    def _enter_table(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        if tag == "table":
            self._tables.append(Table(attributes, depth=len(self._flows)))
            return
        table = self._tables[-1] if self._tables else None
        if table is None or table.depth != len(self._flows):
            return
        if tag == "thead":
            table.in_head = True
        elif tag == "tr":
            table.rows.append([])
        elif tag in {"td", "th"}:
            cell = Cell(
                head=tag == "th",
                top=table.in_head,
                columns=_integer(attributes.get("colspan"), 1),
                rows=_integer(attributes.get("rowspan"), 1),
            )
            if not table.rows:
                table.rows.append([])
            table.rows[-1].append(cell)
            self._flows.append(cell.blocks)
        elif tag == "caption":
            self._flows.append(table.caption)

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag in _BLOCKS:
            self._flush()
        elif self._is_label(node):
            self._run.pieces.append(_EDGE)
        if tag == "a":
            self._links.pop()
        elif tag in {"ol", "ul", "menu", "dir"}:
            self._lists.pop()
            self._styles.pop()
        elif tag == "li":
            self._label = ""
        elif tag in _PREFORMATTED:
            self._preformatted -= 1
        elif _HEADING.fullmatch(tag):
            self._level = None
        elif tag in {"dt", "dd", "dl"}:
            self._in_term = False
            self._term = None if tag != "dt" else self._term
        else:
            self._leave_table(tag)

    def _is_label(self, node: LexborNode) -> bool:
        """Say whether the line so far is only a number, which a style sets apart from the rest."""
        pieces = self._run.pieces
        if len(pieces) > _MOST_PIECES or sum(map(len, pieces)) > _LONGEST_LABEL:
            return False
        text = "".join(pieces).strip()
        if not LABEL.fullmatch(text):
            return False
        return opens_article(text) or "class" in node.attributes

    def _leave_table(self, tag: str) -> None:
        table = self._tables[-1] if self._tables else None
        if table is None:
            return
        if tag == "thead" and table.depth == len(self._flows):
            table.in_head = False
        elif tag in {"td", "th", "caption"} and table.depth + 1 == len(self._flows):
            blocks = self._flows.pop()
            while blocks and not blocks[0].text:
                blocks.pop(0)
            while blocks and not blocks[-1].text:
                blocks.pop()
        elif tag == "table":
            self._tables.pop()
            self._flows[-1].extend(table_blocks(table))

    def _flush(self) -> None:
        """End the line in hand, which ``br`` may part into several."""
        run, self._run = self._run, _Run()
        text = "".join(run.pieces)
        if not text.strip(f" \t\r\n\u00a0\u3000{_BREAK}{_EDGE}"):
            if _BREAK in text and self._flows[-1]:
                self._flows[-1].append(Block("", wrapped=True))
            return
        parts = text.split(_BREAK)
        for number, part in enumerate(parts):
            line = _plain(part, preformatted=self._preformatted > 0)
            if not line.strip():
                self._flows[-1].append(Block("", wrapped=True))
                continue
            if number == 0 and self._label and not starts_item(line):
                line = self._label + line.lstrip(_INDENT)
            self._label = ""
            self._append(
                Block(
                    line,
                    level=self._level if _is_heading(line) else None,
                    anchor=run.anchor,
                    linked=min(run.linked, len(line)),
                    target=run.target,
                    wrapped=len(parts) > 1,
                )
            )
        if len(parts) > 1:
            self._flows[-1].append(Block("", wrapped=True))

    def _append(self, block: Block) -> None:
        if self._term is not None and not self._in_term and _goes_on(block):
            self._term.text = f"{self._term.text.strip()}\u3000{block.text.strip(_INDENT)}"
            self._term = None
            return
        self._flows[-1].append(block)
        short = len(block.text) <= _LONGEST_TERM and "。" not in block.text
        self._term = block if self._in_term and short and block.level is None else None


def _plain(text: str, *, preformatted: bool) -> str:
    text = _NUMBER_EDGE.sub("\u3000", text).replace(_EDGE, "")
    if preformatted:
        return text.replace("\u00a0", " ").rstrip()
    text = _BLANKS.sub(" ", _WRAPPED.sub("", text)).strip(" ")
    return _FIXED.sub(_gap, text) if "\u00a0" in text else text


def _gap(match: re.Match[str]) -> str:
    """A blank that may not be broken parts label and value in Japanese, as U+3000 does."""
    around = match.string[max(0, match.start() - 1) : match.start()]
    around += match.string[match.end() : match.end() + 1]
    return "\u3000" if re.search(f"[{CJK}\u3000]", around) else " "


def _goes_on(block: Block) -> bool:
    """Say whether a block may stand in one line with the term that it explains."""
    return (
        bool(block.text) and block.level is None and not block.cells and not starts_item(block.text)
    )


def _is_heading(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and not text.rstrip().endswith("。")


def _integer(value: str | None, default: int) -> int:
    text = (value or "").strip()
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else default
