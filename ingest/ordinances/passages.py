"""Cutting an article into passages: by paragraph, a long paragraph by item, each with its address.

A passage that holds one item has that item's address, one that holds several the paragraph's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.passage import Passage, PassageKind
from ingest.document.articles import announces_list
from ingest.document.cutting import HARD_LIMIT, SOFT_LIMIT_LISTED, cut, join_lines
from ingest.document.source import Line
from ingest.ordinances.tree import Node, paragraphs

LONGEST_WHOLE = 420
"""Characters: an article up to this length stays one passage."""
_LONGEST_LEAD = 200


@dataclass(frozen=True, slots=True)
class Frame:
    """What the passages of one article share."""

    kind: PassageKind
    heading: tuple[str, ...]
    address: str | None

    def below(self, label: str, lead: str = "") -> "Frame":
        """Return the frame of a part; ``lead`` is the text that introduces it."""
        heading = (*self.heading, lead) if lead else self.heading
        return replace(self, heading=heading, address=f"{self.address or ''}{label}" or None)

    def passage(self, lines: Sequence[Line]) -> Passage:
        """Return whole lines as one passage."""
        return join_lines(lines).passage(self.kind, self.heading, self.address)


def cut_article(lines: Sequence[Line], frame: Frame) -> list[Passage]:
    """Return the passages of an article or a supplement."""
    if sum(len(line.text) for line in lines) <= LONGEST_WHOLE:
        return [frame.passage(lines)]
    nodes = paragraphs(lines)
    if len(nodes) == 1:
        return list(_pieces(nodes[0], frame))
    return [passage for node in nodes for passage in _pieces(node, frame.below(node.label))]


def cut_text(lines: Sequence[Line], frame: Frame) -> list[Passage]:
    """Return passages cut at sentence ends; all but the first have the lead-in as a heading."""
    if not lines:
        return []
    if sum(len(line.text) for line in lines) <= LONGEST_WHOLE:
        return [frame.passage(lines)]
    passages = [piece.passage(frame.kind, frame.heading, frame.address) for piece in cut(lines)]
    lead = lines[0].text.strip()
    if len(lines) > 1 and len(lead) <= _LONGEST_LEAD and frame.address:
        below = (*frame.heading, lead)
        passages[1:] = [replace(passage, heading=below) for passage in passages[1:]]
    return passages


def cut_table(lines: Sequence[Line], frame: Frame) -> list[Passage]:
    """Return the passages of an appendix: rows stay whole, later passages repeat the column heads.

    Lines that are no rows (the title, remarks) stay between them.
    """
    groups: list[list[Line]] = [[]]
    heads = ""
    size = 0
    for line in lines:
        if groups[-1] and size + len(line.text) > SOFT_LIMIT_LISTED:
            groups.append([])
            size = 0
        groups[-1].append(line)
        size += len(line.text) + 1
    passages: list[Passage] = []
    for group in groups:
        framed = frame.below("", heads) if heads and not any(row.header for row in group) else frame
        if sum(len(line.text) + 1 for line in group) > HARD_LIMIT:
            passages += [p.passage(framed.kind, framed.heading, framed.address) for p in cut(group)]
        elif group:
            passages.append(framed.passage(group))
        heads = next((" | ".join(row.cells) for row in reversed(group) if row.header), heads)
    return passages


def _pieces(node: Node, frame: Frame) -> Iterator[Passage]:
    if node.size() <= LONGEST_WHOLE or not node.parts:
        yield from cut_text(node.all_lines(), frame)
        return
    lead = _lead(node)
    group = list(node.lines)
    with_lead, held = True, list[Node]()
    if sum(len(line.text) for line in group) > SOFT_LIMIT_LISTED:
        yield from cut_text(group, frame)
        group, with_lead = [], False
    for part in node.parts:
        size = sum(len(line.text) for line in group)
        if group and size + part.size() > SOFT_LIMIT_LISTED:
            yield _group_passage(group, held, frame, None if with_lead else lead)
            group, held, with_lead = [], [], False
        if part.size() > SOFT_LIMIT_LISTED:
            yield from _pieces(part, frame.below(part.label, lead))
        else:
            group += part.all_lines()
            held.append(part)
    if group:
        yield _group_passage(group, held, frame, None if with_lead else lead)


def _group_passage(
    lines: Sequence[Line], held: Sequence[Node], frame: Frame, lead: str | None
) -> Passage:
    """Return some items as a passage; ``lead`` is ``None`` if the lead-in is among the lines."""
    label = held[0].label if lead is not None and len(held) == 1 else ""
    return frame.below(label, lead or "").passage(lines)


def _lead(node: Node) -> str:
    """Return the text above the items; if it is long, the sentence that introduces them."""
    whole = "".join(line.text.strip() for line in node.lines)
    if len(whole) <= _LONGEST_LEAD:
        return whole
    sentences = [f"{part}。" for part in whole.split("。") if part]
    lead = next(filter(announces_list, sentences), sentences[-1])
    return lead if len(lead) <= _LONGEST_LEAD else ""
