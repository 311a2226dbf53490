"""Which ordinance a question names: by its title, by a part of it, by a name of its own. Pure.

What stands in brackets behind a name is the number of the law (昭和32年条例第31号), and names none.
"""

import re
from collections.abc import Sequence

from index.council.addresses import LAW_NUMBER
from index.council.in_force import title_of
from index.passage import Document
from index.search.names import short_name

_LAW = r"条例施行規則|条例|規則|規程|要綱|要領|憲法|法律|法(?![人的定令])"
_JOINED = r"に(?=関する|係る|対する|基づく|おける|よる|伴う)|を(?=改正する|廃止する|定める)"
"""Particles within a title (職員の給与|に|関する条例)."""
_NAMED = re.compile(
    rf"(?P<stem>(?:[^\s、。「」『』()?!・はがをにでと]|{_JOINED}){{0,40}}?)の?(?P<law>{_LAW})"
)
_OWN = ("条例施行規則", "条例", "規則", "規程", "要綱", "要領")
_NUMBERED = re.compile(rf"(?:{'|'.join(_OWN)}){LAW_NUMBER.pattern}")
_WHOLE = re.compile(rf"(?:{_JOINED})")
_ON = re.compile(r"に(?:関する|係る)$")
_NO_NAME = re.compile(
    r"^(?:こ|そ|あ|市|町|村|区|本市|本町|当該|同|現行|改正前|改正後|改正|旧|新|現在)+$"
)
MOST_LAWS = 30
"""Ordinances that are looked through where none is named."""


def names_a_law(folded: str) -> bool:
    """Tell whether a folded text speaks of an ordinance at all, by a name or as 条例."""
    return bool(_mentions(folded))


def names_of_laws(folded: str) -> list[tuple[str, str]]:
    """Return the names that a folded text gives to ordinances, each with its kind: (学童, 条例)."""
    return [one for one in _mentions(folded) if one[0] and not _NO_NAME.match(one[0])]


def nickname(folded: str) -> tuple[str, str] | None:
    """Return the name that is no title and the kind; of 「ごみに関する条例」 the matter."""
    if _NUMBERED.search(folded):
        return None  # it is cited by its title
    named = ((short_name(f"{stem}{kind}"), kind) for stem, kind in names_of_laws(folded))
    found = (
        (_ON.sub("", name.removesuffix(kind).removesuffix("の")), kind) for name, kind in named
    )
    return next((one for one in found if len(one[0]) > 1), None)


def title_of_none(folded: str, laws: Sequence[Document]) -> bool:
    """Tell whether a folded text names an ordinance by a whole title that none of ``laws`` has.

    Its number stands behind the name, or the name says itself what it is on (給与に関する条例).
    """
    on = any(kind in _OWN and _WHOLE.search(f"{stem}{kind}") for stem, kind in _mentions(folded))
    return (on or bool(_NUMBERED.search(folded))) and not fitting_laws(folded, laws)


def fitting_laws(folded: str, laws: Sequence[Document]) -> list[Document]:
    """Return the ordinances that a folded question may mean: by title, by part of it, else all.

    An ordinance that is named and fits no title is not here: none is meant then.
    """
    titles = {law.document: title for law in laws if (title := title_of(law))}
    laws = [law for law in laws if law.document in titles]
    whole = [law for law in laws if short_name(titles[law.document]) in folded]
    if whole:
        longest = max(len(short_name(titles[law.document])) for law in whole)
        return [law for law in whole if len(short_name(titles[law.document])) == longest]
    stems = names_of_laws(folded)
    for stem, kind in stems:
        for fits in (_contains, _holds):
            if within := [law for law in laws if fits(titles[law.document], stem, kind)]:
                return within
    kinds = tuple({kind for _, kind in _mentions(folded)})
    typed = [law for law in laws if not kinds or titles[law.document].endswith(kinds)]
    return [] if stems or len(typed) > MOST_LAWS else typed


def _mentions(folded: str) -> list[tuple[str, str]]:
    text = LAW_NUMBER.sub(" ", folded)
    return [(match["stem"], match["law"]) for match in _NAMED.finditer(text)]


def _contains(title: str, stem: str, kind: str) -> bool:
    return title.endswith(kind) and len(stem) > 1 and stem in title


def _holds(title: str, stem: str, suffix: str) -> bool:
    """Tell whether a title of that kind holds all signs of the stem in order: 犬猫条例."""
    signs = iter(title)
    return title.endswith(suffix) and len(stem) > 1 and all(sign in signs for sign in stem)
