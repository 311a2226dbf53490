"""How the bot keeps Slack's pace without a thread that waits: lanes of work, times that Slack sets.

``lanes`` works one thing of a channel after the other, ``schedule`` wakes what has to wait,
``turns`` lets one at a time answer. ``limits`` remembers until when Slack takes nothing, and
``client`` keeps to that. Nothing in here knows what a question is.
"""
