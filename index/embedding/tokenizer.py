"""From texts to the ids of their tokens, for a few texts without loading the whole tokeniser.

A tokeniser of 250,000 pieces takes most of a second to load and 300 MB, of which one question needs
a few dozen, and the passages that are read with it a thousand. How a text is cut by a unigram model
(Kudo 2018, arXiv:1804.10959) depends only on the pieces that occur in it: those are looked up in a
table on the disk, and a tokeniser is made of them alone. The ids are the same. The whole tokeniser
is loaded to embed documents, and for questions of great length.
"""

import contextlib
import json
import os
import sqlite3
import threading
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from index.embedding.special_tokens import Neutral

if TYPE_CHECKING:
    from tokenizers import Tokenizer

TOKENIZER: Final = "tokenizer.json"
FRAME: Final = "frame.json"
PIECES: Final = "pieces.sqlite3"
HASHES: Final = "pieces.npy"
_SHORT: Final = 300
"""Characters of a text that is looked up piece by piece: it takes a millisecond or two."""
_BASE: Final = np.uint64(0x9E3779B97F4A7C15)
"""Of the rolling hash, modulo 2^64, by which a stretch of a text is known not to be a piece."""
_BETWEEN: Final = "\n"
"""Stands between words, and in no piece."""

_UNREADABLE = (sqlite3.Error, OSError, ValueError)
"""A damaged table or file of hashes, a folder that cannot be written: without pieces it goes on."""


