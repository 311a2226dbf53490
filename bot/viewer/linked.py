"""Putting links on what was found, answered and told: each hit gets its ``url``.

At the edge, after everything is decided, so that nothing below knows of links.
"""

from collections.abc import Iterable
from dataclasses import replace

from bot.answer.answer import Answer, Reply
from bot.history.meetings import History, Meeting
from bot.viewer.links import Links
from bot.viewer.quoted import quoted_in
from index.passage import Hit


def linked_hit(hit: Hit, links: Links | None, quote: str = "") -> Hit:
    """Return a hit with the link to its passage; as it is where there are no links.

    The words of ``quote`` are marked there.
    """
    if links is None:
        return hit
    document, passage = hit.document, hit.passage
    own = links.of(document.collection)
    quoted = quoted_in(passage.text, quote)
    url = own.url(document.document, passage.passage_id, passage.text, quoted)
    return replace(hit, url=url)


def linked_hits(hits: Iterable[Hit], links: Links | None) -> tuple[Hit, ...]:
    """Return hits with their links."""
    return tuple(linked_hit(hit, links) for hit in hits)


def linked_reply(reply: Reply, links: Links | None) -> Reply:
    """Return an answer with links on its citations, a decline with links on what is nearest."""
    if isinstance(reply, Answer):
        cited = [
            replace(each, hit=linked_hit(each.hit, links, each.quote)) for each in reply.citations
        ]
        return replace(reply, citations=tuple(cited))
    nearest = linked_hits(reply.nearest, links)
    if reply.quote is not None:
        nearest = (linked_hit(reply.nearest[0], links, reply.quote), *nearest[1:])
    return replace(reply, nearest=nearest)


def linked_history(history: History, links: Links | None) -> History:
    """Return a history with links on its entries and decisions."""
    return replace(
        history, meetings=tuple(_linked_meeting(meeting, links) for meeting in history.meetings)
    )


def _linked_meeting(meeting: Meeting, links: Links | None) -> Meeting:
    entries = tuple(
        replace(each, hit=linked_hit(each.hit, links, each.quote)) for each in meeting.entries
    )
    decided = tuple(
        replace(each, hit=each.hit and linked_hit(each.hit, links)) for each in meeting.decided
    )
    return replace(meeting, entries=entries, decided=decided)
