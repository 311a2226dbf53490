"""Which party or group a question names: 公明党, 自民党の委員, 共産党区議団, the Labour members.

A name of the index counts wherever it stands; a short form (立憲, 自民) only beside a word that
says that a group is meant, as it may be an ordinary word. What no party of the index is called by
is never a party here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.council.parties import GROUP_END
from index.language.text import begins_latin
from index.search.names import Names

_SIGN = r"一-鿿々〆ヶァ-ヴー"
_GROUP = (
    r"(?:(?:[^\W\d_ぁ-ん]{0,4}[都道府県市区町村]?議(?:会議)?員?団)|会派"
    r"|(?:の|所属の)?(?:(?:[都道府県市区町村]議(?!会)|(?:市|区|町|村|県)?議会?議員|議員|委員)(?!会|長)(?:たち|さん|の皆さん)?"
    r"|会派|議員団|メンバー|先生方?))"
)
_TAIL = re.compile(rf"{_GROUP}{{1,3}}")
_SPOKEN = re.compile(
    r"の?(?:代表質問|一般質問|代表討論|討論|質疑)|[はが][^。?]{0,40}?(?:質問|質疑|討論)"
)
_CALLED = re.compile(rf"(?P<name>[{_SIGN}・]{{2,14}}(?:の会)?)")
_BEFORE = re.compile(
    r"(?:(?:[一-鿿ぁ-んァ-ヴー]{1,6}[都道府県市区町村])?議会|日本|(?P<group>会派[「『]?))$"
)
"""みなと市議会|公明党, 日本|共産党, 会派「|新緑」: what may stand before the name."""
_ALONE_BEFORE = re.compile(rf"[{_SIGN}]$")
_ENGLISH = re.compile(
    r"\b(?P<name>[a-z][a-z' ]{2,30}?)(?: party| group)?(?:'s)?"
    r" (?:members?|councillors?|councilors?|group|party|caucus)\b"
)
_PLENTY = 3


@dataclass(frozen=True, slots=True)
class PartyMention:
    """A party as named: the name by which :meth:`index.search.names.Names.parties_of` knows it."""

    name: str
    parties: tuple[str, ...]
    span: tuple[int, int]


def party_mentions(folded: str, names: Names) -> list[PartyMention]:
    """Return the parties named in a folded text, in order, with the words for their members."""
    if not names.cores:
        return []
    found = [*_by_name(folded, names), *_in_english(folded, names)]
    found += [
        mention
        for mention in _by_short_name(folded, names)
        if not any(_overlap(mention.span, other.span) for other in found)
    ]
    return sorted(found, key=lambda mention: mention.span)


def _by_name(folded: str, names: Names) -> Iterator[PartyMention]:
    """Find 公明党 and 市民クラブ as the index prints them, or without what stands around them."""
    taken: list[tuple[int, int]] = []
    printed = {party for party in names.cores if not begins_latin(party)}
    for name in sorted(printed, key=len, reverse=True):
        for match in re.finditer(re.escape(name), folded):
            start, end = match.span()
            if any(_overlap((start, end), span) for span in taken):
                continue
            before = _BEFORE.search(folded[:start])
            if _ALONE_BEFORE.search(folded[:start]) and before is None:
                continue
            taken.append((start, end))
            if parties := names.parties_of(name):
                closed = end + (folded[end : end + 1] in {"」", "』"})
                tail = _TAIL.match(folded, closed)
                last = tail.end() if tail else closed
                whole = len(name) > _PLENTY or name.endswith("党")
                told = tail or (before and before["group"]) or _SPOKEN.match(folded, closed)
                if whole or told:
                    first = before.start() if before else start
                    yield PartyMention(_shown(parties, names), parties, (first, last))


def _by_short_name(folded: str, names: Names) -> Iterator[PartyMention]:
    """Find 自民党 where the index says 自由民主党, and 立憲の議員, 自民の代表質問."""
    for match in _CALLED.finditer(folded):
        run, start = match["name"], match.start()
        party = run.find("党")
        group = GROUP_END.search(run)
        if party > 1:
            name, end = run[: party + 1], start + party + 1
        elif group and group.start() > 1:
            name, end = run[: group.start()], start + group.start()
        else:
            name, end = _short(run, start)
        tail = _TAIL.match(folded, end)
        if not name or not (party > 1 or group or tail or _SPOKEN.match(folded, end)):
            continue
        if parties := names.parties_of(name):
            span = (start, tail.end() if tail else end)
            yield PartyMention(_shown(parties, names), parties, span)


def _short(run: str, start: int) -> tuple[str, int]:
    """Return a short name without the words that say that a group is meant (自民|代表質問)."""
    for word in ("代表質問", "一般質問", "代表討論", "討論", "会派", "議員", "委員"):
        name = run.removesuffix(word)
        if name != run:
            return (name, start + len(name)) if len(name) > 1 else ("", start)
    return run, start + len(run)


def _in_english(folded: str, names: Names) -> Iterator[PartyMention]:
    for match in _ENGLISH.finditer(folded):
        said = match["name"].split()
        for first in range(len(said)):
            name = " ".join(said[first:])
            if parties := names.parties_of(name):
                start = match.end("name") - len(name)
                yield PartyMention(_shown(parties, names), parties, (start, match.end()))
                break


def _shown(parties: tuple[str, ...], names: Names) -> str:
    """Return the name that most speakers of the index have of those that mean the same parties."""
    same = [party for party in parties if set(names.parties_of(party)) == set(parties)]
    return max(same or parties, key=lambda party: (names.parties.count(party), -len(party)))


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
