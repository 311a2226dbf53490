"""Attendance lists: names and posts in either order (``中嶋会長``, ``市長　中嶋``)."""

import re
from collections.abc import Iterator, Sequence

from index.record import Attendee, Role
from ingest.document.source import Line
from ingest.minutes.sitting.posts import NAME_THEN_POST, OFFICE, POST, POST_THEN_NAME
from ingest.minutes.sitting.wide_names import BLANK, join_seat_and_name, join_spaced_characters
from ingest.minutes.speakers import speakers

_GROUP = re.compile(
    r"[【＜<〔\[《]([^】＞>〕\]》]{1,20})[】＞>〕\]》]|[（(]([^（）()]{0,12}(?:委員|事務局|側|職員|説明員"
    r"|執行部|理事者))[）)]"
)
_REMARK = re.compile(r"[（(][^（）()]*[）)]")
_SPACED_POST = re.compile(
    r"(?<![一-鿿])(副)?[ \u3000]{0,20}(委|議|会|座|部|課|局|室|市|町|村|区|教)[ \u3000]+(員|長"
    r"|育[ \u3000]*長)(?=[ \u3000：:]|$)"
)
_SEAT_APART = re.compile(r"([0-9０-９〇一二三四五六七八九十百]{1,9})[ \u3000]{1,20}番(?=[ \u3000])")
_UNIT_ENDS = tuple("課部局室係班")
_LONGEST_UNIT = 4
_PRESENCE_HEADS = ("出欠", "出席状況")
_NAME_HEADS = ("氏名", "名前", "name")
_POST_HEADS = ("役職", "職名", "所属", "職", "post", "title")
_AWAY = ("欠", "欠席", "×", "✕", "✗")
_TWO = 2
_MOST_PARTS = 3
_LONGEST_WHOLE = 8
_LONGEST_ENTRY = 60
_ENTRY = re.compile(r"[、，,;；\n\t]|[ \u3000]{2,}|[ \u3000](?=[^\s、，：:]{2,8}[：:])")
_SEATS = re.compile(r"(?:^|(?<=[ \u3000]))(?=[0-9０-９〇一二三四五六七八九十百]{1,9}番[ \u3000])")
_LEAD = re.compile(r"^[-・*•○◯◎◇◆□■●〇\d０-９.．)）]*[ \u3000]*(?=[^\d０-９番])")
_COUNT = re.compile(
    r"(?:ほか|他)?[ \u3000]{0,20}[0-9０-９一二三四五六七八九十]{1,9}[ \u3000]{0,20}(?:名|人)(?:中)?"
)
_SURNAME = re.compile(r"^(?:[一-鿿々〆髙﨑𠮷]{1,2}(?=[ぁ-んァ-ヶー])|[一-鿿々〆髙﨑𠮷ヶツノ]{2})")
_LONGEST_NAME = 5
_LONGEST_GIVEN = 3
_WHOLE_NAME = 3
"""Characters of words that are whole names on the average: 林一郎　谷幸子　大森茂　…"""
_NO_NAMES = ("なし", "無し", "同", "市", "区", "町", "村", "県")
_NO_NAME = re.compile("会議|議事|議題|内容|概要|要旨|質疑|配[布付]|資料|次第|公開|傍聴")
"""Words of the lines below a list."""
_PLAIN_POSTS = ("委員", "議員", "会長", "副会長", "委員長", "副委員長", "座長", "議長", "副議長")
_SHARED = ("委員", "議員")
_REMARKED = re.compile(
    r"[ \u3000]{0,20}[（(][ \u3000]{0,20}欠[ \u3000]{0,20}席?[ \u3000]{0,20}[）)]"
)


def read_attendees(text: str, side: Role | None = None, post: str | None = None) -> list[Attendee]:
    """Return the people named in a list.

    ``side`` is the role of people whose post implies none; ``post`` replaces a missing post.
    """
    found: list[Attendee] = []
    each = next((shared for shared in _SHARED if f"の各{shared}" in text), None)
    if each:
        # 尾花、国東の各委員: the post of all names without one
        text, post = text.replace(f"の各{each}", ""), each
    for part, role, default in _split_by_group(text, side, post):
        shared = default
        for entry in _entries(part):
            persons = list(_persons_in_entry(entry, role, shared))
            found.extend(persons)
            if persons and persons[-1].post in _SHARED and entry.startswith(persons[-1].post or ""):
                # 委員　水島香織、亀井昭: the post applies to all names after it
                shared = persons[-1].post
    return found


