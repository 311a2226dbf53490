from concurrent.futures import ThreadPoolExecutor

from index.language.tokens import content_words, words


def test_english_words_stay_english_but_for_a_plural():
    """The dictionary writes those that it knows in katakana, and "the" among them."""
    assert words("The library and Sunday hours") == ["the", "library", "and", "sunday", "hour"]
    assert words("class, bus, gas") == ["class", "bus", "gas"]
    assert content_words("What did the council decide about library hours?") == [
        "council",
        "decide",
        "library",
        "hour",
    ]


def test_words_in_japanese_are_in_normal_form():
    """打ち合わせ and 打合せ are one word."""
    assert words("打ち合わせ") == words("打合せ")


def test_many_threads_cut_words_at_once():
    """Questions are read as they come in, several at a time."""
    text = "図書館の金曜の開館時間の延長に伴う職員の増員について" * 200
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(words, [text] * 64))
    assert all(each == found[0] for each in found)
