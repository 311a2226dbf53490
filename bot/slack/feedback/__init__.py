"""The buttons that say what somebody thinks of a reply, and the one that asks the staff in charge.

``buttons`` shows them, ``listeners`` hears them; ``votes`` and ``ask_channel`` do the work.
"""
