"""From paths to a published index: scan, read, understand, embed, publish.

One document that cannot be read never stops the others, and nothing is seen by a question before
all of it is stored.
"""

import errno
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from index.errors import ReadingError, StorageError
from index.passage import Document, DocumentId, DocumentKind
from index.rows import Known
from index.writing import Writer
from ingest.archives import Unpacker
from ingest.identity import Named, Names, location
from ingest.naming import nfc
from ingest.outcome import (
    IngestReport,
    Outcome,
    Result,
    Unstored,
    check_something_read,
    report_of,
)
from ingest.progress import Progress, Silent
from ingest.reading import Reading, ReadingHere, VanishedError, content_hash
from ingest.reading_ahead import Job, ReadingAhead, in_order
from ingest.reading_process import Understood
from ingest.scan import Found, absolute, scan

READER_VERSION = "1"
"""Raise it when readers or parsers change: documents are then read anew."""

KEPT = "the changed file could not be read"
"""How the warning begins on a document whose older text is kept."""

HERE = ReadingHere()

_BATCH = 128
"""Passages that are embedded together, at least: enough for the embedder, little to hold."""


@dataclass(frozen=True, slots=True)
class _Unread:
    """A file that is being read; ``digest`` is the hash of its bytes."""

    named: Named
    digest: str


_Begun = Result | Unstored | _Unread
"""A file whose outcome is certain before it is read, or one that is being read."""


def ingest(
    paths: Sequence[Path],
    *,
    index: Writer,
    prune: bool = False,
    progress: Progress | None = None,
    reading: Reading = HERE,
) -> IngestReport:
    """Bring the index up to date with the files at and below ``paths`` and publish it.

    ``prune`` removes the documents of these folders whose files are gone. ``reading`` says
    where files are read and within which limits: in this process, or apart from it
    (:mod:`ingest.reading_apart`), where one that takes for ever or all memory does no harm.

    Raises :class:`SourceError` for a path that does not exist (before anything is done) and for a
    folder in which nothing could be read (after the rest was published), and
    :class:`StorageError` where the disk is full: what was published before is then unchanged.
    """
    found = scan(paths, reading.limits)
    run = _Run(index, progress or Silent(), reading)
    run.progress.start(len(found))
    try:
        with _told_when_full():
            run.add_all(found)
            run.drop_mended(found)
            if prune:
                run.prune(paths, found)
            index.publish()
    finally:
        run.progress.finish()
    check_something_read(paths, run.results, run.removed)
    return report_of(run.results, run.removed)


