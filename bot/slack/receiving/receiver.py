"""What both ways of receiving have in common."""

from collections.abc import Sequence
from typing import Protocol

from slack_bolt import App
from starlette.routing import BaseRoute


class Web(Protocol):
    """The web server beside the bot."""

    def is_serving(self) -> bool:
        """Say whether it listens now."""
        ...


class Receiver(Protocol):
    """Takes what Slack sends, and hands it to the app."""

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """What the web server beside the bot is to serve for it."""
        ...

    def open(self, app: App, web: Web | None) -> None:
        """Take deliveries from now on. Raises what Slack's client raises."""
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