class TokenIds:
    """The ids of texts' tokens, special tokens included; safe to use from several threads."""

    def __init__(self, folder: Path, max_tokens: int) -> None:
        self._folder = folder
        self._max_tokens = max_tokens
        self._lock = threading.Lock()
        self._whole: Tokenizer | None = None
        self._few = _FewPieces(folder) if (folder / FRAME).exists() else None
        special = self._few.special if self._few else _special_tokens(self._loaded())
        self._neutral = Neutral(special)

    def of(self, text: str) -> list[int]:
        """Return the ids of one text, cut at the most that the model reads."""
        text = self._neutral(text)
        if self._few and not self._whole and len(text) <= _SHORT:
            with contextlib.suppress(*_UNREADABLE):
                return self._few.ids(text, self._max_tokens)
        return list(self._loaded().encode(text).ids)

    def of_all(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the ids of many texts."""
        encodings = self._loaded().encode_batch([self._neutral(text) for text in texts])
        return [encoding.ids for encoding in encodings]

    def _loaded(self) -> "Tokenizer":
        with self._lock:
            if self._whole is None:
                self._whole = _whole(self._folder)
                self._whole.enable_truncation(self._max_tokens)
            return self._whole


@dataclass(frozen=True, slots=True)
class Cutter:
    """Cuts texts into tokens, without special ones; ``ids`` are those of the pieces it is made of.

    ``None``: it is made of all, and their numbers are the ids.
    """

    tokenizer: "Tokenizer"
    ids: Sequence[int] | None

    def cut(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Return the ids of a text's tokens, and where each stands in it (end excluded)."""
        found = self.tokenizer.encode(text, add_special_tokens=False)
        ids = found.ids if self.ids is None else [self.ids[at] for at in found.ids]
        return list(ids), list(found.offsets)


class Cutters:
    """Makes what cuts the texts of one question; safe to use from several threads.

    Special tokens that stand literally in a text are the caller's to break up.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._all: Cutter | None = None
        self._few = _FewPieces(folder) if (folder / FRAME).exists() else None

    def of(self, texts: Sequence[str]) -> Cutter:
        """Return a cutter for these texts (and for no others)."""
        if self._few:
            with contextlib.suppress(*_UNREADABLE):
                return self._few.cutter(texts)
        with self._lock:
            if self._all is None:
                self._all = Cutter(_whole(self._folder), None)
            return self._all


def _whole(folder: Path) -> "Tokenizer":
    from tokenizers import Tokenizer  # noqa: PLC0415 - loaded on first use

    whole = Tokenizer.from_file(str(folder / TOKENIZER))
    whole.no_padding()
    whole.no_truncation()
    return whole


def add_pieces(folder: Path, trials: Sequence[str]) -> None:
    """Add to ``tokenizer.json`` in ``folder`` what :class:`TokenIds` needs to do without it.

    Nothing is added for a tokeniser of another kind, and for one that cuts a trial in another way.
    """
    from tokenizers import Tokenizer  # noqa: PLC0415 - as above

    text = (folder / TOKENIZER).read_text(encoding="utf-8")
    whole, frame = Tokenizer.from_str(text), json.loads(text)
    model, added = frame["model"], frame["added_tokens"]
    if (
        model["type"] != "Unigram"
        or model["unk_id"] is None
        or model.get("byte_fallback")
        or not all(token["special"] for token in added)
    ):
        return
    whole.no_padding()
    whole.no_truncation()
    around, plain = whole.encode("a").ids, whole.encode("a", add_special_tokens=False).ids
    before = next(i for i in range(len(around)) if around[i : i + len(plain)] == plain)
    _write_pieces(folder / PIECES, model["vocab"])
    unknown, _ = model["vocab"][model["unk_id"]]
    lowest, _ = min(model["vocab"], key=lambda entry: entry[1])
    about = {
        "special": _special_tokens(whole),
        "before": around[:before],
        "after": around[before + len(plain) :],
        "always": [unknown, lowest],
        "longest": max(len(piece) for piece, _ in model["vocab"]),
        "frame": frame
        | {"added_tokens": [], "post_processor": None, "padding": None}
        | {"truncation": None, "model": model | {"vocab": [[unknown, 0.0]], "unk_id": 0}},
    }
    (folder / FRAME).write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    few, neutral = _FewPieces(folder), Neutral(_special_tokens(whole))
    for trial in map(neutral, trials):
        if few.ids(trial, len(around) + len(trial)) != whole.encode(trial).ids:
            (folder / FRAME).unlink()
            (folder / PIECES).unlink()
            return


def _write_pieces(path: Path, vocabulary: Sequence[tuple[str, float]]) -> None:
    with closing(sqlite3.connect(path)) as table:
        table.execute(
            "CREATE TABLE pieces (piece TEXT PRIMARY KEY, id INTEGER, score REAL) WITHOUT ROWID"
        )
        rows = ((piece, number, score) for number, (piece, score) in enumerate(vocabulary))
        table.executemany("INSERT OR IGNORE INTO pieces VALUES (?, ?, ?)", sorted(rows))
        table.commit()


class _FewPieces:
    """Tokenises short texts by a tokeniser made of the pieces that occur in each."""

    def __init__(self, folder: Path) -> None:
        about: dict[str, Any] = json.loads((folder / FRAME).read_text(encoding="utf-8"))
        self.special: list[str] = about["special"]
        self._before: list[int] = about["before"]
        self._after: list[int] = about["after"]
        self._always: list[str] = about["always"]
        """The unknown piece, and that of the lowest score, from which the unknown's is reckoned."""
        self._longest: int = about["longest"]
        self._frame = json.dumps(about["frame"], ensure_ascii=False)
        self._table = f"{(folder / PIECES).resolve().as_uri()}?immutable=1"
        self._folder = folder
        self._known: NDArray[np.uint64] | None = None

    def ids(self, text: str, max_tokens: int) -> list[int]:
        """Return the ids of a text, special tokens included."""
        cut, _ = self.cutter([text]).cut(text)
        most = max_tokens - len(self._before) - len(self._after)
        return [*self._before, *cut[:most], *self._after]

    def cutter(self, texts: Sequence[str]) -> Cutter:
        """Return what cuts these texts: a tokeniser of the pieces that occur in them.

        Raises :class:`sqlite3.Error` where the table cannot be read.
        """
        from tokenizers import Tokenizer, models  # noqa: PLC0415 - as above

        tokenizer = Tokenizer.from_str(self._frame)
        normalizer, before = tokenizer.normalizer, tokenizer.pre_tokenizer
        normal = [normalizer.normalize_str(text) if normalizer else text for text in texts]
        if before:
            normal = [word for text in normal for word, _ in before.pre_tokenize_str(text)]
        pieces = self._pieces(normal)
        tokenizer.model = models.Unigram(
            [(piece, score) for piece, _, score in pieces], unk_id=0, byte_fallback=False
        )
        return Cutter(tokenizer, [number for _, number, _ in pieces])

    def _pieces(self, words: Sequence[str]) -> list[tuple[str, int, float]]:
        """Return the pieces that occur in the words, with ids and scores; the unknown one first."""
        occurring = dict.fromkeys((*self._always, *self._occurring(_BETWEEN.join(words))))
        with closing(sqlite3.connect(self._table, uri=True)) as table:
            found: list[tuple[str, int, float]] = table.execute(
                "SELECT pieces.* FROM json_each(?) AS word JOIN pieces ON piece = word.value",
                (json.dumps(list(occurring)),),
            ).fetchall()
        return sorted(found, key=lambda piece: piece[0] != self._always[0])

    def _occurring(self, text: str) -> list[str]:
        """Return the stretches of a text that are pieces by their hashes."""
        hashes = self._hashes()
        signs = _signs(text)
        rolled = np.zeros(len(signs), dtype=np.uint64)
        found: list[str] = []
        for length in range(1, min(self._longest, len(signs)) + 1):
            last = len(signs) - length + 1
            rolled = rolled[:last] * _BASE + signs[length - 1 :]
            places = np.minimum(np.searchsorted(hashes, rolled), len(hashes) - 1)
            found += [text[at : at + length] for at in np.flatnonzero(hashes[places] == rolled)]
        return found

    def _hashes(self) -> NDArray[np.uint64]:
        """Return the sorted hashes of all pieces; kept beside the table once they were made."""
        if self._known is None:
            path = self._folder / HASHES
            if not path.exists():
                _write_hashes(path, self._table)
            self._known = np.load(path, mmap_mode="r")
        return self._known


def _write_hashes(path: Path, table: str) -> None:
    by_length: dict[int, list[str]] = {}
    with closing(sqlite3.connect(table, uri=True)) as pieces:
        for (piece,) in pieces.execute("SELECT piece FROM pieces WHERE piece != ''"):
            by_length.setdefault(len(piece), []).append(piece)
    hashes = []
    for length, of_length in by_length.items():
        signs = _signs("".join(of_length)).reshape(-1, length)
        rolled = np.zeros(len(signs), dtype=np.uint64)
        for column in signs.T:
            rolled = rolled * _BASE + column
        hashes.append(rolled)
    written = path.with_suffix(f".{os.getpid()}")
    with written.open("wb") as file:
        np.save(file, np.unique(np.concatenate(hashes)))
    written.replace(path)


def _signs(text: str) -> NDArray[np.uint64]:
    """Return the numbers of the characters of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)


def _special_tokens(tokenizer: "Tokenizer") -> list[str]:
    added = tokenizer.get_added_tokens_decoder().values()
    return [token.content for token in added if token.special]
