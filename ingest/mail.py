"""E-mails saved as files (.eml): which part is the text, and which are attachments.

The message is a document, and each attachment another one. Nothing is executed or fetched.
"""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO

from index.errors import ReadingError
from ingest.containers import Part
from ingest.limits import Limits
from ingest.message_parts import MessagePart, decoded_header, headers_of, leaves
from ingest.naming import nfc
from ingest.zips import too_many

SUFFIX = ".eml"

_MOST_BYTES = 60_000_000
"""Mail servers take 10 to 50 MB."""

_HEADER = re.compile(rb"[!-9;-~]+:|[ \t]|From |\r?$")
_OF_MAIL = re.compile(
    rb"^(?:received|return-path|message-id|mime-version|from|date|to|subject):",
    re.IGNORECASE | re.MULTILINE,
)
_SURE = 3
"""So many headers of mail make a message of a text file, whatever it is called."""

_TEXTS = frozenset({SUFFIX, ".txt", ".text", ".msg", ".mail", ""})
_NAMELESS = {"message/rfc822": SUFFIX, "application/pdf": ".pdf", "text/plain": ".txt"}
_SIGNATURES = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
)
_NOT_IN_NAMES = re.compile(r"[/\\\x00]")
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in a message itself.

    ``text`` is to be read as HTML where ``is_html``. ``headers`` are subject, sender and so on
    by their names, decoded, those that are there. ``warnings`` say what was lost.
    """

    headers: dict[str, str]
    text: str
    is_html: bool
    warnings: tuple[str, ...]


def looks_like_mail(suffix: str, head: bytes) -> bool:
    """Say whether a file with this suffix and these first bytes is a message."""
    if suffix not in _TEXTS:
        return False
    lines = head.removeprefix(b"\xef\xbb\xbf").partition(b"\n\n")[0].partition(b"\r\n\r\n")[0]
    if not all(_HEADER.match(line) for line in lines.splitlines()[:-1]):
        return False
    names = {name.lower() for name in _OF_MAIL.findall(lines)}
    if suffix == SUFFIX:
        return bool(names)
    sent = {b"received:", b"return-path:", b"message-id:", b"mime-version:"}
    return len(names) >= _SURE and bool(names & sent) and b"from:" in names


def written(path: Path) -> Written:
    """Return what stands in the message at ``path``."""
    content = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    headers, _ = headers_of(content)
    told = {
        name: decoded_header(str(headers[name]))
        for name in ("Subject", "From", "To", "Cc", "Date")
        if headers[name]
    }
    parts = list(leaves(content))
    chosen = _texts(parts)
    texts, warnings = [], []
    for part in chosen:
        text, whole = part.text()
        texts.append(text)
        if not whole:
            warnings.append("a part of the message could not be decoded, and is left out")
    pictures = sum(part.kind.startswith("image/") and not part.is_attachment for part in parts)
    if pictures:
        warnings.append(f"{pictures} pictures that the message shows are not read")
    if any(part.kind.startswith("multipart/") for part in parts):
        warnings.append("parts of the message that stand in too many others are not read")
    if any(part.kind.endswith("pkcs7-mime") for part in parts):
        warnings.append("the message is encrypted or signed as a whole: save it decrypted")
    is_html = bool(chosen) and chosen[0].kind == "text/html"
    return Written(told, "\n".join(texts), is_html, tuple(dict.fromkeys(warnings)))


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
        parts = list(islice(leaves(content), limits.most_entries + 1))
        if len(parts) > limits.most_entries:
            raise ReadingError(too_many(cls.word, limits, len(parts)))
        attached = [part for part in parts if part.is_attachment and part.kind not in _SIGNATURES]
        return cls(attached, limits)

    def parts(self) -> list[Part]:
        """Return the attachments; of two with one name the second gets a number."""
        names: dict[str, None] = {}
        for number, part in enumerate(self._attached, start=1):
            name = _file_name(part, number)
            path, count = PurePosixPath(name), 2
            while name in names:
                name, count = f"{path.stem} ({count}){path.suffix}", count + 1
            names[name] = None
        return [
            Part(name, place, len(part.raw), self._limits.too_large(len(part.raw)))
            for place, (name, part) in enumerate(zip(names, self._attached, strict=True))
        ]

    @contextmanager
    def opened(self, place: int) -> Iterator[IO[bytes]]:
        """Decode an attachment."""
        part = self._attached[place]
        content, _ = part.content()
        if part.raw.strip() and not content:
            message = "it is broken in the message: ask for it to be sent again"
            raise ReadingError(message)
        yield io.BytesIO(content)

    def close(self) -> None:
        """Do nothing: the file is not open any more."""


def _texts(parts: list[MessagePart]) -> list[MessagePart]:
    """Return the parts to be read: plain text where there is any, else HTML."""
    shown = [part for part in parts if not part.is_attachment]
    for kind in ("text/plain", "text/html"):
        chosen = [part for part in shown if part.kind == kind and part.raw.strip()]
        if chosen:
            return chosen
    return [part for part in shown if part.kind.startswith("text/")]


def _file_name(part: MessagePart, number: int) -> str:
    name = _NOT_IN_NAMES.sub("_", nfc(part.name or "")).strip().lstrip(".").strip()
    if not name and part.kind == "message/rfc822":
        headers, _ = headers_of(part.content()[0])
        subject = decoded_header(str(headers["subject"] or ""))
        name = _NOT_IN_NAMES.sub("_", nfc(subject)).strip(". ")[:_LONGEST_NAME]
    if not name:
        name = f"attachment {number}"
    suffix = _NAMELESS.get(part.kind, "")
    if not PurePosixPath(name).suffix or part.kind == "message/rfc822":
        name = name.removesuffix(suffix) + suffix
    path = PurePosixPath(name)
    return path.stem[:_LONGEST_NAME] + path.suffix[:_LONGEST_NAME]
