"""Who attended a meeting, who was absent, who was there to explain: from the head of its minutes.

What is quoted are the lines of the list themselves. Where the list does not name people (出席議員
二十三名), it answers how many there were and not who.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.lookup.lookup_result import Told
from bot.lookup.meetings_meant import MeantMeetings
from bot.lookup.post_holders import passages_before_speeches
from bot.question.list_intent import Listing, list_asked
from index.council.speakers import HONORIFICS, POSTS, without_blanks
from index.language.dates import kanji_number
from index.language.text import fold
from index.language.tokens import nouns
from index.passage import Document, Passage, PassageKind
from index.record import Sitting
from index.search.searcher import Searcher

_OF_PEOPLE = frozenset({Listing.PRESENT, Listing.ABSENT, Listing.STAFF})
_HOW_MANY = ("何人", "何名", "how many")
_START = (
    r"^[\s\u3000]*(?:[○◯〇◎●■□◆・*\-][\s\u3000]*)?"
    r"(?:[（(]?[0-9０-９一二三四五六七八九十]{1,2}[)）．.、\s\u3000]+)?[【\[〔<＜]*"
)
_BEHIND = r"等?(?=[\s\u3000:：（(【】\]〕>＞、]|[0-9０-９]|$)"
_GAP = r"[ \u3000]*"


def _label(spaced: str, others: str = "") -> re.Pattern[str]:
    """Return a pattern for labels at the start of a line, also with blanks between their signs."""
    labels = "|".join(_GAP.join(word) for word in spaced.split())
    return re.compile(rf"{_START}(?:{labels}{others}){_BEHIND}", re.IGNORECASE)


_LABELS: tuple[tuple[Listing | None, re.Pattern[str]], ...] = (
    (
        Listing.ABSENT,
        _label(
            "不応招議員 欠席者 欠席委員 欠席議員 欠席した委員 欠席した議員 欠席",
            r"|(?:members |councilmembers )?(?:absent|excused|not present)|apologies",
        ),
    ),
    (
        Listing.STAFF,
        _label(
            "説明員 説明者 出席説明員 理事者 出席理事者 執行部 当局 事務局 事務局職員 出席職員"
            " 関係職員 職務のため出席した者 市側 町側 村側 区側",
            r"|[^\s\u3000]{0,24}説明の?ため(?:に)?の?(?:会議に)?出席(?:した|の)?[^\s\u3000]{0,8}"
            r"|[市町村区]側?の?出席者|(?:city |town )?staff(?: present)?|also present"
            r"|others? present|in attendance",
        ),
    ),
    (
        Listing.PRESENT,
        _label(
            "出席者 出席委員 出席議員 出席した者 出席した委員 出席した議員 応招議員 参加者 出席",
            r"|(?:members |councilmembers |council members )?present|attendees|attendance"
            r"|members",
        ),
    ),
    (
        None,
        _label(
            "傍聴者 傍聴人 傍聴 日時 開催日時 場所 会場 開催場所 議題 議事 議事日程 日程"
            " 次第 会議次第 案件 付託案件 付議事件 付議案件 審査案件 審査事項 調査事項"
            " 報告事項 所管事務調査 会議録署名議員 議事録署名人 会議録署名委員 署名委員"
            " 配布資料 配付資料 資料 公開 会議の公開 開会 閉会 開議 会期 議案 報告"
            " 一般質問 本日の会議に付した事件 議事の要旨 会議の概要 概要 欠員 定足数",
            r"|agenda|public|minutes|call to order|recorded by|［.*",
        ),
    ),
)
"""Which list a label opens; what opens none ends the one before."""
_ABSENT_WITHIN = re.compile(r"(?<=[^・○◎(（0-9０-９])欠席(?:者|委員|議員)" + _BEHIND)
"""A list of those absent that goes on in the line of those present."""
_NONE = re.compile(r"な\s*し|無し|ありません|いない|\bnone\b|(?<![0-9])0[人名]", re.IGNORECASE)
_COUNT = re.compile(r"(?P<number>[0-9]{1,3}|[一二三四五六七八九十]{1,4})[人名]")
_POSTS = "|".join(sorted((*POSTS, *HONORIFICS), key=len, reverse=True))
_POST = re.compile("|".join(sorted(POSTS, key=len, reverse=True)))
_HALF = 2


@dataclass(frozen=True, slots=True)
class _Lines:
    """A stretch of a passage that belongs to one list."""

    listing: Listing
    passage: Passage
    text: str


def people_present(searcher: Searcher, meetings: MeantMeetings) -> tuple[Told, ...]:
    """Return the lines that name who was there, or was not, where one meeting is meant."""
    if len(meetings.by_meeting()) != 1:
        return ()
    person, said = _person_named(meetings)
    asked = list_asked(said, meetings.own_words)
    if asked is None or asked.listing not in _OF_PEOPLE:
        return ()
    for document in meetings.by_meeting()[0]:
        lines = list(_lists(passages_before_speeches(searcher, document)))
        if person:
            wanted = _of_person(lines, person)
        else:
            wanted = [line for line in lines if line.listing in _groups(asked.listing, meetings)]
            if not _certain(wanted, asked.listing, document, meetings.said):
                continue
        if wanted:
            return tuple(_told(document, wanted))
    return ()


def asks_for_people(meetings: MeantMeetings) -> bool:
    """Tell whether a question asks who attended, or did not, and names nobody."""
    person, said = _person_named(meetings)
    asked = list_asked(said, meetings.own_words)
    return not person and asked is not None and asked.listing in _OF_PEOPLE


def _groups(listing: Listing, meetings: MeantMeetings) -> frozenset[Listing]:
    """Return which lists are wanted: 出席者 are all who were there, 出席委員 the members."""
    of_members = re.search(r"委員|議員|\bmembers?\b|councilmembers?", meetings.said)
    if listing is Listing.PRESENT and not of_members:
        return frozenset({Listing.PRESENT, Listing.STAFF})
    return frozenset({listing})


def _person_named(meetings: MeantMeetings) -> tuple[str, str]:
    """Return the name of the person asked about, if any, and what else the question says.

    The lists of the meeting tell the names, as who was absent says nothing.
    """
    listed = {
        without_blanks(attendee.name)
        for document in meetings.documents
        for attendee in (*document.attendees, *(document.sitting or Sitting()).absentees)
        if not _is_label(attendee.name)
    } | {person.name for mention in meetings.people for person in mention.people}
    for name in sorted(listed, key=len, reverse=True):
        last = name.rpartition(" ")[2]
        parts = [last] if name.isascii() else [name[:end] for end in range(len(name), 0, -1)]
        for part in parts:
            named = re.compile(
                rf"\b(?:[a-z]+ )?{re.escape(part)}\b"
                if name.isascii()
                else rf"(?<![一-鿿]){re.escape(part)}(?:{_POSTS})"
            )
            if match := named.search(meetings.said):
                return part, f"{meetings.said[: match.start()]} {meetings.said[match.end() :]}"
    return "", meetings.said


def _of_person(lines: Sequence[_Lines], name: str) -> list[_Lines]:
    """Return the line that names a person, where one list alone does, and one person of it."""
    found = [
        _Lines(line.listing, line.passage, part)
        for line in lines
        for part in line.text.splitlines(keepends=True)
        if name in without_blanks(part)
    ]
    absent = {line.listing is Listing.ABSENT for line in found}
    of_one = sum(without_blanks(line.text).count(name) for line in found) == 1
    return found if len(absent) == 1 and of_one else []


def _certain(lines: Sequence[_Lines], listing: Listing, document: Document, said: str) -> bool:
    """Tell whether the lines say what is asked: who they were, or how many."""
    own = [line for line in lines if line.listing is listing]
    text = fold("\n".join(line.text for line in own))
    if not text.strip():
        return False
    if _NONE.search(text):
        return True
    count = _COUNT.search(text)
    if any(words in said for words in _HOW_MANY):
        return count is not None
    named = _people_named(text, document)
    if listing is Listing.STAFF:
        named = max(named, len(_POST.findall(text)))  # often only their posts are listed
    least = (kanji_number(count["number"]) or 0) / _HALF if count else 1
    return named >= max(1, least)


def _people_named(folded: str, document: Document) -> int:
    """Return how many people a list names, as far as can be told."""
    bare = without_blanks(folded)
    sitting = document.sitting
    listed = (*document.attendees, *(sitting.absentees if sitting else ()))
    known = {without_blanks(a.name) for a in listed if not _is_label(a.name)}
    persons = sum(any(noun.is_person for noun in run) for run in nouns(folded))
    within = sum(name in (folded if name.isascii() else bare) for name in known)
    return max(within, persons, folded.count("君"))


def _lists(passages: Iterable[Passage]) -> Iterator[_Lines]:
    """Yield the stretches of each list, in order."""
    current: Listing | None = None
    under: tuple[PassageKind, tuple[str, ...]] | None = None
    for passage in passages:
        if under != (passage.kind, passage.heading):
            current, under = None, (passage.kind, passage.heading)
        taken = ""
        for line in _split(passage.text):
            opened, listing = _opens(line)
            if opened or _is_remark(line):
                if current is not None and taken.strip():
                    yield _Lines(current, passage, taken)
                current, taken = listing if opened else None, ""
            if current is not None:
                taken += line
        if current is not None and taken.strip():
            yield _Lines(current, passage, taken)


def _split(text: str) -> Iterator[str]:
    for line in text.splitlines(keepends=True):
        within = None if _opens(line)[1] is Listing.ABSENT else _ABSENT_WITHIN.search(line)
        if within:
            yield line[: within.start()]
            yield line[within.start() :]
        else:
            yield line


def _is_remark(line: str) -> bool:
    return line.lstrip().startswith(("※", "＊")) or line.rstrip().endswith("。")


def _is_label(name: str) -> bool:
    """Tell whether the label of a list was read as somebody's name."""
    return "出席" in name or "欠席" in name


def _opens(line: str) -> tuple[bool, Listing | None]:
    for listing, label in _LABELS:
        if label.match(line):
            return True, listing
    return False, None


def _told(document: Document, lines: Sequence[_Lines]) -> Iterator[Told]:
    """Yield the lines passage by passage."""
    passages = {line.passage.passage_id: line.passage for line in lines}
    for name, passage in passages.items():
        pieces = tuple(line.text.strip() for line in lines if line.passage.passage_id == name)
        yield Told(document, passage, pieces)
