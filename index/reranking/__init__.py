"""Reading a question together with a passage: does it answer, and which of its words do?

Start at :func:`index.reranking.reranker.load_reranker`. Two ways read: the reranker that comes with
Kiroku (``embedded_reranker``), and any cross-encoder of sentence-transformers (``cross_encoder``).
May import ``index.embedding``, ``index.passage`` and ``index.language``.
"""
