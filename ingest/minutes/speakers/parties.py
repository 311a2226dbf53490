"""The party or group (会派) of a speaker, from the label, the attendance list or the speech.

``１２番（公明党　山田太郎君）``, ``山田太郎君（自民）``, 「公明党を代表して質問します」. Groups are
recognised by general endings (党, クラブ, 議員団, の会), never by a list of names, and only in
assemblies: members of advisory councils speak for no party.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.council.parties import may_be_one_party, party_cores
from index.language.text import fold
from index.passage import Passage
from index.record import Affiliation, Attendee, Role
from ingest.minutes.speakers import speakers

_NAME_CHARS = r"一-鿿々〆ヶぁ-んァ-ヴーA-Za-zＡ-Ｚａ-ｚ・･「」"
_PARTY = re.compile(
    r"^会派.+|(?:党|[都道府県市区町村]?議員?団|クラブ|フォーラム|ネット(?:ワーク)?|維新|の会|無所属|無会派"
    r"|ファースト|党[・･](?:[^・･は]{0,11}[^ぁ-ん・･]|[ぁ-ん]{2,8})|会)$"
)
_NO_PARTY = re.compile(
    r"(?:老人|児童|学童|スポーツ)クラブ$"
    r"|(?:委員|役員|町内?|自治|商工|議|部|理事|協|学|社|連合|体育|保護者|分科|研究|検討|懇[談話]|育成"
    r"|父母|後援|[老婦]人|振興|実行|総|大|集|民|説明|報告|勉強|教|機|司|定例|臨時|[開閉散休再]|監査"
    r"|選挙管理)会$"
    r"|^(?:[我わ]が|各|本|他の?|当|同じ|その|この|両|全|与|野)(?:会派|党)$"
    r"|^(?:会派|市民|区民|議会|政党)$|[0-9０-９]"
)
_ADVISORY = re.compile(
    r"審議会|協議会|懇談会|懇話会|検討|策定|推進|評価|審査会|(?:教育|選挙管理|農業|監査)委員会"
)
_BEGINS = rf"(?:^|[。、，\s])(?P<party>[{_NAME_CHARS}]{{2,20}}"
_ON_BEHALF = re.compile(rf"{_BEGINS}?)を代表(?:し|いたし|する)(?P<rest>[^。]{{0,40}})")
_FOR_WHAT = re.compile(r"質問|質疑|討論|通告|意見|賛成|反対|議案")
_INTRODUCED = re.compile(
    rf"{_BEGINS})(?:所属)?の(?P<name>[一-鿿々〆ヶぁ-ねは-んァ-ヴー]{{1,8}}?)"
    r"(?:です|でございま|でありま|と申しま)"
)
"""くらしの会の浦部です: the party extends to the last の."""
_NO_NAME = re.compile(
    r"(?:[都道府県市区町村者人目前側内席番課部局班系派会]|地区|出身|選出|担当|委員|議員|議長|在住|登壇|質問)$"
)
"""Endings of what members say of themselves besides a party: origin, turn, post."""
_TAKES_STAND = re.compile(
    rf"^(?:それでは、?|では、?)?(?P<whole>[{_NAME_CHARS}]{{2,24}})[^。]{{0,40}}?(?:賛成|反対|採択|継続|結論)"
)
_PARTICLE = re.compile(r"と(?:して|いたしまして|しまして)|は|も")
_OPENING = 160
_ENDS = r"(?:党|[都道府県市区町村]?議員?団|クラブ|フォーラム|ネット|維新|の会)"
_BLANK = r"[ \u3000・･:：／/、]"
_OUTER = r"(?P<outer>[^（(]*)"
_PARTY_IN_LABEL = tuple(
    re.compile(pattern)
    for pattern in (
        # 12番（公明党　山田太郎君）, 12番（公明党山田太郎君）
        rf"{_OUTER}[（(](?P<party>[^（）()\s]{{2,20}}?){_BLANK}+(?P<name>[^（）()]{{2,16}})[）)]",
        rf"{_OUTER}[（(](?P<party>[^（）()\s]{{1,16}}?{_ENDS})(?P<name>[^（）()\s]{{2,10}})[）)]",
        # 12番（山田太郎君・公明党）
        rf"{_OUTER}[（(](?P<name>[^（）()]{{2,16}}?){_BLANK}+(?P<party>[^（）()\s]{{2,20}})[）)]",
        # 公明党（山田太郎君）, 公明党　山田太郎君
        r"(?P<outer>)(?P<party>[^（(\s]{2,20})(?:[（(]|[ \u3000]+)(?P<name>[^（）()]{2,16})[）)]?",
    )
)
_PARTY_AFTER_NAME = re.compile(
    r"^(?P<name>.{2,40}?)[ \u3000]*[（(](?P<party>[^（）()]{2,20})[）)]$"
)
SHORT_PARTY = re.compile(r"[一-鿿々ァ-ヴー・･]{2,8}|[A-Z][A-Za-z ]{2,24}")
_NO_PARTY_REMARK = re.compile(
    r"席|代理|続|途中|早退|遅[刻参]|兼|以下|登壇|質問|答|仮称|出張|公務|議長|[年月日時]|[名人]$"
    r"|excused|absent|remote|virtual|present|arriv|left|vice|chair|leader|mayor",
    re.IGNORECASE,
)
"""Remarks in brackets after a name that are not a party."""
_PREAMBLE = re.compile(
    r"^(?:それでは|ただいま|(?:私|わたくし)(?:ども)?は?|(?=.{13}).*[ぁ-ん](?=[一-鿿ァ-ヴー]{2,}党))"
)
"""Words before the name of a party: 「区政に全力を尽くす○○党」."""
_TWICE = 2
_LONGEST = 24


def is_assembly(*named: str | None) -> bool:
    """Tell by its body or title whether a sitting is that of an assembly or its committees."""
    return not any(_ADVISORY.search(name) for name in named if name)


def is_party(name: str) -> bool:
    """Tell whether the words are the name of a party or group."""
    plain = speakers.fold_label(name)
    return bool(_PARTY.search(plain)) and not _NO_PARTY.search(plain)


def may_be_party(words: str) -> bool:
    """Tell whether words in brackets after a name may be a party, not a post, seat or remark."""
    return not (speakers.has_post(words) or _NO_PARTY_REMARK.search(words) or words.isdecimal())


@dataclass(frozen=True, slots=True)
class PartyLabels:
    """The labels that name a party: the party of each, and the label without it (``names``)."""

    parties: Mapping[str, str]
    names: Mapping[str, str]

    def name_in(self, label: str) -> str:
        """Return a label without the party in it."""
        return self.names.get(label, label)


def read_party_labels(labels: Iterable[str], listed: Sequence[Attendee]) -> PartyLabels:
    """Find the labels that name a party; a short form (自民) counts if several speakers bear it."""
    labels = list(dict.fromkeys(labels))
    known = [core for person in listed if person.party for core in party_cores(person.party)]
    known += [core for label in labels for _, party in _party_splits(label) if is_party(party)
              for core in party_cores(party)]  # fmt: skip
    repeated = _repeated_parties(labels)
    parties: dict[str, str] = {}
    names: dict[str, str] = {}
    for label in labels:
        for rest, party in _party_splits(label):
            core = party_cores(party)[:1]
            named = is_party(party) or any(may_be_one_party(one, core[0]) for one in known if core)
            short = SHORT_PARTY.fullmatch(party) is not None and rest.endswith(("君", "議員"))
            if named or ((short or party in repeated) and _PARTY_AFTER_NAME.match(label)):
                parties[label], names[label] = party, rest
                break
    return PartyLabels(parties, names)


def _party_splits(label: str) -> Iterable[tuple[str, str]]:
    """Yield the ways to split a label into the label without a party, and the party."""
    behind = _PARTY_AFTER_NAME.match(label)
    if behind and _may_be_member(behind["name"]) and may_be_party(behind["party"]):
        yield behind["name"], behind["party"]
    for pattern in _PARTY_IN_LABEL:
        match = pattern.fullmatch(label)
        if match and may_be_party(match["party"]) and not is_party(match["name"]):
            name, outer = match["name"].strip(), match["outer"].strip()
            yield (f"{outer}（{name}）" if outer else name), match["party"]


def _may_be_member(name: str) -> bool:
    role = speakers.role_of(name)
    named = len(speakers.surname(name)) > 1 and not speakers.surname(name).isdecimal()
    return named and role in (None, Role.MEMBER, Role.CHAIR)


def _repeated_parties(labels: Sequence[str]) -> set[str]:
    """Return the words in brackets after two or more names: 山田君（自民）, 林君（自民）."""
    bearers: dict[str, set[str]] = {}
    for label in labels:
        match = _PARTY_AFTER_NAME.match(label)
        if match and _may_be_member(match["name"]) and may_be_party(match["party"]):
            bearers.setdefault(match["party"], set()).add(match["name"])
    return {
        party
        for party, names in bearers.items()
        if len(names) >= _TWICE and SHORT_PARTY.fullmatch(party)
    }


def read_affiliations(
    passages: Sequence[Passage], listed: Sequence[Attendee], labels: PartyLabels
) -> tuple[Affiliation, ...]:
    """Return the speakers' parties: from the label first, then the list, then the speech."""
    found: dict[str, str] = dict(labels.parties)
    turns: set[int] = set()
    for passage in passages:
        speaker = passage.speaker
        if speaker is None or passage.turn is None or passage.turn in turns:
            continue
        turns.add(passage.turn)
        if speaker in found or passage.role is not Role.MEMBER:
            continue
        if party := _party_in_list(
            labels.name_in(speaker), passage.person, listed
        ) or party_in_speech(labels.name_in(speaker), passage.text):
            found[speaker] = party
    return tuple(Affiliation(speaker, party) for speaker, party in found.items())


