"""The runs over a watched folder: each waits until all is written out, and tells how it went."""

import contextlib
import datetime as dt
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from bot.news.changes import changes_between, seen_of
from bot.texts.report import report_lines
from cli.ingest_run import Ingested, bring_up_to_date
from cli.open_index import embedder_of_index
from cli.options import Place
from cli.published_documents import made_with, open_shelf
from cli.watching.folder import Settled, settle, state_of
from index.embedding.embedder import Embedder
from index.errors import FolderAwayError, IndexBusyError, KirokuError, ManyGoneError, StorageError
from index.passage import Document
from ingest.intake.unattended import Unattended

PAUSE_S = 2.0
SLOW_PAUSE_S = 5.0
"""A file that keeps its size and time for so long is written out; on a network drive, where both
are seen late, the longer one."""

_RETRY_S = 15.0
"""When an ingest that found the index busy or the disk full is tried again."""
_FIRST_WAIT_S = 5.0
_LONGEST_WAIT_S = 300.0
"""Between two looks for a folder that is away: each wait is twice the one before."""


@dataclass(slots=True)
class Runs:
    """Ingests a folder each time it is told to."""

    folder: Path
    place: Place
    prune: bool
    embedder: Embedder
    pause_s: float = PAUSE_S
    sleep: Callable[[float], None] = time.sleep
    _away: str | None = None
    _wait_s: float = _FIRST_WAIT_S
    _kept: str | None = None

    def run(self) -> float:
        """Ingest once; return after how many seconds it is to be done again (infinite: never)."""
        try:
            settled = settle(self.folder, self.place.data, self.pause_s, self.sleep)
            before = self._documents()
            done = self._ingested(settled)
        except FolderAwayError as error:
            return self._wait(str(error))
        except KirokuError as error:
            _say(str(error))
            return _RETRY_S if isinstance(error, IndexBusyError | StorageError) else math.inf
        if self._away is not None:
            _say(f"{self.folder} is there again")
        self._away, self._wait_s = None, _FIRST_WAIT_S
        _say(done.summary())
        self._tell(before)
        return self.pause_s if self._leaves(settled) else math.inf

    def _ingested(self, settled: Settled) -> Ingested:
        unattended = Unattended(settled.is_written)
        try:
            done = self._bring(unattended, prune=self.prune)
        except ManyGoneError as error:
            if self._kept != str(error):  # once, and not after every file that arrives
                _say(str(error))
            self._kept = str(error)
            return self._bring(unattended, prune=False)
        self._kept = None
        return done

    def _bring(self, unattended: Unattended, *, prune: bool) -> Ingested:
        if made_with(self.place) not in {None, self.embedder.name}:  # embedded anew meanwhile
            self.embedder = embedder_of_index(self.place)
        return bring_up_to_date(
            [self.folder], self.place, self.embedder, prune=prune, unattended=unattended
        )

    def _leaves(self, settled: Settled) -> bool:
        """Tell whether files were left out that were still being written."""
        with contextlib.suppress(FolderAwayError):
            return state_of(self.folder, self.place.data) != settled.state
        return True

    def _wait(self, why: str) -> float:
        """Say once that the folder is away; return how long to wait, longer each time."""
        if why != self._away:
            _say(why)
        self._away = why
        wait, self._wait_s = self._wait_s, min(2 * self._wait_s, _LONGEST_WAIT_S)
        return wait

    def _documents(self) -> Sequence[Document]:
        with open_shelf(self.place) as shelf:
            return shelf.documents()

    def _tell(self, before: Sequence[Document]) -> None:
        """Report on standard error what the run changed, document by document."""
        changes = changes_between(map(seen_of, before), self._documents())
        language = "ja" if self.place.settings.language == "ja" else "en"
        for line in report_lines(changes, language):
            click.echo(line, err=True)


def _say(line: str) -> None:
    now = dt.datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
    click.echo(f"{now} {line}")
