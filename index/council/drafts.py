"""Versions of one paper: what is published at once, and what is final."""

import re

from index.language.text import fold
from index.passage import Document

_STATE = re.compile(
    r"(?P<draft>速報版?|未定稿|暫定版?|校正前|仮(?=会議録|議事録|版)|[(\[【]案[)\]】]|案$"
    r"|\b(?:draft|unapproved|provisional)\b)|確定版?|校正後|正式版?|\b(?:final|approved|official)\b"
)


def is_draft(document: Document) -> bool:
    """Tell whether title or name say that there will be a later version."""
    name = document.document.rpartition("/")[2].rpartition(".")[0]
    said = fold(f"{document.title}\n{name}").lower()
    return any(match["draft"] for match in _STATE.finditer(said))


def without_state(title: str) -> str:
    """Return a folded title without what says which version it is."""
    return _STATE.sub("", title)
