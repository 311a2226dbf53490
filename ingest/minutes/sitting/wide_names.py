"""Names and posts set wide in attendance lists: ``総　務　課　長　海　野　　　誠　君``."""

import re
from collections.abc import Sequence

from ingest.minutes.speakers import speakers

BLANK = re.compile(r"[ \u3000：:]+")
_ENDED_BY_HONORIFIC = re.compile(r"[^\n君]{0,60}?[ \u3000]君(?=[ \u3000、]|$)")
_POST_ENDS = tuple("長番監事査幹与記者員")
_MOST_PARTS = 3


def join_seat_and_name(seat: str) -> str:
    """Close up the name behind a seat: ``１番　大　沢　　　昇``."""
    number, *name = BLANK.split(seat.strip(" \u3000、，"))
    return f"{number} {_join_name(name)}"


def join_spaced_characters(line: str) -> str:
    """Close up wide text: ``総　務　課　長　海　野　　　誠　君``. Each 君 ends a person."""
    persons = _ENDED_BY_HONORIFIC.findall(line) if "君" in line else []
    words = BLANK.split(line.strip())
    if not persons and len(words) > _MOST_PARTS and max(map(len, words)) == 1:
        return _join_person(line)  # 書　記　高　橋　美　咲
    if not persons or not all(BLANK.search(person.strip()) for person in persons):
        return line
    return "、".join(_join_person(person) for person in persons)


def _join_person(person: str) -> str:
    words = BLANK.split(person.strip())
    ends = [at for at, word in enumerate(words) if word.endswith(_POST_ENDS)]
    if not ends or any(len(word) > 1 for word in words[: ends[0]]):
        return _join_name(words)
    post = "".join(words[: ends[0] + 1])
    return f"{post} {_join_name(words[ends[0] + 1 :])}"


def _join_name(words: Sequence[str]) -> str:
    """Join a name set character by character; keep the blank between surname and given name."""
    single = sum(1 for word in words if len(word) == 1)
    if single * 2 > len(words):
        return "".join(words)
    name = " ".join(words)
    bare = speakers.without_honorific(name)
    return bare.rstrip() + name[len(bare) :]
