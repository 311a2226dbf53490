"""The documents and questions that Kiroku and other libraries are compared on."""

import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.material import Case, Material, all_material

MOST_QUESTIONS = 500
COMMITTEES = (
    "shinagawa-h16-20040727-6.txt",
    "shinagawa-h24-20120802-8.txt",
    "shinagawa-h26-20141216-8.txt",
    "shinagawa-r04-20220518-19.txt",
    "shinagawa-r08-20260511-7.txt",
)
PLENARY = "-honkaigi.txt"


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that are reported together, all of them answerable."""

    name: str
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A folder that every system takes in, and the questions asked of it.

    ``plain`` is what the other libraries are given: the same files, text in UTF-8. Told of no
    encoding, one of them skips a file in Shift_JIS, one loses its letters, and one stops.
    """

    name: str
    documents: Path
    plain: Path
    groups: tuple[Group, ...]
    japanese: bool = True

    def files(self) -> list[str]:
        """Return the names of the documents, their paths within the folder."""
        found = (path for path in self.documents.rglob("*") if path.is_file())
        return sorted(path.relative_to(self.documents).as_posix() for path in found)

    def cases(self) -> Iterator[Case]:
        """Yield the questions of all groups."""
        for group in self.groups:
            yield from group.cases


def compared_sets(work: Path, most: int) -> list[Compared]:
    """Return the sets that are there, at most ``most`` questions a group.

    Of the ward assembly its plenary sittings and five committees are taken (copied into ``work``),
    so that a run of all systems ends within the hour.
    """
    by_name = {material.name: material for material in all_material()}
    sets = []
    for name in ("samples", "jaquad", "shinagawa", "qmsum"):
        if name not in by_name:
            continue
        found = [by_name[n] for n in (name, f"{name}-staff") if n in by_name]
        documents = found[0].documents
        if name == "shinagawa":
            documents = _part(documents, work / name / "docs")
        plain = documents
        if name == "samples":
            plain = _in_utf8(documents, work / name / "docs")
        groups = tuple(_group(material, documents, most) for material in found)
        sets.append(Compared(name, documents, plain, groups, japanese=name != "qmsum"))
    return sets


def _part(documents: Path, copy: Path) -> Path:
    copy.mkdir(parents=True, exist_ok=True)
    for path in sorted(documents.iterdir()):
        if path.name.endswith(PLENARY) or path.name in COMMITTEES:
            shutil.copyfile(path, copy / path.name)
    return copy


def _in_utf8(documents: Path, copy: Path) -> Path:
    shutil.copytree(documents, copy, dirs_exist_ok=True)
    for path in copy.rglob("*.txt"):
        raw = path.read_bytes()
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError:
            path.write_text(raw.decode("cp932"), encoding="utf-8")
    return copy


def _group(material: Material, documents: Path, most: int) -> Group:
    cases = [c for c in material.cases if c.answerable and _all_there(c.gold, documents)]
    if len(cases) > most:
        draw = random.Random(3)  # noqa: S311 - a fixed sample, not a secret
        cases = draw.sample(cases, most)
    return Group(material.name, tuple(cases))


def _all_there(gold: Sequence[tuple[str, str | None]], documents: Path) -> bool:
    return all(name is None or (documents / name).is_file() for _, name in gold)
