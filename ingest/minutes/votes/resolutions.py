"""What one sentence says of a decision: the result, how it was reached, the counts of votes.

A question (``可決することに御異議ありませんか``), a recommendation of another body and a decision
of another day are no decisions of this sitting.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.council.items import ITEM
from index.language.dates import kanji_number
from index.record import Outcome

_PASSED = (
    "原案可決|修正可決|修正議決|原案承認|原案同意|原案認定|可決確定|可決|同意|承認"
    "|認定|了承|適任|適当|許可|お認め"
    "|異議の?ない旨を?答申|答申|受理|議決|決定"
)
_REJECTED = "(?:認定|同意|承認|採択|可決)しない|否決|不採択|不同意|不承認|不認定|みなし不採択|廃案"
_ADOPTED = "趣旨採択|一部採択|みなし採択|採択"
_CONTINUED = (
    "閉会中の?継続審査|継続審査|継続審議|継続調査|継続(?=と(?:する|いた|し|決|な|す))"
    "|審議未了|審査未了|付託"
)
_WITHDRAWN = "撤回|取り?下げ"
_OUTCOMES = (
    (re.compile(_REJECTED), Outcome.REJECTED),
    (re.compile(f"{_CONTINUED}|継続"), Outcome.CONTINUED),
    (re.compile(_WITHDRAWN), Outcome.WITHDRAWN),
    (re.compile(_ADOPTED), Outcome.ADOPTED),
    (re.compile(_PASSED), Outcome.PASSED),
)
RESULT = (
    rf"(?:{_REJECTED}|{_CONTINUED}|{_WITHDRAWN}|{_ADOPTED}|{_PASSED})"
    r"(?!第|案|こども|権|書|者|申請|基準|[ぁ-ん]?制度|会)"
)
"""A regular expression for the word of a result, without groups."""

_RESULT = re.compile(rf"(?P<amended>修正案(?:のとおり|どおり)|修正のとおり)?(?P<result>{RESULT})")
_DECIDED = re.compile(
    r"(?:(?:と|に)?す?べき(?:である)?(?:もの|こと)?|する(?:こと|もの)?|とする(?:こと|もの)?"
    r"|とみなす(?:こと)?|である(?:こと)?|を与える(?:こと)?|と認める?(?:こと)?|こと)?(?:である)?"
    r"(?:と|に|を|で|は|が)?、?"
    r"(?:(?:全会|全員|満場)一致[^。、]{0,3}|(?:賛成|起立|挙手)[^。、]{0,4}|異議な[^。、]{0,4})?"
    r"(?:決定|決し|決した|決まり|決議|議決|可決|裁決|され(?:た|まし|て|、|ます|。|$)|みなされ"
    r"|いたしました|いたします|致しました|致します|しました|した(?=。|$)|します(?=。|$)"
    r"|なりました|なった|となる|させていただきます|させていただきました|得(?:た|まし|られ)"
    r"|とする(?=。|$)|とします|である(?=。|$)|であります|です(?=。|$)|を決めた|決める"
    r"|[」』）)〕】]?。?$)"
)
_NOT_DECIDED = re.compile(
    r"賛成の(?:方|委員|議員|諸君|皆|起立|挙手)|反対の(?:方|委員|議員|諸君)"
    r"|異議(?:は|が|も)?、?(?:ござい|あり)ませんか|異議(?:は|が)?ないか|か[。？?]?$|諮り|お諮"
    r"|求めます|願い(?:し|ま|いた)|思い(?:ます|が)|思う|採決(?:し|いた|を行|に入|に付"
    r"|する|の方法)|場合"
    r"|べきだ|たい(?:と|。|です)|ましょう|よろしい|いただきたい|お願い|直ちに議題|予定"
    r"|(?:意見|討論|立場|理由|予想|見込)"
)
_ELSEWHERE = re.compile(
    r"委員会(?:で|では|に(?:お|於)いて|におき|の審査|における|としても?)|委員長(?:の"
    r"|から(?:の)?)?報告は"
    r"|委員長(?:から|より)|委員会から|旨の?(?:報告|通知|審査報告)|との(?:報告|審査報告|通知)"
    r"|(?:昨年|前回|先の|さきの|さきに|先に|去る|前年|昨日|先日|先月|以前|過去|かつて|当時|前定例会"
    r"|国会|衆議院|参議院|県議会|都議会|府議会|道議会|他市|他の自治体|近隣)"
)
_OTHER_DAY = re.compile(
    r"(?:第?[0-9０-９一二三四五六七八九十]+(?:回|月)(?:定例会|臨時会|議会|定例議会"
    r"|市議会)(?:で|に|の))"
)
_PROCEDURE = re.compile(
    r"議席|休会|延会|時間(?:の|を)?延長|署名|選挙の方法|指名推選|省略|打ち切|終結|暫時|休憩"
    r"|議事日程|日程(?:の|に|を)|(?:を|の)?議題と|議員派遣|出席要求|発言(?:の|を|取)|秘密会|非公開"
    r"|公開(?:と|する|で)|傍聴|撮影|字句|整理|一括(?:し|議題|上程|審査|質疑)|先議|当選"
    r"|互選|委員長に"
    r"|副委員長に|会長に|座長に|議長に|資格|質疑|討論"
)
_MANNER = re.compile(
    r"可否同数|(?:一同|全員)(?:了承|承認|賛同)|全会一致|全員一致|満場一致"
    r"|全員(?:の)?賛成|全員異議なし|賛成全員|賛成総員"
    r"|総員起立|総員挙手|起立総員|挙手総員|起立全員|挙手全員|全員起立|全員挙手"
    r"|賛成(?:者)?多数|起立(?:者)?多数|挙手(?:者)?多数|賛成(?:者)?少数|起立(?:者)?少数"
    r"|挙手(?:者)?少数|起立なし|挙手なし|多数決|賛成多|簡易採決|(?:議長|委員長)裁決"
    r"|(?:ご|御)?異議(?:は|が|も)?(?:な(?:し|い(?!か))|ございません(?!か)|ありません(?!か))"
)
_SETTLED = ("決定", "議決", "受理")
_AS_PUT = re.compile(
    r"会期[はを]|(?:原案|[^こそ]案|報告書?|答申|提案|提出)(?:の)?(?:とおり|どおり|通り)"
    r"|すべきもの"
)
_COUNT = "[0-9０-９〇一二三四五六七八九十百]+"
_AGAINST = re.compile(rf"(?P<ayes>{_COUNT})(?:[名人票])?対(?P<nays>{_COUNT})(?:[名人票])?")
_AYES = re.compile(
    rf"(?:賛成|起立|挙手|可と)(?:する)?(?:者|議員|委員"
    rf"|もの)?(?:の?数)?[はが:：、 \u3000]*(?P<n>{_COUNT})"
    r"[ \u3000]*(?:名|人|票|(?=[ \u3000、,：:対・／/）)]|反対|$))"
)
_NAYS = re.compile(
    rf"(?:反対|否と)(?:する)?(?:者|議員|委員"
    rf"|もの)?(?:の?数)?[はが:：、 \u3000]*(?P<n>{_COUNT}|なし|ゼロ)"
    r"[ \u3000]*(?:名|人|票|)"
)
_NOTHING = ("なし", "ゼロ")
_NEXT_ITEM = re.compile(rf"[、，,・ \u3000]+(?:また)?{ITEM}")
_BY_REPORT = re.compile(r"委員長(?:の)?報告(?:の)?(?:とおり|どおり)(?:に)?(?:決|議決)")
_RECOMMENDED = re.compile(rf"委員長(?:の)?報告は[、 ]?[^。]{{0,16}}?(?P<result>{RESULT})")
_SO_DECIDED = re.compile(
    r"(?:その|この)(?:よう|とおり)?に?(?:決定|決し|議決|承認|了承|決め|取り扱)"
    r"(?:い|し|さ|と|ら)[^。か]*(?:。|$)"
)


@dataclass(frozen=True, slots=True)
class Decision:
    """A result in a sentence: as printed, what it comes to, and the words before it."""

    result: str
    outcome: Outcome
    before: str


def outcome_of(result: str) -> Outcome:
    """Return what a word for a result comes to."""
    return next(outcome for pattern, outcome in _OUTCOMES if pattern.search(result))


def read_decisions(sentence: str) -> list[Decision]:
    """Return what the sentence says was decided here, in order; empty where it does not."""
    sentence = sentence.strip()
    if _NOT_DECIDED.search(sentence) or _ELSEWHERE.search(sentence):
        return []
    if _OTHER_DAY.search(sentence):
        return []
    return _decisions(sentence)


def _decisions(sentence: str) -> list[Decision]:
    matches = list(_RESULT.finditer(sentence))
    matches = [
        match
        for match in matches
        if _DECIDED.match(sentence, match.end()) or _NEXT_ITEM.match(sentence, match.end())
    ]
    if not matches or _is_procedure(sentence, matches[0]) or _is_vague(sentence, matches):
        return []
    # 同意することに決定: the later word only says that it was decided
    first = [m for m in matches if m["result"] not in _SETTLED] or matches[:1]
    found: list[Decision] = []
    start = 0
    for match in first:
        before = sentence[start : match.start()]
        result = (match["amended"] or "") + match["result"]
        if match["result"] == "付託" and "決" not in sentence[match.end() :]:
            continue
        found.append(_decision(result, before))
        start = match.end()
    return _withdrawn(found, sentence)


def _decision(result: str, before: str) -> Decision:
    return Decision(result, outcome_of(result), before)


def _is_procedure(sentence: str, first: re.Match[str]) -> bool:
    """会期, 議席, 休憩 and the like are settled too, but nothing is voted on."""
    return _PROCEDURE.search(sentence[: first.end()]) is not None


def _is_vague(sentence: str, matches: Sequence[re.Match[str]]) -> bool:
    """「さよう決定します」 tells nothing; 「原案のとおり決定」 does."""
    if any(match["result"] not in _SETTLED for match in matches):
        return False
    voted = any("異議" not in match[0] for match in _MANNER.finditer(sentence))
    return not voted and _AS_PUT.search(sentence) is None


def _withdrawn(found: list[Decision], sentence: str) -> list[Decision]:
    """撤回を承認: the matter is withdrawn."""
    withdrawn = re.search(_WITHDRAWN, sentence)
    if not withdrawn or not found:
        return found
    return [Decision(withdrawn[0], Outcome.WITHDRAWN, found[0].before)]


def follows_the_report(sentence: str) -> bool:
    """「委員長報告のとおり決しました」: the result is the one that was recommended."""
    return bool(_BY_REPORT.search(sentence)) and not _NOT_DECIDED.search(sentence)


def recommended_result(sentence: str) -> str | None:
    """Return what a committee recommends by its chair: 「委員長の報告は可決であります」."""
    match = _RECOMMENDED.search(sentence)
    return match["result"] if match else None


def proposed_result(sentence: str) -> str | None:
    """Return the result that the chair puts: 「承認することにご異議ありませんか」."""
    sentence = sentence.strip()
    asks = re.search(r"異議|よろしい|よいか|いかが|賛成の|ご了承|でしょうか|認めいただけ", sentence)
    match = _RESULT.search(sentence) if asks else None
    if match is None or _PROCEDURE.search(sentence[: match.end()]) or _ELSEWHERE.search(sentence):
        return None
    if _is_vague(sentence, [match]):
        return None
    goes_on = re.match(
        r"(?:を|と|に)?(?:す|し|い|さ|頂|と|べき|である|ということ)", sentence[match.end() :]
    )
    return (match["amended"] or "") + match["result"] if goes_on else None


def confirms_proposal(sentence: str) -> bool:
    """「そのように決定します」: what was proposed just before is decided."""
    return _SO_DECIDED.search(sentence) is not None


def manner_in(text: str) -> str | None:
    """Return how a decision was reached, as printed (``賛成多数``); 異議なし in its plain form."""
    found = [match[0] for match in _MANNER.finditer(text)]
    if "可否同数" in found:
        return "可否同数"
    return "異議なし" if found and "異議" in found[-1] else found[-1] if found else None


def counts_in(text: str) -> tuple[int | None, int | None]:
    """Return the votes for and against, where they are given."""
    both = _AGAINST.search(text) if re.search("賛成|可決|否決", text) else None
    if both:
        return kanji_number(both["ayes"]), kanji_number(both["nays"])
    ayes, nays = _AYES.search(text), _NAYS.search(text)
    against = None
    if nays:
        against = 0 if nays["n"] in _NOTHING else kanji_number(nays["n"])
    return (kanji_number(ayes["n"]) if ayes else None), against
