"""What people wait for when many ask at once: ``python -m benchmarks.slack_load``.

A real bot process with an answerer that answers at once, and the local Slack of the tests: a post a
second and channel, repeated deliveries, 429s, errors, a lost reply, a cut connection, a renewed
one, and one channel that takes no post for most of the time. So it measures what the bot adds to
answering. The defaults make 200 questions of 20 people within a minute; with ``--minutes 5`` the
same people take their time. It ends a minute or two after the last question.
"""

import argparse
import json
import os
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bot.slack.bot_process import start_bot, wait_until_ready
from tests.bot.slack.load import FROZEN, Load, Measured, bear, waits
from tests.slack_api import LocalSlack

POSTS_A_SECOND = 1.0
"""What Slack takes in a channel, after a short burst."""
FROZEN_SHARE = 0.75
"""For how much of the time one channel takes no post, unless that is set."""


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which that share of the sorted ``values`` lies."""
    return values[min(len(values) - 1, int(share * len(values)))]


def told(slack: LocalSlack, measured: Measured) -> dict[str, object]:
    """Return the figures: seconds from a question to its reply, and how many replies each got."""
    frozen = [each for each in measured.asked if each[0] == FROZEN]
    others = [each for each in measured.asked if each[0] != FROZEN]
    replies = [len(slack.replies(channel, ts)) for channel, ts in measured.asked]
    figures: dict[str, object] = {
        "questions": len(replies),
        "answered_once": replies.count(1),
        "ack_of_a_button_max_s": round(max(measured.acks), 2),
    }
    for name, asked in (("others", others), ("frozen_channel", frozen)):
        times = waits(slack, asked)
        figures[name] = {
            "p50_s": round(statistics.median(times), 2),
            "p95_s": round(percentile(times, 0.95), 2),
            "max_s": round(times[-1], 2),
        }
    return figures


def measure(load: Load) -> dict[str, object]:
    """Run a bot under a load and return the figures."""
    with tempfile.TemporaryDirectory() as folder, LocalSlack() as slack:
        slack.posts.a_second = POSTS_A_SECOND
        bot = start_bot(slack, Path(folder), 0)
        try:
            wait_until_ready(slack, bot)
            return told(slack, bear(slack, load))
        finally:
            bot.stop()


def main() -> None:
    """Measure, and print the figures as JSON."""
    usual = Load(channels=9, one_in=4)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=usual.questions)
    parser.add_argument("--people", type=int, default=usual.people)
    parser.add_argument("--channels", type=int, default=usual.channels)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--frozen", type=int, help="seconds; three quarters of the time otherwise")
    parser.add_argument("--one-in", type=int, default=usual.one_in)
    given = vars(parser.parse_args())
    seconds, frozen = 60.0 * given.pop("minutes"), given.pop("frozen")
    most_of_it = round(FROZEN_SHARE * seconds)
    load = Load(seconds=seconds, frozen=most_of_it if frozen is None else frozen, **given)
    print(json.dumps({"load": load.__dict__, **measure(load), "cpus": os.cpu_count()}, indent=1))


if __name__ == "__main__":
    main()
