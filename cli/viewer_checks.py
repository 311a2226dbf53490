"""What ``kiroku check`` looks at of the viewer: address, key, port."""

import http.client
import json
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.viewer.links import KEY_FILE, load_key
from bot.viewer.server import is_wanted
from cli.health_checks import Finding, State
from index.errors import StorageError
from index.setting_values import address_of
from index.settings import OFF, Settings

_SECONDS = 3
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


def check_viewer(settings: Settings) -> Iterator[Finding]:
    """Check that citations can link to their page, and that the viewer can be served."""
    yield from _check_links(settings)
    if is_wanted(settings):
        yield _check_port(settings)
    elif settings.public_url is not None:
        message = "KIROKU_VIEWER is off: the links lead nowhere unless another machine serves them"
        yield Finding("viewer", State.UNSET, message)


def _check_links(settings: Settings) -> Iterator[Finding]:
    if settings.public_url is None:
        message = "citations do not open: set KIROKU_PUBLIC_URL (docs/viewer.md)"
        yield Finding("links", State.UNSET, message)
        return
    try:
        load_key(settings.data)
    except StorageError as error:
        yield Finding("links", State.FAULT, str(error))
        return
    days = f"open for {settings.link_days} days" if settings.link_days else "open for ever"
    yield Finding("links", State.OK, f"below {settings.public_url}, {days}, signed by {KEY_FILE}")
    parts = urlsplit(settings.public_url)
    if parts.scheme == "http" and parts.hostname not in _HERE:
        message = (
            "KIROKU_PUBLIC_URL begins with http: whoever is on the way can read links and pages; "
            "put a proxy with a certificate in front (docs/viewer.md)"
        )
        yield Finding("https", State.UNSET, message)


def _check_port(settings: Settings) -> Finding:
    """Tell whether the port is free, or a Kiroku answers there."""
    if settings.viewer == OFF:
        return Finding("viewer", State.UNSET, "KIROKU_VIEWER is off")
    host, port = address_of(settings.viewer)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, port), family=family):
            return Finding("viewer", State.OK, f"{settings.viewer} is free for `kiroku serve`")
    except OSError as error:
        reason = error.strerror or type(error).__name__
    if _answers(host, port):
        return Finding("viewer", State.OK, f"`kiroku serve` answers at {settings.viewer}")
    message = (
        f"it cannot be served at {settings.viewer} ({reason}): set KIROKU_VIEWER to an address of "
        "this machine and a free port"
    )
    return Finding("viewer", State.FAULT, message)


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=_SECONDS)
    try:
        connection.request("GET", "/healthz")
        told = json.loads(connection.getresponse().read())
        return isinstance(told, dict) and "slack" in told
    except (OSError, http.client.HTTPException, ValueError):
        return False
    finally:
        connection.close()
