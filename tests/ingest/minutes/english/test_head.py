import datetime as dt

import pytest

from index.passage import PassageKind
from index.record import Outcome, Role
from ingest.document.source import Line
from ingest.minutes.english.people import read_english_people
from ingest.minutes.english.time_codes import without_time_codes
from tests.ingest.lines import read

CITY = """CITY OF LARCHMERE
CITY COUNCIL REGULAR MEETING
MINUTES
Tuesday, April 4, 2023
6:30 p.m.
Council Chambers, 12 Dock Street
PRESENT: Mayor Ines Calder, Councilmembers Omar Haddad and Ruth Sandoval
ABSENT: Councilmember Pete Lund (excused)
STAFF PRESENT: City Manager Gail Frost

1. CALL TO ORDER
MAYOR CALDER: I call the meeting to order at 6:32 p.m.
2. PUBLIC COMMENT
MAYOR CALDER: This is the time for public comment.
WENDY MARSH: The crossing on Fifth has no light. My son was nearly hit there last week.
3. HARBOR FEES
MAYOR CALDER: Item 3. Councilmember Haddad?
COUNCILMEMBER HADDAD: What would a slip cost under the new table?
CITY MANAGER FROST: About twelve dollars a foot for the season.
COUNCILMEMBER SANDOVAL: I recall that last year the motion failed 1-2, and I regret it.
MOTION by Councilmember Haddad, seconded by Councilmember Sandoval, to adopt Resolution No. 23-9.
AYES: Haddad, Sandoval, Calder
NOES: None
ABSENT: Lund
Motion carried.
4. ADJOURNMENT
MAYOR CALDER: We are done for tonight.
The meeting was adjourned at 8:05 p.m.
Respectfully submitted,
Lee Ott, City Clerk
"""

PARISH = """MINUTES OF THE MEETING OF DUNMOOR PARISH COUNCIL held on 6 June 2023 at 7.15pm \
in the Old School
Present: Cllr A Wren (Chairman), Cllr T Biggs
Cllr H Moody
In attendance: Mrs J Cole (Clerk), 3 members of the public
Apologies: Cllr K Ash
23/11 Accounts
It was proposed by Cllr Biggs, seconded by Cllr Moody and RESOLVED that the accounts be approved.
23/12 Planning
Two houses at Hill End. RESOLVED to object. Voting: 2 for, 1 against.
23/13 Grass cutting
The proposal was lost by 1 vote to 2.
The meeting closed at 8.40pm.
"""

LEGISTAR = """City of Port Sable
Meeting Minutes
City Council
I. CALL TO ORDER
The meeting was called to order at 5:00 PM.
II. ORDINANCES
A motion was made by Member Ray, seconded by Member Ito, that this Ordinance be tabled. The motion \
failed by the following vote:
Aye: 2 - Ray, Ito
Nay: 3 - Bly, Cho, Dunn
A motion was made by Member Bly, seconded by Member Cho, that this Ordinance be adopted. The \
motion passed by the following vote:
Aye: 3 - Bly, Cho, Dunn
Nay: 2 - Ray, Ito
A motion was made by Member Ito, seconded by Member Ray, to continue the hearing to July 9. The \
motion carried 5-0.
"""

RECORDED = """Tern Valley Planning Board - Transcript
Date: 03/14/2024
[00:00:05] Chairperson Abara: Good evening. We have a quorum. Ms. Lowe, please begin.
[00:00:20] Planner Lowe: The applicant asks for nine lots on Mill Road.
[00:00:41] Board Member Finch: Will the road be widened?
[00:00:47] Planner Lowe: Yes, by four feet on the north side.
[00:01:02] Board Member Finch: I move to approve with the wider road.
[00:01:09] Board Member Gray: Second.
[00:01:12] Chairperson Abara: All in favor? The motion passes four to one.
[00:01:20] Resident (Joan Pike): I am worried about the drains.
"""


