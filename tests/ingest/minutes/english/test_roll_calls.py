"""How each member voted, in English minutes, as data."""

import pytest
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from index.record import Cast
from ingest.isolation.in_process import read_document
from tests.ingest.lines import read

HEAD = """\
CITY OF ALDERTON
CITY COUNCIL
MINUTES OF THE REGULAR MEETING
Tuesday, June 4, 2024, 6:30 PM
Present: Mayor Dana Ford, Councilmembers Ana Diaz, Bo Lee and Cy Marsh
1. Skate Park
Councilmember Marsh moved to build the skate park. Councilmember Diaz seconded.
"""
END = "The meeting adjourned at 8:05 PM.\n"


def calls(told):
    """Return matter and votes of each roll call in minutes that print ``told`` under a motion."""
    document, _ = read(f"{HEAD}{told}\n{END}")
    return [
        (call.title, {each.name: each.cast for each in call.members})
        for call in document.sitting.roll_calls
    ]


SPLIT = {"Marsh": Cast.FOR, "Diaz": Cast.FOR, "Ford": Cast.FOR, "Lee": Cast.AGAINST}
FORMS = {
    "lists, line by line": (
        "Ayes: Marsh, Diaz and Mayor Ford\nNoes: Lee\nAbsent: None\nMotion carried."
    ),
    "lists in a sentence": (
        "The motion carried by the following vote: AYES: Marsh, Diaz, Ford; NOES: Lee;"
        " ABSENT: None."
    ),
    "lists with counts": "YES (3): Marsh, Diaz, Ford. NO (1): Lee.\nThe motion passed.",
    "name by name": "Roll call: Marsh – aye; Diaz – aye; Ford – aye; Lee – nay. Motion carried.",
    "a name a line": (
        "Councilmember Marsh: Yes\nCouncilmember Diaz: Yes\nMayor Ford: Yes\n"
        "Councilmember Lee: No\nMotion carried 3-1."
    ),
    "a table of ticks": (
        "Motion carried 3-1.\nMember\tYes\tNo\tAbsent\nMarsh\tX\nDiaz\tX\nMayor Ford\tX\nLee\t\tX"
    ),
    "a table of words": (
        "Motion carried 3-1.\nMember\tVote\nMarsh\tAye\nDiaz\tAye\nMayor Ford\tAye\nLee\tNay"
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_how_each_voted_stands_with_the_motion(form):
    """However it is printed; posts are no part of the names."""
    assert calls(FORMS[form]) == [("build the skate park", SPLIT)]


REMARKS = {
    "Carried 3-1 with Lee opposed.": ("Carried", 3, 1, {"Lee": Cast.AGAINST}),
    "Motion passed 5-0-1 (Marsh abstaining).": ("passed", 5, 0, {"Marsh": Cast.ABSTAINED}),
    "Motion carried 4-1, Councilmember Lee dissenting.": ("carried", 4, 1, {"Lee": Cast.AGAINST}),
    "Motion carried 3-1. Lee voted no.": ("carried", 3, 1, {"Lee": Cast.AGAINST}),
    "Approved 4-1-1 (Lee opposed, Diaz abstained).": (
        *("Approved", 4, 1),
        {"Lee": Cast.AGAINST, "Diaz": Cast.ABSTAINED},
    ),
    "Passed 3 to 2, Lee and Marsh opposing.": (
        *("Passed", 3, 2),
        {"Lee": Cast.AGAINST, "Marsh": Cast.AGAINST},
    ),
    "VOTE: 2-2 (Lee, Marsh no; Diaz absent). FAILED on a tie.": (
        *("FAILED", 2, 2),
        {"Lee": Cast.AGAINST, "Marsh": Cast.AGAINST, "Diaz": Cast.ABSENT},
    ),
}


@pytest.mark.parametrize("told", REMARKS)
def test_who_voted_otherwise_stands_beside_the_result(told):
    """Result, counts, and the members that are named; of the others nothing is said."""
    document, _ = read(f"{HEAD}{told}\n{END}")
    (vote,), (call,) = document.sitting.votes, document.sitting.roll_calls
    assert (vote.title, vote.result, vote.ayes, vote.nays) == (
        "build the skate park",
        *REMARKS[told][:3],
    )
    assert call.partial
    assert {each.name: each.cast for each in call.members} == REMARKS[told][3]


@pytest.mark.parametrize(
    "told", ["Motion carried 3-2 with Lee opposed.", "All in favor. Carried 4-0. None opposed."]
)
def test_names_that_are_not_all_or_none_tell_nothing(told):
    """Where the count says of one more, it is not told who voted how."""
    assert calls(told) == []


def test_a_motion_may_be_a_field():
    """MOTION: and VOTE: of action minutes, each with its own result."""
    text = (
        "MOTION:  Keep Route 7 unchanged.   Moved: Marsh.  Second: Lee.\n"
        "AMENDMENT: Until June.  Moved: Diaz.  Second: Lee.\n"
        "VOTE ON AMENDMENT: 2-2 (Marsh, Ford no).  FAILED.\n"
        "MOTION:  Refer the matter to the Mobility Committee.\n"
        "Moved: Marsh.  Second: Lee.\nVOTE:  4-0.  CARRIED.\n"
    )
    document, passages = read(f"{HEAD}{text}{END}")
    assert [(v.title, v.result, v.ayes, v.nays) for v in document.sitting.votes] == [
        ("Until June", "FAILED", 2, 2),
        ("Refer the matter to the Mobility Committee", "CARRIED", 4, 0),
    ]
    assert any(p.text.startswith("MOTION:  Refer") and "CARRIED" in p.text for p in passages)


def test_a_table_of_motions_by_members_names_the_matter_itself(tmp_path):
    """Each row is a motion, each column a member."""
    rows = ["Motion,Marsh,Diaz,Lee", "Fence,Yes,No,Yes", "Lights,Yes,Yes,Abstain"]
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split(",")) for row in rows)
    table = "".join(f"<tr>{each}</tr>" for each in cells)
    lines = "".join(f"<p>{line}</p>" for line in f"{HEAD}{END}".splitlines())
    path = tmp_path / "minutes.html"
    path.write_text(f"<html><body>{lines}<table border=1>{table}</table></body></html>", "utf-8")
    document, _ = read_document(path, path.name, "0" * 64)
    assert [
        (call.title, [(each.name, each.cast.value) for each in call.members])
        for call in document.sitting.roll_calls
    ] == [
        ("Fence", [("Marsh", "for"), ("Diaz", "against"), ("Lee", "for")]),
        ("Lights", [("Marsh", "for"), ("Diaz", "for"), ("Lee", "abstained")]),
    ]


