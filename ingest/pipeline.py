"""From paths to a published index: scan, read, understand, embed, publish.

A document that cannot be read never stops the others, and questions see nothing until everything
is stored.
"""

from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from index.errors import ReadingError
from index.passage import Document, DocumentId
from index.store.rows import Known
from index.writer import Writer
from ingest.faults import VanishedError, storage_error_if_full
from ingest.final_versions import settle_drafts
from ingest.intake.archives import Unpacker
from ingest.intake.content import content_hash, unpack
from ingest.intake.copies import STALE_TEXT, Copies, Twin, is_text_gone, orphan_copies
from ingest.intake.file_names import nfc, printable_name
from ingest.intake.identity import NamedFile, Names, missing_documents
from ingest.intake.retry import can_be_read_now
from ingest.intake.scan import FoundFile, absolute, scan
from ingest.intake.unattended import Unattended
from ingest.isolation.in_process import FileReader, InProcessReader
from ingest.isolation.read_ahead import Job, ReadAhead, run_in_order
from ingest.isolation.worker_handle import DocumentAndPassages
from ingest.outcome import (
    FileResult,
    IngestReport,
    Outcome,
    Unread,
    UnstoredResult,
    check_something_read,
    report_of,
    unreadable_document,
)
from ingest.progress import NoProgress, Progress
from ingest.reader_versions import version_of
from ingest.settling import drafts_to_read_again, list_copies, settle_moved

IN_PROCESS = InProcessReader()

_BATCH = 128
"""Passages that are embedded together, at least: enough for the embedder, little memory."""


_Begun = FileResult | UnstoredResult | Twin | Unread
"""A file whose outcome is known without reading it, or one that is being read."""


def ingest(  # noqa: PLR0913  each is an option of the command
    paths: Sequence[Path | FoundFile],
    *,
    index: Writer,
    prune: bool = False,
    progress: Progress | None = None,
    reading: FileReader = IN_PROCESS,
    unattended: Unattended | None = None,
) -> IngestReport:
    """Bring the index up to date with the files at and below ``paths`` and publish it.

    ``prune`` removes the documents of these folders whose files are gone. ``reading`` says
    where files are read and within which limits: in this process, or in separate ones
    (:mod:`ingest.isolation.worker_pool`), where a file that takes all time or memory does no harm.
    Files found already (:mod:`ingest.intake.fetching`) may be among the paths. ``unattended`` says
    what is minded where nobody looks on; it raises before anything is done.

    Raises :class:`SourceError` for a path that does not exist (before anything is done) and for a
    folder in which nothing could be read (after the rest was published), and
    :class:`StorageError` where the disk is full: what was published before is then unchanged.
    """
    fetched = [path for path in paths if isinstance(path, FoundFile)]
    places = [path for path in paths if isinstance(path, Path)]
    found = [*fetched, *scan(places, reading.limits)]
    cleared = tuple(f"{nfc(absolute(path).as_posix())}/" for path in places) if prune else ()
    ready, left = unattended.sorted_out(found) if unattended else (found, [])
    run = _Run(index, progress or NoProgress(), reading, ready, cleared, left)
    if unattended:
        unattended.check_gone(run.gone, run.known, cleared)
    run.progress.start(len(ready))
    try:
        with storage_error_if_full():
            run.add_all()
            run.drop_repaired_archives()
            final = settle_drafts(index, run.documents, run.came, run.to_remove())
            run.documents.update(final)
            run.prune()
            list_copies(index, run.documents, run.copied, (run.cleared, [*found, *left]))
            settle_moved(index, run.documents, run.went)
            index.publish()
    finally:
        run.progress.finish()
    if not left:
        check_something_read(places, run.results, len(run.went))
    return report_of(run.results, len(run.went))


