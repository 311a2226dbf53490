"""What a sentence does: ask a question, run the meeting, or take a vote."""

import re

from index.language.asking import asks
from index.language.text import sentences

_PROCEDURAL = re.compile(
    r"(?:何|なに?)か(?:、|質問|意見|[^。]{0,6}[はが])?(?:ござい|あり|ご質|ご意見)"
    r"|(?:ございまし|ありまし|あっ)たら|として伺|一任(?:を|いただ|願|して)|了承|あいさつ|挨拶"
    r"|(?:委員|会派|皆様|皆さん|議員)(?:の皆様?|の皆さん|各位)?(?:の|から|より|に)、?[^。]{0,14}"
    r"意見を(?:お聞き|お?伺|いただ|頂|お願い)|異議[はが]?(?:ござい|あり|なし)"
    r"|(?:質疑|質問|意見|発言|討論)(?:等|など)?(?:・(?:意見|質問))?[はがも]?、?"
    r"(?:ござい|あり|ない|いかが|お?願い|をお?願|のある|を?お受け|をいただ)"
    r"|(?:ほか|[他外])に(?:$|[はも]?[、。]?(?:$|何か|ござい|あり|[ご御]|ない|よろし|いかが|どう))"
    r"|(?<!理解で)(?<!認識で)(?<!解釈で)(?<!考えで)よろし(?:い|ゅう)(?:で(?:す|しょう)|ござい|か)"
    r"|[推自]薦等?は"
    r"|(?:事務局|理事者|執行部|当局|担当|[課部局室市区]|[課部局室次係]長|参事|主査|委員長?|議員"
    r"|[君氏方]|(?:提案|提出)者|さん|ほう)(?:のほう|の方|側|の皆様?)?(?:から|より|に|の)"
    r"[^。]{0,30}(?:説明|報告|朗読|趣旨弁明)"
    r"|^[^。]{0,32}(?:説明|報告)(?:を|いただ)?(?:お?願い|求め)(?:いたし|し|ます)"
    r"|(?:挙手|起立|着席)を?(?:お?願い|求め)|発言を?(?:許|願い)"
    r"|\b(?:any (?:objections?|other|further)|is there a (?:motion|second)"
    r"|all (?:those )?in favou?r"
    r"|do we have a (?:motion|second|quorum)|point of order|unanimous consent)\b",
    re.IGNORECASE,
)
_EXPLANATION = re.compile(r"(?:説明|報告|朗読|紹介)を?、?(?:お?願|求め|いただ|頂|させ|申し上げ)")
_VOTE = re.compile(
    r"採決(?:の結果|した|しまし)|[可否]決|全員賛成|(?:全会|全員|満場)一致"
    r"|(?:賛成|起立|挙手)(?:多数|全員|少数)|賛成者(?:起立|挙手)|不採択|採択(?:すべき|と|する|され)"
    r"|継続審査[とに][^。]{0,12}決|異議な[しい](?:もの)?と(?:認め|して)|原案のとおり"
    r"|了承(?:と(?:し|いた)|され)|(?:賛成|反対)の(?:方|委員|議員|諸君)"
    r"|\b(?:motion (?:carrie[ds]|passe[ds]|fail(?:s|ed)|is adopted|agreed)|roll call vote"
    r"|ayes?\b.{0,30}\bnays?|voted (?:aye|nay|yes|no|unanimously)"
    r"|(?:carried|adopted|approved) unanimously|unanimously (?:carried|adopted|approved))",
    re.IGNORECASE,
)


def is_procedural(sentence: str) -> bool:
    """Say whether a question of the chair only runs the meeting (ご異議ありませんか)."""
    sentence = sentence.strip()
    return _PROCEDURAL.search(sentence) is not None


def asking_sentences(text: str) -> list[str]:
    """Return the sentences of a speech that ask something, stripped."""
    return [part.strip() for part in sentences(text) if asks(part)]


def calls_for_explanation(text: str) -> bool:
    """Say whether the chair calls on somebody to explain or report rather than to answer."""
    return any(_EXPLANATION.search(part) and is_procedural(part) for part in sentences(text))


def is_vote(text: str) -> bool:
    """Say whether the words take a vote, count it or announce the result."""
    return _VOTE.search(text) is not None
