"""From a reply to the message that Slack shows: pure functions, no call to Slack.

``Message.text`` is what notifications, screen readers and the plain fallback show, with Slack's
three characters escaped.

Limits (Slack's reference and reports of what it refuses): 50 blocks, a message's blocks refused
near 13,200 characters, ``text`` advised under 4,000. Where an answer does not fit, quotations are
shortened at a sentence's end first, then their number; who said it where is never left out. What is
not read in ten seconds is left for the button that shows the passages in full.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from bot.answer.answer import Answer, Citation, Declined, Mode, Reply, Sentence
from bot.answer.at_a_glance import at_a_glance, has_more, numbered_as_seen
from bot.answer.count_note import count_note
from bot.answer.same_speech import by_speech, hit_of_stretch
from bot.answer.vote_subject import vote_subject
from bot.question.explanation import absent_note, chosen_labels
from bot.slack.blocks import Part, Run, blocks_of, escape, printable, text_of
from bot.slack.buttons import Asking, buttons
from bot.texts import Wording, date_text, place_text, wording
from index.passage import Hit

LONGEST_BLOCKS = 9_900
LONGEST_TEXT = 3_900
_SHORT_ANSWER = 60
ASKED_AT_A_GLANCE = 100
"""Characters shown of the words that were answered; they stand whole behind the button."""
_NEAREST = 3
_FIRST_WORDS = 120
# an answer that opens like this says nothing without the words it answers
_LEANING = re.compile(
    r"^\s*(はい|いいえ|ええ|そう|そのとおり|お見込|御?指摘|ご指摘|おっしゃ|その|それ|これ|この|同様|"
    r"ただいま|ただ今|yes\b|no\b|that\b|this\b|it\b)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[。．！？!?\n]|\.(?=\s)")
_LATIN_WORD = re.compile(r"[a-z][a-z'\-]", re.IGNORECASE)
"""A word goes on over the place where it would be cut."""
_ASKER = re.compile(r"^（[^（）]{1,40}）")


@dataclass(frozen=True, slots=True)
class Message:
    """What ``chat.postMessage`` takes. ``text`` is escaped and stands alone as the fallback."""

    text: str
    blocks: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class _Room:
    """How much of an answer is shown: characters a piece, and how many pieces."""

    quote: int
    title: int
    sentences: int
    citations: int


_ROOMS = (
    _Room(quote=2_000, title=300, sentences=40, citations=40),
    _Room(quote=600, title=200, sentences=24, citations=24),
    _Room(quote=300, title=150, sentences=16, citations=16),
    _Room(quote=150, title=100, sentences=10, citations=10),
    _Room(quote=100, title=80, sentences=5, citations=5),
    _Room(quote=60, title=40, sentences=1, citations=1),
)


def reply_message(reply: Reply, notes: Sequence[str] = (), asking: Asking | None = None) -> Message:
    """Return the message for an answer or a decline, in the reply's language, with its buttons.

    ``notes`` are sentences of our own shown at the end; ``asking`` is how the question was put.
    """
    asking = asking or Asking()
    words = wording(reply.language)
    if isinstance(reply, Answer):
        reply = numbered_as_seen(reply)

    def parts(room: _Room) -> list[Part]:
        looked = _looked(reply, asking, words, room)
        body = (
            _answer_parts(reply, room, looked)
            if isinstance(reply, Answer)
            else _declined_parts(reply, room, looked)
        )
        return [*body, *(Part((Run(shorten(note, room.quote), italic=True),)) for note in notes)]

    row = buttons(reply, asking, words, more=has_more(reply))
    layouts = [parts(room) for room in _ROOMS]
    message = first_fitting_layout(layouts, LONGEST_BLOCKS - _length(row), words.quotes)
    return replace(message, blocks=(*message.blocks, *row))


def plain_message(text: str) -> Message:
    """Return a message of one paragraph in our own words: help, a fault."""
    return first_fitting_layout([[Part((Run(text),))]])


def first_fitting_layout(
    layouts: Sequence[Sequence[Part]], longest: int = LONGEST_BLOCKS, quotes: str = "「」"
) -> Message:
    """Give blocks and text each the first layout with which they fit; the last one fits anyway."""
    blocks = next(
        (blocks for blocks in map(blocks_of, layouts) if _length(blocks) <= longest),
        blocks_of(layouts[-1]),
    )
    texts = [escape(text_of(layout, quotes)) for layout in layouts]
    text = next((text for text in texts if len(text) <= LONGEST_TEXT), texts[-1])
    return Message(text, tuple(blocks))


def _length(blocks: Sequence[dict[str, Any]]) -> int:
    return len(json.dumps(blocks, ensure_ascii=False))


# --- what is said -------------------------------------------------------------------------------


def _answer_parts(answer: Answer, room: _Room, looked: Sequence[Part]) -> list[Part]:
    words = wording(answer.language)
    glance = at_a_glance(answer)
    sentences = glance[: room.sentences]
    by_number = {citation.number: citation for citation in answer.citations}
    used = dict.fromkeys(n for s in sentences for n in s.citations if n in by_number)
    head = words.withheld_head if answer.withheld else words.answer_head
    counted = count_note(answer)
    parts = [Part((Run(head),)), *looked, *([Part((Run(counted, bold=True),))] if counted else ())]
    if answer.valued:
        marks = f" [{answer.valued.number}]"
        parts.append(
            Part((Run(shorten(answer.valued.value or "", room.title), bold=True), Run(marks)))
        )
    introduced: set[int] = set()
    asked: str | None = None
    for numbers, group in groupby(sentences, key=lambda sentence: sentence.citations):
        said = tuple(group)
        first = by_number.get(numbers[0]) if numbers else None
        if first and first.number not in introduced:
            introduced.add(first.number)
            if first.hit.passage.question != asked and _needs_its_question(first, said):
                asked = first.hit.passage.question
                parts.append(asked_line(asked or "", words, min(ASKED_AT_A_GLANCE, room.quote)))
        parts.append(Part(tuple(_sentence_runs(said, words, room)), quoted=True))
    if left := len(glance) - len(sentences):
        parts.append(Part((Run(words.left_out.format(count=left), italic=True),)))
    parts.append(Part((Run(words.sources, bold=True),), divided=True))
    shown = [by_number[number] for number in list(used)[: room.citations]]
    for stretch in by_speech(shown):
        parts.append(
            Part(tuple(_source_runs(hit_of_stretch(stretch), words, room, numbers_of(stretch))))
        )
        if answer.mode is Mode.MODEL:
            parts += [_quote(citation, room) for citation in stretch]
    return parts


def _quote(citation: Citation, room: _Room) -> Part:
    return Part((Run(shorten(citation.quote, room.quote)),), quoted=True)


def _declined_parts(declined: Declined, room: _Room, looked: Sequence[Part]) -> list[Part]:
    words = wording(declined.language)
    message = printable(declined.message).strip() or words.not_found
    parts = [Part((Run(shorten(message, room.quote)),)), *looked]
    nearest = declined.nearest[:_NEAREST]
    if nearest and declined.quote is None:
        parts.append(Part((Run(words.nearest, bold=True),), divided=True))
    for hit in nearest:
        parts.append(Part(tuple(_source_runs(hit, words, room))))
        most = room.quote if declined.quote else min(_FIRST_WORDS, room.quote)
        first_words = shorten(declined.quote or hit.passage.text, most)
        parts.append(Part((Run(first_words),), quoted=True))
    return parts


def _looked(reply: Reply, asking: Asking, words: Wording, room: _Room) -> list[Part]:
    """Where it was looked: what it was narrowed to, what of that was given up or taken back."""
    chosen = _chosen(reply, asking)
    told = [
        pattern.format(what=_listed(names, words, room))
        for pattern, names in (
            (words.narrowed, (*chosen, *reply.understood)),
            (words.loosened, reply.loosened),
        )
        if names
    ]
    if reply.absent and isinstance(reply, Declined):
        told.append(absent_note(reply.absent, reply.language))
    if not asking.narrow:
        told.append(words.widened_rest if chosen else words.widened)
    return [Part((Run(line, italic=True),)) for line in told]


def _chosen(reply: Reply, asking: Asking) -> tuple[str, ...]:
    """Return what was chosen of the things that the question may have meant."""
    if asking.filters is None:
        return ()
    cited = [each.hit for each in reply.citations] if isinstance(reply, Answer) else reply.nearest
    titles = {hit.document.document: hit.document.title for hit in cited}
    title = titles.get(asking.filters.document) if asking.filters.document else None
    return chosen_labels(asking.filters, reply.language, title)


def _listed(names: Sequence[str], words: Wording, room: _Room) -> str:
    return shorten(words.list_separator.join(names), room.title)


def _needs_its_question(citation: Citation, said: Sequence[Sentence]) -> bool:
    """Tell whether an answer is short or leans on the words that it answers."""
    answer = "".join(sentence.text for sentence in said)
    short = len(answer) <= _SHORT_ANSWER
    return bool(citation.hit.passage.question) and (short or bool(_LEANING.match(answer)))


def asked_line(question: str, words: Wording, limit: int) -> Part:
    """Return the line with the words that were answered, in ``limit`` characters."""
    shown = shorten_question(question, limit)
    return Part((Run(words.asked.format(question=shown), italic=True),))


def _sentence_runs(said: Sequence[Sentence], words: Wording, room: _Room) -> Iterator[Run]:
    """What is quoted of one passage: where it says more in between, that is marked as left out."""
    for position, sentence in enumerate(said):
        if position:
            yield Run("\n" + words.omitted, italic=True)
        yield Run(shorten(sentence.text, room.quote))
        numbers = sentence.citations[: room.citations]
        yield Run("".join(f" [{number}]" for number in numbers), bold=True)


def source_runs(hit: Hit, words: Wording, numbers: Sequence[int] = ()) -> Iterator[Run]:
    """Return the line that says where a hit comes from, with all the room there is."""
    return _source_runs(hit, words, _ROOMS[0], numbers)


def numbers_of(citations: Sequence[Citation]) -> tuple[int, ...]:
    """Return the numbers of some citations, in their order."""
    return tuple(citation.number for citation in citations)


def _source_runs(
    hit: Hit, words: Wording, room: _Room, numbers: Sequence[int] = ()
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
    if named := passage.article or vote_subject(passage):
        yield named


def _line(text: str, room: _Room) -> str:
    return shorten(" ".join(text.split()), room.title)


def shorten(text: str, limit: int) -> str:
    """Cut ``text`` to ``limit`` characters, at the end of a sentence where one is near, with …."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    ends = [match.end() for match in _SENTENCE_END.finditer(cut)]
    if ends and ends[-1] * 3 >= limit:
        cut = cut[: ends[-1]]
    elif _LATIN_WORD.match(text, len(cut) - 1) and (blank := cut.rfind(" ")) * 3 >= 2 * limit:
        cut = cut[:blank]
    return cut.rstrip() + "…"


def shorten_question(question: str, limit: int) -> str:
    """Shorten the words that were answered: who asked and the end, where the asking stands."""
    if len(question) <= limit:
        return question
    asker = match.group() if (match := _ASKER.match(question)) else ""
    tail = question[-(limit - min(len(asker), limit // 2)) :]
    starts = [match.end() for match in _SENTENCE_END.finditer(tail[:-1])]
    near = [start for start in starts if start * 3 <= 2 * len(tail)]
    return asker + "…" + (tail[near[0] :] if near else tail).lstrip()