def test_a_ruled_table_of_ticks_in_a_pdf(tmp_path):
    """A row has two cells that hold anything: under which head the tick stands is kept."""
    ways = ["Member", "Aye", "Nay", "Abstain", "Absent"]
    voted = {"Mayor Ford": 1, "Councilmember Diaz": 1, "Councilmember Lee": 2, "Marsh": 3}
    rows = [
        [name, *("X" if at == way else "" for at in (1, 2, 3, 4))] for name, way in voted.items()
    ]
    table = Table([ways, *rows], style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")]))
    style = getSampleStyleSheet()["Normal"]
    said = [Paragraph(line, style) for line in HEAD.splitlines()]
    said.append(Paragraph("The motion carried 2-1.", style))
    SimpleDocTemplate(str(tmp_path / "a.pdf")).build([*said, Spacer(1, 9), table])
    document, passages = read_document(tmp_path / "a.pdf", "a.pdf", "0" * 64)
    (call,) = document.sitting.roll_calls
    assert call.title == "build the skate park"
    assert [(each.name, each.cast) for each in call.members] == [
        ("Ford", Cast.FOR),
        ("Diaz", Cast.FOR),
        ("Lee", Cast.AGAINST),
        ("Marsh", Cast.ABSTAINED),
    ]
    assert passages[call.members[0].passage].text.startswith("Member\tAye\tNay")


@pytest.mark.parametrize(
    "told",
    [
        "Ayes: Marsh, Diaz, Ford\nNoes: 1\nMotion carried.",
        "Ayes: All\nNoes: None\nMotion carried.",
        "Ayes (4): Marsh, Diaz, Ford\nNoes: Lee\nMotion carried.",
        "Ayes: Marsh, Diaz\nNoes: Lee, Diaz\nMotion carried.",
        "Motion carried 3-1.\nMember\tYes\tNo\nMarsh\tX\tX\nDiaz\tX",
        "Ayes: 3\nNoes: 1\nMotion carried.",
    ],
)
def test_what_may_be_wrong_or_lack_somebody_is_no_data(told):
    """Numbers for names, counts that differ, and who stands on both sides."""
    assert calls(told) == []


def test_each_motion_has_its_own_roll_call():
    """Two under one heading: the second does not vote on the first."""
    told = (
        "Ayes: Marsh, Diaz\nNoes: Lee, Ford\nMotion failed 2-2.\n"
        "Motion by Lee to study the skate park.\nAyes: Lee, Ford, Diaz\nNoes: Marsh\nMotion passed."
    )
    assert [(title, votes["Lee"]) for title, votes in calls(told)] == [
        ("build the skate park", Cast.AGAINST),
        ("study the skate park", Cast.FOR),
    ]
