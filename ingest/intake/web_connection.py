"""One request to a web server at a checked address, limited in time and size."""

import contextlib
import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import SplitResult

from index.errors import ReadingError
from ingest.intake.public_addresses import AddressRule, allowed_addresses
from ingest.limits import Limits

_CONNECT_S = 10.0
_BLOCK = 1 << 16
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Response:
    """A server's response; ``headers`` by lower-case name."""

    status: int
    headers: Mapping[str, str]
    content: bytes


def request(
    parts: SplitResult, headers: Mapping[str, str], rule: AddressRule, limits: Limits, until: float
) -> Response:
    """Request a page, until ``until`` (of ``time.monotonic``) at the latest.

    Raises :class:`ReadingError` if there is no answer, or one that is too large.
    """
    host = parts.hostname or ""
    port = parts.port or _PORTS[parts.scheme]
    addresses = allowed_addresses(host, port, rule)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with _connect(parts, host, (addresses[0], port)) as connection, _shut_at(connection, until):
            if isinstance(connection.sock, ssl.SSLSocket):
                connection.sock.do_handshake()
            connection.request("GET", target, headers={"Host": parts.netloc, **headers})
            answer = connection.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Response(answer.status, told, _content(answer, told, limits))
    except (OSError, http.client.HTTPException, ValueError, AttributeError, zlib.error) as error:
        late = isinstance(error, TimeoutError) or time.monotonic() >= until
        raise ReadingError(_why_broken(host, error, late=late)) from error


def _why_broken(host: str, error: Exception, *, late: bool) -> str:
    if isinstance(error, ssl.SSLError) and not late:
        return f"the connection to {host} is not safe ({error.reason or 'TLS'}): not fetched"
    why = "took too long" if late else "broke off"
    return f"the connection to {host} {why}: try again later, or save the page as a file"


@contextmanager
def _connect(
    parts: SplitResult, host: str, address: tuple[str, int]
) -> Iterator[http.client.HTTPConnection]:
    """Connect to the address, with the host's name for TLS."""
    connection = http.client.HTTPConnection(host, address[1], timeout=_CONNECT_S)
    opened = socket.create_connection(address, timeout=_CONNECT_S)
    try:
        if parts.scheme == "https":
            opened = ssl.create_default_context().wrap_socket(
                opened, server_hostname=host, do_handshake_on_connect=False
            )
        connection.sock = opened
        yield connection
    finally:
        connection.close()
        opened.close()


@contextmanager
def _shut_at(connection: http.client.HTTPConnection, until: float) -> Iterator[None]:
    """Shut the connection at ``until``: a server may send a byte now and then."""
    opened = connection.sock

    def shut() -> None:
        with contextlib.suppress(OSError):
            opened.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(0.0, until - time.monotonic()), shut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _content(answer: http.client.HTTPResponse, told: Mapping[str, str], limits: Limits) -> bytes:
    """Read and unpack the body, up to the limit."""
    coding = told.get("content-encoding", "identity").strip().lower()
    if coding not in {"identity", "", "gzip", "x-gzip", "deflate"}:
        message = f"it is sent packed in a way that is not read ({coding}): save it as a file"
        raise ReadingError(message)
    packed = coding not in {"identity", ""}
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32) if packed else None
    content = bytearray()
    while block := answer.read(_BLOCK):
        content += unpacker.decompress(block, limits.most_bytes + 1) if unpacker else block
        while unpacker and unpacker.unconsumed_tail and len(content) <= limits.most_bytes:
            content += unpacker.decompress(unpacker.unconsumed_tail, limits.most_bytes + 1)
        if told_why := limits.why_too_large(len(content)):
            raise ReadingError(told_why)
    if answer.length:
        raise http.client.IncompleteRead(bytes(content[:0]))
    return bytes(content)
