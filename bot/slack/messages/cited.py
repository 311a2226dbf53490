"""What a reply cites, in a few characters that it carries, and the reply made from them. Pure.

A reply is not kept: what its buttons open is looked up again. By what it carries it is told whether
that still gives what the person has before their eyes.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from bot.answer.answer import Answer, Citation, Declined, DeclineReason, Reply, Sentence
from bot.answer.at_a_glance import numbered_as_seen
from bot.texts import wording
from index.passage import Hit, PassageId

MOST_CITED = 10
"""Passages that a button opens at the most."""
_NEAREST = "near"
_HEXADECIMALS = 8


def cited_by(reply: Reply) -> str:
    """Return the passages of a reply in its order, each by its id and a hash of its text.

    In front stands whether it only declines and names what is nearest.
    """
    kind = [] if isinstance(reply, Answer) else [_NEAREST]
    return " ".join([*kind, *map(_name, _opened(reply))])


def ids_in(cited: str) -> tuple[PassageId, ...]:
    """Return the ids of the passages in what a reply carries."""
    return tuple(PassageId(each.partition(":")[0]) for each in cited.split() if ":" in each)


def as_cited(reply: Reply, cited: str, hits: Sequence[Hit]) -> Reply | None:
    """Return the reply as it was: of ``hits`` those that it cited, where their text is the same.

    ``reply`` is what would be replied now. ``None`` where nothing is left of what was cited.
    """
    order = {each: at for at, each in enumerate(cited.split())}
    found = {order[name]: hit for hit in hits if (name := _name(hit)) in order}
    kept = [replace(found[at], rank=rank) for rank, at in enumerate(sorted(found), start=1)]
    if not kept:
        return None
    texts = [hit.passage.text for hit in kept]
    if cited.startswith(_NEAREST):
        message = wording(reply.language).as_cited
        reason = DeclineReason.NOT_COVERED
        return Declined(reply.question, reason, message, reply.language, tuple(kept), texts[0])
    return Answer(
        question=reply.question,
        sentences=tuple(Sentence(text, (n,)) for n, text in enumerate(texts, start=1)),
        citations=tuple(Citation(n, hit.passage.text, hit) for n, hit in enumerate(kept, start=1)),
        language=reply.language,
    )


def _opened(reply: Reply) -> Sequence[Hit]:
    if isinstance(reply, Answer):
        return [each.hit for each in numbered_as_seen(reply).citations[:MOST_CITED]]
    return reply.nearest[:MOST_CITED]


def _name(hit: Hit) -> str:
    return f"{hit.passage.passage_id}:{_hash(hit)}"


def _hash(hit: Hit) -> str:
    return hashlib.sha256(hit.passage.text.encode("utf-8", "replace")).hexdigest()[:_HEXADECIMALS]
