"""Killed at any moment: ``python -m benchmarks.faults [--kills 300]``.

A process puts, removes, publishes, merges, builds anew, mends and saves documents in a random order
and is killed (``kill -9``) after a random time; then the data folder is verified and searched. What
was acknowledged before the kill must be there, of what was under way all or nothing. Prints one row
for each thing that it was doing when it was killed.

``--soak 30``: for so many minutes another process asks without a pause while documents come and go,
segments are merged and the writer is killed every few seconds. Prints how many questions were
asked, answered, and answered from two states mixed, and how the memory of the one who asks grew.

``--server``: the index is on a PostgreSQL server that is started for it; the writers are killed.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from benchmarks.server import started
from index.generation import merging
from index.passage import (
    Document,
    DocumentId,
    DocumentKind,
    Passage,
    PassageKind,
    passage_id,
)
from index.search.query import Query
from index.search.searcher import Searcher
from index.store.store import Store
from index.upkeep.backup import back_up
from index.upkeep.restoring import restore
from index.upkeep.verification import verify
from index.where import Server, Where, data_of
from index.writer import Writer

_DOCUMENTS = 12
_LONGEST_S = 1.2
MATTERS = ("図書館", "市道", "給食", "下水道", "消防団", "公園")


class Hashed:
    """An embedder that costs nothing: the characters of a text, hashed."""

    name, dimension = "hashed", 32

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a vector a text."""
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the vector of a text."""
        vector = np.full(self.dimension, 0.01, dtype=np.float32)
        for character in text:
            vector[ord(character) % self.dimension] += 1
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


def made(number: int, version: int) -> tuple[Document, list[Passage]]:
    """Return a version of a document."""
    name = DocumentId(f"{number}.txt")
    document = Document(name, f"会議録{number}", DocumentKind.MINUTES, f"{version}")
    texts = [
        f"{MATTERS[(number + turn) % 6]}は第{version}版の{turn}番目の答弁です。"
        for turn in range(20 + number)
    ]
    passages = [
        Passage(passage_id(name, turn), text, PassageKind.STATEMENT)
        for turn, text in enumerate(texts)
    ]
    return document, passages


State = dict[str, str]
"""Which version of each document is held."""


def told(word: str, state: State) -> None:
    """Tell the one who kills, in a line: what is begun or done, and what is then held."""
    held = " ".join(f"{name}={version}" for name, version in sorted(state.items()))
    sys.stdout.write(f"{word} {held}\n")
    sys.stdout.flush()


def work(index: Where, seed: int) -> None:
    """Change, publish, merge, mend and save for ever."""
    draw = random.Random(seed)  # noqa: S311 - the same for the same seed
    with Writer.open(index, Hashed()) as writer:  # what a killed run has put goes out with the next
        state: State = {name: held.content_hash for name, held in writer.known().items()}
    with patch.object(merging, "MOST", 3):
        while True:
            _once(index, draw, state)


def _once(index: Where, draw: random.Random, state: State) -> None:
    doing = draw.choice(["put", "put", "put", "remove", "rebuild", "renew", "backup"])
    if doing == "backup":
        told("backup", state)
        with tempfile.TemporaryDirectory(dir=data_of(index).parent) as place:
            restore(back_up(index, Path(place) / "all.tar.gz", "0"), Path(place) / "there")
            assert verify(Path(place) / "there") == []
        return
    with Writer.open(index, Hashed()) as writer:
        before = dict(state)
        some = draw.sample(range(_DOCUMENTS), draw.randint(1, 4))
        for number in some if doing in ("put", "remove") else ():
            name = DocumentId(f"{number}.txt")
            if doing == "remove" and name in state and len(state) > len(some):
                state.pop(name)
            else:
                state[name] = str(draw.randrange(10**6))
        told(doing, state)
        for number in some if state != before else ():
            name = DocumentId(f"{number}.txt")
            if name in state:
                writer.put([made(number, int(state[name]))], root="/", reader="1")
            else:
                writer.remove([name])
        if doing == "renew":  # what is pending stays so
            writer.renew()
            return
        (writer.rebuild if doing == "rebuild" else writer.publish)()
        told("done", state)


def _read(line: str) -> tuple[str, State]:
    word, *held = line.split(" ")
    return word, dict(one.split("=") for one in held if one)


def command_for(index: Where, seed: int) -> tuple[str, ...]:
    """Return the command of a process that works on an index."""
    url = index.url if isinstance(index, Server) else ""
    return (
        sys.executable,
        "-m",
        "benchmarks.faults",
        "--work",
        str(data_of(index)),
        url,
        str(seed),
    )


def settle(index: Where) -> None:
    """Wait until a server has taken note that a client is gone."""
    if isinstance(index, Server):
        others = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
        with closing(Store.open(index)) as store:
            while store.database.execute(f"{others}pg_backend_pid() LIMIT 1").fetchone():
                time.sleep(0.02)


def killed(index: Where, seed: int) -> Iterator[tuple[str, State]]:
    """Let a process work, kill it, and yield what it told."""
    process = subprocess.Popen(command_for(index, seed), stdout=subprocess.PIPE, text=True)
    assert process.stdout
    first = process.stdout.readline()
    time.sleep(random.Random(seed).random() * _LONGEST_S)  # noqa: S311
    process.kill()
    lines = [first, *process.stdout.read().splitlines()]
    process.wait()
    settle(index)
    whole = [line.strip("\n") for line in lines if line.strip()]
    yield from map(_read, whole)


def faults_after(index: Where, possible: Sequence[State]) -> list[str]:
    """Return what is wrong with an index: it must be whole and hold one of the states."""
    wrong = [f"{fault.part.value}: {fault.what}" for fault in verify(index)]
    with closing(Searcher.open(index, Hashed())) as searcher:
        held = {d.document: d.content_hash for d in searcher.documents()}
        if held not in possible:
            wrong.append(f"held {held}, expected one of {possible}")
        hits = searcher.search(Query("図書館の答弁")).hits
        mixed = [h for h in hits if f"第{held[h.document.document]}版" not in h.passage.text]
        if mixed or (held and not hits):
            wrong.append(f"{len(mixed)} of {len(hits)} hits are of another version")
    return wrong


def soak(data: Path, minutes: float) -> None:
    """Ask while another process changes the index and is killed again and again."""
    asked, empty, mixed, opened = 0, 0, 0, 0
    memory: list[float] = []
    searcher = Searcher.open(data, Hashed())
    end, seed, process, kill_at = time.monotonic() + 60 * minutes, 0, None, 0.0
    while time.monotonic() < end:
        if time.monotonic() >= kill_at:
            if process is not None:
                process.kill()
                process.wait()
            seed += 1
            process = subprocess.Popen(command_for(data, seed), stdout=subprocess.DEVNULL)
            kill_at = time.monotonic() + 3 + 4 * random.Random(seed).random()  # noqa: S311
        if not searcher.is_current():
            searcher.close()
            searcher, opened = Searcher.open(data, Hashed()), opened + 1
        held = {d.document: d.content_hash for d in searcher.documents()}
        hits = searcher.search(Query(f"{MATTERS[asked % 6]}の答弁")).hits
        empty += not hits
        mixed += any(f"第{held[h.document.document]}版" not in h.passage.text for h in hits)
        asked += 1
        if asked % 500 == 0:
            memory.append(_resident_mb())
    if process is not None:
        process.kill()
        process.wait()
    print(f"{asked} questions, {asked - empty} answered, {mixed} of two states mixed;")
    print(f"{opened} generations taken up, {seed} kills; faults at the end: {verify(data)}")
    half = memory[len(memory) // 2 :] or [0.0]
    print(f"memory of the asking process, MB: {memory[:1]} at first, {half[0]:.0f} at half,")
    print(f"{half[-1]:.0f} at the end")


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def main() -> None:
    """Kill or ask."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--soak", type=float, metavar="MINUTES")
    parser.add_argument("--server", action="store_true")
    parser.add_argument("--work", nargs=3, metavar=("DATA", "URL", "SEED"))
    given = parser.parse_args()
    if given.work:
        data, url, seed = Path(given.work[0]), given.work[1], int(given.work[2])
        work(Server(url, data) if url else data, seed)
    with ExitStack() as held:
        data = Path(held.enter_context(tempfile.TemporaryDirectory())) / "data"
        index = Server(held.enter_context(started()), data) if given.server else data
        with Writer.open(index, Hashed()) as writer:
            some = range(_DOCUMENTS) if given.soak else (0,)
            writer.put([made(n, 1) for n in some], root="/", reader="1")
            writer.publish()
        if given.soak:
            soak(data, given.soak)
        else:
            kill(index, given.kills)


def kill(index: Where, kills: int) -> None:
    """Kill so many times, look, and print the table."""
    tried: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    state: State = {"0.txt": "1"}
    for seed in range(kills):
        doing, begun = "idle", state
        for word, held in killed(index, seed):
            state = held if word == "done" else state
            doing, begun = ("idle", state) if word == "done" else (word, held)
            begun = state if doing in ("backup", "renew") else begun
        tried[doing] += 1
        if found := faults_after(index, [state, begun]):
            wrong[doing] += 1
            print(f"seed {seed}, {doing}: {found}", file=sys.stderr)
        with closing(Searcher.open(index, Hashed())) as searcher:
            state = {d.document: d.content_hash for d in searcher.documents()}
    print("| killed while | times | at fault |\n|---|---|---|")
    for doing, times in sorted(tried.items()):
        print(f"| {doing} | {times} | {wrong[doing]} |")


if __name__ == "__main__":
    main()
