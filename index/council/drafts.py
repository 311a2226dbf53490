"""Versions of one paper: what is published at once, and what is final; how each names its body."""

import re

from index.language.text import fold
from index.passage import Document

_STATE = re.compile(
    r"(?P<draft>速報版?|未定稿|未校正|未確定版?|暫定版?|校正前|仮(?=会議録|議事録|版)|[(\[【]案[)\]】]|案$"
    r"|\b(?:draft|unapproved|provisional)\b)|確定版?|校正後|正式版?|\b(?:final|approved|official)\b"
)
_FOLDER = re.compile(
    r"(?:(?:会|議事|速記)録)?(?:速報版?|未定稿|未校正|未確定版?|暫定版?|校正前|仮版?|drafts?)(?:(?:会議|議事)録)?"
)
"""The whole name of a folder in which all is as yet provisional."""
_SAID = re.compile(
    r"(?:速報版?|未定稿|未校正|未確定版?|暫定版?|校正前)(?:の(?:もの|記録|(?:会議|議事)録))?"
    r"(?:です|であ[りる]|の?ため|につき)|正式な?(?:会議|議事)録では(?:な|ありません)"
)


def is_draft(document: Document) -> bool:
    """Tell whether title, name or folder say that there will be a later version."""
    folders, _, file = document.document.rpartition("/")
    said = fold(f"{document.title}\n{file.rpartition('.')[0]}").lower()
    if any(match["draft"] for match in _STATE.finditer(said)):
        return True
    return any(_FOLDER.fullmatch(name) for name in fold(folders).lower().split("/"))


def says_it_is_draft(head: str) -> bool:
    """Tell whether the head of minutes says that they are provisional (この会議録は速報版です)."""
    return _SAID.search(fold(head)) is not None


def without_state(title: str) -> str:
    """Return a folded title without what says which version it is."""
    return _STATE.sub("", title)


def may_be_one_body(one: str, other: str) -> bool:
    """Tell whether one name has all letters of the other, in order (総務委員会, 総務常任委員会)."""
    shorter, longer = sorted((fold(one), fold(other)), key=len)
    letters = iter(longer)
    return all(letter in letters for letter in shorter)
