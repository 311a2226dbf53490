"""Action minutes: a motion, who moved and seconded it, how each voted and what came of it."""

from index.passage import PassageKind
from index.record import Role
from tests.ingest.lines import read

MINUTES = """\
TOWN OF MILLBROOK
BOARD OF SELECTMEN
REGULAR MEETING MINUTES
Monday, March 11, 2024, 7:00 PM
Town Hall, Room 2
Members Present: Alice Brown, Chair; Carl Dean; Eva Ford; Greg Hall
Members Absent: Irene Jones
Staff Present: Kim Lee, Town Administrator; Mark Novak, DPW Director
1. Approval of Minutes
Mr. Dean moved to approve the minutes of February 26, 2024. Ms. Ford seconded. Vote: 4-0-0. Motion carried.
2. Snow Plow Purchase
Mr. Novak explained that the 2009 plow has failed inspection.
Motion by Hall, seconded by Ford, to purchase a snow plow for $68,500.
Ayes: Brown, Dean, Ford
Nays: Hall
Absent: Jones
Motion passed 3-1.
Motion by Dean to sell the old plow.
Motion failed 1-3.
3. Library Hours
It was moved by Ms. Ford and seconded by Mr. Dean to extend Saturday hours. On a roll call vote: Brown, yes; Dean, yes; Ford, yes; Hall, abstain. The motion carried.
Respectfully submitted, Kim Lee
"""  # noqa: E501  a line is a paragraph of the minutes


def test_a_motion_and_its_votes_are_one_passage():
    """Line by line nobody could tell what was voted on; the next motion is another passage."""
    _, passages = read(MINUTES)
    votes = [passage for passage in passages if passage.text.startswith("Motion by")]
    assert [(passage.kind, passage.text.split("\n")) for passage in votes] == [
        (
            PassageKind.VOTE,
            [
                "Motion by Hall, seconded by Ford, to purchase a snow plow for $68,500.",
                "Ayes: Brown, Dean, Ford",
                "Nays: Hall",
                "Absent: Jones",
                "Motion passed 3-1.",
            ],
        ),
        (PassageKind.VOTE, ["Motion by Dean to sell the old plow.", "Motion failed 1-3."]),
    ]


def test_each_motion_is_a_vote_with_its_counts():
    """Also where names have titles, the score stands apart, or each answered by name."""
    document, _ = read(MINUTES)
    found = [(vote.title, vote.ayes, vote.nays) for vote in document.sitting.votes]
    assert found == [
        ("approve the minutes of February 26, 2024", 4, 0),
        ("purchase a snow plow for $68,500", 3, 1),
        ("sell the old plow", 1, 3),
        ("extend Saturday hours", 3, 0),
    ]


def test_posts_in_a_list_are_no_people():
    """What follows the comma of an entry is the post, also one that no list of posts has."""
    document, _ = read(MINUTES.replace("DPW Director", "Harbor Liaison"))
    told = [(person.name, person.post, person.role) for person in document.attendees]
    assert told[0] == ("Alice Brown", "Chair", Role.CHAIR)
    assert told[-1] == ("Mark Novak", "Harbor Liaison", Role.EXECUTIVE)
    assert [person.name for person in document.sitting.absentees] == ["Irene Jones"]
