"""What of a passage can be quoted: rows, items with their second column, lines without a stop."""

import numpy as np
import pytest

from bot.answer.extraction import choose_words
from bot.answer.quotable_spans import parts_of
from bot.question.question import understand
from index.passage import Passage, PassageId, PassageKind
from index.reranking.reranker import Reading

SURVEY = (
    "問　図書室に望むこと\n"
    "静かな席　　41.5％\n"
    "長い開館　　33.0％\n"
    "新しい本　　25.5％\n"
    "問　来る回数\n"
    "週に一度　　12.0％\n"
    "月に一度　　61.0％\n"
    "来ない　　　27.0％"
)


def made(text, kind=PassageKind.SECTION):
    """Return a passage of these words."""
    return Passage(PassageId("0-0"), text, kind)


def listed(text):
    """Return the items and rows of a passage."""
    return [part.text.strip() for part in parts_of(made(text)) if part.listed]


def read(text, meant):
    """Return a reading, a token a character, in which the words ``meant`` answer."""
    spans = np.array([(at, at + 1) for at in range(len(text))], dtype=np.int32)
    words = np.full(len(text), -4.0, dtype=np.float32)
    start = text.index(meant)
    words[start : start + len(meant)] = 4.0
    return Reading(0.0, 2.0, spans, words)


def quoted(text, question, meant):
    """Return the pieces quoted where a reranker holds ``meant`` for what answers."""
    passage = made(text)
    return choose_words(passage, understand(question), lambda _: 1.0, read(text, meant)).pieces


def test_the_rows_of_one_table_are_never_the_heads_of_the_next():
    """Each answer of a survey is a row, also those right above the next question."""
    rows = SURVEY.split("\n")
    assert listed(SURVEY) == [*rows[1:4], *rows[5:]]


@pytest.mark.parametrize(
    "row",
    [
        "堤防の補強（延長120m）　　建設課　　3億2千万円",
        "雪に強い屋根の割合　　二一・五％　　三〇・〇％",
        "公園墓地|52,300|51,800|使用料の改定なし",
    ],
)
def test_what_stands_among_rows_and_holds_amounts_is_a_row(row):
    """Amounts in mixed signs, shares in kanji, and cells between bars."""
    above, below = "橋の点検　　建設課　　42,000円", "道の舗装　　建設課　　18,500円"
    assert row in listed(f"事業　　担当　　金額\n{above}\n{row}\n{below}")


def test_an_amount_behind_an_item_belongs_to_it():
    """What is paid back in a case stands in the second column of its item."""
    text = (
        "第九条　納めた使用料は返さない。ただし、次の各号のときは、当該各号に定める額を返す。\n"
        "一　荒天のため閉園したとき。　使用料の全額\n"
        "二　利用の三日前までに取り消したとき。　使用料の百分の七十"
    )
    assert "二　利用の三日前までに取り消したとき。　使用料の百分の七十" in listed(text)


def test_the_last_words_of_a_line_are_no_heading():
    """A note of what was said may end without a full stop."""
    text = "課長の答え「工事は秋に終わる。仮の駐車場は、来年の三月まで使う予定"
    last = parts_of(made(text))[-1]
    assert last.telling
    assert last.text == "仮の駐車場は、来年の三月まで使う予定"


LINES = (
    "水道の検針は、二か月に一度、委託した者が行っております。\n"
    "次回の説明会　10月4日（土）公民館で開く予定\n"
    "口座振替の申込みは、銀行の窓口でも受け付けております。料金の改定は予定しておりません。"
    "検針のお知らせは、郵便受けに入れておりますので、ご確認をお願いいたします。"
)


def test_a_line_like_a_heading_is_quoted_where_its_words_are_read_as_the_answer():
    """The day stands in a line that nothing but the reading tells from a heading."""
    day = "次回の説明会　10月4日（土）公民館で開く予定"
    assert quoted(LINES, "次の説明会はいつ？", "10月4日（土）") == (day,)
    read_for = quoted(LINES, "検針は誰が行う？", "委託した者が行っております")
    assert "説明会" not in "".join(read_for)


def test_without_a_reading_no_heading_is_quoted():
    """Where nothing tells which words answer, a heading is what stands above them."""
    chosen = choose_words(made(LINES), understand("次の説明会はいつ？"), lambda _: 1.0)
    assert "説明会" not in "".join(chosen.pieces)
