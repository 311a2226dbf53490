"""Choosing the words: from a passage the sentences that answer, in the council's own words.

Nothing is written anew: each piece stands in the passage character for character. The fewest parts
are taken that are likely enough to hold the answer, and with them what belongs to them: conditions
that follow, a yes or no that stands before, what leads into an item, the heads of a table's row.
Where a question asks for all of a list (「守ることを全部」), the list is taken whole.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answer.asked_value import asked_value
from bot.answer.at_a_glance import AT_A_GLANCE, reading_length
from bot.answer.quotable_spans import Part, parts_of
from bot.answer.span_scoring import (
    Rarity,
    is_condition,
    is_courtesy,
    read_weights,
    span_probabilities,
    way_of,
)
from bot.answer.whole_lists import likeliest_list
from bot.question.all_of_a_list import asks_for_all
from bot.question.question import Question, understand
from index.council.speakers import asker_and_words
from index.language.text import fold
from index.language.tokens import words as words_in
from index.passage import Passage, PassageKind
from index.reranking.reranker import Reading

_WHOLE, _WHOLE_LIST = 80, 50
"""A passage up to this long is quoted whole (but for its courtesies), one with items or rows."""
_NAMED_SHARE = 0.15
"""A further sentence is quoted where it holds this part of the question's words, by rarity, that
the quote lacks."""
_LIKE = 0.7
"""A further item or row is quoted where it is at least this part as likely as the best one."""
_BRIEF = 20
"""An answer up to this long (「試行の間は無料です。」) is quoted with what follows."""
_OPENING = 40
"""A yes or no up to this long is quoted with the sentence that it opens."""

_YES_NO = re.compile(
    r"^[\s　]*(はい|いいえ|ええ|[^、。]{0,6}とおり|ごもっとも"
    r"|.{0,12}(ません|できます|未定です|可能です)"
    r"|(yes|no|not yet|correct|that is (right|correct|so))(?![a-z]))",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"^[\s　]*(これ|それ|この|その|同様|そう|したがって|具体的には|一つ(は|目)|内訳|うち|こうした"
    r"|(this|that|these|those|it|they|he|she)\b)",
    re.IGNORECASE,
)
"""A sentence that says nothing without the one before it."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is quoted of a passage: ``pieces`` in order, each verbatim, for the reader.

    ``quote`` is the stretch of the passage from the first piece to the last, ``lead`` the part that
    is likeliest to answer, ``value`` the amount, time or number asked for, where one is clear.
    """

    pieces: tuple[str, ...]
    quote: str
    lead: str
    value: str | None = None


def choose_words(
    passage: Passage, question: Question, rarity: Rarity, reading: Reading | None = None
) -> Chosen:
    """Return the parts of a passage that answer a question; ``reading`` is the reranker's."""
    parts = parts_of(passage)
    likely = span_probabilities(parts, question, rarity, reading)
    span = _without_courtesies(parts, likely)
    enough = read_weights()[way_of(reading)]["enough"]
    asked = frozenset(question.words).difference(words_in("\n".join(passage.heading)))
    choice = _Choice(parts, likely, span, enough, asked)
    most = _WHOLE_LIST if any(parts[i].listed for i in span) else _WHOLE
    if sum(reading_length(parts[i].text) for i in span) <= most:
        taken = set(span)
    else:
        listed = likeliest_list(parts, likely) if asks_for_all(question.text) else set()
        taken = listed or choice.with_what_is_named(choice.taken(), question.words, rarity)
    chosen = _chosen(passage.text, parts, taken, choice.best)
    value = asked_value(question.text, passage.text, chosen.quote, reading)
    return replace(chosen, value=value)


def gist(passage: Passage, asked: Question, rarity: Rarity) -> Chosen:
    """Return the words of a speech that say what it is about; ``asked`` is what it is shown for.

    Of an answer what answers the question that it was given to, of a question what it asks, of a
    statement what is nearest to its heading.
    """
    asks = passage.kind is PassageKind.QUESTION
    about = asker_and_words(passage.question)[1] or " ".join(passage.heading)
    meant = understand(about) if about.strip() and not asks else replace(asked, words=())
    chosen = choose_words(passage, replace(meant, wants_question=asks), rarity)
    if reading_length(chosen.quote) > AT_A_GLANCE:
        return whole_stretch(passage.text, (chosen.lead.strip(),))
    return replace(chosen, value=None)


def whole_stretch(text: str, pieces: tuple[str, ...]) -> Chosen:
    """Return pieces of a text as they are quoted; the last one is what was asked for."""
    start = text.index(pieces[0])
    end = text.index(pieces[-1], start) + len(pieces[-1])
    quote = text[start:end]
    apart = "".join(quote.split()) != "".join("".join(pieces).split())
    return Chosen(pieces if apart else (quote,), quote, pieces[-1])