def read_attendee_rows(lines: Sequence[Line], side: Role | None = None) -> list[Attendee]:
    """Return the people in an attendance table, by its columns for name and post."""
    rows = [line.cells for line in lines if line.cells]
    if not rows:
        return []
    names, posts = find_column(rows, _NAME_HEADS), find_column(rows, _POST_HEADS)
    if names is None:
        return [person for row in rows for person in read_attendees("\n".join(row), side)]
    found: list[Attendee] = []
    for row in rows[1:]:
        name = BLANK.sub(" ", row[names]).strip() if names < len(row) else ""
        post = row[posts].strip() if posts is not None and posts < len(row) else None
        group = row[0] if names != 0 else ""
        if name:
            found.append(
                _person(name, _REMARK.sub("", post or "") or None, _side_of(group) or side)
            )
    return found


def read_absentees(lines: Sequence[Line], listed: Sequence[Attendee]) -> list[Attendee]:
    """Return the listed people marked as absent: ``小森委員（欠席）``, or by a column 出欠."""
    rows = [line.cells for line in lines if line.cells]
    column = find_column(rows, _PRESENCE_HEADS)
    if column is not None:
        away = [
            speakers.fold_label("".join(row))
            for row in rows[1:]
            if column < len(row) and row[column].strip() in _AWAY
        ]
    else:
        away = [
            speakers.fold_label(line.text[max(0, match.start() - _LONGEST_ENTRY) : match.start()])
            for line in lines
            for match in _REMARKED.finditer(line.text)
        ]
        opened = (_REMARKED.match(line.text.strip("\u3000 ・")) for line in lines)
        away += [
            speakers.fold_label(match.string[match.end() :][:_LONGEST_ENTRY])
            for match in opened
            if match
        ]
    ends = [(speakers.fold_label(person.name), person) for person in listed]
    return [
        person
        for name, person in ends
        if any(
            words.endswith((name, name + (person.post or "")))
            or (column is not None and name in words)
            for words in away
        )
    ]


def find_column(rows: Sequence[Sequence[str]], heads: Sequence[str]) -> int | None:
    """Return the column whose head (in the first row) is, or contains, one of the words.

    English words and single characters must be the whole head.
    """
    cells = [speakers.fold_label(cell).lower() for cell in rows[0]] if rows else []
    parts = [head for head in heads if len(head) > 1 and not head.isascii()]
    found = (
        at for at, cell in enumerate(cells) if cell in heads or any(head in cell for head in parts)
    )
    return next(found, None)


def _split_by_group(
    text: str, side: Role | None, post: str | None
) -> Iterator[tuple[str, Role | None, str | None]]:
    at, role, default = 0, side, post
    for match in _GROUP.finditer(text):
        yield text[at : match.start()], role, default
        group = match[1] or match[2]
        role = _side_of(group) or side
        default = "委員" if group.endswith("委員") else None
        at = match.end()
    yield text[at:], role, default


def _side_of(group: str) -> Role | None:
    if re.search("事務局|職員|市側|区側|町側|執行部|理事者|説明員|staff", group, re.IGNORECASE):
        return Role.EXECUTIVE
    return speakers.role_of(group) if group else None


def _entries(text: str) -> Iterator[str]:
    text = _SEAT_APART.sub(r"\1番", text)
    text = "\n".join(join_spaced_characters(line) for line in text.split("\n"))
    text = _SPACED_POST.sub(
        lambda match: f"{match[1] or ''}{match[2]}{BLANK.sub('', match[3])}", text
    )
    text = _COUNT.sub(" ", _REMARK.sub("", text))
    for line in text.split("\n"):
        seats = [part for part in _SEATS.split(line.strip()) if part.strip()]
        apart = all(len(word) == 1 for word in BLANK.split(line.strip())[1:])
        if _SEATS.match(line.strip()) and (len(seats) > 1 or apart):
            yield from map(join_seat_and_name, seats)
            continue
        entries = [_LEAD.sub("", entry.strip(" \u3000-－・")) for entry in _ENTRY.split(line)]
        yield from _join_post_and_name(_join_names_apart([entry for entry in entries if entry]))


