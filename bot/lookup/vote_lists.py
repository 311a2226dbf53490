"""The votes of a session or meeting: all, or those that were rejected, unanimous, contested.

Each vote is cited in its own document. A list that may lack one is wrong, so there is none where
the papers hold decisions that are not among the votes: a decision that was not read, an item of the
agenda without one, a report that lists the results of that time.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from bot.lookup.decisions import words_of_vote
from bot.lookup.lookup_result import Counted, Listed, Told
from bot.lookup.meetings_meant import MeantMeetings
from bot.question.list_intent import Listing, list_asked
from index.council.items import items_in, key_without_year
from index.language.dates import kanji_number
from index.language.text import fold, sentences
from index.passage import (
    Document,
    DocumentId,
    DocumentKind,
    Filters,
    Hit,
    Passage,
    PassageKind,
    ordinal_of,
)
from index.record import Outcome, Vote
from index.search.names import is_plenary
from index.search.query import Query, SearchResult, only
from index.search.searcher import Searcher

_OUTCOMES = re.compile(
    r"(?P<rejected>否決|不採択|不承認|\b(?:reject|fail|defeat)\w*|not pass)|(?P<continued>継続)"
    r"|(?P<withdrawn>撤回|取り?下げ|\bwithdrawn\b)|(?P<adopted>採択)"
    r"|(?P<passed>可決|承認|同意|認定|\b(?:pass|adopt|approv|carri)\w*)"
)
"""How matters came out, by the names of :class:`Outcome`."""
_NOT = re.compile(r"な(?:い|かっ|く)|以外|ず|\b(?:not|no|other than)\b|n't")
_AGREED = re.compile(r"全会一致|満場一致|全員(?:が)?(?:賛成|一致)|異議なし|\bunanimous")
_CONTESTED = re.compile(
    r"賛否が?(?:分|割)|(?:賛成|起立|挙手)多数|多数決|反対(?:者|票|意見)?(?:が|の)(?:い|あ|出)"
    r"|意見が?(?:分|割)|全会一致以外|\b(?:split|contested|against)\b"
)
_ALL_FOR = re.compile(r"全会|全員|満場|異議な|unanim", re.IGNORECASE)
_MOST_FOR = re.compile(r"多数|少数|majority", re.IGNORECASE)
_PETITION = re.compile(r"陳情|請願|petition")
_BILL = re.compile(r"議案|\bbills?\b")
_RESULTS = re.compile(
    r"(?:議決|審議|表決|採決)の?結果|賛否|voting record|vote results", re.IGNORECASE
)
_DECISION = re.compile(
    r"(?:[可否]決|採択|認定|同意|承認|了承|決定|継続審査)"
    r"(?:すべき(?:もの)?と決|され(?:まし)?た|(?:いた)?しまし?た|と(?:決|(?:いた)?しまし?た))"
    r"|\b(?:motion|resolution|ordinance) (?:was )?(?:carried|passed|failed)"
)
_PUT = re.compile(r"(?:ませんか|ですか|でしょうか|ましょうか)[。?]?$")
_SOON = 5
"""Passages within which a decision follows the question that puts the matter to the vote."""
_MANNER = re.compile(r"(?:起立|挙手|賛成)(?:多数|全員|少数)|全会一致|賛成[0-9]+|\bayes?\b")
_REPORTS = "議案等の議決結果 審議結果 賛否 可決 否決 採択 results of votes"
_DEEP = 30
_NEAR = dt.timedelta(days=100)
"""A report on a session is dated by its first day, its last or its own."""
_DAY = re.compile(r"第([0-9〇一二三四五六七八九十]{1,3})[日号]")
_MOST_DOCUMENTS = 60
_MOST = 20
_Item = tuple[Document, Vote, Passage]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which votes are asked for; ``None``: whatever they are."""

    outcome: Outcome | None
    agreed: bool | None
    petitions: bool | None

    def fits(self, vote: Vote) -> bool | None:
        """Tell whether a vote is among them; ``None`` where that cannot be told."""
        item = fold(vote.item or "")
        if self.petitions is not None and bool(_PETITION.search(item)) is not self.petitions:
            return False
        if self.petitions is False and not item:
            return False
        if self.outcome is not None and vote.outcome is not self.outcome:
            return False
        if self.agreed is None:
            return True
        agreed = was_unanimous(vote)
        return None if agreed is None else agreed is self.agreed


