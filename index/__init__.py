"""What a passage is, and how passages are stored and found.

Imports nothing of ours. Its packages, each importing only those above it in this list:

- ``passage``, ``place``, ``record``, ``errors``, ``settings``: the words that all packages use
- ``language``: what people write: text, tokens, dates, units
- ``council``: what councils call things: articles, sessions, parties, posts
- ``embedding``: from texts to vectors
- ``store``: documents, passages and vectors in SQLite, the one source of truth
- ``generation``: the files that are built from the store for searching
- ``writer``: puts documents into the store and publishes generations
- ``reranking``: a question and a passage read together
- ``search``: from a query to hits

Start at :class:`index.writer.Writer` for what goes in, at
:class:`index.search.searcher.Searcher` for what comes out.
"""
