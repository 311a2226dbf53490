"""Addresses on the web: what is fetched, under which name, and where nobody is led."""

import datetime as dt
import gzip
import socket
import ssl
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from index.errors import ReadingError, SourceError
from ingest.intake.fetching import checked_address, document_name, fetch_all
from ingest.intake.public_addresses import is_public_address
from ingest.intake.web_connection import request
from ingest.limits import Limits
from tests.ingest.making import write_minutes
from tests.ingest.test_pipeline import MINUTES

FIRST, SECOND = MINUTES.format(number=1), MINUTES.format(number=2)


@contextmanager
def serving(pages, context=None):
    """Serve pages: by path a status, headers and a body."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers["Host"]))
            status, headers, body = pages.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def local(address):
    """Allow what the rule forbids: the server of the test."""
    return address in {"127.0.0.1", "::1"}


def text(body, kind="text/plain"):
    """Return a page of text."""
    return 200, {"Content-Type": kind}, body.encode()


def test_a_page_is_a_document_and_is_fetched_anew(run, documents, tmp_path):
    """Known by its address; unchanged, changed, and left alone when another folder is pruned."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.txt").write_text(SECOND)
    pages = {"/gikai/%E8%AD%B0%E4%BA%8B": text(FIRST)}
    with serving(pages) as (site, asked):
        fetched = fetch_all([f"{site}/gikai/議事"], tmp_path / "fetched", rule=local)
        assert run(*fetched.found, other).added == 2
        host = site.removeprefix("http://")
        name = f"{host.replace(':', '_')}/gikai/議事.txt"
        assert sorted(documents()) == sorted([name, "a.txt"])
        assert asked == [("/gikai/%E8%AD%B0%E4%BA%8B", host)]
        assert run(
            *fetch_all([f"{site}/gikai/議事"], tmp_path / "fetched", rule=local).found
        ).unchanged
        pages["/gikai/%E8%AD%B0%E4%BA%8B"] = text(MINUTES.format(number=3))
        again = fetch_all([f"{site}/gikai/議事"], tmp_path / "fetched", rule=local)
        assert run(*again.found).replaced == 1
    (other / "a.txt").unlink()
    assert run(other, prune=True).removed == 1
    assert list(documents()) == [name]


def test_the_type_that_is_told_decides_the_reader(run, documents, tmp_path):
    """A page made by a program is HTML, a download without a suffix is the PDF that it is."""
    pdf = write_minutes(tmp_path / "c.pdf", FIRST.splitlines()).read_bytes()
    page = "<html><head><title>回答</title></head><body><p>週に二日とします。</p></body></html>"
    pages = {
        "/view.php?id=7&token=verysecret": text(page, "text/html; charset=utf-8"),
        "/download/7": (200, {"Content-Type": "application/pdf"}, pdf),
    }
    with serving(pages) as (site, _):
        fetched = fetch_all([site + path for path in pages], tmp_path / "fetched", rule=local)
    assert fetched.faults == ()
    assert run(*fetched.found).added == 2
    names = sorted(name.partition("/")[2] for name in documents())
    assert names[0] == "download/7.pdf"
    assert names[1].startswith("view.php id=7&token=")
    assert names[1].endswith(".html")
    assert "verysecret" not in names[1]


def test_redirects_are_followed_and_checked_anew(tmp_path):
    """A few are followed; one to a forbidden machine or scheme, or without end, is not."""
    pages = {
        "/old": (302, {"Location": "/new.txt"}, b""),
        "/new.txt": text(FIRST),
        "/inside": (302, {"Location": "http://192.168.0.1/secret"}, b""),
        "/file": (302, {"Location": "file:///etc/passwd"}, b""),
        "/round": (302, {"Location": "/round"}, b""),
    }
    with serving(pages) as (site, asked):
        fetched = fetch_all([site + path for path in pages], tmp_path / "fetched", rule=local)
        assert len([path for path, _ in asked if path == "/round"]) == 6
    assert len(fetched.found) == 2
    told = [why for _, why in fetched.faults]
    assert "192.168.0.1 is not on the public internet" in told[0]
    assert "only addresses that begin with https" in told[1]
    assert "without end" in told[2]


def test_the_rule_holds_unless_a_test_says_otherwise(tmp_path):
    """This machine itself is never asked."""
    with serving({"/": text(FIRST)}) as (site, asked):
        fetched = fetch_all([site], tmp_path / "fetched")
        assert asked == []
    assert fetched.found == ()
    assert "localhost is not on the public internet" in fetched.faults[0][1]


