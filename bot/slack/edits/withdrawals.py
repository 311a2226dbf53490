"""Taking back the replies to questions that were deleted."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.inbox import Inbox
from bot.slack.incoming import Incoming
from bot.slack.messages.blocks import escape
from bot.slack.pace.workers import Workers
from bot.slack.posting.draft import backoff_s
from bot.slack.threads.asked import reply_payload
from bot.slack.threads.read import Identity, read_thread
from bot.slack.trouble import (
    SLACK_TROUBLE,
    TOKEN_REFUSED,
    is_rate_limit,
    may_pass,
    reason_of,
    retry_after,
)
from bot.texts import language_of
from bot.texts.private import private_wording
from index.errors import StorageError

_LOOKS = 2
"""A reply that was on its way when its question was deleted is found with the second."""
_LOOK_AGAIN_S = 3.0


@dataclass(frozen=True, slots=True)
class Withdrawals:
    """Takes back the replies to deleted questions, on other threads."""

    client: WebClient
    identity: Identity
    inbox: Inbox
    workers: Workers
    language: str
    log: logging.Logger

    def begin(self, incoming: Incoming, _attempts: int, over: Callable[[], None]) -> None:
        """Withdraw what replied to a deleted question; call ``over`` when it is let go."""
        self._put(incoming, over, 0, 0)

    def _put(self, incoming: Incoming, over: Callable[[], None], looks: int, tries: int) -> None:
        work = partial(self._work, incoming, over, looks, tries)
        self.workers.reading.put((incoming.channel, incoming.root), work)

    def _work(self, incoming: Incoming, over: Callable[[], None], looks: int, tries: int) -> None:
        try:
            found = self._withdraw(incoming)
            if not found and looks + 1 < _LOOKS:
                again = partial(self._put, incoming, over, looks + 1, tries)
                self.workers.after(_LOOK_AGAIN_S, again)
                return
            self.inbox.done(incoming, "withdrawn" if found else "nothing_to_withdraw")
        except SLACK_TROUBLE as error:
            if (wait := _wait(error, tries)) is not None:
                again = partial(self._put, incoming, over, looks, tries + 1)
                self.workers.after(wait, again)
                return
            self.log.warning("%s: not withdrawn: %s", incoming.key, reason_of(error))
            self._close(incoming, reason_of(error))
        except StorageError as error:
            self.log.error("%s: waits in the inbox: %s", incoming.key, error)  # noqa: TRY400  the message says it all
        over()

    def _close(self, incoming: Incoming, reason: str) -> None:
        try:
            self.inbox.done(incoming, f"refused {reason}")
        except StorageError as error:
            self.log.error("%s: waits in the inbox: %s", incoming.key, error)  # noqa: TRY400  the message says it all

    def _withdraw(self, incoming: Incoming) -> bool:
        """Take the replies back; say whether there were any. Raises what the client raises."""
        try:
            thread = read_thread(self.client, incoming.channel, incoming.root)
        except SlackApiError as error:
            if reason_of(error) == "thread_not_found":  # nobody had replied to it
                return False
            raise
        ours = [
            message
            for message in thread
            if reply_payload(message, self.identity).get("asked") == incoming.since
        ]
        for reply in ours:
            if _spoken_below(thread, reply, self.identity):
                line = private_wording(language_of(str(reply.get("text")), self.language))
                self.client.chat_update(
                    channel=incoming.channel,
                    ts=str(reply["ts"]),
                    text=escape(line.withdrawn),
                    blocks=[],
                )
            else:
                self.client.chat_delete(channel=incoming.channel, ts=str(reply["ts"]))
        return bool(ours)


def _spoken_below(
    thread: Sequence[Mapping[str, Any]], reply: Mapping[str, Any], identity: Identity
) -> bool:
    """Say whether anybody wrote below a reply: without it they would seem to speak of nothing."""
    return any(
        float(message.get("ts") or 0) > float(reply["ts"])
        and message.get("user") != identity.user
        and message.get("bot_id") != identity.bot
        for message in thread
    )


def _wait(error: Exception, tries: int) -> float | None:
    """Return after how many seconds to try again; ``None`` where Slack will never let us."""
    if not isinstance(error, SlackApiError):
        return backoff_s(tries)
    if is_rate_limit(error):
        return max(retry_after(error), backoff_s(tries))
    passes = may_pass(error) or reason_of(error) in TOKEN_REFUSED
    return backoff_s(tries) if passes else None
