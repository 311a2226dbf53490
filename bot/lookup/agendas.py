"""What a meeting had on its agenda, item by item, from the head of its minutes.

The items are quoted as they stand there. Where what was read as the agenda is none (a summary that
runs on), and where an item cannot be found again, there is no list.
"""

import re
from collections.abc import Sequence

from bot.lookup.lookup_result import Told
from bot.lookup.meetings_meant import MeantMeetings
from bot.lookup.post_holders import passages_before_speeches
from bot.question.list_intent import Listing, list_asked
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
