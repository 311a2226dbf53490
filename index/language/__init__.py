"""What people write: text folded and cut, tokens, dates, times, units, cues.

Start at :mod:`index.language.text` and :mod:`index.language.tokens`. Knows nothing of councils or
of the store: imports ``index.errors`` only.
"""
