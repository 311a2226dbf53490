"""LangChain: an ensemble of BM25 and FAISS, weighted reciprocal rank fusion.

As documented: the loaders for text, PDF (pypdf) and Word, the recursive splitter with the 1,000
and 200 characters of its tutorials, equal weights. Helped: the separators that its page on
languages without word boundaries lists, and Sudachi's words as BM25's ``preprocess_func``.
"""

from langchain_classic.retrievers import EnsembleRetriever
from langchain_community.document_loaders import Docx2txtLoader, PyPDFLoader, TextLoader
from langchain_community.retrievers import BM25Retriever
from langchain_community.vectorstores import FAISS
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from benchmarks.others.japanese import words
from benchmarks.others.serving import Hit, Task, serve

LOADERS = {".pdf": PyPDFLoader, ".docx": Docx2txtLoader}
JAPANESE_SEPARATORS = [
    "\n\n", "\n", " ", ".", ",", "\u200b", "\uff0c", "\u3001", "\uff0e", "\u3002", "",
]  # fmt: skip


class LangChain:
    """LangChain with its model loaded."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.embeddings = HuggingFaceEmbeddings(
            model_name=task.model,
            encode_kwargs={"prompt": task.passage_prompt},
            query_encode_kwargs={"prompt": task.query_prompt},
        )
        self.retriever: EnsembleRetriever | None = None

    def ingest(self) -> list[int]:
        """Load, split, and fill both retrievers."""
        documents = [document for file in self.task.files for document in _load(str(file))]
        helped = {"separators": JAPANESE_SEPARATORS} if self.task.helped else {}
        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200, **helped)
        splits = splitter.split_documents(documents)
        vectors = FAISS.from_documents(splits, self.embeddings)
        by_words = {"preprocess_func": words} if self.task.helped else {}
        bm25 = BM25Retriever.from_documents(splits, **by_words)
        bm25.k = self.task.limit
        dense = vectors.as_retriever(search_kwargs={"k": self.task.limit})
        self.retriever = EnsembleRetriever(retrievers=[bm25, dense], weights=[0.5, 0.5])
        return [len(split.page_content) for split in splits]

    def search(self, question: str) -> list[Hit]:
        """Ask the ensemble."""
        assert self.retriever is not None
        found = self.retriever.invoke(question)
        return [Hit(self.task.name(d.metadata["source"]), d.page_content) for d in found]


def _load(file: str) -> list[Document]:
    for suffix, loader in LOADERS.items():
        if file.endswith(suffix):
            return loader(file).load()
    return TextLoader(file, encoding="utf-8").load()


if __name__ == "__main__":
    serve(LangChain)
