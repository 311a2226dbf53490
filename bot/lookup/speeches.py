"""What somebody said, where a question names who speaks and no matter: 市長の発言, 何と言った.

Meeting by meeting, the newest first, and within a meeting as it was said: each part of a speech
that says something. Where only a few of these are asked for, those of the newest meeting are shown
at once; how many there are is told in any case.
"""

import functools
import re
from collections.abc import Iterator, Sequence

from bot.conversation.talk import talk_in
from bot.lookup.lookup_result import Counted, Listed, Told
from bot.lookup.meetings_meant import MeantMeetings
from bot.question.filters import Restriction, Sort, without_restricted_words
from bot.question.list_intent import Listing, list_asked
from bot.question.question import Question
from index.council.courtesies import is_courtesy
from index.council.speakers import folded_label
from index.language.saying import ANSWERING, said_first
from index.language.text import fold, sentences
from index.language.tokens import content_words, words
from index.passage import Document, DocumentId, Filters, Passage, PassageKind
from index.search.searcher import Searcher

_MOST, _AT_FIRST = 20, 4
_EVERYTHING = re.compile(
    r"全部|すべて|全て|ぜんぶ|一覧|リスト|列挙|残らず|\b(?:all|every(?:thing)?|list)\b"
)
_QUESTIONS = {"質問", "質疑", "尋ねる", "聞く", "伺う", "問う", "問い質す", "質す"}
_ANOTHERS = re.compile(
    r"^[ \u3000]*(?:【[^】\n]{1,24}】|[○◯◎◆〇]?[0-9０-９]{1,2}番[ \u3000（(])", re.MULTILINE
)
"""The mark of another speaker within a passage, where minutes print speakers in two ways: what
follows it is not said by the one whose passage it is."""
_SAID = frozenset({PassageKind.QUESTION, PassageKind.ANSWER, PassageKind.STATEMENT})


def speeches_of(
    searcher: Searcher, meetings: MeantMeetings, asked: Question, filters: Filters
) -> Listed | None:
    """Return what the one whom a question names said, where it names no matter.

    ``filters`` are those in force. Nothing where it may be one of several people.
    """
    speaks = _who(asked)
    said = without_restricted_words(meetings.said, [speaks] if speaks else [])
    wanted = list_asked(said, meetings.own_words)
    # in an index where nobody else speaks, the name narrows nothing
    person = filters.person or (speaks.filters.person if speaks else None)
    if speaks is None or person is None or filters.asker is not None:
        return None
    several = len(speaks.people) > 1 and speaks.filters.person == person
    if several or wanted is None or wanted.listing is not Listing.SPEECHES:
        return None
    by_meeting = list(_newest_first(searcher, meetings, _kinds(said), person))
    told = [each for of_meeting in by_meeting for each in of_meeting]
    if not told:
        return None
    at_first = None if _EVERYTHING.search(said) else min(_AT_FIRST, len(by_meeting[0]))
    return Listed(tuple(told[:_MOST]), len(told), Counted.SPEECHES, at_first=at_first)


def _who(asked: Question) -> Restriction | None:
    """Return who speaks: a person, a post or a party; ``None`` where nobody or two are named."""
    of_speakers = {Sort.PERSON, Sort.PARTY, Sort.ASKER}
    found = [part for part in asked.restrictions if part.sort in of_speakers]
    return found[0] if len(found) == 1 and found[0].filters.person else None


def _kinds(said: str) -> frozenset[PassageKind]:
    """Return which words are wanted: what was asked, what was answered, or all."""
    asks = said_first(said, _QUESTIONS) or "ask" in said or "question" in said
    answers = said_first(said, ANSWERING - {"説明"}) or "answer" in said
    if asks and not answers:
        return frozenset({PassageKind.QUESTION})
    return frozenset({PassageKind.ANSWER}) if answers and not asks else _SAID


def _newest_first(
    searcher: Searcher, meetings: MeantMeetings, kinds: frozenset[PassageKind], person: str
) -> Iterator[list[Told]]:
    """Yield what somebody said in each meeting, once where two files tell of one."""
    voices = _voices(searcher, person)
    for group in sorted(meetings.by_meeting(), key=lambda group: str(group[0].date), reverse=True):
        said: dict[str, Told] = {}
        for document in group:
            labels = voices.get(document.document, frozenset())
            if not labels:
                continue
            own = [
                passage
                for passage in searcher.passages(document.document)
                if passage.kind in kinds and folded_label(passage.speaker or "") in labels
            ]
            for told in _parts(document, own):
                said.setdefault("".join(fold(told.passage.text).split()), told)
        if said:
            yield list(said.values())


def _voices(searcher: Searcher, person: str) -> dict[DocumentId, frozenset[str]]:
    """Return as whom the minutes print somebody, document by document."""
    names = searcher.names
    found: dict[DocumentId, frozenset[str]] = {}
    for voice in (names.voices[number] for number in names.voices_of(person)) if names else ():
        document = names.documents[voice.document].document if names else DocumentId("")
        found[document] = found.get(document, frozenset()) | {voice.printed}
    return found


def _parts(document: Document, own: Sequence[Passage]) -> Iterator[Told]:
    """Yield each part of the speeches that says something: of a statement its beginning.

    A question or an answer is cut where it turns to another matter, and each is one of its own.
    """
    begun: set[tuple[object, ...]] = set()
    for passage in own:
        key = (passage.turn, passage.heading)
        statement = passage.kind is PassageKind.STATEMENT and passage.turn is not None
        mark = _ANOTHERS.search(passage.text)
        own_words = passage.text[: mark.start()] if mark else passage.text
        if not says_something(own_words) or (statement and key in begun):
            continue
        begun.add(key)
        yield Told(document, passage, (own_words.strip(),) if mark else ())


def says_something(text: str) -> bool:
    """Tell whether words said in a meeting are more than thanks and turns of procedure."""
    return any(
        set(content_words(fold(part))) - _polite()
        for part in (part.strip() for part in sentences(text))
        if not (is_courtesy(part) or _is_talk(part))
    )


@functools.cache
def _polite() -> frozenset[str]:
    """Return the words of sentences that say nothing of a matter."""
    return frozenset(
        words(
            "以上、終わる、終了、質問、質疑、異議、願う、お願い、宜しい、続ける、移る、次、最後、一、二、三、点、再、自席"
            "、答弁、答え、答える、説明、報告、ただいま、会議、開く、前向き、御、壇上、これ、する、致す、頂く、通告"
            "、従う、議長、委員長、会長、許す、許し、議員、委員、申し上げる"
            " thank thanks you mr madam chair mayor question that all no further nothing"
        )
    )


def _is_talk(part: str) -> bool:
    said = talk_in(part)
    return said is not None and said.is_courtesy
