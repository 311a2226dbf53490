"""What a message asks: the questions in it, without what is only courtesy. Pure.

A message of one question stays as it was written. Where it holds several, each is one of its own,
with what stands before it; in a long message the question is looked for where people put it, at the
end or at the beginning.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.conversation.sentence_forms import (
    Said,
    announced_change,
    goes_with,
    without_bullet,
)
from bot.conversation.talk import Talk, says_nothing, talk_in
from bot.question.leaning import leans
from index.language.text import sentences

MOST_QUESTIONS = 3
LONG = 400
"""Characters: of a longer message only the sentences that ask are looked up."""
MOST_BEFORE = 6
"""Questions that are looked back at."""
_LONGEST_BEFORE = 400
_NEAR_THE_EDGE = 2
"""Sentences that may stand beyond the question: 「急ぎです。」, a name."""
_FIRST_CUT = re.compile(r"^[^、,!！\s　]{1,20}?[、,!！\s　]+")
_IMPORTANCE = (
    *(Talk.HELP, Talk.INDEX, Talk.MORE, Talk.SOURCE, Talk.OTHER_YEARS, Talk.SUMMARY),
    *(Talk.THANKS, Talk.GREETING, Talk.NOTED),
)


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a message. ``context`` is what it leans on there, oldest first.

    ``fresh``: it says itself that it is on another subject than what was said before the message.
    """

    text: str
    context: tuple[str, ...] = ()
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message says: its questions, in order, or the ``talk`` that it is as a whole.

    Neither where it says nothing at all. ``left`` counts the questions beyond those that are
    answered at once. ``found_in`` says that the question was found in a long message.
    ``only_tells``: it has the form of something told and not of something asked.
    """

    questions: tuple[Question, ...] = ()
    talk: Talk | None = None
    left: int = 0
    found_in: bool = False
    only_tells: bool = False

    @property
    def looks_back(self) -> bool:
        """Whether it may lean on what was asked before it."""
        if self.talk in {Talk.MORE, Talk.SOURCE, Talk.OTHER_YEARS}:
            return True
        return any(not each.fresh and leans(each.text) for each in self.questions)

    @property
    def asks_nothing(self) -> bool:
        """Whether a person who is not asked by name would say nothing to it."""
        if self.talk is not None:
            return self.talk.is_courtesy
        return self.only_tells or not self.questions


def read_message(text: str) -> Reading:
    """Return what a message says."""
    if says_nothing(text):
        return Reading()
    if talk := talk_in(text):
        return Reading(talk=talk)
    said, talks = _without_courtesies(text)
    if not said:
        return Reading(talk=min(talks, key=_IMPORTANCE.index))
    listed = sum(each.bullet for each in said) > 1
    asking = [each for each in said if each.asks or (listed and each.bullet)]
    if len(text) > LONG:
        said, asking = _at_the_edges(said)
    found_in = len(text) > LONG and bool(asking)
    if len(asking) > 1 or found_in:
        questions = _once(_each(said, asking))
        left = max(0, len(questions) - MOST_QUESTIONS)
        return Reading(questions[:MOST_QUESTIONS], left=left, found_in=found_in)
    whole = " ".join(each.text for each in said) if talks else text.strip()
    rest, fresh = announced_change(whole)
    only_tells = not asking and all(each.tells for each in said)
    return Reading((Question(rest, fresh=fresh),), only_tells=only_tells)


def questions_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the questions in some messages, oldest first; what is only said is none."""
    found: list[str] = []
    for text in texts:
        for question in read_message(text).questions:
            if question.fresh:
                found.clear()
            found += (*question.context, question.text)
    once = dict.fromkeys(each[:_LONGEST_BEFORE] for each in reversed(found))
    return tuple(reversed(list(once)))[-MOST_BEFORE:]


def _once(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Return the questions without those that are asked again in the same words."""
    return tuple({each.text: each for each in reversed(tuple(questions))}.values())[::-1]


def _without_courtesies(text: str) -> tuple[list[Said], list[Talk]]:
    """Return the sentences that say something, and what the others were."""
    said: list[Said] = []
    talks: list[Talk] = []
    for line in text.splitlines():
        bare = without_bullet(line)
        for at, sentence in enumerate(sentences(bare)):
            rest, taken = _without_leading_courtesy(sentence.strip())
            talks += taken
            if said and at and goes_with(rest, said[-1]):
                said[-1] = Said(said[-1].text + rest, said[-1].bullet)
            elif rest and not says_nothing(rest):
                said.append(Said(rest, bullet=not at and bare != line))
    return said, talks


def _without_leading_courtesy(sentence: str) -> tuple[str, list[Talk]]:
    """Take thanks and greetings off the beginning of a sentence: 「ありがとう、給食費は？」."""
    taken: list[Talk] = []
    if talk := talk_in(sentence):
        return "", [talk]
    while (match := _FIRST_CUT.match(sentence)) and (talk := talk_in(match.group())):
        if not talk.is_courtesy:
            break
        taken.append(talk)
        sentence = sentence[match.end() :]
    return sentence, taken


def _at_the_edges(said: Sequence[Said]) -> tuple[list[Said], list[Said]]:
    """Return the sentences with a long message's questions, and these: the last ones, or the first.

    The sentence before the first of them comes along, for a question may lean on it.
    """
    for start, stop in (_run(said, backwards=True), _run(said, backwards=False)):
        if start < stop:
            return list(said[max(0, start - 1) : stop]), list(said[start:stop])
    return list(said), []


def _run(said: Sequence[Said], *, backwards: bool) -> tuple[int, int]:
    """Return from where to where the sentences at one edge ask."""
    order = range(len(said) - 1, -1, -1) if backwards else range(len(said))
    taken: list[int] = []
    for at in order:
        if said[at].asks:
            taken.append(at)
        elif taken or abs(at - order[0]) >= _NEAR_THE_EDGE:
            break
    taken = taken[:MOST_QUESTIONS]
    return (min(taken), max(taken) + 1) if taken else (0, 0)


def _each(said: Sequence[Said], asking: Sequence[Said]) -> Iterator[Question]:
    """Yield each question; what is told before it, and the questions before it, are its context.

    What is told behind the last one belongs to it: 「…は誰？2015年の説明で」.
    """
    before: list[str] = []
    asks = [any(each is one for one in asking) for each in said]
    last = max(at for at, does in enumerate(asks) if does)
    for at, each in enumerate(said[: last + 1]):
        if not asks[at]:
            before.append(each.text)
            continue
        text, fresh = announced_change(each.text)
        if fresh:
            before.clear()
        shown = [text, *(one.text for one in said[last + 1 :])] if at == last else [text]
        yield Question(" ".join(shown), tuple(before), fresh)
        before.append(text)
