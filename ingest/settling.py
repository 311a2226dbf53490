"""What is settled once all files are read: copies, moved files, drafts that are final now.

Links to what is not searched any more lead to what stands for it, and say so.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from index.council.drafts import is_draft
from index.language.text import fold
from index.passage import Document, DocumentId, DocumentKind
from index.store.rows import Known
from index.store.successors import Successor, Why
from index.writer import Writer
from ingest.intake.copies import new_copies
from ingest.intake.file_names import nfc
from ingest.intake.identity import NamedFile
from ingest.intake.scan import FoundFile

SUPERSEDED = "superseded by its final version"
"""Beginning of the warning on a draft whose words are not searched any more."""
_SAME = 0.5
"""Share of a draft's stretches of words that its final version has, at least."""
_STRETCH = 10
_NO_WORD = re.compile(r"[\W_]+")


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


def settle_successors(
    index: Writer,
    documents: Mapping[DocumentId, Document],
    came: Collection[DocumentId],
    went: Mapping[DocumentId, str],
) -> None:
    """Note what stands for what after a run, and take out the words of drafts that are final now.

    ``documents`` are the current ones, ``came`` those that were read in this run, ``went`` those
    that were removed, with the hash of their bytes.
    """
    for document in index.successors().keys() & came:
        index.succeed(document, None)
    by_bytes = {each.content_hash: name for name, each in documents.items() if each.readable}
    for document, digest in went.items():
        if digest in by_bytes:
            index.succeed(document, Successor(by_bytes[digest], Why.MOVED))
    for draft, final in _drafts_and_finals(documents, came):
        if _share(_words(index, draft.document), _words(index, final.document)) >= _SAME:
            _supersede(index, draft, final)


def _drafts_and_finals(
    documents: Mapping[DocumentId, Document], came: Collection[DocumentId]
) -> Iterator[tuple[Document, Document]]:
    """Yield drafts of minutes with a final version of the same sitting, one of which is new."""
    new = {_sitting(documents[name]) for name in came if name in documents} - {None}
    sittings: dict[object, list[Document]] = {}
    for document in documents.values() if new else ():
        if (sitting := _sitting(document)) in new:
            sittings.setdefault(sitting, []).append(document)
    for of_sitting in sittings.values():
        drafts = [document for document in of_sitting if is_draft(document)]
        finals = [document for document in of_sitting if document not in drafts]
        for draft, final in product(drafts, finals):
            if draft.document in came or final.document in came:
                yield draft, final


def _sitting(document: Document) -> tuple[str, dt.date] | None:
    """Return body and day of minutes, where both are known."""
    if document.kind is DocumentKind.MINUTES and document.body and document.date:
        return fold(document.body), document.date
    return None


def _supersede(index: Writer, draft: Document, final: Document) -> None:
    known = index.known()[draft.document]
    warnings = [told for told in draft.warnings if not told.startswith(SUPERSEDED)]
    told = f"{SUPERSEDED} {final.document}: its words are not searched"
    bare = replace(draft, warnings=(told, *warnings))
    index.put([(bare, ())], root=known.root, reader=known.reader)
    index.succeed(draft.document, Successor(final.document, Why.FINAL))


def _words(index: Writer, document: DocumentId) -> frozenset[str]:
    """Return all stretches of ten letters that a document holds."""
    text = "".join(_NO_WORD.sub("", fold(p.text)) for p in index.passages(document))
    return frozenset(text[at : at + _STRETCH] for at in range(len(text) - _STRETCH + 1))


def _share(draft: frozenset[str], final: frozenset[str]) -> float:
    return len(draft & final) / len(draft) if draft else 0.0
