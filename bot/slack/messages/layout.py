"""A message, and how it is kept within Slack's limits.

Limits (Slack's reference and reports of what it refuses): 50 blocks, a message's blocks refused
near 13,200 characters, ``text`` advised under 4,000. Where an answer does not fit, quotations are
shortened at a sentence's end first, then their number; who said it where is never left out.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.slack.messages.blocks import Part, Run, blocks_of, escape, text_of

LONGEST_BLOCKS = 9_900
LONGEST_TEXT = 3_900


@dataclass(frozen=True, slots=True)
class Message:
    """What ``chat.postMessage`` takes. ``text`` is escaped and stands alone as the fallback.

    It is what notifications and screen readers show.
    """

    text: str
    blocks: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Room:
    """How much of an answer is shown: characters a piece, and how many pieces."""

    quote: int
    title: int
    sentences: int
    citations: int


ROOMS = (
    Room(quote=2_000, title=300, sentences=40, citations=40),
    Room(quote=600, title=200, sentences=24, citations=24),
    Room(quote=300, title=150, sentences=16, citations=16),
    Room(quote=150, title=100, sentences=10, citations=10),
    Room(quote=100, title=80, sentences=5, citations=5),
    Room(quote=60, title=40, sentences=1, citations=1),
)
"""From all there is to what fits in any case."""


def plain_message(*lines: str) -> Message:
    """Return a message in our own words, a paragraph each: help, a fault."""
    return first_fitting_layout([[Part((Run(line),)) for line in lines]])


def first_fitting_layout(
    layouts: Sequence[Sequence[Part]], longest: int = LONGEST_BLOCKS, quotes: str = "「」"
) -> Message:
    """Give blocks and text each the first layout with which they fit; the last one fits anyway."""
    blocks = next(
        (blocks for blocks in map(blocks_of, layouts) if length_of(blocks) <= longest),
        blocks_of(layouts[-1]),
    )
    texts = [escape(text_of(layout, quotes)) for layout in layouts]
    text = next((text for text in texts if len(text) <= LONGEST_TEXT), texts[-1])
    return Message(text, tuple(blocks))


def length_of(blocks: Sequence[dict[str, Any]]) -> int:
    """Return how long blocks are as Slack counts them: as JSON."""
    return len(json.dumps(blocks, ensure_ascii=False))
