"""Headers and footers: read once, and only what is nowhere else.

A document number or 「資料１」 is often in the header alone. Page numbers and dates that Word fills
in are left out.
"""

import copy
import re
from collections.abc import Iterator, Sequence
from typing import Any

from ingest.readers.word.numbering import W

_FILLED_IN = frozenset(
    {"PAGE", "NUMPAGES", "SECTIONPAGES", "DATE", "TIME", "SAVEDATE", "PRINTDATE"}
)
_PAGE_ONLY = re.compile(r"[\s0-9０-９/／\-－‐–—―・()（）]|ページ|頁|page|of|第", re.IGNORECASE)


def without_fields(root: Any) -> Any:  # noqa: ANN401 (lxml is untyped)
    """Return a copy of a header without the page numbers and dates that Word fills in."""
    root = copy.deepcopy(root)
    for simple in list(root.iter(f"{W}fldSimple")):
        if _is_filled_in(simple.get(f"{W}instr", "")):
            simple.getparent().remove(simple)
    instruction, depth = "", 0
    for element in list(root.iter(f"{W}fldChar", f"{W}instrText", f"{W}t")):
        if element.tag == f"{W}fldChar":
            kind = element.get(f"{W}fldCharType")
            depth += {"begin": 1, "end": -1}.get(kind, 0)
            instruction = "" if kind == "begin" or depth <= 0 else instruction
        elif element.tag == f"{W}instrText":
            instruction += element.text or ""
        elif depth > 0 and _is_filled_in(instruction):
            element.getparent().remove(element)
    return root


def _is_filled_in(instruction: str) -> bool:
    return not _FILLED_IN.isdisjoint(instruction.split())


def texts_not_in_body(texts: Sequence[str], body: Sequence[str]) -> Iterator[str]:
    """Yield the texts of headers that contain words and are not in the body, each once."""
    known = _letters("".join(body))
    for text in texts:
        letters = _letters(text)
        if _PAGE_ONLY.sub("", letters) and letters not in known:
            known += letters
            yield text


def _letters(text: str) -> str:
    return "".join(text.split())
