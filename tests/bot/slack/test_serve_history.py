"""Prior discussions asked for in Slack, over real HTTP and a real websocket."""

import json

import pytest

from tests.bot.slack.bot_process import BotProcess, eventually
from tests.slack_api import LocalSlack


@pytest.fixture
def slack(shared_slack: LocalSlack, shared_bot: BotProcess) -> LocalSlack:
    """Give the Slack that one bot answers in for all tests of this module."""
    assert shared_bot.process.poll() is None
    return shared_slack


def asked(slack: LocalSlack, channel: str, question: str) -> str:
    """Return the blocks of the one reply to a mention, as JSON."""
    ts = slack.mention(channel, "UAOKI", question)
    reply = slack.wait_for_reply(channel, ts)
    assert len(slack.replies(channel, ts)) == 1
    return json.dumps(reply["blocks"], ensure_ascii=False)


def test_prior_discussions_are_told_by_meeting(slack: LocalSlack, shared_bot: BotProcess):
    """One message: the meetings oldest first, who asked and answered, what was decided."""
    shown = asked(slack, "CHISTORY", "駐輪場はこれまでどう議論されてきましたか？")
    assert "「駐輪場」はこれまで4回の会議で取り上げられています（古い順）。" in shown
    days = ["令和2年4月1日", "令和3年6月10日", "令和4年9月5日", "令和5年3月20日", "日付なし"]
    places = [shown.index(day) for day in days]
    assert places == sorted(places)
    assert "原委員 → 土木課長" in shown
    assert "原案のとおり可決" in shown
    assert "駐輪場はこれまでどう議論されてきましたか？" not in shared_bot.asked()
    eventually(lambda: ": history" in shared_bot.said())


def test_a_topic_that_never_came_up_is_told_plainly(slack: LocalSlack):
    """No meeting and nothing near instead."""
    shown = asked(slack, "CNEVER", "空飛ぶ車は前にも出た話ですか")
    assert "「空飛ぶ車」を取り上げた会議や資料は、登録された資料の中に見つかりませんでした" in shown
    assert "divider" not in shown


def test_an_english_question_is_framed_in_english(slack: LocalSlack):
    """Head and promise in English, the words as they were said."""
    shown = asked(slack, "CENGLISH", "What has been said before about bicycle racks?")
    assert "“bicycle racks” came up at 1 meeting(s) so far" in shown
    assert "Forty racks. We will add twenty next spring." in shown
    assert "says what will be done" in shown
