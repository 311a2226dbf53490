"""``kiroku verify``: is everything there, and is it what was written."""

import click

from cli.open_index import open_embedder
from cli.options import Place, json_option, place_options
from cli.output import json_output, screen
from cli.output.json_types import Json
from index.upkeep.repair import repair
from index.upkeep.verification import Fault, verify
from ingest.intake.file_names import printable_name


@click.command
@click.option("--repair", "mend", is_flag=True, help="Mend what can be made again.")
@json_option
@place_options
@click.pass_context
def command(context: click.Context, place: Place, *, mend: bool, as_json: bool) -> None:
    """Compare store, segments, columns and digests of all collections; find flipped bits.

    May run beside the bot. Ends with 1 where something is at fault and was not mended. With
    --repair, the files that a search reads are built anew from the store, lost vectors are embedded
    again, and files of documents whose words have changed are read again by the next ingest.
    """
    found = verify(place.index)
    left = found
    if mend and found:
        repair(place.index, found, lambda: open_embedder(place))
        left = verify(place.index)
    mended = [fault for fault in found if fault not in left]
    if as_json:
        told: Json = {
            "ok": not left,
            "faults": [_json(fault) for fault in left],
            "mended": [_json(fault) for fault in mended],
        }
        click.echo(json_output.dumps(told))
    else:
        _print(left, mended)
    if left:
        context.exit(1)


def _json(fault: Fault) -> Json:
    told = {"part": fault.part.value, "where": fault.where, "what": fault.what, "mend": fault.mend}
    return {**told, "collection": fault.collection}


def _print(left: list[Fault], mended: list[Fault]) -> None:
    console = screen.output()
    for fault in mended:
        console.print(f"mended: {fault.part.value} {printable_name(fault.where)}: {fault.what}")
    for fault in left:
        console.print(f"{fault.part.value} {printable_name(fault.where)}: {fault.what}")
        console.print(f"  to do: {fault.mend}")
    if not left:
        console.print("all is there, and as it was written")
