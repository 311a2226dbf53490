"""``kiroku status``: the state of the index and of the bot."""

import datetime as dt
from collections.abc import Mapping

import click

from bot.access.rules import FILE_NAME as RULES
from bot.access.rules import read_rules
from bot.slack.health import activity_told, is_healthy, read_health
from bot.viewer.server import viewer_state
from cli.options import Place, json_option, place_options
from cli.output import json_output, screen
from cli.output.json_types import Json
from cli.published_documents import Shelf, open_shelf
from cli.watching.heartbeat import WatchState, watch_state
from index.errors import SettingError, SlackError, StorageError
from index.upkeep.condition import condition_of


@click.command
@click.option(
    "--health",
    is_flag=True,
    help="Only tell whether the bot is running and connected to Slack: ends with 0 or 1.",
)
@click.option(
    "--watch-health",
    is_flag=True,
    help="Only tell whether `kiroku watch` runs on this data folder: ends with 0 or 1.",
)
@json_option
@place_options
def command(place: Place, *, health: bool, watch_health: bool, as_json: bool) -> None:
    """Tell how many documents there are, which embedder made the index and when, and of the bot."""
    if health:
        _tell_health(place, as_json=as_json)
        return
    if watch_health:
        _tell_watch(place, as_json=as_json)
        return
    with open_shelf(place) as shelf:
        state = _state(place, shelf)
    if as_json:
        click.echo(json_output.dumps(state))
        return
    console = screen.output()
    for name, value in state.items():
        console.print(f"{name.replace('_', ' '):<16} {_shown(value)}")


def _tell_health(place: Place, *, as_json: bool) -> None:
    healthy, trouble = is_healthy(place.data), read_health(place.data).trouble
    if as_json:
        told: Json = {"healthy": healthy}
        click.echo(json_output.dumps({**told, "trouble": trouble} if trouble else told))
    if not healthy:
        message = "the bot is not running on this data folder, or not connected to Slack"
        mend = f"{trouble}: copy the token from the app's page again (docs/slack.md)"
        raise SlackError(mend if trouble else message)
    if not as_json:
        click.echo("ok")


def _tell_watch(place: Place, *, as_json: bool) -> None:
    state = watch_state(place.data)
    running = state is not WatchState.NOT_RUNNING
    if as_json:
        click.echo(json_output.dumps({"healthy": running, "watch": state.value}))
    if not running:
        message = f"no `kiroku watch` runs on {place.data}: start it"
        raise StorageError(message)
    if not as_json:
        click.echo(state.value)


def _state(place: Place, shelf: Shelf) -> Json:
    documents, counts = shelf.documents(), shelf.counts()
    health = read_health(place.data)
    condition = condition_of(place.index, place.collection)
    return {
        "data": str(place.data),
        "collection": place.collection,
        "generation": shelf.generation,
        "documents": len(documents),
        "unreadable": sum(not document.readable for document in documents),
        "passages": sum(counts.values()),
        "embedder": shelf.note("embedder"),
        "segments": condition.segments,
        "last_ingest": condition.last_ingest,
        "last_backup": condition.last_backup,
        "ages": condition.ages(dt.datetime.now(dt.UTC)),
        "store": "embedded" if place.index == place.data else "postgresql",
        "index_mb": round(_bytes_of(place, shelf) / 1_000_000, 1),
        "health": "connected" if health.connected else "not running",
        "trouble": health.trouble,
        **activity_told(place.data),
        "watch": watch_state(place.data).value,
        "viewer": viewer_state(place.settings),
        "access": access_state(place),
    }


def _shown(value: object) -> str:
    """Return a value for people to read."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_shown(held)}" for name, held in value.items()) or "-"
    if isinstance(value, list):
        return "; ".join(map(_shown, value)) or "-"
    return "-" if value is None else str(value)


def access_state(place: Place) -> str:
    """Return where the rules of who may see what come from, or what is wrong with them."""
    path = place.data / RULES
    try:
        read_rules(path)
    except SettingError as error:
        return str(error)
    return RULES if path.exists() else "default"


def _bytes_of(place: Place, shelf: Shelf) -> int:
    """Return the size of the index: the store and the generations built from it."""
    files = place.data.glob("generations/**/*")
    store = shelf.store.database.size() if shelf.store else 0
    return store + sum(path.stat().st_size for path in files if path.is_file())
