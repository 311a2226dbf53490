"""``kiroku feedback``: what people thought of answers, and what was declined most."""

import os
from pathlib import Path
from typing import Any

import click

from bot.feedback.everywhere import read_everywhere
from bot.feedback.given import Given
from bot.feedback.gold import known_questions
from bot.slack.workspaces.kept import feedback_files
from cli.options import Place, json_option, place_options
from cli.output import feedback_output, json_output, screen
from index.passage import Collection

_SHOWN = 20
_PRIVATE = 0o600


@click.command
@click.option(
    "--export",
    "exported",
    metavar="FILE",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write questions whose answers are now known, for `kiroku evaluate`: of answers from "
    "--collection.",
)
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(min=1),
    default=_SHOWN,
    show_default=True,
    help="At most this many votes, and this many declined questions.",
)
@json_option
@place_options
def command(place: Place, *, as_json: bool, **given: Any) -> None:
    """Tell what people thought of answers in Slack, newest first, and what was declined most."""
    exported, limit = given["exported"], given["limit"]
    told = read_everywhere(feedback_files(place.data))
    votes, declined = told.votes, told.declined
    written = _export(exported, votes, place.collection) if exported is not None else None
    if as_json:
        as_told = feedback_output.feedback_json(votes, declined, limit)
        click.echo(json_output.dumps(as_told | ({"exported": written} if written else {})))
        return
    feedback_output.print_feedback(screen.output(), votes, declined, limit)
    if written:
        line = "{questions} question(s) written, {left_out} vote(s) left out: docs/feedback.md"
        click.echo(line.format(**written), err=True)


def _export(path: Path, votes: list[Given], collection: Collection) -> dict[str, int]:
    """Write the questions, for this user's eyes only; return how many."""
    known = known_questions(votes, collection)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        for question in known.questions:
            file.write(json_output.dumps(feedback_output.question_json(question)) + "\n")
    return {"questions": len(known.questions), "left_out": known.left_out}
