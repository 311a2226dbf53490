"""From a question to a cited answer or a decline: search, decide, choose the words."""

import datetime as dt
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.answer.ambiguity import choices
from bot.answer.answer import Answer, Choice, Citation, Declined, DeclineReason, Reply, Sentence
from bot.answer.answerability import Decider, Verdict, load_decider
from bot.answer.decline_reason import which_message, why_not
from bot.answer.extraction import Chosen, choose_words, whole_stretch
from bot.answer.in_force import holding_now, with_newer
from bot.answer.out_of_scope import not_here, reporting
from bot.answer.same_speech import in_order_of_speech
from bot.answer.unknown_words import absent
from bot.answer.withheld import withholds
from bot.history.prior_discussions import MOST_MEETINGS, History, find_history
from bot.lookup.finder import Finder, Found
from bot.question.post_intent import naming, post_asked_for
from index.passage import Filters, Hit, Passage, PassageKind, ordinal_of, passage_id
from index.search.searcher import Searcher, SearchResult, Signals

_SENTENCE_END = re.compile(r"[。．.!?！？]")
_LOOK_AT = 10
_MOST_CITATIONS = 3
_ALSO_SHARE = 0.3
"""A further hit is shown when its odds are at least this part of the best one's."""
_SURE = 0.8
"""How likely the answer must be where the meeting or speaker that was named is not there."""