FORBIDDEN = [
    "127.0.0.1",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104 (nothing is bound)
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "198.18.0.1",
    "::1",
    "::",
    "fc00::1",
    "fd12::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:db8::1",
    "nonsense",
]


@pytest.mark.parametrize("address", FORBIDDEN)
def test_addresses_that_are_not_public_are_refused(address):
    """Private, loopback, link-local, shared, reserved, multicast, and IPv4 inside IPv6."""
    assert not is_public_address(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "203.178.137.58", "2001:4860:4860::8888"])
def test_public_addresses_are_allowed(address):
    """What stands on the internet may be fetched."""
    assert is_public_address(address)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "[::ffff:127.0.0.1]"])
def test_other_spellings_of_an_address_are_checked_as_well(tmp_path, host):
    """What counts is the address that is connected to."""
    fetched = fetch_all([f"http://{host}/"], tmp_path / "fetched")
    assert fetched.found == ()
    assert "public internet" in fetched.faults[0][1] or "not known" in fetched.faults[0][1]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("ftp://example.jp/a", "https://"),
        ("file:///etc/passwd", "https://"),
        ("https:///a", "https://"),
        ("https://user:secret@example.jp/", "a user name"),
        ("https://example.jp/a b", "blanks"),
        ("https://example.jp/a\r\nHost: x", "blanks"),
        ("https://example.jp:99999/", "cannot be understood"),
    ],
)
def test_addresses_that_are_never_fetched(tmp_path, address, told):
    """They are refused before anything is done, without repeating what may be secret."""
    with pytest.raises(SourceError, match=told) as error:
        fetch_all([address], tmp_path / "fetched")
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://example.jp", "example.jp/index.html"),
        ("https://例え.jp/a/", "xn--r8jz45g.jp/a/index.html"),
        ("https://example.jp/../../etc/passwd", "example.jp/_/_/etc/passwd.html"),
        ("https://example.jp/%2e%2e%2fa%00b%E2%80%AE", "example.jp/_a_b_.html"),
        ("https://example.jp/a.HTML?p=1", "example.jp/a.HTML p=1.html"),
    ],
)
def test_names_lead_nowhere(address, name):
    """Whatever an address holds, its name stays in the folder and can be shown."""
    assert document_name(checked_address(address), ".html") == name


def certified(folder):
    """Return a file with a key and a certificate that nobody but itself vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    file = folder / "key.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return file


def test_a_server_that_nobody_vouches_for_is_not_believed(tmp_path):
    """A certificate made by the server itself ends the connection."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certified(tmp_path))
    with serving({"/": text(FIRST)}, context) as (site, asked):
        address = site.replace("http:", "https:")
        fetched = fetch_all([address], tmp_path / "fetched", rule=local)
        assert asked == []
    assert "the connection to localhost is not safe" in fetched.faults[0][1]


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_server_that_says_nothing_is_left(scheme):
    """At the moment that was set, also in the middle of agreeing on how to speak."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        parts = checked_address(f"{scheme}://127.0.0.1:{server.getsockname()[1]}/")
        with pytest.raises(ReadingError, match="took too long"):
            request(parts, {}, local, Limits(), time.monotonic() + 0.2)


def test_faults_of_servers_are_told(tmp_path):
    """A page that is not there, that is too large, a bomb, and an answer that breaks off."""
    bomb = gzip.compress(bytes(3_000_000))
    pages = {
        "/large": text("x" * 200_000),
        "/bomb": (200, {"Content-Encoding": "gzip"}, bomb),
        "/odd": (200, {"Content-Encoding": "br"}, b"x"),
        "/cut": (200, {"Content-Length": "50", "Connection": "close"}, b"x"),
        "/fine": (200, {"Content-Encoding": "gzip"}, gzip.compress(FIRST.encode())),
    }
    with serving(pages) as (site, _):
        addresses = [site + path for path in [*pages, "/gone"]]
        limits = Limits(most_bytes=100_000)
        fetched = fetch_all(addresses, tmp_path / "fetched", limits=limits, rule=local)
    assert [found.path.read_text() for found in fetched.found] == [FIRST]
    told = {name.rpartition("/")[2]: why for name, why in fetched.faults}
    assert "split it" in told["large"]
    assert "split it" in told["bomb"]
    assert "packed in a way that is not read" in told["odd"]
    assert "broke off" in told["cut"]
    assert "the server answers 404" in told["gone"]
