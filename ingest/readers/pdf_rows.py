"""What stands side by side on a page's line, which plain mode puts one below the other.

The cells of a table's row, a label and its value.
"""

from dataclasses import dataclass
from typing import Any

from pypdf import PageObject

from ingest.characters import width

_SAME_LINE = 0.4
_APART = 0.8


@dataclass(slots=True)
class _Fragment:
    """Text that begins at ``x``, ``y`` (points) in letters of ``size``; no place: not known."""

    text: str
    x: float = 0.0
    y: float = 0.0
    size: float = 0.0


def page_lines(page: PageObject) -> list[str]:
    """Return the page's lines in plain mode's order; a tab parts what stands apart on one line."""
    fragments: list[_Fragment] = [_Fragment("")]

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:  # noqa: ANN401 (pypdf's font dictionary)
        del font
        if not text:
            return
        first, *others = text.split("\n")
        if fragments[-1].text:
            fragments[-1].text += first
        else:
            fragments[-1] = _placed(first, cm, tm, size)
        fragments.extend(_Fragment(other) for other in others)

    page.extract_text(visitor_text=visit)
    lines: list[str] = []
    last: _Fragment | None = None
    for fragment in fragments:
        if last is not None and _beside(last, fragment):
            em = max(last.size, fragment.size)
            end = last.x + width(last.text) * last.size / 2
            lines[-1] += ("\t" if fragment.x - end > _APART * em else "") + fragment.text
        else:
            lines.append(fragment.text)
        last = fragment
    return lines


def _placed(text: str, cm: list[float], tm: list[float], size: float) -> _Fragment:
    turned = any(abs(value) > abs(tm[0] * cm[0]) / 10 for value in (tm[1], tm[2], cm[1], cm[2]))
    if turned or not text.strip():
        return _Fragment(text)
    x = tm[4] * cm[0] + cm[4]
    y = tm[5] * cm[3] + cm[5]
    return _Fragment(text, x, y, abs(size * tm[0] * cm[0]))


def _beside(left: _Fragment, right: _Fragment) -> bool:
    if not left.size or not right.size:
        return False
    near = abs(left.y - right.y) <= _SAME_LINE * min(left.size, right.size)
    return near and right.x > left.x
