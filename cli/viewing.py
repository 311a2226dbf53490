"""The viewer beside the bot, put together: what it reads from, and what the bot tells it."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from starlette.routing import BaseRoute

from bot.answer.answer import Reply
from bot.history.meetings import History
from bot.slack.health import activity_told, read_health
from bot.united import UnitedAnswerer
from bot.viewer.app import Viewer
from bot.viewer.cited import Libraries
from bot.viewer.linked import linked_history, linked_hits, linked_reply
from bot.viewer.links import Links
from bot.viewer.marked import marked_page
from bot.viewer.metrics import Metrics
from bot.viewer.pictures import Pictures
from bot.viewer.server import ViewerServer, is_wanted
from cli.options import Place
from index.passage import Hit, PassageId
from ingest.intake.originals import original


class LinkedAnswerer:
    """An answerer whose citations link to their page; how each question ends is counted."""

    def __init__(self, answerer: UnitedAnswerer, links: Links | None, metrics: Metrics) -> None:
        self._answerer = answerer
        self._links = links
        self._metrics = metrics

    def answer(self, *args: Any, **options: Any) -> Reply:
        """Answer or decline: all that the answerer takes is passed on."""
        reply = linked_reply(self._answerer.answer(*args, **options), self._links)
        self._metrics.count_reply(reply)
        return reply

    def history(self, *args: Any, **options: Any) -> History:
        """Return prior discussions: all that the answerer takes is passed on."""
        history = linked_history(self._answerer.history(*args, **options), self._links)
        self._metrics.count_history(history)
        return history

    def rarity(self, word: str) -> float:
        """Return how rare a word is in the documents."""
        return self._answerer.rarity(word)

    def told_in(self, topic: str, names: Sequence[PassageId]) -> History:
        """Return what some passages say of a topic."""
        return linked_history(self._answerer.told_in(topic, names), self._links)

    def held(self, names: Sequence[PassageId]) -> Sequence[Hit]:
        """Return the passages of these ids that there are."""
        return linked_hits(self._answerer.held(names), self._links)

    def matter(self, questions: Sequence[str]) -> str | None:
        """Return the matter of a conversation."""
        return self._answerer.matter(questions)


def page_drawer(place: Place) -> Callable[[Hit, str], bytes | None]:
    """Return what draws the page of a hit as PNG, its words marked."""
    libraries, pictures = Libraries(place.index, original), Pictures()

    def drawn(hit: Hit, quote: str) -> bytes | None:
        page = marked_page(hit, quote, libraries.of(hit.document.collection), pictures)
        return None if page is None else page.content

    return drawn


def viewer_beside(
    place: Place, links: Links | None, metrics: Metrics, more: Sequence[BaseRoute] = ()
) -> AbstractContextManager[ViewerServer | None]:
    """Return the viewer, which runs inside its block; nothing where it is off.

    It serves ``more`` as well.
    """
    settings = place.settings
    if not is_wanted(settings):
        return nullcontext()
    viewer = Viewer(
        libraries=Libraries(place.index, original),
        metrics=metrics,
        connected=lambda: read_health(place.data).connected,
        trouble=lambda: read_health(place.data).trouble,
        activity=lambda: activity_told(place.data),
        links=links,
        language=settings.language,
        more=more,
    )
    return ViewerServer(viewer.app(), settings.viewer, place.data)
