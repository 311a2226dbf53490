"""Whether a question asks for a topic's prior discussions, and which topic that is."""

import re
import unicodedata

MAX_CHARACTERS = 2_000
"""What is read of a question: more is not a question, and the embedder would cut it anyway."""

_PAST = (
    r"(?:(?:これまで|今まで|いままで|この間|過去|以前|従前|従来|かつて|前回まで)(?:に|の|から|は|で|まで)*も?"
    r"|(?<![^はもがをにて、。「」\s])前に?も|(?<![^はもがをて、。「」\s])前(?:に|から))"
)
_TALK = (
    r"(?:議論|論議|審議(?!会)|検討(?!会|委員会|部会)|協議(?!会)|質疑|やり?とり|討議|話題|議題"
    r"|取り?上げ|取りざた|話し合|話し[たて]|話(?:が|は|も|として)?(?:出|で[てた]|あっ|上が|なっ)|出た話|出ていた話|同じ話)"
)
_COURSE = r"(?:経緯|経過|いきさつ|流れ|変遷|推移|履歴|歴史)"
_JAPANESE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_PAST}(?P<inside>[^。?]{{0,40}}?){_TALK}",
        rf"{_PAST}{_COURSE}",
        rf"{_TALK}(?:され)?(?:て(?:き|い)た)?(?:の|した|された)?{_COURSE}",
        rf"{_TALK}(?:は|が|も|って)?{_PAST}[^。?]{{0,12}}(?:あ[りっる]|され|出|行われ|続)",
        rf"話(?:は|が|も|って)?{_PAST}[^。?]{{0,8}}(?:出|あ[りっる]|聞|上が|続)",
        (
            rf"{_PAST}(?P<inside>[^。?]{{0,30}}?)(?:質問|指摘|要望)(?:は|が|を)?(?:され|出|あ[りっ])"
            rf"[^。]{{0,12}}(?:ます|ました|た|ある|あるの)か?[?。]?$"
        ),
        rf"いつ(?:ごろ|頃)?から(?P<inside>[^。?]{{0,20}}?){_TALK}",
        rf"(?:初めて|はじめて|最初に){_TALK}(?:され|た|られ)",
    )
)
_SPECIFIC = re.compile(
    r"いくら|いくつ|何(?:人|名|件|円|台|校|戸|世帯|か所|箇所|%|パーセント|割|年|月|日)"
    r"|どこ|どの(?!よう)|なぜ|何故|どうして|理由|どれ(?:くらい|ほど|だけ)"
)
"""A question with one of these wants one thing that was said, not the whole course."""

_ABOUT = (
    r"(?:について(?:の|は)?|に(?:関して|関する|つき|係る)(?:の|は)?|をめぐ(?:って|る)"
    r"|に対する|における)"
)
_BEFORE = re.compile(
    r"^(?:(?:えっと|あの|ちなみに|すみません|ところで|さて)[、,]?)*"
    r"(?:(?:この|当|本|うちの|市の|町の|村の)?(?:市議会|町議会|村議会|区議会|議会|審議会|委員会|本会議|会議)"
    r"(?:で|において|では|でも|での|における)(?:は|も)?[、,]?)?"
)
_EDGE_START = re.compile(
    rf"^(?:[、,。・:\s]+|{_ABOUT}|(?:の|は|が|を|に|で|も|って|という)(?![ぁ-ん]))"
)
_EDGE_END = re.compile(
    rf"(?:{_ABOUT}|の(?:件|話|こと|問題|議論|検討|審議|話題)(?:は|が|を|も|って|に)?|という(?:話|こと|の)?(?:は|が|も)?"
    r"|どう|どの(?:よう|ように)に?|どんな(?:風に|ふうに)?|どういう(?:風に|ふうに)?|いかに|何が|何か|なに[がか]"
    r"|(?:は|が|を|の|って|とは)|(?<=[^ぁ-ん])(?:に|で|も|と)|[、,。・:?!\s]+)$"
)
_VERB = re.compile(r"^(?:され|し|になっ|られ|れ)(?:て(?:き|い))?た")
_ASKS = re.compile(
    r"(?:を|が|は|について)?(?:教えて|知りたい|見せて|示して|まとめて|調べて|お願い|一覧|整理して|知って|説明して"
    r"|され|して|てき|ありま|あるか|あった|でしょう|です|ます|ましたか|か[?。]?$).*$"
)
_NOTHING = re.compile(
    r"(?:この|その|あの|同|本|(?:同じ|同様)(?:よう)?[のな]?)?"
    r"(?:件|話|問題|こと|議題|テーマ|それ|これ|あれ|議論|質問|指摘|要望)?"
)
_OF_THAT_TIME = re.compile(
    r"(?:され|し|に?なっ|られ|れ)?(?:て(?:き|い))?た(?:とき|時|際|会議|審議会|委員会|回|日)"
)
"""What is asked then is something of one meeting: 前に議論したときの意見は."""

