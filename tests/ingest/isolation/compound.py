"""OLE2 compound files, as small as they can be: what old Office and 一太郎 files are made of."""

import struct

_SECTOR = 512
_FREE, _CHAIN_END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_LEAST = 4096
"""A shorter stream would stand among the short ones, which this does not write."""


def write_compound(path, streams):
    """Write a compound file; ``streams`` maps paths (``a/b``) to bytes, which get zeros behind."""
    entries = [["Root Entry", 5, [], None]]
    for name, content in streams.items():
        _add(entries, 0, name.split("/"), content + bytes(max(0, _LEAST - len(content))))
    directory_size = -(-len(entries) // 4)
    bodies = [entry for entry in entries if entry[3] is not None]
    sizes = [-(-len(entry[3]) // _SECTOR) for entry in bodies]
    total = directory_size + sum(sizes)
    fat_size = -(-(total + -(-total // 127)) // 128)
    fat = [_FAT] * fat_size
    _chain(fat, directory_size)
    starts = {}
    for entry, size in zip(bodies, sizes, strict=True):
        starts[id(entry)] = len(fat)
        _chain(fat, size)
    fat += [_FREE] * (fat_size * 128 - len(fat))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6),
        *(0, fat_size, fat_size, 0, _LEAST, _CHAIN_END, 0, _CHAIN_END, 0),
    )
    places = [*range(fat_size), *[_FREE] * (109 - fat_size)]
    content = header + struct.pack("<109I", *places) + struct.pack(f"<{len(fat)}I", *fat)
    content += b"".join(_entry(entries, entry, starts) for entry in entries).ljust(
        directory_size * _SECTOR, b"\x00"
    )
    for entry, size in zip(bodies, sizes, strict=True):
        content += entry[3].ljust(size * _SECTOR, b"\x00")
    path.write_bytes(content)
    return path


def _add(entries, parent, parts, content):
    name, *below = parts
    known = next((at for at in entries[parent][2] if entries[at][0] == name), None)
    if known is None:
        known = len(entries)
        entries.append([name, 1 if below else 2, [], None if below else content])
        entries[parent][2].append(known)
    if below:
        _add(entries, known, below, content)


def _chain(fat, size):
    first = len(fat)
    fat += [first + at + 1 for at in range(size - 1)] + [_CHAIN_END]


def _entry(entries, entry, starts):
    name, kind, children, content = entry
    number = next(at for at, known in enumerate(entries) if known is entry)
    # the children of a storage hang on each other, to the right
    siblings = next((known[2] for known in entries if number in known[2]), [number])
    following = siblings[siblings.index(number) + 1 :] or [_FREE]
    encoded = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII36xIQ",
        *(encoded, len(encoded) + 2, kind, 1, _FREE, following[0], (children or [_FREE])[0]),
        *(starts.get(id(entry), _CHAIN_END), len(content or b"")),
    )
