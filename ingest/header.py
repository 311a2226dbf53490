"""The head of a document: title, body, date, place, attendees, agenda."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from index.dates import find_dates
from index.passage import Attendee, Role
from ingest import speakers
from ingest.attendance import read_attendee_rows, read_attendees
from ingest.headings import read_heading
from ingest.source import Line


def _spaced(*words: str) -> str:
    return "|".join(r"[ \u3000]*".join(word) for word in words)


_FIELDS: tuple[tuple[str, str], ...] = (
    (
        "name",
        _spaced(
            "会議名", "会議名称", "会議の名称", "審議会等の名称", "附属機関の名称", "名称", "件名"
        )
        + r"|Meeting|Body",
    ),
    ("absent", _spaced("欠席者", "欠席委員", "欠席議員", "欠席") + r"|Absent|Apologies"),
    (
        "date",
        _spaced(
            "開催日時",
            "開会日時",
            "開催年月日",
            "開催日",
            "日時",
            "期日",
            "年月日",
            "とき",
            "招集年月日",
            "会議日時",
        )
        + r"|Date(?: and Time)?|Time|When",
    ),
    (
        "place",
        _spaced("開催場所", "開会場所", "開催会場", "場所", "会場", "ところ", "会議場所")
        + r"|Place|Location|Venue|Where",
    ),
    (
        "staff",
        _spaced(
            "説明のため出席した者",
            "説明のため出席した者の職氏名",
            "説明のために出席した者",
            "説明員",
            "説明者",
            "出席説明員",
            "出席理事者",
            "事務局",
            "職務のため出席した者",
            "事務局職員",
            "議会事務局",
            "事務局出席者",
            "出席職員",
            "市側出席者",
            "執行部",
            "理事者",
            "関係職員",
            "関係課",
        )
        + r"|(?:City )?Staff(?: present)?|Also present|Others present|In attendance",
    ),
    (
        "attendees",
        _spaced(
            "出席者",
            "出席委員",
            "出席議員",
            "出席した者",
            "参加者",
            "委員",
            "議長",
            "委員長",
            "会長",
            "参考人",
            "オブザーバー",
            "応招議員",
        )
        + r"|Present|Attendees|Attendance|Members(?: present)?|Council ?members present|Presiding",
    ),
    ("observers", _spaced("傍聴者", "傍聴人", "傍聴") + r"|Public"),
    (
        "agenda",
        _spaced(
            "議事日程",
            "議題等",
            "議題",
            "議事",
            "会議次第",
            "次第",
            "日程",
            "案件",
            "付託案件",
            "付議事件",
            "付議案件",
            "審査案件",
            "会議に付した事件",
            "本日の会議に付した事件",
            "会議に付した案件",
            "所管事務調査",
            "報告事項",
            "審議事項",
            "協議事項",
            "一般質問",
            "会議の概要",
            "会議事項",
        )
        + r"|Agenda",
    ),
    (
        "other",
        _spaced(
            "配布資料",
            "配付資料",
            "会議資料",
            "資料",
            "公開",
            "公開の可否",
            "会議の公開",
            "主宰",
            "記録",
            "担当課",
            "会議録署名議員",
            "署名委員",
        )
        + r"|Recorded by|Minutes by|Documents",
    ),
)
_NUMBER = r"[ \u3000]*(?:[-・*•○◯●◇◆■□〇◎][ \u3000]*)?(?:[（(]?[0-9０-９一二三四五六七八九十]{1,2}[)）．.、 \u3000]*)?[【\[〔＜<]?"
_FIELD = tuple(
    (
        name,
        re.compile(
            rf"{_NUMBER}(?P<label>{words})(?:[ \u3000]*[（(][^（）()]*[）)])?[】\]〕＞>]?(?:[ \u3000\t:：]+(?P<value>\S.*)?|(?P<close>(?=[0-9０-９]|令和|平成|昭和|【|＜|<).*)|$)",
            re.DOTALL | re.IGNORECASE,
        ),
    )
    for name, words in _FIELDS
)
_BODY_STARTS = re.compile(
    r"(?:主な)?(?:審議|議事|会議|協議)の?(?:内容|要旨|概要|経過|録|結果|大要)|発言(?:内容|要旨)|質疑(?:応答|の概要)?$|主な(?:意見|質疑|発言)|意見交換"
)
_TITLE = re.compile(
    r"議事録|会議録|議事要旨|会議要旨|議事概要|会議概要|要点記録|会議記録|速記録|記録$|条例|規則$|規程$|要綱$|要領$|基準$|報告書|計画|白書|年報|年度版|要覧|概要$|予算|決算"
    r"|\b(?:minutes|transcript|proceedings|report|ordinance|bylaw)\b",
    re.IGNORECASE,
)
_RECORD_ONLY = re.compile(
    r"^(?:議[ \u3000]*事[ \u3000]*録|会[ \u3000]*議[ \u3000]*録|議事要旨|会議要旨|議事概要|要点記録|会議記録|MINUTES|Minutes).{0,8}$"
)
_ORGAN = (
    r"審議会|審査会|委員会|協議会|検討会議|推進会議|部会|分科会|検討会|懇談会|懇話会|推進会|調査会|研究会|定例会|臨時会|本会議|"
    r"説明会|連絡会議|連絡会|公聴会|評議会|理事会|総会|運営会議|区民会議|市民会議|有識者会議|議会|会議"
)
_BODY = re.compile(
    rf"[^\s　、。_（）()「」『』0-9０-９]*?(?:{_ORGAN})(?=会議|[^ぁ-んァ-ヶ一-鿿]|$|議事|会議録|記録|録|要|概|次|第|令|平|報|の)"
)
_ORDINAL = re.compile(
    r"第[ 　]*[0-9０-９一二三四五六七八九十百]+[ 　]*(?:回|号|日目|日|期)|(?:令和|平成|昭和)[ 　]*[0-9０-９元一二三四五六七八九十]+[ 　]*年度?"
    r"|[0-9０-９]{4}年度?|[0-9０-９]+月(?:[0-9０-９]+日)?|[（(][^（）()]*[）)]"
)
_ENGLISH_BODY = re.compile(
    r"\b((?:[A-Z][\w'’&-]*,? (?:of |and |on |the |for )*){1,6}(?:Council|Committee|Commission|Board|Authority|Assembly|Panel)"
    r"|(?:[A-Z][A-Z'&-]+ ){1,5}(?:COUNCIL|COMMITTEE|COMMISSION|BOARD|ASSEMBLY))\b"
)
_COMPACT_DATE = re.compile(r"(?<![0-9A-Za-z])([RHS])(\d{1,2})(\d{2})(\d{2})(?!\d)", re.IGNORECASE)
_PLAIN_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)")
_CALL_TO_ORDER = re.compile(
    r"(?:[0-9IVXA-Z]{1,4}[.)]?[ \t]+)?(?:call(?:ed)? to order|opening)\b", re.IGNORECASE
)
_HOUR = re.compile(r"[（(〔\[]?[ 　]*[○◯〇]?[ 　]*(?:開[ 　]*[会議]|午[ 　]*[前後]|再[ 　]*開)")
_FIRST_NUMBER = re.compile(
    r"[-−・*•]?[ 　]*(?:[（(]?(?:1|１|一|ア|ｱ|a|A|I|Ⅰ)[)）．.、 　\t]|①|⑴|第[1１一](?![0-9０-９十])|(?:日程|議題|議案|案件)第?[1１一](?![0-9０-９十])"
    r"|[○◯〇●◎■◆□【＜《])"
)
_SHORT = 30
_NUMBERED = re.compile(
    r"第?[ 　]*[0-9０-９一二三四五六七八九十]+[ 　．.、]|(?:条例|規則|訓令|告示|規程|要綱)第|改正"
)
_LOOK_FOR_TITLE = 6
_LOOK_FOR_DATE = 40
_DAYS_OF_MONTH = 31


@dataclass(frozen=True, slots=True)
class Section:
    """Lines of the head that belong together; ``name`` is title, date, place, attendees, …"""

    name: str
    lines: tuple[Line, ...]
    value: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """What the head of the document says."""

    title: str
    body: str | None
    date: dt.date | None
    place: str | None
    attendees: tuple[Attendee, ...]
    agenda: tuple[str, ...]
    sections: tuple[Section, ...]


def read_header(lines: Sequence[Line], title: str | None, document: str) -> Header:
    """Read the lines before the first speech; ``title`` is the metadata's, ``document`` the path."""
    sections = _sections(lines)
    found = find_title(lines, title, document)
    return Header(
        title=found,
        body=find_body(found, [line.text for line in lines[:_LOOK_FOR_TITLE]]),
        date=find_date(sections, lines, found, document),
        place=_place(sections),
        attendees=_attendees(sections),
        agenda=_agenda(sections),
        sections=tuple(sections),
    )


