"""What the head of the minutes tells of a meeting: when and where it was held, and its agenda.

Quoted are the lines as they stand there. Where what was read as the agenda is none (a summary that
runs on), and where an item cannot be found again, there is no list of it.
"""

import re
from collections.abc import Iterator, Sequence

from bot.lookup.lookup_result import Told
from bot.lookup.meetings_meant import MeantMeetings, head_of
from bot.lookup.post_holders import passages_before_speeches
from bot.question.list_intent import Listing, list_asked
from index.council.speakers import without_blanks
from index.language.text import fold
from index.passage import Document, Passage, PassageId
from index.search.searcher import Searcher

_MOST_ITEMS = 40
_NO_ITEM = re.compile(
    r"^(?:[◎○〇【〔\[(]?(?:本日の)?(?:会議に付した事件|議事日程|議事|次第|議題|案件|日程)(?:のとおり)?"
    r"(?:[】〕\])]|$)|第[〇一二三四五六七八九十0-9]{1,3}号$|[【〔\[].*[】〕\]]$)"
)
"""A heading beside the agenda, a reference to it, a remark of the clerk."""
_NUMBER = r"(?:[(（]?[0-9０-９一二三四五六七八九十]{1,2}[)）.．、]|[①-⑳])"
"""What may stand before an item."""
_RUNS_ON = re.compile(r"。|\t|^[○◯〇●⇒→◎※]")
_FORMAL = re.compile(
    r"開会|閉会|開議|散会|あいさつ|挨拶|その他|一般質問|代表質問|署名議?員|会期の決定|諸般の報告|議事録の(?:確認|承認)"
    r"|日程第?[0-9]*$|\b(?:call to order|roll call|adjourn\w*|minutes|public comments?|pledge)\b"
)
"""An item that stands on any agenda, and tells nothing of what was spoken about."""
_MEETING = ("会議", "会合", "員会", "議会", "例会", "臨時会", "meeting", "session", "sitting")
_PLACE = ("どこ", "何処", "場所", "会場", "where", "place", "venue", "location")
_DAY = ("いつ", "何日", "日時", "日付", "開催日", "when", "day", "date")
_CLOCK = ("何時", "時刻", "時間", " time")
_END = ("終わ", "終了", "閉会", "散会", "何時まで", " end")
_HOUR = re.compile(r"[0-9一二三四五六七八九十]\s*(?:時|:[0-9]{2})")
_MOST_MEETINGS = 20


def asks_when_and_where(meetings: MeantMeetings) -> bool:
    """Tell whether a question asks when or where a meeting was held, and nothing else."""
    asked = list_asked(meetings.said, meetings.own_words)
    of_meetings = meetings.bodies or meetings.named or _any(_MEETING, meetings.said)
    return asked is not None and asked.listing is Listing.WHEN and bool(of_meetings)


def when_and_where(searcher: Searcher, meetings: MeantMeetings) -> tuple[Told, ...]:
    """Return the lines that tell when and where the meetings that are meant were held.

    The newest last, and it alone where the last one is asked for. None where it is not said which
    of several is meant.
    """
    groups = meetings.by_meeting()
    if not asks_when_and_where(meetings) or not groups:
        return ()
    last = meetings.asks_for_last
    if len(groups) > 1 and not (meetings.named or last):
        return ()
    found: list[Told] = []
    for group in groups[-1 if last else -_MOST_MEETINGS :]:
        told = (_held(searcher, document, meetings.said) for document in group)
        found += next(filter(None, told), [])
    return tuple(found)


def _held(searcher: Searcher, document: Document, said: str) -> list[Told]:
    """Return the lines of a head with the day, the place or both, as a question asks for them."""
    passages = list(passages_before_speeches(searcher, document))
    where = _any(_PLACE, said)
    lines = []
    if not where or _any((*_DAY, *_CLOCK), said):
        day = head_of(passages, document)
        hours = len(_HOUR.findall(fold(day[1]))) if day else 0
        wanted = 2 if _any(_END, said) else 1 if _any(_CLOCK, said) else 0
        lines.append(day if hours >= wanted else None)
    if where:
        lines.append(_line_of(passages, document.place or ""))
    if None in lines:
        return []
    return list(_by_passage(document, [line for line in lines if line]))


def _any(words: Sequence[str], said: str) -> bool:
    return any(word in said for word in words)


def _line_of(passages: Sequence[Passage], words: str) -> tuple[Passage, str] | None:
    wanted = without_blanks(fold(words))
    lines = ((passage, line) for passage in passages for line in passage.text.splitlines())
    said = ((passage, line.strip()) for passage, line in lines if wanted)
    return next((each for each in said if wanted in without_blanks(fold(each[1]))), None)


def _by_passage(document: Document, lines: Sequence[tuple[Passage, str]]) -> Iterator[Told]:
    passages = {passage.passage_id: passage for passage, _ in lines}
    for name, passage in passages.items():
        own = dict.fromkeys(line for each, line in lines if each.passage_id == name)
        yield Told(document, passage, tuple(own))


def asks_for_agenda(meetings: MeantMeetings) -> bool:
    """Tell whether a question asks what a meeting was to deal with, or dealt with."""
    asked = list_asked(meetings.said, meetings.own_words)
    return asked is not None and asked.listing is Listing.AGENDA


def agenda_told(searcher: Searcher, meetings: MeantMeetings) -> tuple[Told, ...]:
    """Return the items of the agenda, passage by passage, where one meeting is meant.

    It has to name a matter at least.
    """
    if not asks_for_agenda(meetings) or len(meetings.by_meeting()) != 1:
        return ()
    for document in meetings.by_meeting()[0]:
        items = items_of(document)
        if all(map(is_formal, items)):
            continue
        passages = list(passages_before_speeches(searcher, document))
        if told := _told(document, items, passages):
            return told
    return ()


def items_of(document: Document) -> tuple[str, ...]:
    """Return the items of a document's agenda; none where it is not certainly one."""
    items = tuple(item for item in document.agenda if not _NO_ITEM.search(fold(item).strip()))
    odd = any(_RUNS_ON.search(fold(item)) for item in items)
    return () if odd or len(items) > _MOST_ITEMS else items


def is_formal(item: str) -> bool:
    """Tell whether an item stands on any agenda, and names no matter."""
    return bool(_FORMAL.search(fold(item).lower()))


def _told(
    document: Document, items: Sequence[str], passages: Sequence[Passage]
) -> tuple[Told, ...]:
    """Return each item where it stands, in order; none where one of them is not found."""
    found: dict[PassageId, list[str]] = {}
    texts = {passage.passage_id: passage for passage in passages}
    ends = dict.fromkeys(texts, 0)
    for item in items:
        signs = r"\s*".join(map(re.escape, "".join(item.split())))
        written = re.compile(rf"(?:{_NUMBER}[ \u3000]*)?{signs}")
        for name, passage in texts.items():
            if match := written.search(passage.text, ends[name]):
                found.setdefault(name, []).append(match[0])
                ends[name] = match.end()
                break
        else:
            return ()
    return tuple(Told(document, texts[name], tuple(words)) for name, words in found.items())
