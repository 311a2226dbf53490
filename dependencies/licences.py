"""Under which licence a package says that it stands, and whether Kiroku may be installed with it.

What is on the list asks for nothing but to be named, or (MPL-2.0) for changes to its own files to
be given away. GPL and AGPL would reach out to Kiroku itself. LGPL is for Python packages alone,
which whoever runs Kiroku can exchange: each stands in ``KNOWN`` with its reason.
"""

import re
from collections.abc import Mapping
from importlib.metadata import Distribution

ALLOWED = frozenset(
    {
        "0BSD",
        "Apache-2.0",
        "Apache-2.0 WITH LLVM-exception",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "BSL-1.0",
        "CC0-1.0",
        "CNRI-Python",
        "HPND",
        "ISC",
        "MIT",
        "MIT-0",
        "MIT-CMU",
        "MPL-2.0",
        "PSF-2.0",
        "Python-2.0",
        "Unlicense",
        "Zlib",
    }
)
"""By their SPDX ids."""

_WRITTEN: Mapping[str, str] = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache 2.0 License": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "ISC License": "ISC",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
}
"""How packages write the same ids, in ``License`` and in the last part of a classifier."""

_BSD = "BSD License"
"""A classifier that does not say which of them; all are allowed."""

_EXCHANGED = "an extra for those who keep the index on a server; a package that can be exchanged"

KNOWN: Mapping[str, tuple[str, str]] = {
    "psycopg": ("LGPL-3.0-only", _EXCHANGED),
    "psycopg-binary": ("LGPL-3.0-only", _EXCHANGED),
    "pypdfium2": (
        "BSD-3-Clause, Apache-2.0, dependency licenses",
        "PDFium and its parts: BSD, MIT, Apache, ICU, Zlib, FreeType; the package has all texts",
    ),
}
"""Packages whose licence was read by us: as what it is written there, and why it is allowed."""

_CLASSIFIER = "License :: "
_LONGEST = 80
"""What is longer in ``License`` is the text of a licence and not its name."""


def licence_of(found: Distribution) -> str:
    """Return the licence that a package names, as an SPDX expression where it tells one.

    Empty where it names none.
    """
    for expression in _lines(found, "License-Expression"):
        return expression
    written = "\n".join(_lines(found, "License")).strip()
    lines = _lines(found, "Classifier")
    classes = [line.rpartition(" :: ")[2] for line in lines if line.startswith(_CLASSIFIER)]
    if _known(written) or (written and not classes and len(written) <= _LONGEST):
        return _WRITTEN.get(written, written)
    return " AND ".join(_WRITTEN.get(name, name) for name in classes)


def objection(name: str, licence: str) -> str | None:
    """Return what speaks against a package of this name and licence; ``None`` where nothing does.

    Of alternatives (``OR``) one has to be allowed, except where there are brackets: then all.
    """
    if not licence:
        return f"{name} names no licence"
    if KNOWN.get(name, ("", ""))[0] == licence:
        return None
    bare = licence
    if "(" in licence and not _known(licence):
        bare = re.sub(r"[()]", "", licence).replace(" OR ", " AND ")
    if any(_known(alternative) for alternative in bare.split(" OR ")):
        return None
    return f"{name} stands under {licence!r}, which is not on the list"


def _known(written: str) -> bool:
    parts = [_WRITTEN.get(part, part) for part in written.split(" AND ")]
    return all(part in ALLOWED or part == _BSD for part in parts)


def _lines(found: Distribution, field: str) -> list[str]:
    return [str(line) for line in found.metadata.get_all(field) or ()]
