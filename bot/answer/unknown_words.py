"""Words of a question that no document holds: whoever reads the answer should know.

An answer on 値上げ may be right for a question on a コミュニティバス, or be of something else where
nothing speaks of such a bus. The score cannot tell; the reader can.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from index.language.text import fold
from index.language.tokens import Noun, asking_words, nouns
from index.search.searcher import Searcher

_WORD = re.compile(r"(?!何|[ぁ-ん]+$)[^\W\da-z_]{2,}")
"""A Japanese word. One in hiragana alone may be written otherwise (おそれ, 恐れ); of Latin words
the dictionary does not tell which are nouns."""
_HOW_MANY = frozenset({"幾ら", "幾つ"})
"""Nouns of the dictionary that ask: 月謝いくら."""
_MUNICIPALITIES = frozenset("都道府県市区町村")
_LONGEST = 8
_MOST = 3
_LOOK = 200


def unknown_words(question: str, searcher: Searcher) -> tuple[str, ...]:
    """Return at most three nouns of the question that certainly stand nowhere in the index.

    As they are written (folded), in order, with the nouns that they are one word with (退職金). Of
    a question as long as a book only the first characters are looked at. A word by itself that
    documents say otherwise (給料, 給与) is none.
    """
    found = (
        "".join(each.text for each in run) if _is_short_word(run) else noun.text
        for run in _compounds(question[:_LOOK])
        for noun in run
        if _WORD.fullmatch(noun.text)
        and noun.word not in asking_words()
        and searcher.lacks(noun.text, noun.word)
        and not (len(run) == 1 and searcher.says_otherwise(noun.text))
    )
    return tuple(dict.fromkeys(found))[:_MOST]


def typed_in_vain(typed: Sequence[str], searched: str, searcher: Searcher) -> tuple[str, ...]:
    """Return at most three words that stand nowhere in the index, as somebody wrote them.

    ``typed`` are the questions of a conversation. Only of what is ``searched`` for, which may be
    the nouns of several of them, and of no two as one word.
    """
    joined = "".join(fold(searched).split())
    words = (word for text in typed for word in unknown_words(text, searcher) if word in joined)
    return tuple(dict.fromkeys(words))[:_MOST]


def unknown_municipality(question: str, searcher: Searcher) -> str | None:
    """Return the municipality that a question names and no document does; ``None`` without one.

    What is asked about it is not answered here, however near a passage on the same matter is.
    """
    for run in nouns(question[:_LOOK]):
        for noun, after in itertools.zip_longest(run, run[1:]):
            kind = after.text if after and after.text in _MUNICIPALITIES else ""
            named = noun.is_place and (kind or noun.text[-1] in _MUNICIPALITIES)
            if named and len(noun.text) > 1 and searcher.lacks(noun.text, noun.word):
                # a folder may be all that says whose documents these are
                paths = (fold(document.document) for document in searcher.documents())
                return None if any(noun.text in path for path in paths) else noun.text + kind
    return None


def _compounds(text: str) -> Iterator[list[Noun]]:
    """Yield the nouns that are one word where they stand: no blank, and no いくら, is in one."""
    for run in itertools.chain.from_iterable(map(nouns, text.split())):
        for asks, part in itertools.groupby(run, lambda noun: noun.word in _HOW_MANY):
            if not asks:
                yield list(part)


def _is_short_word(run: Sequence[Noun]) -> bool:
    whole = "".join(each.text for each in run)
    return _WORD.fullmatch(whole) is not None and len(whole) <= _LONGEST
