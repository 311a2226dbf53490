"""What is no question to the documents, as the prompt and scripts are replied to."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Protocol

from bot.answer.answer import Reply
from bot.conversation.talk import Talk
from bot.history.meetings import History
from bot.question.leaning import topics_of
from bot.slack.messages.talk import help_lines, talk_lines
from bot.texts import Wording
from cli.options import Narrowed
from index.passage import Document

Held = Callable[[], tuple[Sequence[Document], dt.datetime | None]]
"""Gives what is in the index, and when it was last changed."""


class Asks(Protocol):
    """The open index, as far as it is asked here."""

    def ask(self, question: str, narrowed: Narrowed) -> Reply:
        """Return the answer to a question, or the decline."""
        ...

    def history(self, topic: str, narrowed: Narrowed) -> History:
        """Return the prior discussions of a topic."""
        ...

    def matter(self, questions: Sequence[str]) -> str | None:
        """Return the matter of a conversation, ``None`` where its questions name none."""
        ...


def own_words(
    talk: Talk, index: Asks, narrowed: Narrowed, held: Held, words: Wording
) -> list[str] | None:
    """Return what replies to ``talk`` in our own words, as paragraphs.

    ``None`` where it is on what was asked before.
    """

    def discussed(topic: str) -> bool:
        return index.history(topic, narrowed).is_spoken_of

    if talk is Talk.HELP:
        return help_lines(held()[0], words, discussed)
    documents, ingested = held() if talk is Talk.INDEX else ((), None)
    return talk_lines(talk, documents, words, ingested)


def other_years(index: Asks, narrowed: Narrowed, before: Sequence[str]) -> History | None:
    """Return the prior discussions of what was asked ``before``; ``None`` without a matter.

    Of the first of its topics that has any, else of the fullest.
    """
    matter = index.matter(before)
    found = [index.history(topic, narrowed) for topic in topics_of(matter or "")]
    return next((each for each in found if each.meetings), found[0]) if matter and found else None
