"""The options that commands share, gathered into one object each.

A command's function gets ``place`` (which data, which settings) and, where it searches,
``narrowed`` (filters and limit) rather than a dozen parameters.
"""

import datetime as dt
import functools
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from cli import logs
from index.errors import QuestionError
from index.language.dates import parse_date
from index.passage import DEFAULT_COLLECTION, Collection, DocumentId, DocumentKind, Filters
from index.settings import Settings, read_settings, where_of
from index.where import Where

CommandFunction = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Place:
    """The settings in force and the collection that the command is about."""

    settings: Settings
    collection: Collection = DEFAULT_COLLECTION
    verbose: bool = False

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.settings.data

    @property
    def index(self) -> Where:
        """Where the index is: the data folder, or a server."""
        return where_of(self.settings)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a search is narrowed to, and how many hits or citations there may be.

    ``narrow`` is false where no body, speaker or date is to be taken from the question's words,
    ``fast`` is true where no reranker is to read. ``before`` are the earlier questions of the
    conversation, oldest first.
    """

    filters: Filters
    limit: int
    narrow: bool = True
    fast: bool = False
    before: tuple[str, ...] = ()


class Day(click.ParamType[dt.date]):
    """A date as staff write it: ISO or wareki."""

    name = "date"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """Read the date; click tells what is wrong with it, and ends with 2."""
        if isinstance(value, dt.date):
            return value
        try:
            return parse_date(str(value))
        except QuestionError as error:
            self.fail(str(error), param, ctx)


def place_options(function: CommandFunction) -> CommandFunction:
    """Add ``--data``, ``--collection`` and ``--verbose``; hand on ``place``."""

    @click.option(
        "--data",
        metavar="DIR",
        type=click.Path(path_type=Path, file_okay=False),
        help="Data folder (or KIROKU_DATA; default: the platform's user data folder).",
    )
    @click.option(
        "--collection",
        metavar="NAME",
        default=DEFAULT_COLLECTION,
        show_default=True,
        help="Which collection of documents.",
    )
    @click.option("-v", "--verbose", is_flag=True, help="Log what is done, to standard error.")
    @functools.wraps(function)
    def placed(*, data: Path | None, collection: str, verbose: bool, **others: Any) -> None:
        settings = read_settings(os.environ, Path.cwd(), data)
        logs.configure(verbose=verbose, form=settings.log)
        function(place=Place(settings, Collection(collection), verbose), **others)

    return placed


def json_option(function: CommandFunction) -> CommandFunction:
    """Add ``--json``; hand on ``as_json``."""
    return click.option(
        "--json", "as_json", is_flag=True, help="Print JSON alone on standard output."
    )(function)


_NAMES = (
    *("since", "until", "body", "speaker", "kind", "as_of"),
    *("session", "document", "person", "asker"),
)


def filter_options(limit: int) -> Callable[[CommandFunction], CommandFunction]:
    """Add ``--limit`` and the filters; hand on ``narrowed``."""
    kinds = [kind.value for kind in DocumentKind]

    def decorate(function: CommandFunction) -> CommandFunction:
        @click.option("--limit", metavar="N", type=click.IntRange(min=1), default=limit,
                      show_default=True, help="At most this many.")  # fmt: skip
        @click.option("--from", "since", metavar="DATE", type=Day(), help="From this day on.")
        @click.option("--to", "until", metavar="DATE", type=Day(), help="Up to this day.")
        @click.option("--body", metavar="NAME", help="Only this council or committee.")
        @click.option("--speaker", metavar="NAME", help="Only words of this speaker.")
        @click.option("--kind", type=click.Choice(kinds), help="Only this kind of document.")
        @click.option("--as-of", "as_of", metavar="DATE", type=Day(),
                      help="As things stood on this day.")  # fmt: skip
        @click.option("--session", metavar="NAME", help="Only this sitting: 第7回, or 9月.")
        @click.option("--document", metavar="NAME", help="Only this document, by its whole name.")
        @click.option("--person", metavar="NAME",
                      help="Only words of this person, post or party.")  # fmt: skip
        @click.option(
            "--asker", metavar="NAME", help="Only answers to questions of this person or party."
        )
        @functools.wraps(function)
        def narrowed(**values: Any) -> None:
            chosen = {name: values.pop(name) for name in _NAMES}
            kind = DocumentKind(chosen["kind"]) if chosen["kind"] else None
            document = DocumentId(chosen["document"]) if chosen["document"] else None
            filters = Filters(**chosen | {"kind": kind, "document": document})
            narrow, fast = not values.pop("no_narrow", False), values.pop("fast", False)
            function(narrowed=Narrowed(filters, values.pop("limit"), narrow, fast), **values)

        return narrowed

    return decorate


def search_options(function: CommandFunction) -> CommandFunction:
    """Add ``--no-narrow`` and ``--fast``; they go into ``narrowed``: put it above the filters."""
    fast = click.option("--fast", is_flag=True, help="Rank without the reranker: quicker.")
    narrow = click.option(
        "--no-narrow",
        is_flag=True,
        help="Search everything: take no body, speaker or date from the question's words.",
    )
    return narrow(fast(function))
