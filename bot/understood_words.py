"""How what was understood of a question is said: short labels, and sentences about them."""

import datetime as dt
from collections.abc import Sequence

from bot.answer import Choice
from bot.restricting import Restriction, Sort
from index.dates import to_wareki
from index.names import PLENARY, short_name
from index.passage import DocumentKind, Filters
from index.times import NamedTime

_KINDS = {
    "ja": {
        DocumentKind.MINUTES: "会議録",
        DocumentKind.ORDINANCE: "条例・規則",
        DocumentKind.REPORT: "報告書など",
    },
    "en": {
        DocumentKind.MINUTES: "minutes",
        DocumentKind.ORDINANCE: "ordinances",
        DocumentKind.REPORT: "reports",
    },
}
_NARROWED = {
    "ja": "{what}に絞りました（外すには --no-narrow）",
    "en": "Narrowed to: {what} (undo with --no-narrow)",
}
_LOOSENED = {
    "ja": "{what}では何も見つからないため、この条件を外しました",
    "en": "Nothing was found for {what}, so that was left out",
}
_WHICH = {
    "ja": "どれについての質問か、決められませんでした: {what}。どれかを指定してください。",
    "en": "This may mean more than one thing: {what}. Please say which.",
}
_SEPARATOR = {"ja": "・", "en": ", "}
_SEVERAL = {"ja": "、", "en": "; "}
_DECEMBER = 12


def narrowed_note(labels: Sequence[str], language: str) -> str:
    """Return the line that says what a search was narrowed to, and how to undo it."""
    return _NARROWED[language].format(what=_SEPARATOR[language].join(labels))


def loosened_note(labels: Sequence[str], language: str) -> str:
    """Return the line that says which restrictions had to be let go of."""
    return _LOOSENED[language].format(what=_SEPARATOR[language].join(labels))


def which_message(choices: Sequence[Choice], language: str) -> str:
    """Return the question back: what the choices are."""
    return _WHICH[language].format(what=_SEVERAL[language].join(c.label for c in choices))


def label(restriction: Restriction, language: str, *, wants_question: bool = False) -> str:
    """Return a restriction in a few words: 令和4年度, 審議会, 事務局の答弁."""
    filters = restriction.filters
    if restriction.sort is Sort.TIME:
        said = time_label(filters, language)
        if restriction.last:
            return f"前回（{said}）" if language == "ja" else f"the last meeting ({said})"
        return said
    if restriction.sort is Sort.BODY:
        return body_label(filters.body or "", language)
    if restriction.sort is Sort.SESSION:
        return _session_label(filters.session or "", language)
    if filters.kind is not None:
        return _KINDS[language][filters.kind]
    if restriction.sort is Sort.ASKER:
        who = filters.asker or ""
        return f"{who}への答弁" if language == "ja" else f"answers to {who.title()}"
    who = filters.person or ""
    if language == "en":
        return f"{who.title()}'s own words"
    return f"{who}の質問・発言" if wants_question else f"{who}の答弁・発言"


def time_label(filters: Filters, language: str) -> str:
    """Return the days in words: 令和4年度, 令和4年12月, 2022年, December 2022."""
    start, end = filters.since or dt.date.min, filters.until or dt.date.max
    fiscal = NamedTime(start, end, (0, 0)).is_fiscal_year
    one_year = start.year == end.year
    if language == "en":
        if fiscal:
            return f"fiscal {start.year}"
        if start == end:
            return f"{start:%B} {start.day}, {start.year}"
        if one_year and start.month == end.month:
            return f"{start:%B} {start.year}"
        return str(start.year) if one_year else f"{start} to {end}"
    wareki = to_wareki(start)
    if start == end:
        return wareki
    year, _, month = wareki.partition("年")
    if fiscal:
        return f"{year}年度"
    if one_year and start.month == end.month:
        return f"{year}年{month.partition('月')[0]}月"
    # the year in which an era ends has two names
    whole = one_year and (start.month, end.month) == (1, _DECEMBER)
    if whole:
        return f"{to_wareki(end).partition('年')[0]}年"
    return f"{wareki}〜{to_wareki(end)}"


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
