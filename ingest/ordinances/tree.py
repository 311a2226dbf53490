"""The tree inside an article: paragraphs (項), items (号) and their parts (イロハ)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.document.articles import (
    ARTICLE,
    ItemMark,
    alphabet_places,
    announces_list,
    is_caption,
    item_mark,
    paragraph_number,
)
from ingest.document.source import Line

_NUMBERED = frozenset({"paren", "bracketed", "kanji", "digit", "circled"})


@dataclass(slots=True)
class Node:
    """A part of an article: ``label`` (``第2項``, ``第3号``, ``イ``), its own lines, its parts."""

    label: str
    lines: list[Line] = field(default_factory=list)
    parts: list["Node"] = field(default_factory=list)

    def all_lines(self) -> list[Line]:
        """Return its lines and those of its parts, in the order of the text."""
        return [*self.lines, *(line for part in self.parts for line in part.all_lines())]

    def size(self) -> int:
        """Return how many characters it has."""
        return sum(len(line.text) for line in self.all_lines())


@dataclass(slots=True)
class _Level:
    """An open series of items: kind of numeral, alphabet, last position."""

    style: str
    row: int
    place: int
    node: Node


def paragraphs(lines: Sequence[Line]) -> list[Node]:
    """Return the paragraphs of an article; the first has no numeral unless in a supplement.

    Text before paragraph 1 of a supplement comes first, with an empty label.
    """
    if not lines:
        return []
    if ARTICLE.match(lines[0].text):
        return _Builder(1, "第1項").run(lines)
    first = next((paragraph_number(line.text) for line in lines[:2] if not line.cells), None)
    return _Builder((first or 1) - 1, "").run(lines)


class _Builder:
    """Reads line by line; each begins a paragraph, an item or a part of one, or continues it."""

    def __init__(self, number: int, label: str) -> None:
        self.number = number
        self.found = [Node(label)]
        self.levels: list[_Level] = []

    def run(self, lines: Sequence[Line]) -> list[Node]:
        for line in lines:
            if line.cells:
                self.current().lines.append(line)
                continue
            number = paragraph_number(line.text)
            if number == self.number + 1 and not self._is_digit_item(number, line.text):
                self._paragraph(number, line)
            elif not self._item(line):
                self.current().lines.append(line)
        return [node for node in self.found if node.lines]

    def current(self) -> Node:
        return self.levels[-1].node if self.levels else self.found[-1]

    def _is_digit_item(self, number: int, text: str) -> bool:
        mark = item_mark(text)
        if mark is None or mark.style not in {"digit", "circled"}:
            return False
        going_on = any(
            level.style == mark.style and level.place == number - 1 for level in self.levels
        )
        return going_on or (number == 1 and announces_list(self._lead()))

    def _lead(self) -> str:
        return "".join(line.text for line in self.current().lines)

    def _paragraph(self, number: int, line: Line) -> None:
        # supplements have captions of paragraphs
        before = self.current().lines
        caption = [before.pop()] if before and is_caption(before[-1].text) else []
        self.found.append(Node(f"第{number}項", [*caption, line]))
        self.number, self.levels = number, []

    def _item(self, line: Line) -> bool:
        mark = item_mark(line.text)
        if mark is None:
            return False
        for depth, level in enumerate(self.levels):
            if level.style == mark.style:
                return self._next(depth, level, mark, line)
        rows = alphabet_places(mark.style, mark.label.strip("()"))
        row = rows.index(1) if 1 in rows else -1
        if (mark.place != 1 and row < 0) or not self._may_list(mark):
            return False
        parent = self.current()
        self.levels.append(_Level(mark.style, row, 1, self._open(parent, mark, line)))
        return True

    def _may_list(self, mark: ItemMark) -> bool:
        """A bare figure begins a list only if one was announced; other marks always do."""
        return mark.style not in {"digit", "circled"} or announces_list(self._lead())

    def _next(self, depth: int, level: _Level, mark: ItemMark, line: Line) -> bool:
        place = mark.place
        if level.row >= 0:
            place = alphabet_places(mark.style, mark.label.strip("()"))[level.row]
        if place < level.place or (place == level.place and not mark.branched):
            return False
        parent = self.levels[depth - 1].node if depth else self.found[-1]
        self.levels = self.levels[:depth]
        node = self._open(parent, mark, line)
        self.levels.append(_Level(level.style, level.row, place, node))
        return True

    def _open(self, parent: Node, mark: ItemMark, line: Line) -> Node:
        if mark.style not in _NUMBERED:
            label = mark.label
        elif self.levels:
            label = f"({mark.label})"
        else:
            number, *branch = mark.label.split("の", 1)
            label = f"第{number}号{''.join(f'の{part}' for part in branch)}"
        node = Node(label, [line])
        parent.parts.append(node)
        return node
