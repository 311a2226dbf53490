"""The attachments of e-mails saved as files (.eml): each is a document of its own.

Nothing is executed or fetched.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO

from index.errors import ReadingError
from ingest.intake.containers import Part
from ingest.intake.file_names import nfc
from ingest.intake.zips import too_many
from ingest.limits import Limits
from ingest.readers.mail.message import SUFFIX
from ingest.readers.mail.message_parts import MessagePart, decoded_header, leaf_parts, split_headers

_MOST_BYTES = 60_000_000
"""Mail servers take 10 to 50 MB."""

_NAMELESS = {"message/rfc822": SUFFIX, "application/pdf": ".pdf", "text/plain": ".txt"}
_SIGNATURES = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
)
_NOT_IN_NAMES = str.maketrans("/\\\0", "___")
_LONGEST_NAME = 100


class MailContainer:
    """The attachments of a message."""

    word = "message"
    is_document = True

    def __init__(self, attached: list[MessagePart], limits: Limits) -> None:
        self._attached = attached
        self._limits = limits

    @classmethod
    def open(cls, path: Path, limits: Limits) -> "MailContainer":
        """Take the message at ``path`` apart. Raises ``ReadingError`` and ``OSError``."""
        size = path.stat().st_size
        if size > _MOST_BYTES:
            message = (
                f"the message is {size / 1e6:,.0f} MB, more than the {_MOST_BYTES / 1e6:,.0f} MB "
                "that are read: save its attachments, and ingest these"
            )
            raise ReadingError(message)
        content = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
        parts = list(islice(leaf_parts(content), limits.most_entries + 1))
        if len(parts) > limits.most_entries:
            raise ReadingError(too_many(cls.word, limits, len(parts)))
        attached = [part for part in parts if part.is_attachment and part.kind not in _SIGNATURES]
        return cls(attached, limits)

    def parts(self) -> list[Part]:
        """Return the attachments; the second of two with the same name gets a number."""
        names: dict[str, None] = {}
        for number, part in enumerate(self._attached, start=1):
            name = _file_name(part, number)
            path, count = PurePosixPath(name), 2
            while name in names:
                name, count = f"{path.stem} ({count}){path.suffix}", count + 1
            names[name] = None
        return [
            Part(name, place, len(part.raw), self._limits.why_too_large(len(part.raw)))
            for place, (name, part) in enumerate(zip(names, self._attached, strict=True))
        ]

    @contextmanager
    def open_part(self, place: int) -> Iterator[IO[bytes]]:
        """Decode an attachment."""
        part = self._attached[place]
        content, _ = part.content()
        if part.raw.strip() and not content:
            message = "it is broken in the message: ask for it to be sent again"
            raise ReadingError(message)
        yield io.BytesIO(content)

    def close(self) -> None:
        """Do nothing: the file is not open any more."""


def _file_name(part: MessagePart, number: int) -> str:
    name = nfc(part.name or "").translate(_NOT_IN_NAMES).strip().lstrip(".").strip()
    if not name and part.kind == "message/rfc822":
        headers, _ = split_headers(part.content()[0])
        subject = decoded_header(str(headers["subject"] or ""))
        name = nfc(subject).translate(_NOT_IN_NAMES).strip(". ")[:_LONGEST_NAME]
    if not name:
        name = f"attachment {number}"
    suffix = _NAMELESS.get(part.kind, "")
    if not PurePosixPath(name).suffix or part.kind == "message/rfc822":
        name = name.removesuffix(suffix) + suffix
    path = PurePosixPath(name)
    return path.stem[:_LONGEST_NAME] + path.suffix[:_LONGEST_NAME]
