"""What a person sees of the running bot, over real HTTP and a real websocket."""

from tests.bot.conftest import Start
from tests.bot.council import SAID
from tests.slack_api import LocalSlack


def test_a_mention_is_answered_in_its_thread(slack: LocalSlack, start: Start):
    """A mention in a channel gets one cited answer, in the thread of the mention."""
    start()
    ts = slack.mention("CGREEN", "UAOKI", "街路樹は何本植え替えますか？")
    reply = slack.wait_for_reply("CGREEN", ts)
    assert SAID in reply["text"]
    assert "緑政課長" in reply["text"]
    slack.wait_until_acked()
    assert len(slack.replies("CGREEN", ts)) == 1
