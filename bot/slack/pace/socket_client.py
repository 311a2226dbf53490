"""The connection that Slack sends over: where it is refused, it is asked for ever less often."""

import time
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.builtin import SocketModeClient

from bot.slack.trouble import TOKEN_REFUSED, is_rate_limit, reason_of, retry_after

_FIRST_PAUSE_S = 1.0
_LONGEST_PAUSE_S = 60.0
_REFUSED = {*TOKEN_REFUSED, "missing_scope", "not_allowed_token_type"}


class PacedSocketClient(SocketModeClient):
    """The built-in client, which by itself asks for a new connection at each of its checks.

    Those come every two seconds. A refused token, or a limit, is waited for without a thread: the
    checks in between do nothing.
    """

    def __init__(self, **how: Any) -> None:
        self._not_before = 0.0
        self._pause = _FIRST_PAUSE_S
        super().__init__(**how)

    def issue_new_wss_url(self) -> str:
        """Ask for the address of a new connection. Raises what the client raises."""
        return str(self.web_client.apps_connections_open(app_token=self.app_token)["url"])

    def connect_to_new_endpoint(self, force: bool = False) -> None:  # noqa: FBT001, FBT002  as the SDK has it
        """Connect anew, unless Slack has refused that a moment ago."""
        if time.monotonic() < self._not_before:
            return
        try:
            super().connect_to_new_endpoint(force)
        except SlackApiError as error:
            reason = reason_of(error)
            if not is_rate_limit(error) and reason not in _REFUSED:
                raise
            self._put_off(error)
        else:
            self._pause = _FIRST_PAUSE_S

    def _put_off(self, error: SlackApiError) -> None:
        pause = self._pause
        if is_rate_limit(error):
            pause = max(pause, retry_after(error))
        self._not_before = time.monotonic() + pause
        self._pause = min(self._pause * 2, _LONGEST_PAUSE_S)
        self.logger.warning(
            "Slack gives no new connection for SLACK_APP_TOKEN (%s): asking again in %.0f s",
            reason_of(error),
            pause,
        )