def turns(text):
    """Return (speaker, role, kind) of what is said, one for each passage of a speaker."""
    _, passages = read(text)
    return [(p.speaker, p.role, p.kind) for p in passages if p.speaker]


def test_the_head_of_english_minutes_says_who_met_where_and_when():
    """Body, place, day, hours, those present with their posts, and those absent."""
    document, _ = read(CITY)

    assert document.body == "City of Larchmere City Council"
    assert document.place == "Council Chambers, 12 Dock Street"
    assert document.date == dt.date(2023, 4, 4)
    assert [(a.name, a.post, a.role) for a in document.attendees] == [
        ("Ines Calder", "Mayor", Role.EXECUTIVE),
        ("Omar Haddad", "Councilmember", Role.MEMBER),
        ("Ruth Sandoval", "Councilmember", Role.MEMBER),
        ("Gail Frost", "City Manager", Role.EXECUTIVE),
    ]
    assert document.sitting is not None
    assert [a.name for a in document.sitting.absentees] == ["Pete Lund"]
    assert document.sitting.opened == dt.time(18, 32)
    assert document.sitting.adjourned == dt.time(20, 5)


def test_who_speaks_at_public_comment_is_a_citizen_and_the_mayor_presides():
    """Roles that no post tells: the mayor among councilmembers, the public when it is invited."""
    roles = {speaker: role for speaker, role, _ in turns(CITY)}

    assert roles["MAYOR CALDER"] is Role.CHAIR
    assert roles["WENDY MARSH"] is Role.CITIZEN
    assert roles["COUNCILMEMBER HADDAD"] is Role.MEMBER
    assert roles["CITY MANAGER FROST"] is Role.EXECUTIVE


def test_a_roll_call_becomes_one_vote_and_memories_of_votes_none():
    """Names for and against are counted; what a member says of last year is no vote."""
    document, _ = read(CITY)

    assert document.sitting is not None
    (vote,) = document.sitting.votes
    assert (vote.item, vote.outcome, vote.ayes, vote.nays) == (
        "Resolution No. 23-9",
        Outcome.PASSED,
        3,
        0,
    )


def test_the_clerks_lines_are_nobodys_speech():
    """The roll call and the signature do not belong to whoever spoke before."""
    _, passages = read(CITY)

    said = " ".join(p.text for p in passages if p.speaker)
    assert "Lee Ott" not in said
    assert "ABSENT: Lund" not in said
    assert "Lee Ott, City Clerk" in " ".join(p.text for p in passages)


def test_parish_minutes_resolve_and_count_in_words():
    """RESOLVED, ``Voting: 2 for, 1 against`` and ``lost by 1 vote to 2`` are votes."""
    document, _ = read(PARISH)

    assert document.body == "Dunmoor Parish Council"
    assert document.place == "the Old School"
    assert [(a.post, a.name) for a in document.attendees] == [
        ("Chairman", "A Wren"),
        ("Cllr", "T Biggs"),
        ("Cllr", "H Moody"),
        ("Clerk", "J Cole"),
    ]
    assert document.sitting is not None
    assert document.sitting.opened == dt.time(19, 15)
    assert document.sitting.adjourned == dt.time(20, 40)
    assert [(v.outcome, v.ayes, v.nays) for v in document.sitting.votes] == [
        (Outcome.PASSED, None, None),
        (Outcome.PASSED, 2, 1),
        (Outcome.REJECTED, 1, 2),
    ]


def test_a_vote_takes_the_counts_that_stand_under_it():
    """``by the following vote`` and its lists are one vote; to continue decides nothing."""
    document, _ = read(LEGISTAR)

    assert document.body == "City of Port Sable City Council"
    assert document.sitting is not None
    assert [(v.title, v.outcome, v.ayes, v.nays) for v in document.sitting.votes] == [
        ("this Ordinance be tabled", Outcome.REJECTED, 2, 3),
        ("this Ordinance be adopted", Outcome.PASSED, 3, 2),
        ("continue the hearing to July 9", Outcome.CONTINUED, 5, 0),
    ]


