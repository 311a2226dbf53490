"""What sort of thing a question wants, and which passages hold such a thing.

General words of the language, no names: a question with いくら or "how many" wants a number, one
with なぜ wants a reason.
"""

import re

from index.language.text import fold

_CUES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (  # a number
        re.compile(
            r"いくら|いくつ|何(円|人|名|件|%|パーセント|割|か所|箇所|カ所|回|台|校|戸|世帯|冊|歳|倍|便)"
            r"|ど(の|れ)[くぐ]らい|どれだけ|金額|(額|数|率)は|how (much|many|long|large|often)",
            re.IGNORECASE,
        ),
        re.compile(r"\d|[一二三四五六七八九十百千]+(円|人|名|件|割|か所|回|台|校|戸|世帯|万|億)"),
    ),
    (  # a time
        re.compile(r"いつ|何(年|月|日|時|曜)|時期|when|what (year|date|time)", re.IGNORECASE),
        re.compile(r"\d+(年|月|日|時)|年度|[一二三四五六七八九十]+(年|月|日|時)|\b(19|20)\d\d\b"),
    ),
    (  # a reason
        re.compile(r"なぜ|何故|どうして|理由|わけ(を|は)|なんで|why", re.IGNORECASE),
        re.compile(r"ため|から|理由|ことにより|because|since|due to", re.IGNORECASE),
    ),
    (  # a person
        re.compile(r"誰|だれ|どなた|\bwho\b", re.IGNORECASE),
        re.compile(
            r"氏|さん|委員|会長|議員|部長|課長|市長|町長|村長|mayor|council|chair", re.IGNORECASE
        ),
    ),
    (  # a place
        re.compile(r"どこ|何処|場所|where", re.IGNORECASE),
        re.compile(
            r"(県|市|町|村|区|庁|館|室|センター|学校|園|地内|丁目)"
            r"|法人|会社|組合|協会|財団|団体|事業者|病院|公園|跡地|駅|港|地区"
        ),
    ),
    (  # a decision
        re.compile(
            r"可決|否決|採択|採決|議決|表決|承認され|同意され|了承され|賛否|結果|結論"
            r"|(決ま|決定し|決め|通)(った|りました|た)|(賛成|反対)(した|は|が|多数|者)"
            r"|\b(vote[ds]?|voted|approved?|passed|adopted|rejected|decided|outcome|result)\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"(可決|否決|採択|議決|決定|承認|同意|了承|認定)(す|され|いた|し|と|を|で)"
            r"|全会一致|(賛成|起立|挙手)(多数|少数|全員|者)|ご?異議(なし|ございません|ありません)"
            r"|\b(carried|motion|ayes?|nays?|approved|adopted|passed|voted)\b",
            re.IGNORECASE,
        ),
    ),
)

NAMES = ("number", "time", "reason", "person", "place", "decision")
"""The cues in order; bit *i* of a mask stands for the *i*-th."""


_WHICH = re.compile(
    r"何|なに|なん|いつ|いく[らつ]|誰|だれ|どなた|ど[うこのれん]|どち|なぜ"
    r"|\b(?:who|what|when|where|why|how|which)\b"
)
_EARLIER = re.compile(
    r"改正(の|する)?前|以前|(?<![つ名])前(は|の|ま)|かつて|当時|従来|もともと|元(は|の)|旧(条例|規定|来)|昔"
    r"|before|previous|earlier|used to|former",
    re.IGNORECASE,
)
_TEXT = (
    r"(?:条例|規則|規程|規約|要綱|要領|規定|条文|法令|計画|方針|料金表|別表|取り?決め|ルール|文言"
    r"|案(?!内)|版)"
)
_TEXT_IN_ENGLISH = (
    r"(?:versions?|ordinances?|by-?laws?|rules|regulations?|texts?|wording|plans?|drafts?|editions?"
    r"|schedule)\b"
)
_FURTHER = r"[^\W\d_a-zはがをでにともや]{0,8}?"
_FURTHER_IN_ENGLISH = r"[\W_]+(?:\w+[\W_]+){0,2}?"
_FIRST_TEXT = re.compile(
    rf"(?:はじめ|初め|始め|最初|当初|(?:制定|策定|施行)(?:時|当初))の{_FURTHER}{_TEXT}"
    rf"|(?:はじめ|初め|始め|最初)に(?:でき|作っ|作ら|つく|定め|決め|制定し|施行し)\w{{0,3}}{_TEXT}"
    r"|初版|第[1一]版|原条例"
    rf"|\b(?:first|original|initial|earliest|oldest){_FURTHER_IN_ENGLISH}{_TEXT_IN_ENGLISH}"
    r"|\boriginally\b|\bas (?:first )?enacted\b",
    re.IGNORECASE,
)
_OLDER_TEXT = re.compile(
    rf"(?:旧|古い(?:方の|ほうの)?|(?:一つ|ひとつ|1つ)前の){_TEXT}"
    rf"|\b(?:old|older|prior|superseded|unamended){_FURTHER_IN_ENGLISH}{_TEXT_IN_ENGLISH}",
    re.IGNORECASE,
)
"""Words for the first, and for an older version of a text: はじめの条例, "the old (2014) rules"."""


def asks_which(folded: str) -> bool:
    """Tell whether a folded text holds an interrogative: what, who, when, and not yes or no."""
    return _WHICH.search(folded) is not None


def behind_which(folded: str) -> str:
    """Return what stands behind the first interrogative of a folded text; nothing without one."""
    which = _WHICH.search(folded)
    return folded[which.end() :] if which else ""


def earlier(question: str) -> bool:
    """Tell whether a question is about how something was before a change."""
    folded = fold(question)
    return any(words.search(folded) for words in (_EARLIER, _FIRST_TEXT, _OLDER_TEXT))


def earliest(question: str) -> bool:
    """Tell whether a question is about the first version of a text."""
    return bool(_FIRST_TEXT.search(fold(question)))


def earlier_text(question: str) -> bool:
    """Tell whether a question is about an older version of a text, the first or another one."""
    return earliest(question) or bool(_OLDER_TEXT.search(fold(question)))


def wanted(question: str) -> int:
    """Return the mask of what a question wants."""
    folded = fold(question)
    return sum(1 << bit for bit, (wants, _) in enumerate(_CUES) if wants.search(folded))


def given(text: str) -> int:
    """Return the mask of what a text holds."""
    folded = fold(text)
    return sum(1 << bit for bit, (_, gives) in enumerate(_CUES) if gives.search(folded))


def unmet(wants: int, gives: int) -> bool:
    """Tell whether a number, a time or a reason is wanted and not given."""
    told = 0b111
    return bool(wants & ~gives & told)
