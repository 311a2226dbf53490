"""Whether what a question names is said where a passage stands: else it is near by accident.

Of a question on the 製造業者 of ごみ袋 a passage on the price of these bags holds one of two. One
that holds no more than that says nothing of what is asked, and only misleads.
"""

from collections.abc import Iterator, Sequence

from bot.question.matter_words import is_of_saying
from index.language.text import fold, is_japanese
from index.language.tokens import Noun, asking_words, content_words_in_groups, index_terms, nouns
from index.passage import Hit, ordinal_of, passage_id
from index.search.searcher import Searcher

_AROUND = 3
"""Passages before and after: minutes do not repeat the name of the matter in every speech."""
_LONGEST = 200


def names_nearby(question: str, hit: Hit, searcher: Searcher) -> bool:
    """Tell whether more than half of what a question names is said in a passage or around it.

    Nouns that follow one another are one name, of which one noun will do (しおまる号の運賃: two
    names). Their synonyms count as they do. Only for Japanese of Japanese.
    """
    if not is_japanese(question) or hit.document.language != "ja":
        return True
    named = list(_names(question[:_LONGEST]))
    if not named:
        return True
    said = fold("\n".join(_around(hit, searcher)))
    terms = set(index_terms(said))
    groups = {each.word: each.groups for each in content_words_in_groups(question[:_LONGEST])}

    def is_said(noun: Noun) -> bool:
        held = noun.text in said or noun.word in terms
        return held or not terms.isdisjoint(groups.get(noun.word, ()))

    return 2 * sum(any(map(is_said, name)) for name in named) > len(named)


def _names(question: str) -> Iterator[Sequence[Noun]]:
    for run in nouns(question):
        if name := [n for n in run if n.word not in asking_words() and not is_of_saying(n.word)]:
            yield name


def _around(hit: Hit, searcher: Searcher) -> Iterator[str]:
    passage, document = hit.passage, hit.document
    own = (passage.text, passage.question, passage.speaker, passage.article, *passage.heading)
    yield from filter(None, (*own, document.title, document.body))
    at = ordinal_of(passage)
    for ordinal in range(max(0, at - _AROUND), at + _AROUND + 1):
        near = searcher.passage(document.document, passage_id(document.document, ordinal))
        if near is not None:
            yield near.text
