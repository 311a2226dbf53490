"""The prompt of ``kiroku ask`` on a terminal: a conversation, as in Slack."""

import contextlib
import importlib
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from bot.answer.answer import Answer, Reply
from bot.answer.at_a_glance import has_more
from bot.conversation.reading import MOST_BEFORE, Question, read_message
from bot.conversation.talk import Talk
from bot.history.meetings import History
from bot.question.history_intent import prior_topic
from bot.texts import Wording, language_of, wording
from cli.asking.talking import Asks, Held, other_years, own_words
from cli.options import Narrowed

_OVER = frozenset({"exit", "quit", "終了", "終わり"})


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
        held: Held,
        show: Show,
        language: str,
    ) -> None:
        self._index = index
        self._narrowed = narrowed
        self._held = held
        self._show = show
        self._language = language
        self._before: list[str] = []
        self._last: Reply | None = None

    def say(self, text: str) -> None:
        """Answer what a line asks."""
        reading = read_message(text)
        words = wording(language_of(text, self._language))
        if not reading.questions:
            self._talk(reading.talk or Talk.HELP, words)
        for number, question in enumerate(reading.questions, start=1):
            if len(reading.questions) > 1:
                self._show.line(f"{number}. {question.text}")
            self._answer(question)

    def _answer(self, question: Question) -> None:
        if question.fresh:
            self._before.clear()
        before = (*self._before, *question.context)
        self._before = [*before, question.text][-MOST_BEFORE:]
        if topic := prior_topic(question.text):
            self._show.history(self._index.history(topic, self._narrowed))
            return
        self._last = self._index.ask(question.text, replace(self._narrowed, before=before))
        words = wording(self._last.language)
        if self._last.taken_over:
            self._show.line(words.taken_over.format(what=self._last.taken_over))
        self._show.reply(self._last)

    def _talk(self, talk: Talk, words: Wording) -> None:
        lines = own_words(talk, self._index, self._narrowed, self._held, words)
        if lines is not None:
            for line in lines:
                self._show.line(line)
        elif self._last is None:
            self._show.line(words.nothing_before)
        elif talk is Talk.OTHER_YEARS:
            history = other_years(self._index, self._narrowed, self._before)
            if history is None:
                self._show.line(words.nothing_before)
            else:
                self._show.history(history)
        elif talk is Talk.SOURCE:
            self._show.reply(self._last)
        elif isinstance(self._last, Answer) and not has_more(self._last):
            self._show.line(words.no_more)
        else:
            self._show.reply(self._last, full=True)


def converse(say: Callable[[str], None]) -> None:
    """Prompt for one line after the other until there are no more, or one says that it is over."""
    with contextlib.suppress(ImportError):
        importlib.import_module("readline")  # line editing, where the platform has it
    with contextlib.suppress(EOFError):
        while (line := input("? ").strip()).lower() not in _OVER:
            if line:
                say(line)
