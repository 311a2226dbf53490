"""LlamaIndex: a vector index and BM25, joined by ``QueryFusionRetriever`` (reciprocal rerank).

As documented: ``SimpleDirectoryReader``, the default sentence splitter (1,024 tokens, 200
overlapping), one query, no model that writes more of them. Helped: pairs of characters by BM25's
``token_pattern`` (its ``tokenizer`` is ignored since it takes stemmers).
"""

import Stemmer
from llama_index.core import SimpleDirectoryReader, VectorStoreIndex
from llama_index.core.llms import MockLLM
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.schema import MetadataMode
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.retrievers.bm25 import BM25Retriever

from benchmarks.others.serving import PAIRS, Hit, Task, serve


class LlamaIndex:
    """LlamaIndex with its model loaded."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.embedding = HuggingFaceEmbedding(
            model_name=task.model,
            query_instruction=task.query_prompt,
            text_instruction=task.passage_prompt,
        )
        self.retriever: QueryFusionRetriever | None = None

    def ingest(self) -> list[int]:
        """Read, split, and fill both retrievers."""
        documents = SimpleDirectoryReader(input_files=list(self.task.files)).load_data()
        index = VectorStoreIndex.from_documents(documents, embed_model=self.embedding)
        helped = {"token_pattern": PAIRS, "skip_stemming": True} if self.task.helped else {}
        bm25 = BM25Retriever.from_defaults(
            docstore=index.docstore,
            similarity_top_k=self.task.limit,
            stemmer=Stemmer.Stemmer("english"),
            language="english",
            **helped,
        )
        self.retriever = QueryFusionRetriever(
            [index.as_retriever(similarity_top_k=self.task.limit), bm25],
            llm=MockLLM(),  # never asked: one query
            similarity_top_k=self.task.limit,
            num_queries=1,
            mode="reciprocal_rerank",
        )
        nodes = index.docstore.docs.values()
        return [len(node.get_content(MetadataMode.NONE)) for node in nodes]

    def search(self, question: str) -> list[Hit]:
        """Ask the fusion retriever."""
        assert self.retriever is not None
        return [
            Hit(self.task.name(n.metadata["file_path"]), n.get_content(MetadataMode.NONE))
            for n in self.retriever.retrieve(question)
        ]


if __name__ == "__main__":
    serve(LlamaIndex)
