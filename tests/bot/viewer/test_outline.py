"""A document's outline."""

from bot.viewer.outline import MOST, outline
from index.passage import Passage, PassageId, PassageKind


def passages(*lines):
    """Return passages of (heading, speaker, article); a turn begins where the speaker changes."""
    made, turn, last = [], -1, None
    for n, (heading, speaker, article) in enumerate(lines):
        turn += speaker != last
        last = speaker
        made.append(
            Passage(
                PassageId(f"x-{n:04d}"),
                "…",
                PassageKind.STATEMENT,
                page=n // 2 + 1,
                heading=heading,
                speaker=speaker,
                turn=turn if speaker else None,
                article=article,
            )
        )
    return made


def test_headings_are_listed_and_who_speaks_under_the_one_that_is_shown():
    """Levels follow the headings; the line of the passage is marked."""
    found = outline(
        passages(
            (("1 予算",), "市長", None),
            (("1 予算",), "市長", None),
            (("1 予算",), "林委員", None),
            (("2 条例", "(1) 緑地"), "市長", None),
        ),
        2,
    )
    assert [(e.level, e.label, e.at) for e in found] == [
        (1, "1 予算", 0),
        (2, "市長", 0),
        (2, "林委員", 2),
        (1, "2 条例", 3),
        (2, "(1) 緑地", 3),
    ]
    assert [e.label for e in found if e.current] == ["林委員"]


def test_articles_are_listed_under_their_chapters():
    """An ordinance's outline are its articles."""
    found = outline(passages((("第1章",), None, "第1条"), (("第1章",), None, "第2条")), 1)
    assert [e.label for e in found] == ["第1章", "第1条", "第2条"]


def test_the_caption_of_an_article_stands_behind_its_number():
    """As one reads it: 第1条（目的）; in front of the first line nothing is marked."""
    found = outline(passages(((), None, None), (("（目的）",), None, "第1条")), 0)
    assert [(e.label, e.current) for e in found] == [("第1条（目的）", False)]


def test_of_a_very_long_document_the_nearest_lines_are_left():
    """The line that is shown is among them."""
    found = outline(passages(*(((f"{n}",), None, None) for n in range(2_000))), 1_500)
    assert len(found) == MOST
    assert [e.label for e in found if e.current] == ["1500"]
