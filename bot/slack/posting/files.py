"""Files sent to one person: in a direct conversation into its thread, else as a direct message.

What one person wants to look at is no news to the others of a channel.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.slack.buttons import Press
from bot.slack.messages.blocks import escape
from bot.slack.trouble import SLACK_TROUBLE, reason_of

MISSING_SCOPE = "missing_scope"


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file, its title in Slack, and what it shows in words, where it is a picture."""

    name: str
    title: str
    content: bytes
    alternative: str | None = None


@dataclass(frozen=True, slots=True)
class FileSender:
    """Sends them."""

    client: WebClient
    log: logging.Logger

    def send(self, press: Press, files: Sequence[SentFile]) -> str | None:
        """Send files to the one who pressed; return why Slack refuses, ``None`` when they stand."""
        try:
            self._send(press, files)
        except (SlackClientError, *SLACK_TROUBLE) as error:
            reason = reason_of(error)
            self.log.warning("%s: no file sent: %s", press.incoming.key, reason)
            return reason
        return None

    def _send(self, press: Press, files: Sequence[SentFile]) -> None:
        channel, thread = press.channel, press.root
        if not channel.startswith("D"):
            text = escape("\n".join(file.title for file in files))
            told = self.client.chat_postMessage(channel=press.user, text=text, mrkdwn=False)
            channel, thread = str(told["channel"]), str(told["ts"])
        self.client.files_upload_v2(
            channel=channel,
            thread_ts=thread,
            file_uploads=[
                {"file": file.content, "filename": file.name, "title": file.title}
                | ({"alt_txt": file.alternative} if file.alternative else {})
                for file in files
            ],
        )
