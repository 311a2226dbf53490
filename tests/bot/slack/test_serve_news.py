"""What Slack is told unasked: reports, digests of meetings, and what is new on followed topics."""

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.texts.news import JA_NEWS
from index.passage import Collection, Document, DocumentId, Passage, passage_id
from index.record import Outcome, Role, Sitting, Vote
from index.writer import Writer
from tests.bot.slack.bot_process import BotProcess, eventually, start_bot, wait_until_ready
from tests.index.making import LIBRARY, ROADS, CharacterEmbedder, minutes
from tests.slack_api import LocalSlack, reply_lost
from tests.slack_blocks import complaints

pytestmark = pytest.mark.slow

CHANNEL = "CREPORT"
RECENT = (dt.date.today() - dt.timedelta(days=20)).isoformat()  # noqa: DTZ011  as the bot reckons
PERSONNEL = Collection("personnel")
ACCESS = '[personnel]\nchannels = ["CCLOSED"]\nusers = ["UBOSS"]\n'

Made = tuple[Document, list[Passage]]


@dataclass
class Town:
    """A data folder that a bot tells of, and the Slack that it tells."""

    slack: LocalSlack
    folder: Path
    bot: BotProcess | None = None

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.folder / "data"

    def start(self) -> None:
        """Start the bot."""
        settings = {
            "KIROKU_REPORT_CHANNEL": CHANNEL,
            "KIROKU_PUBLIC_URL": "https://kiroku.test",
            "KIROKU_LINK_DAYS": "0",
        }
        self.bot = start_bot(
            self.slack, self.folder, 0, module="tests.bot.slack.indexed_bot", **settings
        )
        wait_until_ready(self.slack, self.bot)

    def publish(
        self, *documents: Made, gone: tuple[str, ...] = (), collection: str = "main"
    ) -> None:
        """Put documents into the index, take others out, and publish."""
        with Writer.open(self.data, CharacterEmbedder(), Collection(collection)) as writer:
            if documents:
                writer.put(list(documents), root="/in", reader="1")
            writer.remove([DocumentId(name) for name in gone])
            generation = writer.publish()
        eventually(lambda: self._looked(collection) == generation)

    def _looked(self, collection: str) -> int | None:
        """Return the generation that the bot has looked at."""
        with closing(sqlite3.connect(self.data / "news.sqlite3")) as news:
            rows = news.execute(
                "SELECT generation FROM look WHERE collection = ?", (collection,)
            ).fetchall()
        return rows[0][0] if rows else None

    def waiting(self) -> int:
        """Return how many posts do not stand yet."""
        with closing(sqlite3.connect(self.data / "news.sqlite3")) as news:
            return news.execute("SELECT count(*) FROM post WHERE done_at IS NULL").fetchone()[0]

    def settled(self) -> None:
        """Wait until all that is to be told is told.

        What was under way at the moment of a kill is looked for, half a minute long.
        """
        eventually(lambda: self.waiting() == 0, 60.0)

    def told(self, words: str, channel: str = CHANNEL) -> list[dict]:
        """Return the messages of a channel that hold these words."""
        messages = self.slack.messages(channel)
        return [m for m in messages if words in json.dumps(m.get("blocks"), ensure_ascii=False)]

    def ordered(self, user: str, text: str) -> str:
        """Give a command; return what is shown."""
        self.slack.workspace.messages["CHERE"]
        before = len(self.slack.shown_to(user))
        self.slack.command("CHERE", user, text)
        self.slack.wait_until(lambda: len(self.slack.shown_to(user)) > before)
        return self.slack.shown_to(user)[-1]["text"]


