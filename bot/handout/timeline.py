"""A history as a picture: time runs down, a lane for each body, a mark for each meeting.

As wide as a phone is high in detail (1,080 pixels), and as long as its meetings need. What a mark
says is told by its shape and its colour, from a palette that all can tell apart (Okabe and Ito).
Drawn with Pillow, which is there for pages of the original: no plotting library, no display.
"""

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from bot.handout.fonts import Font, drawable
from bot.handout.marks import Mark, draw_mark, mark_of
from bot.handout.years import Scale, scale_of
from bot.history.meetings import History, Meeting
from bot.texts import Wording, date_text, wording
from index.language.visible import visible
from index.passage import DocumentKind

MOST_DRAWN = 20
_MOST_LANES = 4
_LONGEST_ALTERNATIVE = 900
WIDTH = 1_080
_EDGE = 40
_YEARS = 190
"""Where the lanes begin: the years stand left of them."""
_LANE = 76
_ROW = 164
_BIG, _TEXT, _SMALL = 46, 36, 32
_HEAD_CHARACTERS = 12
_NEVER_FIRST = tuple("。、，．）」』・ー")
"""What no line begins with (禁則)."""
_INK, _GREY, _FAINT, _BAND = "#1a1a1a", "#5f6368", "#c9cdd2", "#f4f6f8"


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG, and what it shows in words."""

    png: bytes
    alternative: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A meeting in the picture: its day, its lane, its mark and the lines beside it."""

    day: dt.date
    lane: int
    mark: Mark
    head: str
    told: str


def timeline(history: History, font: Font) -> Picture | None:
    """Draw the newest meetings that have a date; ``None`` where none has. Raises OSError."""
    words = wording(history.language)
    dated = [each for each in history.meetings if each.document.date]
    dated.sort(key=lambda each: each.document.date or dt.date.min)
    shown = dated[-MOST_DRAWN:]
    if not shown:
        return None
    lanes = _lanes(shown, words)
    rows = [_row(each, lanes, words) for each in shown]
    left = history.count + history.others - len(shown)
    drawing = _Drawing(font, words, lanes, scale_of([row.day for row in rows], len(rows) * _ROW))
    png = drawing.drawn(history.topic, rows, left)
    return Picture(png, _alternative(history, rows, words))


def _lanes(meetings: Sequence[Meeting], words: Wording) -> tuple[str, ...]:
    """Return the names of the lanes: the bodies that decided or met most; the last is the rest."""
    names = [_body(each, words) for each in meetings]
    decided = [_body(each, words) for each in meetings if each.decided]
    often = sorted(
        dict.fromkeys(names), key=lambda name: (-decided.count(name), -names.count(name))
    )
    if len(often) <= _MOST_LANES:
        return tuple(often)
    return (*often[: _MOST_LANES - 1], words.timeline_rest)


def _row(meeting: Meeting, lanes: Sequence[str], words: Wording) -> _Row:
    day, body, mark = meeting.document.date or dt.date.min, _body(meeting, words), mark_of(meeting)
    lane = lanes.index(body) if body in lanes else len(lanes) - 1
    head = date_text(day, words)
    told = "" if body in lanes else body
    if mark is Mark.DECIDED:
        votes = [each.vote for each in meeting.decided]
        told = " / ".join(f"{vote.title or vote.item or ''} {vote.result}" for vote in votes)
    elif mark is Mark.PROMISED:
        told = next(each.promised[0].text for each in meeting.entries if each.promised)
    told = told or next((each.people for each in meeting.entries if each.people), "")
    return _Row(day, lane, mark, head, " ".join(visible(told or meeting.document.title).split()))


def _body(meeting: Meeting, words: Wording) -> str:
    document = meeting.document
    kind = document.kind
    named = document.body if kind is DocumentKind.MINUTES else None
    return " ".join(visible(named or words.kinds[kind]).split())


def _alternative(history: History, rows: Sequence[_Row], words: Wording) -> str:
    """Return what the picture shows, for who does not see it."""
    lines = [f"{row.head} {words.timeline_kinds[row.mark.value]}: {row.told}" for row in rows]
    told = words.timeline_described.format(
        topic=history.topic,
        count=len(rows),
        first=rows[0].head,
        last=rows[-1].head,
        what=words.list_separator.join(lines),
    )
    return visible(told)[:_LONGEST_ALTERNATIVE]


