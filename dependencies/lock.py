"""``python -m dependencies.lock``: write requirements.lock and sbom.cdx.json anew.

Run it in an environment in which all tests are green: what is installed there is what is locked.
The hashes are those of the wheels for Linux on x86-64 with Python 3.11, as the image has them;
other machines go on with constraints.txt. pip finds the wheels, PyTorch's for the CPU too.
"""

import json
import platform
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from packaging.utils import canonicalize_name

from dependencies.closure import Package, closure, read_project
from dependencies.sbom import bill

ROOT = Path(__file__).parent.parent
LOCK, SBOM = ROOT / "requirements.lock", ROOT / "sbom.cdx.json"
TORCH = "torch"
CPU_WHEELS = "https://download.pytorch.org/whl/cpu"
_MEANT_FOR = ((3, 11), "Linux", "x86_64")
_HEAD = """\
# Written by `python -m dependencies.lock`: every package of the image, with the SHA-256 of its
# wheel for Linux on x86-64 with Python 3.11. PyTorch is not among them: it comes pinned from
# {wheels}, and its wheel there is another file than the one tested.
# Other machines install by pyproject.toml and constraints.txt.
"""


def main() -> None:
    """Write both files; ends with a sentence where this machine is none that they are meant for."""
    here = (sys.version_info[:2], platform.system(), platform.machine())
    if here != _MEANT_FOR:
        sys.exit("requirements.lock is made with Python 3.11 on Linux x86-64 only")
    project = read_project(ROOT / "pyproject.toml")
    packages = closure(project.wanted)
    digests = digests_of(packages)
    LOCK.write_text(lock(packages, digests), "utf-8")
    SBOM.write_text(bill(project.package, packages, digests), "utf-8")
    print(f"{len(packages)} packages: {LOCK.name}, {SBOM.name}")  # noqa: T201  a tool for developers


def lock(packages: Sequence[Package], digests: Mapping[str, str]) -> str:
    """Return the lines for ``pip install --no-deps --require-hashes``."""
    lines = (
        f"{package.name}=={package.version} \\\n    --hash=sha256:{digests[package.name]}\n"
        for package in packages
        if package.name != TORCH
    )
    return _HEAD.format(wheels=CPU_WHEELS) + "".join(lines)


def digests_of(packages: Sequence[Package]) -> dict[str, str]:
    """Return the SHA-256 of the wheel that pip would install of each package, by name."""
    pins = [f"{package.name}=={package.version}" for package in packages]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        asked = ["--dry-run", "--ignore-installed", "--no-deps", "--only-binary", ":all:", "-qq"]
        sources = ["--extra-index-url", CPU_WHEELS, "--retries", "1"]
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install"]
        subprocess.run([*pip, *asked, *sources, "--report", report, *pins], check=True)  # noqa: S603  our own pip
        told = json.loads(report.read_text("utf-8"))["install"]
    return {
        canonicalize_name(found["metadata"]["name"]): found["download_info"]["archive_info"][
            "hashes"
        ]["sha256"]
        for found in told
    }


if __name__ == "__main__":
    main()
