"""Who holds a post: 議長は誰, 教育長の名前は, who is the mayor.

The lists of those present tell, and the newest one counts, or that of the time that is named. What
is quoted are the words of the list: post and name as they stand side by side.
"""

import datetime as dt
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.lookup.lookup_result import Told
from bot.question.filters import Sort
from bot.question.names_in_question import body_mentions
from bot.question.post_intent import is_one_of_many, is_own_post, named_municipalities
from bot.question.question import Question
from bot.question.speaker_role import SpeakerRole, speaker_role_of
from index.council.speakers import without_blanks
from index.language import cues
from index.language.text import any_spelling, begins_latin, fold
from index.language.times import find_times
from index.language.tokens import content_words
from index.passage import Document, Filters, Passage, PassageKind
from index.record import Attendee
from index.search.searcher import Searcher

_WHO = re.compile(r"誰|だれ|どなた|何(?:という|て)(?:人|方)|名前|氏名|\bwho\b|\bname\b")
_BESIDE = re.compile(
    r"名前|氏名|何方|今|現在|名|人|方|御|お|務める|担当|遣る|する|為る|成る|議会|[市町村区県都府道本当]|name|current|currently|now"
)
"""Words of such a question beside the post."""
_ENDING = r"(?:\s*(?:君|氏|さん|様|議員))?"
_BETWEEN = r"(?:[（(][^（）()\n]{1,20}[）)])?[\s:：（(]*"
"""Between post and name: in a table also where the holder comes from (会長（大学教授）)."""
_MOST = 3


@dataclass(frozen=True, slots=True)
class _Post:
    """The post that is asked for (folded, lower case), in which bodies (all, if empty) and when."""

    post: str
    bodies: frozenset[str]
    since: dt.date
    until: dt.date

    def listed(self, document: Document) -> list[Attendee]:
        """Return who is listed with the post in minutes of these bodies and days."""
        in_time = document.date is not None and self.since <= document.date <= self.until
        if not in_time or (self.bodies and document.body not in self.bodies):
            return []
        return [a for a in document.attendees if a.post and _plain(a.post) == self.post]


def post_holders(
    searcher: Searcher, asked: Question, filters: Filters, today: dt.date
) -> tuple[Told, ...]:
    """Return where the newest list names who holds the post that a question asks for.

    One a body, up to three, where several bodies have such a post and none is named; of a post that
    many hold (委員) the list. Nothing where it asks for something else, or no list tells post and
    name side by side.
    """
    folded = fold(asked.text).lower()
    names = searcher.names
    if names is None or not _WHO.search(folded) or cues.earlier(asked.text):
        return ()
    documents = searcher.documents_under(filters)
    bodies = body_mentions(folded, names)
    spans = [mention.span for mention in bodies]
    spans += [time.span for time in find_times(folded, today)]
    spans += [part.span for part in asked.restrictions if part.sort is Sort.SESSION]
    spans += named_municipalities(folded, names)
    post, start = _post_asked(folded, documents, spans) or ("", 0)
    if not post or is_one_of_many(post):
        return ()
    if speaker_role_of(folded, (start, start + len(post))) is SpeakerRole.ADDRESSED:
        return ()  # 市長に質問したのは誰
    if not begins_latin(post) and not is_own_post(folded[:start], names):
        return ()  # of somebody else, or told of the one by a clause: 質問した委員は誰
    period = asked.period or Filters()
    wanted = _Post(
        post,
        frozenset(body for mention in bodies for body in mention.bodies),
        period.since or dt.date.min,
        min(period.until or today, today),
    )
    told: dict[str | None, list[Told]] = {}
    for document in sorted(documents, key=lambda d: d.date or dt.date.min, reverse=True):
        people = wanted.listed(document)
        if people and document.body not in told and (found := _told(searcher, document, people)):
            told[document.body] = found
    return tuple(each for of_body in told.values() for each in of_body)[:_MOST]


def _post_asked(
    folded: str, documents: Sequence[Document], others: Sequence[tuple[int, int]]
) -> tuple[str, int] | None:
    """Return the post that a question asks for, where it asks for nothing else, and its place.

    ``others`` are where bodies and times stand in it.
    """
    rest = list(folded)
    for first, last in others:
        rest[first:last] = " " * (last - first)
    said = "".join(rest)
    posts = {_plain(a.post) for d in documents for a in d.attendees if a.post}
    for post in sorted(posts, key=len, reverse=True):
        if post in said and (not begins_latin(post) or re.search(rf"\b{post}\b", said)):
            left = content_words(said.replace(post, " ", 1))
            alone = all(_BESIDE.fullmatch(word) for word in left)
            return (post, said.find(post)) if alone else None
    return None


@functools.lru_cache(maxsize=8192)
def _plain(post: str) -> str:
    """Return a post as it is compared: the same few stand in every list."""
    return fold(post).lower()


def _told(searcher: Searcher, document: Document, people: Sequence[Attendee]) -> list[Told]:
    """Return the words of a list that name post and person side by side; of many the whole list."""
    found = []
    for passage in passages_before_speeches(searcher, document):
        named = [match[0] for person in people if (match := _named(person).search(passage.text))]
        if named:
            whole = named[0] if len(people) == 1 else passage.text
            found.append(Told(document, passage, (whole.strip(),)))
    return found[: 1 if len(people) == 1 else None]


def _named(person: Attendee) -> re.Pattern[str]:
    name = r"\s*".join(map(any_spelling, without_blanks(person.name)))
    post = r"\s*".join(map(re.escape, "".join((person.post or "").split())))
    return re.compile(
        rf"{post}{_BETWEEN}{name}{_ENDING}[）)]?|{name}{_ENDING}{_BETWEEN}{post}[）)]?",
        re.IGNORECASE,
    )


def passages_before_speeches(searcher: Searcher, document: Document) -> Iterator[Passage]:
    """Yield the passages of a document in which the lists stand: those before the speeches."""
    for passage in searcher.passages(document.document):
        if passage.kind is not PassageKind.HEADER and passage.speaker:
            return
        yield passage
