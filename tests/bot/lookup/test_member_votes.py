"""How a member voted is told from the list of votes by member, and never guessed."""

import pytest

from bot.answer.answer import Answer
from bot.answerer import Answerer
from bot.texts.count_note import count_note
from cli.output.json_output import reply_json
from index.search.searcher import Searcher
from index.writer import Writer
from ingest.pipeline import ingest
from tests.bot.test_answerer import sure
from tests.index.making import CharacterEmbedder

HEADS = "議案番号,件名,結果,青山一郎,石田花子,上村健,江川さくら,大野清,加藤実"
SANPI = f"""\
令和6年第3回定例会　議案等の賛否一覧
{HEADS}
議案第30号,令和6年度一般会計補正予算,原案可決,○,○,○,×,○,議
議案第31号,手数料条例の一部を改正する条例,原案可決,○,×,○,×,○,議
請願第2号,給食費の無償化を求める請願,不採択,×,○,×,○,欠,議
"""
EARLIER = f"""\
令和5年第4回定例会　議案等の賛否一覧
{HEADS}
議案第40号,町営住宅条例の一部を改正する条例,原案可決,○,○,○,○,○,議
議案第41号,水道料金の改定,否決,×,○,×,×,×,議
"""
RESULTS = """\
令和6年第3回定例会　議決結果
議案第51号　補正予算　原案可決（賛成多数）
議案第52号から議案第54号まで　原案可決（全員賛成）
"""


@pytest.fixture(scope="module")
def searcher(tmp_path_factory):
    """Return a searcher over two lists of votes and one of results."""
    folder = tmp_path_factory.mktemp("council")
    for name, text in (("r6.csv", SANPI), ("r5.csv", EARLIER), ("kekka.txt", RESULTS)):
        (folder / name).write_text(text, encoding="utf-8")
    data = tmp_path_factory.mktemp("index")
    with Writer.open(data, CharacterEmbedder()) as writer:
        ingest([folder], index=writer)
    return Searcher.open(data, CharacterEmbedder())


def told(searcher, question):
    """Return the answer where lists of votes tell it, else ``None``."""
    reply = Answerer(searcher, decider=sure(-9)).answer(question)
    return reply if isinstance(reply, Answer) and reply.listed else None


@pytest.mark.parametrize(
    ("question", "note", "row"),
    [
        ("江川議員は議案第30号に賛成した？", "江川さくら：反対（×）", "議案第30号"),
        ("大野清さんは請願第２号に反対しましたか", "大野清：欠席（欠）", "請願第2号"),
        ("請願第2号に賛成した議員は誰？", "賛成 2人：石田花子、江川さくら", "請願第2号"),
        ("手数料条例に反対したのは誰？", "反対 2人：石田花子、江川さくら", "議案第31号"),
        ("議案第30号に棄権した議員は？", "該当する人はいません", "議案第30号"),
        (
            "令和5年第4回定例会の議案第41号に石田議員は賛成した？",
            "石田花子：賛成（○）",
            "議案第41号",
        ),
    ],
)
def test_the_row_is_cited_with_its_heads_and_what_it_says(searcher, question, note, row):
    """○ and × under a row of names are hard to read: who voted how stands in a line above."""
    answer = told(searcher, question)
    assert note in count_note(answer)
    (cited,) = answer.citations
    heads, told_in = cited.quote.split("\n")
    assert heads == HEADS.replace(",", "\t")
    assert told_in.startswith(row)


def test_all_that_one_member_was_against(searcher):
    """Each matter on which she voted so, in a line of its own."""
    answer = told(searcher, "江川議員が反対した議案は？")
    assert [call["item"] for call in reply_json(answer)["roll_calls"]] == [
        "議案第30号",
        "議案第31号",
        "議案第41号",
    ]
    assert len(count_note(answer).splitlines()) == len(answer.citations)


@pytest.mark.parametrize(
    "question",
    [
        "下江川議員は議案第30号に賛成した？",
        "下田議員は議案第30号に賛成した？",
        "令和4年の議案第30号に江川議員は賛成した？",
        "第2回定例会の議案第30号に江川議員は賛成した？",
        "江川議員はなぜ議案第30号に反対したのですか",
        "議案第99号に反対した議員は？",
    ],
)
def test_what_no_list_tells_is_not_told(searcher, question):
    """Another person, year, session or matter, and a reason."""
    assert told(searcher, question) is None


def test_the_result_is_not_the_vote_of_somebody_unknown(searcher):
    """下田議員 is in no list: that the matter was carried says nothing of how they voted."""
    reply = Answerer(searcher, decider=sure(9)).answer("下田議員は議案第51号に賛成した？")
    assert not isinstance(reply, Answer)


def test_a_list_of_results_tells_what_became_of_a_matter_within_a_range(searcher):
    """議案第53号 stands in it as 「議案第52号から議案第54号まで」."""
    reply = Answerer(searcher, decider=sure(-9)).answer("議案第53号は可決された？")
    assert isinstance(reply, Answer)
    assert [each.quote for each in reply.citations] == [
        "議案第52号から議案第54号まで　原案可決（全員賛成）"
    ]


def test_where_members_are_the_rows_each_is_cited(tmp_path):
    """Nobody is told of whom no row is quoted."""
    rows = ("氏名,議案第1号,議案第2号", "青山一郎,○,×", "石田花子,○,×", "上村健,○,○")
    (tmp_path / "a.csv").write_text("議員別賛否一覧\n" + "\n".join(rows), encoding="utf-8")
    data = tmp_path / "data"
    with Writer.open(data, CharacterEmbedder()) as writer:
        ingest([tmp_path / "a.csv"], index=writer)
    opened = Searcher.open(data, CharacterEmbedder())
    answer = told(opened, "議案第2号に反対した議員は誰？")
    (cited,) = answer.citations
    assert cited.quote == "氏名\t議案第1号\t議案第2号\n青山一郎\t○\t×\n石田花子\t○\t×"
    assert "反対 2人：青山一郎、石田花子" in count_note(answer)


SIDES = """\
令和7年第1回定例会　採決の賛否
議案第5号　町道の認定について
氏名,賛成,反対,棄権
青山一郎,○,,
石田花子,,○,
上村健,○,,
江川さくら,,,○
"""


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("議案第5号に反対したのは誰？", "石田花子：反対（○）"),
        ("江川議員は議案第5号に賛成した？", "江川さくら：棄権（○）"),
    ],
)
def test_a_mark_under_a_side_is_cited_with_the_side(tmp_path, question, note):
    """Whichever mark it is, the head says how she voted."""
    (tmp_path / "sides.csv").write_text(SIDES, encoding="utf-8")
    with Writer.open(tmp_path / "data", CharacterEmbedder()) as writer:
        ingest([tmp_path / "sides.csv"], index=writer)
    answer = told(Searcher.open(tmp_path / "data", CharacterEmbedder()), question)
    assert note in count_note(answer)
    heads, *_, row = answer.citations[0].quote.split("\n")
    assert heads == "氏名\t賛成\t反対\t棄権"
    assert row.startswith(note.partition("：")[0])
