"""One way for search and answers alike: understand, narrow, search, and loosen what leaves nothing.

Filters that were given by hand always hold and are never loosened. What was understood is added to
them where it does not go against them, and let go of, the least certain first, where nothing would
be left; what could be kept after all is taken back.
"""

import datetime as dt
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import Enum

from bot.lookup.articles import ArticleLookup, look_up_article, names_unknown_law
from bot.lookup.decisions import decisions_on, is_of_another
from bot.lookup.lists import list_from_data, meetings_to_choose, of_decisions
from bot.lookup.lookup_result import Listed, Told, with_first
from bot.lookup.member_votes import votes_of_members
from bot.lookup.post_holders import post_holders
from bot.lookup.said_on import said_on
from bot.lookup.vote_lists import decisions_alone
from bot.question.another import turned_to_another, without_names
from bot.question.explanation import restriction_label
from bot.question.filters import (
    Restriction,
    Sort,
    in_order,
    merge_filters,
    without_restricted_words,
)
from bot.question.follow_up import follow_up, with_context
from bot.question.leaning import own_nouns
from bot.question.matter_words import matter_words
from bot.question.question import Question, understand
from index.language.text import fold
from index.language.tokens import words
from index.passage import Document, DocumentKind, Filters, Hit
from index.search.query import Query, SearchResult, only
from index.search.searcher import Searcher

_AT_ODDS = {
    "since": Sort.TIME,
    "until": Sort.TIME,
    "as_of": Sort.TIME,
    "body": Sort.BODY,
    "session": Sort.SESSION,
    "speaker": Sort.PERSON,
    "person": Sort.PERSON,
    "asker": Sort.ASKER,
}
"""Which understood restriction gives way to a filter given by hand."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a question means here, and the ``query`` that is searched for.

    ``kept`` narrows the search, ``dropped`` had to be let go of; ``filters`` are those in force.
    ``says_matter`` is false where the question says nothing but who, where and when. ``taken_over``
    is the matter of an earlier question, where this one leans on it. ``held`` counts what the
    question names and there is something of, also where that narrows nothing.
    """

    asked: Question
    filters: Filters
    query: Query
    kept: tuple[Restriction, ...] = ()
    dropped: tuple[Restriction, ...] = ()
    says_matter: bool = True
    taken_over: str | None = None
    held: int = 0


