"""All that somebody said, where a question asks for nothing else: 「福祉課長の答弁は？」.

No word of such a question tells one passage from another. So what they said is the answer where it
is little and of one meeting; of more, the question does not tell which is meant. Where it names a
matter (「町長は公営住宅について何と言った？」), it is the one answer of theirs to a question on it.
"""

import functools
import re
from collections.abc import Sequence

from bot.lookup.lookup_result import Told
from bot.question.question import Question
from index.language.text import fold
from index.language.tokens import words
from index.passage import Filters, Hit, PassageKind, ordinal_of

_ASKS_ANSWER = re.compile(r"答(?:え|弁)|回答|説明|\banswer")
_ASKS_WORDS = re.compile(
    r"(?:何|なん)(?:と|て|を)(?:言|述べ|答え|話|説明|発言)|どう(?:言|述べ|答え|説明)|(?:答弁|発言)は"
    r"|\bwhat did .{1,60}\b(?:say|answer|reply)\b"
)
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


def said_on(
    asked: Question, filters: Filters, hits: Sequence[Hit], matter: Sequence[str], limit: int
) -> tuple[Told, ...]:
    """Return the answer of the speaker who is filtered by to the one question on a matter.

    ``matter`` are the words of it. Nothing where they said more with these words, or where the
    question that they answer is long and may ask other things as well.
    """
    wanted = set(matter) - _about()
    if filters.person is None or not wanted or len(hits) >= limit:
        return ()
    if not _ASKS_WORDS.search(fold(asked.text)):
        return ()
    on = [
        hit for hit in hits if wanted <= set(words(f"{hit.passage.question}\n{hit.passage.text}"))
    ]
    if len(on) != 1 or on[0].passage.kind is not PassageKind.ANSWER:
        return ()
    question = on[0].passage.question or ""
    if len(question) > _LONGEST or not wanted <= set(words(question)):
        return ()
    return (Told(on[0].document, on[0].passage, ()),)


@functools.cache
def _about() -> frozenset[str]:
    """Return the words that only lead from a matter to what is asked about it."""
    return frozenset(words("について、に関して、に関する、に対して、の件"))


def _kinds(asked: Question) -> frozenset[PassageKind]:
    if asked.wants_question:
        return frozenset({PassageKind.QUESTION})
    if _ASKS_ANSWER.search(fold(asked.text)):
        return frozenset({PassageKind.ANSWER, PassageKind.STATEMENT})
    return frozenset(PassageKind)
