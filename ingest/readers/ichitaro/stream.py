"""The stream ``DocumentText`` of a 一太郎 file: blocks of a sub-stream each, units of text.

It begins ``SsmgV.01``, then come (big-endian, 32 bits each) how many sub-streams there are, how
many bytes a block has and how many blocks there are; the blocks; and a directory with an entry for
each sub-stream: its index, 0, its length in bytes, twice how many blocks it has, and their numbers.

Sub-stream 0 holds the text (``TextV.01``, how many units, the units in UTF-16, then styles), or a
list of the pieces that others hold (``QLSTV.01``, how many; of each how many units, and where).
"""

import struct
from collections.abc import Mapping, Sequence

_STREAM = b"SsmgV.01"
_TEXT = b"TextV.01"
_LIST = b"QLSTV.01"
_MOST_STREAMS = 100_000
_MOST_BLOCKS = 10_000_000
_BLOCK_SIZES = range(16, 65_537)
_MOST_UNITS = 50_000_000


class JtdError(Exception):
    """The stream does not have the expected layout."""


def body_units(stream: bytes) -> tuple[int, ...]:
    """Return the UTF-16 units of the body. Raises :class:`JtdError` for another layout."""
    parts = _sub_streams(stream)
    body = parts.get(0)
    if body is None:
        raise JtdError
    if body.startswith(_TEXT):
        return _units(body)
    if not body.startswith(_LIST):
        raise JtdError
    return _listed_units(body, parts)


def _sub_streams(stream: bytes) -> Mapping[int, bytes]:
    if not stream.startswith(_STREAM):
        raise JtdError
    count, size, blocks = _numbers(stream, len(_STREAM), 3)
    first = len(_STREAM) + 12
    if count > _MOST_STREAMS or size not in _BLOCK_SIZES or blocks > _MOST_BLOCKS:
        raise JtdError
    at = first + size * blocks
    parts: dict[int, bytes] = {}
    for _ in range(count):
        index, _zero, length, _other, held = _numbers(stream, at, 5)
        if held > blocks or length > held * size:
            raise JtdError
        at += 20
        numbers = _numbers(stream, at, held)
        at += 4 * held
        if any(number >= blocks for number in numbers):
            raise JtdError
        content = b"".join(stream[first + size * n : first + size * (n + 1)] for n in numbers)
        parts[index] = content[:length]
    return parts


def _numbers(content: bytes, at: int, count: int) -> Sequence[int]:
    if at + 4 * count > len(content):
        raise JtdError
    return struct.unpack_from(f">{count}I", content, at)


def _units(part: bytes) -> tuple[int, ...]:
    (told,) = _numbers(part, len(_TEXT), 1)
    held = (len(part) - len(_TEXT) - 4) // 2
    if told > held:
        raise JtdError
    return struct.unpack_from(f">{told}H", part, len(_TEXT) + 4)


def _listed_units(body: bytes, parts: Mapping[int, bytes]) -> tuple[int, ...]:
    """Return the units of the pieces in the order of the list: how many, in which sub-stream."""
    (count,) = _numbers(body, len(_LIST), 1)
    numbers = _numbers(body, len(_LIST) + 4, 2 * min(count, len(body)))
    units: list[int] = []
    for length, index in zip(numbers[::2], numbers[1::2], strict=True):
        part = parts.get(index)
        if part is None or index == 0 or 2 * length > len(part):
            raise JtdError
        units += struct.unpack_from(f">{length}H", part)
        if len(units) > _MOST_UNITS:
            raise JtdError
    return tuple(units)
