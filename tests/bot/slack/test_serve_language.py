"""Where a question says nothing in any language, the language of the asker's Slack decides."""

import pytest

from bot.texts import EN, JA
from tests.slack_api import LocalSlack


@pytest.mark.usefixtures("shared_bot")
def test_home_and_empty_questions_speak_the_persons_language(shared_slack: LocalSlack):
    """As users.info tells it, for which no call of its own is made; else Japanese, or both."""
    slack = shared_slack
    slack.workspace.people.users["UENGLISH"] = {"locale": "en-GB"}
    slack.workspace.people.users["UJAPAN"] = {"locale": "ja-JP"}
    for user, words, others in (("UENGLISH", EN, JA), ("UJAPAN", JA, EN)):
        slack.open_home(user, "home")
        slack.wait_until(lambda user=user: user in slack.workspace.homes)
        home = str(slack.workspace.homes[user])
        assert words.home_lines[0] in home
        assert others.home_lines[0] not in home
        ts = slack.mention("CEMPTY", user, "？")
        assert words.help in slack.wait_for_reply("CEMPTY", ts)["text"]
    asked = [given["user"] for method, given in slack.calls if method == "users.info"]
    assert sorted(asked) == ["UENGLISH", "UJAPAN"]
    ts = slack.mention("CEMPTY", "UNOBODY", "？")
    assert JA.help in slack.wait_for_reply("CEMPTY", ts)["text"]


@pytest.mark.usefixtures("shared_bot")
def test_what_a_question_is_written_in_counts_more(shared_slack: LocalSlack):
    """Somebody whose Slack is English asks in Japanese: the bot speaks Japanese."""
    slack = shared_slack
    slack.workspace.people.users["UBOTH"] = {"locale": "en-US"}
    ts = slack.mention("CBOTH", "UBOTH", "使い方")
    assert JA.help in slack.wait_for_reply("CBOTH", ts)["text"]
