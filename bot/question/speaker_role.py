"""Whether a question names somebody as the one who speaks, as the one who asked, or as its matter.

「市長は何と答えたか」 names who speaks, 「谷口委員への答弁」 who asked, 「市長の給料」 neither.
Phrases of the language only; every pattern looks at a bounded stretch after or before the name.
"""

import re
from enum import StrEnum

from index.language.text import begins_latin

_NEAR = 120
_SPEAKING = (
    r"(?:言[いうえっ]|述べ|答え|答弁|回答|返答|説明|質問|質疑|聞[いくこ]|尋ね|伺[いっ]|指摘|要望|発言|主張"
    r"|話し|触れ|約束|認め|謝[っりる]|わび|訴え|求め|反対|賛成|提案|報告し|語[っる]|表明|示し|懸念|心配"
    r"|見解|意見|取り上げ|挨拶|あいさつ|発表し|明言|強調|確認し|問いただし|ただし[たて]|念を押し|釈明|弁明"
    r"|断[っわ]|否定し|質[しす]|問[うい]|迫っ|疑問を|批判|評価し|異議|紹介し|挙げた|注文|促し"
    r"|提起|問題視|危惧|要請し|反論|陳謝|説い|論じ|言及|賛同|納得し|口にし|警告し|苦言|力説|助言|くぎを|釘を)"
)
_PASSIVE = re.compile(r"(?:さ|か|わ|ら)?(?:れ|られ)(?:た|て|る|ま|な)")
_SAYS_HA = re.compile(rf"^(?:側)?(?:は|って|も)[^。?]{{0,80}}?{_SPEAKING}")
_SAYS_GA = re.compile(rf"^(?:側)?(?:が|から|より|によ[るっ])[^。?はが]{{0,60}}?{_SPEAKING}")
_ACCORDING = re.compile(r"^(?:側)?に(?:よると|よれば|言わせると)")
_AND_WHO = re.compile(r"(?:[、,\s]|で|では|じゃあ?)$")
_SAYS_WHAT = re.compile(r"^(?:側)?(?:は|も)(?:何と|なんと|どう)?[?。]*$")
"""「…、市長は？」: behind the matter, the one who speaks of it; alone it asks who that is."""
_WORDS = re.compile(
    r"^(?:側)?(?:の(?P<between>[^。?はがを]{0,12}?))?"
    r"(?P<noun>答弁|発言|質問|質疑|説明|意見|回答|主張|見解|指摘|討論|要望|コメント|答え|反論|所見|約束)"
)
_ABOUT = re.compile(r"につい|に関|に対|をめぐ")
_ANSWERED = re.compile(
    r"^(?:内容)?(?:に(?!つい|関|は(?:何|どんな))|へ|の(?:答|回答|返)|を受け)[^。?]{0,60}?"
    r"(?:答え|答弁|回答|返答|返事|説明|対応|どう)"
)
_ASKED_THEN = re.compile(
    r"^(?:が|の|から)[^。?は]{0,60}?(?:聞い|質問し|尋ね|指摘し|要望し|求め|提案し)[^。?]{0,40}?"
    r"(?:答え|答弁|回答|返答|返事|対応|(?:市|当局|執行部)(?:は|の)[^。?]{0,12}?説明)"
)
_ANSWER_TO = re.compile(
    r"^(?:に(?:対し(?:て)?|は)?|へ)(?:の)?[^。?]{0,40}?(?:答え|答弁|回答|返答)(?!を?(?:求め|要求))"
)
_SAY = (
    r"(?:say|said|says|answer|answered|explain|explained|respond|responded|reply|replied|promise|"
    r"promised|mention|mentioned|state|stated|report|reported|suggest|suggested|propose|proposed|"
    r"ask|asked|question|questioned|raise|raised|argue|argued|oppose|opposed|tell|told|comment)"
)
_SAYS_AFTER = re.compile(rf"^(?:,? [a-z']+){{0,2}}? {_SAY}\b")
_SAYS_ASKED = re.compile(rf"^[^.?]{{0,80}}?\b{_SAY}\b")
_HELPING = re.compile(r"\b(?:did|does|do|has|had)(?: the)? $")
_OWN_WORDS = re.compile(
    r"^'s? (?:[a-z]+ )?(?:answer|reply|response|remark|comment|question|statement|explanation|view)"
)
_OF_HIS = re.compile(r"\b(?:according to|said by|given by|asked by|explained by)(?: the)? $")
_ANSWER_BEFORE = re.compile(
    r"\b(?:answer|answered|answers|reply|replied|response|respond|responded)\b"
    r"[^.?]{0,40}\bto(?: the)? $"
)


class SpeakerRole(StrEnum):
    """Which part someone has in what is looked for."""

    SPEAKS = "speaks"
    ASKED = "asked"
    """Asked the question whose answer is wanted."""


def speaker_role_of(folded: str, span: tuple[int, int]) -> SpeakerRole | None:
    """Return the part that a question gives to the one named at a span; ``None``: its matter."""
    start, end = span
    after = folded[end : end + _NEAR]
    before = folded[max(0, start - _NEAR) : start]
    if begins_latin(folded[start:]):
        return _english(before, after)
    words = _WORDS.match(after)
    if words and not _ABOUT.search(words["between"] or ""):
        rest = after[words.end() :]
        asks = words["noun"] in {"質問", "質疑", "指摘", "要望", "意見", "発言"}
        return SpeakerRole.ASKED if asks and _ANSWERED.match(rest) else SpeakerRole.SPEAKS
    if _ASKED_THEN.match(after) or _ANSWER_TO.match(after):
        return SpeakerRole.ASKED
    says = _SAYS_HA.match(after) or _SAYS_GA.match(after)
    if says and not _PASSIVE.match(after, says.end()):
        return SpeakerRole.SPEAKS
    left_out = _AND_WHO.search(before) and _SAYS_WHAT.match(after)
    return SpeakerRole.SPEAKS if left_out or _ACCORDING.match(after) else None


def _english(before: str, after: str) -> SpeakerRole | None:
    if _ANSWER_BEFORE.search(before):
        return SpeakerRole.ASKED
    if _HELPING.search(before) and _SAYS_ASKED.match(after):
        return SpeakerRole.SPEAKS
    if _SAYS_AFTER.match(after) or _OWN_WORDS.match(after) or _OF_HIS.search(before):
        return SpeakerRole.SPEAKS
    return None
