"""A question in words of daily life, read in the words that an index holds: クーラー, エアコン.

Which words may stand for which is known (:mod:`index.language.said_otherwise`); here it is told
which of them the passages hold, and hold so much oftener that they may be what is meant.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index.language.said_otherwise import SaidOtherwise, said_otherwise
from index.language.text import fold

_OFTENER = 8
"""How many times as often as a word itself the one must be held that is read for it."""
_INFLECTED = re.compile(r"[ぁ-ん]$")
_LONGEST = 200
"""Characters up to which a question is read in other words."""


@dataclass(frozen=True, slots=True)
class _Meant:
    """A word of a question, and what it may mean with how many passages hold that."""

    said: SaidOtherwise
    held: Sequence[tuple[str, int]]

    @property
    def likeliest(self) -> str:
        """What is meant most often by it."""
        return self.held[0][0]

    @property
    def most_held(self) -> str:
        """What most passages hold of it."""
        return max(self.held, key=lambda each: each[1])[0]


def in_other_words(question: str, holders: Callable[[str], int]) -> tuple[str, ...]:
    """Return at most two ways to read a question, folded; none where nothing is to be replaced.

    ``holders`` tells how many passages hold a text. In the one each word of daily life is what is
    meant most often by it, in the other what most passages hold.
    """
    folded = fold(question)
    if len(folded) > _LONGEST:
        return ()
    meant = list(_meant(folded, holders))
    if not meant:
        return ()
    likeliest = _with(folded, [(each.said, each.likeliest) for each in meant])
    most_held = _with(folded, [(each.said, each.most_held) for each in meant])
    return tuple(dict.fromkeys((likeliest, most_held)))


def _meant(folded: str, holders: Callable[[str], int]) -> Iterator[_Meant]:
    for said in said_otherwise(folded):
        least = max(1, _OFTENER * holders(folded[said.start : said.end]))
        counted = [(word, holders(word)) for word in said.official if word not in folded]
        held = [(word, count) for word, count in counted if count >= least]
        if held:
            yield _Meant(said, held)


def _with(folded: str, replaced: Sequence[tuple[SaidOtherwise, str]]) -> str:
    for said, word in reversed(replaced):
        link = "の" if said.of_noun and not _INFLECTED.search(word) else ""
        folded = folded[: said.start] + word + link + folded[said.end :]
    return folded
