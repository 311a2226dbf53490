"""Articles named by their address."""

import datetime as dt
from dataclasses import replace

import pytest

from bot.answer.answer import Answer, Declined, DeclineReason
from bot.answerer import Answerer
from bot.lookup.finder import Finder
from index.passage import Document, DocumentId, DocumentKind, Passage, PassageKind, passage_id
from index.record import Enactment, Reference
from index.search.searcher import Searcher
from index.writer import Writer
from tests.bot.test_answerer import sure
from tests.index.making import CharacterEmbedder

TODAY = dt.date(2024, 11, 27)


def ordinance(name, title, articles, date="2020-04-01", life=None):
    """Return an ordinance of (address, text, references) articles."""
    document = Document(
        document=DocumentId(name),
        title=title,
        kind=DocumentKind.ORDINANCE,
        content_hash=f"hash of {name}",
        date=dt.date.fromisoformat(date),
        enactment=life or Enactment(),
    )
    passages = [
        Passage(
            passage_id=passage_id(document.document, number),
            text=text,
            kind=PassageKind.ARTICLE,
            article=address,
            references=tuple(Reference(words, to) for words, to in references),
        )
        for number, (address, text, references) in enumerate(articles)
    ]
    return document, passages


FEES = [
    ("第1条", "第1条　この条例は、駐輪場の利用について定める。", ()),
    ("第2条", "第2条　利用料は、一月五百円とする。\n２　学生の利用料は、三百円とする。", ()),
    ("第3条", "第3条　前条の規定にかかわらず、市長は利用料を免除できる。", (("前条", "第2条"),)),
    ("第3条の2", "第3条の2　免除の申請は、書面による。", ()),
]
PARKING = ordinance("駐輪場.txt", "みなと市自転車等の駐輪場に関する条例", FEES)
OLD = ordinance(
    "駐輪場旧.txt",
    "みなと市自転車等の駐輪場に関する条例（平成31年4月1日現在）",
    [("第2条", "第2条　利用料は、一月四百円とする。", ())],
    "2019-04-01",
)
CUTTING = (
    "第5条　次の木は切ってはならない。\n（１）　樹齢が百年を超えるもの\n"
    "（２）　胴回りが三メートルを超えるもの\n２　市長は、前項の木に札を付ける。"
)
TREES = ordinance(
    "樹木.txt",
    "みなと市樹木保全条例",
    [
        ("第1条", "第1条　この条例は、樹木を守る。", ()),
        ("第2条", "第2条　保全樹木は、市長が指定する。", ()),
        ("第5条", CUTTING, ()),
        ("第6条から第8条まで", "第6条から第8条まで　削除", ()),
    ],
)


@pytest.fixture
def searcher(tmp_path):
    """Return a searcher over three ordinances, one of them in two texts."""
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([PARKING, OLD, TREES], root="/in", reader="1")
        writer.publish()
    return Searcher.open(tmp_path, CharacterEmbedder())


def first(searcher, text):
    """Return document and address of the best hit."""
    hit = Finder(searcher, TODAY).find(text).result.hits[0]
    return hit.document.document, hit.passage.article


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("みなと市自転車等の駐輪場に関する条例の第3条は？", ("駐輪場.txt", "第3条")),
        ("駐輪場条例3条の2", ("駐輪場.txt", "第3条の2")),
        ("自転車駐輪場条例の第二条第二項", ("駐輪場.txt", "第2条")),
        ("樹木保全条例第2条", ("樹木.txt", "第2条")),
        ("樹木保全条例の第7条はどうなっている？", ("樹木.txt", "第6条から第8条まで")),
        ("第2条の利用料はいくら？", ("駐輪場.txt", "第2条")),
        ("第3条には何が書いてある？", ("駐輪場.txt", "第3条")),
        ("平成31年の駐輪場条例第2条", ("駐輪場旧.txt", "第2条")),
        ("駐輪場条例第2条、改正前は？", ("駐輪場旧.txt", "第2条")),
    ],
)
def test_the_article_named_comes_first(searcher, text, expected):
    """By the title, a part of it, its words or the only one there is; the text in force first."""
    assert first(searcher, text) == expected


