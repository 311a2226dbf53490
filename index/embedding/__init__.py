"""From texts to vectors: the ``Embedder`` seam, and the model that comes with Kiroku.

Start at :func:`index.embedding.embedder.load_embedder`. There are two implementations: ONNX Runtime
(``onnx_embedder``) where the model can be exported, sentence-transformers (``torch_embedder``)
otherwise. Knows nothing of passages.
"""
