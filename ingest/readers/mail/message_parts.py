"""Parsing a message (RFC 5322, MIME) in steps of limited cost.

Python's own parser is not used: a malicious message takes it minutes, and messages are parsed when
files are listed, before any separate process reads them.
"""

import binascii
import codecs
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.parser import HeaderParser
from email.utils import collapse_rfc2231_value
from string import ascii_letters, digits

from ingest.decoding import decode

MOST_DEPTH = 8
"""Nesting of parts; programs make three or four."""

_MOST_HEADERS = 1 << 18
_LONGEST_HEADER = 20_000
_MOST_LINES = 5_000
_BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n|\r\r")
_CHARSETS = {"shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932"}
_NO_CHARSETS = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"})
"""Codecs that no mail is written in; some take quadratic time."""

_NOT_BASE64 = bytes(set(range(256)) - set((ascii_letters + digits + "+/").encode()))


@dataclass(frozen=True, slots=True)
class MessagePart:
    """One leaf of a message: its headers, and its bytes as sent (``raw``).

    ``kind`` is its content type in lower case; ``beside`` that of the part around it.
    """

    headers: "Message[str, str]"
    raw: bytes
    kind: str
    beside: str

    @property
    def name(self) -> str | None:
        """The name of the file that it is sent as."""
        for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
            value = self.headers.get_param(parameter, None, header)
            if value is not None:
                return _decoded_parameter(value)
        return None

    @property
    def is_attachment(self) -> bool:
        """Whether it is a file of its own rather than part of the message text."""
        if self.kind == "message/rfc822":
            return True
        if self.kind.startswith("image/") and self.beside == "multipart/related":
            return False  # it belongs to the page that shows it
        disposition = (self.headers.get("content-disposition") or "").strip().lower()
        if disposition.startswith("attachment") or self.name is not None:
            return True
        return not self.kind.startswith(("text/", "image/", "multipart/"))

    def content(self) -> tuple[bytes, bool]:
        """Return its decoded bytes, and whether all could be decoded."""
        coding = (self.headers.get("content-transfer-encoding") or "").strip().lower()
        if coding == "base64":
            return _decode_base64(self.raw)
        if coding == "quoted-printable":
            return quopri.decodestring(self.raw), True
        return self.raw, True

    def text(self) -> tuple[str, bool]:
        """Return its text, and whether all of it could be decoded."""
        content, whole = self.content()
        charset = (self.headers.get_content_charset() or "").lower()
        try:
            if charset and not charset.startswith(("iso-2022", "us-ascii")):
                return _decode_charset(content, charset), whole
        except (LookupError, ValueError):
            pass  # the charset is wrong
        decoded = decode(content)
        if decoded is None:
            return content.decode("utf-8", "replace"), not content
        return decoded.text, whole and not decoded.lost


def split_headers(content: bytes) -> "tuple[Message[str, str], bytes]":
    """Return the headers of a message or part, and its body."""
    if content.startswith((b"\r\n", b"\n")):
        return HeaderParser().parsestr(""), content.lstrip(b"\r\n")
    end = _BLANK_LINE.search(content, 0, _MOST_HEADERS)
    head, body = (content[: end.start()], content[end.end() :]) if end else (content, b"")
    decoded = decode(head[:_MOST_HEADERS])  # some programs send names as plain bytes
    told = decoded.text if decoded else head[:_MOST_HEADERS].decode("latin-1")
    lines = [line.rstrip("\r")[:_LONGEST_HEADER] for line in told.split("\n")[:_MOST_LINES]]
    headers = HeaderParser().parsestr("\n".join(lines))
    for name in ("content-type", "content-disposition"):
        value = headers.get(name)
        if value is not None and len(str(value)) > _LONGEST_HEADER:
            del headers[name]
    return headers, body


def leaf_parts(content: bytes, depth: int = 0, beside: str = "") -> Iterator[MessagePart]:
    """Yield the parts of a message that contain no others, in order."""
    headers, body = split_headers(content)
    kind = headers.get_content_type()
    boundary = headers.get_param("boundary") if kind.startswith("multipart/") else None
    if not isinstance(boundary, str) or not boundary.strip() or depth >= MOST_DEPTH:
        yield MessagePart(headers, body, kind, beside)
        return
    within = beside if kind == "multipart/alternative" and beside else kind
    for part in _split_at_boundary(body, boundary.strip().encode("utf-8", "surrogatepass")):
        yield from leaf_parts(part, depth + 1, within)


def decoded_header(value: str) -> str:
    """Return a header's words on one line, with ``=?…?=`` decoded."""
    value = value[:_LONGEST_HEADER]
    words = []
    try:
        for word, charset in decode_header(value):
            words.append(word if isinstance(word, str) else _text(word, charset))
    except (MessageError, ValueError, LookupError):
        words = [value]
    return " ".join("".join(words).split())


def _split_at_boundary(body: bytes, boundary: bytes) -> Iterator[bytes]:
    """Yield what is between the lines of a boundary; without an end, up to the end of the file."""
    line = re.compile(rb"^--" + re.escape(boundary) + rb"(--)?[ \t]*\r?(?:\n|\Z)", re.MULTILINE)
    start = None
    for mark in line.finditer(body):
        if start is not None:
            yield body[start : mark.start()].removesuffix(b"\n").removesuffix(b"\r")
        start = mark.end()
        if mark[1]:
            return
    if start is not None:
        yield body[start:]


def _decoded_parameter(value: str | tuple[str | None, str | None, str]) -> str:
    """Decode a parameter; many programs write names as ``=?…?=`` against the rules."""
    if not isinstance(value, tuple):
        return decoded_header(value)
    charset, _, quoted = value
    told = (charset or "").lower()
    if told.startswith(("iso-2022", "shift", "euc", "x-", "windows")) or told in _NO_CHARSETS:
        return _text(quoted.encode("latin-1", "replace"), charset)
    try:
        return decoded_header(collapse_rfc2231_value(value))
    except ValueError:  # the charset is wrong
        return decoded_header(quoted)


def _decode_charset(content: bytes, charset: str) -> str:
    """Decode by the charset. Raises ``LookupError`` if it is none, and ``ValueError``."""
    codec = codecs.lookup(_CHARSETS.get(charset, charset)).name
    if codec in _NO_CHARSETS:
        raise LookupError(charset)
    return content.decode(codec)


def _text(content: bytes, charset: str | None) -> str:
    charset = (charset or "").lower().partition("*")[0]
    try:
        if not charset.startswith("iso-2022"):  # Python's own lacks characters that are sent
            return _decode_charset(content, charset)
    except (LookupError, ValueError):
        pass
    decoded = decode(content)
    return decoded.text if decoded else content.decode("utf-8", "replace")


def _decode_base64(raw: bytes) -> tuple[bytes, bool]:
    """Decode what can be decoded: other characters are dropped, an incomplete end is cut off."""
    letters = raw.rstrip(b"= \t\r\n-")
    kept = letters.translate(None, _NOT_BASE64)
    whole = len(kept) == len(letters) - sum(letters.count(blank) for blank in b" \t\r\n")
    if len(kept) % 4 == 1:
        kept, whole = kept[:-1], False
    return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4)), whole