def meeting(name: str, topic: str, body: str, day: str = RECENT) -> Made:
    """Return minutes in which a matter is asked about, promised and decided."""
    document, passages = minutes(
        name,
        day,
        [
            ("原委員", Role.MEMBER, f"{topic}の費用はいくらか。", None),
            ("所管課長", Role.EXECUTIVE, "八百万円で、来年度から実施する予定です。", 0),
            ("議長", Role.CHAIR, f"{topic}の件は原案のとおり可決されました。", None),
        ],
        body=body,
    )
    vote = Vote(
        item="議案第五号",
        title=f"{topic}条例",
        result="原案可決",
        outcome=Outcome.PASSED,
        manner="賛成多数",
        ayes=14,
        nays=3,
        passage=2,
    )
    return replace(document, sitting=Sitting(votes=(vote,))), passages


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Give a town whose first documents have been told of."""
    folder = tmp_path_factory.mktemp("town")
    (folder / "data").mkdir()
    (folder / "data" / "access.toml").write_text(ACCESS, encoding="utf-8")
    with LocalSlack() as slack:
        slack.workspace.messages[CHANNEL]
        town = Town(slack, folder)
        town.start()
        town.publish(LIBRARY, ROADS, meeting("古い新しさ.txt", "霊園", "霊園審議会"))
        town.settled()
        yield town
        assert town.bot is not None
        assert town.bot.stop() == 0


def test_a_first_ingest_is_told_in_one_report(town: Town):
    """How much there is, and no digest, of however many meetings, also of recent ones."""
    assert len(town.told(JA_NEWS.report_first.format(count=3))) == 1
    assert town.told("霊園") == []


def test_a_new_meeting_is_reported_and_digested_once(town: Town):
    """What was decided, promised, asked and answered, each line with a link that opens it."""
    town.publish(meeting("噴水.txt", "噴水", "噴水審議会"))
    town.settled()
    [report, digest] = town.told("噴水審議会")
    assert JA_NEWS.report_added.format(count=1) in report["text"]
    shown = json.dumps(digest["blocks"], ensure_ascii=False)
    for part in ("原案可決", "来年度から実施する予定です", "費用はいくらか", "[1] ", "[3] "):
        assert part in shown
    assert shown.count("https://kiroku.test/p/") == 3
    assert complaints(digest["blocks"]) == []
    assert len(digest["text"].splitlines()) <= 13
    town.publish(meeting("写し/噴水.txt", "噴水", "噴水審議会"))
    town.settled()
    assert len(town.told(JA_NEWS.digest_head)) == 1


def test_the_rest_of_a_long_meeting_stands_in_the_thread(town: Town):
    """The message fits a phone; what it leaves out is below it, numbered on."""
    document, _ = meeting("長い.txt", "花壇", "花壇審議会")
    turns = [
        (f"{name}委員", Role.MEMBER, f"花壇の{name}番はいくつか。", None)
        if number % 2 == 0
        else ("園芸課長", Role.EXECUTIVE, f"{name}番は来月から植える予定です。", number - 1)
        for name in range(8)
        for number in (2 * name, 2 * name + 1)
    ]
    _, passages = minutes(document.document, RECENT, turns, body="花壇審議会")
    town.publish((replace(document, sitting=None), passages))
    town.settled()
    [digest] = [each for each in town.told("花壇審議会") if "thread_ts" not in each][1:]
    assert JA_NEWS.digest_more.format(count=11) in digest["text"]
    [rest] = town.slack.replies(CHANNEL, digest["ts"])
    assert rest["text"].startswith(f"{JA_NEWS.digest_rest}\n{JA_NEWS.digest_promised}\n[6] ")


def test_old_minutes_that_come_late_are_reported_only(town: Town):
    """They were put in for the record: nobody needs to be told what was decided years ago."""
    town.publish(meeting("昔.txt", "水車", "水車審議会", "2011-06-01"))
    town.settled()
    assert len(town.told("水車審議会")) == 1


def test_what_changed_and_went_and_could_not_be_read_is_reported(town: Town):
    """Each by its title; why something could not be read, an administrator sees."""
    moving = meeting("動く.txt", "風車", "風車審議会")
    town.publish(moving, meeting("消える.txt", "灯台", "灯台審議会"))
    broken = Document(
        DocumentId("秘密の棚/壊れた.pdf"),
        "壊れた",
        ROADS[0].kind,
        "9",
        warnings=("it is no PDF",),
        readable=False,
    )
    town.publish(
        (replace(moving[0], content_hash="new"), []),
        (broken, []),
        gone=("消える.txt",),
    )
    town.settled()
    [report] = town.told("灯台審議会")[-1:]
    for words in (JA_NEWS.report_changed, JA_NEWS.report_unread, JA_NEWS.report_removed):
        assert words.format(count=1) in report["text"]
    assert "壊れた.pdf" in report["text"]
    assert "秘密の棚" not in report["text"]


def test_a_closed_collection_is_told_to_nobody_else(town: Town):
    """Neither the channel nor a follower learns of it who may not see it; who may is told."""
    for user in ("UBOSS", "UOTHER"):
        assert JA_NEWS.followed.format(topic="懲戒処分") in town.ordered(user, "follow 懲戒処分")
    town.publish(meeting("人事前.txt", "異動", "人事委員会"), collection=PERSONNEL)
    town.publish(meeting("人事.txt", "懲戒処分", "人事委員会"), collection=PERSONNEL)
    town.settled()
    assert town.told("人事委員会") == []
    assert len(town.told("懲戒処分", "DUBOSS")) == 1
    assert town.slack.messages("DUOTHER") == []


def test_topics_are_followed_listed_and_left(town: Town):
    """By command, in private; what has no word to look for is no topic, a question is one."""
    assert town.ordered("UAN", "follow") == JA_NEWS.follows_none
    town.ordered("UAN", "follow  給食費 ")
    assert town.ordered("UAN", "follow 給食費").startswith("「給食費」はすでに")
    assert JA_NEWS.follow_wordless.format(topic="それ") in town.ordered("UAN", "follow それ")
    assert town.ordered("UAN", "follow").splitlines()[1:] == ["・給食費"]
    assert town.ordered("UAN", "unfollow 給食費") == JA_NEWS.unfollowed.format(topic="給食費")
    assert town.ordered("UAN", "unfollow 給食費") == JA_NEWS.not_followed.format(topic="給食費")
    assert town.ordered("UAN", "follow") == JA_NEWS.follows_none
    for _ in range(20):
        town.ordered("UMANY", f"follow 公園{_}号")
    assert JA_NEWS.follow_most.format(most=20) in town.ordered("UMANY", "follow 公園21号")


def test_what_is_new_on_a_topic_is_told_once(town: Town):
    """With its citation, as a direct message; what was said before is not told again."""
    town.ordered("UFOLLOW", "follow 盆踊り")
    town.ordered("UAWAY", "follow 盆踊り")
    town.ordered("UAWAY", "unfollow 盆踊り")
    document, passages = meeting("祭.txt", "盆踊り", "祭審議会")
    town.publish((document, passages))
    town.settled()
    [notice] = town.slack.messages("DUFOLLOW")
    shown = json.dumps(notice["blocks"], ensure_ascii=False)
    for part in (JA_NEWS.notice_head.format(topic="盆踊り"), "八百万円", "https://kiroku.test/p/"):
        assert part in shown, notice["text"]
    assert JA_NEWS.notice_stop.format(topic="盆踊り") in notice["text"]
    town.ordered("UNEWLY", "follow 盆踊り")
    longer = replace(
        passages[0], text="盆踊りの櫓は何基か。", passage_id=passage_id(document.document, 3)
    )
    town.publish((replace(document, content_hash="2"), [*passages, longer]))
    town.settled()
    renamed = replace(document, document=DocumentId("確定版/祭.txt"), content_hash="3")
    town.publish((renamed, passages), gone=("祭.txt",))
    town.settled()
    [_, news] = town.slack.messages("DUFOLLOW")
    assert "櫓は何基か" in news["text"]
    assert "八百万円" not in news["text"]
    [late] = town.slack.messages("DUNEWLY")
    assert late["text"] == news["text"]
    assert town.slack.messages("DUAWAY") == []


def test_of_minutes_that_come_again_only_what_was_corrected_is_told(town: Town):
    """The final minutes correct a sentence beside the topic; later one of the topic itself."""
    town.ordered("UDRAFT", "follow 花火")
    said = "花火の費用は八百万円で、来年度から実施する予定です。", "会場は川原です。"

    def version(name: str, *said: str) -> Made:
        turns = [("所管課長", Role.EXECUTIVE, "".join(said), None)]
        document, passages = minutes(name, RECENT, turns, body="花火審議会")
        return replace(document, title=f"花火審議会 {name}"), passages

    town.publish(version("速報版.txt", *said))
    town.publish(version("会議録.txt", said[0], "会場は東の川原です。"))
    town.publish(version("会議録.txt", said[0].replace("八", "九"), "会場は東の川原です。"))
    town.settled()
    first, corrected = town.slack.messages("DUDRAFT")
    assert ("八百万円" in first["text"], "九百万円" in corrected["text"]) == (True, True)


def test_a_post_whose_answer_is_lost_stands_once(town: Town):
    """It is looked for before it is sent again, in a channel and in a direct message."""
    town.ordered("ULOST", "follow 温泉")
    town.slack.trouble("chat.postMessage", reply_lost(), reply_lost(), reply_lost())
    town.publish(meeting("湯.txt", "温泉", "温泉審議会"))
    town.settled()
    assert len(town.told("温泉審議会")) == 2
    assert len(town.slack.messages("DULOST")) == 1


def test_a_notice_that_had_to_wait_tells_what_stands_there_then(town: Town):
    """Its document was replaced meanwhile and says something else: nothing of that is shown."""
    town.ordered("UWAITS", "follow 竹林")
    town.slack.posts.freeze("UWAITS", 4)
    document, passages = meeting("竹.txt", "竹林", "竹審議会")
    town.publish((document, passages))
    _, others = meeting("竹.txt", "駐輪場", "竹審議会")
    town.publish((replace(document, content_hash="2"), others))
    town.settled()
    assert town.slack.messages("DUWAITS") == []


def test_a_message_that_looks_like_a_command_orders_nothing(town: Town):
    """Who looks a message up follows nothing, whatever it says; a question is one."""
    ts = town.slack.say("CHERE", "UWRITES", "follow 給食費")
    town.slack.look_up("CHERE", ts, "ULOOKS")
    eventually(lambda: town.slack.shown_to("ULOOKS"))
    assert JA_NEWS.follows_none == town.ordered("ULOOKS", "follow")
    assert "フォロー" not in town.ordered("ULOOKS", "follow up on 図書館?")


def test_nothing_is_told_twice_or_lost_over_a_kill(town: Town):
    """Killed while it posts, or while the channel takes nothing: each message stands once."""
    assert town.bot is not None
    town.publish(meeting("橋.txt", "吊り橋", "橋審議会"))
    eventually(lambda: town.told("橋審議会"))
    town.bot.kill()
    town.slack.wait_gone()
    with Writer.open(town.data, CharacterEmbedder()) as writer:
        writer.put([meeting("島.txt", "離島", "離島審議会")], root="/in", reader="1")
        writer.publish()
    town.slack.workspace.left.add(CHANNEL)
    town.start()
    refused = f"{CHANNEL} takes nothing (not_in_channel)"
    eventually(lambda: town.bot.said().count(refused) >= 2)
    town.bot.kill()
    town.slack.wait_gone()
    assert town.waiting() >= 2
    town.slack.workspace.left.clear()
    town.start()
    eventually(lambda: len(town.told("離島審議会")) == 2, 60.0)
    town.settled()
    assert [len(town.told(words)) for words in ("橋審議会", "離島審議会")] == [2, 2]
