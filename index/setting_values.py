"""What the value of a setting may be: each is read from text, or refused with what to do.

All but :func:`address_of` raise :class:`SettingError`, naming the setting.
"""

import re
from urllib.parse import urlsplit

from index.errors import SettingError

_MOST_DAYS = 36_500
_CHANNEL = re.compile("[CG][A-Z0-9]+")
_WORKSPACE = re.compile("T[A-Z0-9]+")
_LAST_PORT = 65_535
_PASSWORD = re.compile(r"(?<=:)(?<!:/)(?!//)[^@/]*(?=@)|(?<=password=)[^&\s]*")


def one_of(name: str, value: str | None, allowed: tuple[str, ...]) -> None:
    """Refuse a value that is none of those allowed."""
    if value not in allowed:
        message = f"{name} is {value!r}: set it to one of {', '.join(allowed)}"
        raise SettingError(message)


def address_of(viewer: str) -> tuple[str, int]:
    """Return host and port of a ``HOST:PORT``; an IPv6 address stands in brackets.

    Raises :class:`ValueError` for anything else.
    """
    parts = urlsplit(f"//{viewer}")
    if not parts.hostname or parts.port is None or parts.netloc != viewer or "@" in viewer:
        message = f"{viewer!r} is not HOST:PORT"
        raise ValueError(message)
    return parts.hostname, parts.port


def viewer_of(value: str) -> str:
    """Return ``host:port``."""
    try:
        _, port = address_of(value)
    except ValueError:
        port = 0
    if not 0 < port <= _LAST_PORT:
        message = (
            f"KIROKU_VIEWER is {value!r}: set it to HOST:PORT, such as 127.0.0.1:8377, or to off"
        )
        raise SettingError(message)
    return value


def public_url_of(value: str | None) -> str | None:
    """Return an address without a slash at its end; ``None`` where there is none."""
    if not value:
        return None
    try:
        parts = urlsplit(value)
        wrong = parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc
        wrong = wrong or bool(parts.query or parts.fragment) or any(c <= " " for c in value)
        _ = parts.port  # a port that is none raises
    except ValueError:
        wrong = True
    if wrong:
        message = (
            "KIROKU_PUBLIC_URL is not an address: set it to what staff type into the browser, "
            "such as https://kiroku.town.example, without ? and #"
        )
        raise SettingError(message)
    return value.rstrip("/")


def days_of(name: str, value: str | None) -> int:
    """Return a number of days."""
    value = value or ""
    if value.isascii() and value.isdigit() and int(value) <= _MOST_DAYS:
        return int(value)
    message = f"{name} is {value!r}: set it to a number of days, or 0 for ever"
    raise SettingError(message)


def channel_of(name: str, value: str | None) -> str | None:
    """Return a channel's id; ``None`` where there is none."""
    if not value or _CHANNEL.fullmatch(value):
        return value or None
    message = f"{name} is {value!r}: set it to a channel's id (C… or G…), from its “Copy link”"
    raise SettingError(message)


def workspaces_of(name: str, value: str | None) -> frozenset[str]:
    """Return the ids of workspaces."""
    given = frozenset(each.strip() for each in (value or "").split(",")) - {""}
    wrong = sorted(each for each in given if not _WORKSPACE.fullmatch(each))
    if wrong:
        message = (
            f"{name} has {wrong[0]!r}: set it to ids of workspaces (T…, as in the address of Slack "
            "in a browser), with commas between them"
        )
        raise SettingError(message)
    return given


def store_of(name: str, value: str) -> str:
    """Return ``embedded``, or the address of a PostgreSQL server."""
    try:
        known = value == "embedded" or urlsplit(value).scheme in {"postgresql", "postgres"}
    except ValueError:
        known = False
    if not known:  # not shown: it may hold a password
        message = (
            f"{name} is neither `embedded` nor an address: set it to such as "
            "postgresql://kiroku:PASSWORD@db.town.example/kiroku"
        )
        raise SettingError(message)
    return value


def without_password(value: str) -> str:
    """Return the address of a server as it may be shown."""
    return _PASSWORD.sub("…", value)
