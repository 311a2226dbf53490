"""Names of files: relative to the ingested folder, and unique."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.passage import DocumentId
from index.store.rows import Known
from ingest.intake.file_names import nfc
from ingest.intake.scan import FoundFile, is_file


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file with its id. ``root`` is the folder to which the id is relative."""

    document: DocumentId
    root: str
    found: FoundFile


def location(document: DocumentId, root: str) -> str:
    """Return the absolute path (NFC) at which a known document was read."""
    return nfc((Path(root) / document).as_posix())


def missing_documents(
    known: Mapping[DocumentId, Known], found: Sequence[FoundFile], cleared: tuple[str, ...]
) -> Iterator[DocumentId]:
    """Yield the known documents whose files are gone; their paths begin with one of ``cleared``."""
    here = {nfc(file.path.as_posix()) for file in found}
    unopened = tuple(f"{nfc(file.path.as_posix())}/" for file in found if file.fault)
    for document, entry in known.items():
        path = location(document, entry.root)
        if path.startswith(cleared) and path not in here and not path.startswith(unopened):
            yield document


@dataclass(slots=True)
class Names:
    """The names given so far, in the index and in this run."""

    known: Mapping[DocumentId, Known]
    _by_path: dict[str, DocumentId] = field(default_factory=dict)
    _taken: dict[DocumentId, str] = field(default_factory=dict)
    _given: dict[str, NamedFile] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look up the index's names by path as well."""
        for document, known in self.known.items():
            path = location(document, known.root)
            self._by_path[path] = document
            self._taken[document] = path

    def of(self, found: FoundFile, content_hash: str | None) -> NamedFile:
        """Return the file's name.

        A path that is known, or was named in this run, keeps its name. A name that is taken is
        prefixed with the name of the root folder, unless the other file is gone and had this
        content: then it has moved.
        """
        path = nfc(found.path.as_posix())
        if path in self._given:
            return self._given[path]
        document = self._by_path.get(path)
        if document is not None and document in self.known:
            return NamedFile(document, self.known[document].root, found)
        named = self._given[path] = self._free(found, content_hash)
        self._by_path[path] = named.document
        self._taken[named.document] = path
        return named

    def known_at(self, path: Path) -> DocumentId | None:
        """Return the document in the index for the file at ``path``."""
        document = self._by_path.get(nfc(path.as_posix()))
        return document if document in self.known else None

    def _free(self, found: FoundFile, content_hash: str | None) -> NamedFile:
        root, name = found.root, found.name
        while not self._is_free(DocumentId(name), content_hash) and root.name:
            name, root = f"{nfc(root.name)}/{name}", root.parent
        return NamedFile(DocumentId(name), nfc(root.as_posix()), found)

    def _is_free(self, document: DocumentId, content_hash: str | None) -> bool:
        if document not in self._taken:
            return True
        known = self.known.get(document)
        same = known is not None and known.content_hash == content_hash
        return same and not _exists(Path(self._taken[document]))


def _exists(path: Path) -> bool:
    """Say whether there is a file, or a zip in which it may still be."""
    return any(is_file(place) for place in (path, *path.parents))
