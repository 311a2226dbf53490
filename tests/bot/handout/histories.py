"""Histories of past meetings, found in a small index."""

from pathlib import Path

from bot.answerer import Answerer
from bot.history.meetings import History
from index.passage import Document, Passage
from index.search.searcher import Searcher
from index.writer import Writer
from tests.index.making import CharacterEmbedder


def history_of(
    topic: str, documents: list[tuple[Document, list[Passage]]], folder: Path
) -> History:
    """Return the history of a topic in these documents."""
    with Writer.open(folder, CharacterEmbedder()) as writer:
        writer.put(documents, root="/in", reader="1")
        writer.publish()
    return Answerer(Searcher.open(folder, CharacterEmbedder())).history(topic)
