"""From a question to a cited answer or a decline: search, decide, choose the words."""

import datetime as dt
import time
from collections.abc import Sequence
from dataclasses import replace

from bot.answer.ambiguity import choices
from bot.answer.answer import Answer, Choice, Citation, Reply, Sentence
from bot.answer.answerability import Decider, load_decider
from bot.answer.asked_value import with_value
from bot.answer.decline_reason import (
    elsewhere_message,
    unsure_message,
    why_not,
)
from bot.answer.extraction import Chosen, choose_words, gist, whole_stretch
from bot.answer.judgement import Judgement, judge
from bot.answer.unknown_words import typed_in_vain
from bot.history.meetings import History
from bot.history.prior_discussions import MOST_MEETINGS, find_history, told_in
from bot.lookup.finder import Finder, Found
from bot.lookup.held import held_passages
from bot.lookup.lookup_result import Counted
from bot.lookup.meetings_meant import head_of
from bot.question.leaning import points_back
from bot.question.list_intent import asks_of_a_meeting
from bot.question.value_alone import asks_value_alone, asks_which_day
from bot.read_otherwise import read_otherwise, surer
from bot.reply_frame import Frame
from index.passage import Filters, Hit, Passage, PassageId, PassageKind, ordinal_of, passage_id
from index.search.searcher import Searcher

_LOOK_AT = 10


