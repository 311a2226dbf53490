"""What is heard of the buttons under a history, in a message or in its modal."""

import json
import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App

from bot.slack.buttons import Do, press_from
from bot.slack.histories.views import HistoryViews

_OURS = f"^({Do.HISTORY}|{Do.TABLE}|{Do.TIMELINE})"


class HistoryListeners:
    """Hands over; the work is done elsewhere."""

    def __init__(self, views: HistoryViews) -> None:
        self._views = views

    def register(self, app: App) -> None:
        """Hang the listener on the app, before those that take all that is left."""
        app.action(re.compile(_OURS))(self.pressed)

    def pressed(self, ack: Ack, body: Mapping[str, Any]) -> None:
        """Show another page, or send the table or the picture."""
        ack()
        view = body.get("view") or {}
        press = press_from(_as_under_message(body, view) if view else body)
        if press is None:
            return
        if press.do is Do.HISTORY:
            self._views.show_page(press, str(view["id"]) if view else None)
        elif press.do in {Do.TABLE, Do.TIMELINE}:
            self._views.send(press)


def _as_under_message(body: Mapping[str, Any], view: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a press in our modal as if it stood under the message from which that was opened.

    Where that is comes back from the outside: it only says where to read the question again.
    """
    try:
        place = json.loads(view.get("private_metadata") or "")
        named = {name: str(place[name]) for name in ("channel", "ts", "root")}
    except (ValueError, TypeError, KeyError):
        return {}
    container = {
        "channel_id": named["channel"],
        "message_ts": named["ts"],
        "thread_ts": named["root"],
    }
    return {**body, "container": container}
