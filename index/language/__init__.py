"""What people write: text normalised and split, tokens, dates, times, units, cues.

Start at :mod:`index.language.text` and :mod:`index.language.tokens`. Knows nothing of councils or
of the store: imports ``index.errors`` only.
"""
