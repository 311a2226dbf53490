"""What stands on the page of a passage, gathered for its template; the words are the document's."""

import datetime as dt
import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.texts import date_text, place_text, wording
from bot.viewer import fingerprint
from bot.viewer.cited import Cited, Library, Standing
from bot.viewer.links import Links
from bot.viewer.outline import outline
from bot.viewer.pictures import Pictures
from bot.viewer.quoted import Quoted, boxes_of
from bot.viewer.wording import viewer_wording
from index.language.visible import visible
from index.passage import Passage
from index.place import Box

TEMPLATES = Path(__file__).parent / "templates"
_MOST_PICTURES = 3
_AROUND = 3
"""Passages before and after that are shown where there is no page."""

_EXCERPT = 60


@dataclass(frozen=True, slots=True)
class Spot:
    """A marked area of a picture, in its pixels; ``faint`` where only what is around is marked."""

    x: float
    y: float
    width: float
    height: float
    faint: bool = False


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as a picture: its number, address and size in pixels, and what is marked on it."""

    number: int
    href: str
    width: int
    height: int
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A passage as it is shown: who says it and where, its words, and the link to it.

    ``parts`` are the words before, in and behind what was quoted, where that is a part of them.
    """

    label: str
    text: str
    href: str
    current: bool = False
    parts: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """How a page is to be shown to who asked for it.

    ``expiry`` is that of the link that was opened: what it leads to is good for no longer.
    ``chosen`` tells that the language was chosen by hand and is to be kept, ``quoted`` which words
    of the passage the link marks.
    """

    language: str
    expiry: int
    chosen: bool = False
    quoted: Quoted | None = None


@dataclass(frozen=True, slots=True)
class Pages:
    """Makes the pages. Use it from any thread."""

    links: Links
    library: Library
    pictures: Pictures

    def removed(self, reader: Reader) -> str:
        """Return the page that says that a document is gone."""
        return self._rendered("removed.html", reader)

    def passage(self, cited: Cited, reader: Reader) -> str:
        """Return the page of a passage."""
        document, passage = cited.document, cited.passage
        original = self.library.original(document, cited.known)
        pictures = self._pictures(cited, original, reader)
        answered = [p for p in cited.passages if p.answers == passage.passage_id]
        before = cited.passages[cited.at - 1] if cited.at else None
        after = cited.passages[cited.at + 1] if cited.at + 1 < len(cited.passages) else None
        return self._rendered(
            "passage.html",
            reader,
            document=document,
            facts=_facts(cited, reader),
            cited=self._said(cited, passage, reader, place=True),
            by_machine=passage.by_machine,
            heading=" › ".join(passage.heading),
            notice=_notice(cited.standing, reader),
            asked=self._asked(cited, reader),
            answered=[self._said(cited, each, reader, place=True) for each in answered],
            pictures=pictures,
            has_pages=passage.page is not None,
            has_original=original is not None,
            text=self._text(cited, reader, on_page=bool(passage.page)),
            before=before and self._said(cited, before, reader, excerpt=True),
            after=after and self._said(cited, after, reader, excerpt=True),
            entries=[
                (entry, self._href(cited, cited.passages[entry.at], reader))
                for entry in outline(cited.passages, cited.at)
            ],
            download=self._part("file", reader, cited.key) if original else None,
            name=PurePosixPath(document.document).name,
            other=self._href(cited, passage, _other(reader)),
            until=_until(reader),
        )

    def _rendered(self, template: str, reader: Reader, **shown: object) -> str:
        words = viewer_wording(reader.language)
        style = self._part("style", reader)
        return (
            _environment()
            .get_template(template)
            .render(words=words, language=reader.language, style=style, **shown)
        )

    def _pictures(
        self, cited: Cited, original: bytes | None, reader: Reader
    ) -> tuple[PagePicture, ...]:
        passage, document = cited.passage, cited.document
        if passage.page is None or original is None:
            return ()
        last = min(passage.last_page or passage.page, passage.page + _MOST_PICTURES - 1)
        found = []
        for number in range(passage.page, last + 1):
            picture = self.pictures.of(original, document.content_hash, number)
            if picture is not None:
                size = (picture.width, picture.height)
                href = self._part("page", reader, cited.key, number)
                spots = tuple(_marks(cited, reader, number, size))
                found.append(PagePicture(number, href, *size, spots))
        return tuple(found)

    def _asked(self, cited: Cited, reader: Reader) -> Said | None:
        """Return the words that the passage answers, with the link to them where they are known."""
        passage = cited.passage
        if passage.question is None:
            return None
        asking = [p for p in cited.passages if p.passage_id == passage.answers]
        if not asking:
            return Said("", passage.question, "")
        return self._said(cited, asking[0], reader, place=True)

    def _text(self, cited: Cited, reader: Reader, *, on_page: bool) -> list[Said]:
        """Return the passages of the same pages or, without pages, those before and after."""
        passage = cited.passage
        if on_page:
            first, last = passage.page or 0, passage.last_page or passage.page or 0
            near = [
                p
                for p in cited.passages
                if p.page is not None and p.page <= last and (p.last_page or p.page) >= first
            ]
        else:
            near = list(cited.passages[max(0, cited.at - _AROUND) : cited.at + _AROUND + 1])
        return [self._said(cited, each, reader) for each in near]

    def _said(
        self,
        cited: Cited,
        passage: Passage,
        reader: Reader,
        *,
        place: bool = False,
        excerpt: bool = False,
    ) -> Said:
        where = place_text(passage, wording(reader.language)) if place or excerpt else None
        label = [passage.speaker, passage.article, where]
        text = passage.text
        if excerpt and len(text) > _EXCERPT:
            text = " ".join(text[:_EXCERPT].split()) + "…"
        shown = " / ".join(part for part in label if part)
        href = self._href(cited, passage, reader)
        current = passage.passage_id == cited.passage.passage_id
        quoted = _quoted(cited, reader) if current else None
        return Said(shown, text, href, current, quoted.parts(text) if quoted else None)

    def _href(self, cited: Cited, passage: Passage, reader: Reader) -> str:
        words = fingerprint.fingerprint(passage.text)
        current = passage.passage_id == cited.passage.passage_id
        quoted = reader.quoted if current else None
        path = self.links.path(cited.key, passage.passage_id, words, reader.expiry, quoted)
        kept = f"&lang={reader.language}" if reader.chosen else ""
        return f"{self.links.prefix}{path}{kept}"

    def _part(self, kind: str, reader: Reader, key: str = "", number: int = 0) -> str:
        return self.links.prefix + self.links.part_path(kind, reader.expiry, key, number)


