"""Several questions of one message, each with its answer, numbered. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.answer.answer import Reply
from bot.answer.at_a_glance import has_more
from bot.slack.buttons import Asking, buttons
from bot.slack.messages.blocks import Part, Run
from bot.slack.messages.layout import (
    LONGEST_BLOCKS,
    ROOMS,
    Message,
    Room,
    first_fitting_layout,
    length_of,
)
from bot.slack.messages.reply import Beside, reply_parts, to_whom
from bot.slack.messages.shortening import shorten, shorten_line
from bot.texts import wording

_LONGEST_QUESTION = 60


@dataclass(frozen=True, slots=True)
class Answered:
    """One of the questions, as it is put, and the reply to it."""

    question: str
    reply: Reply
    asking: Asking


def several_message(answered: Sequence[Answered], beside: Beside) -> Message:
    """Return the message with all replies. What is beside them stands once, at the end."""
    words = wording(answered[0].reply.language)
    row = _row(answered)

    def parts(room: Room) -> list[Part]:
        said: list[Part] = []
        for number, each in enumerate(answered, start=1):
            question = shorten_line(each.question, _LONGEST_QUESTION)
            said.append(Part((Run(f"{number}. {question}", bold=True),), divided=number > 1))
            alone = replace(beside, notes=(), to=None)
            said += reply_parts(each.reply, each.asking, alone, room)
        notes = [Part((Run(shorten(n, room.quote), italic=True),)) for n in beside.notes]
        if notes:
            notes[0] = replace(notes[0], divided=True)
        return [*said, *notes, *to_whom(beside.to, words)]

    layouts = [parts(room) for room in ROOMS]
    message = first_fitting_layout(layouts, LONGEST_BLOCKS - length_of(row), words.quotes)
    return replace(message, blocks=(*message.blocks, *row))


def _row(answered: Sequence[Answered]) -> tuple[dict[str, Any], ...]:
    """Return one row of buttons for each reply that has any."""
    return tuple(
        block
        for each in answered
        for block in buttons(
            each.reply, each.asking, wording(each.reply.language), more=has_more(each.reply)
        )
    )
