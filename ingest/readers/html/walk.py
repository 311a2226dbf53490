"""Walking the tree of a web page without recursion, skipping what a browser does not show."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from index.errors import ReadingError

STRUCK = frozenset({"del", "s", "strike"})
"""Deleted text, which a browser shows struck out."""

FRAMES = frozenset({"frame", "iframe"})
_UNSEEN = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "noframes",
        "head",
        "title",
        "rt",
        "rp",
        "rtc",
        "nav",
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
        "object",
        "embed",
        "applet",
        "map",
        "select",
        "textarea",
        "button",
        "option",
        "datalist",
        "input",
        "progress",
        "meter",
    ]
)
_HIDING_STYLES = ("display:none", "visibility:hidden")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
VOID = frozenset(
    {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    }
)
"""Elements without content."""

_NOT_NESTING = VOID.union(
    ["frame", "p", "li", "dt", "dd", "option", "optgroup", "html", "head", "body"],
    ["tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "caption"],
)
"""Elements without content, or that the next of their kind closes."""

_DEEPEST = 10_000
"""The parser takes quadratic time in the depth; this much takes a second."""


def parse(text: str) -> LexborHTMLParser:
    """Return the tree of a page. Raises :class:`ReadingError` if it is nested too deeply."""
    if _depth(text) > _DEEPEST:
        message = "its elements are nested too deeply to be read: save it anew as PDF or text"
        raise ReadingError(message)
    return LexborHTMLParser(text)


def walk(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Yield each element and text that is shown below ``root``, in reading order.

    Elements are yielded twice, entering (true) and leaving; texts once. Of deleted text, only the
    element is yielded.
    """
    node: LexborNode | None = root
    depth = 0
    while node is not None:
        inside = None
        if node.is_text_node:
            yield node, True
        elif node.is_element_node and not is_unseen(node):
            yield node, True
            inside = None if node.tag in STRUCK or node.tag in FRAMES else node.child
            if inside is None:
                yield node, False
        if inside is not None:
            node, depth = inside, depth + 1
            continue
        while depth and node is not None and node.next is None:
            node, depth = node.parent, depth - 1
            if node is not None:
                yield node, False
        if not depth or node is None:
            return
        node = node.next


def is_unseen(node: LexborNode) -> bool:
    """Say whether a browser shows nothing of the element, or only controls."""
    if node.tag in _UNSEEN:
        return True
    attributes = node.attributes
    if not attributes:
        return False
    style = "".join((attributes.get("style") or "").lower().split())
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or any(hiding in style for hiding in _HIDING_STYLES)
    )


def _depth(text: str) -> int:
    """Return about how deep the elements are nested; more where end tags are missing."""
    depth = deepest = 0
    for match in _TAG.finditer(text):
        if match[2].lower() in _NOT_NESTING:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest
