"""Who speaks in which document: a printed speaker taken apart into name and post.

``委員（藤枝剛君）``, ``藤枝委員``, ``７番（藤枝剛）`` and ``藤枝副委員長`` may be one person,
``会長`` is whoever holds the post. The attendance list of the document tells where the print does
not.
"""

import functools
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.language.text import begins_latin, fold
from index.language.tokens import nouns
from index.passage import Document
from index.record import Attendee, Role

POSTS = (
    *("委員長", "会長", "議長", "部会長", "座長", "市長", "町長", "村長", "区長", "知事", "管理者"),
    *("教育長", "議員", "委員", "部長", "次長", "課長", "係長", "局長", "室長", "所長", "館長"),
    *(
        "園長",
        "校長",
        "院長",
        "消防長",
        "署長",
        "主任",
        "主幹",
        "主査",
        "参事",
        "参与",
        "理事",
        "監事",
    ),
    *(
        "管理監",
        "統括監",
        "技監",
        "監査委員",
        "事務局長",
        "事務局",
        "書記",
        "幹事",
        "顧問",
        "総務監",
    ),
    *("オブザーバー", "弁護士", "教授", "参考人", "専門員", "支配人", "収入役", "助役", "出納長"),
)
"""What Japanese posts end with, in every town."""
HONORIFICS = ("さん", "氏", "君", "くん", "先生", "様", "議員", "委員")
POST = re.compile(rf"(?P<post>(?:副|前|元)?(?:{'|'.join(sorted(POSTS, key=len, reverse=True))}))$")
_HONORIFIC = re.compile(rf"(?:{'|'.join(HONORIFICS)})$")
_BRACKETED = re.compile(r"^([^()]*)\(([^()]{1,40})\)(.*)$")
_NUMBER = re.compile(r"^[\d一二三四五六七八九十百〇]+番$")
_WORD = re.compile(r"[^\W\d_]+(?:['.-][^\W\d_]+)*")
_TITLES = frozenset(
    _WORD.findall("mr mrs ms miss dr hon right rt honourable honorable sir madam the")
)
_LETTERS = frozenset(_WORD.findall("am as ms mp mla mpp msp esq jr sr"))
_OFFICES = frozenset(
    _WORD.findall(
        "acting deputy vice assistant senior chief prime lord mayor alderman councilwoman"
        " councilmember councilman councillor councilor commissioner supervisor trustee member"
        " chair chairman chairwoman chairperson president speaker secretary treasurer clerk manager"
        " administrator attorney counsel solicitor director officer minister leader superintendent"
        " engineer planner judge city town county village borough council finance"
        " planning works of for public"
    )
)
"""Words that English posts are made of."""
_ALONE = re.compile(r"^\(([^()]+)\)$")
_ASKER = re.compile(r"^[（(]([^（）()]{1,40}(?:[（(][^（）()]{1,20}[）)])?)[）)]")
_CIRCLE = re.compile(r"^[〇◎◆●□■・\s]+")
_MARKS = frozenset({"問", "答", "質問", "回答", "質疑", "答弁", "q", "a"})
_LONGEST_SURNAME = 4
_SURNAME_AND_GIVEN = 2
_MOST_NAMES = 1 << 15
_PERSONAL = frozenset({"委員", "議員", "会長", "委員長", "議長", "座長"})


@dataclass(frozen=True, slots=True)
class Voice:
    """One speaker of one document.

    ``document`` and ``speaker`` are indices into the columns' names; ``name`` is the folded name
    without blanks, full where the print or the attendance list tells it, empty where neither does;
    ``post`` is the folded post as printed, ``posts`` with those of the attendance list. ``party``
    is the folded name of the party that the document tells, empty where it does not.
    """

    document: int
    speaker: int
    printed: str
    name: str
    posts: tuple[str, ...]
    role: Role | None = None
    party: str = ""


def holds_post(own: str, post: str) -> bool:
    """Tell whether a post is another one, or a more closely named one of it."""
    return own == post or (own.endswith(post) and own[-len(post) - 1] not in "副前元代")


@functools.lru_cache(maxsize=_MOST_NAMES)  # the same few thousand names come in every sitting
def without_blanks(name: str) -> str:
    """Return a name or post folded, without blanks unless it is in Latin letters."""
    folded = fold(name).strip()
    return " ".join(folded.split()) if begins_latin(folded) else "".join(folded.split())


def is_surname_of(short: str, full: str) -> bool:
    """Tell whether a name is the surname of a full name: 藤枝 of 藤枝剛, prowse of jane prowse."""
    if begins_latin(full):
        return full.endswith(f" {short}")
    if not short or short == full or not full.startswith(short):
        return False
    return not _begins_with_longer(full, short)


@functools.lru_cache(maxsize=_MOST_NAMES)
def _begins_with_longer(name: str, short: str) -> bool:
    """Tell whether the dictionary knows a longer surname that a name begins with.

    原島 and 森田一郎 are nobody of the name 原 or 森.
    """
    run = next(iter(nouns(name)), [])
    first = run[0].text if run and run[0].is_surname else ""
    return first.startswith(short) and first != short


@functools.lru_cache(maxsize=_MOST_NAMES)
def bare_name(name: str) -> str:
    """Return a name as it is compared: folded, without blanks and honorific."""
    folded = without_blanks(name)
    bare = _HONORIFIC.sub("", folded)
    return bare or folded


