"""Opening the index for questions; the model is loaded here."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from bot.answer.answer import Reply
from bot.answer.answerability import Caution, load_decider
from bot.answerer import Answerer
from bot.history.meetings import History
from bot.lookup.finder import Finder, Found
from bot.viewer.linked import linked_history, linked_hits, linked_reply
from bot.viewer.links import links_of
from cli.model_folder import model_folder
from cli.options import Narrowed, Place
from cli.published_documents import made_with
from index.embedding.embedder import Embedder, load_by_name, load_embedder
from index.errors import EmbedderMismatchError
from index.reranking.reranker import Reranker, load_reranker
from index.search.searcher import Searcher

_log = logging.getLogger(__name__)


class OpenIndex:
    """The index, open for questions; takes up a new generation between two of them.

    Use it from one thread at a time. With ``follows`` it goes on with the embedder that the index
    was made with where the settings name another one: until all is embedded anew, and after that.
    """

    def __init__(
        self,
        place: Place,
        embedder: Embedder,
        reranker: Reranker | None = None,
        *,
        follows: bool = False,
    ) -> None:
        self._place = place
        self._embedder = embedder
        self._reranker = reranker
        self._follows = follows
        self._links = links_of(place.settings)
        self._searcher = self._open()

    @classmethod
    def open(cls, place: Place, *, follows: bool = False) -> "OpenIndex":
        """Load the model and open the published generation."""
        embedder = open_embedder(place)
        return cls(place, embedder, open_reranker(place), follows=follows)

    def beside(self, place: Place) -> "OpenIndex":
        """Open another collection of the same data folder with the models that are loaded."""
        return OpenIndex(place, self._embedder, self._reranker, follows=self._follows)

    def search(self, query: str, narrowed: Narrowed) -> Found:
        """Return what was found for a query."""
        finder = Finder(self._current(), fast=narrowed.fast)
        found = finder.find(
            query,
            narrowed.filters,
            narrowed.limit,
            narrow=narrowed.narrow,
            before=narrowed.before,
        )
        result = replace(found.result, hits=linked_hits(found.result.hits, self._links))
        return replace(found, result=result)

    def ask(self, question: str, narrowed: Narrowed) -> Reply:
        """Return the answer to a question, or the decline."""
        reply = self.answerer(fast=narrowed.fast).answer(
            question,
            narrowed.filters,
            narrowed.limit,
            narrow=narrowed.narrow,
            before=narrowed.before,
        )
        return linked_reply(reply, self._links)

    def history(self, topic: str, narrowed: Narrowed) -> History:
        """Return the prior discussions of a topic."""
        history = self.answerer().history(topic, narrowed.filters, narrowed.limit)
        return linked_history(history, self._links)

    def matter(self, questions: Sequence[str]) -> str | None:
        """Return the matter of a conversation, ``None`` where its questions name none."""
        return self.answerer().matter(questions)

    def answerer(self, *, fast: bool = False) -> Answerer:
        """Return an answerer on the newest published generation."""
        settings = self._place.settings
        decider = load_decider(Caution(settings.caution))
        return Answerer(self._current(), settings.language, decider, fast=fast)

    def _current(self) -> Searcher:
        if not self._searcher.is_current():
            stale, self._searcher = self._searcher, self._open()
            stale.close()
        return self._searcher

    def _open(self) -> Searcher:
        try:
            return self._searcher_with(self._embedder)
        except EmbedderMismatchError:  # embedded anew meanwhile, perhaps in another form
            opened = embedder_of_index if self._follows else open_embedder
            self._embedder = opened(self._place)
            return self._searcher_with(self._embedder)

    def _searcher_with(self, embedder: Embedder) -> Searcher:
        place = self._place
        return Searcher.open(place.index, embedder, place.collection, self._reranker)


def open_embedder(place: Place, *, anew: bool = False) -> Embedder:
    """Load the embedder that the settings name, in the form that the index was made with.

    ``anew``: in the form that is best today, as everything is to be embedded again.
    """
    return load_embedder(
        place.settings.embedding_model,
        model_folder(place.settings),
        made_with=None if anew else made_with(place),
    )


def embedder_of_index(place: Place) -> Embedder:
    """Load the embedder that the index was made with, also where the settings name another one.

    For what runs for long: the model is changed while it runs, or embedding anew is not over yet.
    """
    held = made_with(place)
    found = load_by_name(held, model_folder(place.settings)) if held else None
    if found is None:
        return open_embedder(place)
    _log.info("the index was made with %s: that is used until it is made with another", held)
    return found


def open_reranker(place: Place) -> Reranker | None:
    """Load the reranker that the settings name."""
    return load_reranker(place.settings.reranker, model_folder(place.settings))
