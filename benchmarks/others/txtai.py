"""txtai: one embeddings database, ``hybrid`` (FAISS and BM25) with ``content``.

As documented: both switched on, nothing else set, passages by its splitter into paragraphs (told
apart by empty lines). Helped: its splitter by sentences (of chonkie) with Japanese full stops, and
pairs of characters by the tokeniser of its BM25. Its own reader of PDF and Word needs Tika's Java
or docling's models, so the text is pypdf's and docx2txt's, as in the other libraries.
"""

from pathlib import Path

import docx2txt
from pypdf import PdfReader
from txtai import Embeddings
from txtai.pipeline import Segmentation

from benchmarks.others.serving import Hit, Task, serve

SENTENCES = {
    "chunker": "sentence",
    "tokenizer": "character",
    "chunk_size": 500,
    "delim": ["。", "！", "？", "\n"],
}
PAIRS = {"method": "bm25", "terms": True, "normalize": True, "tokenizer": {"ngrams": 2}}


class Txtai:
    """Txtai with its model loaded."""

    def __init__(self, task: Task) -> None:
        self.task = task
        helped = {"scoring": PAIRS} if task.helped else {}
        self.embeddings = Embeddings(
            path=task.model,
            content=True,
            hybrid=True,
            instructions={"query": task.query_prompt, "data": task.passage_prompt},
            **helped,
        )

    def ingest(self) -> list[int]:
        """Split and index."""
        split = Segmentation(**SENTENCES if self.task.helped else {"paragraphs": True})
        rows = [
            (f"{self.task.name(file)}#{number}", text)
            for file in self.task.files
            for number, text in enumerate(split(_read(file)))
        ]
        self.embeddings.index(rows)
        return [len(text) for _, text in rows]

    def search(self, question: str) -> list[Hit]:
        """Ask the database."""
        found = self.embeddings.search(question, self.task.limit)
        return [Hit(row["id"].rpartition("#")[0], row["text"]) for row in found]


def _read(file: Path) -> str:
    if file.suffix == ".pdf":
        return "\n\n".join(page.extract_text() for page in PdfReader(file).pages)
    if file.suffix == ".docx":
        return docx2txt.process(file)
    return file.read_text(encoding="utf-8")


if __name__ == "__main__":
    serve(Txtai)
