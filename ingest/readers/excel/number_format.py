"""Numbers and dates as Excel shows them: parsing a number format and applying it to a value.

The rules are those of ECMA-376 part 1, 18.8.30 and 18.8.31 (numFmt), and of Excel where it prints
Japanese: eras, elapsed time, △ before what is below zero.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

from ingest.readers.excel.dates import DATE_KINDS, datetime_of_serial, show_date

_EXACT = 1e15
"""Up to here a float holds whole numbers exactly."""
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<blank>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<section>;)|(?P<general>General|G/標準|標準|Standard)"
    r"|(?P<half>AM/PM|am/pm|A/P|a/p|上午/下午)|(?P<exponent>E[+-]0+)"
    r"|(?P<date>(?:[Yy]+|[Mm]+|[Dd]+|[Hh]+|[Ss]+(?:\.0+)?|[Gg]+|[Ee]+|[Aa]{3,4}|[Rr]+))"
    r"|(?P<digits>[0#?](?:[0#?,]*[0#?])?)|(?P<point>\.)|(?P<comma>,+)|(?P<percent>%)"
    r"|(?P<slash>/)|(?P<text>@)|(?P<other>.)",
    re.DOTALL,
)
_LITERALS = {"quoted": "literal", "escaped": "literal", "other": "literal"}
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+(?:E[+-]?[0-9]+)?)$", re.IGNORECASE)
_ELAPSED = ({"h"}, {"m"}, {"s"})
_FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
_TEXT_SECTION = 4
_MOST_DIGITS = 30
_OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "<": lambda value, bound: value < bound,
    ">": lambda value, bound: value > bound,
    "<=": lambda value, bound: value <= bound,
    ">=": lambda value, bound: value >= bound,
    "=": lambda value, bound: value == bound,
    "<>": lambda value, bound: value != bound,
}

Token = tuple[str, str]
"""The kind of a piece of a format (``digits``, ``literal``, ``date``, …), and the piece."""


@dataclass(frozen=True, slots=True)
class _Section:
    """A section of a format. ``locale`` is what ``[$-411]`` names, in lower case.

    ``is_whole``: it shows a whole number with only text around it.
    """

    tokens: tuple[Token, ...]
    condition: tuple[str, float] | None = None
    locale: str = ""
    full_width: bool = False
    kinds: frozenset[str] = frozenset()
    is_date: bool = False
    is_whole: bool = False


@lru_cache(maxsize=1 << 16, typed=True)
def show_value(value: object, number_format: str = "General") -> str:
    """Return what Excel shows for a cell's value, trimmed; empty for ``None``.

    A date whose format leaves out the year is followed by the whole date: ``4/1（2023-04-01）``.
    A value that the format cannot show is returned as stored.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    sections = _sections(number_format or "General")
    try:
        if isinstance(value, int | float):
            return _number(value, sections).strip()
        if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
            return _date(value, sections).strip()
    except (ArithmeticError, ValueError, TypeError):
        return str(value)
    return _text(str(value), sections).strip()


@lru_cache(maxsize=1024)
def _sections(number_format: str) -> tuple[_Section, ...]:
    parts: list[list[Token]] = [[]]
    for match in _TOKEN.finditer(number_format):
        kind = match.lastgroup or "other"
        if kind == "section":
            parts.append([])
        elif kind not in {"blank", "fill"}:
            parts[-1].append((_LITERALS.get(kind, kind), match[kind]))
    return tuple(_section(tokens) for tokens in parts)


def _section(tokens: list[Token]) -> _Section:
    kept: list[Token] = []
    condition: tuple[str, float] | None = None
    locale, full_width = "", False
    for kind, text in tokens:
        if kind != "bracket":
            kept.append((kind, text))
        elif found := _CONDITION.match(text):
            condition = (found[1], float(found[2]))
        elif set(text.lower()) in _ELAPSED:
            kept.append(("elapsed", text.lower()))
        elif text.startswith("$"):
            currency, _, language = text[1:].partition("-")
            kept += [("literal", currency)] if currency else []
            locale = language.lower()
        elif text.lower() == "dbnum3":
            full_width = True
    if locale == "f800":
        kept = [("date", "yyyy"), ("literal", "年"), ("date", "m"), ("literal", "月")]
        kept += [("date", "d"), ("literal", "日")]
    elif locale == "f400":
        kept = [("date", "h"), ("literal", ":"), ("date", "mm"), ("literal", ":"), ("date", "ss")]
    kinds = frozenset(kind for kind, _ in kept)
    places = [text for kind, text in kept if kind == "digits"]
    return _Section(
        tuple(kept),
        condition,
        locale,
        full_width,
        kinds,
        is_date=bool(kinds & DATE_KINDS) and not places,
        is_whole=kinds <= {"digits", "literal"} and places in (["0"], ["#,##0"]),
    )


def _text(value: str, sections: tuple[_Section, ...]) -> str:
    section = sections[-1]
    if "text" not in section.kinds or len(sections) not in {1, _TEXT_SECTION}:
        return value
    return "".join(value if kind == "text" else text for kind, text in section.tokens)


def _date(
    value: dt.datetime | dt.date | dt.time | dt.timedelta, sections: tuple[_Section, ...]
) -> str:
    section = sections[0]
    if section.is_date:
        return show_date(value, section.tokens, section.locale)
    return str(value)


def _number(value: float, sections: tuple[_Section, ...]) -> str:
    section, signed = _choose_section(value, sections)
    if section.is_date:
        return show_date(datetime_of_serial(value), section.tokens, section.locale)
    if not section.tokens:
        # ";;;" hides the value; a colour or condition alone does not format it
        return "" if len(sections) > 1 else _general(value)
    shown, sign = _digits(value, section), ""
    if signed and value < 0 and re.search("[1-9]", shown):
        sign = "-"
    shown = sign + shown
    return shown.translate(_FULL_WIDTH) if section.full_width else shown


