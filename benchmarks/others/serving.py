"""What the runners share: take in a folder, then answer queries line by line.

A runner is a process: ``python -m benchmarks.others.langchain TASK.json``. On standard output it
writes JSON Lines: ``started`` once its library and model are loaded, ``ready`` once the documents
are in, then the hits of each question that comes on standard input.
"""

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

PAIRS = r"(?=(\w\w))"
"""Each pair of characters, overlapping: what a regular expression can do for Japanese words."""


@dataclass(frozen=True, slots=True)
class Task:
    """What to take in, with which model, how many hits to give, and whether Japanese is helped."""

    documents: Path
    files: tuple[Path, ...]
    model: str
    query_prompt: str
    passage_prompt: str
    limit: int
    helped: bool

    def name(self, path: str | Path) -> str:
        """Return the name of a document: its path within the folder."""
        return Path(path).relative_to(self.documents).as_posix()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found."""

    document: str
    text: str


class System(Protocol):
    """A library, its model loaded."""

    def ingest(self) -> Sequence[int]:
        """Take in the documents; return how many characters each passage has."""
        ...

    def search(self, question: str) -> Sequence[Hit]:
        """Return the hits for a question, best first."""
        ...


def serve(load: Callable[[Task], System]) -> None:
    """Run a library on the task named on the command line."""
    told = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    documents = Path(told["documents"])
    task = Task(
        documents=documents,
        files=tuple(documents / name for name in told["files"]),
        model=told["model"],
        query_prompt=told["query_prompt"],
        passage_prompt=told["passage_prompt"],
        limit=told["limit"],
        helped=told["helped"],
    )
    # what libraries print goes to standard error: standard output is for the replies alone
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as replies:
        os.dup2(2, 1)

        def say(**fields: object) -> None:
            replies.write(json.dumps(fields, ensure_ascii=False) + "\n")
            replies.flush()

        system = load(task)
        say(event="started")
        lengths = system.ingest()
        say(event="ready", passages=len(lengths), characters=sum(lengths))
        for line in sys.stdin:
            asked = json.loads(line)
            hits = system.search(asked["question"])[: task.limit]
            say(id=asked["id"], hits=[{"document": hit.document, "text": hit.text} for hit in hits])
