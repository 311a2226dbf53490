"""What is posted to the staff in charge: who asks what, where, and what is near it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.feedback.given import ShownPassage
from bot.slack.messages.blocks import Part, Run
from bot.slack.messages.layout import Message, first_fitting_layout
from bot.slack.messages.looked import Holdings, held_line
from bot.slack.messages.shortening import shorten, shorten_line
from bot.texts import Wording

_MOST_NEAR = 5
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Handover:
    """A question that ``user`` hands on: the link to it, what is near it, what was searched."""

    user: str
    question: str
    link: str | None
    near: Sequence[ShownPassage]
    holdings: Holdings | None


def staff_message(handover: Handover, words: Wording) -> Message:
    """Return the message. Words of people and documents are parsed by nobody."""
    layouts = [list(_parts(handover, words, longest)) for longest in (4_000, 1_000)]
    return first_fitting_layout(layouts, quotes=words.quotes)


def _parts(handover: Handover, words: Wording, longest: int) -> Iterator[Part]:
    before, _, after = words.staff_head.partition("{who}")
    yield Part((Run(before), Run("", user=handover.user), Run(after)))
    yield Part((Run(shorten(handover.question, longest)),), quoted=True)
    if handover.link:
        yield Part((Run(words.staff_link, url=handover.link),))
    if handover.holdings and handover.holdings.count:
        yield Part((Run(held_line(handover.holdings, words)),))
    if handover.near:
        yield Part((Run(words.nearest, bold=True),))
    for each in handover.near[:_MOST_NEAR]:
        facts = [shorten_line(each.title or each.document, _LONGEST_TITLE), each.place]
        yield Part((Run(" / ".join(fact for fact in facts if fact)),))
