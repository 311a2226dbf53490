"""A generation: the files built from the store that a search reads, and their manifest.

``<data>/generations/<collection>/<number>/`` holds ``dense.faiss``, three lexical indexes
(``words``, ``pairs``, ``context``), a few columns as NumPy arrays (one value a passage, in order of
position) and ``manifest.json``. All of it can be built again from the store at any time.
"""

import datetime as dt
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import cues, dense, lexical
from index.errors import IndexDamagedError, StorageError
from index.passage import Collection, Document, DocumentId, Passage, PassageId, PassageKind
from index.record import Role
from index.store import Store
from index.tokens import pairs, words

FORMAT = 4
MANIFEST = "manifest.json"
REBUILD = "`kiroku ingest --rebuild`"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made of. ``dimension`` is that of the vectors."""

    format: int
    collection: str
    generation: int
    embedder: str
    dimension: int
    documents: int
    passages: int
    made: str


@dataclass(frozen=True, slots=True)
class Columns:
    """One value a passage, in order of position, memory-mapped.

    ``row``: its row in the store. ``document``: index into ``documents``. ``partner``: position of
    the question passage that it answers, −1 without. ``speaker``: index into ``speakers``, −1
    without. ``kind``: index into ``list(PassageKind)``. ``cues``: the mask of :mod:`index.cues`.
    ``length``: characters. ``role``: index into ``list(Role)``, −1 without. ``turn``: number of the
    speaker turn, counted through all documents, −1 outside of speech.

    ``asked``: number of the turn that the passage answers, −1 without; ``answering``: the positions
    of those that answer any, in order of ``asked``, so that the answers to a turn are found fast.
    """

    row: NDArray[np.int64]
    document: NDArray[np.int32]
    partner: NDArray[np.int32]
    speaker: NDArray[np.int32]
    kind: NDArray[np.int8]
    cues: NDArray[np.int8]
    length: NDArray[np.int32]
    role: NDArray[np.int8]
    turn: NDArray[np.int32]
    asked: NDArray[np.int32]
    answering: NDArray[np.int32]
    documents: tuple[DocumentId, ...]
    speakers: tuple[str, ...]


_ARRAYS = ("row", "document", "partner", "speaker", "kind", "cues", "length", "role", "turn")
_JOINS = ("asked", "answering")


def folder_of(data: Path, collection: Collection, generation: int) -> Path:
    """Return the folder of a generation."""
    return data / "generations" / collection / f"{generation:06d}"


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest. Raises :class:`IndexDamagedError` where it is missing or unreadable."""
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        message = f"the index's manifest is missing or damaged: run {REBUILD}"
        raise IndexDamagedError(message) from error
    if manifest.format != FORMAT:
        message = f"the index was built by another version of Kiroku: run {REBUILD}"
        raise IndexDamagedError(message)
    return manifest


def read_columns(folder: Path) -> Columns:
    """Open the columns, memory-mapped."""
    arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in (*_ARRAYS, *_JOINS)}
    names = json.loads((folder / "names.json").read_text(encoding="utf-8"))
    return Columns(
        **arrays,
        documents=tuple(DocumentId(name) for name in names["documents"]),
        speakers=tuple(names["speakers"]),
    )


def build(
    store: Store, data: Path, collection: Collection, generation: int, embedder: tuple[str, int]
) -> Manifest:
    """Build a generation beside the others and give it its name in one move.

    ``embedder`` is name and dimension. Nothing reads it until the store names it as published.
    Raises :class:`StorageError` where the disk is full; what was there before is unchanged.
    """
    final = folder_of(data, collection, generation)
    making = final.with_name(final.name + ".making")
    try:
        for left_over in (making, final):
            shutil.rmtree(left_over, ignore_errors=True)
        making.mkdir(parents=True)
        passages = _write_columns(store, collection, generation, making)
        dense.build(
            store.vectors.of(collection, embedder[0], generation),
            embedder[1],
            making / "dense.faiss",
        )
        manifest = Manifest(
            format=FORMAT,
            collection=collection,
            generation=generation,
            embedder=embedder[0],
            dimension=embedder[1],
            documents=len(store.documents(collection, generation)),
            passages=passages,
            made=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        )
        (making / MANIFEST).write_text(json.dumps(asdict(manifest)), encoding="utf-8")
        making.rename(final)
    except (OSError, RuntimeError) as error:  # FAISS reports a failed write as RuntimeError
        shutil.rmtree(making, ignore_errors=True)
        message = (
            "the new index could not be written: free disk space in the data folder and run the "
            "command again; the index in use is unchanged"
        )
        raise StorageError(message) from error
    return manifest


