"""Attendance lists: names and posts out of ``中嶋会長　谷口委員``, ``市長　相原隆志``, ``３番　戸塚光代君``."""

import re

from index.passage import Attendee, Role
from ingest import speakers

_GROUP = re.compile(
    r"[【＜<〔\[《]([^】＞>〕\]》]{1,20})[】＞>〕\]》]|[（(]([^（）()]{1,12}(?:委員|事務局|側|職員|説明員))[）)]"
)
_TOKEN = re.compile(r"[^\s、，,;；:：・]+")
_POST = (
    r"(?:副?(?:議長|委員長|会長|座長|部会長)(?:職務代理者?|代理)?|委員|議員|副?(?:市長|区長|町長|村長|知事)|教育長|危機管理監|会計管理者"
    r"|[^\s]*?(?:部長|課長|局長|室長|所長|館長|園長|次長|係長|補佐|参事|主幹|主査|主任主事|主事|主任|技師|技監|署長|書記|監))"
)
_NAME_POST = re.compile(rf"^(?P<name>[^\s]{{1,6}}?)(?P<post>{_POST})$")
_POST_ONLY = re.compile(
    rf"^(?:{_POST}|[0-9０-９〇一二三四五六七八九十百]+番|[^\s]{{2,14}}(?:課|部|局|室|係)|同)$"
)
_NAME = re.compile(r"^[一-鿿々ぁ-んァ-ヶー〆ヶ髙﨑]{1,8}(?:君|氏|さん)?$")
_COUNT = re.compile(r"[0-9０-９]+[ 　]*[名人]")
_FRAGMENT = 3
_ENGLISH_PERSON = re.compile(r"[A-Z][\w.'’-]+(?:\s+[A-Z][\w.'’-]*){1,4}")


def read_attendees(text: str, side: Role | None = None) -> list[Attendee]:
    """Return the persons named; ``side`` is the role of those whose post tells none."""
    if text.isascii() or not re.search("[一-鿿]", text):
        return _english(text, side)
    found: list[Attendee] = []
    post: str | None = None
    given: str | None = None
    for part, role in _by_group(text, side):
        post = given = None
        for token in _TOKEN.findall(_COUNT.sub(" ", part)):
            word = token.strip("()（）「」-－")
            both = _NAME_POST.match(word)
            if _POST_ONLY.match(word) and not (given and len(given) <= _FRAGMENT and both):
                if given:
                    found.append(_person(given, word, role))
                    given = None
                else:
                    post = word
            elif both:
                name = f"{given} {both['name']}" if given else both["name"]
                found.append(_person(name, both["post"], role))
                given = post = None
            elif _NAME.match(word):
                given = f"{given} {word}" if given else word
                if word.endswith(("君", "氏", "さん")) or (post and len(given) > _FRAGMENT):
                    found.append(_person(given, post, role))
                    given = post = None
            else:
                given = None
        if given and len(given) > 1:
            found.append(_person(given, post, role))
    return found


def _by_group(text: str, side: Role | None) -> list[tuple[str, Role | None]]:
    parts: list[tuple[str, Role | None]] = []
    at, role = 0, side
    for match in _GROUP.finditer(text):
        parts.append((text[at : match.start()], role))
        group = match[1] or match[2]
        role = speakers.role_of(group) or (
            Role.EXECUTIVE if re.search("事務局|職員|市側", group) else side
        )
        at = match.end()
    parts.append((text[at:], role))
    return parts


def _person(name: str, post: str | None, role: Role | None) -> Attendee:
    clean = re.sub(r"(?:君|氏|さん)$", "", name)
    own = speakers.role_of(post) if post else None
    return Attendee(clean, post, own or role)


def _english(text: str, side: Role | None) -> list[Attendee]:
    found: list[Attendee] = []
    for part in re.split(r"[;\n]|,(?!\s*(?:Jr|Sr))", text):
        words = part.strip().rstrip(".")
        if _ENGLISH_PERSON.match(words):
            found.append(Attendee(words, None, speakers.role_of(words) or side))
    return found
