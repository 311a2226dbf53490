"""A conversation at the prompt of ``kiroku ask``."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from bot.answer.answer import Reply
from bot.history.meetings import History
from bot.texts import EN, JA
from cli.asking.prompt import Conversation
from cli.options import Narrowed
from index.passage import Document, Filters
from tests.bot.council import MORE, answer_to, council_documents


@dataclass
class Index:
    """Answers all, and remembers what it was asked and after what."""

    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    more: str = MORE

    def ask(self, question: str, narrowed: Narrowed) -> Reply:
        """Answer."""
        self.asked.append((question, narrowed.before))
        taken_over = "街路樹" if "それ" in question and narrowed.before else None
        return replace(answer_to(question, more=self.more), taken_over=taken_over)

    def history(self, topic: str, narrowed: Narrowed) -> History:
        """Know of nothing."""
        assert narrowed
        return History(topic, "ja")

    def matter(self, questions: Sequence[str]) -> str | None:
        """Return the last question."""
        return questions[-1]


@dataclass
class Shown:
    """Remembers what was printed."""

    printed: list[str] = field(default_factory=list)

    def reply(self, reply: Reply, *, full: bool = False) -> None:
        """Print an answer."""
        self.printed.append(f"answer to {reply.question}" + " in full" * full)

    def history(self, history: History) -> None:
        """Print a history."""
        self.printed.append(f"history of {history.topic}")

    def line(self, text: str) -> None:
        """Print a line."""
        self.printed.append(text)


def held() -> tuple[list[Document], dt.datetime | None]:
    """Return what is in the index."""
    return council_documents(), None


@pytest.fixture
def index() -> Index:
    """Give an index."""
    return Index()


@pytest.fixture
def shown() -> Shown:
    """Give a screen."""
    return Shown()


@pytest.fixture
def talk(index: Index, shown: Shown) -> Conversation:
    """Give a conversation."""
    return Conversation(index, Narrowed(Filters(), 5), held, shown, "auto")


def test_each_question_goes_on_from_those_before_it(talk: Conversation, index: Index, shown: Shown):
    """What is taken over is told; 「ところで」 begins anew."""
    for line in ("街路樹は何本？", "それはいつ？", "ところで給食費は？"):
        talk.say(line)
    assert index.asked == [
        ("街路樹は何本？", ()),
        ("それはいつ？", ("街路樹は何本？",)),
        ("給食費は？", ()),
    ]
    assert shown.printed[1] == JA.taken_over.format(what="街路樹")


def test_what_asks_nothing_is_not_looked_up(talk: Conversation, index: Index, shown: Shown):
    """Thanks, a call for help and a question for the documents are answered in our own words."""
    for line in ("ありがとう", "Thanks!", "使い方", "どんな資料がある？", "もっと詳しく", "？"):
        talk.say(line)
    assert index.asked == []
    assert shown.printed[:3] == [JA.thanks, EN.thanks, JA.help]
    assert JA.index_head.format(count=2) in shown.printed
    assert JA.nothing_before in shown.printed


def test_more_shows_the_last_answer_in_full(talk: Conversation, index: Index, shown: Shown):
    """And says so where there is no more."""
    talk.say("街路樹は何本？")
    talk.say("もっと詳しく")
    assert shown.printed[-1] == "answer to 街路樹は何本？ in full"
    index.more = ""
    talk.say("何本ですか？")
    talk.say("続きは？")
    assert shown.printed[-1] == JA.no_more


def test_other_years_show_the_history(talk: Conversation, shown: Shown):
    """Of what was asked last."""
    talk.say("街路樹")
    talk.say("他の年は？")
    assert shown.printed[-1] == "history of 街路樹"


def test_a_question_for_how_it_came_about_shows_the_history(
    talk: Conversation, index: Index, shown: Shown
):
    """As in Slack; what follows goes on from it."""
    talk.say("街路樹の植え替えの経緯を教えて")
    assert shown.printed == ["history of 街路樹の植え替え"]
    talk.say("それは何本？")
    assert index.asked == [("それは何本？", ("街路樹の植え替えの経緯を教えて",))]


def test_several_questions_are_answered_by_number(talk: Conversation, shown: Shown):
    """Each under its number."""
    talk.say("街路樹は何本ですか？給食費は上がりますか？")
    assert shown.printed == [
        "1. 街路樹は何本ですか？",
        "answer to 街路樹は何本ですか？",
        "2. 給食費は上がりますか？",
        "answer to 給食費は上がりますか？",
    ]