class Answerer:
    """Answers questions from one searcher. Use it from one thread at a time.

    ``fast`` leaves out the reranker.
    """

    def __init__(
        self,
        searcher: Searcher,
        language: str = "auto",
        decider: Decider | None = None,
        today: dt.date | None = None,
        *,
        fast: bool = False,
    ) -> None:
        self._searcher = searcher
        self._language = language
        self._decider = decider or load_decider()
        self._finder = Finder(searcher, today, fast)

    def answer(
        self,
        question: str,
        filters: Filters | None = None,
        limit: int = 3,
        *,
        narrow: bool = True,
        before: Sequence[str] = (),
    ) -> Reply:
        """Answer in the materials' own words with citations, or decline.

        ``limit`` bounds the citations of an answer and the nearest passages of a decline; a list
        that is asked for whole has one for each part of it. With
        ``narrow`` false the search is narrowed to ``filters`` alone and not to the body, speaker or
        date that the question names. ``before`` are the earlier questions of the conversation,
        oldest first. A short one that may go on from these, or be on a subject of its own, is
        looked up both ways, and the surer reply is given; so is one that may be read otherwise
        (:mod:`bot.read_otherwise`). One that asks for a value alone (それは
        いつ？) is looked up first where the question before it was answered.
        """
        started = time.perf_counter()
        reply = self._reply(question, filters, limit, narrow, before)
        if reply.taken_over is not None and asks_value_alone(question):
            reply = self._where_last_answered(question, filters, limit, narrow, before) or reply
        elif reply.taken_over is not None and self._may_stand_alone(question, before, reply):
            alone = self._reply(question, filters, limit, narrow, ())
            reply = surer(question, reply, alone)

        def ask(read_as: str) -> Reply:
            return self._reply(read_as, filters, limit, narrow, before)

        reply = read_otherwise(question, reply, self._searcher, ask)
        total = round((time.perf_counter() - started) * 1000, 3)
        return replace(reply, took_ms={**reply.took_ms, "total": total})

    def _may_stand_alone(self, question: str, before: Sequence[str], going_on: Reply) -> bool:
        """Tell whether a question is worth looking up apart from those before it as well."""
        if asks_of_a_meeting(question):
            return not (isinstance(going_on, Answer) and going_on.listed)
        answered = isinstance(going_on, Answer)
        return not points_back(question) and self._finder.stands_alone(
            question, before, answered=answered
        )

    def _reply(
        self,
        question: str,
        filters: Filters | None,
        limit: int,
        narrow: bool,  # noqa: FBT001  passed on
        before: Sequence[str],
    ) -> Reply:
        found = self._finder.find(question, filters, _LOOK_AT, narrow=narrow, before=before)
        judged = judge(found, self._searcher, self._decider, self._finder.today)
        meant = self._meant(judged)
        framed = self._framed(question, judged, before)
        if meant:
            return framed.ambiguous(meant, limit)
        if not judged.answers and judged.unsure:
            nearest = judged.hits[0]
            message = unsure_message(framed.language)
            return framed.unsure(nearest, self._words(found, nearest).quote, message)
        if not judged.answers and (told := self._told_elsewhere(judged, filters)):
            elsewhere, nearest = told
            message = elsewhere_message(found, nearest, framed.language)
            return framed.unsure(nearest, self._words(elsewhere, nearest).quote, message)
        if not judged.answers:
            return framed.declined(*why_not(found, judged.missing, framed.language), limit)
        listed = judged.found.listed
        most = max(limit, len(listed.told)) if listed else limit
        answer = framed.answered([(hit, self._words(found, hit)) for hit in judged.hits[:most]])
        return replace(answer, citations=self._with_onward(answer.citations))

    def _where_last_answered(
        self,
        question: str,
        filters: Filters | None,
        limit: int,
        narrow: bool,  # noqa: FBT001  passed on
        before: Sequence[str],
    ) -> Answer | None:
        """Return what the document that answered the question before tells of a value.

        Nothing where that tells none, or the question before was not answered.
        """
        given = filters or Filters()
        told = [each for each in before if not asks_value_alone(each)]
        if not told or given.document is not None:
            return None
        last = self.answer(told[-1], filters, limit, narrow=narrow, before=told[:-1])
        if not isinstance(last, Answer):
            return None
        best = min(last.citations, key=lambda citation: citation.hit.rank).hit
        if best.passage.kind is PassageKind.VOTE and asks_which_day(question):
            return self._day_of(best, question, last)
        within = replace(given, document=best.document.document)
        reply = self._reply(question, within, limit, narrow, before)
        told_there = with_value(reply, question) if isinstance(reply, Answer) else None
        return told_there and replace(told_there, narrowed=last.narrowed)

    def _day_of(self, voted: Hit, question: str, last: Answer) -> Answer | None:
        """Return the line of the minutes that tells the day of a vote, where one does."""
        document = voted.document
        head = head_of(self._searcher.passages(document.document), document)
        if head is None:
            return None
        cited = Citation(1, head[1], replace(voted, passage=head[0]))
        said = (Sentence(head[1], (1,)),)
        taken_over = self.matter((last.question,))
        return replace(
            last,
            question=question,
            sentences=said,
            citations=(cited,),
            listed=None,
            taken_over=taken_over,
        )

    def history(
        self, topic: str, filters: Filters | None = None, most: int = MOST_MEETINGS
    ) -> History:
        """Return the prior discussions of a topic: its newest ``most`` meetings, oldest first."""
        history = find_history(self._searcher, topic, filters, most)
        language = history.language if self._language == "auto" else self._language
        return replace(history, language=language)

    def matter(self, questions: Sequence[str]) -> str | None:
        """Return the matter of a conversation, as its nouns; ``None`` where it names none.

        ``questions`` are those of the conversation, oldest first.
        """
        return self._finder.meant("", before=questions).taken_over

    def held(self, names: Sequence[PassageId]) -> list[Hit]:
        """Return the passages of these ids that there are, in their order."""
        return held_passages(self._searcher, names)

    def rarity(self, word: str) -> float:
        """Return how rare a word is in the documents."""
        return self._searcher.rarity(word)

    def told_in(self, topic: str, names: Sequence[PassageId]) -> History:
        """Return what some passages say of a topic, meeting by meeting."""
        hits = self.held(names)
        texts = {
            name: self._searcher.passages(name) for name in {h.document.document for h in hits}
        }
        return told_in(topic, hits, texts, self._searcher.rarity)

    def is_empty(self) -> bool:
        """Tell whether there is no document to answer from."""
        return self._searcher.is_empty()

    def names_met(
        self, question: str, filters: Filters | None = None, before: Sequence[str] = ()
    ) -> int:
        """Return of how many of the times, bodies and people that a question names there is word.

        That tells who may know, where several are asked.
        """
        return self._finder.meant(question, filters, before=before).held

    def _meant(self, judged: Judgement) -> tuple[Choice, ...]:
        """Return what the question may mean where that must be asked back."""
        undecided = judged.found.which or judged.answers or not judged.found.meant.says_matter
        if judged.missing is not None or not undecided:
            return ()
        return choices(judged.found, self._searcher.names)

    def _told_elsewhere(
        self, judged: Judgement, filters: Filters | None
    ) -> tuple[Found, Hit] | None:
        """Return what others say where those say nothing that the question was narrowed to.

        A good clerk says so, and tells whose words these are.
        """
        found = judged.found
        if not found.meant.kept or not found.meant.says_matter or judged.missing is not None:
            return None
        wider = self._finder.elsewhere(found, filters, _LOOK_AT)
        likely = judge(wider, self._searcher, self._decider, self._finder.today)
        if not likely.hits or not (likely.answers or likely.unsure):
            return None
        nearest = likely.hits[0]
        within = {hit.passage.passage_id for hit in found.result.hits}
        return None if nearest.passage.passage_id in within else (wider, nearest)

    def _framed(self, question: str, judged: Judgement, before: Sequence[str]) -> Frame:
        found = judged.found
        language = found.asked.language if self._language == "auto" else self._language
        absent = self._absent(found, (*before, question))
        return Frame(question, language, found, found.result.took_ms, judged.confidence, absent)

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

    def _absent(self, found: Found, typed: Sequence[str]) -> tuple[str, ...]:
        """Return the words ``typed`` that stand in no document; a lookup needs none."""
        looked_up = found.lookup is not None or found.listed is not None or bool(found.which)
        nothing_said = looked_up or not found.meant.says_matter
        return () if nothing_said else typed_in_vain(typed, found.meant.query.text, self._searcher)

    def _words(self, found: Found, hit: Hit) -> Chosen:
        if found.lookup is not None and (part := found.lookup.part(found.asked, hit.passage)):
            return whole_stretch(hit.passage.text, part)
        for each in found.told:
            if each.passage.passage_id == hit.passage.passage_id and each.words:
                return whole_stretch(hit.passage.text, each.words)
        listed = found.listed
        if listed is not None and listed.counted is Counted.SPEECHES:
            return gist(hit.passage, found.asked, self._searcher.rarity)
        readings = zip(found.result.hits, found.result.signals, strict=True)
        name = hit.passage.passage_id
        reading = next((s.reading for h, s in readings if h.passage.passage_id == name), None)
        return choose_words(hit.passage, found.asked, self._searcher.rarity, reading)
