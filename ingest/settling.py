"""What is settled once all files are read: copies, moved files, drafts to be read again.

Links to what is not searched any more lead to what stands for it, and say so.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from index.passage import Document, DocumentId
from index.store.rows import Known
from index.store.successors import Successor, Why
from index.writer import Writer
from ingest.intake.copies import new_copies
from ingest.intake.file_names import nfc
from ingest.intake.identity import NamedFile
from ingest.intake.scan import FoundFile


def drafts_to_read_again(
    known: Mapping[DocumentId, Known],
    gone: Collection[DocumentId],
    successors: Mapping[DocumentId, Successor],
) -> Iterator[DocumentId]:
    """Yield the drafts whose final version is no longer there."""
    for document, successor in successors.items():
        final = successor.document
        if (
            successor.why is Why.FINAL
            and document in known
            and (final not in known or final in gone)
        ):
            yield document


def list_copies(
    index: Writer,
    documents: Mapping[DocumentId, Document],
    copied: Mapping[DocumentId, Sequence[NamedFile]],
    searched: tuple[tuple[str, ...], Sequence[FoundFile]],
) -> None:
    """Store with each document which files are copies of it.

    ``searched`` are the folders that were searched completely, and the files found.
    """
    cleared, found = searched
    here = {nfc(file.path.as_posix()) for file in found}
    known = index.known()
    for document in list(documents.values()):
        copies = new_copies(document, copied.get(document.document, []), cleared, here)
        if copies != document.copies:
            listed = replace(document, copies=copies), index.passages(document.document)
            about = known[document.document]
            index.put([listed], root=about.root, reader=about.reader)


def settle_moved(
    index: Writer, documents: Mapping[DocumentId, Document], went: Mapping[DocumentId, str]
) -> None:
    """Note under which names the files go on that were removed under theirs.

    ``documents`` are the current ones, ``went`` those that were removed, with the hash of their
    bytes.
    """
    by_bytes = {each.content_hash: name for name, each in documents.items() if each.readable}
    for document, digest in went.items():
        if digest in by_bytes:
            index.succeed(document, Successor(by_bytes[digest], Why.MOVED))
