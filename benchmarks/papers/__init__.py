"""Made-up council papers as PDFs with known lines and rows, and how well they are read.

``python -m benchmarks.papers.measure`` prints the figures.
"""
