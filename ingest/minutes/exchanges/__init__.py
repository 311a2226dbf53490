"""Who answers whom, and which part of an answer belongs to which part of a question.

Start at :mod:`ingest.minutes.exchanges.pairing`; ``linking`` joins passages, ``alignment`` the
parts of bundled questions. May import ``votes`` and ``speakers``.
"""
