"""Where the embedding model is unpacked: once for all data folders of a user."""

import pytest

from cli.model_folder import fetch_missing, model_folder
from index.embedding.embedded_model import EMBEDDED_NAME
from index.settings import read_settings


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Give the cache folder of a user, wherever this platform has it."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    return tmp_path / "home"


def settings(folder, name="data", **environ):
    """Return the settings with a data folder of this name."""
    (folder / name).mkdir(exist_ok=True)
    return read_settings({"KIROKU_DATA": str(folder / name), **environ}, folder)


def test_all_data_folders_of_a_user_share_it(tmp_path, home):
    """In the user's cache, which stands outside of both."""
    one, two = (model_folder(settings(tmp_path, name)) for name in ("one", "two"))
    assert one == two
    assert one.is_relative_to(home)


@pytest.mark.usefixtures("home")
def test_one_that_the_data_folder_has_is_used(tmp_path):
    """Of an earlier release, or brought along: nothing is unpacked again."""
    made = settings(tmp_path)
    (made.data / "models").mkdir()
    assert model_folder(made) == made.data / "models"


@pytest.mark.usefixtures("home")
def test_the_setting_comes_before_all(tmp_path):
    """Also where the data folder has one."""
    made = settings(tmp_path, KIROKU_MODELS=str(tmp_path / "elsewhere"))
    (made.data / "models").mkdir()
    assert model_folder(made) == tmp_path / "elsewhere"


def test_a_user_without_a_home_has_it_in_the_data_folder(tmp_path, home):
    """As a service may be."""
    home.write_text("no folder can be made here")
    made = settings(tmp_path)
    assert model_folder(made) == made.data / "models"


@pytest.mark.parametrize(
    "environ", [{"KIROKU_EMBEDDING_MODEL": "some/other-model"}, {"KIROKU_MODELS": "{models}"}]
)
def test_nothing_is_fetched_where_it_is_not_missing(tmp_path, home, environ):
    """Another model, or one that is unpacked: the network is not asked."""
    models = tmp_path / "models"
    (models / EMBEDDED_NAME).mkdir(parents=True)
    named = {name: value.format(models=models) for name, value in environ.items()}
    assert not fetch_missing(settings(tmp_path, **named))
    assert not home.exists() or not any(home.rglob("*.bin"))
