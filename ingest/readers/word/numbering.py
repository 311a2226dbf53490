"""Word's automatic numbers: 第１条, １ and (1) often exist in ``numbering.xml`` only.

The rules are those of ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (number formats).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from string import ascii_lowercase, ascii_uppercase
from typing import Any, Final

from ingest.document.characters import has_cjk

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_KANJI = "〇一二三四五六七八九"
_AIUEO = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_IROHA = (
    "イロハニホヘトチリヌルヲワカヨタレソツネナラム"
    "ウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
)
_TEN, _HUNDRED, _THOUSAND = 10, 100, 1000
_DEEPEST = 9
_LAST_ENCLOSED = 20


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    legal: bool = False


@dataclass(frozen=True, slots=True)
class _List:
    """A list definition; lists with the same ``counter`` count on together."""

    counter: str
    levels: Mapping[int, _Level]


@dataclass(slots=True)
class Numbering:
    """Counters of one document: call :meth:`label` once for each numbered paragraph in order."""

    lists: Mapping[str, _List]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    def label(self, number_id: str, level: int) -> str:
        """Return what Word prints before the paragraph, with the blank after it."""
        numbered = self.lists.get(number_id)
        if numbered is None or level not in numbered.levels:
            return ""
        counts = self._counts.setdefault(numbered.counter, {})
        if number_id not in self._seen:
            self._seen.add(number_id)
            if numbered.counter == number_id:
                counts.clear()
        here = numbered.levels[level]
        counts[level] = counts[level] + 1 if level in counts else here.start
        for deeper in [known for known in counts if known > level]:
            del counts[deeper]
        return _printed_label(here, numbered.levels, counts)


def read_numbering(root: Any | None) -> Numbering:  # noqa: ANN401 (an lxml element, untyped)
    """Return the numbering that the root element of ``numbering.xml`` defines (``None``: none)."""
    if root is None:
        return Numbering({})
    abstract = {
        definition.get(f"{W}abstractNumId"): _levels(definition)
        for definition in root.findall(f"{W}abstractNum")
    }
    lists = {}
    for number in root.findall(f"{W}num"):
        number_id = number.get(f"{W}numId")
        reference = _value(number.find(f"{W}abstractNumId"), "")
        levels = dict(abstract.get(reference, {}))
        overridden = _apply_overrides(number, levels)
        # a list that restarts has its own counter, others share that of their definition
        lists[number_id] = _List(number_id if overridden else f"abstract {reference}", levels)
    return Numbering(lists)


def _value(element: Any, default: str) -> str:  # noqa: ANN401 (an lxml element, untyped)
    return default if element is None else element.get(f"{W}val", default)


def _levels(parent: Any) -> dict[int, _Level]:  # noqa: ANN401 (an lxml element, untyped)
    return {
        int(level.get(f"{W}ilvl", "0")): _Level(
            start=int(_value(level.find(f"{W}start"), "1")),
            number_format=_number_format(level),
            text=_value(level.find(f"{W}lvlText"), ""),
            suffix=_value(level.find(f"{W}suff"), "tab"),
            legal=level.find(f"{W}isLgl") is not None,
        )
        for level in parent.findall(f"{W}lvl")
    }


def _number_format(level: Any) -> str:  # noqa: ANN401 (an lxml element, untyped)
    found = next(level.iter(f"{W}numFmt"), None)
    return _value(found, "decimal")


def _apply_overrides(number: Any, levels: dict[int, _Level]) -> bool:  # noqa: ANN401 (untyped)
    overridden = False
    for override in number.findall(f"{W}lvlOverride"):
        depth = int(override.get(f"{W}ilvl", "0"))
        levels.update(_levels(override))
        start = override.find(f"{W}startOverride")
        if start is not None and depth in levels:
            old = levels[depth]
            levels[depth] = _Level(
                int(_value(start, "1")), old.number_format, old.text, old.suffix, old.legal
            )
            overridden = True
    return overridden


def _printed_label(here: _Level, levels: Mapping[int, _Level], counts: Mapping[int, int]) -> str:
    if here.number_format == "none":
        return ""
    label = here.text
    if here.number_format == "bullet":
        # bullets come from symbol fonts, whose characters mean nothing elsewhere
        label = "・" if not label or "\ue000" <= label[0] <= "\uf8ff" else label
    else:
        for depth in range(_DEEPEST):
            if f"%{depth + 1}" in label:
                level = levels.get(depth, _Level())
                form = "decimal" if here.legal else level.number_format
                number = format_number(counts.get(depth, level.start), form)
                label = label.replace(f"%{depth + 1}", number)
    if not label or here.suffix == "nothing":
        return label
    return label + ("\u3000" if has_cjk(label[-1]) else " ")


def format_number(number: int, number_format: str) -> str:
    """Return ``number`` as Word prints it in ``number_format`` (``w:numFmt``)."""
    printed = _FORMATS.get(number_format)
    return str(number) if printed is None or number < 0 else printed(number)


def _full_width(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))


def _one_character(number: int, first: str) -> str:
    return chr(ord(first) + number - 1) if 1 <= number <= _LAST_ENCLOSED else str(number)


def _letter(number: int, letters: str) -> str:
    if number < 1:
        return str(number)
    # after the last letter Word doubles them: z, aa, bb
    return letters[(number - 1) % len(letters)] * ((number - 1) // len(letters) + 1)


def _kanji(number: int) -> str:
    if not 0 < number < 10 * _THOUSAND:
        return str(number)
    printed = ""
    for unit, name in ((_THOUSAND, "千"), (_HUNDRED, "百"), (_TEN, "十")):
        digit, number = divmod(number, unit)
        if digit:
            printed += ("" if digit == 1 else _KANJI[digit]) + name
    return printed + (_KANJI[number] if number else "")


def _roman(number: int) -> str:
    printed = ""
    steps = (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
        (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    )  # fmt: skip
    for value, letters in steps:
        count, number = divmod(number, value)
        printed += letters * min(count, 10)
    return printed


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": partial(_one_character, first="①"),
    "decimalEnclosedParen": partial(_one_character, first="⑴"),
    "decimalZero": "{:02d}".format,
    "aiueo": partial(_letter, letters=_AIUEO),
    "aiueoFullWidth": partial(_letter, letters=_AIUEO),
    "iroha": partial(_letter, letters=_IROHA),
    "irohaFullWidth": partial(_letter, letters=_IROHA),
    "japaneseCounting": _kanji,
    "japaneseDigitalTenThousand": _kanji,
    "chineseCounting": _kanji,
    "ideographDigital": lambda number: "".join(_KANJI[int(digit)] for digit in str(number)),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": partial(_letter, letters=ascii_uppercase),
    "lowerLetter": partial(_letter, letters=ascii_lowercase),
    "numberInDash": "- {} -".format,
}
