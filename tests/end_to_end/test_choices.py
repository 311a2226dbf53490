"""What an ambiguous question may mean, each choice pressed, with the real ``kiroku serve``."""

import pytest

from bot.slack.buttons import Do
from tests.end_to_end.serving import Served, answer_in

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("user", "question"),
    [("UONE", "出席者は？"), ("UTWO", "第1条の目的は？"), ("UTHREE", "第4条第2項は？")],
)
def test_every_choice_leads_to_an_answer(served: Served, user: str, question: str):
    """The buttons stand right below what is asked back; each gives a quote with its source."""
    slack, channel = served.slack, f"D{user}"
    ts = slack.direct_message(user, question)
    asks_back = answer_in(slack, channel, ts)
    row = asks_back["blocks"][1]
    chosen = [
        each["action_id"] for each in row["elements"] if each["action_id"].startswith(Do.CHOOSE)
    ]
    assert len(chosen) >= 2
    for number, action in enumerate(chosen, start=2):
        slack.press(asks_back, action, user)
        slack.wait_until(lambda count=number: len(slack.replies(channel, ts)) == count)
        reply = slack.replies(channel, ts)[-1]
        assert any(each["type"] == "context_actions" for each in reply["blocks"])
        assert "[1]" in reply["text"]
        assert Do.CHOOSE not in str(reply["blocks"])
