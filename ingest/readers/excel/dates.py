"""Dates and times as Excel shows them, in the Japanese eras too.

Eras begin where Excel begins them: 令和 on 2019-05-01, 平成 on 1989-01-08, 昭和 on 1926-12-25,
大正 on 1912-07-30.
"""

import datetime as dt
from collections.abc import Callable, Sequence

DATE_KINDS = frozenset({"date", "elapsed", "half"})
"""The pieces of a number format that show a date or a time."""

_ERAS = (
    (dt.date(2019, 5, 1), "R", "令", "令和"),
    (dt.date(1989, 1, 8), "H", "平", "平成"),
    (dt.date(1926, 12, 25), "S", "昭", "昭和"),
    (dt.date(1912, 7, 30), "T", "大", "大正"),
    (dt.date(1868, 1, 25), "M", "明", "明治"),
)
_WEEKDAYS = "月火水木金土日"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_FIRST_DAY = dt.datetime(1899, 12, 30)  # noqa: DTZ001 (Excel knows no time zones)
_NOON = 12
_WHOLE_NAME = 4
_FIRST_LETTER = 5
_SECONDS = {"h": 3600, "m": 60, "s": 1}

Value = dt.datetime | dt.date | dt.time | dt.timedelta


def datetime_of_serial(days: float) -> dt.datetime:
    """Return the date and time of a serial number of days.

    Raises ``OverflowError`` if there is no such day.
    """
    return _FIRST_DAY + dt.timedelta(days=days)


def show_date(value: Value, tokens: Sequence[tuple[str, str]], locale: str = "") -> str:
    """Return the value as the pieces of a format (kind, piece) show it.

    A day without its year is followed by the full date in ISO 8601.
    """
    when = _datetime(value)
    passed = (when - _FIRST_DAY).total_seconds()
    has_half = any(kind == "half" for kind, _ in tokens)
    japanese = "411" in locale or locale.startswith("ja")
    shown: list[str] = []
    for at, (kind, text) in enumerate(tokens):
        if kind == "elapsed":
            shown.append(_elapsed(passed, text))
        elif kind == "half":
            shown.append(_half(when, text, japanese=japanese))
        elif kind == "date" and text[0] in "mM" and _is_minute(tokens, at):
            shown.append(str(when.minute).zfill(len(text)))
        elif kind == "date":
            shown.append(_piece(when, text, has_half=has_half, gannen="gannen" in locale))
        elif kind not in {"text", "general"}:
            shown.append(text)
    return "".join(shown) + _whole_date(when, tokens, value)


def _datetime(value: Value) -> dt.datetime:
    if isinstance(value, dt.datetime):
        return value
    if isinstance(value, dt.timedelta):
        return _FIRST_DAY + value
    if isinstance(value, dt.time):
        return dt.datetime.combine(_FIRST_DAY, value)
    return dt.datetime.combine(value, dt.time())


def _is_minute(tokens: Sequence[tuple[str, str]], at: int) -> bool:
    """``m`` is minutes after hours or before seconds, else months."""
    if len(tokens[at][1]) > len("mm"):
        return False
    times = [(place, text[0].lower()) for place, (kind, text) in enumerate(tokens)
             if kind in {"date", "elapsed"}]  # fmt: skip
    order = [place for place, _ in times].index(at)
    before = times[order - 1][1] if order else ""
    after = times[order + 1][1] if order + 1 < len(times) else ""
    return before == "h" or after == "s"


def _piece(when: dt.datetime, text: str, *, has_half: bool, gannen: bool) -> str:
    size = len(text)
    hour = (when.hour - 1) % _NOON + 1 if has_half else when.hour
    shown: dict[str, Callable[[], str]] = {
        "y": lambda: f"{when.year:04d}" if size > len("yy") else f"{when.year % 100:02d}",
        "m": lambda: _month(when, size),
        "d": lambda: _day(when, size),
        "a": lambda: _WEEKDAYS[when.weekday()] + ("曜日" if size >= _WHOLE_NAME else ""),
        "h": lambda: str(hour).zfill(min(size, 2)),
        "s": lambda: _second(when, text),
    }
    piece = shown.get(text[0].lower())
    return piece() if piece else _era(when.date(), text.lower(), gannen=gannen)


def _month(when: dt.datetime, size: int) -> str:
    name = _MONTHS[when.month - 1]
    if size >= _FIRST_LETTER:
        return name[0]
    if size == _WHOLE_NAME:
        return name
    return str(when.month).zfill(size) if size <= len("mm") else name[:3]


def _day(when: dt.datetime, size: int) -> str:
    name = _DAYS[when.weekday()]
    if size >= _WHOLE_NAME:
        return name
    return str(when.day).zfill(size) if size <= len("dd") else name[:3]


def _second(when: dt.datetime, text: str) -> str:
    whole, _, parts = text.partition(".")
    shown = str(when.second).zfill(min(len(whole), 2))
    return shown + (f".{when.microsecond:06d}"[: len(parts) + 1] if parts else "")


def _era(day: dt.date, text: str, *, gannen: bool) -> str:
    """Show the era (g, gg, ggg) or its year (e, ee); r is the year, rr both."""
    era = next((known for known in _ERAS if day >= known[0]), None)
    if text[0] == "g":
        return era[1:][min(len(text), 3) - 1] if era else ""
    if era is None:
        return str(day.year)
    year = day.year - era[0].year + 1
    shown = "元" if gannen and year == 1 else str(year).zfill(min(len(text), 2))
    return era[3] + shown if text.startswith("rr") else shown


def _half(when: dt.datetime, text: str, *, japanese: bool) -> str:
    late = when.hour >= _NOON
    if japanese or text == "上午/下午":
        return "午後" if late else "午前"
    return text.split("/")[late]


def _elapsed(passed: float, text: str) -> str:
    return str(round(passed) // _SECONDS[text[0]]).zfill(len(text))


def _whole_date(when: dt.datetime, tokens: Sequence[tuple[str, str]], value: Value) -> str:
    if isinstance(value, dt.time | dt.timedelta):
        return ""
    pieces = {
        "month" if text[0] in "mM" else text[0].lower()
        for at, (kind, text) in enumerate(tokens)
        if kind == "date" and not (text[0] in "mM" and _is_minute(tokens, at))
    }
    if {"month", "d"} <= pieces and not pieces & {"y", "e", "r"}:
        return f"（{when:%Y-%m-%d}）"
    return ""
