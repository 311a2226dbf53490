"""``kiroku history``: prior discussions of a topic, meeting by meeting."""

import click

from cli.open_index import OpenIndex
from cli.options import Narrowed, Place, filter_options, json_option, place_options
from cli.output import history_output, json_output, screen


@click.command
@click.argument("topic")
@filter_options(limit=20)
@json_option
@place_options
def command(topic: str, place: Place, narrowed: Narrowed, *, as_json: bool) -> None:
    """Show what was said about TOPIC before, meeting by meeting, oldest first.

    TOPIC is the matter in a few words. Each meeting shows who asked, who answered and their words,
    what was promised and what was decided; ordinances and reports about it stand between. Of more
    than --limit meetings the newest are shown.
    """
    if not topic.strip():
        message = "the topic is empty"
        raise click.UsageError(message)
    history = OpenIndex.open(place).history(topic, narrowed)
    if as_json:
        click.echo(json_output.dumps(history_output.history_json(history)))
    else:
        history_output.print_history(screen.output(), history)
