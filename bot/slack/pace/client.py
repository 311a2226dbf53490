"""The client for Slack's Web API that keeps to the times Slack sets, and sees a refused token."""

import math
from collections.abc import Callable
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.slack.pace.limits import Limits
from bot.slack.trouble import TOKEN_REFUSED, is_rate_limit, reason_of, retry_after

Count = Callable[[str, str], None]
"""Is told of each call: its method, and ``ok``, ``rate_limited``, ``held_back``, ``refused`` or
``failed`` (no answer)."""


class PacedClient(WebClient):
    """A client that does not even ask while Slack would refuse; nothing in it waits.

    A call that is held back raises what Slack would answer: 429, with the seconds that are left.
    ``refused`` is called with why Slack refuses the token, ``None`` when it takes it. ``limits``
    are a workspace's; ``None`` for calls that belong to none.
    """

    def __init__(
        self, limits: Limits | None, refused: Callable[[str | None], None], count: Count, **how: Any
    ) -> None:
        super().__init__(**how)
        self._count = count
        self._limits = limits
        self._refused = refused

    def api_call(self, api_method: str, **given: Any) -> SlackResponse:
        """Make a call, unless it is to be held back. Raises what the client raises."""
        arguments = given.get("json") or given.get("params") or given.get("data") or {}
        left = self._limits.left(api_method, arguments) if self._limits else 0.0
        if left > 0:
            self._count(api_method, "held_back")
            raise self._held_back(api_method, left)
        try:
            answer = super().api_call(api_method, **given)
        except SlackApiError as error:
            limited = is_rate_limit(error)
            self._count(api_method, "rate_limited" if limited else "refused")
            if limited and self._limits:
                self._limits.note(api_method, arguments, retry_after(error))
            if (reason := reason_of(error)) in TOKEN_REFUSED:
                self._refused(reason)
            raise
        except (OSError, HTTPException):
            self._count(api_method, "failed")
            raise
        self._count(api_method, "ok")
        self._refused(None)
        return answer

    def _held_back(self, api_method: str, left: float) -> SlackApiError:
        response = SlackResponse(
            client=self,
            http_verb="POST",
            api_url=f"{self.base_url}{api_method}",
            req_args={},
            data={"ok": False, "error": "ratelimited"},
            headers={"Retry-After": str(math.ceil(left))},
            status_code=429,
        )
        return SlackApiError("held back, as Slack asked for", response)  # type: ignore[no-untyped-call]  # the SDK has no types there
