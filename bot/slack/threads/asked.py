"""From a pressed button back to the question: read from the thread, never from the button.

The reply under which the button stands carries in its metadata which message asked; that message
says what and who. So a button works after a restart, and cannot be made to say anything else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.slack.buttons import Asking, Do
from bot.slack.incoming import LONGEST_QUESTION, Incoming, kept, plain_text
from bot.slack.threads.read import Identity
from index.passage import Collection

EVENT_TYPE = "kiroku_reply"
"""The type of the metadata of our replies."""
BETWEEN = "|"
"""Between what several answers in one reply cite."""


@dataclass(frozen=True, slots=True)
class StandingReply:
    """A reply of ours that stands in Slack: its ``ts``, and the key of what it replied to."""

    ts: str
    key: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to be answered: by whom, how it is put, the message that asked it.

    ``instead`` is the reply that the new one replaces, where it does. ``before`` are the questions
    of the conversation before it, oldest first; ``others`` tells that more people ask there.
    ``files``: some came with it. ``cited`` is what the reply cites that a pressed button stands
    under. ``sees`` are the collections that it is asked of: none, unless it passed the gate.
    """

    text: str
    ts: str
    user: str
    cut: bool = False
    asking: Asking = field(default_factory=Asking)
    instead: StandingReply | None = None
    before: tuple[str, ...] = ()
    others: bool = False
    files: bool = False
    cited: str | None = None
    sees: frozenset[Collection] = frozenset()


def asked_by(incoming: Incoming) -> Asked:
    """Return what a message asks."""
    text, cut, files = incoming.text, incoming.cut, incoming.files
    return Asked(text, incoming.ts, incoming.user, cut, files=files)


def asked_under(
    messages: Sequence[Mapping[str, Any]],
    identity: Identity,
    press: Incoming,
    asking: Asking,
    do: Do,
) -> Asked | None:
    """Return what was asked above a pressed button; ``None`` where question or reply is gone.

    ``messages`` are those of its thread.
    """
    thread = {str(message.get("ts")): message for message in messages}
    payload = reply_payload(thread.get(press.since, {}), identity)
    asked = thread.get(str(payload.get("asked")))
    if asked is None or not asked.get("user") or asked.get("bot_id"):
        return None
    text = plain_text(asked.get("text") or "", identity.user)
    return Asked(
        text=kept(text),
        ts=str(asked["ts"]),
        user=str(asked["user"]),
        cut=len(text) > LONGEST_QUESTION,
        asking=asking,
        files=bool(asked.get("files")),
        cited=_cited_in(payload, asking.part or 0),
        instead=StandingReply(press.since, str(payload["question"])) if do.replaces else None,
    )


def asked_by_edit(
    messages: Sequence[Mapping[str, Any]], identity: Identity, edit: Incoming
) -> Asked | None:
    """Return what an edited question asks as it stands now, in the place of the reply to it.

    ``None`` where question or reply is gone. ``messages`` are those of its thread.
    """
    key = f"{edit.channel}:{edit.since}"
    asked = next((each for each in messages if each.get("ts") == edit.since), None)
    ours = (each for each in messages if reply_payload(each, identity).get("question") == key)
    reply = next(ours, None)
    if asked is None or reply is None:
        return None
    text = plain_text(asked.get("text") or "", identity.user)
    standing = StandingReply(str(reply["ts"]), key)
    cut = len(text) > LONGEST_QUESTION
    files = bool(asked.get("files"))
    return Asked(kept(text), edit.since, edit.user, cut, instead=standing, files=files)


def _cited_in(payload: Mapping[str, Any], part: int) -> str | None:
    """Return what one of several answers cites; ``None`` where a reply does not say, as once."""
    each = str(payload.get("cited") or "").split(BETWEEN)
    return each[part] or None if 0 <= part < len(each) else None


def reply_payload(message: Mapping[str, Any], identity: Identity) -> Mapping[str, Any]:
    """Return what a reply of ours says of itself; empty for any other message.

    Other apps can read and copy metadata: only our own messages count.
    """
    ours = message.get("bot_id") == identity.bot or message.get("user") == identity.user
    metadata = message.get("metadata") or {}
    if not ours or metadata.get("event_type") != EVENT_TYPE:
        return {}
    payload = metadata.get("event_payload") or {}
    return payload if isinstance(payload, Mapping) and payload.get("question") else {}