def body_start(lines: Sequence[Line], first_turn: int) -> int:
    """Return where the body begins: headings and hours that lead to the first speech are its own.

    A heading whose number goes on from the agenda (``（３）その他``) belongs to the head.
    """
    for at in range(first_turn):
        if _CALL_TO_ORDER.match(lines[at].text.strip()):
            return at
    start = first_turn
    rank: int | None = None
    while start > 0:
        line = lines[start - 1]
        text = line.text.strip()
        heading = read_heading(line)
        if _BODY_STARTS.search(text) and len(text) <= _SHORT:
            return start - 1
        leads = heading is not None and _FIRST_NUMBER.match(text) and not _field(text)
        if _HOUR.match(text) and len(text) < _SHORT:
            start -= 1
        elif heading and leads and (rank is None or heading.rank < rank):
            rank = heading.rank
            start -= 1
        else:
            break
    return start


def find_title(lines: Sequence[Line], title: str | None, document: str) -> str:
    """Return the title: of the metadata, else the first line that looks like one, else the file's name."""
    if title and title.strip() and _TITLE.search(title):
        return _one_line(title)
    head = [line for line in lines[:_LOOK_FOR_TITLE] if line.text.strip() and len(line.text) <= 100]
    for at, line in enumerate(head):
        text = _one_line(line.text).lstrip("○◯〇◎●■◆□ ")
        if _RECORD_ONLY.match(text) and at > 0 and at < 3:
            return f"{_one_line(head[at - 1].text)} {text}"
        named = (
            re.search(r"(?:会議名|会議の名称|名称)[ :：]*(\S.*)", _one_line(head[at + 1].text))
            if at + 1 < len(head)
            else None
        )
        if _RECORD_ONLY.match(text):
            return f"{named[1]} {re.sub(r' ', '', text)}" if named else text
        if line.level == 1 or (
            _TITLE.search(text) and not text.endswith("。") and not _NUMBERED.match(text)
        ):
            return text
    if head and not head[0].text.strip().endswith("。"):
        return _one_line(head[0].text)
    if title and title.strip():
        return _one_line(title)
    return PurePosixPath(document).stem


