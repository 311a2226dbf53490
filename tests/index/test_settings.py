"""Settings: where each comes from, and what is refused with what to do."""

import pytest

from index.errors import SettingError
from index.settings import read_settings


@pytest.mark.parametrize("caution", ["careful", "normal", "eager"])
def test_how_sure_an_answer_must_be_is_a_setting(tmp_path, caution):
    """Read from the environment before the file of the working folder; normal without either."""
    (tmp_path / ".env").write_text("KIROKU_CAUTION=eager\nKIROKU_RERANKER=off\n", encoding="utf-8")
    read = read_settings({"KIROKU_CAUTION": caution}, tmp_path)
    assert (read.caution, read.origin["KIROKU_CAUTION"]) == (caution, "environment")
    assert (read.reranker, read.origin["KIROKU_RERANKER"]) == ("off", ".env")
    bare = read_settings({}, tmp_path / "elsewhere")
    assert (bare.caution, bare.reranker) == ("normal", "embedded")


@pytest.mark.parametrize(
    ("name", "value"), [("KIROKU_CAUTION", "reckless"), ("KIROKU_LANGUAGE", "fr")]
)
def test_a_value_that_is_not_allowed_is_refused_with_those_that_are(tmp_path, name, value):
    """The message names the setting, what it is and what it may be."""
    with pytest.raises(SettingError, match=f"{name} is '{value}': set it to one of "):
        read_settings({name: value}, tmp_path)


def test_workspaces_are_named_by_their_ids(tmp_path):
    """With commas between them; what is no id of a workspace is named."""
    read = read_settings({"KIROKU_WORKSPACES": " T0TOWN,T0HALL ,"}, tmp_path)
    assert read.workspaces == {"T0TOWN", "T0HALL"}
    assert read_settings({}, tmp_path).workspaces == frozenset()
    with pytest.raises(SettingError, match="KIROKU_WORKSPACES has 'みなと市'"):
        read_settings({"KIROKU_WORKSPACES": "T0TOWN, みなと市"}, tmp_path)