def drop_older(data: Path, collection: Collection, keep: int) -> None:
    """Delete the folders of generations before ``keep`` and what a killed build left over."""
    for folder in folder_of(data, collection, keep).parent.iterdir():
        number, _, unfinished = folder.name.partition(".")
        if unfinished or (number.isdigit() and int(number) < keep):
            shutil.rmtree(folder, ignore_errors=True)


def _write_columns(store: Store, collection: Collection, generation: int, folder: Path) -> int:
    documents = {d.document: d for d in store.documents(collection, generation)}
    order = {name: number for number, name in enumerate(documents)}
    kinds = {kind: number for number, kind in enumerate(PassageKind)}
    roles = {role: number for number, role in enumerate(Role)}
    speakers: dict[str, int] = {}
    columns: dict[str, list[int]] = {name: [] for name in _ARRAYS}
    position_of: dict[PassageId, int] = {}
    answers: list[PassageId | None] = []
    found_by: list[tuple[str, ...]] = []
    texts: list[str] = []
    contexts: list[list[str]] = []
    context = _ContextWords()
    turns = _TurnNumbers()
    for stored in store.passages(collection, generation):
        passage = stored.passage
        position_of[passage.passage_id] = len(answers)
        answers.append(passage.answers)
        columns["row"].append(stored.row)
        columns["document"].append(order[stored.document])
        columns["kind"].append(kinds[passage.kind])
        columns["cues"].append(cues.given(passage.text))
        columns["length"].append(len(passage.text))
        columns["role"].append(-1 if passage.role is None else roles[passage.role])
        columns["turn"].append(turns.of(stored.document, passage.turn))
        columns["speaker"].append(
            -1 if passage.speaker is None else speakers.setdefault(passage.speaker, len(speakers))
        )
        found_by.append(stored.words)
        texts.append(passage.text)
        contexts.append(context.of(documents[stored.document], passage))
    columns["partner"] = [-1 if name is None else position_of.get(name, -1) for name in answers]
    lexical.build(found_by, folder / "words")
    lexical.build((pairs(text) for text in texts), folder / "pairs")
    lexical.build(contexts, folder / "context")
    types = {"row": np.int64, "kind": np.int8, "cues": np.int8, "role": np.int8}
    for name, values in columns.items():
        np.save(folder / f"{name}.npy", np.asarray(values, dtype=types.get(name, np.int32)))
    _write_joins(columns["partner"], columns["turn"], folder)
    names = {"documents": list(order), "speakers": list(speakers)}
    (folder / "names.json").write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")
    return len(answers)


def _write_joins(partner: Sequence[int], turn: Sequence[int], folder: Path) -> None:
    """Write which turn each passage answers, and the answering passages in order of it."""
    partners, turns = np.asarray(partner, dtype=np.int32), np.asarray(turn, dtype=np.int32)
    asked = np.where(partners >= 0, turns[partners], -1) if len(turns) else turns
    answering = np.flatnonzero(asked >= 0)
    answering = answering[np.argsort(asked[answering], kind="stable")]
    np.save(folder / "asked.npy", asked.astype(np.int32))
    np.save(folder / "answering.npy", answering.astype(np.int32))


class _TurnNumbers:
    """Counts the turns of all documents, whose passages stand together."""

    def __init__(self) -> None:
        self._last: tuple[DocumentId, int] | None = None
        self._count = -1

    def of(self, document: DocumentId, turn: int | None) -> int:
        if turn is None:
            return -1
        if self._last != (document, turn):
            self._last = (document, turn)
            self._count += 1
        return self._count


class _ContextWords:
    """The words of what stands around a passage; each distinct string is cut only once."""

    def __init__(self) -> None:
        self._known: dict[str, list[str]] = {}

    def of(self, document: Document, passage: Passage) -> list[str]:
        parts = self._parts(document, passage)
        return [word for part in parts for word in self._words(part)]

    @staticmethod
    def _parts(document: Document, passage: Passage) -> Iterator[str]:
        yield document.title
        yield from passage.heading
        for part in (document.body, passage.speaker, passage.article):
            if part:
                yield part

    def _words(self, text: str) -> list[str]:
        if text not in self._known:
            self._known[text] = words(text)
        return self._known[text]
