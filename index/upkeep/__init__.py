"""Keeping a data folder for years: is it whole, mend it, save it, bring it back.

Start at :func:`index.upkeep.verification.verify`, :func:`index.upkeep.backup.back_up` and
:func:`index.upkeep.restoring.restore`.
"""
