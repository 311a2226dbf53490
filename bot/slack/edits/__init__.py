"""Questions that are edited or deleted after they were put.

``edits`` hears of it, ``withdrawals`` takes replies back; the desk answers an edited question anew.
"""