def test_a_repealed_text_gives_way_to_the_one_in_force(tmp_path):
    """The newer text was repealed: the older one holds."""
    gone = replace(PARKING[0], enactment=Enactment(is_repealed=True))
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([(gone, PARKING[1]), OLD], root="/in", reader="1")
        writer.publish()
    searcher = Searcher.open(tmp_path, CharacterEmbedder())
    assert first(searcher, "駐輪場条例第2条") == ("駐輪場旧.txt", "第2条")


def test_extracts_of_one_law_are_each_asked_for_their_own_articles(tmp_path):
    """The newest file of that name lacks the article, and shares none with the one that has it."""
    one = ordinance("抄1.txt", "みどり法", [("第21条", "第21条　木を植える。", ())], "2020-04-01")
    two = ordinance(
        "抄2.txt", "みどり法", [("第27条の2の2", "第27条の2の2　枝を払う。", ())], "2021-04-01"
    )
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([one, two], root="/in", reader="1")
        writer.publish()
    over = Searcher.open(tmp_path, CharacterEmbedder())
    assert first(over, "みどり法第21条には何とある？") == ("抄1.txt", "第21条")
    found = first(over, "みどり法第27条の2の2には何とある？")
    assert found == ("抄2.txt", "第27条の2の2")


def test_a_text_without_a_name_is_not_the_one_that_is_named(tmp_path):
    """A title that is a note in brackets alone fits no question."""
    nameless = ordinance("無題.txt", "（抜粋）", [("第1条", "第1条　道を掃く。", ())], "2022-04-01")
    named = ordinance("川.txt", "川守り条例", [("第8条", "第8条　川を守る。", ())])
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([nameless, named], root="/in", reader="1")
        writer.publish()
    over = Searcher.open(tmp_path, CharacterEmbedder())
    found = Finder(over, TODAY).find("川守条例の第8条は？").lookup
    assert found is not None
    assert [piece.text for piece in found.pieces] == ["第8条　川を守る。"]


def test_an_article_that_the_text_in_force_no_longer_has_is_not_taken_from_an_old_one(tmp_path):
    """The old text shares its other articles: it is an earlier version, not an extract."""
    kept = [(f"第{n}条", f"第{n}条　きまり{n}。", ()) for n in range(1, 5)]
    gone = ("第5条", "第5条　なくなったきまり。", ())
    old = ordinance("旧.txt", "きまり条例", [*kept, gone], "2019-04-01")
    new = ordinance("新.txt", "きまり条例", kept, "2022-04-01")
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([old, new], root="/in", reader="1")
        writer.publish()
    found = Finder(Searcher.open(tmp_path, CharacterEmbedder()), TODAY).find("きまり条例第5条")
    assert found.lookup is not None
    assert found.lookup.lacking == "第5条"


def test_an_article_that_it_refers_to_is_cited_with_it(searcher):
    """前条 is needed to read 第3条: it comes second; a paragraph asked for is quoted alone."""
    answerer = Answerer(searcher, decider=sure(-9), today=TODAY)
    reply = answerer.answer("駐輪場条例第3条は？")
    assert isinstance(reply, Answer)
    assert [citation.hit.passage.article for citation in reply.citations] == ["第3条", "第2条"]
    paragraph = answerer.answer("駐輪場条例第2条第2項は？")
    assert isinstance(paragraph, Answer)
    assert paragraph.citations[0].quote == "２　学生の利用料は、三百円とする。"
    opening = answerer.answer("駐輪場条例第2条第1項は？")
    assert isinstance(opening, Answer)
    assert opening.citations[0].quote == "第2条　利用料は、一月五百円とする。"


def test_the_same_article_of_two_ordinances_is_asked_back(searcher):
    """Nothing tells which is meant; each choice does."""
    answerer = Answerer(searcher, decider=sure(9), today=TODAY)
    reply = answerer.answer("条例第2条の内容")
    assert isinstance(reply, Declined)
    assert reply.reason is DeclineReason.AMBIGUOUS
    assert {choice.filters.document for choice in reply.choices} == {"駐輪場.txt", "樹木.txt"}
    chosen = answerer.answer("条例第2条の内容", reply.choices[0].filters)
    assert isinstance(chosen, Answer)
    assert chosen.citations[0].hit.passage.article == "第2条"


