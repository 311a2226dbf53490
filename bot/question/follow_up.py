"""A question that leans on those before it: 「それはいつ？」「費用は？」. Pure.

What it takes over is the matter of the earlier question, as its nouns, and who, where and when,
where it does not say these itself. A question that names a matter of its own is a new one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.question.leaning import leans, matter_of, may_be_new
from bot.question.question import Question

_LONGEST = 120


@dataclass(frozen=True, slots=True)
class FollowUp:
    """``text`` is what is searched for; ``matter`` what was taken over, as it is shown.

    ``earlier`` are the questions that it leans on, oldest first.
    """

    text: str
    matter: str
    earlier: tuple[str, ...]


def follow_up(
    text: str, before: Sequence[str], matter_words: Callable[[str], str] = str
) -> FollowUp | None:
    """Return what a question means after those ``before`` it (oldest first).

    ``matter_words`` leaves out of an earlier question what narrows it and is no matter: the body,
    the speaker. ``None`` where the question stands alone: then nothing is taken over.
    """
    first = len(before)
    while first and (first == len(before) or _goes_on(before, first)):
        first -= 1
    earlier = tuple(before[first:])
    runs = " ".join(matter_of(matter_words(each)) for each in earlier).split()
    matter = " ".join(dict.fromkeys(runs))[-_LONGEST:]
    if not matter or not leans(text):
        return None
    return FollowUp(f"{matter} {text}", matter, earlier)


def _goes_on(before: Sequence[str], at: int) -> bool:
    return leans(before[at]) and not may_be_new(before[at], before[:at])


def with_context(asked: Question, earlier: Question) -> Question:
    """Return a follow-up with what the earlier question was narrowed to and it does not say."""
    sorts = {each.sort for each in asked.restrictions}
    carried = tuple(
        replace(each, span=(0, 0)) for each in earlier.restrictions if each.sort not in sorts
    )
    period = asked.period if asked.period is not None else earlier.period
    return replace(asked, restrictions=(*asked.restrictions, *carried), period=period)
