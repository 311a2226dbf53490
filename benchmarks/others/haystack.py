"""Haystack: its in-memory store asked twice, joined by reciprocal rank fusion.

As documented: the converters for text, PDF (pypdf) and Word, the default splitter (200 words,
and words are told apart by blanks), the retrievers' default ten hits, ``DocumentJoiner``. Helped:
the recursive splitter by characters with Japanese separators, and pairs of characters by the
store's ``bm25_tokenization_regex`` (whose default takes Japanese character by character).
"""

from haystack import Pipeline
from haystack.components.converters import DOCXToDocument, PyPDFToDocument, TextFileToDocument
from haystack.components.joiners import DocumentJoiner
from haystack.components.preprocessors import DocumentSplitter, RecursiveDocumentSplitter
from haystack.components.retrievers.in_memory import (
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.components.writers import DocumentWriter
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from benchmarks.others.serving import PAIRS, Hit, Task, serve

CONVERTERS = {".pdf": PyPDFToDocument, ".docx": DOCXToDocument, ".txt": TextFileToDocument}
JAPANESE_SEPARATORS = ["\n\n", "\n", "。", "、"]
CHARACTERS = 500


class Haystack:
    """Haystack with its models loaded."""

    def __init__(self, task: Task) -> None:
        self.task = task
        pattern = {"bm25_tokenization_regex": PAIRS} if task.helped else {}
        self.store = InMemoryDocumentStore(**pattern)
        self.by_document = SentenceTransformersDocumentEmbedder(
            model=task.model, prefix=task.passage_prompt, progress_bar=False
        )
        self.by_text = SentenceTransformersTextEmbedder(
            model=task.model, prefix=task.query_prompt, progress_bar=False
        )
        self.by_document.warm_up()
        self.by_text.warm_up()
        self.asking = _asking(self.store, self.by_text, task.limit)

    def ingest(self) -> list[int]:
        """Convert, split, embed and write."""
        documents = []
        for suffix, converter in CONVERTERS.items():
            files = [file for file in self.task.files if file.suffix == suffix]
            meta = [{"name": self.task.name(file)} for file in files]
            documents += converter().run(sources=files, meta=meta)["documents"] if files else []
        indexing = Pipeline()
        indexing.add_component("splitter", _splitter(helped=self.task.helped))
        indexing.add_component("embedder", self.by_document)
        indexing.add_component("writer", DocumentWriter(self.store))
        indexing.connect("splitter", "embedder")
        indexing.connect("embedder", "writer")
        indexing.run({"splitter": {"documents": documents}})
        return [len(document.content or "") for document in self.store.filter_documents()]

    def search(self, question: str) -> list[Hit]:
        """Ask the pipeline."""
        found = self.asking.run({"embedder": {"text": question}, "bm25": {"query": question}})
        return [Hit(d.meta["name"], d.content or "") for d in found["joiner"]["documents"]]


def _splitter(*, helped: bool) -> DocumentSplitter | RecursiveDocumentSplitter:
    if not helped:
        return DocumentSplitter()
    return RecursiveDocumentSplitter(
        split_length=CHARACTERS, split_unit="char", separators=JAPANESE_SEPARATORS
    )


def _asking(
    store: InMemoryDocumentStore, embedder: SentenceTransformersTextEmbedder, limit: int
) -> Pipeline:
    asking = Pipeline()
    asking.add_component("embedder", embedder)
    asking.add_component("dense", InMemoryEmbeddingRetriever(store, top_k=limit))
    asking.add_component("bm25", InMemoryBM25Retriever(store, top_k=limit))
    asking.add_component("joiner", DocumentJoiner("reciprocal_rank_fusion", top_k=limit))
    asking.connect("embedder.embedding", "dense.query_embedding")
    asking.connect("dense", "joiner")
    asking.connect("bm25", "joiner")
    return asking


if __name__ == "__main__":
    serve(Haystack)
