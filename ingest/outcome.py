"""What happened to each file of an ingest, and to all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from index.errors import SourceError
from index.passage import Document, DocumentId, DocumentKind, Passage
from ingest.intake.identity import NamedFile
from ingest.intake.scan import absolute
from ingest.readers.find import FORMATS


class Outcome(StrEnum):
    """What happened to one file."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    UNREADABLE = "not read"
    REMOVED = "removed"
    SAME = "copy"
    """It has the bytes of another document: it is listed there and not read."""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did.

    ``unreadable`` has each document that could not be read, with the reason; the counts are of
    documents. ``passages`` counts those stored in this run, ``warnings`` those on them. ``same``
    counts files with the bytes of another document.
    """

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    removed: int = 0
    unreadable: tuple[tuple[DocumentId, str], ...] = ()
    passages: int = 0
    warnings: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that is being read; ``digest`` is the hash of its bytes."""

    named: NamedFile
    digest: str


@dataclass(frozen=True, slots=True)
class FileResult:
    """One file's outcome; ``passages`` and ``warnings`` count what is stored in this run."""

    named: NamedFile
    outcome: Outcome
    reason: str | None = None
    passages: int = 0
    warnings: int = 0


@dataclass(frozen=True, slots=True)
class UnstoredResult:
    """A file's outcome, and the document and passages to be stored for it."""

    result: FileResult
    document: Document
    passages: tuple[Passage, ...] = ()


def unreadable_document(document: DocumentId, digest: str, why: str) -> Document:
    """Return the entry for a file whose bytes have the hash ``digest`` and could not be read."""
    return Document(
        document,
        Path(document).stem,
        DocumentKind.REPORT,
        digest,
        warnings=(why,),
        readable=False,
    )


def report_of(results: Sequence[FileResult], removed: int) -> IngestReport:
    """Return what was done; ``removed`` documents were forgotten because their files are gone."""
    count = [result.outcome for result in results].count
    return IngestReport(
        added=count(Outcome.ADDED),
        replaced=count(Outcome.REPLACED),
        unchanged=count(Outcome.UNCHANGED),
        removed=removed,
        unreadable=tuple(
            (result.named.document, result.reason or "")
            for result in results
            if result.outcome is Outcome.UNREADABLE
        ),
        passages=sum(result.passages for result in results),
        warnings=sum(result.warnings for result in results),
        same=count(Outcome.SAME),
    )


def check_something_read(
    paths: Sequence[Path], results: Sequence[FileResult], removed: int
) -> None:
    """Raise :class:`SourceError` for a folder in which nothing could be read."""
    for path in paths:
        folder = absolute(path)
        if not folder.is_dir() or removed:
            continue
        below = [result for result in results if result.named.found.path.is_relative_to(folder)]
        if all(result.outcome is Outcome.UNREADABLE for result in below):
            message = f"nothing in {path} could be read: put {FORMATS} files into it"
            raise SourceError(message)
