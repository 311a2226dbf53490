"""How what was understood of a question is said: short labels, and sentences about them."""

import datetime as dt
import re
from collections.abc import Sequence

from bot.question.filters import Restriction, Sort
from bot.question.time_labels import time_words
from index.language.text import any_spelling
from index.passage import Filters
from index.search.names import PLENARY, short_name

_NARROWED = {
    "ja": "{what}に絞りました（外すには --no-narrow）",
    "en": "Narrowed to: {what} (undo with --no-narrow)",
}
_ABSENT = {
    "ja": ("「{}」", "{what}という言葉は、登録された資料に出てきません。"),
    "en": ("“{}”", "No document in the index says {what}."),
}
_SEPARATOR = {"ja": "、", "en": ", "}


def absent_note(names: Sequence[str], language: str) -> str:
    """Return the line that says which words of a question stand in no document."""
    quoted, note = _ABSENT[language]
    return note.format(what=_SEPARATOR[language].join(map(quoted.format, names)))


def narrowed_note(labels: Sequence[str], language: str) -> str:
    """Return the line that says what a search was narrowed to, and how to undo it."""
    return _NARROWED[language].format(what=_SEPARATOR[language].join(labels))


def restriction_label(
    restriction: Restriction, language: str, *, asked: str = "", wants_question: bool = False
) -> str:
    """Return a restriction in a few words: 令和4年度, 審議会, 事務局の答弁.

    A name is told as it stands in ``asked``: compared are 中島 and 中嶋 alike.
    """
    filters = restriction.filters
    if restriction.sort is Sort.TIME:
        return _time_label(filters, language, last=restriction.last)
    if restriction.sort is Sort.BODY:
        return body_label(filters.body or "", language)
    if restriction.sort is Sort.SESSION:
        return _session_label(filters.session or "", language)
    asks = wants_question or restriction.sort is Sort.PARTY
    return _speaker_label(filters, language, wants_question=asks, asked=asked)


def chosen_labels(filters: Filters, language: str, title: str | None) -> tuple[str, ...]:
    """Return the filters of a choice that was made; ``title`` is that of the document chosen."""
    dated = filters.since is not None or filters.until is not None
    asks = filters.asker is not None
    said = (
        _time_label(filters, language, last=False) if dated else None,
        body_label(filters.body, language) if filters.body else None,
        _session_label(filters.session, language) if filters.session else None,
        title or filters.document,
        _speaker_label(filters, language, wants_question=False) if asks else filters.person,
    )
    return tuple(each for each in said if each)


def _time_label(filters: Filters, language: str, *, last: bool) -> str:
    start, end = filters.since or dt.date.min, filters.until or dt.date.max
    said = time_words(start, end, language)
    if not last:
        return said
    return f"前回（{said}）" if language == "ja" else f"the last meeting ({said})"


def _speaker_label(
    filters: Filters, language: str, *, wants_question: bool, asked: str = ""
) -> str:
    if filters.asker is not None:
        asker = _as_written(filters.asker, asked)
        return f"{asker}への答弁" if language == "ja" else f"answers to {asker.title()}"
    who = _as_written(filters.person or "", asked)
    if language == "en":
        return f"{who.title()}'s own words"
    return f"{who}の質問・発言" if wants_question else f"{who}の答弁・発言"


def _as_written(name: str, asked: str) -> str:
    """Return a folded name in the question's own spelling, of a full name what it says of it."""
    for end in range(len(name), 1, -1):
        if written := re.search(any_spelling(name[:end]), asked):
            return written[0] + name[end:]
    return name


def body_label(name: str, language: str) -> str:
    """Return a body's name as it is shown: without the municipality before it."""
    if name == PLENARY:
        return name if language == "ja" else "plenary sittings"
    return short_name(name)


def _session_label(session: str, language: str) -> str:
    if language == "ja":
        return f"{session}の会議" if session.endswith("月") else session
    number = session.strip("第回月")
    return f"meetings held in month {number}" if session.endswith("月") else f"meeting no. {number}"
