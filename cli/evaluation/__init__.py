"""How good search and answers are on questions whose answers are known.

``questions`` reads them, ``measures`` counts, ``chance`` and ``comparison`` say what is more than
chance, ``report`` and ``plot`` show it.
"""
