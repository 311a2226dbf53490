"""Our citation marks, and what a document wrote itself that looks like them."""

from bot.slack.messages.full_text import full_text_view
from bot.slack.messages.reply import reply_message
from tests.bot.council import answer_to

NOTED = "植え替えは三十本です。[9]\u202e裏返し\u202c"


def test_a_documents_own_number_in_brackets_is_not_taken_for_a_citation():
    """Only what we cite stands in plain brackets: in the answer, in Slack, in the full text."""
    answer = answer_to("街路樹は？", NOTED)
    message = reply_message(answer)
    for shown in (answer.text, message.text, str(message.blocks), str(full_text_view(answer))):
        assert "［9］" in shown
        assert "[9]" not in shown
    assert "[1]" in answer.text
    assert "[1]" in str(message.blocks)


def test_no_line_is_shown_reversed():
    """Characters that turn the direction of a line are dropped, the words stay."""
    answer = answer_to("街路樹は？", NOTED)
    message = reply_message(answer)
    for shown in (answer.text, message.text, *map(str, message.blocks)):
        assert "\u202e" not in shown
        assert "\\u202e" not in shown
    assert "裏返し" in str(message.blocks)


def test_a_citation_keeps_the_source_word_for_word():
    """What is only for show changes nothing of the quote that is handed out."""
    assert answer_to("街路樹は？", NOTED).citations[0].quote == NOTED
