"""Files are read ahead of the one whose turn it is: in bounds, and in order."""

from contextlib import ExitStack
from dataclasses import dataclass, field

import pytest

from index.passage import DocumentId
from ingest.isolation.in_process import InProcessReader
from ingest.isolation.read_ahead import MOST_BYTES, MOST_FILES, Job, ReadAhead, run_in_order
from ingest.limits import DEFAULT_LIMITS
from tests.ingest.test_pipeline import MINUTES

DIGEST = "0" * 64


@dataclass
class Way:
    """Notes how many files are on their way, and in which order they ended."""

    size: int = 1
    begun: int = 0
    ended: list = field(default_factory=list)
    most: int = 0
    open: int = 0

    def begin(self, number):
        """Begin a file whose text is there at once."""
        self.begun += 1
        self.open += 1
        self.most = max(self.most, self.begun - len(self.ended))
        held = ExitStack()
        held.callback(self._close)
        return Job(number, None, self.size, held)

    def _close(self):
        self.open -= 1

    def end(self, job):
        """End the next file; what it held is still open."""
        assert self.open > 0
        self.ended.append(job.about)


def test_files_end_in_the_order_in_which_they_were_given():
    """However many there are; only a bounded number is on its way at any moment."""
    way = Way()
    run_in_order(range(1000), way.begin, way.end)
    assert way.ended == list(range(1000))
    assert way.most == MOST_FILES + 1
    assert way.open == 0


def test_large_files_wait_until_there_is_room():
    """Of files that are larger than all that may be held, one is read ahead."""
    way = Way(size=MOST_BYTES + 1)
    run_in_order(range(5), way.begin, way.end)
    assert way.ended == list(range(5))
    assert way.most == 2


def test_what_is_held_is_let_go_of_after_an_error():
    """A run that ends early leaves nothing unpacked behind."""

    class FullError(Exception):
        """What storing raises."""

    way = Way()

    def end(job):
        raise FullError(job.about)

    with pytest.raises(FullError):
        run_in_order(range(100), way.begin, end)
    assert way.begun > 1
    assert way.open == 0


def test_a_file_is_read_while_another_is_dealt_with(tmp_path):
    """Its text is there when its turn comes."""
    path = tmp_path / "a.txt"
    path.write_text(MINUTES.format(number=1))
    with ReadAhead(InProcessReader(DEFAULT_LIMITS)) as ahead:
        job = ahead.begin("about", path, DocumentId("a.txt"), DIGEST, ExitStack())
        document, passages = job.reading.result()
    assert document.document == "a.txt"
    assert passages
    assert job.size == path.stat().st_size
