"""No package comes in whose licence would bind who runs Kiroku."""

from collections.abc import Sequence
from importlib.metadata import Distribution
from pathlib import Path

import pytest

from dependencies.closure import closure, read_project
from dependencies.licences import KNOWN, licence_of, objection
from dependencies.lock import ROOT


def told(folder: Path, lines: Sequence[str]) -> Distribution:
    """Return a distribution whose metadata has these lines."""
    metadata = folder / "made-1.0.dist-info"
    metadata.mkdir(exist_ok=True)
    head = ("Metadata-Version: 2.4", "Name: made", "Version: 1.0")
    (metadata / "METADATA").write_text("\n".join((*head, *lines, "")), "utf-8")
    return Distribution.at(metadata)


def test_everything_that_kiroku_runs_with_is_allowed() -> None:
    """Of all packages installed here, as far as Kiroku comes to them, none has an objection.

    When this fails, read the licence: docs/contributing.md says what is allowed.
    """
    packages = closure(read_project(ROOT / "pyproject.toml").wanted)
    assert {"torch", "numpy", "h11"} <= {package.name for package in packages}
    objections = [objection(package.name, package.licence) for package in packages]
    assert [line for line in objections if line] == []
    assert set(KNOWN) <= {package.name for package in packages}, "no longer needed"


@pytest.mark.parametrize(
    ("lines", "licence"),
    [
        (["License-Expression: Apache-2.0 OR BSD-3-Clause"], "Apache-2.0 OR BSD-3-Clause"),
        (["License-Expression: MIT", "License: whatever"], "MIT"),
        (["License: Apache 2.0 License"], "Apache-2.0"),
        (["License: MPL-2.0 AND MIT"], "MPL-2.0 AND MIT"),
        (["Classifier: License :: OSI Approved :: BSD License"], "BSD License"),
        (
            ["License: see below", "Classifier: License :: OSI Approved :: MIT License"],
            "MIT",
        ),
        (["License-Expression: GPL-3.0-or-later OR MIT"], "GPL-3.0-or-later OR MIT"),
    ],
)
def test_a_licence_is_read_as_packages_tell_it(
    tmp_path: Path, lines: Sequence[str], licence: str
) -> None:
    """By its SPDX expression, by ``License``, by classifiers; each of these is allowed."""
    assert licence_of(told(tmp_path, lines)) == licence
    assert objection("made", licence) is None


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["License-Expression: AGPL-3.0-only"],
        ["License-Expression: MIT AND GPL-3.0-or-later"],
        ["License-Expression: GPL-2.0-only AND (MIT OR Apache-2.0)"],
        ["License-Expression: LGPL-3.0-only"],
        ["License: GPLv3"],
        ["License: Proprietary", "Classifier: Programming Language :: Python"],
        ["License: Dual", "Classifier: License :: OSI Approved :: GNU Affero General Public v3"],
        ["License: " + "All rights reserved. " * 20],
    ],
)
def test_other_licences_are_refused(tmp_path: Path, lines: Sequence[str]) -> None:
    """GPL, AGPL, LGPL that nobody vouched for, no licence, and what nobody knows."""
    assert objection("made", licence_of(told(tmp_path, lines))) is not None
