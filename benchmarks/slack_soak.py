"""The whole product, kept busy: ``python -m benchmarks.slack_soak [--minutes 30]``.

``kiroku serve`` answers in the local Slack of the tests while ordinances with fees that only rise
are written, replaced and taken away in a folder under ``kiroku watch``, which is killed
(``kill -9``) every few seconds and started again. Each question must get one reply; the fees in one
reply must be those of one version, and never older than one that was told before. Prints how many
were asked, answered, and answered wrongly, the generations gone through, and the memory of the bot.
"""

import argparse
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.material import PROJECT
from bot.texts import JA
from index.passage import DEFAULT_COLLECTION
from index.store.store import Store
from index.upkeep.verification import verify
from tests.end_to_end.serving import KIROKU, Served
from tests.slack_api import LocalSlack

SAMPLES = PROJECT / "samples"
ROOMS = ("図書館の会議室", "体育館の控室", "公民館の調理室", "文化会館の楽屋", "斎場の待合室")
_LAWS = """{room}の使用に関する条例

（使用料）
第１条　{room}の使用料は、１時間につき{fee}円とする。
２　市外に住所を有する者の{room}の使用料は、前項の規定にかかわらず、１時間につき{more}円とする。

（減免）
第２条　市長は、特別の理由があると認めるときは、{room}の使用料を減額することができる。
"""
_EXTRA = 1_000_000
"""What those from elsewhere pay more, so that a fee tells which of the two it is."""
_FEE = 100
"""The fee before the first version."""
_CHANGES, _REMOVALS = 0.3, 0.15
"""Shares of the questions before which a file is changed, and of the changes that are removals."""
_CHANNEL = "CSOAK"


@dataclass
class Watched:
    """The folder that is watched, and what was written into it."""

    folder: Path
    served: Served
    draw: random.Random
    versions: Counter[str] = field(default_factory=Counter)
    kills: int = 0
    process: subprocess.Popen[bytes] | None = None
    kill_at: float = 0.0

    def change(self) -> None:
        """Write a new version of an ordinance, or take one away."""
        room = self.draw.choice(ROOMS)
        file = self.folder / f"{room}.txt"
        if self.draw.random() < _REMOVALS:
            file.unlink(missing_ok=True)
            return
        self.versions[room] += 1
        fee = _FEE + self.versions[room]
        written = _LAWS.format(room=room, fee=fee, more=fee + _EXTRA)
        half = file.with_suffix(".part")
        half.write_text(written, encoding="utf-8")
        half.replace(file)

    def kill_or_start(self) -> None:
        """Kill the watch when its time has come, and start the next one."""
        if time.monotonic() < self.kill_at:
            return
        self.kills += self.process is not None
        self.kill()
        self.process = subprocess.Popen(
            [KIROKU, "watch", self.folder, "--prune"],
            env=self.served.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.kill_at = time.monotonic() + self.draw.uniform(4, 30)

    def kill(self) -> None:
        """End the watch as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()


@dataclass
class Told:
    """What the replies told."""

    outcomes: Counter[str] = field(default_factory=Counter)
    newest: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def take(self, room: str, replies: Sequence[dict[str, str]], written: int) -> None:
        """Count a question by its replies; ``written`` is the newest version there may be."""
        texts = [reply["text"] for reply in replies]
        if len(texts) != 1 or texts[0].startswith(JA.fault[:4]):
            self.outcomes["no reply, several, or a fault"] += 1
            self.wrong.append(f"{room}: {texts}")
            return
        fees = re.findall(rf"{room}の使用料は[^\n]*?につき([\d,]+)円", texts[0])
        versions = {int(fee.replace(",", "")) % _EXTRA - _FEE for fee in fees}
        if JA.sources not in texts[0]:
            self.outcomes["declined"] += 1
            return
        if not versions:
            self.outcomes["told of another room"] += 1
            return
        version = max(versions)
        if len(versions) > 1 or version < self.newest.get(room, 0) or version > written:
            self.wrong.append(f"{room}: {versions}, told before {self.newest.get(room)}")
            self.outcomes["of two states"] += 1
            return
        self.newest[room] = version
        self.outcomes["answered"] += 1


def memory_mb(process: subprocess.Popen[bytes]) -> float:
    """Return what a process holds, in megabytes."""
    held = Path(f"/proc/{process.pid}/statm").read_text(encoding="ascii").split()
    return int(held[1]) * 4096 / 1e6


def soak(slack: LocalSlack, served: Served, watched: Watched, minutes: float) -> Told:
    """Ask, change and kill for so long; print the memory every minute."""
    told, end, minute = Told(), time.monotonic() + 60 * minutes, time.monotonic()
    while time.monotonic() < end:
        watched.kill_or_start()
        if watched.draw.random() < _CHANGES:
            watched.change()
        room = watched.draw.choice(ROOMS)
        ts = slack.mention(_CHANNEL, "USOAK", f"{room}の使用料は１時間いくらですか？")
        slack.wait_for_reply(_CHANNEL, ts, timeout=60)
        told.take(room, slack.replies(_CHANNEL, ts), watched.versions[room])
        if time.monotonic() >= minute:
            minute += 60
            print(f"{memory_mb(served.process):.0f} MB; {dict(told.outcomes)}", file=sys.stderr)
    return told


def main() -> None:
    """Start all, soak, verify, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    draw = random.Random(given.seed)  # noqa: S311 - the same for the same seed
    with tempfile.TemporaryDirectory() as place, LocalSlack() as slack:
        data, folder = Path(place) / "data", Path(place) / "documents"
        folder.mkdir()
        subprocess.run([KIROKU, "ingest", SAMPLES, "--data", data], check=True, capture_output=True)
        served = Served(slack, data)
        watched = Watched(folder, served, draw)
        at_first = memory_mb(served.process)
        told = soak(slack, served, watched, given.minutes)
        watched.kill()
        print(f"questions {told.outcomes.total()}: {dict(told.outcomes)}")
        print(*told.wrong, sep="\n")
        with closing(Store.open(data)) as store:
            generation = store.generation(DEFAULT_COLLECTION)
        print(f"{generation} generations, {watched.kills} kills, faults: {verify(data)}")
        print(f"memory of the bot, MB: {at_first:.0f} at first, {memory_mb(served.process):.0f}")
        print(f"it ended with {served.stop()}")


if __name__ == "__main__":
    main()
