"""Words in one style: what paragraphs are made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style; ``url`` makes them a link. ``user`` is a person called in their place."""

    text: str
    bold: bool = False
    italic: bool = False
    url: str | None = None
    user: str | None = None
