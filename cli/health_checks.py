"""What ``kiroku check`` looks at. Each check gives findings.

None of them changes anything, but that the weights of the embedded model are fetched where this
machine has none.
"""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from cli.model_folder import fetch_missing
from cli.open_index import open_embedder, open_reranker
from cli.options import Place
from index.errors import KirokuError
from index.reranking.reranker import OFF
from index.search.searcher import Searcher
from index.setting_values import without_password
from index.settings import SETTINGS, Setting, Settings
from ingest.ocr import page as ocr
from ingest.readers import libreoffice

_NEEDED_MB = 1_000
"""Free space to work with: for a large town's index, and the model where it lies here."""

_LONGEST_KIND = 5
_SHOW_TAIL_FROM = 16
"""Only of secrets this long are the last four characters shown."""


class State(StrEnum):
    """How a checked thing stands."""

    OK = "ok"
    UNSET = "not set"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One checked thing. ``message`` says what was found or, where it is not ok, what to do."""

    name: str
    state: State
    message: str


def check_data(place: Place) -> Iterator[Finding]:
    """Check that the data folder can be written and has room."""
    folder = place.data
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
        free = shutil.disk_usage(folder).free // 1_000_000
    except OSError as error:
        reason = error.strerror or str(error)
        message = f"{folder} cannot be written ({reason}): set KIROKU_DATA to one that can"
        yield Finding("data folder", State.FAULT, message)
        return
    yield Finding("data folder", State.OK, str(folder))
    if free < _NEEDED_MB:
        message = f"{free} MB are free: make room for {_NEEDED_MB} MB, or set KIROKU_DATA"
        yield Finding("disk", State.FAULT, message)
    else:
        yield Finding("disk", State.OK, f"{free:,} MB free")


def check_index(place: Place) -> Iterator[Finding]:
    """Check that the model loads, and that the index was made with it and is whole."""
    try:
        fetched = fetch_missing(place.settings)
        embedder = open_embedder(place)
    except KirokuError as error:
        yield Finding("model", State.FAULT, str(error))
        return
    told = "; its weights were fetched now" if fetched else ""
    message = f"{embedder.name}, {embedder.dimension} numbers a vector{told}"
    yield Finding("model", State.OK, message)
    try:
        searcher = Searcher.open(place.index, embedder, place.collection)
    except KirokuError as error:
        yield Finding("index", State.FAULT, str(error))
        return
    if place.index != place.data:
        yield Finding("store", State.OK, without_password(place.settings.store))
    documents = searcher.documents()
    searcher.close()
    if not documents:
        yield Finding("index", State.UNSET, "empty: `kiroku ingest FOLDER` fills it")
        return
    message = f"{len(documents)} documents, generation {searcher.generation}, made with this model"
    yield Finding("index", State.OK, message)
    if unreadable := sum(not document.readable for document in documents):
        message = f"{unreadable} could not be read: `kiroku documents --warnings` says why"
        yield Finding("documents", State.UNSET, message)


def check_reranker(place: Place) -> Iterator[Finding]:
    """Check that the reranker loads; without one passages are ranked and judged by words alone."""
    setting = place.settings.reranker
    try:
        reranker = open_reranker(place)
    except KirokuError as error:
        yield Finding("reranker", State.FAULT, str(error))
        return
    if reranker is not None:
        yield Finding("reranker", State.OK, reranker.name)
    elif setting == OFF:
        yield Finding(
            "reranker", State.UNSET, "KIROKU_RERANKER is off: passages are not read again"
        )
    else:
        message = (
            "the embedded one reads the embedded model's word vectors, which are not on this "
            "machine: passages are ranked without it"
        )
        yield Finding("reranker", State.UNSET, message)


def check_readers() -> Iterator[Finding]:
    """Check which programs are there that some formats need; without them the others are read."""
    engines = ocr.installed_engines()
    if engines is None:
        yield Finding("OCR", State.UNSET, f"scanned pages are not read: {ocr.INSTALL}")
    else:
        yield Finding("OCR", State.OK, engines)
    if libreoffice.find_program() is None:
        message = f"old Office files (.doc, .xls, .rtf, …) are not read: {libreoffice.INSTALL}"
        yield Finding("LibreOffice", State.UNSET, message)
    else:
        yield Finding("LibreOffice", State.OK, "old Office files are read through it")


def settings_table(settings: Settings) -> list[tuple[str, str, str]]:
    """Return name, value (secrets masked) and origin of every setting."""
    return [
        (setting.name, _shown(setting, settings), settings.origin.get(setting.name, "not set"))
        for setting in SETTINGS
    ]


def masked(secret: str) -> str:
    """Return a secret as it may be shown: its kind and, of a long one, its last four characters."""
    kind, dash, _ = secret.partition("-")
    head = f"{kind}-" if dash and len(kind) <= _LONGEST_KIND else ""
    tail = secret[-4:] if len(secret) >= _SHOW_TAIL_FROM else ""
    return f"{head}…{tail}"


def _shown(setting: Setting, settings: Settings) -> str:
    value = getattr(settings, setting.name.removeprefix("KIROKU_").lower())
    if value is None:
        return ""
    return masked(str(value)) if setting.secret else without_password(str(value))
