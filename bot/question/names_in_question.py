"""What a question names: bodies and speakers that the index has, found in the folded text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.council.speakers import HONORIFICS, POSTS
from index.language.text import begins_latin, fold
from index.search.names import PLENARY, Names, Person

_KANJI = r"一-鿿々〆ヶ"
_NAME_SIGN = re.compile(rf"[{_KANJI}ァ-ヴーa-z]")
_LONGEST_SURNAME = 4
_LEAST_NAME = 3
_NO_SPEAKERS = frozenset({"委員", "議員", "councilmember", "member", "council member"})
"""Posts that many hold: no narrowing to whom they mean, unless the words of any are asked for."""
_WORDS_OF_ANY = re.compile(
    r"(?:側|たち|ら)?(?:の|から(?:の)?)(?:発言|意見|見解|質問|質疑|指摘|要望)"
)
_JOINS_A_BODY = "日回月度年市町村区県同当本の、 "
_NO_BODY = ("事務局", "改革", "だより", "運営", "報告会", "基本条例", "条例", "規則", "室", "費")
_SAID_RIGHT_AFTER = ("答弁", "発言", "説明", "質問", "提案", "側", "自ら", "自身", "本人", "、")
_MUNICIPALITY = re.compile(r"[^\W\d_ぁ-ん]{0,6}[都道府県市区町村](?=[のでは]|$)")
_KINDS = frozenset("都道府県市区町村")
_LONGEST_PLACE = 7
ELSEWHERE = r"(?:お?隣|となり|他|ほか|よそ|近隣|周辺)の?"
_NOT_OURS = re.compile(rf"{ELSEWHERE}(?:[市町村区県]の?)?[市町村区県]?$")


@dataclass(frozen=True, slots=True)
class BodyMention:
    """A council or committee as named: what to filter by, and the bodies that it may be."""

    filter: str
    bodies: tuple[str, ...]
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class SpeakerMention:
    """Someone who speaks in the index: by name (``people``, one or several), or by post alone."""

    name: str
    post: str | None
    people: tuple[Person, ...]
    span: tuple[int, int]


def body_mentions(folded: str, names: Names) -> list[BodyMention]:
    """Return the bodies named in a folded text, in order."""
    bodies_of: dict[str, list[str]] = {}
    for body in names.bodies:
        for alias in body.aliases:
            bodies_of.setdefault(alias, []).append(body.name)
    found = []
    for alias, span in _longest(folded, bodies_of):
        latin = begins_latin(folded[span[0] :])
        alone = _is_word(folded, span) if latin else _stands_alone(folded, span)
        elsewhere = place_before(folded[: span[0]][-_LONGEST_PLACE:])
        if is_of_others(folded[: span[0]]) or (len(elsewhere) > 1 and not names.is_own(elsewhere)):
            continue
        if alias == "議会" and is_of_other_kind(folded[: span[0]][-1:], names):
            continue
        if alone and not folded.startswith(_NO_BODY, span[1]):
            bodies = tuple(bodies_of[alias])
            found.append(BodyMention(_filter_of(alias, bodies), bodies, span))
    return found


def places_in(folded: str) -> Iterator[re.Match[str]]:
    """Yield where municipalities are named, and a bare 市."""
    return _MUNICIPALITY.finditer(folded)


def place_before(text: str) -> str:
    """Return the municipality that a text ends in, or a bare 市; nothing without one."""
    ends = (match[0] for match in places_in(text) if match.end() == len(text))
    return next(ends, "")


def is_of_others(before: str) -> bool:
    """Tell whether what stands before a name says that it is another town's: 隣の市の."""
    return _NOT_OURS.search(before) is not None


def is_of_other_kind(sign: str, names: Names) -> bool:
    """Tell whether 県議会 is meant where the assembly here is a 市議会."""
    own = {kind for kind in _KINDS if names.is_own(f"{kind}議会")}
    return sign in _KINDS and bool(own) and sign not in own


def _filter_of(alias: str, bodies: tuple[str, ...]) -> str:
    if alias in {PLENARY, "議会"}:
        return PLENARY
    return bodies[0] if len(bodies) == 1 else alias


def _stands_alone(folded: str, span: tuple[int, int]) -> bool:
    """Tell whether a name is not merely the end of another (教育|委員会, 審|議会)."""
    before = folded[: span[0]]
    return not before or not _NAME_SIGN.match(before[-1]) or before[-1] in _JOINS_A_BODY


def speaker_mentions(folded: str, names: Names) -> list[SpeakerMention]:
    """Return the speakers named in a folded text, in order, without overlaps."""
    bodies = {alias for body in names.bodies for alias in body.aliases}
    found = [*_full_names(folded, names), *_by_post(folded, names, bodies)]
    kept: list[SpeakerMention] = []
    for mention in sorted(found, key=lambda m: (m.span[0] - m.span[1], m.span)):
        if not any(_overlap(mention.span, other.span) for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.span)


