"""A passage's words in 14 bytes: whether words are still the same, and which are nearest to them.

A link carries them inside its signature. A passage's id only counts: after its document was read
anew, it may name other words.
"""

import hashlib
import unicodedata

import numpy as np
from numpy.typing import NDArray

EXACT, NEAR = 6, 8
SIZE = EXACT + NEAR
"""Bytes: a hash of the words, and a SimHash of their pairs of characters."""

MOST_APART = 20
"""Bits of 64 in which the SimHashes of words differ that are still taken for a new version of each
other; of unrelated words some 32 do, of words of which a tenth was changed some 10."""

_ODD = np.uint64(0x9E3779B97F4A7C15)
_STIRS = (
    (np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)),
    (np.uint64(27), np.uint64(0x94D049BB133111EB)),
)
_LAST_STIR = np.uint64(31)


def fingerprint(text: str) -> bytes:
    """Return the fingerprint of words; white space and width do not count."""
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    digest = hashlib.sha256(folded.encode("utf-8", "surrogatepass")).digest()
    return digest[:EXACT] + _simhash(folded)


def is_same(one: bytes, other: bytes) -> bool:
    """Say whether two fingerprints are of the same words."""
    return one[:EXACT] == other[:EXACT]


def apart(one: bytes, other: bytes) -> int:
    """Return in how many bits of 64 the SimHashes differ: the fewer, the more alike the words."""
    bits = int.from_bytes(one[EXACT:], "big") ^ int.from_bytes(other[EXACT:], "big")
    return bits.bit_count()


def _simhash(text: str) -> bytes:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    if len(codes) < 2:  # noqa: PLR2004  a pair has two
        codes = np.concatenate([codes, np.zeros(2, dtype=np.uint64)])
    pairs = _stirred((codes[:-1] << np.uint64(32)) | codes[1:])
    bits = np.unpackbits(pairs.astype(">u8").view(np.uint8).reshape(-1, 8), axis=1)
    majority = 2 * bits.sum(axis=0, dtype=np.int64) > len(bits)
    return np.packbits(majority).tobytes()


def _stirred(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return evenly spread numbers, one for each (SplitMix64, Steele, Lea and Flood 2014)."""
    values = values * _ODD
    for shift, factor in _STIRS:
        values = (values ^ (values >> shift)) * factor
    return values ^ (values >> _LAST_STIR)
