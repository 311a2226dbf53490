"""Who answers whom, and which part of a question each part of an answer meets.

Start at :mod:`ingest.minutes.exchanges.pairing`; ``linking`` joins passages, ``alignment`` the
parts of bundled questions. May import ``votes`` and ``speakers``.
"""
