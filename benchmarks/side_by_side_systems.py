"""The systems that are compared, and how each is run over a set."""

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.material import PROJECT, RESULTS, embedder
from benchmarks.others.serving import Hit
from benchmarks.side_by_side_process import Watched
from benchmarks.side_by_side_sets import Compared
from index.embedding.embedded_model import unpack

LIMIT: Final = 10
REQUIREMENTS: Final = PROJECT / "benchmarks" / "side_by_side.txt"
CONSTRAINTS: Final = PROJECT / "constraints.txt"
HOME: Final = RESULTS / "others"
QUIET: Final = {
    "HF_HUB_OFFLINE": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "PYTHONPATH": str(PROJECT),
}


@dataclass(frozen=True, slots=True)
class System:
    """A row of the tables; ``runner`` is None for Kiroku itself."""

    title: str
    runner: str | None = None
    helped: bool = False


SYSTEMS: Final = {
    "kiroku": System("Kiroku"),
    "llamaindex": System("LlamaIndex", "llamaindex"),
    "langchain": System("LangChain", "langchain"),
    "haystack": System("Haystack", "haystack"),
    "txtai": System("txtai", "txtai"),
    "llamaindex-helped": System("LlamaIndex, helped", "llamaindex", helped=True),
    "langchain-helped": System("LangChain, helped", "langchain", helped=True),
    "haystack-helped": System("Haystack, helped", "haystack", helped=True),
    "txtai-helped": System("txtai, helped", "txtai", helped=True),
}


@dataclass(frozen=True, slots=True)
class Reply:
    """The hits of a question and the seconds from its writing to their reading."""

    hits: tuple[Hit, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What taking in the documents cost, and the memory held then and while asked.

    ``ingest_seconds`` begins with the start of the process; ``load_seconds`` is the part of it
    before the first document is touched. The processor's seconds are those of the process and its
    children until all documents are in.
    """

    passages: int
    load_seconds: float
    ingest_seconds: float
    cpu_seconds: float
    ingest_mb: float
    asking_mb: float


@dataclass(frozen=True, slots=True)
class Measured:
    """A run of one system over one set."""

    figures: Figures
    replies: dict[str, Reply]


def measure(compared: Compared, name: str, work: Path) -> Measured:
    """Run a system over a set, in processes of its own."""
    log = work / f"{compared.name}-{name}.log"
    log.unlink(missing_ok=True)
    runner = SYSTEMS[name].runner
    if runner is None:
        return _kiroku(compared, work / "kiroku" / compared.name, log)
    task = work / f"{compared.name}-{name}-task.json"
    task.write_text(json.dumps(_task(compared, helped=SYSTEMS[name].helped)), encoding="utf-8")
    command = (str(_python()), "-m", f"benchmarks.others.{runner}", str(task))
    with Watched(command, log, QUIET) as process:
        process.next()
        load = process.seconds
        ready = process.next()
        ingest, cpu, ingest_mb = process.seconds, process.cpu_seconds(), process.most_mb()
        replies = _ask(process, compared)
        asking_mb = process.most_mb()
    passages = int(str(ready["passages"]))
    return Measured(Figures(passages, load, ingest, cpu, ingest_mb, asking_mb), replies)


def _kiroku(compared: Compared, data: Path, log: Path) -> Measured:
    """Run Kiroku by its command: an ingest, one of nothing new, then a batch of searches.

    The ingest of nothing new tells what of the first one was loading.
    """
    embedder()  # unpacked and exported once for all, as `kiroku demo` does before any use
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    (data / "models").symlink_to(RESULTS / "models")
    command = (sys.executable, "-m", "cli")
    place = ("--data", str(data))
    ingest = (*command, "ingest", str(compared.documents), *place)
    spent = []
    for _ in range(2):
        with Watched((*ingest, "--json"), log, QUIET) as process:
            process.next()
            spent.append((process.seconds, process.cpu_seconds(), process.most_mb()))
    listing = subprocess.run(
        (*command, "documents", *place, "--json"), check=True, capture_output=True, cwd=PROJECT
    )
    passages = sum(d["passages"] for d in json.loads(listing.stdout)["documents"])
    search = (*command, "search", "--batch", "-", "--limit", str(LIMIT), *place)
    with Watched(search, log, QUIET) as process:
        replies = _ask(process, compared)
        asking_mb = process.most_mb()
    (first, cpu, ingest_mb), (load, _, _) = spent
    return Measured(Figures(passages, load, first, cpu, ingest_mb, asking_mb), replies)


def _ask(process: Watched, compared: Compared) -> dict[str, Reply]:
    """Ask every question once, one after the other; the first is asked before, to warm up."""
    cases = list(compared.cases())
    process.ask({"id": "warm", "question": cases[0].question})
    replies = {}
    for case in cases:
        before = process.seconds
        answer = process.ask({"id": case.id, "question": case.question})
        took = process.seconds - before
        assert answer["id"] == case.id
        replies[case.id] = Reply(_hits(answer["hits"]), took)
    return replies


def _hits(found: Iterable[Mapping[str, str]]) -> tuple[Hit, ...]:
    return tuple(Hit(document=fields["document"], text=fields["text"]) for fields in found)


def _task(compared: Compared, *, helped: bool) -> dict[str, object]:
    model = unpack(RESULTS / "models")
    prompts = json.loads((model / "config_sentence_transformers.json").read_bytes())["prompts"]
    return {
        "documents": str(compared.plain),
        "files": compared.files(),
        "model": str(model),
        "query_prompt": prompts["query"],
        "passage_prompt": prompts["passage"],
        "limit": LIMIT,
        "helped": helped,
    }


def _python() -> Path:
    """Return the Python that has the libraries; they are installed where they are not yet."""
    python = HOME / "venv" / "bin" / "python"
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes() + CONSTRAINTS.read_bytes()).hexdigest()
    done = HOME / "installed"
    if done.is_file() and done.read_text(encoding="ascii") == wanted:
        return python
    if not python.exists():
        subprocess.run((sys.executable, "-m", "venv", str(HOME / "venv")), check=True)
    pip = (str(python), "-m", "pip", "--disable-pip-version-check", "-qq", "install")
    lines = CONSTRAINTS.read_text(encoding="utf-8").splitlines()
    torch = next(line for line in lines if line.startswith("torch=="))
    # torch first and alone, as in the Makefile: through another package Linux gets the CUDA build
    if subprocess.run((*pip, "--no-deps", f"{torch}+cpu"), check=False).returncode:
        subprocess.run((*pip, torch), check=True)
    subprocess.run((*pip, "-c", str(CONSTRAINTS), "-r", str(REQUIREMENTS)), check=True)
    done.write_text(wanted, encoding="ascii")
    return python
