"""``kiroku ingest``: add files and folders to the index, replace what changed."""

from pathlib import Path

import click

from cli.ingest_run import Ingested, bring_up_to_date, embed_anew
from cli.open_index import open_embedder
from cli.options import Place, json_option, place_options
from cli.output import json_output
from index.errors import SourceError
from ingest.intake.fetching import FOLDER, Fetched, checked_address, fetch_all, is_address
from ingest.intake.file_names import printable_name
from ingest.outcome import IngestReport


@click.command
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("--prune", is_flag=True, help="Forget documents of PATH whose files are gone.")
@click.option("--strict", is_flag=True, help="End with 1 where a file could not be read.")
@click.option(
    "--rebuild",
    is_flag=True,
    help="Embed everything anew, without the files: after a change of KIROKU_EMBEDDING_MODEL.",
)
@json_option
@place_options
def command(paths: tuple[str, ...], place: Place, *, as_json: bool, **flags: bool) -> None:
    """Bring the index up to date with the files, folders and zips at PATH.

    PATH may also be the address of a page or a file on the web (https://…): it is fetched anew
    each time.

    Unchanged files are skipped. Files that cannot be read are named with the reason and stay in
    `kiroku documents`; the others go in. A file in a zip is a document of its own, known as
    `archive.zip/its/path.pdf`. Questions are answered from the index as it was until all is done.
    """
    addresses = [path for path in paths if is_address(path)]
    files = [Path(path) for path in paths if not is_address(path)]
    if not paths and not flags["rebuild"]:
        message = "name a file or folder to ingest, or give --rebuild"
        raise click.UsageError(message)
    for address in addresses:
        checked_address(address)
    for path in files:  # before the model is loaded, which takes seconds
        if not path.exists():
            message = f"{path} does not exist: name a file or folder that does"
            raise SourceError(message)
    fetched = fetch_all(addresses, place.data / FOLDER)
    if not files and not fetched.found and not flags["rebuild"]:
        _check_fetched(fetched)
    embedder = open_embedder(place, anew=flags["rebuild"])
    done = Ingested(IngestReport(), 0)
    if flags["rebuild"]:
        done = Ingested(IngestReport(), embed_anew(place, embedder))
    if files or fetched.found:
        done = bring_up_to_date([*fetched.found, *files], place, embedder, prune=flags["prune"])
    if as_json:
        click.echo(json_output.dumps(done.json()))
    else:
        click.echo(done.summary() if paths else f"embedded anew, generation {done.generation}")
    _check_fetched(fetched)
    if flags["strict"] and done.report.unreadable:
        message = f"{len(done.report.unreadable)} files could not be read, and --strict was given"
        raise SourceError(message)


def _check_fetched(fetched: Fetched) -> None:
    """An address that cannot be fetched is as a path that is not there: the rest is in."""
    if fetched.faults:
        told = "; ".join(f"{printable_name(name)}: {why}" for name, why in fetched.faults)
        message = f"not fetched: {told}"
        raise SourceError(message)
