"""One at a time, and first those who wait for a window to open."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """A lock with two doors: who is in a hurry is let in before all who are not."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._taken = False
        self._hurried = 0

    @contextmanager
    def turn(self, *, hurried: bool = False) -> Iterator[None]:
        """Be the only one within the block."""
        with self._changed:
            self._hurried += hurried
            self._changed.wait_for(lambda: not self._taken and (hurried or not self._hurried))
            self._hurried -= hurried
            self._taken = True
        try:
            yield
        finally:
            with self._changed:
                self._taken = False
                self._changed.notify_all()
