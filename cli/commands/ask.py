"""``kiroku ask``: a cited answer, or a decline."""

import contextlib
import importlib
import sys
from typing import BinaryIO

import click

from bot.answer.answer import Reply
from cli import batch
from cli.open_index import OpenIndex
from cli.options import Narrowed, Place, filter_options, json_option, place_options, search_options
from cli.output import json_output, screen


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

    Without QUESTION, on a terminal, it prompts for one after the other.
    """
    if question is not None and lines is not None:
        message = "give either QUESTION or --batch, not both"
        raise click.UsageError(message)
    if question is not None and not question.strip():
        message = "the question is empty"
        raise click.UsageError(message)
    if lines is not None:
        _answer_all(lines, place, narrowed)
    elif question is not None:
        _print(OpenIndex.open(place).ask(question, narrowed), **shape)
    elif sys.stdin.isatty():
        _converse(place, narrowed, **shape)
    else:
        message = "no question: give one, or --batch FILE, or run it on a terminal"
        raise click.UsageError(message)


def _answer_all(lines: BinaryIO, place: Place, narrowed: Narrowed) -> None:
    opened = OpenIndex.open(place)
    for reply in batch.replies(
        lines,
        narrowed,
        lambda line: json_output.reply_json(opened.ask(line.question, line.narrowed)),
    ):
        click.echo(json_output.dumps(reply))


def _converse(place: Place, narrowed: Narrowed, **shape: bool) -> None:
    opened = OpenIndex.open(place)
    with contextlib.suppress(ImportError):
        importlib.import_module("readline")  # line editing, where the platform has it
    while True:
        try:
            question = input("? ").strip()
        except EOFError:
            click.echo(err=True)
            return
        if question:
            _print(opened.ask(question, narrowed), **shape)


def _print(reply: Reply, *, as_json: bool, full: bool) -> None:
    if as_json:
        click.echo(json_output.dumps(json_output.reply_json(reply)))
    else:
        screen.print_reply(screen.output(), reply, full=full)
