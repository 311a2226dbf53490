"""Who voted how, as a line above the row of the list that tells it by signs. Pure."""

from bot.answer.answer import Answer
from index.record import Cast, MemberVote, RollCall

_WORDS = {
    "ja": {
        Cast.FOR: "賛成",
        Cast.AGAINST: "反対",
        Cast.ABSTAINED: "棄権",
        Cast.ABSENT: "欠席",
        Cast.LEFT: "退席",
        Cast.EXCLUDED: "除斥",
        Cast.PRESIDING: "議長（採決に加わらず）",
    },
    "en": {
        Cast.FOR: "for",
        Cast.AGAINST: "against",
        Cast.ABSTAINED: "abstained",
        Cast.ABSENT: "absent",
        Cast.LEFT: "left the room",
        Cast.EXCLUDED: "excluded",
        Cast.PRESIDING: "presiding",
    },
}
_ONE = {"ja": "{name}：{how}（{mark}）", "en": "{name}: {how} ({mark})"}
_MANY = {"ja": "{how} {count}人：{names}", "en": "{how} ({count}): {names}"}
_NOBODY = {"ja": "該当する人はいません", "en": "nobody"}
_COMMA = {"ja": "、", "en": ", "}


def ballot_note(answer: Answer) -> str | None:
    """Return a line for each list that is cited: the matter, and who voted how on it."""
    numbers = {cited.hit.passage.passage_id: cited.number for cited in answer.citations}
    lines = [
        f"{_told(each.roll_call, answer.language)} [{numbers[each.passage.passage_id]}]"
        for each in (answer.listed.told if answer.listed else ())
        if each.roll_call is not None and each.passage.passage_id in numbers
    ]
    return "\n".join(lines) or None


def _told(call: RollCall, language: str) -> str:
    matter = call.item or call.title or ""
    return f"{matter}\u3000{_voted(call.members, language)}"


def _voted(members: tuple[MemberVote, ...], language: str) -> str:
    words = _WORDS[language]
    if len(members) == 1:
        (only,) = members
        return _ONE[language].format(name=only.name, how=words[only.cast], mark=only.mark)
    by_way: dict[Cast, list[str]] = {}
    for member in members:
        by_way.setdefault(member.cast, []).append(member.name)
    told = (
        _MANY[language].format(
            how=words[cast], count=len(names), names=_COMMA[language].join(names)
        )
        for cast, names in by_way.items()
    )
    return " / ".join(told) or _NOBODY[language]
