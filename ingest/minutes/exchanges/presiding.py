"""Phrases of the chair: putting to the vote, calling speakers, opening, closing.

Also distinguishes a chair's own opinion from running the meeting.
"""

import re
from collections.abc import Sequence

from index.council.items import items_in
from index.language.text import is_japanese, sentences
from ingest.minutes.exchanges.sentence_purpose import calls_for_explanation, is_procedural, is_vote
from ingest.minutes.votes.resolutions import confirms_proposal, proposed_result, read_decisions

_CLOSES = re.compile(
    r"議題(?:に供|と)|(?:本件|質疑|質問|議題|案件)[^。]{0,14}(?:終了|終わり|打ち切|終結)"
    r"|(?:ほか|[他外])に[^。]{0,20}(?:ござい|あり|ない|質疑|ご(?:質|発言|意見)|。|$)"
    r"|休憩|[散閉延]会|次の(?:議題|案件|日程)|その他(?:、|[でにの]|として|と?いた)"
    r"|(?:議題|案件|議事|日程|報告|次第|[）)①-⑳0-9０-９])に[移入][りるら]"
    r"|(?:次に|続いて|続きまして|最後に)、?(?:議題|案件|日程|議案|報告|その他|[（(①-⑳0-9０-９])"
)
_OPENS_MEETING = re.compile(
    r"\b(?:call (?:the|this) meeting to order|welcome (?:\w+ )?to (?:the|this|our|today)"
    r"|declare (?:the|this) meeting open|open (?:the|this) meeting)\b"
    r"|(?:会議|[員議]会)を(?:開|始め)|開会(?:いた|し|を宣)",
    re.IGNORECASE,
)
_OPENS_OR_CLOSES = re.compile(
    r"定刻[とにで]|ただいま(?:から|より)|[開閉散]会(?:いた|し|を宣|に先立|と)|会議は?成立|定足数"
    r"|(?:進行|議長|司会)(?:は|を|につき)[^。]{0,24}(?:[会座議]長|委員長)[^。]{0,6}願い"
    r"|(?:を|から)(?:始め|開催|開会)(?:させ|いた|し|る|ます)|(?:会議|[員議]会)を(?:終|閉じ)"
    r"|資料の(?:確認|差し?替え)"
)
_ENDS_MEETING = re.compile(
    r"(?:閉会|散会|終了)と?(?:いたします|します|させていただきます)。|(?:会議|[員議]会)を(?:終|閉)"
)
_CALLS = re.compile(r"\s*\S{1,14}(?:君|委員|議員|課長|部長|さん|市長|区長)。?\s*")
_RUNS = re.compile(
    r"議題|議事|説明|報告|質[疑問]|意見|[開閉]会|次に|続い|続きまして|移[りら]|入り|終わ|終了|始め"
    r"|願い|ありがとう|以上|進め|休憩|再開|指名|採決|発言|異議|よろし|次第|通告|登壇|日程|いかが"
)
_OWN_VIEW = re.compile(
    r"私(?:は|も|から)|思(?:います|う|って)|考え(?:ます|て|る)"
    r"|(?:こと|(?:べき|必要)(?:である|がある|だ|です)?|てほしい)。$"
)
_ASKS_ASSENT = re.compile(r"異議[はがも]?、?(?:(?:ござい|あり)ませんか|ないか)")
_BY_NOMINATION = re.compile(r"指名(?:推選|いた|し)|選挙を行|省略")
_SETTLES = re.compile(
    r"(?:たい|よう)と(?:思い|存じ)ます|こと[とに](?:し|いた|決)"
    r"|[0-9０-９一二三四五六七八九十]日間"
)
_RUNNING_SHARE = 0.4
_LEAST_RUNNING = 3
_LONG = 60


def closes_matter(text: str) -> bool:
    """Say whether the chair ends the current matter or turns to another."""
    return _CLOSES.search(text) is not None


def opens_meeting(text: str) -> bool:
    """Say whether the words open a meeting."""
    return _OPENS_MEETING.search(text) is not None


def opens_or_closes(text: str) -> bool:
    """Say whether the secretariat only opens or ends the meeting, or hands over to the chair."""
    return _OPENS_OR_CLOSES.search(text) is not None


def ends_meeting(text: str) -> bool:
    """Say whether the words end the meeting."""
    return _ENDS_MEETING.search(text) is not None


def decides(text: str) -> bool:
    """Say whether the chair puts something to the vote or announces a decision."""
    parts = sentences(text)
    if is_vote(text) or any(proposed_result(part) or read_decisions(part) for part in parts):
        return True
    assent = _ASKS_ASSENT.search(text) is not None and not _BY_NOMINATION.search(text)
    return assent and (bool(items_in(text)) or _SETTLES.search(text) is not None)


def confirms_what_was_put(text: str) -> bool:
    """Say whether the words confirm a proposal: 「そのようにいたします」."""
    return any(confirms_proposal(part) for part in sentences(text)[:2])


def runs_meeting(text: str) -> bool:
    """Say whether the speech runs a meeting: calls, closes, votes, asks round."""
    return bool(
        is_vote(text)
        or closes_matter(text)
        or calls_for_explanation(text)
        or any(is_procedural(part) for part in sentences(text))
        or _CALLS.fullmatch(text)
    )


def is_own_view(text: str) -> bool:
    """Say whether the chair gives an opinion on the matter, as any member might."""
    if runs_meeting(text) or not is_japanese(text):
        return False
    return _OWN_VIEW.search(text) is not None or (len(text) > _LONG and not _RUNS.search(text))


def find_presider(turns: Sequence[tuple[str, str]]) -> str | None:
    """Return who runs the meeting if no label says so: 教育長 in a board of education.

    ``turns`` are speakers and their words. The presider calls speakers and takes votes in a good
    share of his or her speeches.
    """
    count: dict[str, int] = {}
    total: dict[str, int] = {}
    votes: set[str] = set()
    for who, text in turns:
        total[who] = total.get(who, 0) + 1
        count[who] = count.get(who, 0) + runs_meeting(text)
        if is_vote(text) or opens_meeting(text) or closes_matter(text):
            votes.add(who)
    best = max(count, key=lambda who: count[who], default=None)
    if best is None or best not in votes or count[best] < _LEAST_RUNNING:
        return None
    return best if count[best] >= _RUNNING_SHARE * total[best] else None