def folded_label(printed: str) -> str:
    """Return a printed speaker as :class:`Voice` holds it: folded, without the mark before it."""
    return _CIRCLE.sub("", fold(printed).strip())


def asker_and_words(question: str | None) -> tuple[str, str]:
    """Return who asked (empty where it is not told) and the words of a passage's ``question``."""
    asker = _ASKER.match(question or "")
    return (asker[1], asker.string[asker.end() :]) if asker else ("", question or "")


def voice_of(document: Document, places: tuple[int, int], printed: str, role: Role | None) -> Voice:
    """Take a printed speaker apart; ``places`` are the indices of document and speaker."""
    folded = folded_label(printed)
    party = _party(document, printed)
    name, post = _taken_apart(_without(folded, party), document.attendees)
    person = _listed(name, post, document.attendees)
    posts = [post] if post else []
    if person is not None:
        name = (
            bare_name(person.name)
            if not name or is_surname_of(name, bare_name(person.name))
            else name
        )
        if person.post:
            posts.append(without_blanks(person.post))
        party = party or without_blanks(person.party or "")
    return Voice(*places, folded, name, tuple(dict.fromkeys(posts)), role, party)


def _party(document: Document, printed: str) -> str:
    told = document.sitting.parties if document.sitting else ()
    return next((without_blanks(one.party) for one in told if one.speaker == printed), "")


def _without(folded: str, party: str) -> str:
    """Return a folded label without the party in it: 12番(公明党山田太郎君), 山田太郎君(自民)."""
    if not party or party not in folded:
        return folded
    bare = folded.replace(f"({party})", "")
    if bare == folded:
        before, _, after = folded.partition(party)
        bare = f"{before.rstrip('・、:/ ')}{after.lstrip('・、:/ ')}"
    return _ALONE.sub(r"\1", bare).strip() or folded


def _taken_apart(folded: str, attendees: Sequence[Attendee]) -> tuple[str, str]:
    """Return name and post of a printed speaker, each empty where it is not told."""
    if folded in _MARKS:
        return "", ""
    if begins_latin(folded):
        return _latin(folded)
    if bracketed := _BRACKETED.match(folded):
        return _from_brackets(bracketed[1].strip(), bracketed[2], bracketed[3])
    squeezed_speaker = without_blanks(folded)
    post = POST.search(squeezed_speaker)
    if post is None:
        return (bare_name(folded), "") if _HONORIFIC.search(folded) else ("", squeezed_speaker)
    return _before_post(squeezed_speaker, post.start(), attendees)


def _latin(folded: str) -> tuple[str, str]:
    """Take apart Mayor Prowse, Hon. Bill Morneau (Minister of Finance), The Chair."""
    outer, _, inner = folded.partition("(")
    tokens = [word for word in _WORD.findall(outer) if word not in _TITLES]
    while len(tokens) > 1 and tokens[-1] in _LETTERS:
        tokens.pop()
    offices = list(itertools.takewhile(_OFFICES.__contains__, tokens))
    name = " ".join(tokens[len(offices) :])
    beside = _WORD.findall(inner)
    if not offices and beside and beside[0] in _OFFICES:
        offices = beside
    return name, " ".join(offices)


def _from_brackets(outer: str, inner: str, after: str) -> tuple[str, str]:
    if after:  # 石田(秀)委員長: two of one surname
        return bare_name(outer), after
    inside = POST.search(inner)
    if inside and not _HONORIFIC.search(inner) and inside.start():
        return inner[: inside.start()], outer + inside["post"]
    return bare_name(inner), outer


def _before_post(speaker: str, start: int, attendees: Sequence[Attendee]) -> tuple[str, str]:
    """Tell 藤枝委員, 楠こども部長 and こども部長 apart: is it a name that comes first?"""
    before = speaker[:start]
    if not before:
        return "", speaker
    listed = [bare_name(attendee.name) for attendee in attendees]
    for length in range(min(len(before), _LONGEST_SURNAME), 0, -1):
        if any(name.startswith(before[:length]) for name in listed):
            return before[:length], speaker[length:]
    known = {without_blanks(attendee.post or "") for attendee in attendees}
    if speaker in known:
        return "", speaker
    if _is_full_name(before):
        return before, speaker[start:]
    # a department is longer than a surname, and no department has members and chairs
    personal = speaker[start:].lstrip("副前元") in _PERSONAL
    if personal and len(before) <= _LONGEST_SURNAME:
        return before, speaker[start:]
    return "", speaker


def _is_full_name(words: str) -> bool:
    """Tell whether the dictionary reads a surname and a given name, and nothing more."""
    run = next(iter(nouns(words)), [])
    if len(run) != _SURNAME_AND_GIVEN or "".join(noun.text for noun in run) != words:
        return False
    return run[0].is_surname and run[1].is_person and not run[1].is_surname


def _listed(name: str, post: str, attendees: Sequence[Attendee]) -> Attendee | None:
    """Return the one attendee who is meant; by the post alone where no name is printed."""
    if name:
        fitting = [
            a
            for a in attendees
            if bare_name(a.name) == name or is_surname_of(name, bare_name(a.name))
        ]
    else:
        fitting = [a for a in attendees if a.post and without_blanks(a.post) == post]
    return fitting[0] if len(fitting) == 1 else None


def is_member_number(post: str) -> bool:
    """Tell whether a post is the number of a seat in an assembly (７番)."""
    return bool(_NUMBER.match(post))
