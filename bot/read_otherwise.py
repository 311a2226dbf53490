"""A question that may be read in more than one way, and which of the replies is given."""

from collections.abc import Callable
from dataclasses import replace

from bot.answer.answer import Answer, Declined, DeclineReason, Reply
from bot.question.list_intent import asks_of_a_meeting
from index.search.searcher import Searcher

_SURE = 0.65
"""How likely an answer to a question in other words must be: it is more often to another matter."""


def read_otherwise(
    question: str, reply: Reply, searcher: Searcher, ask: Callable[[str], Reply]
) -> Reply:
    """Return the surest reply to a question as it is typed and as it may be read besides.

    One all in kana is also asked as it is spelled in the words of the index, one that is not
    answered also in words of papers for those of daily life.
    """
    if spelled := searcher.spelled(question):
        heard = ask(spelled)
        other = replace(heard, question=question, read_as=spelled, absent=reply.absent)
        reply = max(other, reply, key=sureness)
    if isinstance(reply, Answer) or reply.confidence is None:
        return reply
    if reply.reason is DeclineReason.AMBIGUOUS:
        return reply
    others = (
        replace(other, question=question, read_as=words)
        for words in searcher.in_other_words(spelled or question)
        if isinstance(other := ask(words), Answer) and sureness(other) >= (True, _SURE)
    )
    return max(others, key=sureness, default=reply)


def surer(question: str, going_on: Reply, alone: Reply) -> Reply:
    """Return the better of two replies, to a question as a follow-up and by itself."""
    asks_back = isinstance(alone, Declined) and alone.reason is DeclineReason.AMBIGUOUS
    if asks_of_a_meeting(question) and (asks_back or isinstance(alone, Answer)):
        return alone
    return max(alone, going_on, key=sureness)


def sureness(reply: Reply) -> tuple[bool, float]:
    """Return what makes a reply worth more than another; of two that say nothing neither is."""
    if isinstance(reply, Declined) and reply.reason is not DeclineReason.UNSURE:
        return False, 0.0
    return isinstance(reply, Answer), reply.confidence or 0.0
