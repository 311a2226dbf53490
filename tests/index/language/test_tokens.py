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