def _join_names_apart(entries: list[str]) -> list[str]:
    """Join a surname of one character and the given name: ``委員長　乾　　良平君``."""
    joined: list[str] = []
    for entry in entries:
        *post, last = BLANK.split(joined[-1]) if joined else [""]
        short = len(last) == 1 and speakers.is_name(last) and all(map(_is_post_alone, post))
        given = speakers.without_honorific(entry)
        if short and len(given) <= _LONGEST_GIVEN and speakers.is_name(given):
            joined[-1] = f"{joined[-1]} {entry}"
        else:
            joined.append(entry)
    return joined


def _join_post_and_name(entries: list[str]) -> list[str]:
    """Join a post and one name set apart by wide gaps: ``会長代理　　阿久津　　京子``."""
    if not 1 < len(entries) <= _MOST_PARTS or not _is_post_alone(entries[0]):
        return entries
    name = entries[1:]
    short = sum(map(len, name)) <= _LONGEST_WHOLE and all(
        speakers.is_name(word) for part in name for word in part.split()
    )
    return [" ".join(entries)] if short and not any(map(_has_post, name)) else entries


def _is_post_alone(entry: str) -> bool:
    return POST.fullmatch(entry) is not None and _name_and_post(entry) is None


def _has_post(entry: str) -> bool:
    return any(POST.fullmatch(word) or _name_and_post(word) for word in BLANK.split(entry))


def _persons_in_entry(entry: str, role: Role | None, default: str | None) -> Iterator[Attendee]:
    """Yield the people of one entry: mostly one, but ``中嶋会長 谷口委員`` names two."""
    post: str | None = None
    name: list[str] = []
    for word in BLANK.split(entry):
        both = _name_and_post(word)
        turned = POST_THEN_NAME.match(word)
        if both:
            yield _person(" ".join([*name, both[0]]), both[1], role)
            name, post = [], None
        elif POST.fullmatch(word) and not (post and _is_unit(word)):
            if name and post:
                # in a list with posts before names, the next post belongs to the next person
                yield _person(" ".join(name), post, role)
                name, post = [], word
            elif name:
                yield _person(" ".join(name), word, role)
                name = []
            else:
                post = word
        elif turned and not name and not post:
            yield _person(turned["name"], turned["post"], role)
        elif _may_be_name(word):
            name.append(word)
        elif word and word not in _NO_NAMES:
            return
    # 阿 部 進 is set character by character; 林 誠 may be a surname and a given name
    held = post or default
    yield from (_person(each, held, role) for each in _names_of(name) if held and len(each) > 1)


def _names_of(words: Sequence[str]) -> list[str]:
    """Return the names that words are: one of surname and given name, or several of a list."""
    shortest = min(map(len, words), default=0)
    if shortest == 1 or (len(words) <= _TWO and shortest <= _WHOLE_NAME):
        apart = len(words) > _TWO and max(map(len, words)) == 1
        return ["".join(words) if apart else " ".join(words)] if words else []
    whole = len(words) % _TWO or sum(map(len, words)) >= _WHOLE_NAME * len(words)
    pairs = zip(words[::2], words[1::2], strict=False)
    return list(words) if whole else [" ".join(pair) for pair in pairs]


def _may_be_name(word: str) -> bool:
    bare = speakers.without_honorific(word)
    may_be = speakers.is_name(bare) and not _NO_NAME.search(bare)
    return len(bare) < _LONGEST_WHOLE and may_be and word not in _NO_NAMES


def _is_unit(word: str) -> bool:
    return len(word) <= _LONGEST_UNIT and word.endswith(_UNIT_ENDS)


def _name_and_post(word: str) -> tuple[str, str] | None:
    """Split ``中嶋会長`` and ``坂野市町村課長``; ``None`` for a post alone (``都市整備部長``)."""
    match = NAME_THEN_POST.match(word)
    if match is None or word.startswith(("副", "同")) or OFFICE.match(word):
        return None
    name = match["name"]
    office = OFFICE.search(name, 1)
    if office:
        return name[: office.start()], word[office.start() :]
    longest = _LONGEST_WHOLE if match["post"] in _PLAIN_POSTS else _LONGEST_NAME
    if len(name) <= longest and not name.endswith(tuple("課局室会院所館係")):
        return name, match["post"]
    surname = _SURNAME.match(name)
    return (surname[0], word[surname.end() :]) if surname else None


def _person(name: str, post: str | None, role: Role | None) -> Attendee:
    own = speakers.role_of(post) if post else None
    return Attendee(speakers.without_honorific(name).strip(), post, own or role)
