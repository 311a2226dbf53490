"""Signed links: who has one may see what it names until it expires; nobody can make another.

``{KIROKU_PUBLIC_URL}/p/<document>/<passage>?e=<expiry>&s=<signature>``. ``<document>`` is its key:
names are long where they are written in an address, and would stand in the log of every server on
the way. ``e`` is in seconds since 1970, ``0`` for ever. ``s`` is 30 bytes in base64url: 16 of
HMAC-SHA256 over all of the rest, and the fingerprint of the passage's words, so that a link of an
older generation still tells which words it was made for. A link from an answer tells which of them
are quoted, too (``&q=``, signed with the rest).
"""

import base64
import hashlib
import hmac
import json
import os
import re
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote, urlsplit

from bot.viewer import fingerprint
from bot.viewer.quoted import Quoted
from index.errors import StorageError
from index.passage import DEFAULT_COLLECTION, Collection, DocumentId, PassageId, document_key
from index.settings import Settings

KEY_FILE = "viewer.key"
_KEY_BYTES = 32
_MAC_BYTES = 16
_DAY_S = 86_400
_EXPIRY = re.compile(r"0|[1-9][0-9]{0,11}")
_SIGNATURE = re.compile(r"[A-Za-z0-9_-]{40}")
_PRIVATE = 0o600


@dataclass(frozen=True, slots=True)
class Links:
    """Makes links of one collection and tells which are genuine.

    ``base`` is the public address without a slash at its end, ``days`` for how long new links are
    good (0: for ever). The collection is signed and not written: a link of one opens nothing of
    another, and does not tell which there are.
    """

    key: bytes = field(repr=False)
    base: str
    days: int
    collection: Collection = DEFAULT_COLLECTION

    def of(self, collection: Collection) -> "Links":
        """Return what makes links of another collection."""
        return replace(self, collection=collection)

    @property
    def prefix(self) -> str:
        """The path of the public address, without a slash at its end."""
        return quote(urlsplit(self.base).path, safe="/%")

    def expiry(self, now: float | None = None) -> int:
        """Return when a link of now expires: at the end of a day, so that it stays the same."""
        if self.days == 0:
            return 0
        today = int(time.time() if now is None else now) // _DAY_S
        return (today + self.days + 1) * _DAY_S

    def url(
        self, document: DocumentId, passage: PassageId, text: str, quoted: Quoted | None = None
    ) -> str:
        """Return the link to a passage with the words ``text``, those ``quoted`` marked."""
        words = fingerprint.fingerprint(text)
        key = document_key(document)
        return self.base + self.path(key, passage, words, self.expiry(), quoted)

    def path(
        self,
        key: str,
        passage: PassageId,
        words: bytes,
        expiry: int,
        quoted: Quoted | None = None,
    ) -> str:
        """Return the link below the public address.

        ``key`` is the document's, ``words`` the fingerprint of the passage's.
        """
        also = () if quoted is None else (str(quoted),)
        signature = self._mac("p", key, passage, expiry, words.hex(), *also) + words
        marks = "".join(f"&q={each}" for each in also)
        return f"/p/{key}/{passage}?e={expiry}&s={_text(signature)}{marks}"

    def verified(
        self, key: str, passage: str, expiry: str, signature: str, quoted: str = ""
    ) -> bytes | None:
        """Return the fingerprint of the words that a genuine link was made for, else ``None``.

        ``key``, ``passage`` and ``quoted`` are what the link names. The time this takes does not
        depend on how much of the signature is right.
        """
        if not _SIGNATURE.fullmatch(signature) or not self._is_on_time(expiry):
            return None
        given = base64.urlsafe_b64decode(signature)
        mac, words = given[:_MAC_BYTES], given[_MAC_BYTES:]
        also = (quoted,) if quoted else ()
        own = self._mac("p", key, passage, int(expiry), words.hex(), *also)
        return words if hmac.compare_digest(mac, own) else None

    def part_path(self, kind: str, expiry: int, key: str = "", number: int = 0) -> str:
        """Return the signed address of something that a page is made of.

        ``kind`` says what (``page``, ``file``, ``style``), ``key`` of which document.
        """
        signature = _text(self._mac(kind, key, number, expiry))
        named = f"/{number}/{key}" if key else ""
        return f"/{kind}{named}?e={expiry}&s={signature}"

    def is_part(self, kind: str, expiry: str, signature: str, key: str, number: int) -> bool:
        """Say whether this is the signature of something that a page is made of."""
        if not self._is_on_time(expiry):
            return False
        own = _text(self._mac(kind, key, number, int(expiry)))
        return hmac.compare_digest(own.encode(), signature.encode("utf-8", "surrogatepass"))

    def _is_on_time(self, expiry: str) -> bool:
        if not _EXPIRY.fullmatch(expiry):
            return False
        return expiry == "0" or time.time() < int(expiry)

    def _mac(self, *named: str | int) -> bytes:
        message = json.dumps([self.collection, *named]).encode()
        return hmac.new(self.key, message, hashlib.sha256).digest()[:_MAC_BYTES]


def links_of(settings: Settings) -> Links | None:
    """Return what makes links, of the default collection; ``None`` without a public address.

    Raises :class:`StorageError` where the key cannot be read or made.
    """
    if settings.public_url is None:
        return None
    key = load_key(settings.data)
    return Links(key, settings.public_url, settings.link_days)


def load_key(data: Path) -> bytes:
    """Return the key in the data folder, made the first time, for this user's eyes only.

    Raises :class:`StorageError` where it can be neither read nor made.
    """
    path = data / KEY_FILE
    try:
        data.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _make_key(path)
        if path.stat().st_mode & ~_PRIVATE & 0o777:
            path.chmod(_PRIVATE)
        key = bytes.fromhex(path.read_text("ascii").strip())
    except OSError as error:
        message = (
            f"the key of the links, {KEY_FILE} in the data folder, cannot be used "
            f"({error.strerror}): let this user read it, or set KIROKU_DATA"
        )
        raise StorageError(message) from error
    except ValueError:
        key = b""
    if len(key) != _KEY_BYTES:
        message = (
            f"the key of the links, {KEY_FILE} in the data folder, is damaged: put back a copy of "
            "it, or remove it (links that were given out then lead nowhere)"
        )
        raise StorageError(message)
    return key


def _make_key(path: Path) -> None:
    """Write a new key whole or not at all; where another process was first, its key stays."""
    beside = path.with_name(f"{KEY_FILE}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(_KEY_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def _text(signature: bytes) -> str:
    return base64.urlsafe_b64encode(signature).decode().rstrip("=")
