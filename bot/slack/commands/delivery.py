"""Putting into Slack what one person sees alone, by the way in which they can be reached."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.slack.commands.asking import Reach
from bot.slack.inbox import Inbox
from bot.slack.messages.layout import Message
from bot.slack.trouble import (
    SLACK_TROUBLE,
    TOKEN_REFUSED,
    NotNow,
    is_rate_limit,
    may_pass,
    reason_of,
    retry_after,
)
from index.errors import StorageError

_TIMEOUT_S = 10
_OK = 200
_TOO_MANY = 429
_SERVER_ERROR = 500
_SLACK_HOSTS = (".slack.com", ".slack-gov.com")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Slack will never take it that way: the address is used up, the bot is not in the channel."""

    reason: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """Makes the calls, each once, and waits for nothing.

    What is posted for all stands in the ``inbox``, by a name: over a restart too, it is known then.
    """

    client: WebClient
    inbox: Inbox
    log: logging.Logger

    def put(
        self, reach: Reach, user: str, message: Message, *, instead: bool = False
    ) -> Refusal | NotNow | None:
        """Show a message to ``user``: where they asked if that goes, else as a direct message.

        ``instead``: in the place of the one under which they pressed a button. ``None``: it stands.
        """
        if reach.response_url and self._is_slacks(reach.response_url):
            told = self._respond(reach.response_url, message, instead=instead)
            if not isinstance(told, Refusal):
                return told
            self.log.info("not by its response_url: %s", told.reason)
        if reach.channel:
            where = {"channel": reach.channel, "user": user, "thread_ts": reach.thread}
            told = self._call("chat.postEphemeral", where, message)
            if not isinstance(told, Refusal):
                return told
            self.log.info("not shown in %s: %s", reach.channel, told.reason)
        return self._call("chat.postMessage", {"channel": user, "mrkdwn": False}, message)

    def has_posted(self, channel: str, name: str) -> bool:
        """Say whether a message of this name was posted. Raises :class:`StorageError`."""
        return self.inbox.knows(channel, _row(name))

    def post(
        self, name: str, channel: str, thread: str | None, message: Message
    ) -> Refusal | NotNow | None:
        """Post a message where everybody sees it, and write its name down."""
        where = {"channel": channel, "thread_ts": thread, "mrkdwn": False}
        result = self._call("chat.postMessage", where, message)
        if result is None:
            try:
                self.inbox.note(channel, _row(name), "shared")
            except StorageError as error:
                self.log.error("%s: posted, and not written down: %s", name, error)  # noqa: TRY400  the message says it all
        return result

    def _respond(self, url: str, message: Message, *, instead: bool) -> Refusal | NotNow | None:
        body: dict[str, Any] = {
            "response_type": "ephemeral",
            "replace_original": instead,
            "text": message.text,
            "blocks": list(message.blocks),
        }
        # the SDK's own logger would write the address and the words at DEBUG: ours does not
        sender = WebhookClient(url, timeout=_TIMEOUT_S, logger=self.log, retry_handlers=[])
        try:
            answer = sender.send_dict(body)
        except SLACK_TROUBLE as error:
            return NotNow(type(error).__name__)
        if answer.status_code == _TOO_MANY:
            wait = str(answer.headers.get("Retry-After", "1"))
            return NotNow("ratelimited", float(wait) if wait.isdigit() else 1.0)
        if answer.status_code >= _SERVER_ERROR:
            return NotNow(f"HTTP {answer.status_code}")
        return None if answer.status_code == _OK else Refusal(f"HTTP {answer.status_code}")

    def _call(
        self, method: str, where: Mapping[str, Any], message: Message
    ) -> Refusal | NotNow | None:
        given = {name: value for name, value in where.items() if value is not None}
        shown = {"text": message.text, "blocks": list(message.blocks)}
        quiet = {"unfurl_links": False, "unfurl_media": False} if "mrkdwn" in given else {}
        try:
            self.client.api_call(method, json={**given, **shown, **quiet})
        except SlackApiError as error:
            if is_rate_limit(error):
                return NotNow(reason_of(error), retry_after(error))
            if may_pass(error) or reason_of(error) in TOKEN_REFUSED:
                return NotNow(reason_of(error))
            return Refusal(reason_of(error))
        except SLACK_TROUBLE as error:
            return NotNow(type(error).__name__)
        return None

    def _is_slacks(self, url: str) -> bool:
        """Say whether an address is one of Slack's, or of what stands in for it."""
        asked, known = urlsplit(url), urlsplit(self.client.base_url)
        if (asked.scheme, asked.netloc) == (known.scheme, known.netloc):
            return True
        return asked.scheme == "https" and (asked.hostname or "").endswith(_SLACK_HOSTS)


def _row(name: str) -> str:
    return f"shared/{name}"
