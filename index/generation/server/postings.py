"""Postings on a server: a question fetches those of its own tokens, all at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.generation.postings import Postings, Weighing, add_weights, encode_token, holding
from index.passage import Collection
from index.store.postgresql import PostgresDatabase

TYPES = ("text", "text", "text", "bytea", "int8", "bytea", "bytea")
"""Of the columns of the table ``postings``."""
_MOST_BYTES = 64_000_000
"""Postings that are kept in memory, of each set."""
_POSITION, _WEIGHT = "<i4", "<u2"


def rows_of(
    folder: Path, collection: Collection, segment: str, kind: str
) -> Iterator[tuple[object, ...]]:
    """Yield the rows of the table ``postings`` for a set of postings in a folder."""
    for term, count, (positions, weights) in Postings.open(folder).all():
        where = None if positions is None else positions.astype(_POSITION).tobytes()
        yield collection, segment, kind, term, count, where, weights.astype(_WEIGHT).tobytes()


@dataclass(frozen=True, slots=True)
class _Held:
    """What one segment holds of a token."""

    count: int
    weighing: Weighing

    @property
    def size(self) -> int:
        positions, weights = self.weighing
        return weights.nbytes + (0 if positions is None else positions.nbytes)


class TokenRows:
    """What the server holds of tokens in the segments of a generation; some stay in memory."""

    def __init__(
        self, database: PostgresDatabase, collection: Collection, kind: str, segments: Sequence[str]
    ) -> None:
        self._database = database
        self._key = (collection, kind, list(segments))
        self._held: dict[str, Mapping[str, _Held]] = {}
        self._size = 0
        self._tokens: list[str] = []
        self._numbers: dict[str, int] = {}

    def expect(self, tokens: Sequence[str]) -> None:
        """Fetch what is not at hand of some tokens."""
        if new := [token for token in dict.fromkeys(tokens) if token not in self._held]:
            self._fetch(new)

    def of(self, token: str) -> Mapping[str, _Held]:
        """Return what each segment holds of a token, by the segment's name."""
        self.expect([token])
        return self._held[token]

    def all(self, segment: str) -> Iterator[str]:
        """Yield all tokens of a segment."""
        collection, kind, _ = self._key
        rows = self._database.execute(
            "SELECT term FROM postings WHERE collection = ? AND kind = ? AND segment = ?",
            (collection, kind, segment),
        )
        for (term,) in rows:
            yield bytes(term).decode("utf-8", "surrogatepass")

    def number(self, token: str) -> int:
        """Return the number by which a token may be asked for."""
        if token not in self._numbers:
            self._numbers[token] = len(self._tokens)
            self._tokens.append(token)
        return self._numbers[token]

    def token(self, number: int) -> str:
        """Return the token of a number."""
        return self._tokens[number]

    def _fetch(self, tokens: Sequence[str]) -> None:
        if self._size > _MOST_BYTES:
            self._held.clear()
            self._size = 0
        stored = {encode_token(token): token for token in tokens}
        found: dict[str, dict[str, _Held]] = {token: {} for token in tokens}
        rows = self._database.execute(
            "SELECT segment, term, passages, positions, weights FROM postings "
            "WHERE collection = ? AND kind = ? AND segment = ANY(?) AND term = ANY(?)",
            (*self._key, list(stored)),
        )
        for segment, term, count, positions, weights in rows:
            where = None if positions is None else np.frombuffer(positions, dtype=_POSITION)
            held = _Held(count, (where, np.frombuffer(weights, dtype=_WEIGHT)))
            found[stored[term]][segment] = held
            self._size += held.size
        self._held |= found


class ServerPostings:
    """The postings of one segment; see :class:`index.generation.postings.Postings`."""

    def __init__(self, rows: TokenRows, segment: str, size: int) -> None:
        self._rows = rows
        self._segment = segment
        self.size = size

    def expect(self, tokens: Sequence[str]) -> None:
        """Take note of the tokens that will be asked for: they are fetched at once."""
        self._rows.expect(tokens)

    def tokens(self) -> Iterator[str]:
        """Yield all tokens."""
        return self._rows.all(self._segment)

    def number(self, token: str) -> int:
        """Return the number of a token, −1 for one that no passage holds."""
        return self._rows.number(token) if self._segment in self._rows.of(token) else -1

    def count(self, number: int) -> int:
        """Return how many passages hold a token."""
        return self._at(number).count

    def row(self, number: int) -> NDArray[np.uint16] | None:
        """Return the weights of all passages, where the token has no postings."""
        positions, weights = self._at(number).weighing
        return weights if positions is None else None

    def positions(self, number: int) -> NDArray[np.int32]:
        """Return the positions, in order, of the passages that hold a token."""
        positions, weights = self._at(number).weighing
        return holding(weights) if positions is None else positions

    def add_to(self, scores: NDArray[np.float32], factors: Iterable[tuple[int, float]]) -> None:
        """Add to one score a passage what each token weighs in it, times its factor."""
        add_weights(scores, ((self._at(number).weighing, factor) for number, factor in factors))

    def _at(self, number: int) -> _Held:
        return self._rows.of(self._rows.token(number))[self._segment]
