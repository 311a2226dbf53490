"""What may happen to files on the way: bytes flipped, lost, repeated; parts of zips, too."""

import io
import random
import struct
import zipfile

OUTSIDE = "kiroku-written-outside.txt"
"""A name under which a zip would write beside its folder, if it were let."""
_LONG = 64
"""Bytes of a stretch that is lost, repeated or overwritten, at most."""
_POISON = (b"\x00" * 8, b"\xff" * 8, b"9999999999", b"-1", b"%s%n", b"<<", b"]]>", b"\x1b$B")


def mutated(content, draw):
    """Return ``content`` with one to four mishaps; a zip's parts are changed inside, too."""
    if content.startswith(b"PK") and draw.random() < 0.6:
        return _mutated_zip(content, draw)
    broken = bytearray(content)
    for _ in range(draw.randint(1, 4)):
        draw.choice(_MISHAPS)(broken, draw)
    return bytes(broken)


def _flip(content, draw):
    for _ in range(draw.randint(1, 8)):
        if content:
            content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)


def _lose(content, draw):
    start = _place(content, draw)
    del content[start : start + draw.randint(1, _LONG)]


def _repeat(content, draw):
    start = _place(content, draw)
    content[start:start] = content[start : start + _LONG] * draw.choice((1, 1, 2, 400))


def _cut_off(content, draw):
    del content[_place(content, draw) :]


def _overwrite(content, draw):
    start = _place(content, draw)
    content[start : start + 8] = draw.choice(_POISON)


def _number(content, draw):
    """Make a length or an offset absurd."""
    start = _place(content, draw)
    size = draw.choice((0, 1, 0x7FFFFFFF, 0xFFFFFFFF))
    content[start : start + 4] = struct.pack(draw.choice("<>") + "I", size)


def _swap(content, draw):
    one, other = _place(content, draw), _place(content, draw)
    content[one : one + 16], content[other : other + 16] = (
        content[other : other + 16],
        content[one : one + 16],
    )


_MISHAPS = (_flip, _flip, _lose, _repeat, _cut_off, _overwrite, _number, _swap)


def _place(content, draw):
    return draw.randrange(len(content) + 1)


def _mutated_zip(content, draw):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = draw.choice(list(parts))
    broken = bytearray(parts[name])
    draw.choice(_MISHAPS)(broken, draw)
    parts[name] = bytes(broken)
    if draw.random() < 0.1:
        parts[draw.choice((f"../{OUTSIDE}", f"a/../../{OUTSIDE}", f"/{OUTSIDE}"))] = parts[name]
    return zipped(parts)


def zipped(parts):
    """Return a zip of contents by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def draw_from(seed):
    """Return a source of chance that gives the same files for the same ``seed``."""
    return random.Random(seed)  # noqa: S311 (no secret: the same files again)
