"""What a reply carries of its citations, and what is made of it later."""

from dataclasses import replace

from bot.answer.answer import Answer, Declined
from bot.slack.messages.cited import as_cited, cited_by, ids_in
from tests.bot.council import MORE, SAID, WIDER, answer_to, decline_of, hit


def test_an_answer_is_made_of_what_it_cited_and_still_stands():
    """In its order; a passage with other words under the same id is another."""
    first, second, third = (hit(text, rank=n) for n, text in enumerate((SAID, WIDER, MORE), 1))
    answer = answer_to("何本？")
    citations = tuple(
        replace(answer.citations[0], number=n, hit=each)
        for n, each in enumerate((first, second, third), 1)
    )
    sentences = tuple(replace(answer.sentences[0], citations=(n,)) for n in (1, 2, 3))
    cited = cited_by(replace(answer, citations=citations, sentences=sentences))
    assert len(ids_in(cited)) == 3
    moved = hit(SAID + "別", rank=2)
    again = as_cited(decline_of("何本？"), cited, [third, moved, first])
    assert isinstance(again, Answer)
    assert [each.hit.passage.text for each in again.citations] == [SAID, MORE]
    assert as_cited(answer, cited, [moved]) is None
    assert as_cited(answer, cited, []) is None


def test_a_decline_stays_one():
    """What was near is not cited later."""
    cited = cited_by(decline_of("何本？"))
    again = as_cited(answer_to("何本？"), cited, [hit()])
    assert isinstance(again, Declined)
    assert [each.passage.text for each in again.nearest] == [SAID]


def test_what_is_carried_is_short_and_the_same_each_time():
    """Metadata can be read by every app: it holds no word of the documents."""
    assert cited_by(answer_to("何本？")) == cited_by(answer_to("いつ？"))
    assert len(cited_by(answer_to("何本？"))) < 30
