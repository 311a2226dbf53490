"""How members voted on a matter, from the lists of votes by member: one member, or who was for it.

「江川議員は議案第30号に賛成した？」, 「議案第30号に反対したのは誰？」. The row of the list is cited
with the names above it; who voted how is read from the data, since ○ and × under a row of names are
hard to read. A member that the list names twice, or not at all, is not told.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from bot.lookup.decisions import is_numbered, subject_words, title_words
from bot.lookup.lookup_result import Listed, Told
from bot.lookup.voters import (
    ADDRESSED,
    asks_beside_votes,
    asks_how_voted,
    asks_who_voted,
    names_somebody,
)
from bot.question.filters import Restriction, Sort
from bot.question.question import Question
from index.council.items import items_in
from index.council.sessions import NUMBERED, session_passes
from index.council.speakers import is_surname_of
from index.language.dates import find_dates
from index.language.text import begins_latin, fold
from index.passage import Document, Filters, Passage, passage_id
from index.record import Cast, MemberVote, RollCall
from index.search.searcher import Searcher

_WAYS = re.compile(
    r"(?P<against>反対|\b(?:against|opposed?|nays?|noes|no)\b)"
    r"|(?P<for>賛成|\b(?:for|in favou?r|ayes?|yes|support(?:ed)?)\b)"
    r"|(?P<abstained>棄権|\babstain\w*)|(?P<left>退席)|(?P<absent>欠席|\babsent\b)"
)
"""How they voted, by the names of :class:`Cast`."""
_TITLE = (
    r"(?:the|vice|deputy|council|board|town|city|mayor|chair\w*|president|member|mr\.?|mrs\.?|ms\.?"
    r"|dr\.?|councill?or|[a-z]+(?:member|man|woman|person)|trustee|commissioner|supervisor|director)"
)
_FULL = 3
"""Characters of a name that is one without 議員 behind it, too."""
_NEVER = (dt.date.min, dt.date.min)
_MOST = 3
_MOST_OF_MEMBER = 20
_MOST_ROWS = 30


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whose votes are asked for, on what: ``member`` as named, ``None`` for all who voted so."""

    member: str | None
    ways: frozenset[Cast]
    items: tuple[str, ...]
    subject: frozenset[str]

    def is_on(self, call: RollCall) -> bool:
        """Tell whether a roll call was on the matter asked about."""
        if self.items:
            return call.item is not None and any(is_numbered(call.item, one) for one in self.items)
        if self.is_on_any:
            return any(
                _is_called(m, self.member or "") and m.cast in self.ways for m in call.members
            )
        return bool(self.subject) and self.subject <= title_words(call.title or "")

    @property
    def is_on_any(self) -> bool:
        """Whether all matters are meant on which the member voted so (江川議員が反対した議案)."""
        alone = not self.items and not self.subject
        return alone and self.member is not None and bool(self.ways)

    def of_members(self, call: RollCall) -> RollCall | None:
        """Return the roll call with those alone that are asked for."""
        if self.member is None:
            chosen = [each for each in call.members if not self.ways or each.cast in self.ways]
            if call.partial and not (self.ways and self.ways <= {each.cast for each in chosen}):
                return None
        else:
            chosen = [each for each in call.members if _is_called(each, self.member)]
            if len(chosen) != 1:
                return None
        return replace(call, members=tuple(chosen))


def votes_of_members(
    searcher: Searcher, asked: Question, filters: Filters, dropped: Sequence[Restriction]
) -> Listed | None:
    """Return the lists that tell how members voted on the matter that a question names.

    The newest first, up to three. ``None`` where it asks for something else, names no matter, or no
    list tells it; where a time or a meeting had to be let go of, another's list is none.
    """
    if any(part.sort is not Sort.PERSON for part in dropped):
        return None
    text = fold(asked.text).lower()
    if not asks_how_voted(text) or asks_beside_votes(text):
        return None
    documents = list(_documents_with_lists(searcher, _with_period(filters, asked)))
    wanted = _asked(text, [call for document in documents for call in _calls(document)])
    if wanted is None:
        return None
    told = [
        rows
        for document in documents
        for call in _calls(document)
        if _is_on(searcher, document, call, wanted)
        if (rows := _told(searcher, document, call, wanted))
    ]
    most = _MOST_OF_MEMBER if wanted.is_on_any else _MOST
    # of words that many titles hold, none is meant
    if len(told) > most and not wanted.items:
        return None
    cited = tuple(row for each in told[:most] for row in each)
    return Listed(cited) if 0 < len(cited) <= _MOST_ROWS else None


