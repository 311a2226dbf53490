"""Forms of English minutes: parish councils, numbered paragraphs, action minutes, transcripts."""

from index.passage import DocumentKind, PassageKind
from index.record import Outcome, Role
from tests.ingest.lines import read

PARISH = """UPPER FELBRIDGE PARISH COUNCIL
Minutes of the Meeting of the Parish Council held on 14th May 2024 at 7.30pm in the Hall
Present: Cllr R Thorne (Chairman), Cllr P Venn
24/031 APOLOGIES FOR ABSENCE
Apologies were received from Cllr H Brace.
24/032 PLAY AREA
24/00417/FUL was noted.
Cllr Venn proposed new turf. The motion was CARRIED (4 for, 1 against).
"""
SCRUTINY = """HARROW VALE BOROUGH COUNCIL
OVERVIEW AND SCRUTINY COMMITTEE
MINUTES
Wednesday, 6 November 2024, 6.00 pm
PRESENT:
Councillor Beatrice Lowe (Chair)
Councillor Tomas Hale (Vice-Chair)
Councillors Imogen Dyer, Farid Rahimi and Owen Stott
33. MINUTES
33.1 RESOLVED: That the minutes of 2 October 2024 be agreed.
34. HOUSING
34.1 The Head of Housing introduced the report.
34.2 RESOLVED:
(1) That the report be noted.
(2) That a further report be brought in six months.
"""
ACTION = """QUARRY SPRINGS BOARD OF SUPERVISORS
ACTION MINUTES
Tuesday, January 9, 2024
Roll Call: Supervisors Anders, Boyle, Chair Ekstrom. Absent: Dwyer.
1. Award of the contract for the jail roof.
ACTION: Motion by Supervisor Boyle to award the contract. Motion carried 3-0.
"""
TRANSCRIPT = """CITY OF CEDAR MILL
TRANSCRIPT
March 19, 2024
MAYOR ELLISON: Please call the roll.
COUNCIL MEMBER ABBOTT: Here.
MR. NOLAN: This is a contract for 4,200 meters.
COUNCIL MEMBER DUARTE: How long will the work take?
MR. NOLAN: Eighteen months, from June.
COUNCIL MEMBER ABBOTT: I move approval.
MAYOR ELLISON: All in favor? Motion carries, three to zero. Next, public comment.
MS. HARGROVE: I live on Elm Street. Why was the signal removed?
MR. NOLAN: A truck struck the pole. The new one comes in April.
"""


def test_minutes_of_a_parish_council():
    """The second line says what they are; each minute has its number and the year."""
    document, passages = read(PARISH)
    assert (document.kind, document.body) == (
        DocumentKind.MINUTES,
        "Upper Felbridge Parish Council",
    )
    assert document.title.startswith("UPPER FELBRIDGE PARISH COUNCIL Minutes of the Meeting")
    assert [p.heading for p in passages if p.heading] == [
        ("24/031 APOLOGIES FOR ABSENCE",),
        ("24/032 PLAY AREA",),
    ]
    assert [(v.outcome, v.ayes, v.nays) for v in document.sitting.votes] == [(Outcome.PASSED, 4, 1)]


def test_what_is_resolved_below_the_word():
    """Each item is a decision of its own; several members stand on one line, a deputy is one."""
    document, _ = read(SCRUTINY)
    assert [vote.title for vote in document.sitting.votes] == [
        "That the minutes of 2 October 2024 be agreed",
        "That the report be noted",
        "That a further report be brought in six months",
    ]
    roles = {person.name: person.role for person in document.attendees}
    assert roles.pop("Beatrice Lowe") is Role.CHAIR
    members = {"Tomas Hale", "Imogen Dyer", "Farid Rahimi", "Owen Stott"}
    assert roles == dict.fromkeys(members, Role.MEMBER)


def test_those_absent_stand_on_the_line_of_those_present():
    """Action minutes print both in one line, and are called after the board above them."""
    document, _ = read(ACTION)
    assert document.title == "QUARRY SPRINGS BOARD OF SUPERVISORS ACTION MINUTES"
    assert [person.name for person in document.attendees] == ["Anders", "Boyle", "Ekstrom"]
    assert [person.name for person in document.sitting.absentees] == ["Dwyer"]


def test_who_reports_before_the_public_is_heard_is_no_citizen():
    """A mere name that answers members answers the public too; calling the roll is no vote."""
    document, passages = read(TRANSCRIPT)
    nolan = [(p.role, p.kind) for p in passages if p.speaker == "MR. NOLAN"]
    assert nolan[1:] == [(Role.EXECUTIVE, PassageKind.ANSWER)] * 2
    assert [vote.manner for vote in document.sitting.votes] == [None]
