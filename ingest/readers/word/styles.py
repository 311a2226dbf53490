"""Word's paragraph styles: which are headings, which are numbered; styles inherit."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ingest.readers.word.numbering import W

_HEADING_NAME = re.compile(r"(?:heading|見出し)\s*([1-9])$", re.IGNORECASE)
_TITLE_NAMES = frozenset({"title", "表題"})
_BODY_LEVEL = 9
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph takes from its style: heading level from 1, and its numbering."""

    level: int | None = None
    number_id: str | None = None
    number_level: int | None = None
    hidden: bool = False


def read_styles(root: Any | None) -> Mapping[str, Style]:  # noqa: ANN401 (lxml is untyped)
    """Return the paragraph styles of ``styles.xml`` by id, inheritance worked out."""
    if root is None:
        return {}
    elements = {style.get(f"{W}styleId"): style for style in root.findall(f"{W}style")}
    return {style_id: _resolve_style(style_id, elements) for style_id in elements}


def direct_style(properties: Any | None) -> Style:  # noqa: ANN401 (lxml is untyped)
    """Return the style given by a ``w:pPr`` itself."""
    if properties is None:
        return Style()
    outline = _integer(properties.find(f"{W}outlineLvl"))
    numbering = properties.find(f"{W}numPr")
    number_id = number_level = None
    if numbering is not None:
        identity = numbering.find(f"{W}numId")
        number_id = None if identity is None else identity.get(f"{W}val")
        number_level = _integer(numbering.find(f"{W}ilvl"))
    level = outline + 1 if outline is not None and 0 <= outline < _BODY_LEVEL else None
    return Style(level, number_id, number_level)


def merge_styles(own: Style, inherited: Style) -> Style:
    """Return ``own`` with missing values taken from ``inherited``."""
    return Style(
        level=inherited.level if own.level is None else own.level,
        number_id=inherited.number_id if own.number_id is None else own.number_id,
        number_level=inherited.number_level if own.number_level is None else own.number_level,
        hidden=own.hidden or inherited.hidden,
    )


def _resolve_style(style_id: str, elements: Mapping[str, Any]) -> Style:
    style = Style()
    current: str | None = style_id
    # a broken file's styles may be based on each other
    for _ in range(_LONGEST_CHAIN):
        element = elements.get(current or "")
        if element is None:
            break
        own = direct_style(element.find(f"{W}pPr"))
        named = Style(level=_named_level(element), hidden=is_hidden(element.find(f"{W}rPr")))
        style = merge_styles(style, merge_styles(own, named))
        based = element.find(f"{W}basedOn")
        current = None if based is None else based.get(f"{W}val")
    return style


def _named_level(element: Any) -> int | None:  # noqa: ANN401 (lxml is untyped)
    name = element.find(f"{W}name")
    text = "" if name is None else name.get(f"{W}val", "").strip()
    heading = _HEADING_NAME.match(text)
    if heading:
        return int(heading[1])
    return 1 if text.lower() in _TITLE_NAMES else None


def is_hidden(run_properties: Any | None) -> bool:  # noqa: ANN401 (lxml is untyped)
    """Say whether a ``w:rPr`` hides its text."""
    vanish = None if run_properties is None else run_properties.find(f"{W}vanish")
    return vanish is not None and vanish.get(f"{W}val", "1") not in {"0", "false", "off"}


def _integer(element: Any | None) -> int | None:  # noqa: ANN401 (lxml is untyped)
    value = None if element is None else element.get(f"{W}val")
    return int(value) if value is not None and re.fullmatch(r"-?\d+", value) else None
