"""Where an index is: in a data folder, or on a server."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL server that holds the index.

    ``url`` is what ``KIROKU_STORE`` names; it may hold a password. ``data`` is the data folder of
    this machine, which keeps all else: the model, what the bot remembers, columns of the index.
    """

    url: str = field(repr=False)
    data: Path


Where = Path | Server
"""A data folder that holds the index itself, or a server."""


def data_of(where: Where) -> Path:
    """Return the data folder of this machine."""
    return where.data if isinstance(where, Server) else where
