"""``kiroku restore``: bring a backup back."""

from pathlib import Path

import click

from cli.options import Place, json_option, place_options
from cli.output import json_output
from index.upkeep.restoring import restore


@click.command
@click.argument("source", metavar="SRC", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Set aside what the data folder holds now.")
@json_option
@place_options
def command(source: Path, place: Place, *, replace: bool, as_json: bool) -> None:
    """Bring the backup SRC back into the data folder, and build what a search reads.

    Every file is checked first. An index that is there already is replaced only with --replace, and
    then set aside in a folder `before-restore-…`, never deleted.
    """
    done = restore(source, place.index, replace=replace)
    if as_json:
        told = {"made": done.made, "collections": list(done.collections)}
        aside = str(done.set_aside) if done.set_aside else None
        click.echo(json_output.dumps({**told, "set_aside": aside}))
        return
    click.echo(f"restored: {', '.join(done.collections) or 'no collection'}, as of {done.made}")
    if done.set_aside:
        click.echo(f"what was there before is in {done.set_aside}")