def _party_in_list(label: str, person: str | None, listed: Sequence[Attendee]) -> str | None:
    """Return the party printed in the attendance list, if only one person fits the label."""
    name = fold(person or speakers.surname(label))
    fitting = {
        attendee.party
        for attendee in listed
        if len(name) > 1 and fold(speakers.fold_label(attendee.name)).startswith(name)
    }
    return next(iter(fitting)) if len(fitting) == 1 else None


def party_in_speech(label: str, text: str) -> str | None:
    """Return the party that the opening of a speech claims to speak for."""
    opening = text[:_OPENING]
    for match in _ON_BEHALF.finditer(opening):
        party = _without_preamble(match["party"])
        plain = not _NO_PARTY.search(party) and not speakers.has_post(party)
        if is_party(party) or (plain and _FOR_WHAT.search(match["rest"])):
            return party
    for match in _INTRODUCED.finditer(opening):
        party, own = _without_preamble(match["party"]), fold(match["name"])
        same = any(name.startswith(own) or own.startswith(name) for name in _names_in(label))
        if same and (is_party(party) or _may_call_itself(party)):
            return party
    return _party_taking_stand(opening)


def _may_call_itself(name: str) -> bool:
    """Tell whether words may name a group without a usual ending, as in 「新風の湊谷です」."""
    usual = _NO_NAME.search(name) or _NO_PARTY.search(name) or speakers.has_post(name)
    return SHORT_PARTY.fullmatch(name) is not None and not usual


def _names_in(label: str) -> list[str]:
    inner = [speakers.without_honorific(part) for part in speakers.in_brackets(label)]
    names = [fold(name) for name in (speakers.surname(label), *inner)]
    return [name for name in names if name and not name.isdecimal()]


def _party_taking_stand(opening: str) -> str | None:
    """Return the party whose position a speech opens with: 公明党も賛成です."""
    stands = _TAKES_STAND.match(opening)
    if stands is None:
        return None
    whole = opening[stands.start("whole") :][:_LONGEST]
    ends = [match.start() for match in _PARTICLE.finditer(whole)]
    parties = (_without_preamble(whole[:end]) for end in reversed(ends))
    return next((party for party in parties if len(party) > 1 and is_party(party)), None)


def _without_preamble(party: str) -> str:
    return _PREAMBLE.sub("", party).strip("「」・･")