def _choose_section(value: float, sections: tuple[_Section, ...]) -> tuple[_Section, bool]:
    """Return the section for ``value``, and whether Excel adds the minus sign."""
    numbers = sections[: _TEXT_SECTION - 1]
    if any(section.condition for section in numbers):
        for section in numbers:
            if section.condition and _OPERATORS[section.condition[0]](value, section.condition[1]):
                return section, section is numbers[0] or value >= 0
        others = [section for section in numbers if section.condition is None]
        return (others[-1] if others else numbers[-1]), True
    # one section, or a second one only for text, is for all numbers
    if len(numbers) == 1 or ("text" in numbers[-1].kinds and not numbers[2:]):
        return numbers[0], True
    if value < 0:
        return numbers[1], False
    return (numbers[2] if value == 0 and numbers[2:] else numbers[0]), False


def _general(value: float) -> str:
    if isinstance(value, int) or (value.is_integer() and abs(value) < _EXACT):
        return str(int(value))
    return f"{value:.10g}".replace("e", "E")


def _digits(value: float, section: _Section) -> str:
    """Return the value without its sign, with the text that the format adds."""
    if section.is_whole and isinstance(value, int):
        return "".join(
            text if kind == "literal" else f"{abs(value):,}" if "," in text else str(abs(value))
            for kind, text in section.tokens
        )
    kinds = [kind for kind, _ in section.tokens]
    if "general" in kinds or ("text" in kinds and "digits" not in kinds):
        return "".join(
            _general(abs(value)) if kind in {"general", "text"} else text
            for kind, text in section.tokens
        )
    if "slash" in kinds and "digits" in kinds:
        return _fraction(value, section.tokens)
    number = abs(Decimal(repr(value))) * 100 ** kinds.count("percent")
    point = kinds.index("point") if "point" in kinds else len(kinds)
    if "exponent" in kinds:
        return _scientific(number, section.tokens, point)
    last = max((at for at, kind in enumerate(kinds) if kind == "digits"), default=-1)
    for at, (kind, text) in enumerate(section.tokens):
        if kind == "comma" and (last < at <= last + 1 or at + 1 == point):
            number /= 1000 ** len(text)
    return _decimal(number, section.tokens, point)


def _decimal(number: Decimal, tokens: tuple[Token, ...], point: int) -> str:
    after = "".join(text for kind, text in tokens[point:] if kind == "digits").replace(",", "")
    rounded = number.quantize(Decimal(1).scaleb(-min(len(after), _MOST_DIGITS)), ROUND_HALF_UP)
    whole, _, part = f"{rounded:f}".partition(".")
    least = max((at + 1 for at, mark in enumerate(after) if mark == "0"), default=0)
    part = part[:least] + part[least:].rstrip("0")
    places = [at for at, (kind, _) in enumerate(tokens[:point]) if kind == "digits"]
    written = _whole(whole, [tokens[at][1] for at in places])
    shown: list[str] = []
    for at, (kind, text) in enumerate(tokens):
        if kind == "digits" and at < point:
            shown.append(written[places.index(at)])
        elif kind == "digits":
            taken = len(text.replace(",", ""))
            shown.append(part[:taken])
            part = part[taken:]
        elif kind == "point":
            shown.append("." if part or least else "")
        elif kind != "comma":
            shown.append(text)
    return "".join(shown)


def _whole(number: str, places: list[str]) -> list[str]:
    """Spread the digits before the point over their places, filled from the right."""
    grouped = any("," in place for place in places)
    marks = [place.replace(",", "") for place in places]
    number = "" if number == "0" else number
    written: list[str] = []
    for at in range(len(marks) - 1, -1, -1):
        size = len(number) if at == 0 else min(len(marks[at]), len(number))
        here, number = number[len(number) - size :], number[: len(number) - size]
        first = marks[at].find("0")
        least = 0 if first < 0 else len(marks[at]) - first
        written.insert(0, here.zfill(least))
    if grouped and len(written) == 1 and written[0]:
        written[0] = f"{int(written[0]):,}".rjust(len(written[0]), "0")
    return written


def _scientific(number: Decimal, tokens: tuple[Token, ...], point: int) -> str:
    after = sum(len(text) for kind, text in tokens[point:] if kind == "digits")
    mantissa, _, power = f"{number:.{min(after, _MOST_DIGITS)}E}".partition("E")
    shown: list[str] = []
    for at, (kind, text) in enumerate(tokens):
        if kind == "exponent":
            digits = str(abs(int(power))).zfill(len(text) - 2)
            shown.append("E" + ("-" if int(power) < 0 else text[1].replace("-", "")) + digits)
        elif kind == "digits":
            shown.append(mantissa if at == min(_places(tokens)) else "")
        elif kind not in {"point", "comma"}:
            shown.append(text)
    return "".join(shown)


def _places(tokens: tuple[Token, ...]) -> list[int]:
    return [at for at, (kind, _) in enumerate(tokens) if kind == "digits"]


def _fraction(value: float, tokens: tuple[Token, ...]) -> str:
    kinds = [kind for kind, _ in tokens]
    places = _places(tokens)
    before = [at for at in places if at < kinds.index("slash")]
    deepest = max((len(tokens[at][1]) for at in places if at not in before), default=1)
    part = Fraction(repr(abs(value))).limit_denominator(10 ** min(deepest, 6) - 1)
    if len(before) == 1:
        return f"{part.numerator}/{part.denominator}"
    whole, rest = divmod(part.numerator, part.denominator)
    shown = f"{rest}/{part.denominator}" if rest else ""
    return " ".join(text for text in (str(whole) if whole or not rest else "", shown) if text)
