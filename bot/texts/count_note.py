"""How many a list holds, or who voted how, as a line above it: told by what is cited. Pure.

It says where it was counted: what is not in the documents here may have been decided all the same.
"""

import datetime as dt
from collections.abc import Sequence

from bot.answer.answer import Answer
from bot.lookup.lookup_result import Counted
from index.language.dates import to_wareki
from index.record import Cast, MemberVote, RollCall

_NOTES = {
    "ja": {
        "votes": "該当 {count} 件（登録された資料の中で。{days}の会議録にある議決の数）",
        "meetings": "該当 {count} 件（登録された資料の中で。会議の数）",
        "speeches": "該当 {count} 件（登録された資料の中で。発言の数。新しい会議から）",
        "newest": "該当 {count} 件（登録された資料の中で。発言の数）。新しい {shown} 件です",
        "by": "該当 {count} 件（登録された資料の中で。「{by}」という言葉が出る会議の数）",
    },
    "en": {
        "votes": "{count} found (votes in the minutes of {days} that are in the index)",
        "meetings": "{count} found (meetings whose minutes are in the index)",
        "speeches": "{count} found (remarks in the index, the newest meeting first)",
        "newest": "{count} found (remarks in the index). The newest {shown}:",
        "by": "{count} found (meetings with the words “{by}” in minutes that are in the index)",
    },
}
_TO = {"ja": "〜", "en": " to "}
_AND = {"ja": "・", "en": " "}
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


def count_note(answer: Answer) -> str | None:
    """Return the line that says how many there are, or who voted how; ``None`` without either."""
    listed = answer.listed
    if listed is not None and any(each.roll_call for each in listed.told):
        return _ballot_note(answer)
    if listed is None or listed.count is None or listed.counted is None:
        return None
    shown = len(listed.told[: listed.at_first])
    kind = "by" if listed.by else listed.counted.value
    if listed.counted is Counted.SPEECHES and shown < listed.count:
        kind = "newest"
    return _NOTES[answer.language][kind].format(
        count=listed.count,
        shown=shown,
        by=_AND[answer.language].join(listed.by),
        days=_days(listed.days, answer.language),
    )


def _days(days: Sequence[dt.date], language: str) -> str:
    ends = list(dict.fromkeys((*days[:1], *days[-1:])))
    said = (to_wareki(day) if language == "ja" else day.isoformat() for day in ends)
    return _TO[language].join(said)


def _ballot_note(answer: Answer) -> str | None:
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
