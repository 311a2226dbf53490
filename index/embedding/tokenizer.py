"""From texts to the ids of their tokens, for one question without loading the whole tokeniser.

A tokeniser of 250,000 pieces takes most of a second to load, of which one question needs a few
dozen. How a text is cut by a unigram model (Kudo 2018, arXiv:1804.10959) depends only on the pieces
that occur in it: those are looked up in a table on the disk, and a tokeniser is made of them alone.
The ids are the same. The whole tokeniser is loaded for passages, and for questions of great length.
"""

import contextlib
import json
import sqlite3
import threading
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from index.embedding.special_tokens import Neutral

if TYPE_CHECKING:
    from tokenizers import Tokenizer

TOKENIZER: Final = "tokenizer.json"
FRAME: Final = "frame.json"
PIECES: Final = "pieces.sqlite3"
_SHORT: Final = 300
"""Characters of a text that is looked up piece by piece: it takes a millisecond or two."""


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
            with contextlib.suppress(sqlite3.Error):  # a damaged table: it is only the quicker way
                return self._few.ids(text, self._max_tokens)
        return list(self._loaded().encode(text).ids)

    def of_all(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the ids of many texts."""
        encodings = self._loaded().encode_batch([self._neutral(text) for text in texts])
        return [encoding.ids for encoding in encodings]

    def _loaded(self) -> "Tokenizer":
        with self._lock:
            if self._whole is None:
                from tokenizers import Tokenizer  # noqa: PLC0415 - loaded on first use

                whole = Tokenizer.from_file(str(self._folder / TOKENIZER))
                whole.no_padding()
                whole.enable_truncation(self._max_tokens)
                self._whole = whole
            return self._whole


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

    def ids(self, text: str, max_tokens: int) -> list[int]:
        """Return the ids of a text, special tokens included."""
        from tokenizers import Tokenizer, models  # noqa: PLC0415 - as above

        tokenizer = Tokenizer.from_str(self._frame)
        normal = tokenizer.normalizer.normalize_str(text) if tokenizer.normalizer else text
        words = [normal]
        if tokenizer.pre_tokenizer:
            words = [word for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(normal)]
        pieces = self._pieces(words)
        tokenizer.model = models.Unigram(
            [(piece, score) for piece, _, score in pieces], unk_id=0, byte_fallback=False
        )
        cut = tokenizer.encode(text, add_special_tokens=False).ids
        most = max_tokens - len(self._before) - len(self._after)
        return [*self._before, *(pieces[at][1] for at in cut[:most]), *self._after]

    def _pieces(self, words: Sequence[str]) -> list[tuple[str, int, float]]:
        """Return the pieces that occur in the words, with ids and scores; the unknown one first."""
        occurring = set(self._always) | {
            word[start:end]
            for word in words
            for start in range(len(word))
            for end in range(start + 1, min(len(word), start + self._longest) + 1)
        }
        with closing(sqlite3.connect(self._table, uri=True)) as table:
            found: list[tuple[str, int, float]] = table.execute(
                "SELECT pieces.* FROM json_each(?) AS word JOIN pieces ON piece = word.value",
                (json.dumps(list(occurring)),),
            ).fetchall()
        return sorted(found, key=lambda piece: piece[0] != self._always[0])


def _special_tokens(tokenizer: "Tokenizer") -> list[str]:
    added = tokenizer.get_added_tokens_decoder().values()
    return [token.content for token in added if token.special]
