"""The title of a document, and the body that it comes from."""

import re
from collections.abc import Sequence
from itertools import takewhile
from pathlib import PurePosixPath

from index.council.items import ITEM
from ingest.document.articles import BRANCHES, begins_with_article
from ingest.document.characters import NUMBER, NUMERALS
from ingest.document.source import Line

RECORD_WORDS = (
    "議[ 　]*事[ 　]*録|会[ 　]*議[ 　]*録|(?:議事|会議)(?:要旨|概要)|(?:要点|会議)記録|速記録"
)
"""What minutes are called, as a pattern."""
_TITLE = re.compile(
    rf"{RECORD_WORDS}|記録$"
    r"|条例|規則$|規程$|要綱$|要領$|基準$|(?<!方)法(?:律|施行令)?$|[政省]令$"
    r"|報告書|計画|白書|年報|年度版|要覧|概要$|予算|決算"
    r"|(?:議決|審議|審査|採決|表決)の?結果|賛否(?:一覧|の?(?:状況|公表))|一覧表?$"
    r"|\b(?:minutes|transcript|proceedings|report|ordinance|bylaw|municipal code"
    r"|code of ordinances)\b",
    re.IGNORECASE,
)
_RECORD_ONLY = re.compile(
    rf"(?:{RECORD_WORDS}|(?:(?:action|draft|approved) )?minutes|transcript).{{0,8}}$", re.IGNORECASE
)
_NAMED = re.compile(r"(?:会議名|会議の名称|名称)[ :：]*(\S.*)")
_NUMBERED = re.compile(
    r"第? *[0-9０-９一二三四五六七八九十]+[ ．.、]|[^ 　]{0,12}?(?:条例|規則|訓令|告示"
    r"|規程|要綱)第|改正"
)
_ORGAN = (
    "審議会|審査会|委員会|協議会|部会|分科会|検討会|懇談会|懇話会|推進会|調査会|研究会|定例会|臨時会|説明会"
    "|連絡会|公聴会|評議会|理事会|総会|議会|会議"
)
_BODY = re.compile(rf"[一-鿿ぁ-んァ-ヶー々・]*?(?:{_ORGAN})(?![一-鿿])")
_RECORD_WORD = re.compile(RECORD_WORDS)
_COUNCILS = tuple(f"{place}議会" for place in "市区町村県都府道")
_SESSIONS = ("定例会", "臨時会")
_ORDINAL = re.compile(
    rf"第[ 　]*{NUMBER}[ 　]*(?:回|号|日目|日|期|次)"
    rf"|(?:令和|平成|昭和)[ 　]*[{NUMERALS}元]+[ 　]*年度?"
    r"|[0-9０-９]{4}年度?|[0-9０-９]+月(?:[0-9０-９]+日)?|[（(][^（）()]*[）)]"
)
_PARTS = ("部会", "専門部会", "分科会", "小委員会")
_PART = re.compile(rf"第[ 　]*{NUMBER}[ 　]*(?:専門)?(?:部会|分科会|小委員会)")
_ENGLISH_BODY = re.compile(
    r"\b((?:[A-Z][\w'’&-]*,? (?:of |and |on |the |for )*){1,6}"
    r"(?:Council|Committee|Commission|Board|Authority|Assembly|Panel)"
    r"|(?:[A-Z][A-Z'&-]+ ){1,5}(?:COUNCIL|COMMITTEE|COMMISSION|BOARD|ASSEMBLY))\b"
)
_MINUTES_OF = re.compile(
    r"(?:draft |approved )?(?:minutes|transcript|proceedings) of .{5,90}?(?=,? (?:held|on|at) )",
    re.IGNORECASE,
)
_LETTERHEAD = re.compile(
    rf"[一-鿿ぁ-ん]{{1,8}}[ 　]*(?:[発収][ 　]*)?第[ 　]*{NUMBER}[ 　]*号(?:の{NUMBER})?$"
    rf"|(?:令和|平成|昭和)[ 　]*[{NUMERALS}元]+[ 　]*年[^、。]{{0,12}}日$"
    r"|.{2,40}(?:様|殿|あて|宛て?)$"
)
"""Number, day and addressee of a letter, above what it is called."""
_OF_ARTICLE = re.compile(rf"[ \u3000_＿・‐-]*第[ \u3000]*{NUMBER}[ \u3000]*条{BRANCHES}.*$")
_MARKS = "○◯〇◎●■◆□ "
_LOOK = 6
_MOST_ABOVE = 2
"""Lines that may be 「Minutes of …」: the first, or the one below the council's name."""
_LIST = 30
_OF_A_LIST = re.compile(rf"[ \u3000]*{ITEM}")
_MOST_CELLS = 2
_LONGEST = 100