def _with_period(filters: Filters, asked: Question) -> Filters:
    """Add the time and the session that a question names, also where these narrow nothing."""
    if filters.session is None and (number := NUMBERED.search(fold(asked.text))):
        filters = replace(filters, session=number[0])
    period = asked.period
    if period is None:
        return filters
    since, until = filters.since or period.since, filters.until or period.until
    return replace(filters, since=since, until=until)


def _asked(text: str, calls: Sequence[RollCall]) -> _Asked | None:
    names = {each.name for call in calls for each in call.members}
    found = _named(text, names)
    rest = text if found is None else f"{text[: found[1][0]]} {text[found[1][1] :]}"
    if found is None and (not asks_who_voted(text) and "賛否" not in text):
        return None
    if found is None and names_somebody(text):
        return None  # whom no list names
    ways = frozenset(Cast(m.lastgroup or "") for m in _WAYS.finditer(rest))
    items = tuple(items_in(rest))
    subject = frozenset() if items else subject_words(rest)
    return _Asked(found[0] if found else None, ways, items, subject)


def _named(text: str, names: AbstractSet[str]) -> tuple[str, tuple[int, int]] | None:
    """Return who is named, by the full name or the surname, and where."""
    for name in sorted(names, key=len, reverse=True):
        at = text.find(fold(name).lower())
        if at >= 0 and len(name) >= _FULL and not name[0].isascii():
            return name, (at, at + len(name))
    if latin := _in_latin(text, names):
        return latin
    for match in ADDRESSED.finditer(text):
        run = match["run"]
        for start in range(len(run)):
            # 下山 is not 山田
            apart = not start or "ぁ" <= run[start - 1] <= "ん"
            if apart and any(fold(name).lower().startswith(run[start:]) for name in names):
                return run[start:], (match.start() + start, match.end())
    return None


def _in_latin(text: str, names: AbstractSet[str]) -> tuple[str, tuple[int, int]] | None:
    """Return who is named by the surname (Hall of Greg Hall), with the title before it.

    A surname may be a word of the matter (Park): it is a member's behind "did", or before "vote".
    """
    for surname in {fold(name).lower().rpartition(" ")[2] for name in names}:
        if not begins_latin(surname) or "who" in text.split():
            continue
        named = rf"(?:{_TITLE}\s+|[a-z.'-]+\s+(?={surname}\b))*{surname}\b"
        voting = rf"(?P<name>{named})(?:'s)?\s+(?:vote|support|oppose|abstain|recuse)"
        if match := re.search(rf"\b(?:did|does|has|was)\s+(?P<asked>{named})|\b{voting}", text):
            return surname, match.span("asked" if match["asked"] else "name")
    return None


def _is_called(member: MemberVote, name: str) -> bool:
    own, name = fold(member.name).lower(), fold(name).lower()
    return is_surname_of(name, own) or own == name if begins_latin(own) else own.startswith(name)


def _documents_with_lists(searcher: Searcher, filters: Filters) -> Iterator[Document]:
    """Yield the documents that hold such lists, newest first; those of its year where undated."""
    wide = replace(filters, since=None, until=None, session=None)
    wide = replace(wide, speaker=None, person=None, asker=None)
    held = [d for d in searcher.documents_under(wide) if d.sitting and d.sitting.roll_calls]
    days = {document.document: _days_of(document) for document in held}
    held.sort(key=lambda document: days[document.document] or _NEVER, reverse=True)
    for document in held:
        of_session = filters.session is None or session_passes(document, filters.session)
        if of_session and _overlap(days[document.document], filters.since, filters.until):
            yield document


