"""Repairing a PDF whose end is missing: a download that broke off, a disk that was full.

The table of objects is at the end, often the list of pages too. The objects themselves are found by
their marks; with a new list of pages appended, the libraries can read the file.
"""

import re
import zlib
from collections.abc import Iterator

_OBJECT = re.compile(rb"(?<!\d)(\d{1,9})\s{1,4}(\d{1,5})\s{1,4}obj\b")
_HEAD = 4_000
"""Bytes of an object in which its type is looked for."""
_MOST_UNPACKED = 20_000_000
_MOST_OBJECTS = 200_000
_TYPE = re.compile(rb"/Type\s*/(Catalog|Page|ObjStm)\b")
_FIRST = re.compile(rb"/First\s+(\d{1,9})")
_STREAM = re.compile(rb"stream\r?\n")


def salvage(content: bytes) -> list[bytes]:
    """Return possible repairs of the file, the likeliest first; none if it has no pages."""
    catalogue: int | None = None
    pages: dict[int, None] = {}
    last = 0
    for number, body in _objects(content):
        last = max(last, number)
        kind = _type(body)
        if kind == b"Catalog":
            catalogue = number
        elif kind == b"Page":
            pages[number] = None
    repaired = []
    if catalogue is not None:
        repaired.append(_with_trailer(content, b"", catalogue, last + 1))
    if pages:
        kids = b" ".join(b"%d 0 R" % number for number in pages)
        listed = b"\n%d 0 obj\n<< /Type /Pages /Count %d /Kids [%s] >>\nendobj\n" % (
            last + 1,
            len(pages),
            kids,
        )
        root = b"%d 0 obj\n<< /Type /Catalog /Pages %d 0 R >>\nendobj\n" % (last + 2, last + 1)
        repaired.append(_with_trailer(content, listed + root, last + 2, last + 3))
    return repaired


def _type(dictionary: bytes) -> bytes:
    found = _TYPE.search(dictionary)
    return found[1] if found else b""


def _with_trailer(content: bytes, more: bytes, root: int, size: int) -> bytes:
    trailer = b"\ntrailer\n<< /Root %d 0 R /Size %d >>\nstartxref\n0\n%%%%EOF\n" % (root, size)
    # close the object that was cut, so that what follows is not part of it
    return content + b"\nendstream\nendobj\n" + more + trailer


def _objects(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield number and beginning of each object, also of those in object streams."""
    unpacked = 0
    for count, found in enumerate(_OBJECT.finditer(content)):
        if count > _MOST_OBJECTS:
            return
        body = content[found.end() : found.end() + _HEAD].partition(b"endobj")[0]
        dictionary = body.partition(b"stream")[0]
        yield int(found[1]), dictionary
        if _type(dictionary) == b"ObjStm" and unpacked < _MOST_UNPACKED:
            inner = _unpack(content, found.end(), _MOST_UNPACKED - unpacked)
            unpacked += len(inner)
            yield from _packed_objects(inner, dictionary)


def _unpack(content: bytes, start: int, most: int) -> bytes:
    mark = _STREAM.search(content, start, start + _HEAD)
    if mark is None:
        return b""
    try:
        return zlib.decompressobj().decompress(content[mark.end() :], most)
    except zlib.error:
        return b""


def _packed_objects(data: bytes, dictionary: bytes) -> Iterator[tuple[int, bytes]]:
    first = _FIRST.search(dictionary)
    if first is None:
        return
    begin = int(first[1])
    numbers = [int(number) for number in data[:begin].split() if number.isdigit()]
    for number, offset in zip(numbers[::2], numbers[1::2], strict=False):
        yield number, data[begin + offset : begin + offset + _HEAD].partition(b">>endobj")[0]
