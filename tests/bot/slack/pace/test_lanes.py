"""Lanes of work, and the threads that are not held by what waits."""

import logging
import threading
from collections.abc import Iterator

import pytest

from bot.slack.pace.lanes import Aside, Hold, Step, Then
from bot.slack.pace.turns import Turns
from bot.slack.pace.workers import Threads, Workers
from tests.bot.slack.bot_process import eventually

WITHIN_S = 10.0


@pytest.fixture
def workers() -> Iterator[Workers]:
    """Give the threads of a bot."""
    with Threads(logging.getLogger("test")) as threads:
        yield threads.workers()


class Done:
    """What was done, in its order."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._changed = threading.Condition()

    def step(self, name: str, then: Then = None) -> Step:
        """Return a step that is written down."""

        def work() -> Then:
            with self._changed:
                self.names.append(name)
                self._changed.notify_all()
            return then

        return work

    def wait(self, count: int) -> list[str]:
        """Return what was done once that is so much."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.names) >= count, WITHIN_S)
            return list(self.names)


def test_a_lane_goes_in_its_order(workers: Workers):
    """One after the other, whatever the number of threads."""
    done, names = Done(), [str(n) for n in range(100)]
    for name in names:
        workers.posting.put("C1", done.step(name))
    assert done.wait(100) == names


def test_what_holds_its_lane_goes_on_first(workers: Workers):
    """The others of the lane wait behind it, another lane does not."""
    done, queued = Done(), threading.Event()
    held = done.step("held", Hold(0.3, done.step("held again")))
    workers.posting.put("C1", lambda: held() if queued.wait(WITHIN_S) else None)
    workers.posting.put("C1", done.step("behind"))
    queued.set()
    workers.posting.put("C2", done.step("beside"))
    assert done.wait(4)[2:] == ["held again", "behind"]
    assert set(done.names[:2]) == {"held", "beside"}


def test_what_steps_aside_lets_its_lane_go_on(workers: Workers):
    """It comes again later."""
    done, queued = Done(), threading.Event()
    first = done.step("first", Aside(0.3, done.step("first again")))
    workers.posting.put("C1", lambda: first() if queued.wait(WITHIN_S) else None)
    workers.posting.put("C1", done.step("second"))
    queued.set()
    assert done.wait(3) == ["first", "second", "first again"]


def test_a_step_that_breaks_off_ends_its_lane_for_nobody(caplog: pytest.LogCaptureFixture):
    """The log has it, and the next one is done."""
    done = Done()

    def broken() -> None:
        message = "broken"
        raise ValueError(message)

    with Threads(logging.getLogger("test")) as threads:
        workers = threads.workers()
        workers.posting.put("C1", broken)
        workers.posting.put("C1", done.step("next"))
        assert done.wait(1) == ["next"]
    assert "a step of the work broke off" in caplog.text


def test_hundreds_of_lanes_that_wait_hold_no_thread(workers: Workers):
    """Work elsewhere is done at once."""
    done = Done()
    for n in range(300):
        workers.posting.put(f"C{n}", done.step("held", Hold(3_600, done.step("never"))))
    workers.posting.put("CELSE", done.step("done"))
    assert "done" in done.wait(301)


def test_who_is_in_a_hurry_goes_first():
    """What a person waits for with a window open is not behind the answers that queue."""
    turns, order = Turns(), list[str]()
    queued = threading.Semaphore(0)

    def go(name: str, *, hurried: bool) -> None:
        queued.release()
        with turns.turn(hurried=hurried):
            order.append(name)

    with turns.turn():
        waiting = [threading.Thread(target=go, args=("queued",), kwargs={"hurried": False})]
        waiting[0].start()
        queued.acquire()
        waiting.append(threading.Thread(target=go, args=("view",), kwargs={"hurried": True}))
        waiting[1].start()
        queued.acquire()
        eventually(lambda: turns._hurried)  # noqa: SLF001  it has to be in the queue
    for each in waiting:
        each.join(WITHIN_S)
    assert order == ["view", "queued"]
