"""Whether a question asks for a topic's prior discussions, and which topic that is."""

import re
import unicodedata

from bot.question.matter_words import is_of_saying
from index.language import cues
from index.language.text import fold
from index.language.tokens import Noun, asking_words, nouns

MAX_CHARACTERS = 2_000
"""What is read of a question: more is not a question, and the embedder would cut it anyway."""

_PAST = (
    r"(?:(?:これまで|今まで|いままで|この間|過去|以前|従前|従来|かつて|前回まで)(?:に|の|から|は|で|まで)*も?"
    r"|(?<![^はもがをにて、。「」\s])前(?:に?も|に|から))"
)
_TALK = (
    r"(?:議論|論議|審議(?!会)|検討(?!会|委員会|部会)|協議(?!会)|質疑|やり?とり|討議|話題|議題|取り?上げ"
    r"|話し[合たて]|話(?:が|は|も|として)?(?:出|あっ|上が|なっ)|出(?:た|ていた)話|同じ話)"
)
_COURSE = r"(?:経緯|経過|いきさつ|流れ|変遷|推移|履歴|歴史)"
_JAPANESE = re.compile(
    rf"(?:{_PAST}|いつ(?:ごろ|頃)?から|初めて|はじめて|最初に)(?P<inside>[^。?]{{0,40}}?)"
    rf"(?:{_TALK}|{_COURSE})|{_TALK}[^\W\d_一-鿿]{{0,6}}{_COURSE}"
    r"|の(?:経緯|経過|いきさつ|変遷)(?=(?:は|を|が|って)?(?:(?:教え|知り|聞か|見せ|まとめ)[^。?]*)?[。?]*$)"
    rf"|(?:{_TALK}|話)[はがも]?(?:って)?{_PAST}[^。?]{{0,12}}(?:あ[りっる]|され|出|行われ|続|聞|上が)"
    rf"|{_PAST}(?P<asked>[^。?]{{0,30}}?)(?:質問|指摘|要望)[はがを]?(?:され|出|あ[りっ])"
)
_ONE_THING = sum(1 << cues.NAMES.index(name) for name in ("number", "reason", "place"))
"""What is wanted then is one thing that was said, and not the whole course."""
_OF_THAT_TIME = re.compile(
    r"[しさにられなっ]{0,3}(?:て[きい])?た(?:とき|時|際|[^\W\d_ぁ-ん]{0,4}会|回|日)"
)
"""What is asked then is something of one meeting: 前に議論したときの意見は."""
_SINCE_THEN = re.compile(rf"(?:その後|それから|あれから)(?!.*{_COURSE})")
"""Behind what was spoken of before: asked is how it stands (検討すると聞いたが、その後)."""
_GENERAL = frozenset(
    {
        *("議会", "委員", "審議", "会", "件", "話", "問題", "議題", "テーマ"),
        *("経緯", "経過", "同様", "過去", "以前", "中"),
    }
)
"""Nouns of such a question that are no topic by themselves, and where it was spoken of."""

_BEGINS = re.compile(r"(?:(?<=[「『\"])\w*|[^\W_ぁ-ん]*)$")
_GOES_ON = re.compile(r"[^\W_ぁ-ん]*")
"""What a noun belongs to: 戸別受信|機, 「し|おまる号」."""

_TALKED = (
    r"(?:discuss(?:ed|ions?)?|debate[ds]?|deliberations?|talk(?:s|ed)|conversations?|raised"
    r"|brought up|come up|considered|mentioned|said)"
)
_EARLIER = (
    r"(?:before|previously|already|ever|so far|in the past|over (?:time|the years)|to date"
    r"|until now|first)"
)
_ON = r"(?: (?:of|on|about|regarding|concerning|around|for))?"
_ENGLISH = re.compile(
    rf"\b(?:previous|prior|past|earlier|history of)\b.{{0,16}}?\b{_TALKED}{_ON}\b"
    r"|\b(?:has|have|had|was|were)\b.*?"
    rf"(?:{_EARLIER} (?:been )?{_TALKED}|{_TALKED}\b.*?\b{_EARLIER})\b"
)
_BESIDE = re.compile(
    rf"\b(?:(?:{_TALKED}|{_EARLIER}|previous|prior|past|earlier|history){_ON}|what|when|how|has|have"
    r"|had|was|were|been|there|held|about|the (?:council|committee|board)|we|they)\b|[?!.,\"“”]"
)
_ARTICLE = re.compile(r"^(?:the (?:topic|issue|question|matter) of )?(?:the |our )?", re.IGNORECASE)
_NOTHING = frozenset(["it", "this", "that", "these", "those", "anything", "something"])


def prior_topic(question: str) -> str | None:
    """Return the topic whose prior discussions are asked for; ``None`` for any other question.

    General phrases of the language only. A question that names no topic (「前にも出た話ですか」)
    is none that this can answer.
    """
    # not folded: the topic is shown as it was written, but for the width of its characters
    text = unicodedata.normalize("NFKC", " ".join(question[:MAX_CHARACTERS].split()))
    return _japanese(text) or _english(text)


def _japanese(text: str) -> str | None:
    match = _JAPANESE.search(text)
    if match and _SINCE_THEN.search(text, match.end()):
        return None
    if not match or _OF_THAT_TIME.match(text, match.end()) or cues.wanted(text) & _ONE_THING:
        return None
    inside = match["inside"] or match["asked"] or ""
    parts = (text[: match.start()], inside, text[match.end() :])
    return next((topic for part in parts if (topic := _named(part))), None)


def _named(part: str) -> str:
    """Return what stands from the first to the last noun that is a topic; nothing of 「この件」."""
    lowered, start, ends = fold(part), 0, []
    if len(lowered) != len(part):
        part = lowered
    for run in nouns(part):
        name = "".join(noun.text for noun in run)
        start = lowered.find(name, start)
        if not all(map(_is_general, run)):
            ends.append((start, start + len(name)))
        start += len(name)
    if not ends:
        return ""
    first, last = _BEGINS.search(part, 0, ends[0][0]), _GOES_ON.match(part, ends[-1][1])
    return part[first.start() if first else ends[0][0] : last.end() if last else ends[-1][1]]


def _is_general(noun: Noun) -> bool:
    return noun.word in asking_words() | _GENERAL or is_of_saying(noun.word)


def _english(text: str) -> str | None:
    lowered = text.lower()
    if len(lowered) != len(text) or not _ENGLISH.search(lowered):
        return None
    spans, start = [], 0
    for match in _BESIDE.finditer(lowered):
        spans.append(text[start : match.start()].strip())
        start = match.end()
    topic = _ARTICLE.sub("", max((*spans, text[start:].strip()), key=len))
    return topic if topic and topic.lower() not in _NOTHING else None
