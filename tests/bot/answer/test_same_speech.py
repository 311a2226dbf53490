"""Pieces of one speech are told as they were said, under one head."""

import re
from dataclasses import replace

import pytest

from bot.answer.answer import Answer, Citation, Sentence
from bot.answer.at_a_glance import at_a_glance, numbered_as_seen
from bot.answer.same_speech import by_speech, hit_of_stretch, in_order_of_speech
from bot.answerer import Answerer
from bot.slack.messages.full_text import full_text_view
from bot.slack.messages.layout import Message
from bot.slack.messages.reply import reply_message
from bot.texts import EN, JA
from index.passage import Hit, Passage, PassageKind, passage_id
from index.place import Locator
from index.search.searcher import Searcher
from index.writer import Writer
from tests.bot.council import ASKED, MINUTES
from tests.bot.slack.messages.test_reply import lines
from tests.bot.test_answerer import sure
from tests.index.making import CharacterEmbedder, minutes

LONG = "剪定については、" + "年に一度、" * 24 + "冬に行います。"


def piece(ordinal: int, rank: int, text: str = "", turn: int | None = 7) -> Hit:
    """Return a hit on a piece of the speech; its page is its ordinal."""
    passage = Passage(
        passage_id(MINUTES.document, ordinal),
        text or f"{ordinal}番目の話です。",
        PassageKind.ANSWER,
        page=ordinal,
        speaker="緑政課長",
        turn=turn,
        question=ASKED,
    )
    return Hit(rank, 1.0 / rank, passage, MINUTES)


def answered(*hits: Hit, onward: Passage | None = None) -> Answer:
    """Return an answer that quotes these hits whole, in this order."""
    citations = [Citation(n, each.passage.text, each) for n, each in enumerate(hits, start=1)]
    citations[-1] = replace(citations[-1], onward=onward)
    sentences = tuple(Sentence(each.quote, (each.number,)) for each in citations)
    return Answer("？", sentences, tuple(citations), "ja")


def test_neighbours_stand_in_the_order_of_the_speech_where_the_best_of_them_is_ranked():
    """A piece that another joins to a third brings all three together; others keep their rank."""
    far, other = piece(9, 2), piece(5, 4, turn=8)
    ranked = [piece(4, 1), far, piece(2, 3), other, piece(3, 5)]
    told = in_order_of_speech(ranked, lambda hit: hit)
    assert [hit.passage.page for hit in told] == [2, 3, 4, 9, 5]
    articles = [piece(4, 1, turn=None), piece(3, 2, turn=None)]
    assert in_order_of_speech(articles, lambda hit: hit) == articles


def test_one_head_says_where_a_stretch_begins_and_ends():
    """Pages run from the first to the last, and so do rows of a sheet."""
    three = answered(piece(2, 2), piece(3, 1), piece(7, 3))
    stretch, single = by_speech(three.citations)
    assert [each.number for each in stretch] == [1, 2]
    assert (hit_of_stretch(stretch).passage.page, hit_of_stretch(stretch).passage.last_page) == (
        2,
        3,
    )
    assert hit_of_stretch(single).passage.page == 7
    rows = [
        replace(hit, passage=replace(hit.passage, page=None, locator=Locator("質疑", row, row)))
        for hit, row in ((piece(2, 1), 4), (piece(3, 2), 6))
    ]
    assert hit_of_stretch(by_speech(answered(*rows).citations)[0]).passage.locator == Locator(
        "質疑", 4, 6
    )


def test_the_message_tells_one_source_and_question_for_pieces_of_one_speech():
    """Each quote has its number; document, pages, speaker and question are told once."""
    message = reply_message(answered(piece(2, 2), piece(3, 1), piece(7, 3)))
    quotes = ["2番目の話です。 [1]", "3番目の話です。 [2]", "7番目の話です。 [3]"]
    assert lines(message, "quote") == quotes
    assert lines(message)[-2:] == [
        f"[1][2] {MINUTES.title} / 令和5年11月15日 / 2〜3ページ / 緑政課長",
        f"[3] {MINUTES.title} / 令和5年11月15日 / 7ページ / 緑政課長",
    ]
    assert lines(message).count(JA.asked.format(question=ASKED)) == 1


def test_at_a_glance_the_best_piece_is_shown_and_what_is_seen_first_is_number_one():
    """A piece before the best one that does not fit waits behind the button, as number two."""
    answer = answered(piece(2, 2, LONG), piece(3, 1, LONG + "以上です。"))
    seen = numbered_as_seen(answer)
    assert at_a_glance(seen) == (Sentence(LONG + "以上です。", (1,)),)
    assert lines(reply_message(answer), "quote") == [LONG + "以上です。 [1]"]
    shown = Message("", tuple(full_text_view(answer)["blocks"]))
    assert lines(shown, "quote") == [f"{LONG} [2]", LONG + "以上です。 [1]"]
    assert lines(shown)[0].startswith(f"[2][1] {MINUTES.title} / 令和5年11月15日 / 2〜3ページ")


@pytest.mark.parametrize(("language", "words"), [("ja", JA), ("en", EN)])
def test_the_passages_in_full_tell_how_the_speech_goes_on(language, words):
    """What follows the last piece is behind the button, with its page, and without a number."""
    answer = replace(answered(piece(2, 1), onward=piece(3, 9).passage), language=language)
    assert reply_message(answer).blocks[-1]["elements"][0]["text"]["text"] == words.more
    shown = Message("", tuple(full_text_view(answer)["blocks"]))
    assert lines(shown)[-2:] == [
        f"{words.goes_on} / {words.page.format(page=3)}",
        "3番目の話です。",
    ]


def test_an_answer_cites_neighbours_as_they_were_said_and_knows_what_follows(tmp_path):
    """From the index: numbers run with the speech, and the next piece of it is at hand."""
    said = [
        "体育館の冷房の工事は、令和九年度に始めます。",
        "体育館の冷房の工事は、令和十二年度に終わります。",
        "財源には国の交付金を充てます。",
    ]
    document, passages = minutes(
        "冷房.txt",
        "2024-06-05",
        [("教育部長", None, text, None) for text in said] + [("議長", None, "次に。", None)],
    )
    speech = [replace(each, turn=0) for each in passages[:3]]
    with Writer.open(tmp_path, CharacterEmbedder()) as writer:
        writer.put([(document, [*speech, passages[3]])], root="/in", reader="1")
        writer.publish()
    answerer = Answerer(Searcher.open(tmp_path, CharacterEmbedder()), decider=sure(9))
    reply = answerer.answer("体育館の冷房の工事はいつか")
    assert isinstance(reply, Answer)
    texts = [citation.hit.passage.text for citation in reply.citations]
    assert texts == [text for text in said if text in texts]
    assert len(texts) > 1
    assert [int(n) for n in re.findall(r"\[(\d+)\]", reply.text)] == [*range(1, len(texts) + 1)]
    follows = {
        text: citation.onward and citation.onward.text
        for text, citation in zip(texts, reply.citations, strict=True)
    }
    nexts = dict(zip(said, [*said[1:], None], strict=True))
    assert follows == {t: None if nexts[t] in texts else nexts[t] for t in texts}