def _full_names(folded: str, names: Names) -> Iterator[SpeakerMention]:
    long = {name for name in names.known if len(name) >= _LEAST_NAME}
    last = {name.rpartition(" ")[2] for name in long if begins_latin(name)}
    long |= {name for name in last if len(name) > _LEAST_NAME}
    for name, span in _longest(folded, long):
        latin = begins_latin(name)
        if latin and not _is_word(folded, span):
            continue
        post = next((p for p in _ALL_POSTS if folded.startswith(p, span[1])), None)
        if latin:
            yield from _latin(folded, names, name, span)
        elif people := names.people(name, post):
            end = span[1] + len(post or "")
            yield SpeakerMention(name, post, people, (span[0], end))


def _latin(folded: str, names: Names, name: str, span: tuple[int, int]) -> Iterator[SpeakerMention]:
    posts = [p for p in (*names.posts, *_TITLES) if folded[: span[0]].endswith(f"{p} ")]
    start = span[0] - len(posts[0]) - 1 if posts else span[0]
    if people := names.people(name):
        yield SpeakerMention(name, posts[0] if posts else None, people, (start, span[1]))


def _by_post(folded: str, names: Names, bodies: set[str]) -> Iterator[SpeakerMention]:
    """Find 谷口委員, 楠こども部長, 市長: a post or a title, with a surname or without."""
    for post, span in _longest(folded, {*names.posts, *_ALL_POSTS}):
        if begins_latin(post):
            known = post in names.posts and post not in _NO_SPEAKERS
            # an English question may as well mean the minutes that print 市長
            if known and not names.japanese and _is_word(folded, span):
                yield SpeakerMention(post, post, (), span)
            continue
        surname, people = _surname_before(folded, names, post, span[0])
        if people:
            yield SpeakerMention(surname, post, people, (span[0] - len(surname), span[1]))
        elif _is_post_alone(folded, span, post, bodies) and names.voices_of(post):
            yield SpeakerMention(post, post, (), span)


def posts_alone(folded: str) -> list[tuple[int, int]]:
    """Return where a post stands with no name or department before it: 部長に聞いた."""
    found = (span for _, span in _longest(folded, _ALL_POSTS))
    return [span for span in found if not _NAME_SIGN.match(folded[: span[0]][-1:])]


def _surname_before(
    folded: str, names: Names, post: str, end: int
) -> tuple[str, tuple[Person, ...]]:
    for length in range(min(end, _LONGEST_SURNAME), 0, -1):
        surname = folded[end - length : end]
        if not all(_NAME_SIGN.match(sign) for sign in surname):
            continue
        inside = length == 1 and end > 1 and _NAME_SIGN.match(folded[end - 2])
        if not inside and (people := names.people(surname, post)):
            return surname, people
    return "", ()


def _is_post_alone(folded: str, span: tuple[int, int], post: str, bodies: set[str]) -> bool:
    any_of_them = post in _NO_SPEAKERS and _WORDS_OF_ANY.match(folded, span[1])
    if not any_of_them and (post in _NO_SPEAKERS or post in HONORIFICS):
        return False
    before, after = folded[: span[0]], folded[span[1] : span[1] + 1]
    if before and _NAME_SIGN.match(before[-1]):
        at_body = any(before.endswith(alias) for alias in bodies)
        if not at_body and before[-1] not in "市町村区当本現同":
            return False
    return not _NAME_SIGN.match(after) or folded.startswith(_SAID_RIGHT_AFTER, span[1])


def _longest(folded: str, wanted: Iterable[str]) -> list[tuple[str, tuple[int, int]]]:
    """Return where the names stand, the longest where several overlap, in order."""
    found = [
        (name, (start, start + len(name)))
        for name in dict.fromkeys(wanted)
        if name and name in folded
        for start in _places(folded, name)
    ]
    found.sort(key=lambda one: (-len(one[0]), one[1]))
    taken = bytearray(len(folded))
    kept = []
    for name, (start, end) in found:
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            kept.append((name, (start, end)))
    return sorted(kept, key=lambda one: one[1])


def _places(folded: str, name: str) -> Iterator[int]:
    start = folded.find(name)
    while start >= 0:
        yield start
        start = folded.find(name, start + len(name))


def _is_word(folded: str, span: tuple[int, int]) -> bool:
    before, after = folded[span[0] - 1 : span[0]], folded[span[1] : span[1] + 1]
    return not begins_latin(before) and not begins_latin(after)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


_TITLES = (
    "councilmember",
    "councillor",
    "councilor",
    "director",
    "mayor",
    "mr.",
    "ms.",
    "mrs.",
    "dr.",
)
_ALL_POSTS = tuple(
    sorted(
        {fold(p) for p in (*POSTS, *HONORIFICS)} | {f"副{fold(p)}" for p in POSTS},
        key=len,
        reverse=True,
    )
)