def _days_of(document: Document) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day that a list may be of: its own, or its session's year."""
    if document.date is not None:
        return document.date, document.date
    printed = fold(f"{document.title} {document.sitting and document.sitting.session}")
    return next(((found.start, found.end) for found in find_dates(printed)), None)


def _overlap(
    days: tuple[dt.date, dt.date] | None, since: dt.date | None, until: dt.date | None
) -> bool:
    if days is None:
        return since is None and until is None
    return (until is None or days[0] <= until) and (since is None or days[1] >= since)


def _calls(document: Document) -> tuple[RollCall, ...]:
    return document.sitting.roll_calls if document.sitting else ()


def _is_on(searcher: Searcher, document: Document, call: RollCall, wanted: _Asked) -> bool:
    """Tell whether a roll call is meant: by its title, and of a motion also by what is above it."""
    if wanted.is_on(call) or document.language == "ja" or not call.members:
        return wanted.is_on(call)
    name = passage_id(document.document, call.members[0].passage)
    passage = searcher.passage(document.document, name)
    above = " ".join(passage.heading) if passage else ""
    return wanted.is_on(replace(call, title=f"{call.title} {above}"))


def _told(
    searcher: Searcher, document: Document, call: RollCall, wanted: _Asked
) -> tuple[Told, ...]:
    """Return the rows that tell it: one where the matter is the row, else one for each member."""
    chosen = wanted.of_members(call)
    if chosen is None or (not chosen.members and len({m.passage for m in call.members}) > 1):
        return ()
    rows = []
    for ordinal in dict.fromkeys(member.passage for member in chosen.members or call.members[:1]):
        passage = searcher.passage(document.document, passage_id(document.document, ordinal))
        here = tuple(member for member in chosen.members if member.passage == ordinal)
        if passage is None or not (told := _of_passage(document, passage, call, here)):
            return ()  # told in part, it would be wrong
        rows.append(told)
    return tuple(rows)


def _of_passage(
    document: Document, passage: Passage, call: RollCall, members: tuple[MemberVote, ...]
) -> Told | None:
    marks = {each.mark for each in call.members}
    own = replace(call, members=members)
    rows = passage.text.split("\n")
    cited = [row for row in rows if _is_row_of(row, own, marks)]
    if not cited:
        lines = _lines_of(rows, call)
        return Told(document, passage, lines, own) if lines else None
    above = [row for row in rows[: rows.index(cited[0])] if "\t" in row]
    heads = [row for row in above if marks.isdisjoint(cell.strip() for cell in row.split("\t"))]
    return Told(document, passage, (*heads[-1:], *cited), own)


def _lines_of(lines: Sequence[str], call: RollCall) -> tuple[str, ...]:
    """Return the lines that name the members with how they voted, with the motion above them."""
    names = {each.name for each in call.members}
    voted = [
        at
        for at, line in enumerate(lines)
        if any(each.mark in line for each in call.members) and any(name in line for name in names)
    ]
    moved = [at for at, line in enumerate(lines) if call.title and call.title in line]
    if not voted:
        return ()
    first = max((at for at in moved if at <= voted[0]), default=voted[0])
    last = next((at for at in moved if at > first), len(lines))
    return tuple(lines[first : max(at for at in voted if at < last) + 1])


def _is_row_of(row: str, call: RollCall, marks: AbstractSet[str]) -> bool:
    """Tell whether a row is that of the matter, or of the one member where members are the rows."""
    cells = ["".join(cell.split()) for cell in row.split("\t")]
    if marks.isdisjoint(cells):
        return False
    matter = ["".join(word.split()) for word in (call.item, call.title) if word]
    names = ["".join(each.name.split()) for each in call.members]
    # in Latin letters a post may stand before the name
    named = any(c == n or (n[0].isascii() and c.endswith(n)) for n in names for c in cells)
    return named or any(word in cell for word in matter for cell in cells)
