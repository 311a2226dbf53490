"""From a web page's blocks to lines: numbers are joined to their text, menus dropped."""

from collections.abc import Sequence
from dataclasses import replace

from index.place import Locator
from ingest.document.characters import is_hiragana
from ingest.document.source import Line
from ingest.readers.html.labels import LABEL, opens_article
from ingest.readers.html.main_text import SENTENCE
from ingest.readers.html.tables import Block
from ingest.repair.item_start import starts_item
from ingest.repair.line_joining import usual_width
from ingest.repair.repair import repair, repair_paragraphs

_INDENT = " \u3000"
_LINKED = 0.7
_LEAST_LINKS = 3
_FIRST = 3
_TOP = frozenset({"", "top"})
"""Targets that lead to the top of any page."""
_MOSTLY = 0.5


def blocks_to_lines(
    blocks: Sequence[Block], *, whole: bool, chapter: str | None = None
) -> tuple[Line, ...]:
    """Return the lines of a page.

    ``whole``: the blocks are those of the whole page, which may begin and end with menus.
    """
    kept = _without_jumps(list(blocks))
    if whole:
        kept = _without_menus(kept)
    kept = _with_labels(kept)
    wrapped = [_line(block, chapter) for block in kept if block.wrapped]
    size = sum(len(block.text) for block in kept)
    if sum(len(line.text) for line in wrapped) >= _MOSTLY * size and usual_width(wrapped):
        return repair(_with_blank_lines(kept, chapter))
    return repair_paragraphs([_line(block, chapter) for block in kept])


def _line(block: Block, chapter: str | None) -> Line:
    locator = None
    if block.anchor is not None or chapter:
        locator = Locator(anchor=block.anchor, chapter=chapter or None)
    return Line(
        block.text,
        level=block.level,
        cells=block.cells,
        header=block.header,
        locator=locator,
    )


def _with_blank_lines(blocks: Sequence[Block], chapter: str | None) -> list[Line]:
    """Put blank lines around paragraphs, so that only lines broken by hand are joined."""
    lines: list[Line] = []
    for block in blocks:
        if block.wrapped:
            lines.append(_line(block, chapter))
        else:
            lines += [Line(""), _line(block, chapter), Line("")]
    return lines


def _without_jumps(blocks: list[Block]) -> list[Block]:
    """Drop lines that are only a link back to the top of the page."""
    filled = [block for block in blocks if block.text]
    top = {(block.anchor or "").lower() for block in filled[:_FIRST]}
    first = set(map(id, filled[:_FIRST]))
    return [
        block
        for block in blocks
        if block.target is None
        or not _is_jump(block)
        or not (
            block.target.lower() in _TOP or (block.target.lower() in top and id(block) not in first)
        )
    ]


def _is_jump(block: Block) -> bool:
    return block.level is None and not block.cells and not SENTENCE.search(block.text)


def _without_menus(blocks: list[Block]) -> list[Block]:
    """Drop lists of links before the first sentence and after the last one."""
    body = [
        at for at, block in enumerate(blocks) if SENTENCE.search(block.text) and not _is_link(block)
    ]
    if not body:
        return blocks
    before, after = blocks[: body[0]], blocks[body[-1] + 1 :]
    return [*_without_links(before), *blocks[body[0] : body[-1] + 1], *_without_links(after)]


def _without_links(blocks: list[Block]) -> list[Block]:
    links = [block for block in blocks if _is_link(block)]
    if len(links) < _LEAST_LINKS:
        return blocks
    return [block for block in blocks if not _is_link(block)]


def _is_link(block: Block) -> bool:
    return block.linked > 0 and block.linked >= _LINKED * len(block.text.replace("\t", ""))


def _with_labels(blocks: Sequence[Block]) -> list[Block]:
    """Join a number in an element of its own to the text that it numbers."""
    joined: list[Block] = []
    for block in blocks:
        label = joined[-1] if joined else None
        if label is not None and _is_number_of(label, block):
            text = f"{label.text.strip(_INDENT)}\u3000{block.text.strip(_INDENT)}"
            joined[-1] = replace(block, text=text, anchor=label.anchor or block.anchor)
        else:
            joined.append(block)
    return joined


def _is_number_of(label: Block, block: Block) -> bool:
    number = label.text.strip(_INDENT)
    if label.cells or label.level is not None or not LABEL.fullmatch(number):
        return False
    text = block.text.strip(_INDENT)
    if not text or block.cells or block.level is not None or starts_item(text):
        return False
    return opens_article(number) or any(map(is_hiragana, text))