@dataclass(slots=True)
class _Run:
    """One run over the files: what is known, what waits to be embedded, what came of each."""

    index: Writer
    progress: Progress
    reading: Reading
    known: Mapping[DocumentId, Known] = field(init=False)
    held: Mapping[DocumentId, Document] = field(init=False)
    names: Names = field(init=False)
    results: list[Result] = field(default_factory=list)
    waiting: list[Unstored] = field(default_factory=list)
    removed: int = 0

    def __post_init__(self) -> None:
        """Ask the index once what it holds."""
        self.known = dict(self.index.known())
        self.held = dict(self.index.documents())
        self.names = Names(self.known)

    def add_all(self, found: Sequence[Found]) -> None:
        """Read and store the files."""
        with Unpacker(self.reading.limits) as unpacker, ReadingAhead(self.reading) as ahead:
            in_order(found, partial(self._begin, unpacker, ahead), self._end)
        self.flush()

    def _begin(self, unpacker: Unpacker, ahead: ReadingAhead, found: Found) -> Job[_Begun]:
        """Begin to read a file, unless it is known and unchanged; unpack it where it is packed."""
        held = ExitStack()
        try:
            if found.fault is not None:
                raise VanishedError(found.fault)
            path = found.path
            if found.archive is not None and found.entry is not None:
                path = held.enter_context(unpacker.unpacked(found.archive, found.entry))
            digest = content_hash(path, self.reading.limits)
        except ReadingError as error:
            held.close()
            return Job(self._unreadable(self.names.of(found, None), "", str(error)))
        named = self.names.of(found, digest)
        known = self.known.get(named.document)
        seen = (digest, READER_VERSION, named.root)
        if known is not None and (known.content_hash, known.reader, known.root) == seen:
            held.close()
            return Job(self._unchanged(named))
        return ahead.begin(_Unread(named, digest), path, named.document, digest, held)

    def _end(self, job: Job[_Begun]) -> None:
        """Take what was read of a file."""
        if not isinstance(job.about, _Unread):
            self.add(job.about)
        elif job.reading is not None:
            self.add(self._read(job.about, job.reading))

    def _read(self, unread: _Unread, reading: "Future[Understood]") -> Result | Unstored:
        named = unread.named
        try:
            document, passages = reading.result()
        except VanishedError as error:
            return self._unreadable(self.names.of(named.found, None), "", str(error))
        except ReadingError as error:
            return self._unreadable(named, unread.digest, str(error))
        outcome = Outcome.REPLACED if named.document in self.known else Outcome.ADDED
        counts = (len(passages), len(document.warnings))
        return Unstored(Result(named, outcome, None, *counts), document, passages)

    def _unchanged(self, named: Named) -> Result:
        """Unchanged; that a file could not be read is said every time all the same."""
        held = self.held[named.document]
        kept = [text for text in held.warnings if text.startswith(KEPT)]
        if held.readable and not kept:
            return Result(named, Outcome.UNCHANGED)
        return Result(named, Outcome.UNREADABLE, (kept or [*held.warnings, ""])[0])

    def _unreadable(self, named: Named, digest: str, why: str) -> Result | Unstored:
        """Keep what was read before, if anything was; else note the document and its fault.

        ``digest`` is empty where the bytes could not be had: the next run tries again.
        """
        held = self.held.get(named.document)
        if held is None or not held.readable:
            title = Path(named.document).stem
            document = Document(
                named.document,
                title,
                DocumentKind.REPORT,
                digest,
                warnings=(why,),
                readable=False,
            )
            same = held is not None and (held.content_hash, held.warnings) == (digest, (why,))
            result = Result(named, Outcome.UNREADABLE, why)
            return result if same else Unstored(result, document)
        told = f"{KEPT}: {why}; the text of its earlier version is kept"
        if not digest:
            return Result(named, Outcome.UNREADABLE, told)
        warnings = [text for text in held.warnings if not text.startswith(KEPT)]
        document = replace(held, content_hash=digest, warnings=(told, *warnings))
        passages = tuple(self.index.passages(named.document))
        return Unstored(Result(named, Outcome.UNREADABLE, told), document, passages)

    def add(self, outcome: Result | Unstored) -> None:
        """Take an outcome; store what waits once it is worth a batch or belongs to another root."""
        if isinstance(outcome, Result):
            self._tell(outcome)
            return
        if self.waiting and self.waiting[-1].result.named.root != outcome.result.named.root:
            self.flush()
        self.waiting.append(outcome)
        if sum(len(waiting.passages) for waiting in self.waiting) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Embed and store what waits."""
        batch, self.waiting = self.waiting, []
        if not batch:
            return
        documents = [(unstored.document, unstored.passages) for unstored in batch]
        self.index.put(documents, root=batch[0].result.named.root, reader=READER_VERSION)
        for unstored in batch:
            self._tell(unstored.result)

    def _tell(self, result: Result) -> None:
        self.results.append(result)
        self.progress.file(result.named.document, result.outcome, result.reason)

    def drop_mended(self, found: Sequence[Found]) -> None:
        """Remove what stood for a zip that could not be opened and now can."""
        opened = {file.archive for file in found if file.archive is not None}
        opened -= {file.path for file in found}  # a message is a document beside what is in it
        mended = [self.names.known_at(path) for path in sorted(opened)]
        self.index.remove([document for document in mended if document is not None])

    def prune(self, paths: Sequence[Path], found: Sequence[Found]) -> None:
        """Remove the documents below the folders of ``paths`` whose files are gone."""
        here = {nfc(file.path.as_posix()) for file in found}
        closed = [f"{nfc(file.path.as_posix())}/" for file in found if file.fault]
        folders = [f"{nfc(absolute(path).as_posix())}/" for path in paths]
        gone = []
        for document, known in self.known.items():
            path = location(document, known.root)
            below = any(path.startswith(folder) for folder in folders)
            if below and path not in here and not any(path.startswith(shut) for shut in closed):
                gone.append(document)
        moved = {result.named.document for result in self.results}
        gone = [document for document in gone if document not in moved]
        if gone:
            self.index.remove(gone)
        self.removed = len(gone)
        for document in gone:
            self.progress.file(document, Outcome.REMOVED)


@contextmanager
def _told_when_full() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise
        message = (
            "the disk is full: free space where the data folder (KIROKU_DATA) and the temporary "
            "files are, and run ingest again; what was there before is unchanged"
        )
        raise StorageError(message) from error