class _Drawing:
    """Draws it from top to bottom."""

    def __init__(self, font: Font, words: Wording, lanes: Sequence[str], scale: Scale) -> None:
        self._big, self._text, self._small = (font.at(size) for size in (_BIG, _TEXT, _SMALL))
        self._words = words
        self._lanes = lanes
        self._scale = scale
        self._right = _YEARS + len(lanes) * _LANE
        self._beside = self._right + 44

    def drawn(self, topic: str, rows: Sequence[_Row], left: int) -> bytes:
        """Return the picture as PNG; ``left`` is how many meetings are not in it."""
        title = self._words.history_file_title.format(topic=topic)
        titles = lines_of(title, self._big, WIDTH - 2 * _EDGE, 2)
        heads = [self._upright(name) for name in self._lanes]
        top_of_heads = _EDGE + len(titles) * 60 + 84
        top = top_of_heads + max(head.height for head in heads) + 24
        height = top + self._scale.length + (70 if left else 20) + _EDGE
        image = Image.new("RGB", (WIDTH, height), "white")
        draw = ImageDraw.Draw(image)
        for number, line in enumerate(titles):
            draw.text((_EDGE, _EDGE + number * 60), line, _INK, self._big)
        self._legend(image, draw, _EDGE + len(titles) * 60 + 14)
        self._lanes_and_years(image, draw, heads, top)
        self._rows(image, draw, rows, top)
        if left:
            line = self._words.timeline_left_out.format(count=left)
            draw.text((_EDGE, height - _EDGE - 44), line, _GREY, self._small)
        told = io.BytesIO()
        image.quantize(64).save(told, "PNG", optimize=True)
        return told.getvalue()

    def _legend(self, image: Image.Image, draw: ImageDraw.ImageDraw, y: int) -> None:
        x = _EDGE
        for mark in Mark:
            name = self._words.timeline_kinds[mark.value]
            draw_mark(image, mark, (x + 20, y + 22))
            draw.text((x + 48, y), name, _INK, self._small)
            x += 48 + round(self._small.getlength(name)) + 48

    def _lanes_and_years(
        self,
        image: Image.Image,
        draw: ImageDraw.ImageDraw,
        heads: Sequence[Image.Image],
        top: int,
    ) -> None:
        end = top + self._scale.length
        for number, head in enumerate(heads):
            x = _YEARS + number * _LANE
            if number % 2 == 0:
                draw.rectangle((x, top, x + _LANE, end), _BAND)
            image.paste(head, (x + (_LANE - head.width) // 2, top - 12 - head.height))
        for day, label in self._scale.ticks(self._words):
            y = top + self._scale.at(day)
            draw.line((_YEARS, y, self._right, y), _FAINT, 2)
            width = self._small.getlength(label)
            draw.text((_YEARS - 14 - width, y - 22), label, _GREY, self._small)
        for number in range(len(heads)):
            x = _YEARS + number * _LANE + _LANE // 2
            draw.line((x, top, x, end), _FAINT, 3)

    def _rows(
        self, image: Image.Image, draw: ImageDraw.ImageDraw, rows: Sequence[_Row], top: int
    ) -> None:
        marks = [top + self._scale.at(row.day) for row in rows]
        labels = spread(marks, _ROW, top + self._scale.length - _ROW // 2)
        for row, at, label in zip(rows, marks, labels, strict=True):
            x = _YEARS + row.lane * _LANE + _LANE // 2
            bend = ((x, at), (self._right, at), (self._beside - 12, label))
            draw.line(bend, _FAINT, 3, joint="curve")
        for row, at, label in zip(rows, marks, labels, strict=True):
            draw_mark(image, row.mark, (_YEARS + row.lane * _LANE + _LANE // 2, at))
            # where meetings stand close, their marks cover one another: each stands here again
            draw_mark(image, row.mark, (self._beside + 20, label - 40))
            draw.text((self._beside + 50, label - 66), row.head, _INK, self._text)
            for number, line in enumerate(
                lines_of(row.told, self._small, WIDTH - _EDGE - self._beside, 2)
            ):
                y = label - 20 + number * 42
                draw.text((self._beside, y), line, _GREY, self._small)

    def _upright(self, name: str) -> Image.Image:
        """Return the name of a lane as it stands above it: set downwards, or turned."""
        short = name if len(name) <= _HEAD_CHARACTERS else name[: _HEAD_CHARACTERS - 1] + "…"
        if name.isascii():
            short = name if len(name) <= 2 * _HEAD_CHARACTERS else name[: 2 * _HEAD_CHARACTERS]
            head = Image.new("RGB", (round(self._small.getlength(short)) + 4, 44), "white")
            ImageDraw.Draw(head).text((0, 0), short, _INK, self._small)
            return head.rotate(90, expand=True)
        head = Image.new("RGB", (44, 38 * len(short) + 8), "white")
        draw = ImageDraw.Draw(head)
        for number, character in enumerate(drawable(short, self._small)):
            across = {"…": "︙", "ー": "丨"}.get(character, character)
            draw.text((22, number * 38), across, _INK, self._small, anchor="ma")
        return head


def spread(places: Sequence[int], least: int, last: int) -> list[int]:
    """Move places that stand in order apart, so that each is ``least`` from the next.

    None comes below ``last``, which leaves room for all of them.
    """
    moved: list[int] = []
    for place in places:
        moved.append(max(place, moved[-1] + least) if moved else place)
    below = last
    for number in range(len(moved) - 1, -1, -1):
        moved[number] = min(moved[number], below)
        below = moved[number] - least
    return moved


def lines_of(text: str, font: ImageFont.FreeTypeFont, room: int, most: int) -> list[str]:
    """Break a text into at most ``most`` lines of ``room`` pixels; what is over ends with ``…``."""
    lines: list[str] = []
    rest = drawable(visible(text), font).strip()
    while rest and len(lines) < most:
        fits = next(
            (end for end in range(len(rest), 1, -1) if font.getlength(rest[:end]) <= room), 1
        )
        if fits < len(rest) and (blank := rest.rfind(" ", 0, fits + 1)) * 3 > 2 * fits:
            fits = blank
        while fits > 1 and rest[fits : fits + 1] in _NEVER_FIRST:
            fits -= 1
        lines.append(rest[:fits].rstrip())
        rest = rest[fits:].strip()
    if rest:
        last = lines[-1]
        while last and font.getlength(last + "…") > room:
            last = last[:-1]
        lines[-1] = last + "…"
    return lines
