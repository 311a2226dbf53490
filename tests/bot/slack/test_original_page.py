"""The button 「原本を見る」: under which replies it stands."""

from dataclasses import replace

from bot.answer.answer import Answer, Citation, Sentence
from bot.slack.buttons import Asking, Do
from bot.slack.messages.reply import reply_message
from bot.slack.original_page import shown_on_pages, source_of, with_original
from tests.bot.council import SAID, ambiguous, answer_to, decline_of, hit


def buttons_of(reply):
    """Return the buttons under a reply."""
    message = with_original(reply_message(reply), reply, Asking())
    rows = [block for block in message.blocks if block["type"] == "actions"]
    assert len(rows) <= 1
    return [each["action_id"] for row in rows for each in row["elements"]]


def test_an_answer_from_a_page_has_it_behind_its_other_buttons():
    """In the same row."""
    assert buttons_of(answer_to("街路樹は？", more="もっと。"))[-1] == Do.ORIGINAL
    assert buttons_of(answer_to("街路樹は？")).count(Do.ORIGINAL) == 1


def test_what_links_to_its_page_or_has_none_needs_no_button():
    """A link is better; a text file has no pages."""
    linked = replace(hit(), url="https://kiroku.town.example/p/x/y")
    no_page = replace(hit(), passage=replace(hit().passage, page=None, last_page=None))
    for shown in (linked, no_page):
        answer = replace(answer_to("街路樹は？"), citations=(Citation(1, SAID, shown),))
        assert Do.ORIGINAL not in buttons_of(answer)


def test_a_decline_has_it_for_a_passage_that_may_answer_only():
    """What is merely near is not offered."""
    assert Do.ORIGINAL not in buttons_of(decline_of("街路樹は？"))
    assert Do.ORIGINAL not in buttons_of(ambiguous("街路樹は？"))
    assert Do.ORIGINAL in buttons_of(replace(decline_of("街路樹は？"), quote=SAID))


def test_a_page_is_sent_once():
    """Two citations of one page are one picture."""
    two = (Citation(1, SAID, hit()), Citation(2, SAID, hit(rank=2)))
    said = (Sentence(SAID, (1,)), Sentence(SAID, (2,)))
    answer = Answer("街路樹は？", said, two, "ja")
    assert [quote for _, quote in shown_on_pages(answer)] == [SAID]
    assert source_of(shown_on_pages(answer)[0][0], "en").endswith(" / 2023-11-15 / p. 4")
