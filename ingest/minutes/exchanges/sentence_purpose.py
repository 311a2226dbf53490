"""Does a sentence ask something, or only run the meeting? Is it a vote?"""

import re

from index.language.text import sentences

_ASKS = re.compile(
    r"[？?]"
    r"|(?:か|かね|かな|かしら|のかと)[。．]?$"
    r"|(?:伺い|うかがい|お聞き|お尋ね|おたずね|お伺い|お聞かせ|お教え)"
    r"|(?:教えて|聞かせて|示して|お示し|説明して|お答え|回答して|答えて|確認させて|確認して)"
    r"[をも]?(?:いただ|頂|くださ|下さ|ほし|欲し|もら|願|お願)"
    r"|(?:ご|御)?(?:見解|所見|答弁|回答|説明|考え|認識)(?:を|について)(?:、)?"
    r"(?:お?求め|お?伺|お?聞|お願い|お?示|お?尋|願い)"
    r"|質問(?:いた|し|を?させて)|(?:如何|いかが|どう)(?:か|です|でしょう|でござい|お考え)"
    r"|(?:求め|要望し|要望いたし|提案し|提案いたし)ます[。．]?$|求める[。．]?$"
    r"|どのように|どうなって|どのぐらい|どれくらい"
)
_PROCEDURAL = re.compile(
    r"(?:何か|なに?か)(?:、|質問|意見|[^。]{0,6}(?:は|が))?(?:ござい|あり|ご質|ご意見)"
    r"|(?:ございまし|ありまし|あっ)たら|として伺|(?:ほか|他|外)に(?:は|も)?、?(?:いかが|どう)"
    r"|一任(?:を|いただ|願|して)|(?:ご|御)?了承|(?:ご|御)?(?:あいさつ|挨拶)を?"
    r"|(?:委員|会派|皆様|皆さん|議員)(?:の皆様?|の皆さん|各位)?(?:の|から|より|に)、?[^。]{0,12}"
    r"(?:ご|御)?意見を(?:お聞き|伺|お伺い|いただ|頂|お願い)"
    r"|"
    r"(?:ご|御)?異議(?:は|が)?(?:ござい|あり|なし)"
    r"|(?:質疑|質問|意見|発言|討論)(?:等|など)?(?:・(?:意見|質問))?(?:は|が|も)?、?"
    r"(?:ござい|あり|ない|いかが|お願い|をお?願|願い|のある|を?お受け|をいただ)"
    r"|(?:ほか|他|外)に(?:は)?[、。]?(?:$|何か|ござい|あり|ご|御|ない|よろし)"
    r"|(?<!理解で)(?<!認識で)(?<!解釈で)(?<!考えで)よろし(?:い|ゅう)(?:です|でしょう"
    r"|ござい|か)|(?:推薦|自薦)(?:等)?は"
    r"|(?:事務局|理事者|執行部|当局|市側|区側|担当|課長?|部長?|局長?|室長?|次長|参事|主査|係長"
    r"|委員長?|議員|君|氏|さん|ほう|方|提案者|提出者|紹介議員)"
    r"(?:のほう|の方|側|の皆様?)?(?:から|より|に|の)[^。]{0,30}(?:説明|報告|朗読|趣旨弁明)"
    r"|^(?:それでは|では|次に|続いて|続きまして|引き続き|まず|はじめに"
    r"|初めに)?、?[^。]{0,24}(?:説明|報告)(?:を|いただ)?(?:お願い|願い|求め)(?:いたし|し|ます)"
    r"|(?:挙手|起立|着席)(?:を)?(?:お願い|願い|求め)|発言(?:を)?(?:許|願い)"
)
_EXPLANATION = re.compile(
    r"(?:説明|報告|朗読|紹介)(?:を)?(?:、)?(?:お願い|願|求め|いただ|頂|させ|申し上げ)"
)
_ENGLISH_PROCEDURE = re.compile(
    r"\b(?:any (?:objections?|other|further)|is there a (?:motion|second)"
    r"|all (?:those )?in favou?r"
    r"|do we have a (?:motion|second|quorum)|point of order|unanimous consent)\b",
    re.IGNORECASE,
)
_VOTE = re.compile(
    r"採決(?:の結果|した|しまし)|可決|否決|賛成多数|賛成少数|全会一致|全員(?:賛成|一致)|満場一致"
    r"|(?:起立|挙手)(?:多数|全員|少数)|賛成者(?:起立|挙手)|不採択|(?:趣旨)?採択(?:すべき|と|する"
    r"|され)"
    r"|継続審査(?:と|に)[^。]{0,12}決|異議(?:なし|ない)(?:もの)?と(?:認め|して)"
    r"|原案のとおり|了承と(?:し|いた)|了承され"
    r"|賛成の(?:方|委員|議員|諸君)|反対の(?:方|委員|議員|諸君)"
)
_ENGLISH_VOTE = re.compile(
    r"\b(?:motion (?:carried|carries|passed|passes|failed|fails|is adopted|agreed)|roll call vote"
    r"|ayes?\b.{0,30}\bnays?|voted (?:aye|nay|yes|no|unanimously)|(?:carried|adopted|approved)"
    r" unanimously|unanimously (?:carried|adopted|approved))",
    re.IGNORECASE,
)


def asks(sentence: str) -> bool:
    """Say whether the sentence asks for an answer (in Japanese or English)."""
    return _ASKS.search(sentence.strip()) is not None


def is_procedural(sentence: str) -> bool:
    """Say whether an asking sentence of the chair only runs the meeting (ご異議ありませんか)."""
    sentence = sentence.strip()
    return bool(_PROCEDURAL.search(sentence) or _ENGLISH_PROCEDURE.search(sentence))


def asking_sentences(text: str) -> list[str]:
    """Return the sentences of a speech that ask something, stripped."""
    return [part.strip() for part in sentences(text) if asks(part)]


def calls_for_explanation(text: str) -> bool:
    """Say whether the chair's words call somebody to explain or report, not to answer."""
    return any(_EXPLANATION.search(part) and is_procedural(part) for part in sentences(text))


def is_vote(text: str) -> bool:
    """Say whether the words take, count or announce a decision."""
    return bool(_VOTE.search(text) or _ENGLISH_VOTE.search(text))
