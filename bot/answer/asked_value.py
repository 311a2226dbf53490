"""The one value that a question asks for, in the words quoted: 「１５万円」, 「令和8年1月」.

An amount, a time, a share or a number. The question tells what it looks like; which of several that
look so is meant, the reranker, which says how likely each word answers. Where none leads clearly
there is no value: a wrong one in bold would be read and believed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.answer.answer import Answer, Citation, Sentence
from bot.answer.quotable_spans import parts_of
from bot.question.value_alone import tells_value
from index.language import units
from index.language.text import fold
from index.reranking.reranker import Reading

_LEAST_LEAD = 2.0
"""By how much the mean logit of its words exceeds that of the next."""
_LEAST = 0.0
"""The least mean logit of its words."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    logit: float


def asked_value(question: str, passage: str, quote: str, reading: Reading | None) -> str | None:
    """Return the value that is asked for, as it stands in the quote; ``None`` without a clear one.

    ``passage`` is the text that was read; the quote is a stretch of it.
    """
    if reading is None or not len(reading.words):
        return None
    folded = fold(question).lower()
    unit, whole = units.unit_pattern(folded), units.value_pattern(folded)
    start = passage.find(quote)
    if whole is None or start < 0 or "\t" in quote:  # in a table its row and heads tell
        return None
    found = sorted(_candidates(whole, unit, quote, start, reading), key=lambda each: -each.logit)
    if not found or found[0].logit < _LEAST:
        return None
    best = found[0]
    next_one = max((c.logit for c in found if fold(c.text) != fold(best.text)), default=-100.0)
    return best.text if best.logit - next_one >= _LEAST_LEAD else None


def _candidates(
    whole: re.Pattern[str],
    unit: re.Pattern[str] | None,
    quote: str,
    start: int,
    reading: Reading,
) -> Iterator[_Candidate]:
    for match in whole.finditer(quote):
        text = match[0].strip()
        if unit is not None and not unit.search(fold(text)):
            continue
        logits = reading.of_stretch(start + match.start(), start + match.end())
        if len(logits):
            yield _Candidate(text, float(logits.mean()))


def with_value(answer: Answer, question: str) -> Answer | None:
    """Return an answer with those citations alone that tell the value which a question asks for.

    Where the words quoted of a passage do not, and a sentence of it does, that is quoted; ``None``
    where none of the passages tells it.
    """
    told = [each for cited in answer.citations if (each := _telling(cited, question))]
    if not told:
        return None
    numbered = [replace(each, number=number) for number, each in enumerate(told, start=1)]
    said = tuple(Sentence(each.quote, (each.number,)) for each in numbered)
    return replace(answer, citations=tuple(numbered), sentences=said)


def _telling(citation: Citation, question: str) -> Citation | None:
    if tells_value(question, citation.quote):
        return citation
    for part in parts_of(citation.hit.passage):
        if part.telling and not part.listed and tells_value(question, part.text):
            return replace(citation, quote=part.text.strip(), value=None)
    return None
