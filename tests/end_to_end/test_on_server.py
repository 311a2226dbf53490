"""The bot on an index that a PostgreSQL server holds."""

import pytest

from bot.texts import JA
from index.upkeep.backup import back_up
from index.upkeep.restoring import restore
from index.where import Server
from tests.end_to_end.serving import FIRST_WORDS_WITHIN_S, Served, folded
from tests.slack_api import LocalSlack
from tests.sockets import listening

QUESTION = "給食費はいくら？"


@pytest.fixture
def served(own_sample_index, killable, tmp_path):
    """Give the bot, its index moved onto a server by a backup."""
    data = tmp_path / "served"
    data.mkdir()
    (data / "models").symlink_to((own_sample_index / "models").resolve())
    restore(back_up(own_sample_index, tmp_path / "all.tar.gz", "0"), Server(killable.url, data))
    assert not (data / "kiroku.sqlite3").exists()
    with LocalSlack() as slack:
        served = Served(
            slack, data, KIROKU_STORE=killable.url, **listening(tmp_path / "sockets.txt")
        )
        yield served
        assert served.stop() == 0


def test_the_bot_answers_from_a_server_and_outlives_it(served, killable, tmp_path):
    """It takes up what others publish; while the server is away it says so, and then goes on."""
    slack = served.slack

    def reply(number, question=QUESTION):
        ts = slack.mention(f"C{number}", "UAOKI", question)
        return slack.wait_for_reply(f"C{number}", ts, timeout=FIRST_WORDS_WITHIN_S)

    assert "260円" in folded(reply(1)["blocks"])
    killable.kill()
    fault = reply(2)
    assert fault["text"].startswith(JA.fault[:4])
    assert "postgres" not in folded(fault).lower()
    killable.start()
    assert "260円" in folded(reply(3)["blocks"])
    (tmp_path / "天文台条例.txt").write_text(
        "ほしぞら天文台条例\n\n令和6年3月25日条例第9号\n\n（休館日）\n"
        "第1条　ほしぞら天文台の休館日は、毎週火曜日及び新月の日とする。\n",
        encoding="utf-8",
    )
    served.run("ingest", str(tmp_path / "天文台条例.txt"))
    assert "毎週火曜日" in folded(reply(4, "ほしぞら天文台の休館日はいつですか？")["blocks"])
    served.run("remove", "天文台条例.txt")
    assert "毎週火曜日" not in folded(reply(5, "ほしぞら天文台の休館日はいつですか？")["blocks"])
