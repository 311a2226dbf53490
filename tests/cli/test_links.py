"""Links in what the commands print: where a public address is set, and only there."""

import json
import stat

import pytest
from click.testing import CliRunner

from bot.viewer.links import KEY_FILE
from cli.main import kiroku
from index.passage import document_key

pytestmark = pytest.mark.slow

QUESTION = "車いすのまま乗れる車両はありますか？"
PUBLIC = "https://kiroku.town.example/records"


def printed(data, *words, public=PUBLIC, given=None):
    """Return what a command prints, line for line."""
    environment = {"KIROKU_PUBLIC_URL": public or ""}
    ended = CliRunner().invoke(
        kiroku, [*words, "--json", "--data", str(data)], env=environment, input=given
    )
    assert ended.exit_code == 0, ended.output
    return [json.loads(line) for line in ended.stdout.splitlines()]


def assert_links(hits):
    """Check that each hit links to its own passage below the public address."""
    assert hits
    for hit in hits:
        begins = f"{PUBLIC}/p/{document_key(hit['document'])}/{hit['passage_id']}?e="
        assert hit["url"].startswith(begins)


def test_hits_citations_and_entries_link_to_their_passage(own_sample_index):
    """search, ask, history, a decline's nearest, and a batch; the key is for this user alone."""
    (found,) = printed(own_sample_index, "search", QUESTION)
    assert_links(found["hits"])
    (answer,) = printed(own_sample_index, "ask", QUESTION)
    assert_links(answer["citations"])
    (declined,) = printed(own_sample_index, "ask", "市長の退職金はいくらですか？")
    assert_links(declined["declined"]["nearest"])
    (history,) = printed(own_sample_index, "history", "しおまる号")
    assert_links([entry for meeting in history["meetings"] for entry in meeting["entries"]])
    line = json.dumps({"id": 1, "question": QUESTION})
    (batch,) = printed(own_sample_index, "ask", "--batch", "-", given=line)
    assert [each["url"] for each in batch["citations"]] == [
        each["url"] for each in answer["citations"]
    ]
    assert stat.S_IMODE((own_sample_index / KEY_FILE).stat().st_mode) == 0o600


def test_without_a_public_address_url_is_null(own_sample_index):
    """And no key is made."""
    (found,) = printed(own_sample_index, "search", QUESTION, public=None)
    assert {hit["url"] for hit in found["hits"]} == {None}
    assert not (own_sample_index / KEY_FILE).exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KIROKU_PUBLIC_URL", "kiroku.town.example"),
        ("KIROKU_PUBLIC_URL", "https://user:pass@kiroku.town.example"),
        ("KIROKU_PUBLIC_URL", "https://kiroku.town.example/?a=b"),
        ("KIROKU_PUBLIC_URL", "https://kiroku.town.example:port"),
        ("KIROKU_VIEWER", "8377"),
        ("KIROKU_VIEWER", "localhost:99999"),
        ("KIROKU_VIEWER", "user@localhost:80"),
        ("KIROKU_LINK_DAYS", "-1"),
        ("KIROKU_LINK_DAYS", "１２"),
        ("KIROKU_LINK_DAYS", "1e3"),
    ],
)
def test_a_wrong_setting_is_told_with_what_to_set(name, value, tmp_path):
    """One line that names it; the command ends with 1."""
    ended = CliRunner().invoke(kiroku, ["documents", "--data", str(tmp_path)], env={name: value})
    assert ended.exit_code == 1
    assert name in ended.stderr
    assert "set it to" in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1
