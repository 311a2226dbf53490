"""A hint for who calls the bot in a way that it does not answer: ``/me``, a post of a workflow."""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from slack_bolt import BoltResponse
from slack_sdk import WebClient

from bot.slack.incoming import mentions, plain_text
from bot.slack.messages.blocks import escape
from bot.slack.pace.workers import Workers
from bot.slack.threads.read import Identity
from bot.slack.trouble import SLACK_TROUBLE, reason_of
from bot.texts import language_of
from bot.texts.private import private_wording

_MOST_KNOWN = 10_000


@dataclass(frozen=True, slots=True)
class Call:
    """A call that is not answered: by a person, or by a workflow where ``user`` is ``None``."""

    channel: str
    thread: str | None
    ts: str
    caller: str
    user: str | None
    text: str


def call_from(body: Mapping[str, Any], bot_user: str) -> Call | None:
    """Return such a call in an Events API ``body``; ``None`` for all else, other bots among it."""
    event = body.get("event") or {}
    text, channel, ts = str(event.get("text") or ""), event.get("channel"), event.get("ts")
    if event.get("type") not in {"app_mention", "message"} or not channel or not ts:
        return None
    thread, direct = event.get("thread_ts"), event.get("channel_type") == "im"
    called = mentions(text, bot_user)
    if event.get("subtype") == "me_message" and event.get("user") and (called or direct):
        return Call(channel, thread, ts, event["user"], event["user"], text)
    bot = event.get("bot_id")
    if bot and called and (event.get("bot_profile") or {}).get("is_workflow_bot") is True:
        return Call(channel, thread, ts, bot, None, text)
    return None


@dataclass(slots=True)
class Hints:
    """Gives each caller the hint once, as long as this runs. A nicety."""

    client: WebClient
    identity: Identity
    workers: Workers
    language: str
    log: logging.Logger
    _known: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def overhear(
        self,
        body: Mapping[str, Any],
        next: Callable[[], BoltResponse],  # noqa: A002  Bolt passes arguments by name
    ) -> BoltResponse:
        """Hand the hint over, if somebody needs it."""
        call = call_from(body, self.identity.user)
        if call is not None and self._is_first(call.caller):
            self.workers.alone.put(call.caller, partial(self._give, call))
        return next()

    def _is_first(self, caller: str) -> bool:
        with self._lock:
            first = caller not in self._known and len(self._known) < _MOST_KNOWN
            self._known.add(caller)
        return first

    def _give(self, call: Call) -> None:
        said = plain_text(call.text, self.identity.user)
        text = escape(private_wording(language_of(said, self.language)).hint)
        try:
            if call.user is None:  # nobody in particular: whoever reads the workflow's post
                self.client.chat_postMessage(
                    channel=call.channel, thread_ts=call.thread or call.ts, text=text, mrkdwn=False
                )
            else:
                self.client.chat_postEphemeral(
                    channel=call.channel, user=call.user, thread_ts=call.thread, text=text
                )
        except SLACK_TROUBLE as error:
            self.log.info("%s:%s: no hint given: %s", call.channel, call.ts, reason_of(error))
