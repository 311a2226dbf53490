"""What holds now before what held once: of two texts of one article the later, the newest minutes.

A question that names no time, and does not ask how it was before, means today.
"""

import datetime as dt
import re
from collections.abc import Sequence

from bot.question import Question
from index import cues
from index.passage import DocumentKind, Hit
from index.text import fold

_NOW = re.compile(
    r"今(?=の|は|も|、|い|何)|現在|現時点|最新|いま(?=の|は)|\b(?:now|current(?:ly)?|today|latest)\b",
    re.IGNORECASE,
)
_NOTE = re.compile(r"\(.*?\)|\s")


def holding_now(hits: Sequence[Hit], asked: Question) -> tuple[Hit, ...]:
    """Return the hits without articles of which a later text is among them.

    Where a question says that it asks for now, those of the newest documents come first.
    """
    if asked.period is not None or cues.earlier(asked.text):
        return tuple(hits)
    newest: dict[tuple[str, str], dt.date] = {}
    for hit in hits:
        if (key := _article(hit)) and hit.document.date:
            newest[key] = max(newest.get(key, hit.document.date), hit.document.date)
    held = [
        hit
        for hit in hits
        if (key := _article(hit)) is None or hit.document.date in {None, newest.get(key)}
    ]
    if _NOW.search(fold(asked.text)):
        held.sort(key=lambda hit: hit.document.date or dt.date.min, reverse=True)
    return tuple(held)


def _article(hit: Hit) -> tuple[str, str] | None:
    """Return what two texts of one article share; ``None`` for anything else."""
    if hit.document.kind is not DocumentKind.ORDINANCE or hit.passage.article is None:
        return None
    return _NOTE.sub("", fold(hit.document.title)), fold(hit.passage.article)
