"""What was asked before a message in its conversation: read from Slack each time, kept nowhere."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.conversation.reading import questions_of
from bot.slack.incoming import mentions, plain_text
from bot.slack.threads.asked import reply_payload
from bot.slack.threads.read import Identity

_WITHIN_S = 3_600.0
"""Between two messages of a direct conversation that stand in no thread: later begins another."""


def earlier_questions(
    messages: Sequence[Mapping[str, Any]], ts: str, identity: Identity, *, direct: bool = False
) -> tuple[str, ...]:
    """Return the questions put to the bot before the message ``ts``, oldest first.

    By anybody: those that mention the bot, that it has replied to, and in a ``direct`` conversation
    all. Where one says that it is on another subject, what was before it counts no more.
    """
    answered = {str(reply_payload(each, identity).get("asked")) for each in messages}
    asked = [
        plain_text(str(each.get("text") or ""), identity.user)
        for each in messages
        if _is_before(each, ts)
        and _is_a_persons(each, identity)
        and (
            direct
            or str(each.get("ts")) in answered
            or mentions(str(each.get("text") or ""), identity.user)
        )
    ]
    return questions_of(asked)


def of_this_hour(messages: Sequence[Mapping[str, Any]], ts: str) -> list[Mapping[str, Any]]:
    """Return the messages of a direct conversation that belong together with the one at ``ts``."""
    return [each for each in messages if 0 <= float(ts) - float(each.get("ts") or 0) <= _WITHIN_S]


def _is_before(message: Mapping[str, Any], ts: str) -> bool:
    return float(message.get("ts") or 0) < float(ts)


def _is_a_persons(message: Mapping[str, Any], identity: Identity) -> bool:
    ours = message.get("user") == identity.user or message.get("bot_id") == identity.bot
    return bool(message.get("user")) and not message.get("bot_id") and not ours
