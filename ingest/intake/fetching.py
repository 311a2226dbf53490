"""Pages and files from the web, fetched into a folder where they are documents like others.

Each is named by its address, ``www.city.example.jp/gikai/minutes.html``. Naming the address again
fetches it again.
"""

import hashlib
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urljoin, urlsplit

from index.errors import ReadingError, SourceError
from ingest.intake.file_names import is_unseen, nfc
from ingest.intake.public_addresses import AddressRule, is_public_address
from ingest.intake.scan import FoundFile, expand_packed
from ingest.intake.web_connection import Response, request
from ingest.limits import DEFAULT_LIMITS, Limits

FOLDER = "fetched"
"""Folder inside the data folder for fetched files."""

_SECONDS = 120.0
_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OK = 200
AGENT = "Kiroku"
"""The name under which sites are asked."""
_HEADERS = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity"}
_SUFFIXES = {
    "text/html": (".html", ".htm", ".shtml"),
    "application/xhtml+xml": (".xhtml", ".html"),
    "application/pdf": (".pdf",),
    "text/plain": (".txt", ".md", ".csv", ".eml"),
    "text/csv": (".csv",),
    "text/markdown": (".md",),
    "message/rfc822": (".eml",),
    "application/zip": (".zip",),
    "application/msword": (".doc",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": (".pptx",),
}
_SECRET = re.compile(
    r"token|secret|passw|auth|session|sig|api_?key|^(?:key|sid|code)$", re.IGNORECASE
)
_NOT_IN_NAMES = frozenset('/\\:*?"<>|')
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Fetched:
    """The fetched files, and the addresses that could not be fetched with the reasons.

    Of a list that was followed: ``passed_over`` are the pages that are no minutes, and why,
    ``left`` is how many more there are than were to be fetched.
    """

    found: tuple[FoundFile, ...]
    faults: tuple[tuple[str, str], ...]
    passed_over: tuple[tuple[str, str], ...] = ()
    left: int = 0


def is_address(text: str) -> bool:
    """Say whether a command's argument is an address on the web rather than a path."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", text) is not None


def checked_address(address: str) -> SplitResult:
    """Return the parts of an address that may be fetched.

    Raises :class:`SourceError` for any other: only http and https, without credentials.
    """
    if any(char <= " " or char == "\x7f" for char in address):
        message = "an address holds blanks or control characters: write it as the browser shows it"
        raise SourceError(message)
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port
    except ValueError as error:
        message = "an address cannot be understood: copy it from the browser"
        raise SourceError(message) from error
    if parts.scheme not in {"http", "https"} or not host:
        message = "only addresses that begin with https:// or http:// and a host are fetched"
        raise SourceError(message)
    if "@" in parts.netloc:
        message = f"the address at {host} holds a user name: leave it out, or save the page"
        raise SourceError(message)
    netloc = (f"[{host}]" if ":" in host else host) + (f":{port}" if port else "")
    path, query = (
        quote(parts.path, safe="/%:;,=+@!$&'()*~"),
        quote(parts.query, safe="/%:;,=+@!$&'()*~?"),
    )
    return parts._replace(netloc=netloc, path=path, query=query, fragment="")


def fetch_all(
    addresses: Sequence[str],
    folder: Path,
    *,
    limits: Limits = DEFAULT_LIMITS,
    rule: AddressRule = is_public_address,
) -> Fetched:
    """Fetch addresses into ``folder``; ``rule`` says which machines may be connected to.

    Raises :class:`SourceError` for an address that is never fetched, before anything is done.
    """
    wanted = [checked_address(address) for address in addresses]
    found: list[FoundFile] = []
    faults: list[tuple[str, str]] = []
    for parts in dict.fromkeys(wanted):
        try:
            response = fetch(parts, rule, limits)
            name = document_name(parts, suffix_of(parts, response))
            file = store_fetched(folder, name, response.content)
        except (ReadingError, OSError) as error:
            why = str(error) if isinstance(error, ReadingError) else "it could not be stored"
            faults.append((document_name(parts, ""), why))
        else:
            found += expand_packed(file, limits)
    return Fetched(tuple(found), tuple(faults))


def document_name(parts: SplitResult, suffix: str) -> str:
    """Return the name for an address: host, path, and query without possible secrets.

    It never leads out of the folder, and no part is longer than file systems allow.
    """
    pieces = [_piece(unquote(piece)) for piece in parts.path.split("/") if piece]
    if not pieces or parts.path.endswith("/"):
        pieces.append("index")
    if parts.query:
        asked = [
            f"{name}={_hash(value) if _SECRET.search(name) else value}"
            for name, value in parse_qsl(parts.query, keep_blank_values=True)
        ] or [parts.query]
        pieces[-1] = _piece(f"{pieces[-1]} {'&'.join(asked)}")
    if not pieces[-1].lower().endswith(suffix):
        pieces[-1] += suffix
    return "/".join([_piece(parts.netloc), *pieces])


def fetch(
    parts: SplitResult,
    rule: AddressRule,
    limits: Limits,
    *,
    accept_any: bool = False,
    host: str | None = None,
) -> Response:
    """Request a page and follow redirects; each address is checked again.

    ``accept_any`` returns a response of any status; with ``host`` no other one is asked.
    Raises :class:`ReadingError` if there is no page.
    """
    until = time.monotonic() + _SECONDS
    for _ in range(_MOST_REDIRECTS + 1):
        response = request(parts, _HEADERS, rule, limits, until)
        if response.status not in _REDIRECTS:
            break
        try:
            parts = checked_address(urljoin(parts.geturl(), response.headers.get("location", "")))
        except SourceError as error:
            raise ReadingError(str(error)) from error
        if host is not None and parts.netloc != host:
            message = f"it leads to another site ({parts.netloc}): name its address there"
            raise ReadingError(message)
    if response.status in _REDIRECTS:
        message = "it leads from one address to the next without end: name the last one"
        raise ReadingError(message)
    if response.status != _OK and not accept_any:
        message = f"the server answers {response.status}: check the address in a browser"
        raise ReadingError(message)
    return response


def is_page(response: Response) -> bool:
    """Say whether a response is a web page."""
    return "html" in response.headers.get("content-type", "").lower()


def suffix_of(parts: SplitResult, response: Response) -> str:
    """Return the suffix for a response, by its content type if that says anything."""
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    own = PurePosixPath(unquote(parts.path)).suffix.lower()
    own = own if own[1:].isalnum() and own.isascii() else ""
    known = _SUFFIXES.get(kind, (own,))
    return own if own in known else known[0]


def store_fetched(folder: Path, name: str, content: bytes) -> FoundFile:
    """Write a fetched file under its name. Raises ``OSError`` if that fails."""
    file = folder / name
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        half = file.with_name(".half")
        half.write_bytes(content)
        half.replace(file)
    except (FileExistsError, NotADirectoryError, IsADirectoryError):
        # one address is both a page and the beginning of another address
        host, _, rest = name.partition("/")
        name = f"{host}/{_hash(rest)}{PurePosixPath(rest).suffix}"
        file = folder / name
        file.write_bytes(content)
    return FoundFile(file.resolve(), folder.resolve(), name)


def _piece(text: str) -> str:
    kept = ("_" if char in _NOT_IN_NAMES or is_unseen(char) else char for char in nfc(text))
    text = "".join(kept).strip().lstrip(".~") or "_"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}~{_hash(text)}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
