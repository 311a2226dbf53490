"""Which matter is before a meeting while somebody speaks."""

from bot.history.called_up import called_up
from index.passage import Passage, PassageId, PassageKind

CHAIR, VOTE = PassageKind.PROCEDURE, PassageKind.VOTE
SAID = PassageKind.QUESTION


def debate(*turns):
    """Return the passages of a meeting, and what was called up before each question, in order."""
    passages = [
        Passage(PassageId(f"aaaaaaaaaaaa-{at:04}"), text, kind)
        for at, (kind, text) in enumerate(turns)
    ]
    found = called_up(passages)
    return [found.get(each.passage_id) for each in passages if each.kind is SAID]


def test_what_the_chair_calls_up_is_dealt_with_until_the_vote():
    """The sentence that does it counts, not what stands around it; turns between change nothing."""
    asked = (SAID, "値上げの理由は何か。")
    called = "議案第三号、水道条例の改正を議題といたします。"
    assert debate(
        asked,
        (CHAIR, f"諸般の報告を終わります。{called}説明を求めます。"),
        asked,
        (CHAIR, "ほかに質疑はありませんか。"),
        asked,
        (VOTE, "起立多数であります。よって可決されました。"),
        asked,
    ) == [None, called, called, None]


def test_of_several_matters_called_up_at_once_none_is_dealt_with_alone():
    """Nor is any where members ask what they like."""
    asked = (SAID, "値上げの理由は何か。")
    together = (CHAIR, "議案第三号及び議案第四号を一括して議題といたします。")
    alone = (CHAIR, "陳情第一号を議題といたします。")
    assert debate(together, asked, alone, asked, (CHAIR, "一般質問を行います。"), asked) == [
        None,
        "陳情第一号を議題といたします。",
        None,
    ]
