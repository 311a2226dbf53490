"""What new passages say of a topic that somebody follows. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from bot.history.prior_discussions import parts_of
from bot.history.topicality import Topic, topic_of
from bot.lookup.decisions import names_matter
from bot.question.question import understand
from index.council.items import items_in
from index.language.text import fold
from index.passage import Hit, PassageKind

LEAST = 0.7
"""Share of a topic, weighted by how rare its words are, that must be said: as in a history."""
EACH = 0.6
"""What must be said of each term at least: without 運賃 nothing is news on 「しおまる号の運賃」,
while 「医療費を助成」 is on 「医療費助成」. docs/news.md says on what it was measured."""

_SAID = frozenset(PassageKind) - {PassageKind.HEADER, PassageKind.PROCEDURE}
"""An agenda and the chair's words on the order of business say nothing that is news."""


def followed_topic(text: str, rarity: Callable[[str], float]) -> Topic:
    """Take the words of a topic apart, as a history of it does.

    Where all of them stand nearly everywhere in the index, as in a small one, each counts alike.
    """
    asked = understand(text).text
    topic = topic_of(asked, rarity)
    return topic if topic.terms else topic_of(asked, lambda _: 1.0)


def about(topic: Topic, hits: Iterable[Hit]) -> Sequence[Hit]:
    """Return the hits that are about a topic, with the share of it that each says as its score."""
    if not topic.terms:
        return []
    numbers = items_in(fold(topic.text))
    said = [hit for hit in hits if hit.passage.kind in _SAID]
    shares = [_share(topic, hit, numbers) for hit in said]
    return [
        replace(hit, score=share) for hit, share in zip(said, shares, strict=True) if share >= LEAST
    ]


def _share(topic: Topic, hit: Hit, numbers: Sequence[str]) -> float:
    """Return how much of a topic a passage says, 0 where it leaves out one of its terms.

    The number of a matter (議案第12号) stands there or does not.
    """
    parts = parts_of(hit)
    if numbers:
        text = "\n".join(filter(None, parts))
        return float(any(names_matter(text, number) for number in numbers))
    share = topic.told(parts, LEAST)
    if share < LEAST:
        return 0.0
    folded = [fold(part) for part in parts if part]
    return share if all(term.said(folded) >= EACH for term in topic.terms) else 0.0