def votes_of_meetings(searcher: Searcher, meetings: MeantMeetings) -> Listed | None:
    """Return the votes of the meetings that a question names, oldest first, and how many."""
    documents = meetings.documents
    if not asks_for_votes(meetings) or not meetings.named:
        return None
    if items_in(meetings.said) or not 0 < len(documents) <= _MOST_DOCUMENTS:
        return None  # of one matter it is told with all that led to it
    texts = {document.document: searcher.passages(document.document) for document in documents}
    held = [item for document in documents for item in _votes(document, texts[document.document])]
    wanted = _wanted(meetings.said)
    if wanted is None or not held or not _is_complete(searcher, meetings, texts, held):
        return None
    fitting = [(item, wanted.fits(item[1])) for item in held]
    chosen = [item for item, fits in fitting if fits]
    if not chosen or any(fits is None for _, fits in fitting):
        return None
    days = sorted({document.date for document in documents if document.date})
    return Listed(tuple(_told(chosen))[:_MOST], len(chosen), Counted.VOTES, days=tuple(days))


def asks_for_last_votes(meetings: MeantMeetings) -> bool:
    """Tell whether a question asks what was decided last, and does not say where or when."""
    return asks_for_votes(meetings) and not meetings.named and meetings.asks_for_last


def asks_for_votes(meetings: MeantMeetings) -> bool:
    """Tell whether a question asks what was decided, and nothing else."""
    asked = list_asked(meetings.said, meetings.own_words)
    return asked is not None and asked.listing is Listing.VOTES


def decisions_alone(result: SearchResult) -> SearchResult:
    """Return of what was found what tells a decision.

    Where the list of them may lack one, the words of such a question meet anything that was said.
    """
    return only(result, [place for place, hit in enumerate(result.hits) if _decides(hit)])


def _decides(hit: Hit) -> bool:
    """Tell whether a passage was read as the decision on a matter, or is worded as one."""
    votes = hit.document.sitting.votes if hit.document.sitting else ()
    read = ordinal_of(hit.passage) in {vote.passage for vote in votes}
    return read or bool(_DECISION.search(fold(hit.passage.text)))


def has_votes(meetings: MeantMeetings) -> bool:
    """Tell whether the minutes of a meeting hold a decision."""
    return any(d.sitting and d.sitting.votes for d in meetings.documents)


def was_unanimous(vote: Vote) -> bool | None:
    """Tell whether nobody was against; ``None`` where the minutes do not tell."""
    manner = vote.manner or ""
    if vote.nays is not None:
        return vote.nays == 0
    if _ALL_FOR.search(manner):
        return True
    return False if _MOST_FOR.search(manner) else None


def _wanted(said: str) -> _Wanted | None:
    """Return which votes a question asks for; ``None`` where that is not plain."""
    contested = bool(_CONTESTED.search(said))
    rest = _CONTESTED.sub(" ", said)
    agreed = bool(_AGREED.search(rest))
    denied = bool(_NOT.search(_AGREED.sub(" ", rest)))
    outcomes = {Outcome(match.lastgroup or "") for match in _OUTCOMES.finditer(said)}
    if (contested and agreed) or (denied and not agreed):
        return None
    petitions = True if _PETITION.search(said) else False if _BILL.search(said) else None
    if _PETITION.search(said) and _BILL.search(said):
        petitions = None
    return _Wanted(
        outcomes.pop() if len(outcomes) == 1 else None,
        False if contested or (agreed and denied) else True if agreed else None,
        petitions,
    )


def _votes(document: Document, passages: Sequence[Passage]) -> Iterator[_Item]:
    for vote in document.sitting.votes if document.sitting else ():
        if vote.passage is not None and vote.passage < len(passages):
            yield document, vote, passages[vote.passage]


