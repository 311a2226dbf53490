"""From a question to a cited answer or a decline: search, decide, choose the words."""

import re
import time
from dataclasses import replace

from bot.answer import Answer, Citation, Declined, DeclineReason, Reply, Sentence
from bot.deciding import Decider, Verdict, load_decider
from bot.extraction import choose_words
from bot.history import MOST_MEETINGS, History, find_history
from bot.question import Question, understand
from index.passage import Filters, Hit, PassageKind
from index.searching import Searcher, SearchResult, Signals

_SENTENCE_END = re.compile(r"[。．.!?！？]")
_LOOK_AT = 10
_MOST_CITATIONS = 3
_ALSO_SHARE = 0.3
"""A further hit is shown when its odds are at least this part of the best one's."""

_MESSAGES = {
    (
        "ja",
        DeclineReason.NOT_COVERED,
    ): "登録された資料の中に、この質問に答える記述は見つかりませんでした。",
    ("en", DeclineReason.NOT_COVERED): "The materials in the index do not answer this question.",
    (
        "ja",
        DeclineReason.EMPTY_INDEX,
    ): "まだ資料が登録されていません。`kiroku ingest フォルダ` で登録してください。",
    ("en", DeclineReason.EMPTY_INDEX): (
        "There are no materials in the index yet: add some with `kiroku ingest FOLDER`."
    ),
}


class Answerer:
    """Answers questions from one searcher. Use it from one thread at a time."""

    def __init__(
        self, searcher: Searcher, language: str = "auto", decider: Decider | None = None
    ) -> None:
        self._searcher = searcher
        self._language = language
        self._decider = decider or load_decider()

    def answer(
        self,
        question: str,
        filters: Filters | None = None,
        limit: int = 3,
        *,
        narrow: bool = True,  # noqa: ARG002 - nothing is narrowed yet
    ) -> Reply:
        """Answer in the materials' own words with citations, or decline.

        ``limit`` bounds the citations of an answer and the nearest passages of a decline. With
        ``narrow=False`` the search is not narrowed to what the question names.
        """
        started = time.perf_counter()
        asked = understand(question)
        language = asked.language if self._language == "auto" else self._language
        result = self._searcher.search(asked.query(filters), _LOOK_AT)
        took = {**result.took_ms}
        hits, verdict = self._weighed(asked, result)
        took["total"] = round((time.perf_counter() - started) * 1000, 3)
        confidence = None if verdict is None else verdict.confidence
        if verdict is None or not verdict.answers:
            empty = self._searcher.is_empty()
            reason = DeclineReason.EMPTY_INDEX if empty else DeclineReason.NOT_COVERED
            return Declined(
                question=question,
                reason=reason,
                message=_MESSAGES[language, reason],
                language=language,
                nearest=result.hits[:limit],
                took_ms=took,
                confidence=confidence,
            )
        chosen = [choose_words(hit.passage, asked, self._searcher.rarity) for hit in hits[:limit]]
        return Answer(
            question=question,
            sentences=tuple(
                Sentence(piece, (number,))
                for number, words in enumerate(chosen, start=1)
                for piece in words.pieces
            ),
            citations=tuple(
                Citation(number, words.quote, hit)
                for number, (words, hit) in enumerate(zip(chosen, hits, strict=False), start=1)
            ),
            language=language,
            took_ms=took,
            confidence=confidence,
        )

    def history(
        self, topic: str, filters: Filters | None = None, most: int = MOST_MEETINGS
    ) -> History:
        """Return the prior discussions of a topic: its newest ``most`` meetings, oldest first."""
        history = find_history(self._searcher, topic, filters, most)
        language = history.language if self._language == "auto" else self._language
        return replace(history, language=language)

    def _weighed(
        self, asked: Question, result: SearchResult
    ) -> tuple[tuple[Hit, ...], Verdict | None]:
        """Return the hits to be shown if they answer, best first, and whether they do."""
        hits, signals = contenders(result)
        if not hits:
            return (), None
        return hits, self._decider.verdict(asked, hits[0], signals[0])


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
