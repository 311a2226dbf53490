"""Progress of an ingest: a bar on a terminal, plain lines anywhere else."""

from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.text import Text

from ingest.intake.file_names import printable_name
from ingest.outcome import Outcome


class Progress(Protocol):
    """Shows each file once its outcome is certain."""

    def start(self, total: int) -> None:
        """Begin with ``total`` files."""
        ...

    def file(self, document: str, outcome: Outcome, reason: str | None = None) -> None:
        """Show the outcome of one document; ``reason`` says why it could not be read."""
        ...

    def finish(self) -> None:
        """End, also after an error."""
        ...


class NoProgress:
    """Shows nothing."""

    def start(self, total: int) -> None:
        """Do nothing."""

    def file(self, document: str, outcome: Outcome, reason: str | None = None) -> None:
        """Do nothing."""

    def finish(self) -> None:
        """Do nothing."""


class PlainProgress:
    """One line for each file that was changed or could not be read."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def start(self, total: int) -> None:
        """Print how many files there are."""
        self._print(f"{total} files")

    def file(self, document: str, outcome: Outcome, reason: str | None = None) -> None:
        """Print what happened to the document."""
        if outcome is not Outcome.UNCHANGED:
            self._print(_outcome_line(document, outcome, reason))

    def finish(self) -> None:
        """Do nothing: every line is printed."""

    def _print(self, line: str) -> None:
        self._console.print(Text(line), soft_wrap=True)


class ProgressBar:
    """A bar with the document's name; unreadable files are listed above it."""

    def __init__(self, console: Console) -> None:
        self._bar = Bar(
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[document]}", markup=False),
            console=console,
            transient=True,
        )
        self._task: TaskID | None = None

    def start(self, total: int) -> None:
        """Show the bar."""
        self._bar.start()
        self._task = self._bar.add_task("", total=total, document="")

    def file(self, document: str, outcome: Outcome, reason: str | None = None) -> None:
        """Move the bar on."""
        if outcome is Outcome.UNREADABLE:
            self._bar.console.print(Text(_outcome_line(document, outcome, reason)), soft_wrap=True)
        if self._task is not None:
            step = 0 if outcome is Outcome.REMOVED else 1
            self._bar.update(self._task, advance=step, document=printable_name(document))

    def finish(self) -> None:
        """Remove the bar."""
        self._bar.stop()


def choose_progress(console: Console) -> Progress:
    """Return a bar if ``console`` (standard error) is a terminal, plain lines otherwise."""
    return ProgressBar(console) if console.is_terminal else PlainProgress(console)


def _outcome_line(document: str, outcome: Outcome, reason: str | None) -> str:
    return f"{outcome}: {printable_name(document)}" + (f": {reason}" if reason else "")
