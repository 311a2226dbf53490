"""``kiroku serve``: the Slack bot."""

import logging
from functools import partial

import click

from bot.slack.answering.source import Shelf
from bot.slack.app import Beside, serve
from bot.slack.receiving.tokens import tokens
from bot.viewer.links import links_of
from bot.viewer.metrics import Metrics
from cli import logs
from cli.open_collections import Collections, OpenCollections
from cli.options import Place, place_options
from cli.viewing import LinkedAnswerer, page_drawer, viewer_beside
from index.errors import SettingError
from index.passage import DEFAULT_COLLECTION


@click.command
@place_options
def command(place: Place) -> None:
    """Answer questions in Slack until it is stopped.

    Needs SLACK_BOT_TOKEN and SLACK_APP_TOKEN; with KIROKU_SLACK_MODE=http, where Slack calls it at
    KIROKU_VIEWER, SLACK_SIGNING_SECRET instead of the latter. With SLACK_CLIENT_ID and
    SLACK_CLIENT_SECRET it can be installed into further workspaces, at /slack/install below
    KIROKU_PUBLIC_URL. Who may ask of which collection stands in access.toml in the data folder;
    without it, members of the workspace see the default one, and others nothing. With
    KIROKU_PUBLIC_URL it also serves the pages that citations link to, at KIROKU_VIEWER. New
    documents are taken up between two questions, without a restart.
    """
    logs.configure(verbose=place.verbose, quiet=logging.INFO, form=place.settings.log)
    tokens(place.settings)  # a wrong one is told at once, before the model is loaded
    if place.collection != DEFAULT_COLLECTION:
        message = (
            "which collections the bot answers from stands in access.toml in the data folder "
            "(docs/access.md): leave out --collection"
        )
        raise SettingError(message)
    links = links_of(place.settings)
    opened = OpenCollections(place)
    metrics = Metrics()

    def answerer(sees: Collections) -> LinkedAnswerer:
        return LinkedAnswerer(opened.answerer(sees), links, metrics)

    shelf = Shelf(opened.documents, opened.ingested, opened.generations, opened.passages)
    web = partial(viewer_beside, place, links, metrics)
    # a link opens the page better than a picture of it
    drawn = page_drawer(place) if not links else None
    serve(place.settings, answerer, shelf, Beside(web, metrics, drawn))