def test_time_codes_are_places_and_no_words():
    """A transcript's times name the place of the words, the speakers are read behind them."""
    document, passages = read(RECORDED)
    spoken = [p for p in passages if p.speaker]

    assert document.date == dt.date(2024, 3, 14)
    assert document.coverage == 1.0
    assert spoken[0].speaker == "Chairperson Abara"
    assert spoken[0].locator is not None
    assert spoken[0].locator.chapter == "00:00:05"
    assert not any("00:00" in p.text for p in spoken)


def test_motions_votes_questions_and_answers_are_told_apart():
    """Moving and seconding is procedure, putting it to the vote a vote, and answers find theirs."""
    _, passages = read(RECORDED)
    spoken = [p for p in passages if p.speaker]

    assert [p.kind for p in spoken] == [
        PassageKind.PROCEDURE,
        PassageKind.STATEMENT,
        PassageKind.QUESTION,
        PassageKind.ANSWER,
        PassageKind.PROCEDURE,
        PassageKind.PROCEDURE,
        PassageKind.VOTE,
        PassageKind.STATEMENT,
    ]
    assert spoken[3].answers == spoken[2].passage_id
    assert spoken[-1].role is Role.CITIZEN


def test_what_is_told_under_a_new_heading_is_said_by_nobody():
    """A report that the clerk writes down is not said by whoever spoke last."""
    _, passages = read(
        CITY.replace(
            "4. ADJOURNMENT",
            "4. CITY MANAGER'S REPORT\nManager Frost reported that the dock is open.\n"
            "5. ADJOURNMENT",
        )
    )
    (told,) = [passage for passage in passages if "dock is open" in passage.text]
    assert told.speaker is None
    assert told.heading == ("4. CITY MANAGER'S REPORT",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Councilmember Ana Reyes, City Clerk Bo Lund (remote)",
            [("Ana Reyes", "Councilmember"), ("Bo Lund", "City Clerk")],
        ),
        ("Mr. John Smith, Jr., Chair and Kim Oda", [("John Smith", "Chair"), ("Kim Oda", None)]),
        ("None", []),
    ],
)
def test_names_and_posts_of_a_list(text, expected):
    """Titles, generations and remarks are no part of a name; posts stand before it or behind."""
    assert [(person.name, person.post) for person in read_english_people(text)] == expected


def test_a_time_may_stand_behind_the_speaker():
    """``Ana Diaz  1:05`` on a line of its own opens a speech, as some transcripts set it."""
    lines = without_time_codes(
        [
            Line("Ana Diaz  1:05"),
            Line("Is the pier open?"),
            Line("Bo Lee  1:09"),
            Line("Yes."),
            Line("Ana Diaz  1:12"),
            Line("Good."),
        ]
    )
    assert [line.text for line in lines if line.locator] == ["Ana Diaz:", "Bo Lee:", "Ana Diaz:"]


TOWNSHIP = """HARWICK SCHOOL COMMITTEE
Minutes
Date: 02/12/2024
Town Hall, Room 4
Apologies: Councillor Ash
At 7:05 p.m. the Chair called the meeting to order.
1. Budget
THAT the budget be received.
Carried.
2. Roads
Ordinance No. 2024-5 was adopted 4-0.
3. Adjournment
A motion was made to adjourn the meeting. The motion carried 4-0.
"""


def test_other_ways_to_say_hours_places_and_votes():
    """The hour may stand before the words, a body may be named like a room, THAT opens a motion."""
    document, _ = read(TOWNSHIP)

    assert document.body == "Harwick School Committee"
    assert document.place == "Town Hall, Room 4"
    assert document.date == dt.date(2024, 12, 2)
    assert document.sitting is not None
    assert document.sitting.opened == dt.time(19, 5)
    assert [(v.item, v.title, v.ayes) for v in document.sitting.votes] == [
        (None, "THAT the budget be received", None),
        ("Ordinance No. 2024-5", "2. Roads", 4),
    ]
