"""The line that says where quoted words stand, and the one with what they answer. Pure."""

from collections.abc import Iterator, Sequence

from bot.answer.answer import Citation
from bot.slack.messages.blocks import Part, Run
from bot.slack.messages.layout import ROOMS, Room
from bot.slack.messages.shortening import shorten_line, shorten_question
from bot.texts import Wording, date_text, place_text
from bot.texts.places import what_it_is
from index.passage import Hit

ASKED_AT_A_GLANCE = 100
"""Characters shown of the words that were answered; they stand whole behind the button."""


def asked_line(question: str, words: Wording, limit: int) -> Part:
    """Return the line with the words that were answered, in ``limit`` characters."""
    shown = shorten_question(question, limit)
    return Part((Run(words.asked.format(question=shown), italic=True),))


def numbers_of(citations: Sequence[Citation]) -> tuple[int, ...]:
    """Return the numbers of some citations, in their order."""
    return tuple(citation.number for citation in citations)


def source_runs(
    hit: Hit, words: Wording, numbers: Sequence[int] = (), room: Room = ROOMS[0]
) -> Iterator[Run]:
    """``[1] title / date / body / page / speaker / article``, the title linked where it can be."""
    if numbers:
        yield Run("".join(f"[{number}]" for number in numbers) + " ", bold=True)
    title = _line(hit.document.title, room) or _line(hit.document.document, room)
    link = hit.url if hit.url and hit.url.startswith(("https://", "http://")) else None
    fits = link is not None and len(link) <= 10 * room.title
    yield Run(title, bold=True, url=link if fits else None)
    rest = [line for detail in _details(hit, words) if (line := _line(detail, room))]
    yield Run("".join(f" / {detail}" for detail in rest))


def _details(hit: Hit, words: Wording) -> Iterator[str]:
    document, passage = hit.document, hit.passage
    if document.date:
        yield date_text(document.date, words)
    if document.body and document.body not in document.title:
        yield document.body
    if place := place_text(passage, words):
        yield place
    if passage.speaker:
        yield passage.speaker
    if named := what_it_is(hit):
        yield named


def _line(text: str, room: Room) -> str:
    return shorten_line(text, room.title)