_DISCUSSED = (
    r"(?:discuss(?:ed)?|debated?|raised?|brought up|come up|talked about|considered?|mentioned)"
)
_TALKS = r"(?:discussions?|debates?|deliberations?|talks|conversations?)"
_ON = r"(?:of|on|about|regarding|concerning|around)"
_EARLIER = (
    r"(?:before|previously|already|so far|in the past|over (?:time|the years)|to date|until now)"
)
_HAS = r"\b(?:has|have|had|was|were)"
_ENGLISH = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (
            rf"\b(?:previous|prior|past|earlier) {_TALKS}(?: there (?:were|was)| held)? {_ON} "
            rf"(?P<topic>.+)"
        ),
        rf"\bhistory of (?:the |our )?{_TALKS} {_ON} (?P<topic>.+)",
        r"\b(?:discussion|debate) history (?:of|on|about|for) (?P<topic>.+)",
        rf"\bwhat {_HAS} (?:been |ever )*(?:said|discussed) {_EARLIER} {_ON} (?P<topic>.+)",
        rf"\bwhat {_HAS} (?:been |ever )*(?:said|discussed) {_ON} (?P<topic>.+?) {_EARLIER}\b",
        rf"\bhow {_HAS} (?P<topic>.+?) (?:been )?{_DISCUSSED} {_EARLIER}\b",
        (
            rf"{_HAS} (?:the council|the committee|the board|we|they) (?:ever |already )?"
            rf"{_DISCUSSED} (?P<topic>.+?) {_EARLIER}\b"
        ),
        rf"{_HAS} (?P<topic>.+?) (?:ever|already|previously) (?:been )?{_DISCUSSED}\b",
        rf"{_HAS} (?P<topic>.+?) (?:been )?{_DISCUSSED} {_EARLIER}\b",
        rf"\bwhen (?:has|have|was|were|did) (?P<topic>.+?) (?:first |been )+{_DISCUSSED}",
    )
)
_EDGES_EN = re.compile(
    r"^(?:the topic of|the (?:issue|question|matter) of|the|our)\s+|[\s?!.,\"“”]+$"
)
_NOTHING_EN = re.compile(
    r"(?:it|this|that|these|those|they|there|anything|something)?", re.IGNORECASE
)


def prior_topic(question: str) -> str | None:
    """Return the topic whose prior discussions are asked for; ``None`` for any other question.

    General phrases of the language only. A question that names no topic (「前にも出た話ですか」)
    is none that this can answer.
    """
    text = " ".join(question[:MAX_CHARACTERS].split())
    return _japanese(text) or _english(text)


def _japanese(text: str) -> str | None:
    # not folded: the topic is shown as it was written, but for the width of its characters
    folded = unicodedata.normalize("NFKC", text)
    if _SPECIFIC.search(folded):
        return None
    for pattern in _JAPANESE:
        match = pattern.search(folded)
        if match and not _OF_THAT_TIME.match(folded, match.end()):
            inside = match.groupdict().get("inside") or ""
            after = _ASKS.sub("", _VERB.sub("", folded[match.end() :]))
            for part in (folded[: match.start()], inside, after):
                if topic := _bare(part):
                    return topic
    return None


def _bare(part: str) -> str:
    """Drop what only leads to the topic or away from it; nothing is left of 「この件」."""
    part = _BEFORE.sub("", part.strip())
    for edge in (_EDGE_START, _EDGE_END):
        while (shorter := edge.sub("", part)) != part:
            part = shorter
    quoted = re.fullmatch(r"[「『\"](.+)[」』\"]", part)
    part = (quoted[1] if quoted else part).strip()
    return "" if _NOTHING.fullmatch(part) or not re.search(r"[^ぁ-ん\W]|[ぁ-ん]{2}", part) else part


def _english(text: str) -> str | None:
    for pattern in _ENGLISH:
        if match := pattern.search(text):
            topic, before = match["topic"].strip(), ""
            while topic != before:
                before, topic = topic, _EDGES_EN.sub("", topic)
            return None if _NOTHING_EN.fullmatch(topic) else topic
    return None
