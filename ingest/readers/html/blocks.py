"""A web page's text by blocks: paragraphs, list items, headings and the rows of tables."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from ingest.readers.html.inline_run import InlineRun
from ingest.readers.html.labels import list_label
from ingest.readers.html.tables import Block, Cell, Table, table_blocks
from ingest.readers.html.walk import FRAMES, STRUCK, walk
from ingest.repair.item_start import starts_item

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
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ROLES_IN_LINE = frozenset([*_HEADINGS, "dt", "dd"])
_PREFORMATTED = frozenset({"pre", "xmp", "plaintext", "listing"})
_INDENT = " \u3000"
_LONGEST_HEADING = 120
_LONGEST_TERM = 30
_MOST_DIGITS = 6
_QUESTION_LEVEL = 6
_ASKS = re.compile(r"(?:か。?|[？?])$")
"""A term that asks (よくある質問 as a list of terms) stands above its answer."""


@dataclass(slots=True)
class PageText:
    """Collects a page's blocks.

    ``left_out`` are elements (by ``mem_id``) that are not the document. ``struck`` and ``frames``
    count elements that were not read.
    """

    left_out: frozenset[int] = frozenset()
    blocks: list[Block] = field(default_factory=list)
    struck: int = 0
    frames: int = 0
    _run: InlineRun = field(default_factory=InlineRun)
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
        add = self._run.add_lines if self._preformatted else self._run.add
        add(text, self._anchor, self._links[-1] if self._links else None)

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
            self._run.end_line()
        elif tag == "a":
            self._links.append(attributes.get("href") or "")
        elif tag in {"ol", "ul", "menu", "dir", "li"}:
            self._enter_list(tag, attributes)
        elif tag in _PREFORMATTED:
            self._preformatted += 1
        elif tag in _ROLES_IN_LINE:
            self._level = _HEADINGS.get(tag)
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
        else:
            self._run.end_element(styled="class" in node.attributes)
        if tag == "a":
            self._links.pop()
        elif tag in {"ol", "ul", "menu", "dir"}:
            self._lists.pop()
            self._styles.pop()
        elif tag == "li":
            self._label = ""
        elif tag in _PREFORMATTED:
            self._preformatted -= 1
        elif tag in _HEADINGS:
            self._level = None
        elif tag in {"dt", "dd", "dl"}:
            self._in_term = False
            self._term = None if tag != "dt" else self._term
        else:
            self._leave_table(tag)

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
        """End the current line."""
        run, self._run = self._run, InlineRun()
        for block in run.blocks(preformatted=self._preformatted > 0):
            if block.text:
                if self._label and not starts_item(block.text):
                    block.text = self._label + block.text.lstrip(_INDENT)
                self._label = ""
                asks = self._in_term and _ASKS.search(block.text) is not None
                level = _QUESTION_LEVEL if asks else self._level
                block.level = level if asks or _is_heading(block.text) else None
                self._append(block)
            elif self._flows[-1]:
                self._flows[-1].append(block)

    def _append(self, block: Block) -> None:
        if self._term is not None and not self._in_term and _may_follow_term(block):
            self._term.text = f"{self._term.text.strip()}\u3000{block.text.strip(_INDENT)}"
            self._term = None
            return
        self._flows[-1].append(block)
        short = len(block.text) <= _LONGEST_TERM and "。" not in block.text
        self._term = block if self._in_term and short and block.level is None else None


def _may_follow_term(block: Block) -> bool:
    """Say whether a block may be on one line with the term that it explains."""
    return (
        bool(block.text) and block.level is None and not block.cells and not starts_item(block.text)
    )


def _is_heading(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and not text.rstrip().endswith("。")


def _integer(value: str | None, default: int) -> int:
    text = (value or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else default