def test_an_ordinance_without_the_paragraph_that_is_named_is_none_of_the_choices(tmp_path):
    """Every choice has what is asked for; where one has it alone, it is shown."""
    two = "第2条　保全樹木は、市長が指定する。\n２　指定は、告示による。"
    ponds = ordinance("池.txt", "みなと市ため池条例", [("第2条", two, ())])
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([PARKING, TREES, ponds], root="/in", reader="1")
        writer.publish()
    answerer = Answerer(Searcher.open(tmp_path, CharacterEmbedder()), decider=sure(9), today=TODAY)
    reply = answerer.answer("条例第2条第2項の内容")
    assert isinstance(reply, Declined)
    assert {choice.filters.document for choice in reply.choices} == {"駐輪場.txt", "池.txt"}
    for choice in reply.choices:
        chosen = answerer.answer("条例第2条第2項の内容", choice.filters)
        assert isinstance(chosen, Answer)
        assert chosen.citations[0].quote.startswith("２　")


@pytest.mark.parametrize(
    "text",
    [
        "憲法第2条は？",
        "個人情報保護条例第2条は？",
        "地方自治法第2条",
        "利用料は？",
    ],
)
def test_a_law_or_article_that_is_not_here_is_not_looked_up(searcher, text):
    """Another law's article is never shown as the one that was named."""
    assert Finder(searcher, TODAY).find(text).lookup is None
    reply = Answerer(searcher, decider=sure(-9), today=TODAY).answer(text)
    assert isinstance(reply, Declined)


@pytest.mark.parametrize(
    ("text", "address", "near"),
    [
        ("駐輪場条例第99条", "第99条", None),
        ("駐輪場条例第2条第3項には何とある", "第2条第3項", "第2条"),
        ("樹木保全条例第5条第3号", "第5条第3号", "第5条"),
        ("樹木保全条例第5条第2項第1号", "第5条第2項第1号", "第5条"),
    ],
)
def test_a_part_that_the_ordinance_does_not_have_is_said_to_be_missing(
    searcher, text, address, near
):
    """It is a decline that names the ordinance and the address, with the article that is there."""
    reply = Answerer(searcher, decider=sure(9), today=TODAY).answer(text)
    assert isinstance(reply, Declined)
    assert reply.reason is DeclineReason.NOT_COVERED
    assert f"、{address}は見当たりません" in reply.message
    assert near is None or reply.nearest[0].passage.article == near


@pytest.mark.parametrize("text", ["樹木保全条例第5条第2号", "樹木保全条例第5条第1項第2号"])
def test_the_item_named_is_quoted_with_what_leads_into_it(searcher, text):
    """Neither the items before nor those after it are."""
    reply = Answerer(searcher, decider=sure(-9), today=TODAY).answer(text)
    assert isinstance(reply, Answer)
    assert [sentence.text for sentence in reply.sentences] == [
        "第5条　次の木は切ってはならない。",
        "（２）　胴回りが三メートルを超えるもの",
    ]
    assert reply.citations[0].quote in reply.citations[0].hit.passage.text


def test_the_first_item_stands_with_its_lead_as_it_is_written(searcher):
    """Nothing is left out between them, so nothing says that something is."""
    reply = Answerer(searcher, decider=sure(-9), today=TODAY).answer("樹木保全条例第5条第1号")
    assert isinstance(reply, Answer)
    (sentence,) = reply.sentences
    assert sentence.text == "第5条　次の木は切ってはならない。\n（１）　樹齢が百年を超えるもの"


