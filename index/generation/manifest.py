"""What a generation was made of, as its folder tells."""

from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamagedError, IndexOutdatedError
from index.generation.sealing import sync_file, sync_folder
from index.passage import Collection

FORMAT = 11
MANIFEST = "manifest.json"
MAKING = ".making"
"""Ending of the names of files and folders that are being made."""
READ_FOR_S = 120
"""How long a generation stays after the next one came: a question may still be reading it."""
_DIGEST_BYTES = 16
REBUILD = "`kiroku ingest --rebuild`"
_DAMAGED = f"the index's manifest is missing or damaged: run {REBUILD}"


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment of a generation: how many passages its files hold, and how many are ``live``."""

    name: str
    passages: int
    live: int


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
    segments: tuple[Segment, ...] = ()
    digest: str = ""
    """Of all the rest: see :meth:`sealed`."""

    def sealed(self) -> "Manifest":
        """Return it with the digest that tells whether it is as it was written."""
        bare = replace(self, digest="")
        held = blake2b(msgspec.json.encode(bare), digest_size=_DIGEST_BYTES)
        return replace(bare, digest=held.hexdigest())


def folder_of(data: Path, collection: Collection, generation: int) -> Path:
    """Return the folder of a generation."""
    return data / "generations" / collection / f"{generation:06d}"


def segments_of(data: Path, collection: Collection) -> Path:
    """Return the folder that holds the segments of a collection."""
    return data / "generations" / collection / "segments"


def marks_of(folder: Path, segment: Segment) -> Path:
    """Return the file of a generation that marks which passages of a segment are left."""
    return folder / f"live-{segment.name}.npy"


def read_manifest(folder: Path, *, outdated: bool = False) -> Manifest:
    """Read the manifest of a folder; see :func:`decode_manifest`.

    Raises :class:`IndexDamagedError` where it is missing, too, and :class:`IndexOutdatedError`
    where there is no such folder.
    """
    if not folder.exists():
        gone = f"what a search reads is not there: run {REBUILD}"
        raise IndexOutdatedError(gone)
    try:
        content = (folder / MANIFEST).read_bytes()
    except OSError as error:
        raise IndexDamagedError(_DAMAGED) from error
    return decode_manifest(content, outdated=outdated)


def decode_manifest(content: bytes, *, outdated: bool = False) -> Manifest:
    """Read a manifest; with ``outdated`` also that of another version of Kiroku.

    Raises :class:`IndexDamagedError` where it is unreadable, and :class:`IndexOutdatedError` where
    it is another version's.
    """
    try:
        manifest = msgspec.json.decode(content, type=Manifest)
    except msgspec.MsgspecError as error:
        raise IndexDamagedError(_DAMAGED) from error
    if manifest.format != FORMAT and not outdated:
        told = f"the index was built by another version of Kiroku: run {REBUILD}"
        raise IndexOutdatedError(told)
    if manifest.format == FORMAT and manifest != manifest.sealed():
        raise IndexDamagedError(_DAMAGED)
    return manifest


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest in the place of the one before, in one move."""
    making = folder / f"{MANIFEST}{MAKING}"
    making.write_bytes(msgspec.json.encode(manifest.sealed()))
    sync_file(making)
    making.replace(folder / MANIFEST)
    sync_folder(folder)


def live_marks(folder: Path, segment: Segment) -> NDArray[np.bool_]:
    """Return which passages of a segment are left in the generation of a folder.

    Raises :class:`OSError` or :class:`ValueError` where that cannot be read.
    """
    if segment.live == segment.passages:
        return np.ones(segment.passages, dtype=bool)
    return np.asarray(np.load(marks_of(folder, segment)), dtype=bool)