def find_body(title: str, head: Sequence[str]) -> str | None:
    """Return the name of the body that met, without numbers: ``個人情報保護審議会``, ``品川区議会定例会``."""
    for text in (title, *head):
        names = _body_names(text)
        if not names:
            continue
        council = next((name for name in names if name.endswith("議会")), None)
        best = next((name for name in reversed(names) if not name.endswith("議会")), names[-1])
        if best.endswith("議会") or council is None:
            session = next(
                (word for line in head for word in ("定例会", "臨時会") if word in line), ""
            )
            return (
                best + session
                if best.endswith(
                    ("市議会", "区議会", "町議会", "村議会", "県議会", "都議会", "府議会", "道議会")
                )
                else best
            )
        return council + best if best in {"定例会", "臨時会", "本会議"} else best
    for text in (title, *head):
        match = _ENGLISH_BODY.search(text)
        if match:
            return match[1]
    return None


def _body_names(text: str) -> list[str]:
    clean = _ORDINAL.sub(" ", text)
    clean = re.sub(
        r"(?:会議録|会議記録|会議要旨|会議概要|会議結果|会議次第|議事録|委員会記録)",
        lambda m: "委員会 " if m[0] == "委員会記録" else " ",
        clean,
    )
    return [
        match[0]
        for match in re.finditer(rf"[一-鿿ぁ-んァ-ヶー々・]*?(?:{_ORGAN})(?![一-鿿])", clean)
    ]


