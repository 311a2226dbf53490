"""``kiroku serve``: the Slack bot."""

import datetime as dt
import logging

import click

from bot.slack.app import serve
from bot.slack.connection import tokens
from bot.slack.replies import Shelf
from bot.viewer.links import links_of
from bot.viewer.metrics import Metrics
from cli import logs
from cli.open_index import OpenIndex
from cli.options import Place, place_options
from cli.published_documents import open_shelf
from cli.viewing import LinkedAnswerer, page_drawer, viewer_beside
from index.passage import Document


@click.command
@place_options
def command(place: Place) -> None:
    """Answer questions in Slack until it is stopped.

    Needs SLACK_BOT_TOKEN and SLACK_APP_TOKEN. With KIROKU_PUBLIC_URL it also serves the pages that
    citations link to, at KIROKU_VIEWER. New documents are taken up between two questions,
    without a restart.
    """
    logs.configure(verbose=place.verbose, quiet=logging.INFO)
    tokens(place.settings)  # a wrong one is told at once, before the model is loaded
    links = links_of(place.settings)
    opened = OpenIndex.open(place)
    metrics = Metrics()

    def documents() -> list[Document]:
        with open_shelf(place) as shelf:
            return shelf.documents()

    def ingested() -> dt.datetime | None:
        with open_shelf(place) as shelf:
            noted = shelf.note("last_ingest")
        return None if noted is None else dt.datetime.fromisoformat(noted)

    def answerer() -> LinkedAnswerer:
        return LinkedAnswerer(opened.answerer(), links, metrics)

    beside = viewer_beside(place, links, metrics)
    # a link opens the page better than a picture of it
    drawn = page_drawer(place) if not links else None
    serve(place.settings, answerer, Shelf(documents, ingested), beside, drawn)