@dataclass(slots=True)
class _Run:
    """One run over the files: what is known, what waits to be embedded, and the results.

    Documents whose paths begin with one of ``cleared`` are removed if their file was neither
    ``found`` nor is ``left`` alone for now.
    """

    index: Writer
    progress: Progress
    reading: FileReader
    found: Sequence[FoundFile]
    cleared: tuple[str, ...]
    left: Sequence[FoundFile]
    known: dict[DocumentId, Known] = field(init=False)
    documents: dict[DocumentId, Document] = field(init=False)
    names: Names = field(init=False)
    gone: frozenset[DocumentId] = field(init=False)
    copies: Copies = field(init=False)
    twins: list[Twin] = field(default_factory=list)
    copied: dict[DocumentId, list[NamedFile]] = field(default_factory=dict)
    results: list[FileResult] = field(default_factory=list)
    waiting: list[UnstoredResult] = field(default_factory=list)
    came: set[DocumentId] = field(default_factory=set)
    went: dict[DocumentId, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Ask the index once what is in it."""
        self.known = dict(self.index.known())
        self.documents = dict(self.index.documents())
        self.names = Names(self.known)
        here = [*self.found, *self.left]
        self.gone = frozenset(missing_documents(self.known, here, self.cleared))
        for draft in drafts_to_read_again(self.known, self.gone, self.index.successors()):
            self.known[draft] = replace(self.known[draft], reader="")
        stale = {name for name, known in self.known.items() if not self._is_current(name, known)}
        self.copies = Copies(self.known, self.gone, stale)

    def _is_current(self, name: DocumentId, known: Known) -> bool:
        return known.reader == version_of(self.documents[name])

    def add_all(self) -> None:
        """Read and store the files; of identical ones, one."""
        before = dict(self.documents)
        limits = self.reading.limits
        left = [
            *self.found,
            *orphan_copies((before[name] for name in self.gone), self.found, limits),
        ]
        with Unpacker(limits) as unpacker, ReadAhead(self.reading) as ahead:
            while left:
                run_in_order(left, partial(self._begin, unpacker, ahead), self._end)
                self.flush()
                left = self._settle()
                changed = [name for name in before if is_text_gone(before[name], self.documents)]
                left += orphan_copies((before.pop(name) for name in changed), self.found, limits)

    def _settle(self) -> list[FoundFile]:
        """Report files that are copies; return those that turned out not to be."""
        twins, self.twins = self.twins, []
        copies, left = self.copies.settle(twins, self.documents)
        for document, copied in copies.items():
            listed = {(copy.name, copy.root) for copy in self.documents[document].copies}
            for named in copied:
                is_old = (named.document, named.root) in listed
                self._drop(named.document)
                why = f"its content is that of {printable_name(document)}"
                result = FileResult(named, Outcome.UNCHANGED)
                self._record(
                    result if is_old else replace(result, outcome=Outcome.SAME, reason=why)
                )
            self.copied.setdefault(document, []).extend(copied)
        return left

    def _drop(self, document: DocumentId) -> None:
        """Remove the document of a file that has become a copy."""
        if self.documents.pop(document, None) is not None:
            self.index.remove([document])

    def _begin(self, unpacker: Unpacker, ahead: ReadAhead, found: FoundFile) -> Job[_Begun]:
        """Begin to read a file, unless it is known and unchanged; unpack it if it is packed."""
        opened = ExitStack()
        try:
            if found.fault is not None:
                raise VanishedError(found.fault)
            path = unpack(found, unpacker, opened)
            digest = content_hash(path, self.reading.limits)
        except ReadingError as error:
            opened.close()
            return Job(self._unreadable(self.names.of(found, None), "", str(error)))
        named = self.names.of(found, digest)
        known = self.known.get(named.document)
        same = known is not None and (known.content_hash, known.root) == (digest, named.root)
        same = same and self.copies.is_current(named.document)
        if same and not can_be_read_now(self.documents[named.document]):
            opened.close()
            return Job(self._unchanged(named))
        if self.copies.is_twin(named, digest):
            opened.close()
            return Job(Twin(named, digest))
        return ahead.begin(Unread(named, digest), path, named.document, digest, opened)

    def _end(self, job: Job[_Begun]) -> None:
        """Take the result of reading a file."""
        if isinstance(job.about, Twin):
            self.twins.append(job.about)
        elif not isinstance(job.about, Unread):
            self.add(job.about)
        elif job.reading is not None:
            self.add(self._read(job.about, job.reading))

    def _read(
        self, unread: Unread, reading: "Future[DocumentAndPassages]"
    ) -> FileResult | UnstoredResult:
        named = unread.named
        try:
            document, passages = reading.result()
        except VanishedError as error:
            return self._unreadable(self.names.of(named.found, None), "", str(error))
        except ReadingError as error:
            return self._unreadable(named, unread.digest, str(error))
        outcome = Outcome.REPLACED if named.document in self.known else Outcome.ADDED
        result = FileResult(named, outcome, None, len(passages), len(document.warnings))
        return UnstoredResult(result, document, passages)

    def _unchanged(self, named: NamedFile) -> FileResult:
        """Report a file as unchanged, or again as unreadable."""
        document = self.documents[named.document]
        kept = [text for text in document.warnings if text.startswith(STALE_TEXT)]
        if document.readable and not kept:
            return FileResult(named, Outcome.UNCHANGED)
        return FileResult(named, Outcome.UNREADABLE, (kept or [*document.warnings, ""])[0])

    def _unreadable(self, named: NamedFile, digest: str, why: str) -> FileResult | UnstoredResult:
        """Keep what was read before, if anything; otherwise store the document with its fault.

        ``digest`` is empty if the bytes could not be read: the next run tries again.
        """
        before = self.documents.get(named.document)
        if before is None or not before.readable:
            document = unreadable_document(named.document, digest, why)
            same = before is not None and (before.content_hash, before.warnings) == (digest, (why,))
            result = FileResult(named, Outcome.UNREADABLE, why)
            return result if same else UnstoredResult(result, document)
        told = f"{STALE_TEXT}: {why}; the text of its earlier version is kept"
        if not digest:
            return FileResult(named, Outcome.UNREADABLE, told)
        warnings = [text for text in before.warnings if not text.startswith(STALE_TEXT)]
        document = replace(before, content_hash=digest, warnings=(told, *warnings))
        passages = tuple(self.index.passages(named.document))
        return UnstoredResult(FileResult(named, Outcome.UNREADABLE, told), document, passages)

    def add(self, outcome: FileResult | UnstoredResult) -> None:
        """Take an outcome; store what waits once it fills a batch or the root changes."""
        if isinstance(outcome, FileResult):
            self._record(outcome)
            return
        if self.waiting and self.waiting[-1].result.named.root != outcome.result.named.root:
            self.flush()
        self.waiting.append(outcome)
        if sum(len(waiting.passages) for waiting in self.waiting) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Embed and store what is waiting."""
        batch, self.waiting = self.waiting, []
        if not batch:
            return
        documents = [(unstored.document, unstored.passages) for unstored in batch]
        self.index.put(documents, root=batch[0].result.named.root, reader=version_of)
        for unstored in batch:
            self.documents[unstored.document.document] = unstored.document
            self.came.add(unstored.document.document)
            self._record(unstored.result)

    def _record(self, result: FileResult) -> None:
        self.results.append(result)
        self.progress.file(result.named.document, result.outcome, result.reason)

    def drop_repaired_archives(self) -> None:
        """Remove the entries of zips that could not be opened before and now can."""
        opened = {file.archive for file in self.found if file.archive is not None}
        opened -= {file.path for file in self.found}  # a message is a document, too
        for path in sorted(opened):
            document = self.names.known_at(path)
            if document is not None:
                self._drop(document)

    def to_remove(self) -> Sequence[DocumentId]:
        """Return the documents whose files are gone, and that have no other file now."""
        return sorted(self.gone - {result.named.document for result in self.results})

    def prune(self) -> None:
        """Remove the documents whose files are gone."""
        for document in self.to_remove():
            self.went[document] = self.known[document].content_hash
            self._drop(document)
            self.progress.file(document, Outcome.REMOVED)