def find_month(head: Sequence[Line]) -> dt.date | None:
    """Return the first day, or the first day of the first month, that the head names."""
    found = [date for line in head for date in find_dates(line.text)]
    day = next((date.start for date in found if date.start == date.end), None)
    month = next(
        (date.start for date in found if (date.end - date.start).days <= _DAYS_OF_MONTH), None
    )
    return day or month


def find_date(
    sections: Sequence[Section], lines: Sequence[Line], title: str, document: str
) -> dt.date | None:
    """Return the day: of the 日時 line, else the first of the head, the title, the file's name."""
    dated = [section.value for section in sections if section.name == "date"]
    head = [line.text for line in lines[:_LOOK_FOR_DATE]]
    for text in (*dated, *head, title, document):
        for found in find_dates(text):
            if found.start == found.end:
                return found.start
    return _date_of_name(document)


def _date_of_name(document: str) -> dt.date | None:
    compact = _COMPACT_DATE.search(document)
    if compact:
        era, year, month, day = compact.groups()
        found = find_dates(f"{era.upper()}{int(year)}.{int(month)}.{int(day)}")
        if found:
            return found[0].start
    plain = _PLAIN_DATE.search(document)
    if plain:
        try:
            return dt.date(int(plain[1]), int(plain[2]), int(plain[3]))
        except ValueError:
            return None
    return None


def _starts_field(text: str) -> bool:
    return any(pattern.match(text) for _, pattern in _FIELD)


def _sections(lines: Sequence[Line]) -> list[Section]:
    sections = [Section("title", (), "")]
    for line in lines:
        last = sections[-1]
        field = _field(line.text.strip())
        in_agenda = last.name == "agenda" and field is not None
        if field and not (in_agenda and field.name in {"agenda", "other"} and read_heading(line)):
            sections.append(replace(field, lines=(line,)))
        else:
            value = f"{last.value}\n{line.text}"
            sections[-1] = replace(last, lines=(*last.lines, line), value=value)
    return [section for section in sections if section.lines]


def _field(text: str) -> Section | None:
    """Read ``日時　令和…``: which field the line opens, its label and its value."""
    for name, pattern in _FIELD:
        match = pattern.match(text)
        if match:
            value = match["value"] or match["close"] or ""
            label = re.sub(r"[\s　]+", "", match["label"])
            return Section(name, (), value, label)
    return None


def _place(sections: Sequence[Section]) -> str | None:
    for section in sections:
        if section.name == "place":
            text = _one_line(section.value.strip().split("\n")[0])
            return text or None
    return None


def _attendees(sections: Sequence[Section]) -> tuple[Attendee, ...]:
    found: list[Attendee] = []
    for section in sections:
        if section.name in {"attendees", "staff"}:
            side = Role.EXECUTIVE if section.name == "staff" else None
            members = section.label.endswith(("委員", "議員"))
            post = (
                "委員"
                if members
                else section.label
                if speakers.role_of(section.label) is Role.CHAIR
                else None
            )
            text = "\n".join(
                [section.value.split("\n")[0]]
                + [line.text for line in section.lines[1:] if not line.cells]
            )
            text = f"{post} {text}" if post and not members else text
            found.extend(read_attendees(text, side, post))
            found.extend(read_attendee_rows(section.lines, side))
    unique = {(person.name, person.post): person for person in found}
    return tuple(unique.values())


def _agenda(sections: Sequence[Section]) -> tuple[str, ...]:
    items: list[str] = []
    for section in sections:
        if section.name == "agenda":
            items.extend(
                re.sub(r"^[-・*•][ \u3000]+", "", text.strip())
                for text in section.value.split("\n")
                if text.strip() and re.search(r"\w", text)
            )
    return tuple(items)


def _one_line(text: str) -> str:
    return re.sub(r"[\s　]+", " ", text).strip(" #_")
