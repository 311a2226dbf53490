"""Which of the two tokens Slack refuses at present, and why."""

import threading


class Refusals:
    """What the last calls said of each token. Safe to be used from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._reasons: dict[str, str] = {}

    def note(self, setting: str, reason: str | None) -> None:
        """Remember why Slack refuses the token of a setting; ``None``: it takes it."""
        with self._lock:
            if reason is None:
                self._reasons.pop(setting, None)
            else:
                self._reasons[setting] = reason

    def told(self) -> str | None:
        """Return what is to be told of it, ``None`` where Slack takes both."""
        with self._lock:
            reasons = sorted(self._reasons.items())
        return "; ".join(f"Slack refuses {name} ({why})" for name, why in reasons) or None
