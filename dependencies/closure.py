"""The packages that Kiroku runs with: those that it names, those that these need, and so on."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

from dependencies.licences import licence_of

IN_THE_IMAGE = ("postgresql",)
"""Extras that are installed into the image."""


@dataclass(frozen=True, slots=True)
class Package:
    """An installed package; ``needs`` are the packages that it needs here, ordered by name."""

    name: NormalizedName
    version: str
    licence: str
    needs: tuple[NormalizedName, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """What a ``pyproject.toml`` says: the package, and what it wants on this machine."""

    package: Package
    wanted: tuple[Requirement, ...]


def read_project(file: Path) -> Project:
    """Return the project of a ``pyproject.toml``; it wants what it runs with and is built with.

    What the image has of its extras, too: the client of a server.
    """
    read = tomllib.loads(file.read_text("utf-8"))
    own = read["project"]
    extras = own.get("optional-dependencies", {})
    more = [line for name in IN_THE_IMAGE for line in extras.get(name, ())]
    lines = (*own["dependencies"], *more, *read["build-system"]["requires"])
    wanted = tuple(line for line in map(Requirement, lines) if _holds(line, set()))
    needs = sorted({canonicalize_name(requirement.name) for requirement in wanted})
    package = Package(canonicalize_name(own["name"]), own["version"], own["license"], tuple(needs))
    return Project(package, wanted)


def closure(wanted: Iterable[Requirement]) -> list[Package]:
    """Return the installed packages that these requirements come to on this machine, by name.

    Raises :class:`importlib.metadata.PackageNotFoundError` where one is not installed.
    """
    asked: dict[NormalizedName, set[str]] = {}
    waiting = list(wanted)
    while waiting:
        requirement = waiting.pop()
        name, extras = canonicalize_name(requirement.name), set(requirement.extras)
        if name not in asked or not extras <= asked[name]:
            asked[name] = asked.get(name, set()) | extras
            waiting += _needs(distribution(name), asked[name])
    return [_package(name, extras) for name, extras in sorted(asked.items())]


def _package(name: NormalizedName, extras: set[str]) -> Package:
    found = distribution(name)
    needs = {canonicalize_name(requirement.name) for requirement in _needs(found, extras)}
    return Package(name, found.version, licence_of(found), tuple(sorted(needs)))


def _needs(found: Distribution, extras: set[str]) -> Sequence[Requirement]:
    read = (Requirement(line) for line in found.requires or ())
    return [requirement for requirement in read if _holds(requirement, extras)]


def _holds(requirement: Requirement, extras: set[str]) -> bool:
    """Say whether a requirement is meant for this machine and any of these extras."""
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in {"", *extras})
