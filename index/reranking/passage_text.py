"""What a reranker is given of a passage: what stands around it, what it answers, its own words."""

from dataclasses import dataclass

from index.language.dates import to_wareki
from index.passage import Document, Passage

MOST_HEAD, MOST_ASKED = 120, 170
"""Characters that are kept of what stands around a passage, and of what it answers."""


@dataclass(frozen=True, slots=True)
class PassageText:
    """``head``: title, date, headings, article and speaker; ``asked``: the words it answers."""

    head: str
    asked: str
    words: str


def passage_text(passage: Passage, document: Document) -> PassageText:
    """Return what a reranker is given of a passage."""
    date = document.date
    when = f"{to_wareki(date)} {date.year}年" if date else ""
    parts = (document.title, when, *passage.heading[-2:], passage.article, passage.speaker)
    head = "｜".join(dict.fromkeys(part.strip() for part in parts if part and part.strip()))
    return PassageText(head[:MOST_HEAD], (passage.question or "")[:MOST_ASKED], passage.text)
