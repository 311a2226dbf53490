"""What became of a matter that a question names by its number (議案第12号の結果) or its title.

Minutes hold each decision as data (:class:`index.record.Vote`), and a number is an address: the
words of that very vote come first, the newest first, as a matter may be carried over and numbers
come again every year. What is on another number is never shown for it. A title counts where it
holds every word of the question's matter (令和6年度予算), and few titles do. How a member or a
group voted is told only by the words of a vote that name them.
"""

import datetime as dt
import functools
import re
from collections.abc import Sequence
from dataclasses import replace

from bot.lookup.lookup_result import Told
from bot.lookup.voters import (
    asks_how_voted,
    asks_who_voted,
    somebody_who_voted,
    voter_asked_about,
)
from bot.question.filters import Sort
from bot.question.question import Question
from index.council.items import items_in, key_without_year, year_of
from index.language import cues
from index.language.dates import kanji_number
from index.language.text import fold, sentences
from index.language.tokens import content_words, words
from index.passage import Document, DocumentKind, Filters, Hit, Passage, PassageKind, passage_id
from index.record import Vote
from index.search.searcher import Searcher

_MOST = 3
_LEADS = re.compile(
    r"起立|挙手|賛成|反対|異議|全員|一致|多数|少数|採決|表決|諮|原案|委員長|報告|可否同数|決する"
    r"|\b(?:roll call|motion|moved|second(?:ed)?|ayes?|nays?|noes|yes|no|favou?r|opposed"
    r"|absent|abstain\w*)\b",
    re.IGNORECASE,
)
_HOW_VOTED = r"(?:賛成|反対|投票|棄権|退席)"
_VOTERS = re.compile(
    r"^[(（なお、]{0,4}(?:賛成|反対|棄権|退席|欠席)(?:者|議員|委員|の委員|の議員|した(?:の|委員|議員|者))?(?:は|[::])"
    r"|^(?:opposed|voting (?:no|against)|against|abstain(?:ed|ing)|nays?|noes)\b",
)
"""A sentence behind the result that names who was for or against it."""
_OF_A_VOTE = re.compile(
    rf"{_HOW_VOTED}|採決|表決|議決|可決|否決|採択|結果|結論|賛否|決まる|通る|議案|議員|委員|会派"
    r"|最終|本会議|継続|審査|承認|認定|同意|多数|全会|一致|請願|陳情"
    r"|^(?:councils?|committee|board|members?|councilmembers?|commission|items?|motions?|vote[sd]?|voting|decid.*"
    r"|decision|approv.*|against|favou?r|motion|pass(?:ed)?|adopt(?:ed)?|outcome|result"
    r"|support(?:ed)?|oppose[sd]?)$"
)
"""Words of a question that say how a vote came out, not what it was on."""
_BECAME = re.compile(r"どうな[っり]|決ま|決[定着]|全会一致|継続審査|\bdeci(?:de|sion)\b")
_KANJI = re.compile(r"[〇一二三四五六七八九十百元]+(?=年|回|号|次|期)")
_LEAST_WORDS = 2
_MOST_ALIKE = 3
_MOST_LOOKED_AT = 3000
"""Votes whose titles are compared, the newest: more would take long enough to be felt."""


def decisions_on(
    searcher: Searcher, asked: Question, filters: Filters, hits: Sequence[Hit]
) -> tuple[Told, ...]:
    """Return the decisions on the matters that a question names, newest first, up to three.

    Nothing where it names none, or wants something else of it than what became of it. ``hits`` are
    those of a search for it: what a motion was on is read in their documents alone.
    """
    voter = voter_asked_about(asked.text, searcher.names)
    if voter is None and (not _wants_result(asked) or somebody_who_voted(_folded(asked))):
        return ()
    text = voter.rest if voter else asked.text
    items, subject = items_in(fold(text)), subject_words(text)
    if not items and len(subject) < _LEAST_WORDS:
        return ()
    documents = searcher.documents_under(replace(filters, kind=None))
    documents.sort(key=lambda document: document.date or dt.date.min, reverse=True)
    held = [(d, vote) for d in documents for vote in (d.sitting.votes if d.sitting else ())]
    every = [(d, vote) for d, vote in held if d.kind is DocumentKind.MINUTES]
    near = {hit.document.document for hit in hits}
    if items:
        of_items = [(d, vote) for d, vote in held if is_one_of(vote, items)]
        # a list of results says less than the minutes, where both are here
        spoken = [(d, vote) for d, vote in of_items if d.kind is DocumentKind.MINUTES]
        meant = spoken or of_items
    else:
        # a motion (to approve the trial) stands under the words of its matter
        meant = [
            (document, vote)
            for document, vote in every[:_MOST_LOOKED_AT]
            if subject <= title_words(vote.title or "")
            or (
                document.document in near
                and subject <= title_words(_under(searcher, document, vote))
            )
        ]
    once = {(document.document, vote.passage): (document, vote) for document, vote in meant}
    if not items and len(once) > _MOST_ALIKE:
        return ()  # words that so many titles hold name no matter
    told = tuple(
        Told(document, passage, words_of_vote(vote, passage.text))
        for document, vote in list(once.values())[:_MOST]
        if (passage := _passage(searcher, document, vote)) is not None
    )
    # the result is not his vote: only words that name him are
    return tuple(each for each in told if voter is None or voter.is_told_in(each.words))


