"""Prior discussions asked for in Slack, over real HTTP and a real websocket."""

import json
from typing import Any

import pytest

from bot.handout.fonts import japanese_font
from bot.slack.buttons import Do
from tests.bot.slack.bot_process import BotProcess, eventually
from tests.bot.slack.test_serve_buttons import told
from tests.bot.slack.test_serve_original import files_in
from tests.slack_api import LocalSlack


@pytest.fixture
def slack(shared_slack: LocalSlack, shared_bot: BotProcess) -> LocalSlack:
    """Give the Slack that one bot answers in for all tests of this module."""
    assert shared_bot.process.poll() is None
    return shared_slack


def asked(slack: LocalSlack, channel: str, question: str) -> str:
    """Return the blocks of the one reply to a mention, as JSON."""
    return json.dumps(reply_to(slack, channel, question)["blocks"], ensure_ascii=False)


def reply_to(slack: LocalSlack, channel: str, question: str) -> dict[str, Any]:
    """Return the one reply to a mention."""
    ts = slack.mention(channel, "UAOKI", question)
    reply = slack.wait_for_reply(channel, ts)
    assert len(slack.replies(channel, ts)) == 1
    return reply


def test_prior_discussions_are_told_by_meeting(slack: LocalSlack, shared_bot: BotProcess):
    """One message: the newest meetings first, who asked and answered, what was decided."""
    shown = asked(slack, "CHISTORY", "駐輪場はこれまでどう議論されてきましたか？")
    assert "「駐輪場」はこれまで4回の会議で取り上げられています（新しい順）。" in shown
    days = ["令和5年3月20日", "令和4年9月5日", "令和3年6月10日"]
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


def test_earlier_meetings_are_paged_through_by_whoever_presses(slack: LocalSlack):
    """The modal goes on behind the message's meetings; its own button leads back to the newest."""
    reply = reply_to(slack, "CPAGES", "駐輪場はこれまでどう議論されてきましたか？")
    before = slack.messages("CPAGES")
    slack.press(reply, Do.HISTORY, "UBABA")
    view = slack.wait_for_view("UBABA", "5件のうち4〜5件目")
    shown = json.dumps(view["blocks"], ensure_ascii=False)
    assert "令和2年4月1日" in shown
    assert "日付なし" in shown
    assert "令和5年3月20日" not in shown
    slack.press_in_view(view, f"{Do.HISTORY}_later", "UBABA")
    view = slack.wait_for_view("UBABA", "5件のうち1〜5件目")
    assert "令和5年3月20日" in json.dumps(view["blocks"], ensure_ascii=False)
    assert slack.messages("CPAGES") == before


def test_a_view_that_names_no_message_of_ours_shows_nothing_of_it(slack: LocalSlack):
    """What comes back with a press only says where to read the question; there it must stand."""
    reply = reply_to(slack, "CFORGED", "駐輪場はこれまでどう議論されてきましたか？")
    slack.press(reply, Do.HISTORY, "UDOI")
    view = slack.wait_for_view("UDOI", "5件のうち4〜5件目")
    place = json.dumps({"channel": "CFORGED", "ts": "1.000001", "root": reply["thread_ts"]})
    slack.press_in_view({**view, "private_metadata": place}, f"{Do.HISTORY}_later", "UDOI")
    slack.wait_for_view("UDOI", "もとの質問か答えが見つかりません")


def test_a_history_comes_as_a_table_with_all_meetings(slack: LocalSlack):
    """As a direct message to the one who presses, with what the message left out."""
    reply = reply_to(slack, "CTABLE", "駐輪場はこれまでどう議論されてきましたか？")
    slack.press(reply, Do.TABLE, "UCHIBA")
    slack.wait_until(lambda: files_in(slack, "DUCHIBA"))
    (file,) = files_in(slack, "DUCHIBA")
    content = file["content"].decode("utf-8-sig")
    assert file["content"].startswith(b"\xef\xbb\xbf")
    for day in ("2020-04-01", "2021-06-10", "2022-09-05", "2023-03-20"):
        assert day in content
    assert "駐輪場の放置自転車が目立つ。" in content
    slack.wait_until(lambda: told(slack, "CTABLE"))
    assert [user for user, _ in told(slack, "CTABLE")] == ["UCHIBA"]


@pytest.mark.skipif(japanese_font() is None, reason="no Japanese font on this machine")
def test_a_history_comes_as_a_picture(slack: LocalSlack):
    """A PNG that says in words what it shows."""
    ts = slack.direct_message("UENDO", "駐輪場はこれまでどう議論されてきましたか？")
    slack.press(slack.wait_for_reply("DUENDO", ts), Do.TIMELINE, "UENDO")
    slack.wait_until(lambda: files_in(slack, "DUENDO"))
    (file,) = files_in(slack, "DUENDO")
    assert file["content"].startswith(b"\x89PNG")
    told_in_words = "令和4年9月5日 決定: 駅前駐輪場条例の一部を改正する条例 原案のとおり可決"
    assert told_in_words in file["alt_txt"]
    assert slack.messages("DUENDO")[-1]["thread_ts"] == ts
