"""Whom, what body and what place a question names that the documents are not of.

What was said in the 県議会 is not in the minutes of a 市議会, however near they are:
the reply says what is not here.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.answer.unknown_words import unknown_municipality
from bot.lookup.finder import Found
from bot.question.names_in_question import ELSEWHERE, is_of_other_kind
from bot.question.scope import is_meeting_place
from index.council.speakers import HONORIFICS, POSTS
from index.language.saying import is_spoken
from index.language.text import fold
from index.language.tokens import Noun, nouns
from index.passage import Document
from index.search.names import Names
from index.search.searcher import Searcher

_LOOK = 200
_NEAR = 200
_TITLED = re.compile(
    r"\b(?:Council ?(?:member|man|woman)|Councill?or|Commissioner|Alder(?:man|woman|person)|Mayor"
    r"|Supervisor|Trustee|Director|Mr\.?|Mrs\.?|Ms\.?|Dr\.?) (?:[A-Z][\w.'-]+ ){0,2}?"
    r"(?P<surname>[A-Z][a-z]{2,}(?:-[A-Z][a-z]+)?)(?! [A-Z])"
)
_PREFECTURES = "都道府県"
_BODY = re.compile(
    r"(?P<stem>[一-鿿々〆ヶァ-ヴー]{0,24}?)(?P<sort>議会|委員会|審議会|協議会|審査会|部会|国会)"
)
_NOT_ITS_NAME = re.compile(
    r"(?:(?<=\d)(?:年度?|[月日回]))?(?:(?:令和|平成|昭和)?[元〇一二三四五六七八九十]+年度?)?"
    r"(?:[〇一二三四五六七八九十]+[月日回]|前回|今回|直近|[昨今来]年度?|去年|先月|今月|[各両同本当諸全])*"
)
_ANY_SUCH = re.compile(
    r"常任|特別|合同|連合|関係|担当|所管|付託|専門|検討|実行|準備|推進|運営|策定|選定"
)
"""What sort of body it is, which is no name."""
_OFFICE = re.compile(r"(?:教育|農業|公安|公平|人事|監査|選挙管理|労働|収用|固定資産評価審査)$")
"""Boards that are offices as well (Local Autonomy Act, article 180-5): the council's minutes hold
what they answer there."""
_ITS_MEETING = re.compile(r"の?(?:会議|定例会|臨時会|議事録|会議録)")
_ACTS = re.compile(r"^(?:は|が|も|の(?:議決|決議|採決|意見書))")
_NEIGHBOUR = re.compile(
    rf"(?P<name>{ELSEWHERE}"
    r"(?:市町村|市区町村|市町|自治体|都市|[都道府県市区町村])(?:議会)?)"
)
_ITS = re.compile(
    r"(?:の[^のはがをにでとも、。?]{2,12}){1,2}(?:は|って)?[^の]{0,8}$"
    r"|(?:は|って|も)(?:、?どう|いくら|何)"
)
"""What is asked of the municipality itself: 隣の市の給食費, 他市はどう."""
_WHO_COMES = ("他", "ほか", "よそ")
"""よその町の小学生の入浴料 is ours: who comes from there pays it."""


class ScopeKind(StrEnum):
    """What a question may name that the documents are not of."""

    PLACE = "place"
    BODY = "body"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class OutOfScope:
    """What a question names and the documents are not of: ``name`` as it is shown."""

    sort: ScopeKind
    name: str


def find_out_of_scope(found: Found, searcher: Searcher) -> OutOfScope | None:
    """Return what the question names and no document is of, ``None`` where there is nothing."""
    text = found.asked.text
    if place := unknown_municipality(text, searcher):
        return OutOfScope(ScopeKind.PLACE, place)
    if person := _nobody(text, searcher):
        return OutOfScope(ScopeKind.PERSON, person)
    names = searcher.names
    if names is None or found.lookup is not None:
        return None
    folded = fold(text[:_LOOK])
    return next(_neighbours(folded), None) or next(_bodies(folded, names), None)


def _nobody(text: str, searcher: Searcher) -> str | None:
    """Return the person that is named with a post, and whose surname stands nowhere."""
    for run in nouns(text[:_LOOK]):
        for whole in _people(run):
            surname = whole[0]
            if len(surname.text) < len("田中") or not searcher.lacks(surname.text, surname.word):
                continue
            if not _is_listed(surname.text, searcher):
                return "".join(noun.text for noun in whole)
    names = searcher.names
    if names is None or names.japanese:  # minutes in Japanese print the name in other signs
        return None
    titled = (match["surname"] for match in _TITLED.finditer(text[:_LOOK]))
    return next((name for name in titled if _is_nowhere(name, searcher)), None)


def _is_nowhere(name: str, searcher: Searcher) -> bool:
    """Tell whether a name of Latin letters stands in no text and no list."""
    parts = fold(name).split("-")
    return any(searcher.lacks(part, part) and not _is_listed(part, searcher) for part in parts)


def _people(run: Sequence[Noun]) -> Iterator[list[Noun]]:
    """Yield the names of persons behind which a post or a title stands."""
    for is_person, group in itertools.groupby(enumerate(run), key=lambda each: each[1].is_person):
        named = list(group)
        after = "".join(noun.text for noun in run[named[-1][0] + 1 :])
        if is_person and after.startswith(_POSTS):
            yield [noun for _, noun in named]


_POSTS = tuple(fold(f"{rank}{post}") for post in (*POSTS, *HONORIFICS) for rank in ("", "副", "前"))


def _is_listed(surname: str, searcher: Searcher) -> bool:
    """Tell whether a list of those present, a title or a path holds the name."""
    names = searcher.names
    known = () if names is None else names.known
    paths = (fold(f"{d.title} {d.document}") for d in searcher.documents())
    return any(surname in name for name in itertools.chain(known, paths))


def _neighbours(folded: str) -> Iterator[OutOfScope]:
    for match in _NEIGHBOUR.finditer(folded):
        after = folded[match.end() :][:_NEAR]
        guests = match["name"].startswith(_WHO_COMES) and after.count("の") > 1
        if is_meeting_place(after) or (_ITS.match(after) and not guests):
            yield OutOfScope(ScopeKind.PLACE, match["name"])


def _bodies(folded: str, names: Names) -> Iterator[OutOfScope]:
    """Yield the bodies in which a question looks for its matter and of which no document is."""
    for match in _BODY.finditer(folded):
        sort = match["sort"]
        end = match.end() - len(sort)
        beside = _NOT_ITS_NAME.match(folded, match.start(), end)
        stem = folded[beside.end() if beside else match.start() : end]
        after = folded[match.end() :][:_NEAR]
        if not _is_name(stem, sort, names) or not _looks_there(stem, sort, after):
            continue
        if not any(_is_of(stem, sort, document) for document in names.documents):
            yield OutOfScope(ScopeKind.BODY, stem + sort)


def _is_name(stem: str, sort: str, names: Names) -> bool:
    """Tell whether it is the name of one body: 「特別委員会」 and the 「議会」 here are none."""
    if sort == "国会":
        return not stem
    if sort == "議会" and len(stem) == 1:
        return is_of_other_kind(stem, names) or stem in _PREFECTURES
    return len(stem) > 1 and not _ANY_SUCH.fullmatch(stem)


def _looks_there(stem: str, sort: str, after: str) -> bool:
    """Tell whether the matter is placed in the body's meetings by the words that follow it."""
    if _OFFICE.search(stem) and sort == "委員会":
        return _ITS_MEETING.match(after) is not None
    if is_meeting_place(after):
        return True
    return bool(_ACTS.match(after)) and is_spoken(after)


def _is_of(stem: str, sort: str, document: Document) -> bool:
    """Tell whether a document may be of the body, also where its name is longer."""
    named = fold(f"{document.body or ''} {document.title}")
    if stem + sort in named or stem + sort in fold(document.document):
        return True
    signs = iter(fold(document.body or ""))
    return len(stem) > 1 and all(sign in signs for sign in stem)
