"""``kiroku serve``: the Slack bot."""

import logging

import click

from bot.slack.app import serve
from bot.slack.connection import tokens
from cli import logs
from cli.open_index import OpenIndex
from cli.options import Place, place_options
from cli.published_documents import open_shelf
from index.passage import Document


@click.command
@place_options
def command(place: Place) -> None:
    """Answer questions in Slack until it is stopped.

    Needs SLACK_BOT_TOKEN and SLACK_APP_TOKEN. New documents are taken up between two questions,
    without a restart.
    """
    logs.configure(verbose=place.verbose, quiet=logging.INFO)
    tokens(place.settings)  # a wrong one is told at once, before the model is loaded
    opened = OpenIndex.open(place)

    def documents() -> list[Document]:
        with open_shelf(place) as shelf:
            return shelf.documents()

    serve(place.settings, opened.answerer, documents)
