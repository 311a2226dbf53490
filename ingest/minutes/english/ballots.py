"""How members voted, as English minutes print it in a passage: lists of names, or name by name.

``Ayes: Brown, Dean; Noes: Hall``, ``Roll call: Brown – aye; Dean – no``, and tables of members by
Yes and No, or of motions by members. ``Carried 3-1 with Hall opposed`` names those alone who voted
otherwise.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from index.language.text import sentences
from index.record import Cast
from ingest.minutes.english.counts import read_counts
from ingest.minutes.english.people import names_nobody, read_english_people

_WAYS = (
    (Cast.FOR, r"ayes?|yeas?|yes|in favou?r|for"),
    (Cast.AGAINST, r"nays?|noes|nos?|oppos(?:ed|ing)|against|in opposition|dissent(?:ed|ing)"),
    (Cast.ABSTAINED, r"abstain(?:ed|ing|s)?|abstentions?"),
    (Cast.EXCLUDED, r"recus(?:ed?|als?|ing)"),
    (Cast.ABSENT, r"absent|excused|not voting"),
)
_ANY = "|".join(words for _, words in _WAYS)
_LABEL = re.compile(
    rf"(?:^|(?<=[;.,:])[ \t]+)[\s*•-]*(?P<label>(?:vot(?:ing|ed) )?(?:{_ANY}))"
    r"[ \t]*(?:votes?[ \t]*)?(?:\([ \t]*(?P<count>[0-9]{1,3})[ \t]*\))?"
    r"[ \t*]*(?:[:–—]|-(?=[ \t]))[ \t*]*",
    re.IGNORECASE | re.MULTILINE,
)
_PERSON = r"(?P<name>(?:[A-ZÀ-Þ][\w'’-]*\.?[ \t]+){0,4}[A-ZÀ-Þ][\w'’-]*)"
_BALLOT = re.compile(
    rf"(?<![\w'’]){_PERSON}[ \t]*(?:[,:–—-]|\bvoted\b)[ \t]*[\"“]?"
    r"(?P<ballot>(?i:yes|yea|aye|no|nay|abstain(?:ed|s)?|recused?|absent))\b"
)
_NO_NAME = re.compile(
    r"\b(?:all|those|unanimous(?:ly)?|everyone|motion|vote|roll|call|second|item|none|carried|passed)\b",
    re.IGNORECASE,
)
_REMARK = re.compile(
    rf"(?P<names>{_PERSON.replace('(?P<name>', '(?:')}"
    rf"(?:(?:,?[ \t]+(?:and|&)[ \t]+|,[ \t]*){_PERSON.replace('(?P<name>', '(?:')})*)[ \t]*"
    r"(?P<way>(?i:opposed|opposing|against|in opposition|dissent(?:ed|ing)|no|nay|in favou?r"
    r"|vot(?:ed|ing) (?:no|nay|against|yes|aye|in favou?r)|abstain(?:ed|ing|s)?|recused"
    r"|absent))\b"
)
_DECIDED = ("carried", "passed", "failed", "approved", "adopted", "defeated", "denied", "lost")
_LEAST = 2
_LEAST_BY_NAME = 3
_APART = 40
"""Characters between two ballots of one roll call at most."""
_TICK = re.compile(r"(?:x|✓|✔|√|●|•|1|yes)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ballot:
    """How one member voted: ``mark`` is the word for it as printed."""

    name: str
    cast: Cast
    mark: str


@dataclass(frozen=True, slots=True)
class Ballots:
    """A roll call: who voted how, and its matter where the same row names it.

    ``partial`` where it names those alone who voted otherwise than most.
    """

    members: tuple[Ballot, ...]
    matter: str | None = None
    partial: bool = False

    def count(self, cast: Cast) -> int:
        """Return how many voted so."""
        return sum(1 for each in self.members if each.cast is cast)


def cast_of(word: str) -> Cast | None:
    """Return how somebody voted of whom a cell or a label says this."""
    bare = re.sub(r"^vot(?:ing|ed) ", "", word.strip(" .:*").lower())
    return next((cast for cast, words in _WAYS if re.fullmatch(words, bare)), None)


def ballots_in(text: str) -> list[Ballots]:
    """Return the roll calls of a passage in order; those that may be wrong or lack some, not."""
    prose = "\n".join(line for line in text.split("\n") if "\t" not in line)
    rows = [line.split("\t") for line in text.split("\n") if "\t" in line]
    found = [*_by_label(prose), *_by_name(prose), *_in_table(rows)]
    return [each for each in found if _is_whole(each)] or list(_by_remark(prose))


def _is_whole(call: Ballots) -> bool:
    names = [each.name for each in call.members]
    voted = call.count(Cast.FOR) + call.count(Cast.AGAINST)
    return voted > 0 and len(names) >= _LEAST and len(names) == len(set(names))


def _by_label(text: str) -> Iterator[Ballots]:
    """Yield the calls of ``Ayes: …``; the next begins where a label comes again."""
    labels = list(_LABEL.finditer(text))
    members: list[Ballot] = []
    seen: set[Cast] = set()
    whole = True
    for label, following in zip_longest(labels, labels[1:]):
        cast = cast_of(label["label"])
        if cast is None:
            continue
        if cast in seen:
            if whole:
                yield Ballots(tuple(members))
            members, seen, whole = [], set(), True
        seen.add(cast)
        line = text[label.end() :].split("\n", 1)[0]
        names = text[label.end() : following.start()] if following else line
        names = names if len(names) < len(line) else line
        own = _people(names)
        told = int(label["count"]) if label["count"] else None
        whole = whole and own is not None and told in {None, len(own)}
        members += [Ballot(name, cast, label["label"].strip()) for name in own or ()]
    if whole:
        yield Ballots(tuple(members))


def _people(names: str) -> list[str] | None:
    """Return the names of a list; ``None`` where it gives a number, or none that can be read."""
    if names_nobody(names):
        return []
    if re.sub(r"\W", "", names)[:1].isdigit() or _NO_NAME.match(names.strip(" *")):
        return None
    listed = re.split(r"\.(?=\s+[A-Z][a-z]+ [a-z])", names)[0]
    return [person.name for person in read_english_people(listed)] or None


def _by_name(text: str) -> Iterator[Ballots]:
    """Yield the calls in which each answered: ``Brown, yes; Dean, no``."""
    members: list[Ballot] = []
    end = 0
    for match in _BALLOT.finditer(text):
        name, cast = _bare(match["name"]), cast_of(match["ballot"])
        if name is None or cast is None:
            continue
        again = name in {each.name for each in members}
        if members and (again or match.start() - end > _APART):
            yield from _enough(members)
            members = []
        members.append(Ballot(name, cast, match["ballot"]))
        end = match.end()
    yield from _enough(members)


def _enough(members: Sequence[Ballot]) -> Iterator[Ballots]:
    if len(members) >= _LEAST_BY_NAME:
        yield Ballots(tuple(members))


def _by_remark(text: str) -> Iterator[Ballots]:
    """Yield who is named beside each result: ``Carried 3-1 with Hall opposed``."""
    members: list[Ballot] | None = None
    for sentence in sentences(text):
        told = list(_remarks(sentence))
        decided = any(word in sentence.lower() for word in _DECIDED)
        if decided or read_counts(sentence)[0] is not None:
            yield from _named(members)
            members = told
        elif members is not None and told and _REMARK.match(sentence):
            members += told  # Motion carried 3-1. Hall voted no.
        else:
            yield from _named(members)
            members = None
    yield from _named(members)


def _remarks(sentence: str) -> Iterator[Ballot]:
    for match in _REMARK.finditer(sentence):
        cast = cast_of(match["way"])
        if cast is not None:
            yield from (Ballot(name, cast, match["way"]) for name in _people(match["names"]) or ())


def _named(members: Sequence[Ballot] | None) -> Iterator[Ballots]:
    if members and len({each.name for each in members}) == len(members):
        yield Ballots(tuple(members), partial=True)


def _bare(name: str) -> str | None:
    """Return a name without the post before it; ``None`` for what is no name."""
    if _NO_NAME.search(name):
        return None
    people = read_english_people(name)
    return people[0].name if len(people) == 1 else None


def _in_table(rows: Sequence[Sequence[str]]) -> Iterator[Ballots]:
    """Yield the calls of a table: members by ways, members with a word each, motions by members."""
    heads: Sequence[str] = ()
    members: list[Ballot] = []
    for row in rows:
        # cells at the end of a row that hold nothing may be left out
        cells = [cell.strip() for cell in row] + [""] * (len(heads) - len(row))
        casts = [cast_of(cell) for cell in cells]
        if sum(cast is not None for cast in casts) > 1 and _is_head(cells, casts):
            yield Ballots(tuple(members))
            heads, members = cells, []
        elif (ballot := _of_member(heads, cells)) is not None:
            members.append(ballot)
        elif len(heads) == len(cells) and (call := _of_motion(heads, cells)):
            yield call
        elif not any(casts):
            yield Ballots(tuple(members))
            heads, members = cells, []
    yield Ballots(tuple(members))


def _is_head(cells: Sequence[str], casts: Sequence[Cast | None]) -> bool:
    """Tell whether a row names each way once: Member, Yes, No, Absent."""
    ways = [cast for cast in casts if cast is not None]
    return casts[0] is None and len(ways) == len(set(ways)) and len(ways) >= len(cells) - 1


def _of_member(heads: Sequence[str], cells: Sequence[str]) -> Ballot | None:
    """Read a row that is a member: a tick under a way, or the way itself."""
    name = _bare(cells[0])
    members = [head for head in heads[1:] if cast_of(head) is None and _bare(head)]
    if name is None or len(members) >= _LEAST_BY_NAME:
        return None
    given = [(at, cell) for at, cell in enumerate(cells) if at and cell]
    if len(given) != 1:
        return None
    at, mark = given[0]
    under = cast_of(heads[at]) if len(heads) == len(cells) else None
    if under is not None and _TICK.fullmatch(mark):
        return Ballot(name, under, mark)
    cast = cast_of(mark) if under is None else None
    return None if cast is None else Ballot(name, cast, mark)


def _of_motion(heads: Sequence[str], cells: Sequence[str]) -> Ballots | None:
    """Read a row that is a motion, under members."""
    pairs = [
        Ballot(name, cast, cell)
        for head, cell in zip(heads[1:], cells[1:], strict=True)
        if (cast := cast_of(cell)) is not None and (name := _bare(head)) is not None
    ]
    return Ballots(tuple(pairs), cells[0]) if len(pairs) >= _LEAST_BY_NAME else None
