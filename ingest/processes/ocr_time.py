"""Extra time for OCR: how many pages are scans shows only while reading."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from ingest.limits import DEFAULT_LIMITS

_REPORT: ContextVar[Callable[[float], None] | None] = ContextVar("_told", default=None)


@dataclass(slots=True)
class MoreTime:
    """The seconds that OCR of one file may still take."""

    left: float = field(default_factory=lambda: DEFAULT_LIMITS.seconds_of_ocr)

    def for_ocr(self, spent: float) -> float:
        """Return how much longer the file may take after OCR of a page took ``spent``."""
        granted = min(spent, self.left)
        self.left -= granted
        tell = _REPORT.get()
        if tell is not None and granted > 0:
            tell(granted)
        return granted


@contextmanager
def report_more_time(tell: Callable[[float], None]) -> Iterator[None]:
    """Have ``tell`` called with the seconds whenever more time is granted."""
    token = _REPORT.set(tell)
    try:
        yield
    finally:
        _REPORT.reset(token)
