"""How often a page draws its forms: one that draws itself, or others tenfold, never ends."""

import re
from typing import Any

from pypdf import PageObject

MOST_DRAWN = 100_000
"""Times that a page's forms are drawn, nested ones included."""

_DRAWN = re.compile(rb"/([^\s/<>\[\](){}%]{1,127})\s{1,20}Do\b")
_ENDLESS = MOST_DRAWN + 1


def is_endless(page: PageObject) -> bool:
    """Say whether the page draws forms too often to be read.

    Raises what pypdf raises on broken pages.
    """
    contents = page.get_contents()
    data = contents.get_data() if contents is not None else b""
    return _times(data, page.get("/Resources"), {}) > MOST_DRAWN


def _times(data: bytes, resources: Any, known: dict[int, int]) -> int:  # noqa: ANN401 (pypdf's)
    """Return how often forms are drawn by ``data``; ``known`` are the forms met so far."""
    forms = _forms(resources)
    if not forms:
        return 0
    times = 0
    for match in _DRAWN.finditer(data):
        form = forms.get("/" + match[1].decode("latin-1"))
        if form is None:
            continue
        if id(form) not in known:
            known[id(form)] = _ENDLESS  # if it is met again below, it contains itself
            known[id(form)] = _times(form.get_data(), form.get("/Resources"), known)
        times += 1 + known[id(form)]
        if times > MOST_DRAWN:
            return _ENDLESS
    return times


def _forms(resources: Any) -> dict[str, Any]:  # noqa: ANN401 (pypdf's objects are untyped)
    entries = _resolve(_resolve(resources).get("/XObject")) if resources is not None else None
    found = {name: _resolve(entry) for name, entry in (entries or {}).items()}
    return {name: form for name, form in found.items() if _is_form(form)}


def _is_form(entry: Any) -> bool:  # noqa: ANN401 (pypdf's objects are untyped)
    return hasattr(entry, "get_data") and entry.get("/Subtype") == "/Form"


def _resolve(entry: Any) -> Any:  # noqa: ANN401 (pypdf's objects are untyped)
    return entry.get_object() if entry is not None else None
