"""Text of a page in one line, or in several separated by ``br``."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.document.characters import CJK, has_cjk
from ingest.readers.html.labels import LABEL, opens_article
from ingest.readers.html.main_text import leads_away
from ingest.readers.html.tables import Block

_EDGE = "\x1c"
"""Separates a number in an element of its own from what follows."""

_BLANKS = re.compile("[ \t\r\n\f]+")
_WRAPPED = re.compile(f"(?<=[{CJK}\u3000])[ \t]*[\r\n][ \t\r\n]*(?=[{CJK}\u3000])")
_FIXED = re.compile("[ ]*\u00a0[ \u00a0]*")
_NUMBER_EDGE = re.compile(
    f"{_EDGE}(?![\\s\u00a0のにはをがとで、。中及年月日時分人円名件回点か箇階%％]|$)"
)
_NOTHING = f" \t\r\n\u00a0\u3000{_EDGE}"
_MOST_PIECES = 6
_LONGEST_LABEL = 20


@dataclass(slots=True)
class _Part:
    pieces: list[str] = field(default_factory=list)
    anchor: str | None = None
    linked: int = 0
    target: str | None = None
    filled: bool = False


@dataclass(slots=True)
class InlineRun:
    """Text up to the end of the element around it."""

    parts: list[_Part] = field(default_factory=lambda: [_Part()])

    def add(self, text: str, anchor: str | None, href: str | None) -> None:
        """Add text at ``anchor`` that links to ``href``."""
        part = self.parts[-1]
        part.pieces.append(text.replace(_EDGE, " "))
        size = len(text.strip())
        if size and not part.filled:
            part.filled, part.anchor = True, anchor
        if size and href:
            part.linked += size if leads_away(href) else 0
            part.target = href[1:] if href.startswith("#") else part.target

    def add_lines(self, text: str, anchor: str | None, href: str | None) -> None:
        """Add preformatted text."""
        for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
            if number:
                self.end_line()
            if line:
                self.add(line, anchor, href)

    def end_line(self) -> None:
        """Begin a new line."""
        self.parts.append(_Part())

    def end_element(self, *, styled: bool) -> None:
        """Note that an element ends here: a number in it is set apart by its style."""
        pieces = self.parts[-1].pieces
        if len(pieces) > _MOST_PIECES or sum(map(len, pieces)) > _LONGEST_LABEL:
            return
        text = "".join(pieces).strip()
        if LABEL.fullmatch(text) and (styled or opens_article(text)):
            pieces.append(_EDGE)

    def blocks(self, *, preformatted: bool) -> list[Block]:
        """Return one block per line; gaps are empty blocks."""
        wrapped = len(self.parts) > 1
        blocks = [_block(part, wrapped=wrapped, preformatted=preformatted) for part in self.parts]
        if not wrapped:
            return [block for block in blocks if block.text]
        # the next text is another paragraph
        return [*blocks, Block("", wrapped=True)]


def _block(part: _Part, *, wrapped: bool, preformatted: bool) -> Block:
    text = _plain(part.pieces, preformatted=preformatted)
    return Block(
        text,
        anchor=part.anchor,
        linked=min(part.linked, len(text)),
        target=part.target,
        wrapped=wrapped,
    )


def _plain(pieces: Sequence[str], *, preformatted: bool) -> str:
    text = "".join(pieces)
    if not text.strip(_NOTHING):
        return ""
    text = _NUMBER_EDGE.sub("\u3000", text).replace(_EDGE, "")
    if preformatted:
        return text.replace("\u00a0", " ").rstrip()
    text = _BLANKS.sub(" ", _WRAPPED.sub("", text)).strip(" ")
    return _FIXED.sub(_gap, text) if "\u00a0" in text else text


def _gap(match: re.Match[str]) -> str:
    """Return what replaces no-break spaces: U+3000 in Japanese, where they follow labels."""
    around = match.string[max(0, match.start() - 1) : match.start()]
    around += match.string[match.end() : match.end() + 1]
    return "\u3000" if has_cjk(around) or "\u3000" in around else " "