@dataclass(frozen=True, slots=True)
class _Choice:
    """The parts of a passage, how likely each answers, and which may be quoted.

    ``enough`` is how likely the quote must be, ``asked`` the words of the question that
    the passage's headings do not hold.
    """

    parts: Sequence[Part]
    likely: Sequence[float]
    span: range
    enough: float
    asked: frozenset[str]

    @property
    def best(self) -> int:
        """The position of the part that is likeliest to answer."""
        return min(self.span, key=lambda i: (-self.likely[i], i))

    def taken(self) -> set[int]:
        """Return the fewest positions that are likely enough, with what belongs to them."""
        ranked = sorted(self.span, key=lambda i: (-self.likely[i], i))
        taken = self._with_what_belongs(ranked[0])
        sure = sum(self.likely[i] for i in taken)
        for position in ranked[1:]:
            more = taken | self._with_what_belongs(position)
            listed = self.parts[position].listed
            if listed and self.likely[position] < _LIKE * self.likely[ranked[0]]:
                break
            if sure >= self.enough or self._long(more) > AT_A_GLANCE:
                break
            taken, sure = more, sum(self.likely[i] for i in more)
        return taken | self._of_one_list(ranked[0])

    def _of_one_list(self, best: int) -> set[int]:
        """Return the whole list of the best item where the question tells none of its items apart.

        「変更の理由は」 asks for what leads into the reasons, so all of them are the answer.
        """
        needs = self.parts[best].needs
        same = {i for i, part in enumerate(self.parts) if part.needs == needs} if needs else set()
        whole = same | set(needs)
        named = self.asked.difference(*(words_in(self.parts[i].text) for i in needs))
        told = any(named.intersection(words_in(self.parts[i].text)) for i in same)
        return set() if told or self._long(whole) > AT_A_GLANCE else whole

    def with_what_is_named(self, taken: set[int], words: Sequence[str], rarity: Rarity) -> set[int]:
        """Add the sentence that holds what the question names and the quote does not.

        「金曜に限り、午後八時まで」 stands beside 「午後六時まで」, and is what was asked for.
        """
        held = {i: set(words_in(self.parts[i].text)) for i in self.span if self._is_prose(i)}
        said = set().union(*(set(words_in(self.parts[i].text)) for i in taken))
        lacking = {word: rarity(word) for word in words if word not in said}
        if not lacking:
            return taken
        weight = {i: sum(lacking[word] for word in lacking.keys() & held[i]) for i in held}
        best = max(held, key=lambda i: weight[i], default=None)
        enough = _NAMED_SHARE * sum(rarity(word) for word in words)
        if best is None or best in taken or weight[best] < enough:
            return taken
        led = self.parts[best].leads
        more = taken | (self._with_what_belongs(best) if led else {best})
        return more if self._long(more) <= AT_A_GLANCE else taken

    def _long(self, taken: set[int]) -> float:
        return sum(reading_length(self.parts[i].text) for i in taken)

    def _with_what_belongs(self, position: int) -> set[int]:
        part = self.parts[position]
        taken = {position, *part.needs}
        if part.leads:
            return taken | {i for i, other in enumerate(self.parts) if position in other.needs}
        if not part.listed:
            taken |= self._opening(position)
        after = position + 1
        while after in self.span and self._follows(after, taken, listed=part.listed):
            taken.add(after)
            after += 1
        return taken

    def _opening(self, position: int) -> set[int]:
        """Return the sentence before where it says yes or no, or where this one leans on it."""
        before = position - 1
        if before not in self.span or not self._is_prose(before):
            return set()
        text = fold(self.parts[before].text)
        opens = len(text) <= _OPENING and _YES_NO.match(text)
        leans = _LEANS.match(fold(self.parts[position].text)) or is_condition(self.parts[position])
        fits = self._long({before, position}) <= AT_A_GLANCE
        belongs = (opens or leans) and fits and not is_courtesy(self.parts[before])
        return {before} if belongs else set()

    def _follows(self, after: int, taken: set[int], *, listed: bool) -> bool:
        """Tell whether a sentence belongs to those before it: conditions always do."""
        if not self._is_prose(after):
            return False
        if is_condition(self.parts[after]):
            return True
        if listed:
            return False
        brief = self._long(taken) <= _BRIEF
        return brief and self._long({*taken, after}) <= AT_A_GLANCE

    def _is_prose(self, position: int) -> bool:
        return self.parts[position].telling and not self.parts[position].listed


def _without_courtesies(parts: Sequence[Part], likely: Sequence[float]) -> range:
    """Return the positions between courtesies, to the last that may answer; never none."""
    said = [i for i, part in enumerate(parts) if part.text.strip()] or [0]
    first, last = said[0], said[-1] + 1
    while last > first + 1 and (is_courtesy(parts[last - 1]) or not likely[last - 1]):
        last -= 1
    while first < last - 1 and is_courtesy(parts[first]):
        first += 1
    return range(first, last)


def _chosen(text: str, parts: Sequence[Part], taken: set[int], best: int) -> Chosen:
    pieces: list[str] = []
    ordered = sorted(taken)
    for position in ordered:
        if pieces and position - 1 in taken:
            pieces[-1] += parts[position].text
        else:
            pieces.append(parts[position].text)
    end = parts[ordered[-1]].start + len(parts[ordered[-1]].text)
    quote = text[parts[ordered[0]].start : end]
    return Chosen(tuple(piece.strip() for piece in pieces), quote.strip(), parts[best].text)
