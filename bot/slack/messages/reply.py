"""From a reply to the message that Slack shows: what was asked for first, then all else.

The first line of an answer is its own words, and of a decline the sentence that says so: a
notification and a phone show no more. What is not read in ten seconds is left for the button that
shows the passages in full.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from bot.answer.answer import Answer, Citation, Declined, Mode, Reply, Sentence
from bot.answer.at_a_glance import at_a_glance, has_more, numbered_as_seen
from bot.answer.citation_marks import marks
from bot.answer.same_speech import by_speech, hit_of_stretch
from bot.question.explanation import absent_note
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
from bot.slack.messages.looked import Holdings, looked, next_step, searched
from bot.slack.messages.shortening import shorten
from bot.slack.messages.sources import ASKED_AT_A_GLANCE, asked_line, numbers_of, source_runs
from bot.texts import Wording, wording
from bot.texts.count_note import count_note
from index.language.visible import visible

_SHORT_ANSWER = 60
# an answer that opens like this says nothing without the words it answers
_LEANING = re.compile(
    r"^\s*(はい|いいえ|ええ|そう|そのとおり|お見込|御?指摘|ご指摘|おっしゃ|その|それ|これ|この|同様|"
    r"ただいま|ただ今|yes\b|no\b|that\b|this\b|it\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Beside:
    """What a reply is shown with.

    ``notes`` are sentences of our own for its end, ``holdings`` what was searched, ``to`` the
    person whom it answers where a thread has several.
    """

    notes: tuple[str, ...] = ()
    holdings: Holdings = field(default_factory=Holdings)
    to: str | None = None


def reply_message(
    reply: Reply, asking: Asking | None = None, beside: Beside | None = None
) -> Message:
    """Return the message for an answer or a decline, in the reply's language, with its buttons.

    ``asking`` is how the question was put.
    """
    asking, beside = asking or Asking(), beside or Beside()
    words = wording(reply.language)
    layouts = [reply_parts(reply, asking, beside, room) for room in ROOMS]
    row = buttons(reply, asking, words, more=has_more(reply))
    longest = LONGEST_BLOCKS - length_of(row)
    message = first_fitting_layout(layouts, longest, words.quotes)
    if not (isinstance(reply, Declined) and reply.choices):
        return replace(message, blocks=(*message.blocks, *row))
    # what is asked back is answered by a press: the buttons stand right below it
    asked = first_fitting_layout([layout[:1] for layout in layouts], longest)
    below = first_fitting_layout(
        [layout[1:] for layout in layouts], longest - length_of(asked.blocks)
    )
    return replace(message, blocks=(*asked.blocks, *row, *below.blocks))


def reply_parts(reply: Reply, asking: Asking, beside: Beside, room: Room) -> list[Part]:
    """Return the paragraphs of a reply, as much as there is room for."""
    words = wording(reply.language)
    body = (
        _answer_parts(numbered_as_seen(reply), room, _lines_below(reply, asking, room))
        if isinstance(reply, Answer)
        else _declined_parts(reply, asking, beside, room)
    )
    notes = [Part((Run(shorten(note, room.quote), italic=True),)) for note in beside.notes]
    return [*body, *notes, *to_whom(beside.to, words)]


def to_whom(user: str | None, words: Wording) -> list[Part]:
    """Return the line that names the person who is answered; none where nobody need be named."""
    if user is None:
        return []
    before, _, after = words.to_whom.partition("{who}")
    return [Part((Run(before), Run("", user=user), Run(after)))]


def _lines_below(answer: Answer, asking: Asking, room: Room) -> list[Part]:
    words = wording(answer.language)
    withheld = [Part((Run(words.withheld, italic=True),))] if answer.withheld else []
    return [*withheld, *looked(answer, asking, words, room)]


def _answer_parts(answer: Answer, room: Room, below: Sequence[Part]) -> list[Part]:
    words = wording(answer.language)
    glance = at_a_glance(answer)
    sentences = glance[: room.sentences]
    by_number = {citation.number: citation for citation in answer.citations}
    used = dict.fromkeys(n for s in sentences for n in s.citations if n in by_number)
    counted = count_note(answer)
    parts = [Part((Run(counted, bold=True),))] if counted else []
    if answer.valued:
        marks = Run(f" [{answer.valued.number}]")
        parts.append(Part((Run(shorten(answer.valued.value or "", room.title), bold=True), marks)))
    parts += _quotes(sentences, by_number, words, room)
    if left := len(glance) - len(sentences):
        parts.append(Part((Run(words.left_out.format(count=left), italic=True),)))
    parts += below
    parts.append(Part((Run(words.sources, bold=True),), divided=True))
    shown = [by_number[number] for number in list(used)[: room.citations]]
    for stretch in by_speech(shown):
        hit, numbers = hit_of_stretch(stretch), numbers_of(stretch)
        parts.append(Part(tuple(source_runs(hit, words, numbers, room))))
        if answer.mode is Mode.MODEL:
            parts += [_quote(citation, room) for citation in stretch]
    return parts


def _quotes(
    sentences: Sequence[Sentence],
    by_number: dict[int, Citation],
    words: Wording,
    room: Room,
) -> Iterator[Part]:
    """Yield what is quoted, and below it the question that was answered where that is needed."""
    groups = [(n, tuple(g)) for n, g in groupby(sentences, key=lambda said: said.citations)]
    cited = [by_number.get(numbers[0]) if numbers else None for numbers, _ in groups]
    answered = [first.hit.passage.question if first else None for first in cited]
    introduced: set[int] = set()
    needed = False
    for (_, said), first, question, following in zip(
        groups, cited, answered, (*answered[1:], None), strict=True
    ):
        yield Part(tuple(_sentence_runs(said, words, room)), quoted=True)
        if first and first.number not in introduced:
            introduced.add(first.number)
            needed = needed or _needs_its_question(first, said)
        if needed and following != question:
            yield asked_line(question or "", words, min(ASKED_AT_A_GLANCE, room.quote))
        needed = needed and following == question


def _quote(citation: Citation, room: Room) -> Part:
    return Part((Run(shorten(citation.quote, room.quote)),), quoted=True)


def _declined_parts(declined: Declined, asking: Asking, beside: Beside, room: Room) -> list[Part]:
    """Return one sentence, where was looked, what to try next; the near passages stay folded."""
    words = wording(declined.language)
    message = visible(declined.message).strip() or words.not_found
    parts = [Part((Run(shorten(message, room.quote)),))]
    if declined.quote is None:
        parts += searched(declined, beside.holdings, words)
        parts += looked(declined, asking, words, room)
        return parts + next_step(declined, asking, words, room)
    for hit in declined.nearest[:1]:
        parts.append(Part((Run(shorten(declined.quote, room.quote)),), quoted=True))
        parts.append(Part(tuple(source_runs(hit, words, (), room))))
    if declined.absent:
        note = absent_note(declined.absent, declined.language)
        parts.append(Part((Run(shorten(note, room.quote), italic=True),)))
    return parts + looked(declined, asking, words, room)


def _needs_its_question(citation: Citation, said: Sequence[Sentence]) -> bool:
    """Tell whether an answer is short or leans on the words that it answers."""
    answer = "".join(sentence.text for sentence in said)
    short = len(answer) <= _SHORT_ANSWER
    return bool(citation.hit.passage.question) and (short or bool(_LEANING.match(answer)))


def _sentence_runs(said: Sequence[Sentence], words: Wording, room: Room) -> Iterator[Run]:
    """What is quoted of one passage: where it says more in between, that is marked as left out."""
    for position, sentence in enumerate(said):
        if position:
            yield Run("\n" + words.omitted, italic=True)
        yield Run(shorten(sentence.text, room.quote))
        numbers = sentence.citations[: room.citations]
        yield Run(marks(numbers), bold=True)
