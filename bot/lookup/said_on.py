"""What somebody said on a matter, where one answer of theirs is to a question on just that.

「町長は公営住宅について何と言った？」: who speaks tells no passage from another, the words of the
matter do. What a question asks that names no matter is listed (:mod:`bot.lookup.speeches`).
"""

import functools
import re
from collections.abc import Sequence

from bot.lookup.lookup_result import Told
from bot.question.question import Question
from index.language.text import fold
from index.language.tokens import words
from index.passage import Filters, Hit, PassageKind

_ASKS_WORDS = re.compile(
    r"(?:何|なん)(?:と|て|を)(?:言|述べ|答え|話|説明|発言)|どう(?:言|述べ|答え|説明)|(?:答弁|発言)は"
    r"|\bwhat did .{1,60}\b(?:say|answer|reply)\b"
)
_LONGEST = 200
"""Characters of a question that asks one thing."""


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
    on = [hit for hit in hits if wanted <= set(words(f"{_asked(hit)}\n{hit.passage.text}"))]
    if len(on) != 1 or on[0].passage.kind is not PassageKind.ANSWER:
        return ()
    question = _asked(on[0])
    if len(question) > _LONGEST or not wanted <= set(words(question)):
        return ()
    return (Told(on[0].document, on[0].passage, ()),)


def _asked(hit: Hit) -> str:
    """Return what was asked last of the words that a passage answers: others led to it."""
    return (hit.passage.question or "").rpartition("…")[2]


@functools.cache
def _about() -> frozenset[str]:
    """Return the words that only lead from a matter to what is asked about it."""
    return frozenset(words("について、に関して、に関する、に対して、の件"))
