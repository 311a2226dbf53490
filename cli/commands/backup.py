"""``kiroku backup``: the data folder in one file."""

from pathlib import Path

import click

from cli.distribution import version
from cli.options import Place, json_option, place_options
from cli.output import json_output
from index.errors import StorageError
from index.upkeep.backup import back_up
from index.upkeep.server_copy import is_filled


@click.command
@click.argument("destination", metavar="DEST", type=click.Path(path_type=Path))
@click.option(
    "--keep",
    metavar="N",
    type=click.IntRange(min=1),
    help="Where DEST is a folder: delete its older backups but for the newest N.",
)
@json_option
@place_options
def command(destination: Path, place: Place, *, keep: int | None, as_json: bool) -> None:
    """Write all that cannot be made again into one file at DEST, a folder or a file name.

    The bot and ingests may run meanwhile. `kiroku restore` brings it back, also on another machine.
    It holds all collections, feedback and keys: keep it as safe as the data folder.
    """
    if not is_filled(place.index):
        message = f"{place.data} holds no index yet: there is nothing to back up"
        raise StorageError(message)
    if keep is not None and not destination.is_dir():
        message = f"--keep deletes older backups in a folder: {destination} is none"
        raise click.UsageError(message)
    written = back_up(place.index, destination, version(), keep)
    size = written.stat().st_size
    if as_json:
        click.echo(json_output.dumps({"backup": str(written), "bytes": size}))
    else:
        click.echo(f"written: {written} ({size / 1e6:.1f} MB)")
