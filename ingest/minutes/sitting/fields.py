"""The fields of a head: ``日時　令和…``, ``Present: …``, and the lines under each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.document.headings import read_heading
from ingest.document.source import Line


@dataclass(frozen=True, slots=True)
class Section:
    """A field of the head with its lines.

    ``name`` is title, name, date, place, attendees, staff, absent, observers, agenda or other;
    ``label`` is the field's printed name without blanks; ``value`` is what stands after it.
    """

    name: str
    lines: tuple[Line, ...]
    value: str
    label: str = ""


def _spaced(words: str) -> str:
    """Return a pattern for the words, also with blanks between their characters (``日　時``)."""
    return "|".join(r"[ \u3000]*".join(word) for word in words.split())


_LABELS = {
    "name": _spaced("会議名 会議名称 会議の名称 審議会等の名称 附属機関の名称 名称 件名")
    + "|Meeting|Body",
    "absent": _spaced("欠席者 欠席委員 欠席議員 不応招議員 欠席") + "|Absent|Apologies",
    "date": _spaced("開催日時 開会日時 開催年月日 開催日 会議日時 日時 期日 招集年月日 年月日 とき")
    + "|Date(?: and Time)?|Time|When",
    "place": _spaced("開催場所 開会場所 開催会場 会議場所 招集の場所 招集場所 場所 会場 ところ")
    + "|Place|Location|Venue|Where",
    "staff": _spaced(
        "説明のため出席した者 職務のため出席した者 説明員 説明者 出席説明員 出席理事者 理事者"
        " 執行部 当局 事務局 事務局職員 事務局出席者 議会事務局 出席職員 関係職員 関係課"
    )
    + r"|説明の?ため(?:に)?の?出席(?:した|の)?(?:者|職員|説明員)[^ \u3000]{0,8}"
    r"|地方自治法第[0-9０-９一二三四五六七八九十百]+条[^ \u3000]{0,16}出席[^ \u3000]{0,12}"
    r"|[市区町村県都府道]側?の?出席者|[一-鿿]{2,8}会事務局(?:職員|出席者)?"
    "|(?:City )?Staff(?: present)?|Also present|Others present|In attendance",
    "attendees": _spaced(
        "出席者 出席委員 出席議員 出席した者 参加者 応招議員 出席 委員 議長 委員長 会長"
        " 参考人 オブザーバー"
    )
    + "|Present|Attendees|Attendance|Members(?: present)?|Council ?members present|Presiding",
    "observers": _spaced("傍聴者 傍聴人 傍聴") + "|Public",
    "agenda": _spaced(
        "議事日程 議題等 議題 議事 会議次第 次第 日程 案件 付託案件 付議事件 付議案件 審査案件"
        " 本日の会議に付した事件 会議に付した事件 会議に付した案件 所管事務調査 会議事項 報告事項"
        " 審議事項 協議事項 一般質問 会議の概要"
    )
    + "|Agenda",
    "other": _spaced(
        "配布資料 配付資料 会議資料 資料 公開 公開の可否 会議の公開 主宰 記録 担当課"
        " 会議録署名議員 署名委員"
    )
    + "|Recorded by|Minutes by|Documents",
}
_NUMBER = (
    r"[ \u3000]*(?:[-・*•○◯●◇◆■□〇◎][ \u3000]*)?"
    r"(?:[（(]?[0-9０-９一二三四五六七八九十]{1,2}[)）．.、 \u3000]*)?[【\[〔＜<*]*"
)
_REMARK = (
    r"(?:第?[0-9０-９一二三四五六七八九十]+号)?(?:[ \u3000]*[（(][^（）()]*[）)])?[】\]〕＞>*]*"
)
_VALUE = (
    r"(?:[ \u3000\t:：]+(?P<value>\S.*)?"
    r"|(?P<close>(?:[0-9０-９【＜<]|令和|平成|昭和).*)|$)"
)
_PAIR = 2
_FIELDS = tuple(
    (name, re.compile(rf"{_NUMBER}(?P<label>{words}){_REMARK}{_VALUE}", re.DOTALL | re.IGNORECASE))
    for name, words in _LABELS.items()
)


def read_sections(lines: Sequence[Line]) -> list[Section]:
    """Split the head at the lines that open a field."""
    sections = [Section("title", (), "")]
    for line in (part for row in lines for part in _as_lines(row)):
        last = sections[-1]
        field = None if line.cells else read_field(line.text.strip())
        # items of an agenda may themselves be called 報告事項 or 議事
        item = last.name == "agenda" and field is not None and field.name in {"agenda", "other"}
        if field and not (item and read_heading(line)):
            sections.append(replace(field, lines=(line,)))
        else:
            value = f"{last.value}\n{line.text}"
            sections[-1] = replace(last, lines=(*last.lines, line), value=value)
    return [section for section in sections if section.lines]


def _as_lines(line: Line) -> Iterator[Line]:
    """Turn a row of two cells, such as 日時 and the time, into plain lines."""
    cells = [cell.strip() for cell in line.cells if cell.strip()]
    field = read_field(cells[0]) if len(cells) == _PAIR else None
    if field is None or field.value or "。" in cells[-1]:
        yield line
        return
    first, *rest = cells[-1].split("\n")
    yield replace(line, text=f"{cells[0]}\u3000{first}", cells=())
    for text in rest:
        yield replace(line, text=text, cells=())


def read_field(text: str) -> Section | None:
    """Return the field that ``text`` opens, without its lines; ``None`` if it opens none."""
    for name, pattern in _FIELDS:
        match = pattern.match(text)
        if match:
            value = match["value"] or match["close"] or ""
            return Section(name, (), value, "".join(match["label"].split()))
    return None
