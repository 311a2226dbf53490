"""Telling the document on a web page from the site around it.

Landmarks (``main``, ``header``, roles) and the usual names of parts are trusted as far as the text
confirms them: a part with sentences never counts as the site's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from ingest.readers.html.walk import walk

SENTENCE = re.compile(r"[。、]|[a-z]{2,},? [a-z]{2,}.*[.;]")
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_MAIN = frozenset(
    {"main", "contents", "content", "honbun", "maincontents", "maincontent", "mainarea", "article"}
)
_APART = frozenset(
    [
        "nav",
        "navi",
        "gnav",
        "gnavi",
        "lnav",
        "lnavi",
        "snav",
        "globalnav",
        "globalnavi",
        "localnav",
        "localnavi",
        "menu",
        "gmenu",
        "lmenu",
        "submenu",
        "sidemenu",
        "sidebar",
        "breadcrumb",
        "breadcrumbs",
        "topicpath",
        "pankuzu",
        "header",
        "footer",
        "search",
        "sitesearch",
        "sns",
        "share",
        "pagetop",
        "gotop",
        "skip",
        "copyright",
        "toolbar",
        "fontsize",
        "related",
        "pager",
        "login",
    ]
)
_NAMES = _MAIN | _APART
_EDGES = frozenset({"header", "footer"})
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary"})
_DOCUMENTS = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|jtd|rtf|csv|txt|zip|od[tsp])(?:[?#]|$)", re.IGNORECASE
)

_MAIN_SHARE = 0.5
"""The share of the page's sentences that an element called ``main`` must contain."""

_NAMED_SHARE = 0.95
"""The same for elements only named so: pages have several parts called ``content``."""

_SITE_SHARE = 0.15
_LINKED_SHARE = 0.3
_SHORT = 40


@dataclass(slots=True)
class _Part:
    """An element that may be a part of the page, with its numbers of characters by kind."""

    node: LexborNode
    inside: bool
    chars: int = 0
    linked: int = 0
    prose: int = 0


@dataclass(frozen=True, slots=True)
class PagePart:
    """What to read of a page: elements in order, and the ids (``mem_id``) to skip in them.

    ``whole``: no part was identified as the document, so menus may be included.
    """

    roots: tuple[LexborNode, ...]
    left_out: frozenset[int]
    whole: bool


def find_main(body: LexborNode) -> PagePart:
    """Return the part of the page that is the document."""
    parts = list(_parts(body))
    total = parts.pop()
    main = _main(parts, total)
    left_out = frozenset(part.node.mem_id for part in parts if _is_site(part, total))
    if main is None:
        return PagePart((body,), left_out, whole=True)
    titles: tuple[LexborNode, ...] = ()
    if main.node.css_first("h1") is None:
        titles = _heads(parts, "header") or _heads(parts, "h1")
    return PagePart((*titles, main.node), left_out, whole=False)


def _heads(parts: Sequence[_Part], tag: str) -> tuple[LexborNode, ...]:
    """Return what may be the document's own head although it is outside the main part."""
    return tuple(
        part.node
        for part in parts
        if part.node.tag == tag and part.chars and not part.linked and not part.inside
    )


def leads_away(href: str | None) -> bool:
    """Say whether a link leads to another page (not into this one, nor to a document)."""
    return bool(href) and not str(href).startswith("#") and not _DOCUMENTS.search(str(href))


def _parts(body: LexborNode) -> Iterator[_Part]:
    """Yield the elements that may be parts of the page, as they end; the body comes last."""
    chars = linked = prose = 0
    links = 0
    landmarks = 0
    opened: list[_Part] = []
    for node, entering in walk(body):
        if node.is_text_node:
            text = (node.text_content or "").strip()
            chars += len(text)
            linked += len(text) if links else 0
            prose += len(text) if not links and SENTENCE.search(text) else 0
            continue
        if node.tag == "a" and leads_away(node.attributes.get("href")):
            links += 1 if entering else -1
        if entering and (node.mem_id == body.mem_id or _is_part(node)):
            opened.append(_Part(node, landmarks > 0, chars, linked, prose))
        elif not entering and opened and opened[-1].node.mem_id == node.mem_id:
            part = opened.pop()
            part.chars, part.linked = chars - part.chars, linked - part.linked
            part.prose = prose - part.prose
            yield part
        if _is_landmark(node):
            landmarks += 1 if entering else -1


def _is_landmark(node: LexborNode) -> bool:
    return node.tag in {"main", "article"} or node.attributes.get("role") == "main"


def _is_part(node: LexborNode) -> bool:
    if node.tag in {"main", "article", "header", "footer", "aside", "h1"}:
        return True
    attributes = node.attributes
    if "role" in attributes:
        return True
    return ("id" in attributes or "class" in attributes) and not _names(node).isdisjoint(_NAMES)


def _names(node: LexborNode) -> frozenset[str]:
    """Return the names in an element's id and class, whole and word by word."""
    attributes = node.attributes
    return _words(attributes.get("id")) | _words(attributes.get("class"))


def _words(given: str | None) -> frozenset[str]:
    if not given:
        return frozenset()
    whole = re.split(r"[\s_\-]+", given.lower())
    return frozenset([*whole, *(word.lower() for word in _WORDS.findall(given))])


def _share(part: _Part, total: _Part) -> float:
    if total.prose:
        return part.prose / total.prose
    own, all_own = part.chars - part.linked, total.chars - total.linked
    return own / all_own if all_own else 0.0


def _main(parts: Sequence[_Part], total: _Part) -> _Part | None:
    """Return the document's element: the smallest of those with enough of the text."""
    marked = [part for part in parts if _is_landmark(part.node) and part.node.tag != "article"]
    articles = [part for part in parts if part.node.tag == "article"]
    # each article of an ordinance may have the same class; an id is unique
    named = [part for part in parts if not _words(part.node.attributes.get("id")).isdisjoint(_MAIN)]
    named += articles if len(articles) == 1 else []
    for candidates, share in ((marked, _MAIN_SHARE), (named, _NAMED_SHARE)):
        enough = [part for part in candidates if part.chars and _share(part, total) >= share]
        if enough:
            return min(enough, key=lambda part: part.chars)
    return None


def _is_site(part: _Part, total: _Part) -> bool:
    """Say whether a part clearly belongs to the site: by name, with links, without sentences."""
    node = part.node
    if node.tag == "h1" or node.tag in {"main", "article"} or _share(part, total) >= _SITE_SHARE:
        return False
    marked = node.tag in _EDGES or node.attributes.get("role") in _ROLES
    marked = marked or (node.attributes.get("id") or "").lower() in _EDGES
    if marked and not part.inside:
        return part.linked > 0 or node.tag != "header"
    named = node.tag == "aside" or bool(_names(node) & _APART)
    return (
        named
        and part.chars > 0
        and (
            part.linked >= _LINKED_SHARE * part.chars or (part.chars <= _SHORT and part.linked > 0)
        )
    )