def find_title(lines: Sequence[Line], title: str | None, document: str) -> str:
    """Return the title: the metadata's, the first line that looks like one, or the file's name.

    ``title`` is what the metadata says, ``document`` the file's path.
    """
    given = one_line(title or "")
    if _TITLE.search(given):
        return given
    head = [one_line(line.text) for line in lines[:_MOST_ABOVE]]
    for at, text in enumerate(head):
        if opening := _MINUTES_OF.match(text):
            return " ".join([*head[:at], opening[0]])
    stem = PurePosixPath(document).stem
    if begins_with_article(line.text for line in lines):
        # an extract, called after its law
        return given or _OF_ARTICLE.sub("", stem).lstrip(_MARKS) or stem
    return _titled_in_head(lines) or given or stem


def _titled_in_head(lines: Sequence[Line]) -> str | None:
    """Return the first line that looks like a title, else the first that is no sentence."""
    above = takewhile(lambda line: _LETTERHEAD.match(one_line(line.text)), lines[:_LOOK])
    first = sum(1 for _ in above)
    head = [
        line
        for line in lines[first : first + _LOOK]
        if line.text.strip() and len(line.text) <= _LONGEST and not _is_row(line)
    ]
    if sum(1 for line in lines[:_LIST] if _OF_A_LIST.match(line.text)) > 1:
        # a list of bills is not called after its first
        head = [line for line in head if not _OF_A_LIST.match(line.text)]
    for at, line in enumerate(head):
        text = one_line(line.text).lstrip(_MARKS)
        if _RECORD_ONLY.match(text):
            return _with_meeting(text, head, at)
        called = _TITLE.search(text) and not text.endswith("。") and not _NUMBERED.match(text)
        # a sheet's name is a heading, but seldom that of the whole
        if called or (line.level == 1 and not (line.locator and line.locator.sheet)):
            return text
    head = [line for line in head if not (line.locator and line.locator.sheet and line.level)]
    if head and not head[0].text.strip().endswith("。"):
        return one_line(head[0].text)
    return None


def _is_row(line: Line) -> bool:
    """Say whether it is a row of a table: one or two cells may be a title and its unit."""
    return sum(bool(cell.strip()) for cell in line.cells) > _MOST_CELLS


def find_body(title: str, head: Sequence[str]) -> str | None:
    """Return the name of the body that met, without numbers.

    ``個人情報保護審議会``; ``品川区議会定例会`` for a plenary sitting, where it is printed in the
    title or the first lines (``head``).
    """
    for text in (title, *head):
        names = _BODY.findall(_RECORD_WORD.sub(" ", _without_numbers(text)))
        part = _PART.search(text)
        whole = next((name for name in names if name not in _PARTS), None)
        if part and whole:
            return f"{whole} {one_line(part[0])}"
        if names:
            return _choose_body(names, head)
    found = (match for text in (title, *head) if (match := _ENGLISH_BODY.search(text)))
    return next((match[1] for match in found), None)


def one_line(text: str) -> str:
    """Return ``text`` on one line, with single blanks and without heading marks."""
    return " ".join(text.split()).strip(" #_")


def _with_meeting(record: str, head: Sequence[Line], at: int) -> str:
    """A line that is only 会議録 takes the meeting's name from the line before or after it."""
    if at > 0:
        return f"{one_line(head[at - 1].text)} {record}"
    named = _NAMED.search(one_line(head[1].text)) if len(head) > 1 else None
    return f"{named[1]} {record.replace(' ', '')}" if named else record


def _without_numbers(text: str) -> str:
    return _ORDINAL.sub(" ", text).replace("委員会記録", "委員会 ")


def _council_in(head: Sequence[str]) -> str | None:
    """Return the council that one of the first lines names, apart from its session."""
    names = (name for text in head for name in _BODY.findall(_without_numbers(text)))
    return next((name for name in names if name.endswith(_COUNCILS)), None)


def _choose_body(names: Sequence[str], head: Sequence[str]) -> str:
    """Of the names in one line, the last that is not the council itself; a council's session."""
    council = next((name for name in names if name.endswith("議会")), None) or _council_in(head)
    best = next((name for name in reversed(names) if not name.endswith("議会")), names[-1])
    if best.endswith("議会"):
        session = (word for line in head for word in _SESSIONS if word in line)
        return best + next(session, "") if best.endswith(_COUNCILS) else best
    return council + best if council and best in {*_SESSIONS, "本会議"} else best
