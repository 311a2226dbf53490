"""What both ways of receiving have in common."""

from collections.abc import Callable, Sequence
from typing import Protocol

from slack_bolt import BoltRequest, BoltResponse
from starlette.routing import BaseRoute

Take = Callable[[BoltRequest], BoltResponse]
"""Takes a delivery of Slack's, and returns what it is answered with."""


class Web(Protocol):
    """The web server beside the bot."""

    def is_serving(self) -> bool:
        """Say whether it listens now."""
        ...


class Receiver(Protocol):
    """Receives what Slack sends, and hands it on."""

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """What the web server beside the bot is to serve for it."""
        ...

    def open(self, take: Take, web: Web | None) -> None:
        """Hand deliveries to ``take`` from now on. Raises what Slack's client raises."""
        ...

    def is_open(self) -> bool:
        """Say whether deliveries can arrive now."""
        ...

    def look_after(self) -> None:
        """Do what is to be done every second."""
        ...

    def close(self) -> None:
        """Take no more."""
        ...
