"""Files that people put among documents but no reader reads: what they are, what to do."""

_UNPACK = "unpack it and ingest the folder, or pack it as a zip"
_TRANSCRIPT = "ingest its minutes, or a transcript of it"

_STARTS: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (0, b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (2, b"-lh", "an LZH archive", _UNPACK),
    (2, b"-lz", "an LZH archive", _UNPACK),
    (257, b"ustar", "a tar archive", _UNPACK),
    (0, b"\x1f\x8b", "a gzip archive", _UNPACK),
    (0, b"BZh", "a bzip2 archive", _UNPACK),
    (0, b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (0, b"MSCF", "a cabinet archive", _UNPACK),
    (0, b"ID3", "a sound recording", _TRANSCRIPT),
    (0, b"fLaC", "a sound recording", _TRANSCRIPT),
    (0, b"OggS", "a sound recording", _TRANSCRIPT),
    (8, b"WAVE", "a sound recording", _TRANSCRIPT),
    (4, b"ftypM4A", "a sound recording", _TRANSCRIPT),
    (4, b"ftypisom", "a video", _TRANSCRIPT),
    (4, b"ftypmp4", "a video", _TRANSCRIPT),
    (4, b"ftypqt", "a video", _TRANSCRIPT),
    (8, b"AVI ", "a video", _TRANSCRIPT),
    (0, b"\x1aE\xdf\xa3", "a video", _TRANSCRIPT),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "a sound or video recording", _TRANSCRIPT),
    (0, b"MZ", "a program", "ingest documents only"),
    (0, b"\x7fELF", "a program", "ingest documents only"),
    (0, b"L\x00\x00\x00\x01\x14\x02\x00", "a shortcut", "ingest the file to which it leads"),
    (0, b"!BDN", "a mailbox of Outlook", "save the messages as .eml, each by itself"),
)
"""Offset and bytes that identify a format, what it is, and what to do."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OUTLOOK = (
    "it is a message in Outlook's own format, which is not read: open it, save it as .eml "
    "(or print it to PDF), and save its attachments"
)
_MAILBOX = "it is a mailbox of many messages, which is not read: save them as .eml, one by one"

_SUFFIXES = (
    (
        frozenset(
            [
                ".mp3",
                ".wav",
                ".m4a",
                ".aac",
                ".wma",
                ".flac",
                ".ogg",
                ".oga",
                ".opus",
                ".aif",
                ".aiff",
                ".amr",
            ]
        ),
        "a sound recording",
        _TRANSCRIPT,
    ),
    (
        frozenset(
            [
                ".mp4",
                ".m4v",
                ".mov",
                ".avi",
                ".wmv",
                ".mkv",
                ".webm",
                ".mpg",
                ".mpeg",
                ".mts",
                ".m2ts",
                ".ts",
                ".flv",
            ]
        ),
        "a video",
        _TRANSCRIPT,
    ),
    (
        frozenset([".7z", ".rar", ".lzh", ".lha", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".cab"]),
        "an archive",
        _UNPACK,
    ),
    (frozenset({".lnk", ".url", ".webloc"}), "a shortcut", "ingest the file to which it leads"),
)


def why_unsupported(suffix: str, head: bytes) -> str | None:
    """Return what an unread file is, and what to do; ``None`` if that is not known.

    ``suffix`` is in small letters, ``head`` the first bytes of the file.
    """
    if suffix == ".msg" and head.startswith(_OLE):
        return _OUTLOOK
    if suffix in {".mbox", ".mbx"} or (suffix == "" and head.startswith(b"From ")):
        return _MAILBOX
    for at, mark, what, advice in _STARTS:
        if head.startswith(mark, at):
            return _message(what, advice)
    return next((_message(what, todo) for known, what, todo in _SUFFIXES if suffix in known), None)


def _message(what: str, advice: str) -> str:
    return f"it is {what}, which is not read: {advice}"
