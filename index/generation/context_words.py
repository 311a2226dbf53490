"""The terms of what stands around a passage: title, headings, body, speaker, article."""

from collections.abc import Callable, Iterator

from index.language.tokens import index_terms
from index.passage import Document, Passage


class ContextWords:
    """The terms of what stands around a passage; the strings met of late are cut only once."""

    _MOST = 100_000

    def __init__(self, cut: Callable[[str], list[str]] = index_terms) -> None:
        self._cut = cut
        self._known: dict[str, list[str]] = {}

    def of(self, document: Document, passage: Passage) -> list[str]:
        """Return the terms of title, headings, body, speaker and article."""
        return [word for part in self._parts(document, passage) for word in self._words(part)]

    @staticmethod
    def _parts(document: Document, passage: Passage) -> Iterator[str]:
        yield document.title
        yield from passage.heading
        for part in (document.body, passage.speaker, passage.article):
            if part:
                yield part

    def _words(self, text: str) -> list[str]:
        if text not in self._known:
            if len(self._known) >= self._MOST:
                self._known.clear()
            self._known[text] = self._cut(text)
        return self._known[text]
