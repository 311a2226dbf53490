"""「原本を見る」: the page of a source as a picture, over real HTTP and a real websocket."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.slack.buttons import Do
from bot.slack.receiving.connection import SCOPES as ASKED_FOR
from tests.bot.council import MINUTES
from tests.bot.slack.bot_process import start_bot, wait_until_ready
from tests.bot.slack.canned_bot import PAGE
from tests.bot.slack.conftest import Start
from tests.bot.slack.test_serve_buttons import ASKER, actions, ask, told
from tests.slack_api import LocalSlack, refused

SCOPES = frozenset(ASKED_FOR) - {"files:write"}


def files_in(slack: LocalSlack, channel: str) -> list[dict[str, Any]]:
    """Return the files of a channel, with their bytes."""
    shared = [message for message in slack.messages(channel) if message.get("files")]
    return [slack.workspace.files[each["id"]] for message in shared for each in message["files"]]


@pytest.fixture
def narrow_slack() -> Iterator[LocalSlack]:
    """Give a Slack in which the app was installed before it asked for files:write."""
    with LocalSlack(scopes=SCOPES) as slack:
        yield slack


def test_without_pages_there_is_no_button(slack: LocalSlack, start: Start):
    """Where links open the page, or nothing can be drawn."""
    start()
    assert Do.ORIGINAL not in actions(ask(slack, "CPLAIN"))


def test_in_a_channel_the_page_comes_as_a_direct_message(slack: LocalSlack, start: Start):
    """To the one who pressed, with its source; the channel sees nothing of it."""
    start(DRAWN="1")
    reply = ask(slack, "CTREES")
    before = slack.messages("CTREES")
    slack.press(reply, Do.ORIGINAL, "UBABA")
    slack.wait_until(lambda: files_in(slack, "DUBABA"))
    (file,) = files_in(slack, "DUBABA")
    assert file["content"] == PAGE
    assert file["title"] == f"{MINUTES.title} / 令和5年11月15日 / 4ページ"
    assert "引用した箇所に印" in file["alt_txt"]
    slack.wait_until(lambda: told(slack, "CTREES"))
    assert [user for user, _ in told(slack, "CTREES")] == ["UBABA"]
    assert slack.messages("CTREES") == before
    first, shared = slack.messages("DUBABA")
    assert MINUTES.title in first["text"]
    assert shared["thread_ts"] == first["ts"]


def test_in_a_direct_message_the_page_stands_in_the_thread(slack: LocalSlack, start: Start):
    """Nothing else is said."""
    start(DRAWN="1")
    ts = slack.direct_message(ASKER, "街路樹は何本？")
    reply = slack.wait_for_reply(f"D{ASKER}", ts)
    slack.press(reply, Do.ORIGINAL, ASKER)
    slack.wait_until(lambda: files_in(slack, f"D{ASKER}"))
    assert slack.messages(f"D{ASKER}")[-1]["thread_ts"] == ts
    assert told(slack, f"D{ASKER}") == []


def test_a_file_that_is_gone_is_told(slack: LocalSlack, start: Start):
    """To the one who pressed."""
    start(DRAWN="0")
    slack.press(ask(slack, "CGONE"), Do.ORIGINAL, "UBABA")
    slack.wait_until(lambda: told(slack, "CGONE"))
    ((user, text),) = told(slack, "CGONE")
    assert user == "UBABA"
    assert "元の場所にない" in text


def test_what_slack_refuses_is_told(slack: LocalSlack, start: Start):
    """One may press again."""
    start(DRAWN="1")
    reply = ask(slack, "CFULL")
    slack.trouble("files.completeUploadExternal", refused("internal_error"))
    slack.press(reply, Do.ORIGINAL, "UBABA")
    slack.wait_until(lambda: told(slack, "CFULL"))
    assert "もう一度押してください" in told(slack, "CFULL")[0][1]
    slack.press(reply, Do.ORIGINAL, "UBABA")
    slack.wait_until(lambda: files_in(slack, "DUBABA"))


def test_a_missing_scope_is_named(narrow_slack: LocalSlack, tmp_path):
    """An app that was installed before this needs one more."""
    bot = start_bot(narrow_slack, tmp_path, 0, DRAWN="1")
    wait_until_ready(narrow_slack, bot)
    assert "lacks the scope files:write" in bot.said()
    narrow_slack.press(ask(narrow_slack, "COLD"), Do.ORIGINAL, "UBABA")
    narrow_slack.wait_until(lambda: told(narrow_slack, "COLD"))
    assert "files:write" in told(narrow_slack, "COLD")[0][1]
    assert bot.stop() == 0
