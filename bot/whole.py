"""The passages of a reply in full, as the modal that 「続きを見る」 opens. Pure."""

from typing import Any

from bot.answer import Answer, Reply
from bot.blocks import Part, Run, blocks_of
from bot.messages import asked_line, shorten, source_runs
from bot.wording import Wording, wording
from index.passage import Hit

_LONGEST_PASSAGE = 2_000
_LONGEST_QUESTION = 1_000
_MOST_HITS = 10


def whole_view(reply: Reply) -> dict[str, Any]:
    """Return the modal: each passage with its source and the question that it answers."""
    words = wording(reply.language)
    parts: list[Part] = []
    hits: list[tuple[int | None, Hit]]
    if isinstance(reply, Answer):
        hits = [(citation.number, citation.hit) for citation in reply.citations]
    else:
        parts.append(Part((Run(reply.message),)))
        hits = [(None, hit) for hit in reply.nearest]
    for number, hit in hits[:_MOST_HITS]:
        parts += _passage(hit, number, words)
    return _modal(words, blocks_of(parts))


def said_view(text: str, words: Wording) -> dict[str, Any]:
    """Return the modal that says one sentence of our own: that it is being opened, a fault."""
    return _modal(words, blocks_of([Part((Run(text),))]))


def _passage(hit: Hit, number: int | None, words: Wording) -> list[Part]:
    parts = [Part(tuple(source_runs(hit, words, number)), divided=True)]
    if hit.passage.question:
        parts.append(asked_line(hit.passage.question, words, _LONGEST_QUESTION))
    parts.append(Part((Run(shorten(hit.passage.text, _LONGEST_PASSAGE)),), quoted=True))
    return parts


def _modal(words: Wording, blocks: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": words.whole_title},
        "close": {"type": "plain_text", "text": words.close},
        "blocks": blocks,
    }
