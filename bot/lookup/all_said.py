"""All that somebody said, where a question asks for nothing else: 「福祉課長の答弁は？」.

No word of such a question tells one passage from another. So what they said is the answer where it
is little and of one meeting; of more, the question does not tell which is meant.
"""

import re
from collections.abc import Sequence

from bot.lookup.lookup_result import Told
from bot.question.question import Question
from index.language.text import fold
from index.passage import Filters, Hit, PassageKind, ordinal_of

_ASKS_ANSWER = re.compile(r"答(?:え|弁)|回答|説明|\banswer")
_MOST, _LONGEST = 3, 200
"""Passages, and characters of all of them together, that are still little."""


def all_said(
    asked: Question, filters: Filters, hits: Sequence[Hit], limit: int
) -> tuple[Told, ...]:
    """Return all that the speaker who is filtered by said, in order; nothing where it is more.

    ``hits`` are those of the search, ``limit`` at most. Of questions and answers those that are
    asked for are taken.
    """
    if filters.person is None or len(hits) >= limit:
        return ()
    if len({(hit.document.date, hit.document.body) for hit in hits}) != 1:
        return ()
    said = [hit for hit in hits if hit.passage.kind is not PassageKind.PROCEDURE]
    said = [hit for hit in said if hit.passage.kind in _kinds(asked)] or said
    said.sort(key=lambda hit: ordinal_of(hit.passage))
    if len(said) > _MOST or sum(len(hit.passage.text) for hit in said) > _LONGEST:
        return ()
    return tuple(Told(hit.document, hit.passage, (hit.passage.text,)) for hit in said)


def _kinds(asked: Question) -> frozenset[PassageKind]:
    if asked.wants_question:
        return frozenset({PassageKind.QUESTION})
    if _ASKS_ANSWER.search(fold(asked.text)):
        return frozenset({PassageKind.ANSWER, PassageKind.STATEMENT})
    return frozenset(PassageKind)
