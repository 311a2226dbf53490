"""E-mails saved as files (.eml): telling them from other text, and their text."""

import re
from dataclasses import dataclass
from pathlib import Path

from ingest.readers.mail.message_parts import MessagePart, decoded_header, leaf_parts, split_headers

SUFFIX = ".eml"

_HEADER = re.compile(rb"[!-9;-~]+:|[ \t]|From |\r?$")
_SENT = frozenset({"received", "return-path", "message-id", "mime-version"})
_OF_MAIL = _SENT | {"from", "date", "to", "subject"}
_SURE = 3
"""A text file with this many mail headers is a message, whatever its name."""

_TEXTS = frozenset({SUFFIX, ".txt", ".text", ".msg", ".mail", ""})


@dataclass(frozen=True, slots=True)
class MessageText:
    """The text of a message.

    ``text`` is HTML if ``is_html``. ``headers`` are subject, sender and so on
    by name, decoded, as far as present. ``warnings`` say what was lost.
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
    headers, _ = split_headers(head.removeprefix(b"\xef\xbb\xbf"))
    names = _OF_MAIL.intersection(map(str.lower, headers))
    if suffix == SUFFIX:
        return bool(names)
    return len(names) >= _SURE and bool(names & _SENT) and "from" in names


def read_message(path: Path) -> MessageText:
    """Return the headers and text of the message at ``path``."""
    content = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    headers, _ = split_headers(content)
    told = {
        name: decoded_header(str(headers[name]))
        for name in ("Subject", "From", "To", "Cc", "Date")
        if headers[name]
    }
    parts = list(leaf_parts(content))
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
    return MessageText(told, "\n".join(texts), is_html, tuple(dict.fromkeys(warnings)))


def _texts(parts: list[MessagePart]) -> list[MessagePart]:
    """Return the parts to be read: plain text if there is any, else HTML."""
    shown = [part for part in parts if not part.is_attachment]
    for kind in ("text/plain", "text/html"):
        chosen = [part for part in shown if part.kind == kind and part.raw.strip()]
        if chosen:
            return chosen
    return [part for part in shown if part.kind.startswith("text/")]
