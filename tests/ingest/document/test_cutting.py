from hypothesis import given
from hypothesis import strategies as st

from ingest.document.cutting import HARD_LIMIT, SOFT_LIMIT, cut
from ingest.document.source import Line

SENTENCE = "この橋は昭和四十年に架けられ、老朽化が進んでいます。"


def test_pieces_end_at_sentence_ends():
    """A long speech is cut into pieces that end with a full stop and hold no more than they may."""
    pieces = cut([Line(SENTENCE * 40)])
    assert len(pieces) > 1
    assert all(piece.text.endswith("。") and len(piece.text) < SOFT_LIMIT + 40 for piece in pieces)
    assert "".join(piece.text for piece in pieces) == SENTENCE * 40


@given(st.lists(st.text(alphabet="あ漢。、「」 1", max_size=900), max_size=5))
def test_nothing_is_lost_and_nothing_is_too_long(texts):
    """Whatever the lines, no letter is lost and no piece passes the limit of the embedder."""
    pieces = cut([Line(text) for text in texts])
    whole = "".join("".join(texts).split())
    assert "".join("".join(piece.text for piece in pieces).split()) == whole
    assert all(len(piece.text) <= HARD_LIMIT for piece in pieces)


def test_a_small_tail_joins_the_piece_before():
    """「以上です。」 does not stand alone after a cut."""
    pieces = cut([Line(SENTENCE * (SOFT_LIMIT // len(SENTENCE)) + "以上です。")])
    assert len(pieces) == 1


def test_a_new_topic_opens_a_piece():
    """「次に」 parts two matters though both would fit."""
    first = SENTENCE * 4
    pieces = cut([Line(first), Line("次に、学校について伺います。" + SENTENCE * 2)])
    assert [piece.text[:4] for piece in pieces] == [SENTENCE[:4], "次に、学"]


def test_pages_are_those_of_the_lines():
    """A piece knows the first and the last page that it stands on."""
    pieces = cut(
        [Line("一枚目です。", page=3, last_page=3), Line("またがる文です。", page=3, last_page=4)]
    )
    assert [(piece.page, piece.last_page) for piece in pieces] == [(3, 4)]


def test_lines_stay_apart_by_a_break():
    """Paragraphs of one piece are parted as in the source."""
    assert [piece.text for piece in cut([Line("一つ。"), Line("二つ。")])] == ["一つ。\n二つ。"]
