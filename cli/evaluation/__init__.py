"""How good search and answers are on questions whose answers are known.

``questions`` reads them, ``measures`` counts, ``chance`` and ``comparison`` tell which
differences are significant, ``report`` and ``plot`` show it.
"""
