"""``kiroku ingest``: add files and folders to the index, replace what changed."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from cli.ingest_run import Ingested, bring_up_to_date, embed_anew
from cli.open_index import open_embedder
from cli.options import Place, json_option, place_options
from cli.output import json_output
from index.errors import SourceError
from ingest.intake.fetching import FOLDER, Fetched, checked_address, fetch_all, is_address
from ingest.intake.file_names import printable_name
from ingest.intake.following import Pace, follow
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
@click.option(
    "--follow",
    is_flag=True,
    help="PATH is the address of a list of sittings: fetch the minutes that it leads to.",
)
@click.option(
    "--most",
    default=100,
    show_default=True,
    type=click.IntRange(1, 1000),
    help="With --follow: how many minutes at most.",
)
@click.option(
    "--pause",
    default=2.0,
    show_default=True,
    type=click.FloatRange(1.0, 60.0),
    help="With --follow: seconds between two requests.",
)
@json_option
@place_options
def command(
    paths: tuple[str, ...],
    place: Place,
    *,
    as_json: bool,
    most: int,
    pause: float,
    **flags: bool,
) -> None:
    """Bring the index up to date with the files, folders and zips at PATH.

    PATH may also be the address of a page or a file on the web (https://…): it is fetched anew
    each time. With --follow it is a list of sittings: the minutes that it leads to are fetched one
    after the other, as the site's robots.txt allows.

    Unchanged files are skipped. Files that cannot be read are named with the reason and stay in
    `kiroku documents`; the others go in. A file in a zip is a document of its own, known as
    `archive.zip/its/path.pdf`. Questions are answered from the index as it was until all is done.
    """
    if not all(paths):  # an unset variable of a script would mean the folder that one is in
        message = "a PATH is empty: name a file, a folder or an address"
        raise click.UsageError(message)
    addresses = [path for path in paths if is_address(path)]
    files = [Path(path) for path in paths if not is_address(path)]
    _check_named(addresses, files, flags)
    pace = Pace(most, pause) if flags["follow"] else None
    fetched = _fetched(addresses, place.data / FOLDER, pace)
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


def _check_named(
    addresses: Sequence[str], files: Sequence[Path], flags: Mapping[str, bool]
) -> None:
    """Refuse what cannot be ingested, before anything is fetched or loaded."""
    if not (addresses or files) and not flags["rebuild"]:
        message = "name a file or folder to ingest, or give --rebuild"
        raise click.UsageError(message)
    if flags["follow"] and not addresses:
        message = "--follow needs the address of a page that lists sittings (https://…)"
        raise click.UsageError(message)
    for address in addresses:
        checked_address(address)
    for path in files:  # before the model is loaded, which takes seconds
        if not path.exists():
            message = f"{path} does not exist: name a file or folder that does"
            raise SourceError(message)


def _fetched(addresses: Sequence[str], folder: Path, pace: Pace | None) -> Fetched:
    """Fetch the addresses, or with a ``pace`` what the lists there lead to."""
    if pace is None:
        return fetch_all(addresses, folder)
    each = [follow(address, folder, pace) for address in addresses]
    for fetched in each:
        for name, why in fetched.passed_over:
            click.echo(f"passed over: {printable_name(name)}: {why}", err=True)
        if fetched.left:
            click.echo(f"{fetched.left} more minutes are linked: give a larger --most", err=True)
    return Fetched(
        tuple(found for fetched in each for found in fetched.found),
        tuple(fault for fetched in each for fault in fetched.faults),
    )


def _check_fetched(fetched: Fetched) -> None:
    """An address that cannot be fetched is as a path that is not there: the rest is in."""
    if fetched.faults:
        told = "; ".join(f"{printable_name(name)}: {why}" for name, why in fetched.faults)
        message = f"not fetched: {told}"
        raise SourceError(message)
