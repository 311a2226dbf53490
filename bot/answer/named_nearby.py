"""Whether what a question names is said where a passage stands: else it is near by accident.

A passage on the price of ごみ袋 says nothing of their 製造業者, nor one on the 建て替え of 市営住宅
of that of the 市役所. Both mislead, however near they are.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from bot.question.leaning import thing_and_asked
from bot.question.matter_words import is_of_saying
from index.language.text import fold, is_japanese
from index.language.tokens import Noun, asking_words, content_words_in_groups, index_terms, nouns
from index.passage import Hit, ordinal_of, passage_id
from index.search.searcher import Searcher

_AROUND = 3
"""Passages before and after: minutes do not repeat the name of the matter in every speech."""
_LONGEST = 200
_A_VALUE = re.compile(r"[数額率量費]$")
"""What a figure tells and is not called: the 数 of 登録者数."""
_HIRAGANA = re.compile(r"[ぁ-ん]+")
_Said = Callable[[Noun], bool]


def tells_of_what_is_asked(question: str, hits: Sequence[Hit], searcher: Searcher) -> bool:
    """Tell whether a hit says the thing that is asked about, and what is asked of it.

    Only of a question that says nothing else (市役所の建て替え): in a longer one words may be said
    otherwise. Of the thing its head counts, 役所 of 市役所; what may be asked of anything (費用,
    人数) need not be said.
    """
    both = thing_and_asked(question)
    if both is None or not is_japanese(question):
        return True
    things, asked = (list(_names(part)) for part in both)
    asked = [name[:-1] if _A_VALUE.search(name[-1].text) else name for name in asked]
    if not things:
        return True
    return any(
        hit.document.language != "ja"
        or (
            any(map(said, _head(things[-1])))
            and all(any(map(said, name)) for name in asked if name)
        )
        for hit in hits
        for said in (_said_around(question, hit, searcher),)
    )


def says_a_name(question: str, hit: Hit, searcher: Searcher) -> bool:
    """Tell whether the head of any name in a question is said in or around a hit: 業者 of 製造業者.

    Nouns that follow one another are one name.
    """
    named = list(_names(question[:_LONGEST]))
    if not named or not is_japanese(question) or hit.document.language != "ja":
        return True
    said = _said_around(question, hit, searcher)
    return any(said(noun) for name in named for noun in _head(name))


def _names(question: str) -> Iterator[Sequence[Noun]]:
    """Yield the names; one in hiragana alone may be written otherwise (おそれ, 恐れ)."""
    for run in nouns(question):
        name = [n for n in run if n.word not in asking_words() and not is_of_saying(n.word)]
        if name and not _HIRAGANA.fullmatch("".join(noun.text for noun in run)):
            yield name


def _head(name: Sequence[Noun]) -> Sequence[Noun]:
    """Return what a name is the name of; of one that ends in a relation (届け出先) that, too."""
    return name[-2:] if name[-1].is_relation else name[-1:]


def _said_around(question: str, hit: Hit, searcher: Searcher) -> _Said:
    """Return what tells whether a noun, or a synonym of it, is said in a passage or around it."""
    text = fold("\n".join(_around(hit, searcher)))
    terms = set(index_terms(text))
    groups = {each.word: each.groups for each in content_words_in_groups(question[:_LONGEST])}

    def said(noun: Noun) -> bool:
        held = noun.text in text or noun.word in terms
        return held or not terms.isdisjoint(groups.get(noun.word, ()))

    return said


def _around(hit: Hit, searcher: Searcher) -> Iterator[str]:
    passage, document = hit.passage, hit.document
    own = (passage.text, passage.question, passage.speaker, passage.article, *passage.heading)
    yield from filter(None, (*own, document.title, document.body, document.document))
    at = ordinal_of(passage)
    for ordinal in range(max(0, at - _AROUND), at + _AROUND + 1):
        near = searcher.passage(document.document, passage_id(document.document, ordinal))
        if near is not None:
            yield near.text
