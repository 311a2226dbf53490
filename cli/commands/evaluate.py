"""``kiroku evaluate``: how good search and answers are on questions whose answers are known."""

import time
from collections.abc import Iterator, Sequence
from typing import TextIO

import click
from rich.progress import track

from cli import evaluation, json_output, screen
from cli.asking import OpenIndex
from cli.evaluation import Case, Outcome
from cli.options import Narrowed, Place, json_option, place_options
from cli.shape import Json
from index.passage import Filters

_ASK_LIMIT = 5


@click.command
@click.argument("questions", type=click.File("r", encoding="utf-8"))
@click.option(
    "--details",
    metavar="FILE",
    type=click.File("w", encoding="utf-8", lazy=True),
    help="Write what became of each question, one line of JSON each.",
)
@json_option
@place_options
def command(questions: TextIO, details: TextIO | None, place: Place, *, as_json: bool) -> None:
    """Measure on QUESTIONS, JSON Lines of {"id", "question", "gold", "answerable"}.

    A hit or citation is right where its text contains the words of a gold entry and comes from
    the document that the entry names, if it names one.
    """
    cases = evaluation.read_cases(questions)
    outcomes = list(_outcomes(OpenIndex.open(place), cases))
    if details is not None:
        for outcome in outcomes:
            details.write(json_output.dumps(evaluation.detail(outcome)) + "\n")
    figures = evaluation.summary(outcomes)
    if as_json:
        click.echo(json_output.dumps(figures))
    else:
        _print(figures)


def _outcomes(opened: OpenIndex, cases: Sequence[Case]) -> Iterator[Outcome]:
    console = screen.progress_output()
    shown = track(cases, "asking", console=console, transient=True, disable=not console.is_terminal)
    for case in shown:
        found = opened.search(case.question, Narrowed(Filters(), evaluation.DEPTH))
        started = time.perf_counter()
        reply = opened.ask(case.question, Narrowed(Filters(), _ASK_LIMIT))
        took_ms = (time.perf_counter() - started) * 1000
        yield evaluation.judge(case, found.hits, reply, took_ms)


def _print(figures: Json) -> None:
    console = screen.output()
    console.print(f"questions       {figures['questions']}")
    for part in ("search", "ask", "took_ms"):
        values = figures[part]
        for name, value in values.items() if isinstance(values, dict) else ():
            shown = (
                "-" if value is None else f"{value:.1f} ms" if part == "took_ms" else f"{value:.1%}"
            )
            console.print(f"{name:<15} {shown}")
