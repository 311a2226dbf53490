"""The real bot process, with an answerer that needs no model (``python -m`` this module).

A question decides what becomes of it: 「待つ」 takes a while, 「落ちる」 kills the process the
first time, 「こわれる」 raises, 「広げると」 does where it is not narrowed, 「ない」 is declined,
「たぶん」 is answered by a passage that may answer, 「人事」 is near a closed collection,
「どの」 may mean several things; all else is answered, narrowed unless that is not wanted. Prior
discussions are looked up in a small index of meetings made by hand. A file ``changed`` in the data
folder stands for documents that answer otherwise now, ``gone`` for those that were cited and are no
longer there.
"""

import datetime as dt
import logging
import os
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from bot.answer.answer import Reply
from bot.answerer import Answerer
from bot.history.meetings import History
from bot.history.prior_discussions import MOST_MEETINGS
from bot.question.leaning import leans, matter_of
from bot.slack.answering.source import Shelf
from bot.slack.app import Beside, serve
from bot.viewer.metrics import Metrics
from cli import logs
from cli.options import Place
from cli.viewing import viewer_beside
from index.errors import KirokuError
from index.passage import Collection, Document, Filters, Hit, PassageId
from index.search.searcher import Searcher
from index.settings import JSON, read_settings
from index.writer import Writer
from tests.bot.council import (
    MORE,
    SAID,
    WIDER,
    ambiguous,
    answer_to,
    council_documents,
    decline_of,
    hit,
    near_the_closed,
    unsure_of,
)
from tests.bot.history import past_meetings
from tests.index.making import CharacterEmbedder

INGESTED = dt.datetime(2024, 4, 1, tzinfo=dt.UTC)
PAGE = b"\x89PNG of a page"
"""What is sent as the page of whatever was cited, where ``DRAWN`` is 1; with 0 there is none."""


class CannedAnswerer:
    """Answers at once, word for word the same."""

    def __init__(self, data: Path) -> None:
        self._data = data

    def answer(
        self,
        question: str,
        filters: Filters | None = None,
        *,
        narrow: bool = True,
        before: Sequence[str] = (),
    ) -> Reply:
        """Answer, decline, wait, raise or die, as the question says."""
        with (self._data / "asked.txt").open("a", encoding="utf-8") as asked:
            asked.write(question[:60].replace("\n", " ") + "\n")
        if "待つ" in question:
            time.sleep(1.5)
        if "落ちる" in question and not (self._data / "died").exists():
            (self._data / "died").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if "いつも倒れる" in question:
            os.kill(os.getpid(), signal.SIGKILL)
        if "こわれる" in question or ("広げると" in question and not narrow):
            message = "a secret of the inside"
            raise RuntimeError(message)
        if "どの" in question and filters is None:
            return ambiguous(question)
        if declined := _declined(question):
            return declined
        if (self._data / "changed").exists():
            return answer_to(question, WIDER, more=MORE)
        told = f"{filters.body}では、{SAID}" if filters else SAID if narrow else WIDER
        return replace(
            answer_to(question, told, more=MORE),
            understood=("令和5年度",) if narrow else (),
            taken_over=self.matter(before) if leans(question) else None,
        )

    def held(self, names: Sequence[PassageId]) -> Sequence[Hit]:
        """Give the passage that all answers cite, unless it was taken out."""
        gone = (self._data / "gone").exists()
        found = [] if gone else [hit(SAID + MORE), hit(rank=2)]
        return [each for each in found if each.passage.passage_id in names]

    def matter(self, questions: Sequence[str]) -> str | None:
        """Return the nouns of the last question."""
        return matter_of(questions[-1]) if questions else None

    def history(self, topic: str, *, most: int = MOST_MEETINGS) -> History:
        """Look the topic up in the past meetings."""
        folder = self._data / "past"
        with Writer.open(folder, CharacterEmbedder()) as writer:
            writer.put(past_meetings.ALL, root="/in", reader="1")
            writer.publish()
        return Answerer(Searcher.open(folder, CharacterEmbedder())).history(topic, most=most)


def _declined(question: str) -> Reply | None:
    ways = {"人事": near_the_closed, "たぶん": unsure_of, "ない": decline_of}
    language = "en" if question.isascii() else "ja"
    if "nothing" in question:
        return decline_of(question, language)
    return next((way(question) for word, way in ways.items() if word in question), None)


def main() -> int:
    """Serve until told to stop; say a :class:`KirokuError` in one line."""
    settings = read_settings(os.environ, Path(os.environ["KIROKU_DATA"]))
    form = "%(levelname)s %(message)s"
    logging.basicConfig(stream=sys.stderr, level=logging.DEBUG, format=form)
    if settings.log == JSON:
        logs.configure(verbose=True, form=JSON)
    answerer = CannedAnswerer(settings.data)

    def documents(_: frozenset[Collection]) -> Sequence[Document]:
        return council_documents()

    def drawn(_: Hit, _quote: str) -> bytes | None:
        return PAGE if os.environ["DRAWN"] == "1" else None

    shelf = Shelf(documents, lambda _: INGESTED)
    metrics = Metrics()
    web = partial(viewer_beside, Place(settings), None, metrics)
    try:
        beside = Beside(web, metrics, drawn if "DRAWN" in os.environ else None)
        serve(settings, lambda _: answerer, shelf, beside)
    except KirokuError as error:
        print(f"error: {error}", file=sys.stderr)  # noqa: T201  what the command line does
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
