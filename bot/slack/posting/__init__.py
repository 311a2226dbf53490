"""Putting a reply into Slack once: what is on its way (``draft``), and the calls (``poster``)."""
