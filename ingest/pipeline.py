"""From paths to a published index: scan, read, understand, embed, publish.

One document that cannot be read never stops the others, and nothing is seen by a question before
all of it is stored.
"""

import errno
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from index.errors import ReadingError, SourceError, StorageError
from index.passage import Document, DocumentId, DocumentKind, Passage
from index.rows import Known
from index.writing import Writer
from ingest.archives import Unpacker
from ingest.identity import Named, Names, location
from ingest.naming import nfc
from ingest.progress import Outcome, Progress, Silent
from ingest.readers.find import FORMATS
from ingest.reading import Reading, ReadingHere, VanishedError, content_hash
from ingest.scan import Found, absolute, scan

READER_VERSION = "1"
"""Raise it when readers or parsers change: documents are then read anew."""

KEPT = "the changed file could not be read"
"""How the warning begins on a document whose older text is kept."""

HERE = ReadingHere()

_BATCH = 128
"""Passages that are embedded together, at least: enough for the embedder, little to hold."""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did.

    ``unreadable`` has each document that could not be read, with its reason; the counts are of
    documents. ``passages`` are those put in anew, ``warnings`` those on what was put in.
    """

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    removed: int = 0
    unreadable: tuple[tuple[DocumentId, str], ...] = ()
    passages: int = 0
    warnings: int = 0


@dataclass(frozen=True, slots=True)
class _Result:
    """One file's outcome; ``document`` is there where something is to be stored."""

    named: Named
    outcome: Outcome
    reason: str | None = None
    document: Document | None = None
    passages: tuple[Passage, ...] = ()


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
    _check_something_read(paths, run.results, run.removed)
    return run.report()


@dataclass(slots=True)
class _Run:
    """One run over the files: what is known, what waits to be embedded, what came of each."""

    index: Writer
    progress: Progress
    reading: Reading
    known: Mapping[DocumentId, Known] = field(init=False)
    held: Mapping[DocumentId, Document] = field(init=False)
    names: Names = field(init=False)
    results: list[_Result] = field(default_factory=list)
    waiting: list[_Result] = field(default_factory=list)
    removed: int = 0
    passages: int = 0
    warnings: int = 0

    def __post_init__(self) -> None:
        """Ask the index once what it holds."""
        self.known = dict(self.index.known())
        self.held = dict(self.index.documents())
        self.names = Names(self.known)

    def add_all(self, found: Sequence[Found]) -> None:
        """Read and store the files."""
        with Unpacker(self.reading.limits) as unpacker:
            for file in found:
                self.add(self._read(file, unpacker))
        self.flush()

    def _read(self, found: Found, unpacker: Unpacker) -> _Result:
        """Read one file, unless it is known and unchanged; unpack it where it is in a zip."""
        try:
            if found.fault is not None:
                raise VanishedError(found.fault)
            if found.archive is None or found.entry is None:
                return self._read_at(found.path, found)
            with unpacker.unpacked(found.archive, found.entry) as path:
                return self._read_at(path, found)
        except ReadingError as error:
            return self._unreadable(self.names.of(found, None), "", str(error))

    def _read_at(self, path: Path, found: Found) -> _Result:
        digest = content_hash(path, self.reading.limits)
        named = self.names.of(found, digest)
        known = self.known.get(named.document)
        seen = (digest, READER_VERSION, named.root)
        if known is not None and (known.content_hash, known.reader, known.root) == seen:
            return self._unchanged(named)
        try:
            document, passages = self.reading.read(path, named.document, digest)
        except VanishedError:
            raise
        except ReadingError as error:
            return self._unreadable(named, digest, str(error))
        outcome = Outcome.ADDED if known is None else Outcome.REPLACED
        return _Result(named, outcome, None, document, passages)

    def _unchanged(self, named: Named) -> _Result:
        """Unchanged; that a file could not be read is said every time all the same."""
        held = self.held[named.document]
        kept = [text for text in held.warnings if text.startswith(KEPT)]
        if held.readable and not kept:
            return _Result(named, Outcome.UNCHANGED)
        return _Result(named, Outcome.UNREADABLE, (kept or [*held.warnings, ""])[0])

    def _unreadable(self, named: Named, digest: str, why: str) -> _Result:
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
            return _Result(named, Outcome.UNREADABLE, why, None if same else document)
        told = f"{KEPT}: {why}; the text of its earlier version is kept"
        if not digest:
            return _Result(named, Outcome.UNREADABLE, told)
        warnings = [text for text in held.warnings if not text.startswith(KEPT)]
        document = replace(held, content_hash=digest, warnings=(told, *warnings))
        passages = tuple(self.index.passages(named.document))
        return _Result(named, Outcome.UNREADABLE, told, document, passages)

    def add(self, result: _Result) -> None:
        """Take a result; store what waits once it is worth a batch or belongs to another root."""
        self.results.append(result)
        if result.document is None:
            self.progress.file(result.named.document, result.outcome, result.reason)
            return
        if self.waiting and self.waiting[-1].named.root != result.named.root:
            self.flush()
        self.waiting.append(result)
        if sum(len(waiting.passages) for waiting in self.waiting) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Embed and store what waits."""
        batch, self.waiting = self.waiting, []
        if not batch:
            return
        documents = [(r.document, r.passages) for r in batch if r.document is not None]
        self.index.put(documents, root=batch[0].named.root, reader=READER_VERSION)
        for result, (document, passages) in zip(batch, documents, strict=True):
            if result.outcome is not Outcome.UNREADABLE:
                self.passages += len(passages)
                self.warnings += len(document.warnings)
            self.progress.file(document.document, result.outcome, result.reason)

    def drop_mended(self, found: Sequence[Found]) -> None:
        """Remove what stood for a zip that could not be opened and now can."""
        opened = {file.archive for file in found if file.archive is not None}
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

    def report(self) -> IngestReport:
        """Return what was done."""
        count = [result.outcome for result in self.results].count
        return IngestReport(
            added=count(Outcome.ADDED),
            replaced=count(Outcome.REPLACED),
            unchanged=count(Outcome.UNCHANGED),
            removed=self.removed,
            unreadable=tuple(
                (result.named.document, result.reason or "")
                for result in self.results
                if result.outcome is Outcome.UNREADABLE
            ),
            passages=self.passages,
            warnings=self.warnings,
        )


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


def _check_something_read(paths: Sequence[Path], results: Sequence[_Result], removed: int) -> None:
    for path in paths:
        folder = absolute(path)
        if not folder.is_dir() or removed:
            continue
        below = [result for result in results if result.named.found.path.is_relative_to(folder)]
        if all(result.outcome is Outcome.UNREADABLE for result in below):
            message = f"nothing in {path} could be read: put {FORMATS} files into it"
            raise SourceError(message)
