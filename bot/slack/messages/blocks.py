"""How paragraphs are shown in Slack: as ``rich_text`` blocks, and as plain text.

Foreign text (from documents and from people) only ever stands in ``rich_text`` elements, where
Slack parses nothing: ``<!channel>`` in a document stays text.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from bot.answer.citation_marks import as_shown
from bot.slack.messages.quoted_table import table_elements
from bot.slack.messages.runs import Run
from bot.texts.columns import has_cells, in_a_line
from index.language.visible import visible

__all__ = ["Part", "Run", "blocks_of", "escape", "text_of"]


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph: ordinary, or a quotation; ``divided`` draws a line above it.

    ``copied``: it stands in a box by itself, to be copied as it is.
    """

    runs: tuple[Run, ...]
    quoted: bool = False
    divided: bool = False
    copied: bool = False


def escape(text: str) -> str:
    """Escape the three characters that begin Slack's markup, so that none of it is obeyed."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def blocks_of(parts: Iterable[Part]) -> list[dict[str, Any]]:
    """Return the blocks, one ``rich_text`` for what stands between two dividing lines."""
    blocks: list[dict[str, Any]] = []
    elements: list[dict[str, Any]] = []
    for part in parts:
        if part.divided and elements:
            blocks += [{"type": "rich_text", "elements": elements}, {"type": "divider"}]
            elements = []
        visible_runs = list(_visible(part))
        if part.quoted and any(has_cells(run.text) for run in visible_runs):
            elements += table_elements(visible_runs, _element)
            continue
        runs = [_element(run) for run in visible_runs]
        kind = "rich_text_quote" if part.quoted else "rich_text_section"
        kind = "rich_text_preformatted" if part.copied else kind
        if not runs:
            continue
        if elements and kind == elements[-1]["type"] == "rich_text_section":
            # as Slack's own composer does: paragraphs in a row are one section with line ends
            elements[-1]["elements"] += [{"type": "text", "text": "\n"}, *runs]
        else:
            elements.append({"type": kind, "elements": runs})
    return [*blocks, {"type": "rich_text", "elements": elements}] if elements else blocks


def _element(run: Run) -> dict[str, Any]:
    if run.user:
        return {"type": "user", "user_id": run.user}
    element: dict[str, Any] = {"type": "text", "text": run.text}
    if run.url:
        element = {"type": "link", "url": run.url, "text": run.text}
    style = {name: True for name in ("bold", "italic") if getattr(run, name)}
    return {**element, "style": style} if style else element


def _visible(part: Part) -> Iterator[Run]:
    """Drop the runs without text: Slack refuses them. In a quotation only our own marks are bold.

    What is bold there stays; in the document's words nothing looks like such a mark.
    """
    for run in part.runs:
        shown = as_shown if part.quoted and not run.bold else visible
        if run.user:
            yield run
        elif text := shown(run.text):
            yield replace(run, text=text if part.quoted else in_a_line(text))


def text_of(parts: Iterable[Part], quotes: str = "「」") -> str:
    """Return the same as plain text, not yet escaped; quotations stand in ``quotes``."""
    lines = []
    for part in parts:
        line = "".join(f"@{run.user}" if run.user else run.text for run in _visible(part))
        if line.strip():
            line = in_a_line(line)
            lines.append(f"{quotes[0]}{line}{quotes[1]}" if part.quoted else line)
    return "\n".join(lines)