@pytest.mark.parametrize(
    "question",
    [
        "みなと市職員の給与に関する条例（昭和32年条例第2号）第2条は",
        "みなと市職員の給与に関する条例第2条は",
        "給与に関する条例の第2条は？",
        "職員の服務規程（平成7年訓令第3号）第2条",
    ],
)
def test_an_ordinance_that_is_named_by_a_title_that_none_has_is_not_here(searcher, question):
    """No article of another one is shown for it, whatever its title shares with the name."""
    reply = Answerer(searcher, decider=sure(9), today=TODAY).answer(question)
    kinds = {DocumentKind.ORDINANCE}
    if isinstance(reply, Answer):
        assert kinds.isdisjoint(citation.hit.document.kind for citation in reply.citations)
    else:
        assert kinds.isdisjoint(hit.document.kind for hit in reply.nearest)


@pytest.mark.parametrize(
    "question",
    [
        "みなと市自転車等の駐輪場に関する条例（平成31年条例第12号）第2条は",
        "駐輪場に関する条例（平成31年3月20日条例第12号）の第2条",
    ],
)
def test_the_number_of_a_law_in_brackets_is_no_part_of_its_name_nor_an_article(searcher, question):
    """It stands between the title and the article that is asked for."""
    reply = Answerer(searcher, decider=sure(-9), today=TODAY).answer(question)
    assert isinstance(reply, Answer)
    assert "利用料は、一月五百円とする。" in reply.citations[0].quote


@pytest.mark.parametrize("agenda", [(), ("議案第3号　みなと市立図書館条例の一部を改正する条例",)])
def test_an_ordinance_that_an_agenda_names_is_not_another_one_here(tmp_path, agenda):
    """Words of an ordinance may give it a name by which people call it, but not another's title."""
    lending = [
        ("第1条", "第1条　この条例は、図書館に停める自転車について定める。", ()),
        ("第2条", "第2条　図書館に停める自転車の利用料は、一月五百円とする。", ()),
    ]
    minutes = Document(
        DocumentId("会議録.txt"), "会議録", DocumentKind.MINUTES, "hash", agenda=agenda
    )
    said = Passage(passage_id(minutes.document, 0), "図書館の話です。", PassageKind.STATEMENT)
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        laws = ordinance("駐輪場.txt", "みなと市自転車等の駐輪場に関する条例", lending)
        writer.put([laws, (minutes, [said])], root="/in", reader="1")
        writer.publish()
    found = Finder(Searcher.open(tmp_path, CharacterEmbedder()), TODAY).find("図書館条例第2条は？")
    assert (found.lookup is not None) == (not agenda)
    if agenda:
        assert all(hit.document.kind is not DocumentKind.ORDINANCE for hit in found.result.hits)


SUPPLEMENT = (
    "（施行期日）\n1　この条例は、令和6年4月1日から施行する。"
    "ただし、第2条の規定は、令和6年10月1日から施行する。\n"
    "（経過措置）\n2　この条例の施行前にした許可については、なお従前の例による。"
)


@pytest.fixture
def supplemented(tmp_path):
    """Return a searcher over an ordinance with a supplement of two paragraphs."""
    own = ordinance("公園.txt", "みなと市公園条例", [*FEES[:2], ("附則", SUPPLEMENT, ())])
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([own], root="/in", reader="1")
        writer.publish()
    return Searcher.open(tmp_path, CharacterEmbedder())


def test_a_paragraph_of_the_supplement_has_its_own_caption(supplemented):
    """And not the one of the next paragraph."""
    quoted = []
    for number in (1, 2):
        reply = Answerer(supplemented).answer(f"公園条例の附則第{number}項は？")
        assert isinstance(reply, Answer)
        quoted.append(reply.citations[0].quote)
    assert quoted[0].startswith("（施行期日）\n1　")
    assert quoted[0].endswith("10月1日から施行する。")
    assert quoted[1] == SUPPLEMENT[SUPPLEMENT.index("（経過措置）") :]


@pytest.mark.parametrize(
    "question", ["公園条例第2条はいつから施行される？", "公園条例第2条の施行日は"]
)
def test_from_when_an_article_applies_is_not_told_by_its_text(supplemented, question):
    """The supplement tells it, and is searched for."""
    found = Finder(supplemented, TODAY).find(question)
    assert found.lookup is None
    assert any(hit.passage.article == "附則" for hit in found.result.hits)
