"""A question that leans on those before it: 「それはいつ？」「費用は？」. Pure.

What it takes over is the matter of the earlier question, as its nouns, and who, where and when,
where it does not say these itself. A question that names a matter of its own is a new one. One
that only names another who, where or when (「浦部さんは？」) is the earlier question, of that one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.question.another import Turned
from bot.question.leaning import leans, matter_of, may_be_new
from bot.question.question import Question

_LONGEST = 120


@dataclass(frozen=True, slots=True)
class FollowUp:
    """``text`` is what is searched for; ``matter`` what was taken over, as it is shown.

    ``own`` is the question itself, written out where it turns to another (浦部さんは？);
    ``earlier`` are those that it leans on, oldest first.
    """

    text: str
    matter: str
    own: str
    earlier: tuple[str, ...]


def follow_up(
    text: str,
    before: Sequence[str],
    matter_words: Callable[[str], str] = str,
    turned: Callable[[str, Sequence[str]], Turned | None] = lambda _text, _before: None,
) -> FollowUp | None:
    """Return what a question means after those ``before`` it (oldest first).

    ``matter_words`` leaves out of an earlier question what narrows it and is no matter: the body,
    the speaker. ``turned`` writes out one that only names another of these. ``None`` where the
    question stands alone: then nothing is taken over.
    """
    written: list[str] = []
    for each in before:
        another = turned(each, written)
        written.append(another.text if another else each)
    if another := turned(text, written):
        return _turned(another, written, matter_words)
    return _leaning(text, written, matter_words)


def _turned(
    another: Turned, before: Sequence[str], matter_words: Callable[[str], str]
) -> FollowUp | None:
    """Return the whole question, with what the one that it is made of leaned on."""
    source = _leaning(another.text, before[: another.source], matter_words)
    matter = matter_of(matter_words(another.text))
    if source is not None:
        return replace(source, matter=f"{source.matter} {matter}".strip())
    return FollowUp(another.text, matter, another.text, ()) if matter else None


def _leaning(
    text: str, before: Sequence[str], matter_words: Callable[[str], str]
) -> FollowUp | None:
    first = len(before)
    while first and (first == len(before) or _goes_on(before, first)):
        first -= 1
    earlier = tuple(before[first:])
    runs = " ".join(matter_of(matter_words(each)) for each in earlier).split()
    matter = " ".join(dict.fromkeys(runs))[-_LONGEST:]
    if not matter or not leans(text):
        return None
    return FollowUp(f"{matter} {text}", matter, text, earlier)


def _goes_on(before: Sequence[str], at: int) -> bool:
    return leans(before[at]) and not may_be_new(before[at], before[:at])


def with_context(asked: Question, earlier: Question) -> Question:
    """Return a follow-up with what the earlier question was narrowed to and it does not say."""
    sorts = {each.sort for each in asked.restrictions}
    carried = tuple(
        replace(each, span=(0, 0), to=()) for each in earlier.restrictions if each.sort not in sorts
    )
    period = asked.period if asked.period is not None else earlier.period
    return replace(asked, restrictions=(*asked.restrictions, *carried), period=period)
