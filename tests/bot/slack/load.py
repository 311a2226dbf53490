"""Many people at once, in a workspace that has a bad day: what each of them waits for."""

import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.slack.buttons import Do
from tests.slack_api import LocalSlack, rate_limited, reply_lost, server_error

FROZEN = "CFROZEN"
ELSEWHERE = "CELSEWHERE"


@dataclass(frozen=True)
class Load:
    """``questions`` of ``people`` in ``channels`` of their own, over so many ``seconds``.

    One in ``one_in`` is asked in a channel that takes no post for ``frozen`` seconds.
    """

    questions: int = 200
    people: int = 20
    channels: int = 8
    seconds: float = 5.0
    frozen: int = 8
    one_in: int = 10


@dataclass
class Measured:
    """The questions by channel and ``ts``, and how long each button took to be acknowledged (s)."""

    asked: list[tuple[str, str]] = field(default_factory=list)
    acks: list[float] = field(default_factory=list)


def press_more(slack: LocalSlack, reply: dict[str, Any], measured: Measured) -> None:
    """Press a button elsewhere and measure its acknowledgement."""
    begun = time.monotonic()
    click = slack.press(reply, Do.MORE, f"UPRESS{len(measured.acks)}")
    slack.wait_until(lambda: click in slack.acks, 30)
    measured.acks.append(time.monotonic() - begun)


def bear(slack: LocalSlack, load: Load) -> Measured:
    """Ask all, with deliveries that come twice, limits, faults and a cut; wait for all replies."""
    measured, twice = Measured(), itertools.cycle([True, False, False])
    reply = slack.wait_for_reply(ELSEWHERE, slack.mention(ELSEWHERE, "UAOKI", "街路樹は？"))
    slack.posts.freeze(FROZEN, load.frozen)
    begun = time.monotonic()
    for n in range(load.questions):
        channel = FROZEN if n % load.one_in == 0 else f"CLOAD{n % load.channels}"
        slack.send_twice = next(twice)
        measured.asked.append(
            (channel, slack.mention(channel, f"U{n % load.people}", f"街路樹の{n}は？"))
        )
        if n % 50 == 25:
            slack.trouble("chat.postMessage", rate_limited(1), server_error(502), reply_lost())
            press_more(slack, reply, measured)
        if n == load.questions // 2:
            slack.cut()
        if n == load.questions * 3 // 4:
            slack.disconnect()
        time.sleep(max(0.0, begun + (n + 1) * load.seconds / load.questions - time.monotonic()))
    press_more(slack, reply, measured)
    for channel, ts in measured.asked:
        slack.wait_for_reply(channel, ts, timeout=150)
    slack.send_twice = False
    slack.wait_until_acked()
    return measured


def waits(slack: LocalSlack, asked: Sequence[tuple[str, str]]) -> list[float]:
    """Return how long after its question each reply came to stand (s), sorted."""
    said_at = slack.workspace.said_at
    replies = [(ts, slack.replies(channel, ts)[0]["ts"]) for channel, ts in asked]
    return sorted(said_at[reply] - said_at[ts] for ts, reply in replies)
