"""Which tokens Slack refuses at present, and why."""

import threading
from collections.abc import Callable
from functools import partial


class Refusals:
    """What the last calls said of each token. Safe to be used from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: set[str] = set()
        self._reasons: dict[str, str] = {}

    def of(self, token: str) -> Callable[[str | None], None]:
        """Return what is called with why Slack refuses a token; ``None``: it takes it.

        ``token`` is what people are told of it: its setting, or where it is from.
        """
        with self._lock:
            self._known.add(token)
            self._reasons.pop(token, None)
        return partial(self._note, token)

    def forget(self, token: str) -> None:
        """Say nothing of a token any more, whatever the calls say that are under way."""
        with self._lock:
            self._known.discard(token)
            self._reasons.pop(token, None)

    def told(self) -> str | None:
        """Return what is to be told of them, ``None`` where Slack takes all."""
        with self._lock:
            reasons = sorted(self._reasons.items())
        return "; ".join(f"Slack refuses {name} ({why})" for name, why in reasons) or None

    def states(self) -> dict[str, str]:
        """Return how each token stands: ``ok``, or why Slack refuses it."""
        with self._lock:
            return {name: self._reasons.get(name, "ok") for name in sorted(self._known)}

    def _note(self, token: str, reason: str | None) -> None:
        with self._lock:
            if reason is None:
                self._reasons.pop(token, None)
            elif token in self._known:
                self._reasons[token] = reason
