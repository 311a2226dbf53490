"""``kiroku evaluate``: how good search and answers are on questions whose answers are known."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import click
from rich.progress import track

from bot.answer.answerability import Caution
from cli.evaluation import measures, report
from cli.evaluation.caution import by_caution
from cli.evaluation.comparison import comparison, read_earlier
from cli.evaluation.measures import Outcome
from cli.evaluation.plot import plot
from cli.evaluation.questions import Case, Fault, bounded_lines, read_cases
from cli.open_index import OpenIndex
from cli.options import Narrowed, Place, json_option, place_options
from cli.output import json_output, screen
from cli.output.json_types import Json
from index.passage import Filters
from ingest.intake.file_names import printable_name

_ASK_LIMIT = 5
_MOST_TOLD = 20


def _writable(context: click.Context, option: click.Parameter, path: Path | None) -> Path | None:
    """Refuse a file before anything is asked, not after an hour."""
    if path is not None and option.name == "picture" and path.suffix.lower() != ".svg":
        message = f"{path.name}: the picture is an SVG, name it so: {path.stem}.svg"
        raise click.BadParameter(message, context, option)
    if path is not None and not path.absolute().parent.is_dir():
        message = f"{path.parent} is no folder: make it first"
        raise click.BadParameter(message, context, option)
    return path


@click.command
@click.argument("questions", type=click.File("rb"))
@click.option(
    "--details",
    metavar="FILE",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    callback=_writable,
    help="Write what became of each question, one line of JSON each.",
)
@click.option(
    "--compare",
    "earlier",
    metavar="FILE",
    type=click.File("rb"),
    help="Compare with an earlier run: what its --details wrote (which tells chance apart), or "
    "its --json output.",
)
@click.option(
    "--plot",
    "picture",
    metavar="FILE.svg",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    callback=_writable,
    help="Draw recall by rank, and how often the bot is right by how sure it is.",
)
@json_option
@place_options
def command(
    questions: BinaryIO, earlier: BinaryIO | None, place: Place, *, as_json: bool, **written: Any
) -> None:
    """Measure on QUESTIONS, JSON Lines of {"id", "question", "gold", "answerable"}.

    A hit or citation is right where its text contains the words of a gold entry and comes from
    the document that the entry names, if it names one. Each measure has its 95 % interval. Where
    lines have a "kind", the measures are shown for each kind too.
    """
    details, picture = written["details"], written["picture"]
    _keep(questions, (details, picture))
    faults: list[Fault] = []
    cases = _read(questions, faults)
    before = read_earlier(earlier) if earlier is not None else None
    outcomes = _measured(OpenIndex.open(place), cases, details)
    figures = measures.summary(outcomes) | {
        "skipped": [{"line": fault.line, "reason": fault.reason} for fault in faults],
        "comparison": comparison(before, outcomes) if before is not None else None,
        "by_caution": by_caution(outcomes, Caution(place.settings.caution)),
    }
    if picture is not None:
        drawn = plot(outcomes, before.outcomes if before is not None else ())
        picture.write_text(drawn, encoding="utf-8")
    _print(figures, outcomes, as_json=as_json)


def _read(questions: BinaryIO, faults: list[Fault]) -> list[Case]:
    try:
        return read_cases(bounded_lines(questions), faults.append)
    finally:
        for fault in faults[:_MOST_TOLD]:
            click.echo(printable_name(str(fault)), err=True)
        if len(faults) > _MOST_TOLD:
            click.echo(f"and {len(faults) - _MOST_TOLD} more lines", err=True)


def _keep(questions: BinaryIO, outputs: Sequence[Path | None]) -> None:
    """Refuse to write over the questions, which are work of hours."""
    given = Path(questions.name)
    for path in outputs:
        if path is not None and path.exists() and given.exists() and path.samefile(given):
            message = f"{path.name} holds the questions: write to another file"
            raise click.UsageError(message)


def _measured(opened: OpenIndex, cases: Sequence[Case], details: Path | None) -> list[Outcome]:
    """Ask all; each line of the details is written as it is known, so that a stop loses none."""
    if details is None:
        return list(_outcomes(opened, cases))
    outcomes = []
    with details.open("w", encoding="utf-8") as file:
        for outcome in _outcomes(opened, cases):
            file.write(json_output.dumps(measures.detail(outcome)) + "\n")
            outcomes.append(outcome)
    return outcomes


def _outcomes(opened: OpenIndex, cases: Sequence[Case]) -> Iterator[Outcome]:
    console = screen.progress_output()
    told = track(cases, "asking", console=console, transient=True, disable=not console.is_terminal)
    for case in told:
        # asked first: what the reranker reads of a question is kept for the search
        started = time.perf_counter()
        reply = opened.ask(case.question, Narrowed(Filters(), _ASK_LIMIT, before=case.before))
        took_ms = (time.perf_counter() - started) * 1000
        found = opened.search(
            case.question, Narrowed(Filters(), measures.DEPTH, before=case.before)
        )
        yield measures.judge(case, found.result.hits, reply, took_ms)


def _print(figures: Json, outcomes: Sequence[Outcome], *, as_json: bool) -> None:
    if as_json:
        click.echo(json_output.dumps(figures))
        return
    console = screen.output()
    report.print_figures(console, figures, outcomes)
    if isinstance(figures["comparison"], dict):
        report.print_comparison(console, figures["comparison"])
