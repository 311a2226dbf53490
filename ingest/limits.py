"""Limits on size, time and memory: a file that exceeds them is not read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds on reading.

    ``most_bytes``: of a file, or of an unpacked entry of a zip; larger ones are not opened.
    ``seconds`` and ``seconds_a_megabyte``: for reading one file. ``seconds_of_ocr``: at most
    this many more for OCR, which takes ten minutes or longer for 100 scanned pages.
    ``most_memory``: bytes of address space of the process that reads. ``most_characters``: of the
    extracted text.

    Of a zip or message: ``most_entries``, ``most_unpacked`` (bytes of all entries together, those
    of zips in it included), and ``most_ratio`` of unpacked to packed bytes, which counts for
    entries over ``ratio_from`` bytes. ``most_depth``: a zip in a zip is two deep.
    """

    most_bytes: int = 150_000_000
    seconds: float = 120.0
    seconds_a_megabyte: float = 5.0
    seconds_of_ocr: float = 3_600.0
    most_memory: int = 2_000_000_000
    most_characters: int = 30_000_000
    most_entries: int = 10_000
    most_unpacked: int = 2_000_000_000
    most_ratio: float = 200.0
    ratio_from: int = 10_000_000
    most_depth: int = 2

    def why_too_large(self, size: int) -> str | None:
        """Return why a file of ``size`` bytes is too large to read, ``None`` if it is not."""
        if size <= self.most_bytes:
            return None
        most = self.most_bytes / 1e6
        return f"it is {size / 1e6:,.0f} MB, more than the {most:,.0f} MB that are read: split it"

    def seconds_for(self, size: int) -> float:
        """Return how long reading a file of ``size`` bytes may take."""
        return self.seconds + self.seconds_a_megabyte * size / 1e6


DEFAULT_LIMITS = Limits()
