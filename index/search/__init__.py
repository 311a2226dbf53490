"""From a query to hits: filters, scores, fusion, the second stage, near-duplicates.

Start at :class:`index.search.searcher.Searcher`. May import all other packages of ``index``.
"""
