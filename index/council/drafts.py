"""Versions of one paper: what is published at once, and what is final."""

import re

from index.language.text import fold
from index.passage import Document

_STATE = re.compile(
    r"速報版?|確定版?|未定稿|暫定版?|校正[前後]|仮(?=会議録|議事録|版)|案$|正式版?|\b(?:draft|final|approved"
    r"|unapproved|provisional|official)\b"
)
_DRAFT = re.compile(
    r"速報|未定稿|暫定|校正前|仮(?=会議録|議事録|版)|[(\[【]案[)\]】]|案$|\b(?:draft|unapproved|provisional)\b"
)


def is_draft(document: Document) -> bool:
    """Tell whether title or name say that there will be a later version."""
    name = document.document.rpartition("/")[2].rpartition(".")[0]
    return bool(_DRAFT.search(fold(f"{document.title}\n{name}").lower()))


def without_state(title: str) -> str:
    """Return a folded title without what says which version it is."""
    return _STATE.sub("", title)
