"""What the image is installed from: requirements.lock, and the bill of materials beside it."""

import json
import platform
import re
import sys
from importlib.metadata import version

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from dependencies.closure import closure, read_project
from dependencies.lock import ROOT, TORCH, lock

LINE = re.compile(r"([\w.-]+)==(\S+) \\\n    --hash=sha256:([0-9a-f]{64})\n")


def locked() -> dict[str, tuple[str, str]]:
    """Return version and hash of each package in requirements.lock."""
    text = (ROOT / "requirements.lock").read_text("utf-8")
    return {name: (number, digest) for name, number, digest in LINE.findall(text)}


def listed() -> dict[str, dict]:
    """Return the components of the bill of materials by name."""
    told = json.loads((ROOT / "sbom.cdx.json").read_text("utf-8"))
    return {component["name"]: component for component in told["components"]}


def test_every_line_of_the_lock_is_a_version_with_its_hash() -> None:
    """Pip's --require-hashes takes nothing else."""
    text = (ROOT / "requirements.lock").read_text("utf-8")
    assert re.sub(r"^#.*\n", "", LINE.sub("", text), flags=re.MULTILINE) == ""
    assert len(locked()) > 50


def test_the_lock_is_in_step_with_what_the_project_asks_for() -> None:
    """Each requirement of pyproject.toml and constraints.txt is locked at a version that it allows.

    When this fails: ``python -m dependencies.lock``.
    """
    held = locked()
    constraints = re.findall(r"^\w.*", (ROOT / "constraints.txt").read_text("utf-8"), re.MULTILINE)
    wanted = read_project(ROOT / "pyproject.toml").wanted
    assert len(wanted) > 30
    asked = [*wanted, *map(Requirement, constraints)]
    assert TORCH not in held
    for requirement in (each for each in asked if each.name != TORCH):
        number, _ = held[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(Version(number), prereleases=True), requirement


@pytest.mark.skipif(
    (platform.system(), platform.machine(), sys.version_info[:2]) != ("Linux", "x86_64", (3, 11)),
    reason="what packages need differs on other machines, and the lock is not for them",
)
def test_the_lock_is_whole() -> None:
    """What a locked package needs is locked too, as far as that very version is installed here."""
    held = locked()
    for package in closure(read_project(ROOT / "pyproject.toml").wanted):
        if package.name in held and held[package.name][0] == package.version:
            assert set(package.needs) <= set(held) | {TORCH}, package.name


def test_the_bill_of_materials_lists_what_is_locked() -> None:
    """The same packages, versions and hashes, each with a licence, and who needs whom."""
    told = json.loads((ROOT / "sbom.cdx.json").read_text("utf-8"))
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    assert told["metadata"]["component"]["name"] == "kiroku-council"
    components = listed()
    assert {
        name: (component["version"], component["hashes"][0]["content"])
        for name, component in components.items()
        if name != TORCH
    } == locked()
    assert TORCH in components
    assert all(component["licenses"] for component in components.values())
    purls = {component["purl"] for component in components.values()}
    needed = {purl for entry in told["dependencies"] for purl in entry["dependsOn"]}
    assert needed <= purls
    own = next(e for e in told["dependencies"] if e["ref"].startswith("pkg:pypi/kiroku-council@"))
    wanted = {canonicalize_name(r.name) for r in read_project(ROOT / "pyproject.toml").wanted}
    assert wanted <= {purl.rpartition("/")[2].partition("@")[0] for purl in own["dependsOn"]}


def test_what_is_locked_is_written_as_pip_reads_it() -> None:
    """A package that is installed here, with its hash, is a line of the lock."""
    (click, *_) = closure([Requirement("click")])
    assert (click.name, click.version) == ("click", version("click"))
    written = lock([click], {"click": "0" * 64})
    assert LINE.findall(written) == [("click", version("click"), "0" * 64)]