class Nothing(Enum):
    """Why nothing at all could be found."""

    EMPTY = "empty"
    """The index holds no document."""
    LEFT = "left"
    """The filters that were given leave no passage."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was searched for and found.

    ``lookup`` is there where an article was named, ``told`` holds what tells the decision
    on a matter that was named, who holds a post, or all of a list; ``listed`` is that list.
    ``nothing`` tells why there is no hit, where that is plain.
    """

    meant: Meant
    result: SearchResult
    lookup: ArticleLookup | None = None
    told: tuple[Told, ...] = ()
    listed: Listed | None = None
    nothing: Nothing | None = None
    which: tuple[Document, ...] = ()
    """The meetings of which one has to be chosen, two or more, where that is not said."""

    @property
    def asked(self) -> Question:
        """The question as understood."""
        return self.meant.asked

    @property
    def to_the_matter(self) -> SearchResult:
        """The hits without those on matters of other numbers than the question names."""
        kept = [
            place
            for place, hit in enumerate(self.result.hits)
            if not is_of_another(self.asked, hit)
        ]
        return only(self.result, kept)

    def understood(self, language: str) -> tuple[str, ...]:
        """Return what it was narrowed to, in short labels."""
        return self._labels(self.meant.kept, language)

    def loosened(self, language: str) -> tuple[str, ...]:
        """Return what was let go of, in short labels."""
        return self._labels(self.meant.dropped, language)

    def _labels(self, parts: Sequence[Restriction], language: str) -> tuple[str, ...]:
        asks = self.asked.wants_question
        return tuple(
            restriction_label(part, language, asked=self.asked.text, wants_question=asks)
            for part in parts
        )


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds passages for questions. ``today`` is what relative times count from; else the clock.

    ``fast`` leaves out the reranker.
    """

    searcher: Searcher
    today: dt.date | None = None
    fast: bool = False

    def find(
        self,
        text: str,
        filters: Filters | None = None,
        limit: int = 10,
        *,
        narrow: bool = True,
        before: Sequence[str] = (),
    ) -> Found:
        """Return the ``limit`` best hits of what the question means.

        With ``narrow`` false nothing that was understood narrows the search. ``before`` are the
        earlier questions of the conversation, oldest first.
        """
        meant = self.meant(text, filters, narrow=narrow, before=before)
        result = self.searcher.search(meant.query, limit)
        lookup = look_up_article(self.searcher, meant.asked, meant.filters, self.today)
        if lookup is not None:
            result = lookup.put_first(result, limit)
        elif names_unknown_law(self.searcher, meant.asked, meant.filters):
            result = _without_ordinances(result)
        listed = self._listed(meant) if narrow and lookup is None else None
        told = listed.told if listed else self._told(meant, result, limit)
        if told:
            first = [(each.document, each.passage) for each in told]
            result = with_first(result, first, max(limit, len(first)))
        elif narrow and lookup is None and self._of_decisions(meant):
            result = decisions_alone(result)
        nothing = None if result.hits else self._why_nothing(meant.filters)
        which = self._which(meant) if narrow and not told and lookup is None else ()
        return Found(meant, result, lookup, told, listed, nothing, which)

    def stands_alone(self, text: str, before: Sequence[str], *, answered: bool) -> bool:
        """Tell whether a question that may lean on others is worth looking up by itself.

        Not where it asks of another who, where or when what was asked before, and only where it
        names a matter beside these, or names these where it was not ``answered`` in going on:
        なんで上げるん is of whatever came before, 野々村委員は何と言った may be of anything.
        """
        if turned_to_another(text, before, self.searcher.names, self._day) is not None:
            return False
        rest = without_names(fold(text), self.searcher.names, self._day)
        named = " ".join(rest.split()) != " ".join(fold(text).split())
        return any(map(matter_words, own_nouns(rest))) or (named and not answered)

    def elsewhere(self, found: Found, filters: Filters | None = None, limit: int = 10) -> Found:
        """Return what there is on the matter without what the question was narrowed to."""
        query = replace(found.meant.query, filters=filters or Filters(), asked="")
        meant = replace(found.meant, filters=filters or Filters(), query=query, kept=())
        return Found(meant, self.searcher.search(query, limit))

    def _told(self, meant: Meant, result: SearchResult, limit: int) -> tuple[Told, ...]:
        decided = decisions_on(self.searcher, meant.asked, meant.filters, result.hits)
        told = decided or post_holders(self.searcher, meant.asked, meant.filters, self._day)
        if told or meant.dropped or not meant.says_matter:
            return told
        matter = matter_words(meant.query.text)
        return said_on(meant.asked, meant.filters, result.hits, matter, limit)

    def _listed(self, meant: Meant) -> Listed | None:
        members = votes_of_members(self.searcher, meant.asked, meant.filters, meant.dropped)
        return members or list_from_data(
            self.searcher, meant.asked, meant.filters, meant.dropped, self._day
        )

    def _of_decisions(self, meant: Meant) -> bool:
        return of_decisions(self.searcher, meant.asked, meant.filters, meant.dropped, self._day)

    def _which(self, meant: Meant) -> tuple[Document, ...]:
        return meetings_to_choose(
            self.searcher, meant.asked, meant.filters, meant.dropped, self._day
        )

    @property
    def _day(self) -> dt.date:
        return self.today or dt.datetime.now().astimezone().date()

    def _why_nothing(self, filters: Filters) -> Nothing | None:
        if self.searcher.is_empty():
            return Nothing.EMPTY
        return None if self.searcher.leaves(filters) else Nothing.LEFT

    def meant(
        self,
        text: str,
        filters: Filters | None = None,
        *,
        narrow: bool = True,
        before: Sequence[str] = (),
    ) -> Meant:
        """Return what a question means, and what is searched for."""
        given = filters or Filters()
        names = self.searcher.names if narrow else None

        def understood(question: str) -> Question:
            return understand(question, names, self.today)

        context = follow_up(
            text,
            before,
            lambda earlier: _unrestricted(understood(earlier)),
            lambda each, earlier: turned_to_another(each, earlier, names, self._day),
        )
        asked = understood(context.text if context else text)
        # first its own names, which folding may have joined to the matter before them
        for each in (context.own, *reversed(context.earlier)) if context else ():
            asked = with_context(asked, understood(each))
        holding, dropped = self._settled(given, asked.restrictions)
        everything = self.searcher.leaves(given)
        told = [p for p in holding if self.searcher.leaves(merge_filters(given, [p])) < everything]
        kept = in_order(told)
        in_force = merge_filters(given, kept)
        # What narrows nothing here, as all is of that body, is no matter to look for either.
        rest = without_restricted_words(fold(asked.text), holding) if holding else asked.text
        said = bool(matter_words(rest))
        query = replace(asked.query(in_force), text=rest if said else asked.text)
        query = replace(query, asked=asked.text, fast=self.fast)
        taken_over = context.matter if context else None
        return Meant(asked, in_force, query, kept, dropped, said, taken_over, len(holding))

    def _settled(
        self, given: Filters, parts: Sequence[Restriction]
    ) -> tuple[list[Restriction], tuple[Restriction, ...]]:
        """Return which restrictions hold, and which would leave nothing."""
        set_by_hand = {sort for name, sort in _AT_ODDS.items() if getattr(given, name) is not None}
        kept = list(in_order([part for part in parts if not _gives_way(part, set_by_hand)]))
        if not kept or not self.searcher.leaves(given):
            return [], ()
        dropped: list[Restriction] = []
        while kept and not self.searcher.leaves(merge_filters(given, kept)):
            dropped.append(kept.pop(0))
        for part in reversed(dropped):
            if self.searcher.leaves(merge_filters(given, [*kept, part])):
                kept.append(part)
        return kept, in_order([part for part in dropped if part not in kept])


def _without_ordinances(result: SearchResult) -> SearchResult:
    """Leave out the articles of ordinances: that of another one is no answer."""
    kinds = [hit.document.kind for hit in result.hits]
    return only(result, [at for at, kind in enumerate(kinds) if kind is not DocumentKind.ORDINANCE])


def _unrestricted(asked: Question) -> str:
    return without_restricted_words(fold(asked.text), asked.restrictions)


def _gives_way(part: Restriction, set_by_hand: AbstractSet[Sort]) -> bool:
    """Tell whether what a filter given by hand sets is what the restriction would set."""
    who = Sort.ASKER if part.filters.asker is not None else Sort.PERSON
    return (who if part.sort is Sort.PARTY else part.sort) in set_by_hand


def words_of(hit: Hit) -> set[str]:
    """Return the words of a passage, of the words that it answers and of its headings."""
    passage = hit.passage
    return set(words("\n".join((passage.text, passage.question or "", *passage.heading))))
