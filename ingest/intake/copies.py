"""Files with the same bytes under several names: one is the document, the others its copies.

Otherwise every answer would be cited once per copy.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path

from index.passage import Copy, Document, DocumentId
from index.store.rows import Known
from ingest.intake.file_names import nfc
from ingest.intake.identity import NamedFile, location
from ingest.intake.scan import FoundFile, expand_packed, is_file
from ingest.limits import Limits

STALE_TEXT = "the changed file could not be read"
"""Beginning of the warning on a document whose older text is kept."""


@dataclass(frozen=True, slots=True)
class Twin:
    """A file with the same bytes (of the hash ``digest``) as another one."""

    named: NamedFile
    digest: str


@dataclass(slots=True)
class Copies:
    """Which document has which bytes, in the index and in this run.

    ``known`` are the documents before the run. ``gone`` are those removed by it: a copy of one then
    becomes a document of its own. ``stale`` are those whose readers have changed.
    """

    known: Mapping[DocumentId, Known]
    gone: AbstractSet[DocumentId]
    stale: AbstractSet[DocumentId]
    _holders: dict[str, DocumentId] = field(default_factory=dict, init=False)
    _alone: set[str] = field(default_factory=set, init=False)
    """Hashes of what cannot be read: each such file is reported by itself."""

    def __post_init__(self) -> None:
        """Note which bytes are in the index."""
        for document, known in sorted(self.known.items()):
            if known.readable and document not in self.gone:
                self._holders.setdefault(known.content_hash, document)

    def is_current(self, document: DocumentId) -> bool:
        """Say whether what read a document would read it the same way today."""
        return document in self.known and document not in self.stale

    def is_twin(self, named: NamedFile, digest: str) -> bool:
        """Say whether another document has these bytes; otherwise register them for this one."""
        if digest in self._alone:
            return False
        known = self.known.get(named.document)
        if known and known.content_hash == digest and self.is_current(named.document):
            return False
        return self._holders.setdefault(digest, named.document) != named.document

    def settle(
        self, twins: Iterable[Twin], documents: Mapping[DocumentId, Document]
    ) -> tuple[dict[DocumentId, list[NamedFile]], list[FoundFile]]:
        """Return the copies of each document, and the files that must be read themselves.

        ``documents`` are the current ones: the one that had the bytes may have changed in this run,
        or may not have been readable.
        """
        copies: dict[DocumentId, list[NamedFile]] = {}
        unread = []
        twins = list(twins)
        leaving = {twin.named.document for twin in twins}
        for twin in twins:
            holder = self._holders.get(twin.digest)
            document = None if holder is None or holder in leaving else documents.get(holder)
            if document is not None and document.content_hash == twin.digest:
                if _is_current(document):
                    copies.setdefault(document.document, []).append(twin.named)
                    continue
                self._alone.add(twin.digest)
            self._holders.pop(twin.digest, None)
            unread.append(twin.named.found)
        return copies, unread


def is_text_gone(old: Document, documents: Mapping[DocumentId, Document]) -> bool:
    """Say whether the text of a document is no longer among ``documents``."""
    now = documents.get(old.document)
    return now is None or (now.content_hash != old.content_hash and _is_current(now))


def orphan_copies(
    documents: Iterable[Document], found: Sequence[FoundFile], limits: Limits
) -> list[FoundFile]:
    """Return the copies of removed or changed documents that this run would not read."""
    here = {nfc(file.path.as_posix()) for file in found}
    return [
        file
        for document in documents
        for copy in document.copies
        if _place(copy) not in here
        for file in files_of_copy(copy, limits)
    ]


def new_copies(
    document: Document, added: Sequence[NamedFile], gone: Collection[str], here: Collection[str]
) -> tuple[Copy, ...]:
    """Return a document's copies after a run.

    ``added`` were found to have its bytes; ``here`` are the paths of all found files (former copies
    are among them); paths that begin with one of ``gone`` were searched completely.
    """
    kept = {
        copy
        for copy in document.copies
        if _place(copy) not in here and not _place(copy).startswith(tuple(gone))
    }
    kept |= {Copy(named.document, named.root) for named in added}
    return tuple(sorted(kept, key=lambda copy: (copy.name, copy.root)))


def _is_current(document: Document) -> bool:
    """Say whether the document has its current text, not that of an earlier version."""
    return document.readable and not any(text.startswith(STALE_TEXT) for text in document.warnings)


def _place(copy: Copy) -> str:
    return location(DocumentId(copy.name), copy.root)


def files_of_copy(copy: Copy, limits: Limits) -> list[FoundFile]:
    """Return the file of a copy if it still exists; it may be packed in another one."""
    path = Path(copy.root, copy.name)
    file = next((place for place in (path, *path.parents) if is_file(place)), None)
    if file is None:
        return []
    root = Path(copy.root)
    outer = FoundFile(file, root, file.relative_to(root).as_posix())
    return [
        inner
        for inner in expand_packed(outer, limits)
        if inner.fault is None and nfc(inner.path.as_posix()) == _place(copy)
    ]
