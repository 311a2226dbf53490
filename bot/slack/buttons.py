"""The buttons under a reply: what each carries, and how a press is read. Pure.

A button's value comes back from the outside, so it only says *how* to ask again. What was asked and
by whom is read from the thread each time (:mod:`bot.slack.threads.asked`), which also lets a button
work after a restart.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import Enum, StrEnum
from types import NoneType
from typing import Any, NewType, get_args, get_origin, get_type_hints

from bot.answer.answer import Choice, Declined, Reply
from bot.slack.incoming import Incoming, Way
from bot.slack.messages.layout import LONGEST_BLOCKS, Message, length_of
from bot.texts import Wording
from index.language.visible import visible
from index.passage import Filters

ASK = "kiroku_ask"
"""What the ``action_id`` of a button begins with that asks what it says; its value is the question.
"""
LONGEST_VALUE = 2_000
"""Slack's limit of a button's value; a choice that does not fit has no button."""
_LONGEST_LABEL = 75
_MOST_BUTTONS = 12
_LONGEST_ROW = 3_000
"""Characters of all buttons of a message as JSON: what its other blocks leave."""


class Do(StrEnum):
    """What a button does; its ``action_id`` begins with it."""

    MORE = "kiroku_more"
    """Show the passages whole, to who pressed it only."""
    WIDEN = "kiroku_widen"
    """Ask again without narrowing; the answer takes the place of the old one."""
    NARROW = "kiroku_narrow"
    """Take that back: ask again narrowed, in the same place."""
    CHOOSE = "kiroku_choose"
    """Ask again with what the question means; the answer stands below."""
    ALONE = "kiroku_alone"
    """Ask again apart from the earlier questions of the thread, or again as going on from them."""
    ORIGINAL = "kiroku_original"
    """Send the pages that are cited as pictures, to who pressed it only."""
    HISTORY = "kiroku_history"
    """Show a page of the meetings of a history, to who pressed it only."""
    TABLE = "kiroku_table"
    """Send a history as a table, to who pressed it only."""
    TIMELINE = "kiroku_timeline"
    """Send a history as a picture, to who pressed it only."""
    GOOD = "kiroku_vote_good"
    """Keep that who pressed it found the reply good."""
    BAD = "kiroku_vote_bad"
    """Keep that who pressed it found the reply bad, and ask why."""
    STAFF = "kiroku_staff"
    """Hand the question on to the staff in charge."""

    @property
    def asks_again(self) -> bool:
        """Whether it puts a question, which is answered in the thread."""
        return self in {Do.WIDEN, Do.NARROW, Do.ALONE, Do.CHOOSE}

    @property
    def replaces(self) -> bool:
        """Whether the new answer takes the place of the one that the button stands under."""
        return self in {Do.WIDEN, Do.NARROW, Do.ALONE}


@dataclass(frozen=True, slots=True)
class Asking:
    """How a question is put: narrowed to what it names or not, and with which filters.

    ``turn`` counts how often a reply was replaced: to and fro, the same button comes back, and a
    new press of it is told by this from a repeated one. ``alone``: not as going on from what was
    asked before. ``part`` is the question that is meant of a message with several, from 0.
    ``after`` is how many meetings of a history stand before the page that a button opens.
    """

    narrow: bool = True
    filters: Filters | None = None
    turn: int = 0
    alone: bool = False
    part: int | None = None
    after: int = 0

    def turned(self) -> "Asking":
        """Return the other way to put it: without narrowing, or narrowed again."""
        return replace(self, narrow=not self.narrow, turn=self.turn + 1)

    def detached(self) -> "Asking":
        """Return the other way to put it: apart from what was asked before, or going on from it."""
        return replace(self, alone=not self.alone, turn=self.turn + 1)


@dataclass(frozen=True, slots=True)
class Press:
    """A button that somebody pressed. ``ts`` is the message that it stands under."""

    do: Do
    asking: Asking
    channel: str
    ts: str
    root: str
    user: str
    value: str
    trigger: str

    @property
    def incoming(self) -> Incoming:
        """What is written into the inbox: the same for every press of one button by one person."""
        digest = hashlib.sha256(self.value.encode()).hexdigest()[:8]
        ts = f"{self.ts}/{self.user}/{digest}"
        key = f"{self.channel}:{ts}"
        return Incoming(self.channel, ts, self.root, self.user, self.value, Way.PRESS, key)


def press_from(body: Mapping[str, Any]) -> Press | None:
    """Return the press in a ``block_actions`` payload; ``None`` where it is none of ours."""
    action: Mapping[str, Any] = next(iter(body.get("actions") or []), {})
    read = read_value(action.get("value"))
    place = body.get("container") or {}
    channel, ts = place.get("channel_id"), place.get("message_ts")
    user = (body.get("user") or {}).get("id")
    if body.get("type") != "block_actions" or read is None or not (channel and ts and user):
        return None
    return Press(
        do=read[0],
        asking=read[1],
        channel=channel,
        ts=ts,
        root=place.get("thread_ts") or ts,
        user=user,
        value=action["value"],
        trigger=body.get("trigger_id") or "",
    )


def value_of(do: Do, asking: Asking) -> str:
    """Return what a button carries."""
    held = {
        field.name: _plain(value)
        for field in fields(Filters)
        if asking.filters and (value := getattr(asking.filters, field.name)) is not None
    }
    carried: dict[str, object] = {
        "do": do.value,
        "narrow": asking.narrow,
        "filters": held,
        "turn": asking.turn,
    }
    if asking.alone:
        carried["alone"] = True
    if asking.part is not None:
        carried["part"] = asking.part
    if asking.after:
        carried["after"] = asking.after
    return json.dumps(carried, ensure_ascii=False, sort_keys=True)


def read_value(value: object) -> tuple[Do, Asking] | None:
    """Read what a button carries; ``None`` for anything that we never put there."""
    if not isinstance(value, str) or len(value) > LONGEST_VALUE:
        return None
    try:
        read = json.loads(value)
        kinds = get_type_hints(Filters)
        held = {name: _typed(each, kinds[name]) for name, each in read["filters"].items()}
        # a button of an earlier version has none of these
        turn, alone, part = read.get("turn", 0), read.get("alone", False), read.get("part")
        after = read.get("after", 0)
        if not (isinstance(read["narrow"], bool) and isinstance(alone, bool)):
            return None
        if type(turn) is not int or (part is not None and type(part) is not int):
            return None
        if type(after) is not int or after < 0:
            return None
        filters = Filters(**held) if held else None
        return Do(read["do"]), Asking(read["narrow"], filters, turn, alone, part, after)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _plain(value: object) -> object:
    if isinstance(value, tuple | frozenset):
        return sorted(map(_plain, value), key=str)
    return value.isoformat() if isinstance(value, dt.date) else value


def _typed(value: object, kind: Any) -> Any:  # noqa: ANN401  a type of whatever a field has
    """Return a value read from JSON as the type that a field of the filters has."""
    if isinstance(kind, NewType):
        return _typed(value, kind.__supertype__)
    origin = get_origin(kind)
    if origin in {tuple, frozenset} and isinstance(value, list):
        return origin(_typed(each, get_args(kind)[0]) for each in value)
    inner = [each for each in get_args(kind) if each not in {NoneType, ...}]
    if inner:
        return _typed(value, inner[0])
    if kind is dt.date:
        return dt.date.fromisoformat(str(value))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if isinstance(kind, type) and isinstance(value, kind):
        return value
    raise ValueError(value)


def buttons(
    reply: Reply, asking: Asking, words: Wording, *, more: bool
) -> tuple[dict[str, Any], ...]:
    """Return the row of buttons under a reply, or nothing; ``more``: there is more to be seen.

    Of one answer among several none replaces the message that they all stand in.
    """
    row: list[dict[str, Any]] = []
    if isinstance(reply, Declined):
        row += _choices(reply.choices, asking)
    if more:
        label = words.near if isinstance(reply, Declined) and reply.quote is None else words.more
        row.append(button(Do.MORE, label, asking))
    if asking.part is None:
        row += _other_ways(reply, asking, words)
    kept = list(_fitting(row))
    return ({"type": "actions", "elements": kept},) if kept else ()


def _other_ways(reply: Reply, asking: Asking, words: Wording) -> Iterable[dict[str, Any]]:
    if reply.taken_over or asking.alone:
        label = words.carry_on if asking.alone else words.alone
        yield button(Do.ALONE, label, asking.detached())
    if reply.understood and asking.narrow:
        yield button(Do.WIDEN, words.widen, asking.turned())
    if not asking.narrow:
        yield button(Do.NARROW, words.narrow_again, asking.turned())


def _choices(choices: Sequence[Choice], asking: Asking) -> list[dict[str, Any]]:
    return [
        button(
            Do.CHOOSE,
            choice.label,
            Asking(filters=choice.filters, alone=asking.alone, part=asking.part),
            f"_{number}",
        )
        for number, choice in enumerate(choices[: _MOST_BUTTONS - 2])
        if visible(choice.label).strip()
    ]


def button(do: Do, label: str, asking: Asking, suffix: str = "") -> dict[str, Any]:
    """Return a button with this label; ``suffix`` tells several of one kind apart.

    Under several answers each says which it is of.
    """
    text = " ".join(visible(label).split())
    if asking.part is not None:
        text, suffix = f"{asking.part + 1}. {text}", f"_{asking.part}{suffix}"
    if len(text) > _LONGEST_LABEL:
        text = text[: _LONGEST_LABEL - 1] + "…"
    return {
        "type": "button",
        "action_id": do.value + suffix,
        "text": {"type": "plain_text", "text": text, "emoji": False},
        "value": value_of(do, asking),
    }


def with_button(message: Message, pressed: Mapping[str, Any]) -> Message:
    """Return a message with one more button at the end, where it has room for it."""
    *others, last = message.blocks
    row = last["elements"] if last["type"] == "actions" else []
    if len(row) >= _MOST_BUTTONS:
        return message
    kept = others if row else message.blocks
    blocks = (*kept, {"type": "actions", "elements": [*row, pressed]})
    return replace(message, blocks=blocks) if length_of(blocks) <= LONGEST_BLOCKS else message


def _fitting(row: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    room = _LONGEST_ROW
    for each in row:
        size = len(json.dumps(each, ensure_ascii=False))
        if size <= room and len(each["value"]) <= LONGEST_VALUE:
            room -= size
            yield each