def words_of_vote(vote: Vote, text: str) -> tuple[str, ...]:
    """Return the sentence that tells the result, those that lead up to it, and who voted how.

    Nothing where no sentence holds the word of the result. Of several that do, somebody may only
    have moved it (継続審査を提案): that which tells how it was voted is meant.
    """
    parts = sentences(text)
    told = [i for i, part in enumerate(parts) if vote.result in part]
    named = [i for i in told if vote.item and names_matter(parts[i], vote.item)]
    if not told:
        return ()
    counted = [i for i in named or told if _tells_how(vote, parts[i])]
    last = first = (counted or named or told)[0]
    while first > 0 and _LEADS.search(parts[first - 1]) and not items_in(parts[first - 1]):
        first -= 1
    while last + 1 < len(parts) and _VOTERS.search(fold(parts[last + 1])):
        last += 1
    return ("".join(parts[first : last + 1]).strip(),)


def _tells_how(vote: Vote, sentence: str) -> bool:
    """Tell whether a sentence holds how many were for it, or in what manner it was voted."""
    numbers = re.findall(r"\d+", fold(sentence))
    return str(vote.ayes) in numbers or bool(vote.manner and vote.manner in sentence)


def _folded(asked: Question) -> str:
    return fold(asked.text).lower()


def is_of_another(asked: Question, hit: Hit) -> bool:
    """Tell whether a hit deals with matters of other numbers alone than those that are asked about.

    Or tells what was decided where it is asked how somebody voted: the result is not his vote.
    """
    items = items_in(fold(asked.text))
    passage = hit.passage
    if items:
        text = "\n".join((passage.text, passage.question or "", *passage.heading))
        told = passage.kind is PassageKind.VOTE or bool(items_in(text))
        if told and not any(names_matter(text, item) for item in items):
            return True
    person = any(part.sort is Sort.PERSON for part in asked.restrictions)
    named = () if person else somebody_who_voted(_folded(asked))
    if named and not any(name in fold(passage.text).lower() for name in named):
        return True
    voted = person and asks_how_voted(_folded(asked)) and not asks_who_voted(_folded(asked))
    return bool(voted) and passage.kind is PassageKind.VOTE


def _wants_result(asked: Question) -> bool:
    if any(part.sort in {Sort.PERSON, Sort.ASKER, Sort.PARTY} for part in asked.restrictions):
        return False  # that one's words on the matter are wanted
    if asked.wants_question:
        return asks_how_voted(_folded(asked))
    wanted = cues.wanted(asked.text)
    if wanted >> cues.NAMES.index("reason") & 1:
        return False
    decision = wanted >> cues.NAMES.index("decision") & 1
    return bool(decision) or _BECAME.search(_folded(asked)) is not None


def subject_words(text: str) -> frozenset[str]:
    """Return the words that say what the vote was on."""
    spoken_of = content_words(_in_digits(fold(text)))
    return frozenset(word for word in spoken_of if not _OF_A_VOTE.search(word))


def _under(searcher: Searcher, document: Document, vote: Vote) -> str:
    """Return the title of a vote with the heading that its passage stands under."""
    passage = _passage(searcher, document, vote)
    return " ".join((vote.title or "", *(passage.heading[-1:] if passage else ())))


@functools.lru_cache(maxsize=8192)
def title_words(text: str) -> frozenset[str]:
    """Return the words of what was voted on."""
    return frozenset(words(_in_digits(fold(text))))


def _in_digits(folded: str) -> str:
    return _KANJI.sub(lambda match: str(kanji_number(match[0])), folded)


def is_one_of(vote: Vote, items: Sequence[str]) -> bool:
    """Tell whether a vote was on a matter of one of these numbers, in any spelling."""
    return vote.item is not None and any(is_numbered(vote.item, item) for item in items)


def names_matter(text: str, item: str) -> bool:
    """Tell whether a text names a matter, in any spelling; a year counts where both tell it."""
    return any(is_numbered(other, item) for other in items_in(text))


def is_numbered(one: str, other: str) -> bool:
    """Tell whether two numbers are of one matter, in any spelling; see :func:`names_matter`."""
    (key, year), (wanted, of_year) = _key(one), _key(other)
    return key == wanted and (None in {year, of_year} or year == of_year)


@functools.lru_cache(maxsize=8192)
def _key(item: str) -> tuple[str, str | None]:
    return key_without_year(item), year_of(item)


def _passage(searcher: Searcher, document: Document, vote: Vote) -> Passage | None:
    if vote.passage is None:
        return None
    return searcher.passage(document.document, passage_id(document.document, vote.passage))
