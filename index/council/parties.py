"""Parties and groups (会派) of an assembly: how they are named, and which names mean the same.

A party goes by many names: 自由民主党, 自民党, 自民, みなと自民党区議団. No party is listed here. A
name is taken down to its *core*, without assembly, municipality and 党; and a shorter core stands
for a longer one where it opens with the same sign and its signs stand there in order. Where a name
fits two parties that do not fit one another, it means neither.
"""

import itertools
import re
from collections.abc import Callable, Mapping, Sequence

from index.language.text import begins_latin, fold

_GROUP = r"(?:[都道府県市区町村]?議(?:会議)?員?(?:団|会派)|県連|支部)"
GROUP_END = re.compile(rf"{_GROUP}$")
"""What a party's members in an assembly call themselves: 日本共産党品川区議団."""
_ASSEMBLY = re.compile(r"^(?:[^\W\d_]{0,8}?[都道府県市区町村])?議会(?=.)|^会派[「『]?|[」』]$")
_JOIN = re.compile(r"[・·•/&=＝、]|\band\b")
_LATIN_WORD = re.compile(r"[a-z']+")
_LATIN_PLAIN = frozenset({"the", "party", "group", "caucus", "council", "members", "member"})
_LEAST = 2
_LATIN_LEAST = 3
_LONGEST_PLACE = 4
_NO_PART = frozenset({"無所属", "無会派", "諸派"})
"""Who belongs to none: no name that a group is called by in short."""


def party_cores(name: str, is_place: Callable[[str], bool] = lambda _: False) -> tuple[str, ...]:
    """Return what a party's name comes down to: the whole, then its parts (自民・無所属の会).

    ``is_place`` tells whether a word is the name of a municipality of the index, without 市 or 区.
    """
    folded = fold(name).strip()
    if begins_latin(folded):
        said = [word for word in _LATIN_WORD.findall(folded) if word not in _LATIN_PLAIN]
        return (" ".join(said),) if said else ()
    whole = "".join(folded.split())
    parts = [part for part in _JOIN.split(whole) if part and not is_place(part)]
    named = [core for part in (whole, *parts) if (core := _core(part, is_place))]
    return tuple(dict.fromkeys(core for core in named if core not in _NO_PART or core == whole))


def _core(name: str, is_place: Callable[[str], bool]) -> str:
    while (shorter := _ASSEMBLY.sub("", name)) != name:
        name = shorter
    ending = GROUP_END.search(name)
    if ending and ending.start():
        name = _without_place_at_end(name[: ending.start()], is_place)
    for length in range(min(_LONGEST_PLACE, len(name) - _LEAST), _LEAST - 1, -1):
        if is_place(name[:length]):
            name = name[length:].lstrip("市区町村県・")
            break
    name = name.removeprefix("日本") or name
    bare = name.removesuffix("党")
    return bare if len(bare) >= _LEAST else name


def _without_place_at_end(name: str, is_place: Callable[[str], bool]) -> str:
    """日本共産党品川(区議団): what follows 党 is the place."""
    before, party, after = name.rpartition("党")
    if party and 0 < len(after) <= _LONGEST_PLACE:
        return before + party
    for length in range(min(_LONGEST_PLACE, len(name) - _LEAST), _LEAST - 1, -1):
        if is_place(name[-length:]):
            return name[:-length]
    return name


def may_be_one_party(one: str, other: str) -> bool:
    """Tell whether two cores may be names of one party: 自民 of 自由民主, 立憲 of 立憲民主."""
    short, long = sorted((one, other), key=len)
    if short == long:
        return True
    if begins_latin(short):
        return len(short) >= _LATIN_LEAST and _opens_words(short.split(), long.split())
    if len(short) < _LEAST or short[0] != long[0]:
        return False
    signs = iter(long)
    return all(sign in signs for sign in short)


def _opens_words(short: Sequence[str], long: Sequence[str]) -> bool:
    """Lib Dem, of Liberal Democrats: each word opens the one at its place."""
    return len(short) <= len(long) and all(
        whole.startswith(word) for word, whole in zip(short, long, strict=False)
    )


def parties_of_core(wanted: str, called: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the parties that a core means; none where it fits two that are not one.

    ``called`` holds the cores of each party. A party whose name it is comes with those whose names
    are short for it or it for them.
    """
    fitting = {
        party: near
        for party, names in called.items()
        if (near := [core for core in names if may_be_one_party(core, wanted)])
    }
    exact = any(wanted in near for near in fitting.values())
    said = {core for near in fitting.values() for core in near}
    one = exact or all(may_be_one_party(*both) for both in itertools.combinations(sorted(said), 2))
    return tuple(fitting) if one else ()