def _facts(cited: Cited, reader: Reader) -> list[str]:
    """Return what a line tells of the document and the place: date, body, kind, page."""
    document, words = cited.document, wording(reader.language)
    facts = [
        document.date and date_text(document.date, words),
        document.body if document.body and document.body not in document.title else None,
        words.kinds[document.kind],
        place_text(cited.passage, words),
    ]
    return [fact for fact in facts if fact]


def _quoted(cited: Cited, reader: Reader) -> Quoted | None:
    """Return which words are marked; none where the passage is another one than was quoted."""
    quoted, text = reader.quoted, cited.passage.text
    same = cited.standing is Standing.SAME
    return quoted if same and quoted is not None and quoted.end <= len(text) else None


def _marks(cited: Cited, reader: Reader, page: int, size: tuple[int, int]) -> Iterator[Spot]:
    """Yield what is marked on a page: the quoted words, and faintly the passage around them."""
    quoted = _quoted(cited, reader)
    words = boxes_of(cited.passage, quoted) if quoted else ()
    around = _spots(cited.passage.boxes, page, size)
    if not words:
        yield from around
        return
    yield from _spots(words, page, size)
    for spot in around:
        yield replace(spot, faint=True)


def _spots(boxes: tuple[Box, ...], page: int, size: tuple[int, int]) -> Iterator[Spot]:
    width, height = size
    for box in boxes:
        if box.page == page:
            left, top, right, bottom = box.edges
            yield Spot(
                round(left * width, 1),
                round(top * height, 1),
                round((right - left) * width, 1),
                round((bottom - top) * height, 1),
            )


def _other(reader: Reader) -> Reader:
    return replace(reader, language="ja" if reader.language == "en" else "en", chosen=True)


def _notice(standing: Standing, reader: Reader) -> str | None:
    """Return what is said above the words where they are not just those of the link."""
    words = viewer_wording(reader.language)
    told = {
        Standing.REPLACED: words.replaced,
        Standing.FINAL: words.final,
        Standing.FINAL_OTHERWISE: words.final_otherwise,
    }
    return told.get(standing)


def _until(reader: Reader) -> str | None:
    """Return the last day on which the link opens; ``None`` where it opens for ever."""
    if reader.expiry == 0:
        return None
    last = dt.datetime.fromtimestamp(reader.expiry - 1, tz=dt.UTC).date()
    return date_text(last, wording(reader.language))


@functools.cache
def _environment() -> Environment:
    """Return the templates, read once: what a document says is escaped wherever it is put in."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: visible(value) if type(value) is str else value,
    )
