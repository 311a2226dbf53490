"""A reply as one person sees it alone: with its question, and with buttons that carry that. Pure.

Nothing of it stands in Slack where it could be read again, so these buttons say what was asked: as
long as that fits. Whoever could make one say something else could ask that just as well; and what a
press shows is looked up anew, past the gate.
"""

import hashlib
import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.slack.answering.told import Told, hits_in
from bot.slack.buttons import LONGEST_VALUE, Asking, Do, read_value, value_of
from bot.slack.messages.blocks import Part, Run, blocks_of, escape, text_of
from bot.slack.messages.layout import Message
from bot.slack.messages.shortening import shorten_line
from bot.slack.threads.asked import Asked
from bot.texts.private import private_wording
from index.passage import Hit

PRIVATE = "kiroku_private"
"""What the ``action_id`` of every such button begins with."""
_SHARE = f"{PRIVATE}_share"
_WORKING = (Do.MORE, Do.WIDEN, Do.NARROW, Do.ALONE, Do.CHOOSE, Do.ORIGINAL)
_LONGEST_ROW = 2_800
"""Characters of the buttons as JSON, on top of what a message's other blocks may have."""
_LONGEST_SHOWN = 120


@dataclass(frozen=True, slots=True)
class PrivatePress:
    """A press under such a reply: ``do`` is what it does, ``None`` to share the reply.

    ``shown`` is the digest of what the reply shows (:func:`digest_of`). ``thread`` is that in which
    it stands, if any; ``value`` is what the button carries.
    """

    do: Do | None
    asking: Asking
    question: str
    shown: str
    channel: str
    thread: str | None
    ts: str
    user: str
    trigger: str
    response_url: str | None
    value: str

    @property
    def name(self) -> str:
        """The same for every press of one button by one person."""
        digest = hashlib.sha256(self.value.encode()).hexdigest()[:8]
        return f"{self.channel}:{self.ts}/{self.user}/{digest}"


def private_message(told: Told, asked: Asked, language: str, *, shares: bool) -> Message:
    """Return what is told as a message that stands apart from its question.

    ``shares``: with the button that shares it, last in its row.
    """
    share = list(_share(told, asked, language)) if shares and told.hits else []
    row = [*_fitting(_carrying(told, asked.text, _WORKING), share), *share]
    shown = shorten_line(asked.text, _LONGEST_SHOWN)
    line = private_wording(language).answer_to.format(question=shown)
    head = [Part((Run(line, italic=True),))] if told.hits or told.replies else []
    return _framed(told, head, row)


def shared_message(told: Told, asked: Asked, language: str) -> Message:
    """Return what is told as a message in a channel that says who shared it."""
    before, _, rest = private_wording(language).shared_by.partition("{who}")
    shown = rest.format(question=shorten_line(asked.text, _LONGEST_SHOWN))
    head = [Part((Run(before), Run("", user=asked.user), Run(shown)))]
    return _framed(told, head, list(_fitting(_carrying(told, asked.text, (Do.MORE,)), ())))


def digest_of(hits: Sequence[Hit], outcome: str = "") -> str:
    """Return what tells whether another reply would show the same passages in the same words."""
    shown = "\n".join([outcome, *(f"{hit.passage.passage_id} {hit.passage.text}" for hit in hits)])
    return hashlib.sha256(shown.encode("utf-8", "replace")).hexdigest()[:16]


def private_press_from(body: Mapping[str, Any]) -> PrivatePress | None:
    """Return the press in a ``block_actions`` payload; ``None`` where it is none of these."""
    action: Mapping[str, Any] = next(iter(body.get("actions") or []), {})
    place, value = body.get("container") or {}, action.get("value")
    channel, ts = place.get("channel_id"), place.get("message_ts")
    user = (body.get("user") or {}).get("id")
    read = _read(value)
    if body.get("type") != "block_actions" or read is None or not (channel and ts and user):
        return None
    do, asking, question, shown = read
    return PrivatePress(
        do=do,
        asking=asking,
        question=question,
        shown=shown,
        channel=channel,
        thread=place.get("thread_ts"),
        ts=ts,
        user=user,
        trigger=body.get("trigger_id") or "",
        response_url=body.get("response_url"),
        value=str(value),
    )


def _framed(told: Told, head: Sequence[Part], row: Sequence[Mapping[str, Any]]) -> Message:
    kept = [b for b in told.message.blocks if b["type"] not in {"actions", "context_actions"}]
    text = told.message.text
    if head:
        text = f"{escape(text_of(head))}\n{text}"
    blocks = [*blocks_of(head), *kept]
    if row:
        blocks.append({"type": "actions", "elements": list(row)})
    return replace(told.message, text=text, blocks=tuple(blocks))


def _share(told: Told, asked: Asked, language: str) -> Iterator[dict[str, Any]]:
    """Yield the button that shares, where the question fits into it."""
    shown = digest_of(told.hits, told.outcome)
    value = _value(None, value_of(Do.MORE, asked.asking), asked.text, shown)
    if len(value) <= LONGEST_VALUE:
        label = {"type": "plain_text", "text": private_wording(language).share, "emoji": False}
        yield {"type": "button", "action_id": _SHARE, "text": label, "value": value}


def _carrying(told: Told, question: str, ways: Container[Do]) -> Iterator[dict[str, Any]]:
    """Yield the buttons of a reply that do one of these things, with its question in each."""
    for element in _elements(told.message):
        carried = read_value(element["value"])
        if carried is not None and carried[0] in ways:
            shown = digest_of(_shown_by(told, carried[1].part or 0))
            value = _value(carried[0], element["value"], question, shown)
            action = f"{PRIVATE}_{element['action_id']}"
            yield {**element, "action_id": action, "value": value}


def _fitting(
    row: Iterable[dict[str, Any]], beside: Sequence[Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    room = _LONGEST_ROW - sum(map(_length, beside))
    for each in row:
        if len(each["value"]) <= LONGEST_VALUE and _length(each) <= room:
            room -= _length(each)
            yield each


def _elements(message: Message) -> Iterator[Mapping[str, Any]]:
    for block in message.blocks:
        if block["type"] == "actions":
            yield from block["elements"]


def _shown_by(told: Told, part: int) -> Sequence[Hit]:
    return hits_in(told.replies[part]) if part < len(told.replies) else told.hits


def _length(element: Mapping[str, Any]) -> int:
    return len(json.dumps(element, ensure_ascii=False))


def _value(do: Do | None, how: str, question: str, shown: str) -> str:
    carried = {"share": do is None, "how": how, "asks": question, "shown": shown}
    return json.dumps(carried, ensure_ascii=False, sort_keys=True)


def _read(value: object) -> tuple[Do | None, Asking, str, str] | None:
    """Read what a button carries; ``None`` for anything that we never put there."""
    if not isinstance(value, str) or len(value) > LONGEST_VALUE:
        return None
    try:
        carried = json.loads(value)
        how = read_value(carried["how"])
        question, shown, share = carried["asks"], carried["shown"], carried["share"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if how is None or not (isinstance(question, str) and isinstance(shown, str)):
        return None
    return (None if share is True else how[0]), how[1], question, shown
