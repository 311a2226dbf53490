"""The prompt of ``kiroku ask`` on a terminal: a conversation, as in Slack."""

import contextlib
import datetime as dt
import importlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from bot.answer.answer import Answer, Reply
from bot.answer.at_a_glance import has_more
from bot.conversation.reading import Question, read_message
from bot.conversation.talk import Talk
from bot.history.meetings import History
from bot.question.history_intent import prior_topic
from bot.question.leaning import topics_of
from bot.slack.messages.talk import help_lines, talk_lines
from bot.texts import Wording, language_of, wording
from cli.options import Narrowed
from index.passage import Document

_MOST_BEFORE = 6
_OVER = frozenset({"exit", "quit", "終了", "終わり"})


class Asks(Protocol):
    """The open index, as far as the prompt asks it."""

    def ask(self, question: str, narrowed: Narrowed) -> Reply:
        """Return the answer to a question, or the decline."""
        ...

    def history(self, topic: str, narrowed: Narrowed) -> History:
        """Return the prior discussions of a topic."""
        ...

    def matter(self, questions: Sequence[str]) -> str | None:
        """Return the matter of a conversation, ``None`` where its questions name none."""
        ...


class Show(Protocol):
    """Where the prompt prints."""

    def reply(self, reply: Reply, *, full: bool = False) -> None:
        """Print an answer or a decline."""
        ...

    def history(self, history: History) -> None:
        """Print prior discussions."""
        ...

    def line(self, text: str) -> None:
        """Print a line in our own words."""
        ...


class Conversation:
    """What is said to and fro: each line is read as in Slack, and goes on from those before."""

    def __init__(
        self,
        index: Asks,
        narrowed: Narrowed,
        documents: Callable[[], tuple[Sequence[Document], dt.datetime | None]],
        show: Show,
        language: str,
    ) -> None:
        self._index = index
        self._narrowed = narrowed
        self._documents = documents
        self._show = show
        self._language = language
        self._before: list[str] = []
        self._last: Reply | None = None

    def say(self, text: str) -> None:
        """Answer what a line asks."""
        reading = read_message(text)
        words = wording(language_of(text, self._language))
        if reading.talk is not None:
            self._talk(reading.talk, words)
        elif not reading.questions:
            self._help(words)
        for number, question in enumerate(reading.questions, start=1):
            if len(reading.questions) > 1:
                self._show.line(f"{number}. {question.text}")
            self._answer(question)

    def _answer(self, question: Question) -> None:
        if question.fresh:
            self._before.clear()
        before = (*self._before, *question.context)
        self._before = [*before, question.text][-_MOST_BEFORE:]
        if topic := prior_topic(question.text):
            self._show.history(self._index.history(topic, self._narrowed))
            return
        self._last = self._index.ask(question.text, replace(self._narrowed, before=before))
        words = wording(self._last.language)
        if self._last.taken_over:
            self._show.line(words.taken_over.format(what=self._last.taken_over))
        self._show.reply(self._last)

    def _help(self, words: Wording) -> None:
        def discussed(topic: str) -> bool:
            return self._index.history(topic, self._narrowed).is_spoken_of

        self._lines(help_lines(self._documents()[0], words, discussed))

    def _talk(self, talk: Talk, words: Wording) -> None:
        if talk is Talk.HELP:
            self._help(words)
            return
        documents, ingested = self._documents()
        lines = talk_lines(talk, documents, words, ingested)
        if lines is not None:
            self._lines(lines)
        elif self._last is None:
            self._show.line(words.nothing_before)
        elif talk is Talk.OTHER_YEARS:
            self._other_years(words)
        elif talk is Talk.SOURCE:
            self._show.reply(self._last)
        elif isinstance(self._last, Answer) and not has_more(self._last):
            self._show.line(words.no_more)
        else:
            self._show.reply(self._last, full=True)

    def _other_years(self, words: Wording) -> None:
        matter = self._index.matter(self._before)
        found = [self._index.history(each, self._narrowed) for each in topics_of(matter or "")]
        if not matter or not found:
            self._show.line(words.nothing_before)
        else:
            self._show.history(next((each for each in found if each.meetings), found[0]))

    def _lines(self, lines: Sequence[str]) -> None:
        for line in lines:
            self._show.line(line)


def converse(say: Callable[[str], None]) -> None:
    """Prompt for one line after the other until there are no more, or one says that it is over."""
    with contextlib.suppress(ImportError):
        importlib.import_module("readline")  # line editing, where the platform has it
    with contextlib.suppress(EOFError):
        while (line := input("? ").strip()).lower() not in _OVER:
            if line:
                say(line)
