"""What a document and a passage are: the words that every other part of Kiroku uses.

Everything here is data. Text is kept as the source has it (apart from joined wrapped lines and
dropped blanks between CJK characters); folding for matching happens elsewhere, on a copy.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from index.place import Box, Locator
from index.record import Attendee, Enactment, Reference, Role, Sitting

DocumentId = NewType("DocumentId", str)
"""The document's path relative to the ingested folder, with forward slashes."""

PassageId = NewType("PassageId", str)
"""Stable as long as the document's bytes and the reader's version stay: see :func:`passage_id`."""

Collection = NewType("Collection", str)
"""Which municipality (or other closed set) a row belongs to; first in every key of the store."""

DEFAULT_COLLECTION = Collection("main")


class DocumentKind(StrEnum):
    """The kinds of document that the command line and the JSON name."""

    MINUTES = "minutes"
    ORDINANCE = "ordinance"
    REPORT = "report"


class PassageKind(StrEnum):
    """What a passage is inside its document."""

    QUESTION = "question"
    """Words of a member that ask something of the other side."""
    ANSWER = "answer"
    """Words that answer a question (``Passage.answers`` names it)."""
    STATEMENT = "statement"
    """A speech that neither asks nor answers: a report, an explanation, an opinion."""
    PROCEDURE = "procedure"
    """The chair's running of the meeting, openings, stage directions."""
    VOTE = "vote"
    """A decision and how it was reached."""
    HEADER = "header"
    """Title, date, place, attendees, agenda."""
    ARTICLE = "article"
    """An article (or a paragraph of a long one) of an ordinance."""
    SECTION = "section"
    """Prose under a heading of a report."""
    TABLE = "table"
    """A row or rows of a table together with their column heads."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest thing that is found and cited: never across a speaker turn or an article.

    ``text`` is at most 600 characters (so that the embedder cuts nothing). ``page`` and
    ``last_page`` count from 1 as a PDF viewer does and are ``None`` for formats without pages.
    ``speaker`` is post and name as printed (``中嶋会長``). ``turn`` numbers the speaker turns of
    the document from 0. ``heading`` is the path of headings in force, outermost first.
    ``article`` is an address such as ``第10条第2項``. ``answers`` names the question passage that
    this one answers best, ``question`` holds that passage's words with the asker in front
    (``（谷口委員）…``): both are searched with the passage, neither is ever quoted as its text.
    ``person`` is the full name of the speaker, where the document tells it (``中嶋太郎``).
    ``boxes`` mark the words on their pages, ``locator`` says where they stand in a format without
    pages. ``by_machine`` tells that the words were read by OCR. ``references`` are the articles
    that the text refers to.
    """

    passage_id: PassageId
    text: str
    kind: PassageKind
    page: int | None = None
    last_page: int | None = None
    speaker: str | None = None
    role: Role | None = None
    turn: int | None = None
    heading: tuple[str, ...] = ()
    article: str | None = None
    answers: PassageId | None = None
    question: str | None = None
    person: str | None = None
    boxes: tuple[Box, ...] = ()
    locator: Locator | None = None
    by_machine: bool = False
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Copy:
    """Another file with a document's bytes: its path relative to the folder ``root``."""

    name: str
    root: str


@dataclass(frozen=True, slots=True)
class Document:
    """One file as it was understood.

    ``coverage`` is the share (0 to 1) of the file's words that stand in passages. ``language`` is
    ``ja`` or ``en``. ``content_hash`` is the SHA-256 of the bytes in hexadecimal.
    ``readable`` is false for a file that could not be read: it has no passages, and ``warnings``
    says why. ``date_text`` is the date as printed (``令和4年12月20日（火）``). ``sitting`` is there
    for minutes, ``enactment`` for ordinances. ``labels`` are the page labels that a viewer shows,
    where they differ from the count of the pages. ``copies`` are other
    files with the same bytes. ``collection`` is where the store holds it, and says who may see it:
    two collections may each hold a document of one name.
    """

    document: DocumentId
    title: str
    kind: DocumentKind
    content_hash: str
    body: str | None = None
    date: dt.date | None = None
    place: str | None = None
    attendees: tuple[Attendee, ...] = ()
    agenda: tuple[str, ...] = ()
    pages: int | None = None
    language: str = "ja"
    coverage: float = 1.0
    warnings: tuple[str, ...] = ()
    readable: bool = True
    date_text: str | None = None
    sitting: Sitting | None = None
    enactment: Enactment | None = None
    labels: tuple[str, ...] = ()
    copies: tuple[Copy, ...] = ()
    collection: Collection = DEFAULT_COLLECTION


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its rank (from 1) and score (higher is better), and where it comes from."""

    rank: int
    score: float
    passage: Passage
    document: Document
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is narrowed to; ``None`` everywhere means all of the collection.

    ``since`` and ``until`` are inclusive. ``body`` and ``speaker`` match as parts of the name,
    after folding; the body 本会議 means every plenary sitting. ``as_of`` leaves out documents dated
    after that day, and of ordinances what is not in force on it. ``session`` is a sitting by number
    or month (``第7回``, ``9月``). ``document`` is one document by its whole name. ``person`` is who
    speaks, however printed: a full name, a surname or a post, as
    :meth:`index.search.names.Names.voices_of` understands it. ``asker`` is the same of the one
    whose question is answered: only answers to that one are left.
    """

    since: dt.date | None = None
    until: dt.date | None = None
    body: str | None = None
    speaker: str | None = None
    kind: DocumentKind | None = None
    as_of: dt.date | None = None
    session: str | None = None
    document: DocumentId | None = None
    person: str | None = None
    asker: str | None = None


def passage_id(document: DocumentId, ordinal: int) -> PassageId:
    """Return the id of the ``ordinal``-th passage (from 0) of a document."""
    return PassageId(f"{document_key(document)}-{ordinal:04d}")


def document_key(document: DocumentId) -> str:
    """Return twelve hexadecimal digits that stand for a document where its name would be long."""
    return hashlib.sha256(document.encode()).hexdigest()[:12]


def ordinal_of(passage: Passage) -> int:
    """Return where a passage stands in its document, from 0: what its id was made of."""
    return int(passage.passage_id.rpartition("-")[2])
