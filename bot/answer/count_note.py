"""How many a list holds, as a line above it: counted from what is cited, never an answer. Pure.

It says where it was counted: what is not in the documents here may have been decided all the same.
"""

import datetime as dt
from collections.abc import Sequence

from bot.answer.answer import Answer
from bot.answer.ballot_note import ballot_note
from bot.lookup.lookup_result import Counted
from index.language.dates import to_wareki

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


def count_note(answer: Answer) -> str | None:
    """Return the line that says how many there are; ``None`` where nothing is counted."""
    listed = answer.listed
    if listed is not None and listed.told[0].roll_call is not None:
        return ballot_note(answer)
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