class Answerer:
    """Answers questions from one searcher. Use it from one thread at a time."""

    def __init__(
        self,
        searcher: Searcher,
        language: str = "auto",
        decider: Decider | None = None,
        today: dt.date | None = None,
    ) -> None:
        self._searcher = searcher
        self._language = language
        self._decider = decider or load_decider()
        self._finder = Finder(searcher, today)

    def answer(
        self, question: str, filters: Filters | None = None, limit: int = 3, *, narrow: bool = True
    ) -> Reply:
        """Answer in the materials' own words with citations, or decline.

        ``limit`` bounds the citations of an answer and the nearest passages of a decline. With
        ``narrow`` false the search is narrowed to ``filters`` alone and not to the body, speaker
        or date that the question names.
        """
        started = time.perf_counter()
        found = self._finder.find(question, filters, _LOOK_AT, narrow=narrow)
        language = found.asked.language if self._language == "auto" else self._language
        missing = not_here(found, self._searcher)
        said = reporting(found, missing, self._searcher) if missing else found
        hits, verdict = ((), None) if missing and said is found else self._weighed(said)
        lacking = self._absent(found)
        undecided = (verdict is not None and verdict.answers) or not found.meant.says_matter
        meant = choices(found, self._searcher.names) if undecided and missing is None else ()
        took = {**found.result.took_ms}
        took["total"] = round((time.perf_counter() - started) * 1000, 3)
        confidence = None if verdict is None else verdict.confidence
        framed = _Frame(question, language, said, took, confidence, lacking)
        if meant:
            return framed.ambiguous(meant, limit)
        if verdict is None or not verdict.answers:
            return framed.declined(*why_not(found, missing, language), limit)
        chosen = [(hit, self._words(found, hit)) for hit in hits[:limit]]
        answer = framed.answered(chosen)
        return replace(answer, citations=self._with_onward(answer.citations))

    def history(
        self, topic: str, filters: Filters | None = None, most: int = MOST_MEETINGS
    ) -> History:
        """Return the prior discussions of a topic: its newest ``most`` meetings, oldest first."""
        history = find_history(self._searcher, topic, filters, most)
        language = history.language if self._language == "auto" else self._language
        return replace(history, language=language)

    def _weighed(self, found: Found) -> tuple[tuple[Hit, ...], Verdict | None]:
        """Return the hits to be shown if they answer, best first, and whether they do.

        An article, a decision or a post that was looked up is what was asked for: nothing is to be
        weighed.
        """
        lookup = found.lookup
        if lookup is not None:
            if lookup.lacking:
                return (), Verdict(answers=False, confidence=0.0)
            shown = len(lookup.pieces) + len(lookup.referred[:1])
            return found.result.hits[: shown or _MOST_CITATIONS], Verdict(
                answers=True, confidence=1.0
            )
        if found.told:
            return found.result.hits[: len(found.told)], Verdict(answers=True, confidence=1.0)
        result = found.to_the_matter
        names = self._searcher.names
        if names and (post := post_asked_for(found.asked.text, names)):
            # no list told: an article on the post does not either
            result = naming(result, post, found.asked.period)
        hits, signals = contenders(result)
        if not hits:
            return (), None
        verdict = self._decider.verdict(found.asked, hits[0], signals[0])
        unsure = bool(found.meant.dropped) and verdict.confidence < _SURE
        unsaid = found.unsaid(self._searcher.rarity)
        answers = verdict.answers and not unsure and not unsaid
        hits = tuple(with_newer(found, hits, self._searcher.rarity))
        return holding_now(hits, found.asked, self._finder.today), replace(verdict, answers=answers)

    def _with_onward(self, citations: Sequence[Citation]) -> tuple[Citation, ...]:
        """Add to each citation how the speech goes on, where that is not cited itself."""
        cited = {citation.hit.passage.passage_id for citation in citations}

        def onward(hit: Hit) -> Passage | None:
            if hit.passage.turn is None:
                return None
            document, after = hit.document.document, ordinal_of(hit.passage) + 1
            name = passage_id(document, after)
            found = None if name in cited else self._searcher.passage(document, name)
            return found if found and found.turn == hit.passage.turn else None

        return tuple(replace(citation, onward=onward(citation.hit)) for citation in citations)

    def _absent(self, found: Found) -> tuple[str, ...]:
        """Return the words of the question that stand in no document; an article needs none."""
        return () if found.lookup is not None else absent(found.meant.query.text, self._searcher)

    def _words(self, found: Found, hit: Hit) -> Chosen:
        if found.lookup is not None and (part := found.lookup.part(found.asked, hit.passage)):
            return whole_stretch(hit.passage.text, part)
        for each in found.told:
            if each.passage.passage_id == hit.passage.passage_id and each.words:
                return whole_stretch(hit.passage.text, each.words)
        return choose_words(hit.passage, found.asked, self._searcher.rarity)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What every reply to one question carries."""

    question: str
    language: str
    found: Found
    took_ms: Mapping[str, float]
    confidence: float | None
    absent: tuple[str, ...]

    def answered(self, chosen: Sequence[tuple[Hit, Chosen]]) -> Answer:
        """Return an answer made of the words chosen from each hit, the best of them first."""
        ordered = in_order_of_speech(chosen, lambda each: each[0])
        numbered = [(number, hit, words) for number, (hit, words) in enumerate(ordered, start=1)]
        return Answer(
            question=self.question,
            sentences=tuple(
                Sentence(piece, (number,))
                for number, _, words in numbered
                for piece in words.pieces
            ),
            citations=tuple(Citation(number, words.quote, hit) for number, hit, words in numbered),
            withheld=withholds(chosen[0][1].lead, self.question, chosen[0][1].quote),
            language=self.language,
            understood=self.found.understood(self.language),
            loosened=self.found.loosened(self.language),
            absent=self.absent,
            took_ms=self.took_ms,
            narrowed=self.found.meant.filters,
            confidence=self.confidence,
        )

    def declined(
        self, reason: DeclineReason, message: str, limit: int, meant: tuple[Choice, ...] = ()
    ) -> Declined:
        """Return a decline with the nearest passages."""
        return Declined(
            question=self.question,
            reason=reason,
            message=message,
            language=self.language,
            nearest=self.found.result.hits[:limit],
            understood=self.found.understood(self.language),
            loosened=self.found.loosened(self.language),
            absent=self.absent,
            choices=meant,
            took_ms=self.took_ms,
            narrowed=self.found.meant.filters,
            confidence=self.confidence,
        )

    def ambiguous(self, meant: tuple[Choice, ...], limit: int) -> Declined:
        """Return the question back, with what it may mean."""
        message = which_message(meant, self.language)
        return self.declined(DeclineReason.AMBIGUOUS, message, limit, meant)


def contenders(result: SearchResult) -> tuple[tuple[Hit, ...], tuple[Signals, ...]]:
    """Return the hits to be shown together if any is: one where it leads clearly, else up to three.

    The first one's signals carry the odds of all of them, since all of them will be shown.
    """
    said = [
        (hit, signals)
        for hit, signals in zip(result.hits, result.signals, strict=True)
        if _says_something(hit)
    ][:_MOST_CITATIONS]
    if not said:
        return (), ()
    least = _ALSO_SHARE * said[0][1].share
    shown = [(hit, signals) for hit, signals in said if signals.share >= least]
    together = sum(signals.share for _, signals in shown)
    first = replace(shown[0][1], share=min(1.0, together))
    rest = tuple(signals for _, signals in shown[1:])
    return tuple(hit for hit, _ in shown), (first, *rest)


def _says_something(hit: Hit) -> bool:
    """Tell whether a hit holds a sentence: a list of headings answers nothing."""
    passage = hit.passage
    return passage.kind is not PassageKind.PROCEDURE or bool(_SENTENCE_END.search(passage.text))
