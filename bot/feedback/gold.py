"""From what people thought of answers to questions whose answers are known. Pure.

Only what somebody vouched for becomes one. An answer that was found good: its quotes are right.
An answer of which somebody says that the documents do not cover the question: none is right. That
an answer is wrong does not tell what would be right, and a decline that was liked may have missed
something, so neither becomes one; nor does what people do not agree on.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.feedback.given import Complaint, Given, Verdict
from bot.feedback.store import same_words
from index.passage import Collection, DocumentId

_ANSWERED, _UNSURE = "answered", "unsure"
_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownGold:
    """Words that a right passage holds, its document, and the value in them that was asked for."""

    contains: str
    document: DocumentId
    value: str | None = None


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """A question that has one of ``gold`` for an answer, or none where that is empty.

    ``before`` are the earlier questions that it leans on, oldest first.
    """

    id: str
    question: str
    gold: tuple[KnownGold, ...] = ()
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """The questions, and how many of the votes are in none of them."""

    questions: tuple[KnownQuestion, ...]
    left_out: int


def known_questions(given: Sequence[Given], collection: Collection) -> Known:
    """Return what votes tell of the questions to one collection; ``given`` is newest first."""
    by_words: dict[_Key, list[Given]] = {}
    for each in given:
        key = tuple(map(same_words, (each.vote.question, *each.vote.before)))
        by_words.setdefault(key, []).append(each)
    questions: list[KnownQuestion] = []
    used = 0
    for key, group in by_words.items():
        found = _vouched(group, collection)
        if found:
            questions.append(_question(key, found))
            used += len(found)
    return Known(tuple(questions), len(given) - used)


def _vouched(group: Sequence[Given], collection: Collection) -> list[Given]:
    """Return the votes on one question that vouch for the same; none where others object."""
    good = [each for each in group if _liked(each)]
    bad = [each for each in group if each.vote.complaint is Complaint.SHOULD_DECLINE]
    if good and not any(_objects(each) for each in group):
        found = [each for each in good if any(_gold(each))]
    elif bad and not any(_finds_an_answer(each) for each in group):
        found = [each for each in bad if _offers(each)]
    else:
        return []
    return [each for each in found if _asks_the_same_again(each, collection)]


def _offers(given: Given) -> bool:
    """Tell whether it gave an answer, or one passage that may be one."""
    shown = given.shown
    return shown is not None and (shown.outcome == _ANSWERED or shown.reason == _UNSURE)


def _liked(given: Given) -> bool:
    """Tell whether somebody found an answer good."""
    answered = given.shown is not None and given.shown.outcome == _ANSWERED
    return answered and given.vote.verdict is Verdict.UP


def _objects(given: Given) -> bool:
    """Tell whether somebody found it bad, other than too long."""
    return given.vote.verdict is Verdict.DOWN and given.vote.complaint is not Complaint.TOO_LONG


def _finds_an_answer(given: Given) -> bool:
    """Tell whether somebody thinks that there is an answer: this one, or elsewhere."""
    if given.vote.verdict is Verdict.UP:
        return _offers(given)
    return given.vote.complaint in {Complaint.WRONG_PLACE, Complaint.TOO_LONG}


def _asks_the_same_again(given: Given, collection: Collection) -> bool:
    shown = given.shown
    if shown is None or not shown.alone or given.edited:
        return False
    return shown.collections == {collection}


def _question(key: _Key, found: Sequence[Given]) -> KnownQuestion:
    newest = found[0].vote
    digest = hashlib.sha256("\n".join(key).encode()).hexdigest()[:12]
    gold = tuple(dict.fromkeys(part for each in found if _liked(each) for part in _gold(each)))
    return KnownQuestion(f"feedback-{digest}", newest.question, gold, newest.before)


def _gold(given: Given) -> Iterator[KnownGold]:
    """Yield what was quoted and seen: of the rest, who liked it may know nothing."""
    for each in given.shown.passages if given.shown else ():
        if each.quote and each.at_a_glance:
            yield KnownGold(each.quote, each.document, each.value)
