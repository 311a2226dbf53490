"""``kiroku ask``: a cited answer, or a decline."""

import datetime as dt
import sys
from dataclasses import dataclass
from typing import BinaryIO

import click
from rich.text import Text

from bot.answer.answer import Reply
from bot.history.meetings import History
from cli import batch
from cli.asking.prompt import Conversation, converse
from cli.asking.script import Script
from cli.open_index import OpenIndex
from cli.options import Narrowed, Place, filter_options, json_option, place_options, search_options
from cli.output import history_output, json_output, screen
from cli.published_documents import open_shelf
from index.passage import Document


@click.command
@click.argument("question", required=False)
@click.option(
    "--batch",
    "lines",
    metavar="FILE",
    type=click.File("rb"),
    help='Questions as JSON Lines, {"id": …, "question": …}; - for standard input.',
)
@search_options
@click.option("--full", is_flag=True, help="Show all citations, with their passages in full.")
@filter_options(limit=5)
@json_option
@place_options
def command(
    question: str | None,
    lines: BinaryIO | None,
    place: Place,
    narrowed: Narrowed,
    **shape: bool,
) -> None:
    """Answer QUESTION with citations, or say that the documents do not cover it.

    Without QUESTION, on a terminal, it prompts for one after the other, until "exit" or Ctrl-D:
    each may go on from those before it. Thanks and "help" are taken as such.
    """
    if question is not None and lines is not None:
        message = "give either QUESTION or --batch, not both"
        raise click.UsageError(message)
    if question is not None and not question.strip():
        message = "the question is empty"
        raise click.UsageError(message)
    if lines is not None:
        _answer_all(lines, place, narrowed)
    elif question is not None and shape["as_json"]:
        click.echo(json_output.dumps(_script(place).reply(question, narrowed)))
    elif question is not None:
        _conversation(place, narrowed, full=shape["full"]).say(question)
    elif sys.stdin.isatty():
        _converse(place, narrowed, **shape)
    else:
        message = "no question: give one, or --batch FILE, or run it on a terminal"
        raise click.UsageError(message)


def _answer_all(lines: BinaryIO, place: Place, narrowed: Narrowed) -> None:
    script = _script(place)
    for reply in batch.replies(
        lines, narrowed, lambda line: script.reply(line.question, line.narrowed)
    ):
        click.echo(json_output.dumps(reply))


def _converse(place: Place, narrowed: Narrowed, *, as_json: bool, full: bool) -> None:
    if as_json:
        script = _script(place)
        converse(lambda line: click.echo(json_output.dumps(script.reply(line, narrowed))))
    else:
        converse(_conversation(place, narrowed, full=full).say)
    click.echo(err=True)


def _conversation(place: Place, narrowed: Narrowed, *, full: bool) -> Conversation:
    opened, language = OpenIndex.open(place), place.settings.language
    return Conversation(opened, narrowed, lambda: _held(place), _Screen(full), language)


def _script(place: Place) -> Script:
    return Script(OpenIndex.open(place), lambda: _held(place), place.settings.language)


def _held(place: Place) -> tuple[list[Document], dt.datetime | None]:
    """Return what is in the index, and when it was last changed."""
    with open_shelf(place) as shelf:
        noted = shelf.note("last_ingest")
        return shelf.documents(), dt.datetime.fromisoformat(noted) if noted else None


@dataclass(frozen=True, slots=True)
class _Screen:
    """Prints on the terminal. ``always_full``: all citations with their passages, each time."""

    always_full: bool

    def reply(self, reply: Reply, *, full: bool = False) -> None:
        """Print an answer or a decline."""
        screen.print_reply(screen.output(), reply, full=full or self.always_full)

    def history(self, history: History) -> None:
        """Print prior discussions."""
        history_output.print_history(screen.output(), history)

    def line(self, text: str) -> None:
        """Print a line in our own words."""
        screen.output().print(Text(text))
