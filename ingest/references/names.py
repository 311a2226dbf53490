"""Names of ordinances and laws in running text, and the short names that a text gives them."""

import re
from collections.abc import Iterable, Mapping

from ingest.document.characters import NUMBER

LAW_KINDS = (
    "(?:条例)?施行(?:規則|規程)|施行(?:細則|条例|令)|条例|規則|規程|要綱|要領"
    "|訓令|内規|憲章|憲法|法律|政令|省令|府令|法|令"
)
_ENDS = re.compile(rf"(?P<kind>{LAW_KINDS})$")
_BARE = re.compile(rf"(?:新|旧|改正前の|改正後の|現行の?)?(?:{LAW_KINDS})")
_CHUNK = re.compile(r"[^、。，．「」『』（）()〔〕【】：:；;？?！!\s　]{1,100}$")
_NO_LAW = re.compile(
    r"(?:方|手|用|寸|工|司|立|文|作|療|話|技|製|算|論|無|不|違|適|合|遵)法$"
    r"|(?:命|号|指|辞|司|法|発|禁)令$"
    r"|^(?:(?:同|次|前|本|当該|この|その|次の|各|全|新たな)(?:法|令|条例|規則|規程|要綱|要領|訓令|内規|憲章))$"
)
_STRIPPED = re.compile(
    r"^(?:(?:先ほど|現在|現行|今回|前回|既存|本?[市町村区県]|国|上記)の"
    r"|この|その|当該|また|なお|ただし|及び|又は|並びに|若しくは)+"
)
_LEADS = re.compile(
    r"^.*(?:に基づ[くき]|改正[前後]の|によ(?:る|り|って)|に規定する|に定める|において(?=[^る])|に係る|に関し"
    r"|について|に伴[うい]|における(?=[一-鿿]{2,8}条例$)|され[たる])"
)
_CONJUNCTION = re.compile(
    rf"^.*(?:{LAW_KINDS}|[条項号]|第{NUMBER}条)(?:及び|又は|並びに|若しくは|・|と|や)(?=.)"
)
_PARTICLE = re.compile(r"^.*(?:は|または|あるいは|もしくは)(?=[一-鿿ァ-ヶ])")
_PURE = re.compile(r"^.*(?:[がをもでにとや]|から)(?=(?:[一-鿿ァ-ヶー々]|の|及び|に関す|等に)+$)")
_ALIAS = re.compile(
    r"(?P<before>[^、。「」（）()\s　]{2,100})[（(](?:[^（）()「」]|「[^」]*」)*?以下"
    r"[^「」（）]{0,20}「(?P<alias>[^」]{1,40})」と(?:総称)?(?:いう|する)"
)


def name_before(text: str, end: int) -> str | None:
    """Return the title in ``text`` right before ``end``, ``None`` if there is none."""
    chunk = _CHUNK.search(text, max(0, end - 100), end)
    if chunk is None or not _ENDS.search(chunk[0]):
        return None
    name = _without_lead(chunk[0])
    return None if _NO_LAW.search(name) else name


def last_name_of_kind(text: str, end: int, kind: str) -> str | None:
    """Return the last full name of that kind before ``end`` in ``text``."""
    found = None
    for match in re.finditer(LAW_KINDS, text[:end]):
        name = name_before(text, match.end())
        if name and not is_kind_only(name) and kind_of(name) == kind:
            found = name
    return found


def is_kind_only(name: str) -> bool:
    """Say whether a name is only a kind (条例, 法), which refers to one named before."""
    return _BARE.fullmatch(name) is not None


def kind_of(name: str) -> str:
    """Return 条例, 規則, 法 … of a name; every kind of law is 法."""
    match = _ENDS.search(name)
    kind = match["kind"] if match else ""
    if kind.endswith(("条例", "規則", "規程", "令")):
        return kind[-1] if kind.endswith("令") else kind[-2:]
    return "法" if kind in {"法律", "法", "憲法"} else kind


def short_names(texts: Iterable[str]) -> Mapping[str, str]:
    """Return what each short name stands for: 「地方自治法（…。以下「法」という。）」 → 法."""
    known: dict[str, str] = {}
    for text in texts:
        if "以下" not in text:
            continue  # the pattern is slow
        for match in _ALIAS.finditer(text):
            title = name_before(match["before"], len(match["before"]))
            if title and not is_kind_only(title):
                known.setdefault(match["alias"], known.get(title, title))
    return known


def _without_lead(chunk: str) -> str:
    """Cut off the words of the sentence before the name."""
    for pattern in (_CONJUNCTION, _LEADS, _PARTICLE, _PURE, _STRIPPED):
        rest = pattern.sub("", chunk)
        if _ENDS.search(rest):
            chunk = rest
    return chunk
