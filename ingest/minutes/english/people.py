"""English attendance lists: ``Present: Mayor Dana Ford, Councilmembers Ana Diaz and Bo Lee``."""

import re
from collections.abc import Iterator

from index.record import Attendee, Role
from ingest.minutes.speakers import speakers

_POST = re.compile(
    r"(?P<post>(?:(?:Vice|Deputy|Lord|Acting|Assistant|Interim|Senior|Chief|City|Town|County|Village"
    r"|Borough|District|Township|Council|Board|Committee|Public|Fire|Police|Planning|Health"
    r"|Parks|Finance|Community|Development|Economic|Executive|Human|Resources|Library|Recreation"
    r"|Safety|Services?|Utilities|Works|Building|[A-Z]{2,5}|and|&|of|the)\s+)*"
    r"(?:Chair(?:man|woman|person)?|Mayor(?:\s+Pro[ -]Tem(?:pore)?)?|President(?:\s+Pro[ -]Tem)?"
    r"|Cllrs?\.?|Council\s?(?:members?|men|man|women|woman|persons?|lors?|ors?)|Members?|Supervisors?"
    r"|Commissioners?|Trustees?|Alder(?:man|men|woman|women|persons?)|Selectmen|Selectman"
    r"|Directors?|Managers?|Administrator|Attorney|Solicitor|Counsel|Clerk|Treasurer|Secretary"
    r"|Planner|Engineer|Superintendent|Chief|Officer|Recorder|Auditor|Comptroller|Reeve|Warden"
    r"|Leader|Whip|CAO|CEO|CFO|CIO|Vice[ -]Chair(?:man|woman|person)?))\s*[:\s]\s*",
)
_TITLES = re.compile(r"^(?:(?:Mr|Mrs|Ms|Miss|Dr|Hon|Rev|Sir|Dame|Prof)\.?\s+)+")
_NAME = re.compile(
    r"[A-ZÀ-Þ][\w.'’-]*(?:\s+(?:[A-ZÀ-Þ][\w.'’-]*|de|da|del|la|van|von|der|den|\"[^\"]+\")){0,4}"
)
_REMARK = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_SUFFIX = r",\s*(?:Jr|Sr|II|III|Ph\.?\s?D|M\.?D|Esq)\b\.?"
_PART = re.compile(rf"[;\n]|(?!{_SUFFIX}),|\s+(?:and|&)\s+(?=[A-Z])")
_ENTRY = re.compile(rf"{_TITLES.pattern.removeprefix('^')[:-1]}*{_NAME.pattern}(?:,[^,:]+)?")
_PUBLIC = re.compile(
    r"\b(?:resident|citizen|public|press|reporter|visitor|guest|applicant)", re.IGNORECASE
)
_AFTER = re.compile(rf"\s*(?:{_SUFFIX})+\s*$")
_PLURAL = (
    ("members", "member"),
    ("Members", "Member"),
    ("Cllrs", "Cllr"),
    ("men", "man"),
    ("women", "woman"),
    ("persons", "person"),
    ("lors", "lor"),
    ("ors", "or"),
    ("ees", "ee"),
    ("ioners", "ioner"),
)
_NOBODY = re.compile(r"\W*(?:none|n/?a|nil|0|no one|nobody)?\W*", re.IGNORECASE)


def read_english_people(text: str, side: Role | None = None) -> tuple[Attendee, ...]:
    """Return the people in a list; a plural post applies to all the names after it."""
    if names_nobody(text):
        return ()
    return tuple({person.name: person for person in _people(text, side)}.values())


def names_nobody(text: str) -> bool:
    """Tell whether a list is marked as empty: ``None``, ``N/A``, a dash."""
    return _NOBODY.fullmatch(text) is not None


def _people(text: str, side: Role | None) -> Iterator[Attendee]:
    entries = [entry.strip(" .") for entry in text.split(";")]
    if len(entries) > 1 and all(_ENTRY.fullmatch(entry) for entry in entries):
        # what follows a comma is the post, whatever its words
        for entry in entries:
            named, _, given = entry.partition(",")
            yield _person(_TITLES.sub("", named.strip()), given.strip(), side)
        return
    shared: str | None = None
    before: tuple[str, str] | None = None
    for raw in _PART.split(_REMARK.sub(_post_for_remark, text)):
        part = raw.strip(" .,:*\t–—-•")
        post = _POST.match(f"{part} ")
        if post:
            words = re.sub(r"\s+", " ", post["post"])
            singular = _singular(words)
            shared = singular if singular != words else None
            part, own = part[post.end() :].strip(), singular
        else:
            own = shared or ""
        name = _AFTER.sub("", _TITLES.sub("", part))
        if not name and post and before:
            # Ana Diaz, Chair: the post follows the name
            before = (before[0], own)
            continue
        if before:
            yield _person(*before, side)
            before = None
        if _NAME.fullmatch(name) and not _POST.match(f"{name} "):
            before = (name, own)
    if before:
        yield _person(*before, side)


def _post_for_remark(match: re.Match[str]) -> str:
    """Keep a post in brackets, which replaces the first one: ``Cllr A Holroyd (Chairman)``."""
    inner = match[0].strip(" ()[]")
    return f", {inner}" if _POST.fullmatch(f"{inner} ") else ""


def _person(name: str, post: str, side: Role | None) -> Attendee:
    role = speakers.role_of(post) if post else None
    if role is None and _PUBLIC.search(post):
        role = Role.CITIZEN
    return Attendee(name, post or None, role or side)


def _singular(post: str) -> str:
    for plural, single in _PLURAL:
        if post.endswith(plural):
            return post[: -len(plural)] + single
    return post.removesuffix("s") if post.endswith(("visors", "ctors", "gers")) else post


def is_list_entry(text: str) -> bool:
    """Tell whether a line is another entry of a list: ``Cllr P. Hsu``, ``K. Lind, Clerk``."""
    clean = _REMARK.sub("", text).strip(" .*-•\t")
    head = _POST.match(f"{clean} ")
    if head:
        # Councillors Imogen Dyer, Farid Rahimi and Owen Stott
        plural = _singular(head["post"]) != head["post"]
        names = clean[head.end() :]
        parts = _PART.split(names) if plural else [names]
        return all(_NAME.fullmatch(part.strip()) for part in parts)
    name, _, post = clean.partition(",")
    return bool(_NAME.fullmatch(name.strip()) and _POST.fullmatch(f"{post.strip()} "))
