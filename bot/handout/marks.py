"""The marks of a timeline: what became of a matter at a meeting, as a shape in a colour."""

from enum import Enum

from PIL import Image, ImageDraw

from bot.history.meetings import Meeting

_SIDE = 44
_FINE = 4
"""Drawn larger by this and made smaller again, for smooth edges."""


class Mark(Enum):
    """What became of the matter; the value is its place in a legend."""

    DECIDED = 0
    PROMISED = 1
    DISCUSSED = 2


_COLOURS = {Mark.DECIDED: "#0072b2", Mark.PROMISED: "#d55e00", Mark.DISCUSSED: "#7a7f85"}


def mark_of(meeting: Meeting) -> Mark:
    """Return the mark of a meeting: a decision counts for more than a promise."""
    if meeting.decided:
        return Mark.DECIDED
    promised = any(entry.promised for entry in meeting.entries)
    return Mark.PROMISED if promised else Mark.DISCUSSED


def draw_mark(image: Image.Image, mark: Mark, at: tuple[int, int]) -> None:
    """Draw a mark with its middle ``at`` that place, with a white edge around it."""
    side = _SIDE * _FINE
    large = Image.new("RGBA", (side, side))
    draw, middle, colour = ImageDraw.Draw(large), side // 2, _COLOURS[mark]
    edge = 4 * _FINE
    if mark is Mark.DECIDED:
        shape = [(middle, 0), (side, middle), (middle, side), (0, middle)]
        draw.polygon(shape, colour, "white", edge)
    elif mark is Mark.PROMISED:
        shape = [(middle, 0), (side, side - edge), (0, side - edge)]
        draw.polygon(shape, colour, "white", edge)
    else:
        room = side // 8
        draw.ellipse((room, room, side - room, side - room), colour, "white", edge)
    small = large.resize((_SIDE, _SIDE), Image.Resampling.LANCZOS)
    image.paste(small, (at[0] - _SIDE // 2, at[1] - _SIDE // 2), small)
