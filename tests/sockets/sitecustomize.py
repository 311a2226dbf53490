"""Python imports this before anything else: it writes down where sockets lead (PEP 578)."""

import os
import sys

_AWAY = {"socket.connect", "socket.sendto", "socket.sendmsg"}
_NAMES = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
_TOLD = os.environ.get("SOCKETS_TOLD")
"""Without it, as in a program that clears its environment, nobody is told."""


def _hear(event: str, given: tuple[object, ...]) -> None:
    if event in _AWAY and isinstance(given[1], tuple):  # others stay on this machine (AF_UNIX)
        _write(event, f"{given[1][0]}:{given[1][1]}")
    elif event in _NAMES:
        _write(event, str(given[0]))


def _write(event: str, address: str) -> None:
    os.write(_FILE, f"{event} {address}\n".encode())


if _TOLD:
    _FILE = os.open(_TOLD, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    _write("started", str(os.getpid()))
    sys.addaudithook(_hear)
