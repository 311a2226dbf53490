"""Several collections: each is asked alone, and the best reply is given."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.answer.answer import Answer, Declined, DeclineReason
from bot.answerer import Answerer
from bot.united import UnitedAnswerer, best_of
from index.passage import Collection, PassageId
from index.search.searcher import Searcher
from index.writer import Writer
from tests.bot.council import ambiguous, answer_to, decline_of, hit
from tests.index.making import LIBRARY, ROADS, CharacterEmbedder

MAIN, CLOSED = Collection("main"), Collection("closed")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a data folder with a collection on the library and one on roads."""
    for name, paper in ((MAIN, LIBRARY), (CLOSED, ROADS)):
        with Writer.open(tmp_path, CharacterEmbedder(), name) as writer:
            writer.put([paper], root="/in", reader="1")
            writer.publish()
    return tmp_path


def united(data: Path, *names: Collection) -> UnitedAnswerer:
    """Return an answerer on these collections."""
    opened = {name: Searcher.open(data, CharacterEmbedder(), name) for name in names}
    return UnitedAnswerer({name: Answerer(searcher) for name, searcher in opened.items()})


def shown(reply: Answer | Declined) -> set[str]:
    """Return the documents that a reply shows."""
    cited = [each.hit for each in reply.citations] if isinstance(reply, Answer) else reply.nearest
    return {each.document.document for each in cited}


def test_the_surest_answer_is_given():
    """Of answers the likeliest, whatever the others say."""
    weak, sure = (
        replace(answer_to("何本？", words), confidence=c) for words, c in (("甲", 0.6), ("乙", 0.9))
    )
    assert best_of([weak, decline_of("何本？"), sure, ambiguous("何本？")], 3) == sure


def test_declines_are_told_as_one():
    """What is nearest in any of them; a word is absent only where none has it."""
    first = replace(decline_of("？"), absent=("甲", "乙"), nearest=(replace(hit(), score=1.0),))
    second = replace(decline_of("？"), absent=("乙",), nearest=(replace(hit("丙"), score=2.0),))
    both = best_of([first, second], 3)
    assert isinstance(both, Declined)
    assert both.absent == ("乙",)
    assert [(each.rank, each.score) for each in both.nearest] == [(1, 2.0), (2, 1.0)]
    unsure = replace(first, reason=DeclineReason.UNSURE)
    assert best_of([second, unsure], 3) == unsure
    assert best_of([unsure, ambiguous("？")], 3) == ambiguous("？")


def test_a_name_that_one_alone_knows_leads_there(data: Path):
    """Who is named by a body is asked of it, though the other is asked first."""
    both = united(data, MAIN, CLOSED)
    assert shown(both.answer("建設委員会で舗装の補修は何か所残っている？")) <= {"道路.txt"}
    assert shown(both.answer("総務委員会で開館時間を延ばす考えは？")) <= {"図書館.txt"}


def test_what_is_not_asked_has_no_part_in_a_reply(data: Path):
    """With the closed collection there or not, the reply is the same to the last number."""
    question = "建設委員会で鈴木委員は舗装の補修を何か所と言った？"
    alone = united(data, MAIN).answer(question)
    with Writer.open(data, CharacterEmbedder(), CLOSED) as writer:
        writer.remove(ROADS[0].document)
        writer.publish()
    again = united(data, MAIN).answer(question)
    assert replace(alone, took_ms={}) == replace(again, took_ms={})
    assert shown(alone) <= {"図書館.txt"}


def test_a_history_holds_the_meetings_of_all(data: Path):
    """Oldest first, numbered through."""
    history = united(data, MAIN, CLOSED).history("委員")
    ranks = [each.hit.rank for meeting in history.meetings for each in meeting.entries]
    assert ranks == list(range(1, len(ranks) + 1))
    one = united(data, CLOSED).history("舗装の補修")
    assert [meeting.document.document for meeting in one.meetings] == ["道路.txt"]
    of_both = united(data, CLOSED, MAIN).history("舗装の補修")
    assert [meeting.document.document for meeting in of_both.meetings] == ["道路.txt"]
    assert of_both.count == 1


def test_documents_of_one_name_are_told_apart(tmp_path: Path):
    """Two collections may each hold a file of one name; a hit says which it is of."""
    other = (replace(ROADS[0], document=LIBRARY[0].document), ROADS[1])
    for name, paper in ((MAIN, LIBRARY), (CLOSED, other)):
        with Writer.open(tmp_path, CharacterEmbedder(), name) as writer:
            writer.put([paper], root="/in", reader="1")
            writer.publish()
    reply = united(tmp_path, MAIN, CLOSED).answer("建設委員会で舗装の補修は何か所残っている？")
    hits = [each.hit for each in reply.citations] if isinstance(reply, Answer) else reply.nearest
    assert {each.document.collection for each in hits} == {CLOSED}


def test_passages_are_given_by_their_ids_where_they_may_be_seen(data: Path):
    """Each once; what another collection holds, or nobody, is left out."""
    both, one = united(data, MAIN, CLOSED), united(data, MAIN)
    names = [passages[0].passage_id for _, passages in (LIBRARY, ROADS)]
    unknown = [PassageId("0" * 12 + "-0000"), PassageId("x"), PassageId("")]
    assert [each.passage.passage_id for each in both.held([*unknown, *names, *names])] == names
    (found,) = one.held(names)
    assert (found.document.document, found.document.collection) == (LIBRARY[0].document, MAIN)
