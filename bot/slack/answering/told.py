"""A message that replies, and what it shows."""

from dataclasses import dataclass

from bot.answer.answer import Answer, Reply
from bot.slack.messages.layout import Message
from index.passage import Hit


@dataclass(frozen=True, slots=True)
class Told:
    """A message that replies, the name of the outcome, and the hits that it shows.

    ``replies`` are the answers and declines in it, where it replies to questions, ``cited`` is what
    the message says of what these cite, for its buttons.
    """

    message: Message
    outcome: str
    hits: tuple[Hit, ...] = ()
    replies: tuple[Reply, ...] = ()
    cited: str = ""


def hits_in(reply: Reply) -> tuple[Hit, ...]:
    """Return the hits that an answer cites, or that a decline shows as the nearest."""
    if isinstance(reply, Answer):
        return tuple(each.hit for each in reply.citations)
    return reply.nearest
