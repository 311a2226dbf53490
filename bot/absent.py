"""Words of a question that no document holds: whoever reads the answer should know.

An answer on 値上げ may be right for a question on a コミュニティバス, or be of something else where
nothing speaks of such a bus. The score cannot tell; the reader can.
"""

import re
from collections.abc import Sequence

from index.searching import Searcher
from index.tokens import asking_words, nouns

_WORD = re.compile(r"(?!何|[ぁ-ん]+$)[^\W\da-z_]{2,}")
"""A Japanese word. One in hiragana alone may be written otherwise (おそれ, 恐れ); of Latin words
the dictionary does not tell which are nouns."""
_LONGEST = 8
_MOST = 3
_LOOK = 200


def absent(question: str, searcher: Searcher) -> tuple[str, ...]:
    """Return at most three nouns of the question that certainly stand nowhere in the index.

    As they are written (folded), in order, with the nouns that they are one word with (退職金). Of
    a question as long as a book only the first characters are looked at.
    """
    found = (
        _whole(run, text)
        for run in nouns(question[:_LOOK])
        for text, word in run
        if _WORD.fullmatch(text) and word not in asking_words() and searcher.lacks(text, word)
    )
    return tuple(dict.fromkeys(found))[:_MOST]


def _whole(run: Sequence[tuple[str, str]], text: str) -> str:
    whole = "".join(part for part, _ in run)
    return whole if _WORD.fullmatch(whole) and len(whole) <= _LONGEST else text
