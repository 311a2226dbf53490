"""What one sentence says about a decision: the result, the manner, the vote counts.

Questions (``可決することに御異議ありませんか``), recommendations by other bodies and decisions of
other days are not decisions of this sitting.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.language.dates import kanji_number
from index.record import Outcome

_COUNT = "[0-9０-９〇一二三四五六七八九十百]+"
_PASSED = (
    "原案(?:可決|承認|同意|認定)|修正(?:可決|議決)|可決確定|可決|同意|承認|認定|了承|適任|適当"
    "|許可|お認め|異議の?ない旨を?答申|答申|受理|議決|決定"
)
_REJECTED = "(?:認定|同意|承認|採択|可決)しない|否決|(?:みなし)?不採択|不(?:同意|承認|認定)|廃案"
_ADOPTED = "趣旨採択|一部採択|みなし採択|採択"
_CONTINUED = "(?:閉会中の?)?継続審査|継続(?:審議|調査)|継続(?=と[すいし決な])|審[議査]未了|付託"
_WITHDRAWN = "撤回|取り?下げ"
_OUTCOME = re.compile(
    f"(?P<REJECTED>{_REJECTED})|(?P<CONTINUED>{_CONTINUED}|継続)|(?P<WITHDRAWN>{_WITHDRAWN})"
    f"|(?P<ADOPTED>{_ADOPTED})|(?P<PASSED>{_PASSED})"
)
RESULT = (
    rf"(?:{_REJECTED}|{_CONTINUED}|{_WITHDRAWN}|{_ADOPTED}|{_PASSED})"
    r"(?!第|案|こども|権|書|者|申請|基準|[ぁ-ん]?制度|会)"
)
"""A regular expression for a result, without groups."""

_RESULT = re.compile(rf"(?P<amended>修正案(?:のとおり|どおり)|修正のとおり)?(?P<result>{RESULT})")
_DECIDED = re.compile(
    r"(?:[とに]?す?べき(?:である)?|と?する|とみなす|である|を与える|と認める?)?(?:こと|もの)?"
    r"(?:である)?[とにをではが]?、?"
    r"(?:(?:全会|全員|満場)一致[^。、]{0,3}|(?:賛成|起立|挙手|異議な)[^。、]{0,4})?"
    r"(?:決定|決し|決まり|決議|決め|議決|可決|裁決|され(?:[たて、。]|ま[しす]|$)|みなされ"
    r"|(?:いた|致)しま(?:した|す)|しました|(?:した|します|とする|である|です)(?=。|$)"
    r"|なりました|なった|となる|させていただきま(?:す|した)|得(?:た|まし|られ)|とします|であります"
    r"|[」』）)〕】]?。?$)"
)
_NOT_DECIDED = re.compile(
    r"賛成の(?:方|委員|議員|諸君|皆|起立|挙手)|反対の(?:方|委員|議員|諸君)"
    r"|異議[はがも]?、?(?:(?:ござい|あり)ませんか|ないか)|か[。？?]?$|諮り|お諮"
    r"|求めます|願い[しま]|お?願いいた|お願い|思い[まがす]|思う|採決(?:[しす]|いた|を行|に[入付]|の方法)"
    r"|場合|べき(?:だ|。$)|たい(?:[と。]|です)|ましょう|よろしい|直ちに議題|予定|意見|討論|立場|理由|予想|見込"
)
_ELSEWHERE = re.compile(
    r"委員会(?:で|に(?:おいて|於いて|おき|おける)|の審査|として|から)|委員長の?報告は"
    r"|委員長(?:から|より)|(?:旨の?|との)(?:審査)?(?:報告|通知)"
    r"|昨年|前回|(?:先|さき)[のに]|去る|前年|昨日|先日|先月|以前|過去|かつて|当時|前定例会"
    r"|国会|[衆参]議院|[都道府県]議会|他市|他の自治体|近隣"
    rf"|第?{_COUNT}[回月](?:定例会|臨時会|(?:定例|市)?議会)[でにの]"
)
_PROCEDURE = re.compile(
    r"議席|休会|延会|時間.?延長|署名|選挙の方法|指名推選|省略|打ち切|終結|暫時|休憩|日程[のにを]"
    r"|議題と|議員派遣|出席要求|発言[のを取]|秘密会|非公開|公開(?:と|する|で)|傍聴|撮影|字句"
    r"|整理|訂正(?:[をは]|の[件申])|一括(?:し|議題|上程|審査|質疑)|先議|当選|互選|(?:委員|[会座議])長に|資格|質疑|討論"
)
_MANNER = re.compile(
    r"可否同数|(?:一同|全員)(?:了承|承認|賛同)|(?:全会|全員|満場)一致|全員の?賛成|全員異議なし"
    r"|(?:総員|全員)(?:起立|挙手)|(?:賛成|起立|挙手)(?:総員|全員|者?[多少]数|なし)|賛成多|多数決"
    r"|簡易採決|(?:議長|委員長)裁決"
    r"|[ご御]?異議[はがも]?(?:なし|(?:ない|ございません|ありません)(?!か))"
)
_SETTLED = ("決定", "議決", "受理")
_AS_PUT = re.compile(
    r"会期[はを]|(?:[^こそ]案|報告書?|答申|提出)の?(?:とおり|どおり|通り)"
    r"|すべきもの"
)
_AGAINST = re.compile(rf"(?P<ayes>{_COUNT})(?:[名人票])?対(?P<nays>{_COUNT})(?:[名人票])?")


def _counted(side: str) -> str:
    """Match ``賛成者は１２名``, ``反対 3`` and the like for one side."""
    voters = "(?:する)?(?:者|議員|委員|もの)?(?:の?数)?"
    return rf"{side}{voters}[はが:：、 \u3000]*(?P<n>{_COUNT}|なし|ゼロ)"


_AYES = re.compile(
    _counted("(?:賛成|起立|挙手|可と)") + r"(?=[ \u3000]*(?:[名人票、,：:対・／/）)]|反対|$))"
)
_NAYS = re.compile(_counted("(?:反対|否と)"))
_NOTHING = ("なし", "ゼロ")
_BY_REPORT = re.compile(r"委員長(?:の)?報告(?:の)?(?:とおり|どおり)(?:に)?(?:決|議決)")
_RECOMMENDED = re.compile(rf"委員長(?:の)?報告は[、 ]?[^。]{{0,16}}?(?P<result>{RESULT})")
_SO_DECIDED = re.compile(
    r"(?:その|この)(?:よう|とおり)?に?(?:決定|決し|議決|承認|了承|決め|取り扱)"
    r"(?:い|し|さ|と|ら)[^。か]*(?:。|$)"
)


@dataclass(frozen=True, slots=True)
class Decision:
    """A result in a sentence: as printed, its outcome, and the text before it."""

    result: str
    outcome: Outcome
    before: str


def outcome_of(result: str) -> Outcome:
    """Return the outcome that a printed result stands for."""
    match = _OUTCOME.search(result)
    return Outcome[match.lastgroup or ""] if match else Outcome.PASSED


def read_decisions(sentence: str) -> list[Decision]:
    """Return the decisions of this sitting in a sentence, in order."""
    sentence = sentence.strip()
    if _NOT_DECIDED.search(sentence) or _ELSEWHERE.search(sentence):
        return []
    return _decisions(sentence)


def _decisions(sentence: str) -> list[Decision]:
    matches = list(_RESULT.finditer(sentence))
    matches = [match for match in matches if _DECIDED.match(sentence, match.end())]
    if not matches or _is_procedure(sentence, matches[0]) or _is_vague(sentence, matches):
        return []
    # 同意することに決定: the result is 同意, not 決定
    first = [m for m in matches if m["result"] not in _SETTLED] or matches[:1]
    found: list[Decision] = []
    start = 0
    for match in first:
        before = sentence[start : match.start()]
        result = (match["amended"] or "") + match["result"]
        if match["result"] == "付託" and "決" not in sentence[match.end() :]:
            continue
        found.append(Decision(result, outcome_of(result), before))
        start = match.end()
    return _withdrawn(found, sentence)


def _is_procedure(sentence: str, first: re.Match[str]) -> bool:
    """Tell whether only 会期, 議席, 休憩 or the like is settled, without a vote."""
    return _PROCEDURE.search(sentence[: first.end()]) is not None


def _is_vague(sentence: str, matches: Sequence[re.Match[str]]) -> bool:
    """Tell whether the words name no result: 「さよう決定します」, but not 「原案のとおり決定」."""
    if any(match["result"] not in _SETTLED for match in matches):
        return False
    voted = any("異議" not in match[0] for match in _MANNER.finditer(sentence))
    return not voted and _AS_PUT.search(sentence) is None


def _withdrawn(found: list[Decision], sentence: str) -> list[Decision]:
    """Return a withdrawal instead of the assent to it: 撤回を承認."""
    withdrawn = re.search(_WITHDRAWN, sentence)
    if not withdrawn or not found:
        return found
    return [Decision(withdrawn[0], Outcome.WITHDRAWN, found[0].before)]


def follows_the_report(sentence: str) -> bool:
    """Say whether the result is the recommended one: 「委員長報告のとおり決しました」."""
    return bool(_BY_REPORT.search(sentence)) and not _NOT_DECIDED.search(sentence)


def recommended_result(sentence: str) -> str | None:
    """Return the result that a committee recommends: 「委員長の報告は可決であります」."""
    match = _RECOMMENDED.search(sentence)
    return match["result"] if match else None


def proposed_result(sentence: str) -> str | None:
    """Return the result that the chair proposes: 「承認することにご異議ありませんか」."""
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
    """Say whether the words decide what was just proposed: 「そのように決定します」."""
    return _SO_DECIDED.search(sentence) is not None


def manner_in(text: str) -> str | None:
    """Return how a decision was reached, as printed (``賛成多数``) or as 異議なし."""
    found = [match[0] for match in _MANNER.finditer(text)]
    if "可否同数" in found:
        return "可否同数"
    return "異議なし" if found and "異議" in found[-1] else found[-1] if found else None


def counts_in(text: str) -> tuple[int | None, int | None]:
    """Return the votes for and against; ``None`` if not given."""
    both = _AGAINST.search(text) if re.search("賛成|可決|否決", text) else None
    if both:
        return kanji_number(both["ayes"]), kanji_number(both["nays"])
    return _number(_AYES.search(text)), _number(_NAYS.search(text))


def _number(match: re.Match[str] | None) -> int | None:
    if match is None:
        return None
    return 0 if match["n"] in _NOTHING else kanji_number(match["n"])
