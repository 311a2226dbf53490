"""What can go wrong in a call to Slack, and whether it may pass."""

from dataclasses import dataclass
from http.client import HTTPException

from slack_sdk.errors import SlackApiError

SLACK_TROUBLE = (SlackApiError, OSError, HTTPException)
"""What a call to Slack can raise: a refusal, no connection, an answer that breaks off."""

TOKEN_REFUSED = {
    "account_inactive",
    "invalid_auth",
    "not_authed",
    "token_expired",
    "token_revoked",
}
_MAY_HAVE_WORKED = {
    "fatal_error",
    "internal_error",
    "request_timeout",
    "service_unavailable",
}
_WITHOUT_A_WORD_S = 1.0
_SERVER_ERROR = 500
_TOO_MANY = 429


@dataclass(frozen=True, slots=True)
class NotNow:
    """Slack cannot be reached or takes nothing at present; to be tried again later.

    ``seconds``: not before, where Slack says so.
    """

    reason: str
    seconds: float = 0.0


def reason_of(error: Exception) -> str:
    """Name a trouble with Slack in a word or two, without what was sent."""
    if isinstance(error, SlackApiError):
        reason = str(error.response.get("error") or "")
        # a page of HTML instead of JSON is put into "error" whole
        return reason if reason.isidentifier() else f"HTTP {error.response.status_code}"
    return f"{type(error).__name__}: {error}"


def is_rate_limit(error: SlackApiError) -> bool:
    """Say whether Slack wants us to slow down."""
    return error.response.status_code == _TOO_MANY or reason_of(error) == "ratelimited"


def retry_after(error: SlackApiError) -> float:
    """Return for how many seconds Slack wants no such call; a guess where it does not say."""
    try:
        return max(0.0, float(error.response.headers.get("Retry-After", _WITHOUT_A_WORD_S)))
    except ValueError:
        return _WITHOUT_A_WORD_S


def may_pass(error: SlackApiError) -> bool:
    """Say whether the same call may be taken later."""
    return is_rate_limit(error) or may_have_worked(error)


def may_have_worked(error: SlackApiError) -> bool:
    """Say whether Slack may have done what it did not confirm."""
    reason = reason_of(error)
    return (
        error.response.status_code >= _SERVER_ERROR
        or reason in _MAY_HAVE_WORKED
        or reason.startswith("HTTP ")
    )
