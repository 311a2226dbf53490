"""The matter before a meeting when something was said, where no heading tells: as it was called up.

「次に、議案第十二号、放課後児童クラブ条例の一部を改正する条例を議題といたします。」 Of what is said
after it until the vote, 「値上げの理由は」 is about that ordinance.
"""

import re
from collections.abc import Iterable

from index.council.items import items_in
from index.language.text import fold, sentences
from index.passage import Passage, PassageId, PassageKind

_CALLS_UP = re.compile(r"議題(?:に供|と|に)|上程(?:し|いた|を)|の(?:審議|審査|質疑)に(?:入|移)")
_ANYTHING = re.compile(r"(?:一般|代表|緊急)質問")
"""Turns of the chair behind which no one matter is dealt with."""
_PRESIDING = frozenset({PassageKind.PROCEDURE, PassageKind.VOTE})


def called_up(passages: Iterable[Passage]) -> dict[PassageId, str]:
    """Return of each passage the words that called up the one matter under debate at it.

    ``passages`` are all of a document, in order. One has none where no matter was called up, or
    several at once.
    """
    found: dict[PassageId, str] = {}
    before: str | None = None
    for passage in passages:
        if passage.kind in _PRESIDING:
            before = _goes_on_to(passage, before)
        elif before is not None:
            found[passage.passage_id] = before
    return found


def _goes_on_to(passage: Passage, before: str | None) -> str | None:
    """Return what is before the meeting after words of the chair."""
    if _CALLS_UP.search(passage.text):
        said = [part for part in sentences(passage.text) if _CALLS_UP.search(part)]
        return said[-1] if len(items_in(fold(said[-1]))) <= 1 else None
    ends = passage.kind is PassageKind.VOTE or _ANYTHING.search(passage.text)
    return None if ends else before
