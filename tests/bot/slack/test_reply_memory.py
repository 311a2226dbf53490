"""What is written down of a reply when it stands."""

import dataclasses
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answer.answer import Reply
from bot.feedback.given import ReplyId, ShownReply
from bot.feedback.store import FILE_NAME, FeedbackStore
from bot.slack.answering.told import Told
from bot.slack.buttons import Asking
from bot.slack.feedback.memory import ReplyMemory
from bot.slack.messages.layout import plain_message
from bot.slack.threads.asked import Asked, StandingReply
from index.passage import DEFAULT_COLLECTION, Filters
from tests.bot.council import MORE, SAID, ambiguous, answer_to, decline_of, unsure_of

ASKED = Asked("街路樹は何本？", "1.0", "UAOKI")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[FeedbackStore]:
    """Give an open store."""
    store = FeedbackStore(tmp_path / FILE_NAME)
    yield store
    store.close()


def kept(store: FeedbackStore, outcome: str, *replies: Reply, asked: Asked = ASKED) -> ShownReply:
    """Write down what some replies show and return what is then known."""
    told = Told(plain_message("…"), outcome, replies=replies)
    log = logging.getLogger("test")
    memory = ReplyMemory(store, lambda _: {DEFAULT_COLLECTION: 7}, keep_declined=True, log=log)
    memory.remember("C1", asked, told, "2.0")
    shown = store.shown(ReplyId("C1", "2.0", asked.asking.turn))
    assert shown is not None
    return shown


def declined(store: FeedbackStore) -> list[tuple[str, str]]:
    """Return the declined questions with their reasons."""
    return [(each.question, each.reason) for each in store.most_declined()]


def test_an_answer_is_known_by_its_quotes(store: FeedbackStore):
    """With the generation that they are of; nothing was declined."""
    shown = kept(store, "answered", answer_to("何本？", more=MORE))
    assert (shown.outcome, shown.reason, shown.alone) == ("answered", None, True)
    assert shown.generations == {DEFAULT_COLLECTION: 7}
    [passage] = shown.passages
    assert (passage.quote, passage.at_a_glance, passage.near) == (SAID, True, False)
    assert declined(store) == []


def test_what_is_near_is_told_from_what_is_cited(store: FeedbackStore):
    """The quote of a passage that may answer was seen; what is folded away was not."""
    [passage] = kept(store, "declined", unsure_of("たぶん？")).passages
    assert (passage.near, passage.quote, passage.at_a_glance) == (True, SAID, True)
    [passage] = kept(store, "declined", decline_of("ない話は？")).passages
    assert (passage.near, passage.quote, passage.at_a_glance) == (True, None, False)
    assert sorted(declined(store)) == [("たぶん？", "unsure"), ("ない話は？", "not_covered")]


def test_of_several_questions_each_that_is_declined_counts(store: FeedbackStore):
    """The message as a whole is one reply to more than one question."""
    shown = kept(store, "answered", answer_to("何本？"), decline_of("ない話は？"))
    assert (shown.outcome, shown.alone, len(shown.passages)) == ("answered", False, 2)
    assert declined(store) == [("ない話は？", "not_covered")]


def test_a_question_with_a_choice_made_is_not_its_words_alone(store: FeedbackStore):
    """Its words may mean something else as well."""
    chosen = dataclasses.replace(ASKED, asking=Asking(filters=Filters(body="緑の審議会")))
    assert not kept(store, "answered", answer_to("何本？"), asked=chosen).alone


def test_what_is_asked_back_or_asked_again_is_no_further_decline(store: FeedbackStore):
    """A question back is none; a decline that takes the place of a reply was counted before."""
    kept(store, "declined", ambiguous("どの審議会の街路樹？"))
    again = dataclasses.replace(
        ASKED, asking=Asking(narrow=False, turn=1), instead=StandingReply("2.0", "C1:1.0")
    )
    kept(store, "declined", decline_of("ない話は？"), asked=again)
    assert declined(store) == []


def test_a_topic_that_never_came_up_counts_as_declined(store: FeedbackStore):
    """A history of nothing has no passages to judge."""
    log = logging.getLogger("test")
    memory = ReplyMemory(store, lambda _: {}, keep_declined=True, log=log)
    memory.remember("C1", ASKED, Told(plain_message("…"), "declined"), "2.0")
    assert declined(store) == [(ASKED.text, "not_covered")]
    assert store.shown(ReplyId("C1", "2.0")) is None