def _is_complete(
    searcher: Searcher,
    meetings: MeantMeetings,
    texts: Mapping[DocumentId, Sequence[Passage]],
    held: Sequence[_Item],
) -> bool:
    """Tell whether the votes are certainly all decisions of these meetings."""
    told = {passage.passage_id for _, _, passage in held}
    voted_in = {document.document for document, _, _ in held}
    for name, passages in texts.items():
        for place, passage in enumerate(passages):
            said = _decided_in(passage, [p.passage_id for p in passages[place:][:_SOON]], told)
            rules = passage.kind is PassageKind.VOTE or passage.speaker is None
            decides = _DECISION.search(said) or (name not in voted_in and _MANNER.search(said))
            if rules and decides and passage.passage_id not in told:
                return False
    items = [(d.document, key_without_year(v.item)) for d, v, _ in held if v.item]
    voted = {item for _, item in items}
    listed = {
        key_without_year(item)
        for document in meetings.documents
        for line in document.agenda
        for item in items_in(line)
    }
    plain = len(set(items)) == len(items) and all(words_of_vote(v, p.text) for _, v, p in held)
    whole = meetings.of_one_day or not _lacks_days(meetings.documents)
    return plain and whole and listed <= voted and not _is_reported(searcher, meetings, voted)


def _decided_in(passage: Passage, soon: Sequence[str], told: AbstractSet[str]) -> str:
    """Return what a passage says, folded, without what is only put to the vote in it.

    That is no decision where the one on it is among those ``told`` ``soon`` after.
    """
    parts = sentences(fold(passage.text))
    if told.isdisjoint(soon):
        return "".join(parts)
    return "".join(part for part in parts if not _PUT.search(part.strip()))


def _lacks_days(documents: Sequence[Document]) -> bool:
    """Tell whether days of a session are missing, by the numbers in the titles (第3日, 第二号)."""
    sessions: dict[str, set[int | None]] = {}
    for document in documents:
        if number := _DAY.search(fold(document.title)):
            session = fold((document.sitting and document.sitting.session) or "")
            sessions.setdefault(session, set()).add(kanji_number(number[1]))
    return any(days != set(range(1, len(days) + 1)) for days in sessions.values())


def _is_reported(searcher: Searcher, meetings: MeantMeetings, voted: AbstractSet[str]) -> bool:
    """Tell whether a report lists results of about the time of these plenary sittings.

    It may be titled by anything: what it says counts. One of which all matters are among those
    ``voted`` on tells nothing more.
    """
    plenary = [document for document in meetings.documents if is_plenary(document.body or "")]
    days = [document.date for document in plenary if document.date]
    if not plenary:
        return False
    query = Query(_REPORTS, Filters(kind=DocumentKind.REPORT), repeats=True, fast=True)
    for hit in searcher.search(query, _DEEP).hits:
        document, text = hit.document, fold(hit.passage.text)
        named = fold(f"{document.title} {document.document} {' '.join(hit.passage.heading)}")
        lists = items_in(text) and _OUTCOMES.search(text)
        near = document.date is None or any(abs(document.date - day) < _NEAR for day in days)
        tells = near and (lists or _RESULTS.search(f"{named} {text}"))
        if tells and not _tells_only(searcher, document, voted):
            return True
    return False


def _tells_only(searcher: Searcher, document: Document, voted: AbstractSet[str]) -> bool:
    """Tell whether a report's results were read, and all its matters are among those voted on."""
    if document.sitting is None or not document.sitting.votes:
        return False
    named = (items_in(passage.text) for passage in searcher.passages(document.document))
    return {key_without_year(item) for items in named for item in items} <= voted


def _told(chosen: Sequence[_Item]) -> Iterator[Told]:
    """Yield the words of the votes, passage by passage; all of one where they cannot be parted."""
    by_passage: dict[str, list[_Item]] = {}
    for item in chosen:
        by_passage.setdefault(item[2].passage_id, []).append(item)
    for items in by_passage.values():
        document, _, passage = items[0]
        pieces = list(dict.fromkeys(word for _, v, p in items for word in words_of_vote(v, p.text)))
        pieces.sort(key=passage.text.find)
        apart = len(pieces) == len(items) and not any(
            one in other for one in pieces for other in pieces if one is not other
        )
        yield Told(document, passage, tuple(pieces) if apart else (passage.text.strip(),))
