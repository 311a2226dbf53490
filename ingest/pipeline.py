"""From paths to a published index: scan, read, understand, embed, publish.

One document that cannot be read never stops the others, and nothing is seen by a question before
all of it is stored.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from index.errors import ReadingError
from index.passage import Document, DocumentId, DocumentKind
from index.store.rows import Known
from index.writer import Writer
from ingest.faults import VanishedError, told_when_full
from ingest.intake.archives import Unpacker
from ingest.intake.content import content_hash, unpacked
from ingest.intake.copies import KEPT, Copies, Twin, copies_now, has_gone, orphans
from ingest.intake.file_names import nfc, shown
from ingest.intake.identity import Named, Names, location
from ingest.intake.retry import can_be_read_now
from ingest.intake.scan import Found, absolute, scan
from ingest.isolation.in_process import Reading, ReadingHere
from ingest.isolation.read_ahead import Job, ReadingAhead, in_order
from ingest.isolation.worker_handle import Understood
from ingest.outcome import IngestReport, Outcome, Result, Unstored, check_something_read, report_of
from ingest.progress import Progress, Silent

READER_VERSION = "6"
"""Raise it when readers or parsers change: documents are then read anew."""

HERE = ReadingHere()

_BATCH = 128
"""Passages that are embedded together, at least: enough for the embedder, little to hold."""


@dataclass(frozen=True, slots=True)
class _Unread:
    """A file that is being read; ``digest`` is the hash of its bytes."""

    named: Named
    digest: str


_Begun = Result | Unstored | Twin | _Unread
"""A file whose outcome is certain before it is read, or one that is being read."""


def ingest(
    paths: Sequence[Path | Found],
    *,
    index: Writer,
    prune: bool = False,
    progress: Progress | None = None,
    reading: Reading = HERE,
) -> IngestReport:
    """Bring the index up to date with the files at and below ``paths`` and publish it.

    ``prune`` removes the documents of these folders whose files are gone. ``reading`` says
    where files are read and within which limits: in this process, or apart from it
    (:mod:`ingest.isolation.worker_pool`), where one that takes for ever or all memory does no harm.
    A file that was found already (:mod:`ingest.intake.fetching`) may stand among the paths.

    Raises :class:`SourceError` for a path that does not exist (before anything is done) and for a
    folder in which nothing could be read (after the rest was published), and
    :class:`StorageError` where the disk is full: what was published before is then unchanged.
    """
    fetched = [path for path in paths if isinstance(path, Found)]
    places = [path for path in paths if isinstance(path, Path)]
    found = [*fetched, *scan(places, reading.limits)]
    cleared = tuple(f"{nfc(absolute(path).as_posix())}/" for path in places) if prune else ()
    run = _Run(index, progress or Silent(), reading, found, cleared)
    run.progress.start(len(found))
    try:
        with told_when_full():
            run.add_all()
            run.drop_mended()
            run.prune()
            run.note_copies()
            index.publish()
    finally:
        run.progress.finish()
    check_something_read(places, run.results, run.removed)
    return report_of(run.results, run.removed)


@dataclass(slots=True)
class _Run:
    """One run over the files: what is known, what waits to be embedded, what came of each.

    ``cleared`` begin the paths of the documents that go where their file was not ``found``.
    """

    index: Writer
    progress: Progress
    reading: Reading
    found: Sequence[Found]
    cleared: tuple[str, ...]
    known: Mapping[DocumentId, Known] = field(init=False)
    held: dict[DocumentId, Document] = field(init=False)
    names: Names = field(init=False)
    gone: frozenset[DocumentId] = field(init=False)
    copies: Copies = field(init=False)
    twins: list[Twin] = field(default_factory=list)
    copied: dict[DocumentId, list[Named]] = field(default_factory=dict)
    results: list[Result] = field(default_factory=list)
    waiting: list[Unstored] = field(default_factory=list)
    removed: int = 0

    def __post_init__(self) -> None:
        """Ask the index once what it holds."""
        self.known = dict(self.index.known())
        self.held = dict(self.index.documents())
        self.names = Names(self.known)
        self.gone = frozenset(self._gone())
        self.copies = Copies(self.known, self.gone, READER_VERSION)

    def add_all(self) -> None:
        """Read and store the files; of those that are the same, one."""
        before = dict(self.held)
        limits = self.reading.limits
        left = [*self.found, *orphans((before[name] for name in self.gone), self.found, limits)]
        with Unpacker(limits) as unpacker, ReadingAhead(self.reading) as ahead:
            while left:
                in_order(left, partial(self._begin, unpacker, ahead), self._end)
                self.flush()
                left = self._settle()
                changed = [name for name in before if has_gone(before[name], self.held)]
                left += orphans((before.pop(name) for name in changed), self.found, limits)

    def _settle(self) -> list[Found]:
        """Tell of files that are copies; return those of which this was not sure, and is not so."""
        twins, self.twins = self.twins, []
        copies, left = self.copies.settle(twins, self.held)
        for document, copied in copies.items():
            listed = {(copy.name, copy.root) for copy in self.held[document].copies}
            for named in copied:
                is_old = (named.document, named.root) in listed
                self._drop(named.document)
                why = f"its content is that of {shown(document)}"
                result = Result(named, Outcome.UNCHANGED)
                self._tell(result if is_old else replace(result, outcome=Outcome.SAME, reason=why))
            self.copied.setdefault(document, []).extend(copied)
        return left

    def _drop(self, document: DocumentId) -> None:
        """Take out what a file was before it became a copy."""
        if self.held.pop(document, None) is not None:
            self.index.remove([document])

    def _begin(self, unpacker: Unpacker, ahead: ReadingAhead, found: Found) -> Job[_Begun]:
        """Begin to read a file, unless it is known and unchanged; unpack it where it is packed."""
        held = ExitStack()
        try:
            if found.fault is not None:
                raise VanishedError(found.fault)
            path = unpacked(found, unpacker, held)
            digest = content_hash(path, self.reading.limits)
        except ReadingError as error:
            held.close()
            return Job(self._unreadable(self.names.of(found, None), "", str(error)))
        named = self.names.of(found, digest)
        known = self.known.get(named.document)
        seen = (digest, READER_VERSION, named.root)
        same = known is not None and (known.content_hash, known.reader, known.root) == seen
        if same and not can_be_read_now(self.held[named.document]):
            held.close()
            return Job(self._unchanged(named))
        if self.copies.is_twin(named, digest):
            held.close()
            return Job(Twin(named, digest))
        return ahead.begin(_Unread(named, digest), path, named.document, digest, held)

    def _end(self, job: Job[_Begun]) -> None:
        """Take what was read of a file."""
        if isinstance(job.about, Twin):
            self.twins.append(job.about)
        elif not isinstance(job.about, _Unread):
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
            self.held[unstored.document.document] = unstored.document
            self._tell(unstored.result)

    def _tell(self, result: Result) -> None:
        self.results.append(result)
        self.progress.file(result.named.document, result.outcome, result.reason)

    def drop_mended(self) -> None:
        """Remove what stood for a zip that could not be opened and now can."""
        opened = {file.archive for file in self.found if file.archive is not None}
        opened -= {file.path for file in self.found}  # a message is a document, too
        for path in sorted(opened):
            document = self.names.known_at(path)
            if document is not None:
                self._drop(document)

    def prune(self) -> None:
        """Remove the documents whose files are gone."""
        moved = {result.named.document for result in self.results}
        gone = sorted(self.gone - moved)
        for document in gone:
            self._drop(document)
            self.progress.file(document, Outcome.REMOVED)
        self.removed = len(gone)

    def note_copies(self) -> None:
        """List with each document which files are copies of it."""
        here = {nfc(file.path.as_posix()) for file in self.found}
        known = self.index.known()
        for document in list(self.held.values()):
            copied = self.copied.get(document.document, [])
            copies = copies_now(document, copied, self.cleared, here)
            if copies != document.copies:
                listed = replace(document, copies=copies), self.index.passages(document.document)
                about = known[document.document]
                self.index.put([listed], root=about.root, reader=about.reader)

    def _gone(self) -> Iterator[DocumentId]:
        here = {nfc(file.path.as_posix()) for file in self.found}
        shut = tuple(f"{nfc(file.path.as_posix())}/" for file in self.found if file.fault)
        for document, known in self.known.items():
            path = location(document, known.root)
            if path.startswith(self.cleared) and path not in here and not path.startswith(shut):
                yield document
