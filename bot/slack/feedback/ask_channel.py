"""「担当に聞く」: what was not answered is posted to the channel of the staff in charge, once.

The channel's members read what is posted, so documents are named there only as far as the question
would see them if it were asked in that channel.
"""

import logging
from dataclasses import dataclass
from enum import Enum
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.access.audit import Seen
from bot.feedback.given import Referral, ShownPassage
from bot.feedback.store import FeedbackStore, Handed
from bot.slack.access.gate import Closed
from bot.slack.access.guard import Guard
from bot.slack.answering.replies import Replies
from bot.slack.answering.source import Collections
from bot.slack.buttons import Press
from bot.slack.feedback.staff_message import Handover, staff_message
from bot.slack.feedback.under import Under, UnderButton
from bot.slack.messages.blocks import escape
from bot.slack.messages.layout import Message
from bot.slack.messages.looked import holdings_of
from bot.slack.posting.poster import Poster
from bot.slack.trouble import SLACK_TROUBLE, TOKEN_REFUSED, may_pass, reason_of
from bot.texts import wording
from index.errors import StorageError

EVENT_TYPE = "kiroku_staff"
"""The type of the metadata of what is posted there."""
_LOOKED_AT = 100
_WAY = "staff"


class _Sent(Enum):
    """How a post went."""

    THERE = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class AskChannel:
    """Hands questions on to ``channel``."""

    channel: str
    client: WebClient
    under: UnderButton
    store: FeedbackStore
    poster: Poster
    replies: Replies
    guard: Guard
    log: logging.Logger

    def pressed(self, press: Press, language: str) -> None:
        """Hand a question on, once for each who presses, and tell them how that went."""
        with self.under.held(press) as mine:
            if not mine:
                return
            try:
                line = self._handed_on(press, language)
            except StorageError as error:
                self.log.error("%s: not handed on: %s", press.incoming.key, error)  # noqa: TRY400  the message says it all
                line = wording(language).not_now
        # the channel stands in it as Slack shows channels, a name only to who may know it
        self.poster.tell_marked(press.incoming, escape(line).format(channel=f"<#{self.channel}>"))

    def _handed_on(self, press: Press, language: str) -> str:
        """Return the sentence that tells of it."""
        words = wording(language)
        found = self.under.find(press, language)
        if isinstance(found, str):
            return found
        referral = Referral(press.channel, found.asked.ts, press.user)
        handed = self.store.hand_on(referral)
        if handed is Handed.SENT:
            return words.staff_already
        seen = self._seen(press, found)
        near = [each for each in _near(found) if each.collection in seen]
        message = self._message(press, found, near, seen)
        key = f"{referral.channel}:{referral.question}:{referral.user}"
        sent = self._post(message, key, look_first=handed is Handed.OPEN)
        shown = [Seen(each.collection, each.document, each.passage) for each in near]
        told = shown if sent is _Sent.THERE else []
        self.guard.record.write_seen(press.incoming, found.asked, sent.value, told, _WAY)
        if sent is _Sent.THERE:
            self.store.handed_on(referral)
            return words.staff_sent
        return words.staff_refused if sent is _Sent.REFUSED else words.not_now

    def _seen(self, press: Press, found: Under) -> Collections:
        """Return the collections that may be named: as if the question were asked there."""
        there = self.guard.gate.sees(press.user, self.channel)
        if isinstance(there, Closed):
            return frozenset()
        return there & found.own & found.asked.sees

    def _message(
        self, press: Press, found: Under, near: list[ShownPassage], seen: Collections
    ) -> Message:
        words = self.replies.words(found.asked.text)
        holdings = holdings_of(self.replies.shelf.documents(seen)) if seen else None
        link = self._link(press.channel, found.asked.ts)
        return staff_message(Handover(press.user, found.asked.text, link, near, holdings), words)

    def _link(self, channel: str, ts: str) -> str | None:
        try:
            told = self.client.chat_getPermalink(channel=channel, message_ts=ts)
            return str(told["permalink"])
        except SLACK_TROUBLE as error:
            self.log.warning("%s:%s: no link to it: %s", channel, ts, reason_of(error))
            return None

    def _post(self, message: Message, key: str, *, look_first: bool) -> _Sent:
        """Post once. Whether a post was made whose answer is lost, is told by looking for it."""
        for _ in range(2):
            try:
                if look_first and self._stands(key):
                    return _Sent.THERE
                self._send(message, key)
            except SLACK_TROUBLE as error:
                reason = reason_of(error)
                if isinstance(error, SlackApiError) and _is_final(error):
                    self.log.error(  # noqa: TRY400  the message says it all
                        "KIROKU_ASK_CHANNEL %s takes nothing (%s): invite the bot there "
                        "(/invite @kiroku), or set another channel",
                        self.channel,
                        reason,
                    )
                    return _Sent.REFUSED
                self.log.warning("%s: not handed on yet (%s)", key, reason)
                look_first = True
            else:
                return _Sent.THERE
        return _Sent.UNKNOWN

    def _send(self, message: Message, key: str) -> None:
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"asked": key}}
        self.client.chat_postMessage(
            channel=self.channel,
            text=message.text,
            blocks=list(message.blocks),
            metadata=metadata,
            mrkdwn=False,
            unfurl_links=False,
            unfurl_media=False,
        )

    def _stands(self, key: str) -> bool:
        """Say whether it stands there. Raises what the client raises, apart from a refusal."""
        try:
            page = self.client.conversations_history(
                channel=self.channel, limit=_LOOKED_AT, include_all_metadata=True
            )
        except SlackApiError as error:
            if not _is_final(error):
                raise
            return False
        messages: list[dict[str, Any]] = page.get("messages") or []
        return any(_key_of(message) == key for message in messages)


def _near(found: Under) -> list[ShownPassage]:
    """Return what a decline named as near, one of each place."""
    passages = found.shown.passages if found.shown else ()
    near = [each for each in passages if each.near]
    return list({(each.document, each.place): each for each in reversed(near)}.values())[::-1]


def _key_of(message: dict[str, Any]) -> object:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return None
    return (metadata.get("event_payload") or {}).get("asked")


def _is_final(error: SlackApiError) -> bool:
    return not may_pass(error) and reason_of(error) not in TOKEN_REFUSED
