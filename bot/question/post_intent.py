"""Which posts there is one of, and whether a question means one here (議長は誰ですか)."""

import datetime as dt

from bot.question.names_in_question import is_of_others, place_before, places_in
from index.council.speakers import POSTS
from index.language.text import fold
from index.language.times import find_times
from index.search.names import Names

_OURS = ("、", "。", " ", "今", "いま", "現在", "現", "本", "当", "新")
_LEADS_ON = ("における", "において", "では", "で", "の")
_UNIQUE = frozenset(
    f"{rank}{post}"
    for rank in ("", "副")
    for post in (
        *("議長", "市長", "町長", "村長", "区長", "知事", "教育長", "消防長", "管理者", "座長"),
        *("助役", "収入役", "出納長", "委員長", "会長", "部会長"),
    )
)
"""Posts of which there is one; of 課長 and 部長 there are many, told apart by what is before."""
_PLAIN = frozenset(fold(f"{rank}{post}") for post in POSTS for rank in ("", "副")) - _UNIQUE


def is_one_of_many(post: str) -> bool:
    """Tell whether a post says nothing without what stands before it: 課長, 部長."""
    return post in _PLAIN and post not in {"委員", "議員"}


def is_own_post(before: str, names: Names) -> bool:
    """Tell whether the post is one here and now: not 自治会の会長, 県の教育長 or 前議長."""
    if not before or before.endswith(_OURS):
        return True
    before = before.removesuffix(next(filter(before.endswith, _LEADS_ON), ""))
    place = place_before(before)
    if place in {*"市町村区"} or (len(place) > 1 and names.is_own(place)):
        return not is_of_others(before)
    aliases = tuple(alias for body in names.bodies for alias in body.aliases)
    today = dt.datetime.now().astimezone().date()
    timed = any(time.span[1] == len(before) for time in find_times(before, today))
    return not before or before.endswith(_OURS) or timed or before.endswith(aliases)


def named_municipalities(folded: str, names: Names) -> list[tuple[int, int]]:
    """Return where a question names the municipality of the documents: 汐見市の市長."""
    found = places_in(folded)
    return [match.span() for match in found if len(match[0]) > 1 and names.is_own(match[0])]
