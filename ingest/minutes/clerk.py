"""What the clerk writes between speeches: where a speech ends, and what is put right in it."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from ingest.document.cutting import ARROWS
from ingest.document.headings import read_heading
from ingest.document.source import Line
from ingest.minutes.english.kinds import is_clerks_line
from ingest.minutes.exchanges.sentence_purpose import is_vote
from ingest.minutes.speakers import speakers
from ingest.minutes.speakers.opening import Opening

_CORRECTION = re.compile(r"[〔（(［\[][^〕）)］\]]{0,40}訂正[^〕）)］\]]{0,20}[〕）)］\]]$")
_VOTE_LIST = re.compile(
    r"[^\w]*(?:(?:議案|議決|採決)[^。]{0,10})?(?:賛否|表決)の?(?:一覧|状況|結果|公表)表?[^\w]*"
    r"|[（(〔［【≪《＜<](?:採決|表決|議決)(?:の?結果)?[）)〕］】≫》＞>]"
)
_STAGE = re.compile(
    r"[ 　・-]*(?:(?:（[^（）]*(?:（[^（）]*）[^（）]*)*）|\([^()]*\)|〔[^〔〕]*〕"
    r"|\[[^\[\]]*\])[ 　]*)+$"
)
_SAID_BY_ALL = re.compile(
    r"[ 　]*[【≪《＜<〈][^】≫》＞>〉]{0,12}(?:(?:異議|質疑|意見|討論)な[しい]"
    r"|(?:挙手|起立)(?:全員|多数|少数)?|賛成(?:全員|多数|少数)|(?:全員|一同)(?:賛成|承認|了承)|拍手|(?:の声|呼ぶ者)(?:多数)?あり)[】≫》＞>〉]$"
)
"""A stage direction in brackets that also hold headings: 【異議なし】, ≪全員賛成≫."""
_HOUR = re.compile(
    r"[○◯〇【]?[ 　]*(?:休憩|再開|散会|閉会|開会)?[ 　]*(?:午[前後]|正午)[^。、]{0,18}$"
)
_CLOSES = re.compile(r"[ 　]*[（(○◯]?[ 　]*[閉散][ 　]*会[ 　]*[）)]?。?$")
"""「閉会」 on a line of its own: nobody's words."""
_RISEN = re.compile(
    r"(?:散|閉|延)[ \u3000]*会(?![ \u3000]*(?:中|の|前))|\badjourned\b", re.IGNORECASE
)
_NARRATED_VOTE = re.compile(
    r"[ 　]*[^。、]{0,20}(?:採決|表決|裁決|諮)[^。、]{0,10}結果、?[^「」]+"
    r"(?:(?<!まし)た|決定|[可否]決|採択|認定|承認|同意)。?$"
)
"""「採決の結果、…と決した。」 on a line of its own: a result narrated by the clerk."""
_DEBATE = re.compile(r"[ 　○◎・]*討論(?:[ 　：:]+\S|[（(]?なし[）)]?。?$)")
"""「討論　反対　…」: what a summary tells of the debate, below questions and answers."""
_BLANK = " \u3000"


def corrects(text: str) -> bool:
    """Say whether the line says that what stands before is corrected: 〔○ページに答弁訂正あり〕."""
    return _CORRECTION.match(text.strip()) is not None


def ends_speech(text: str) -> bool:
    """Say whether the clerk goes on: a result told by itself, （採決）, the votes by member."""
    narrated = _NARRATED_VOTE.match(text) and is_vote(text)
    told = narrated or _VOTE_LIST.fullmatch(text) or _DEBATE.match(text)
    return bool(is_clerks_line(text) or told)


def is_stage_direction(text: str) -> bool:
    """Say whether the line is in brackets, or tells an hour: （拍手）, 休憩　午後0時."""
    return any(pattern.match(text) for pattern in (_STAGE, _SAID_BY_ALL, _HOUR, _CLOSES))


def has_risen(stage_direction: str) -> bool:
    """Say whether a stage direction ends the sitting: what follows is nobody's speech."""
    return _RISEN.search(stage_direction) is not None


def is_bulleted(text: str) -> bool:
    """Say whether the line is an item of a list."""
    return text.lstrip(_BLANK).startswith(("・", "•", "*", "‣", *ARROWS))


def notes_in_bullets(lines: Sequence[Line], openings: Mapping[int, Sequence[Opening]]) -> bool:
    """Say whether the clerk's own notes are items, between questions (Q) and answers (A).

    So it is where items stand right below a heading, where nobody speaks yet.
    """
    labels = (speakers.without_brackets(each.speaker) for o in openings.values() for each in o)
    if not openings or not all(map(speakers.is_question_or_answer, labels)):
        return False
    return any(
        is_bulleted(line.text) and read_heading(above) and at not in openings
        for at, (above, line) in enumerate(pairwise(lines), start=1)
    )
