"""Names of files: their normal form, which ones are skipped, and how they are shown."""

import os
import unicodedata

_SKIPPED_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_SKIPPED_STARTS = (".", "~$")
_SKIPPED_ENDS = (".part", ".partial", ".filepart", ".crdownload", ".opdownload", ".tmp")
"""What browsers and copying programs call a file until it is whole, and Office a file that it
writes: it will get its own name."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_NOT_CP932 = frozenset("\x80\xa0\uf8f0\uf8f1\uf8f2\uf8f3")
"""What Python decodes bytes to that have no meaning in CP932."""


def nfc(text: str) -> str:
    """Return the normal form of a name or path: composed, and fit to be stored.

    Names that are not UTF-8 (Python keeps their bytes as lone surrogates) are read as CP932, which
    unpacking an old Japanese archive leaves on a disk.
    """
    if not text.isascii():
        text = "/".join(_decode(part) for part in text.split("/"))
    return unicodedata.normalize("NFC", text)


def is_skipped(name: str) -> bool:
    """Say whether a file or folder of this name is hidden, a lock, the system's, or half a file."""
    lower = name.lower()
    by_name = lower in _SKIPPED_NAMES or lower.endswith(_SKIPPED_ENDS)
    return by_name or name.startswith(_SKIPPED_STARTS)


def printable_name(name: str) -> str:
    r"""Return a name fit for a terminal: invisible characters are written as ``\u202e``.

    A name could otherwise reverse the line, colour it or write over it.
    """
    return "".join(repr(char)[1:-1] if is_unseen(char) else char for char in name)


def is_unseen(char: str) -> bool:
    """Say whether a character moves the cursor, reverses the line or shows nothing."""
    return unicodedata.category(char) in _UNSEEN


def _decode(part: str) -> str:
    try:
        part.encode()
    except UnicodeEncodeError:
        try:
            content = os.fsencode(part)
        except UnicodeEncodeError:  # halves of characters, as a message may name its attachments
            return part.encode("utf-8", "backslashreplace").decode()
        try:
            decoded = content.decode("cp932")
        except UnicodeDecodeError:
            decoded = ""
        if not decoded or _NOT_CP932.intersection(decoded):
            return content.decode("utf-8", "backslashreplace")
        return decoded
    return part
