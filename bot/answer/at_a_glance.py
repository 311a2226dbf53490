"""What of an answer is shown at once: what is read in ten seconds. The rest is one step away.

Of a list that was asked for all is shown, as a part of it would be taken for the whole; but of what
somebody said the newest, where not all of it was asked for.
"""

from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby

from bot.answer.answer import Answer, Reply, Sentence

AT_A_GLANCE = 150
"""What is read in ten seconds, in Japanese characters; see :func:`reading_length`."""


def reading_length(text: str) -> float:
    """Return how long a text is to read, in Japanese characters.

    A Latin letter counts a half; white space counts nothing.
    """
    latin = sum(character.isascii() and character.isalpha() for character in text)
    return sum(not character.isspace() for character in text) - latin / 2


def at_a_glance(answer: Answer) -> tuple[Sentence, ...]:
    """Return the sentences shown at once, never a part of one, in the order of the answer.

    All that the best citation says; of the further ones, by rank, as long as it is short enough.
    """
    if answer.listed is not None:
        return _first_told(answer, answer.listed.at_first)
    ranks = {citation.number: citation.hit.rank for citation in answer.citations}
    groups = [list(g) for _, g in groupby(answer.sentences, key=lambda said: said.citations)]
    shown: set[int] = set()
    total = 0.0
    for at in sorted(range(len(groups)), key=lambda at: _rank(groups[at][0], ranks)):
        total += sum(reading_length(sentence.text) for sentence in groups[at])
        if shown and total > AT_A_GLANCE:
            break
        shown.add(at)
    return tuple(sentence for at in sorted(shown) for sentence in groups[at])


def _first_told(answer: Answer, most: int | None) -> tuple[Sentence, ...]:
    """Return the sentences of the first ``most`` citations, in the order of the answer."""
    told = list(dict.fromkeys(number for said in answer.sentences for number in said.citations))
    first = told[:most]
    return tuple(said for said in answer.sentences if set(first).issuperset(said.citations))


def numbered_as_seen(answer: Answer) -> Answer:
    """Number the citations in the order in which a person sees them: at a glance, then the rest."""
    seen = [number for sentence in at_a_glance(answer) for number in sentence.citations]
    told = [number for sentence in answer.sentences for number in sentence.citations]
    order = dict.fromkeys((*seen, *(citation.number for citation in answer.citations), *told))
    new = {number: position for position, number in enumerate(order, start=1)}
    return replace(
        answer,
        sentences=tuple(
            replace(said, citations=tuple(new[number] for number in said.citations))
            for said in answer.sentences
        ),
        citations=tuple(replace(each, number=new[each.number]) for each in answer.citations),
    )


def _rank(sentence: Sentence, ranks: Mapping[int, int]) -> int:
    return min((ranks[number] for number in sentence.citations if number in ranks), default=0)


def has_more(reply: Reply) -> bool:
    """Tell whether the cited (or nearest) passages hold more than is shown at once."""
    if not isinstance(reply, Answer):
        return bool(reply.nearest)
    shown = at_a_glance(reply)
    if len(shown) < len(reply.sentences):
        return True
    if any(citation.onward for citation in reply.citations):
        return True
    told = _bare("".join(sentence.text for sentence in shown))
    return any(len(_bare(c.hit.passage.text)) > len(told) for c in reply.citations)


def _bare(text: str) -> str:
    return "".join(text.split())
