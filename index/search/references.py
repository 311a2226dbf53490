"""Where a reference leads: to a document of the index, and to the passage of that article."""

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from index.council.addresses import division_of
from index.council.in_force import applies_from
from index.language.dates import kanji_number
from index.language.text import fold
from index.passage import Document, DocumentId, DocumentKind, Passage, PassageId
from index.record import Reference

_STEP = re.compile(r"第[^第]+$")
_PARAGRAPH = re.compile(r"第(\d+)項")
_PART_NUMBER = re.compile(r"第(\d+)([項号])")
_ITEM = re.compile(
    r"^[ \u3000]*(?:[（(][0-9０-９一二三四五六七八九十]{1,3}[)）]|[①-⑳]"
    r"|[一二三四五六七八九十]{1,3}[ \u3000])"
)
_BEGINS = re.compile(r"^\s*[(第]?([0-9一二三四五六七八九十]{1,3})(?![0-9一二三四五六七八九十条])")
_NUMERAL = re.compile(r"^[ \u3000]*([0-9０-９]{1,2})[ \u3000](?=\S)")
_ARTICLE = re.compile(r"第\d+条(?:の\d+)*")
_DIVISION = re.compile(r"第\d+[編章節款]")
_FORM = re.compile(r"(?:別記)?(?:様式)?第(\d+)号(?:様式)?.*")
_DELETED = re.compile(rf"({_ARTICLE.pattern})(から|及び|並びに|・|、)({_ARTICLE.pattern})(?:まで)?")


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference leads to; ``None`` where the index does not hold it.

    ``passage`` is only told inside the document that refers.
    """

    reference: Reference
    document: DocumentId | None = None
    passage: PassageId | None = None


def resolve(
    references: Sequence[Reference],
    document: Document,
    passages: Sequence[Passage],
    others: Sequence[Document],
    today: dt.date | None = None,
) -> list[Target]:
    """Return the target of each reference made in ``document``, whose passages are given.

    ``today`` is for :func:`ordinance_titled`.
    """
    targets: list[Target] = []
    for reference in references:
        if reference.title is None:
            at = _at(reference.article, passages) if reference.article else None
            targets.append(Target(reference, document.document, at))
        else:
            targets.append(Target(reference, ordinance_titled(reference.title, others, today)))
    return targets


def ordinance_titled(
    title: str, documents: Sequence[Document], today: dt.date | None = None
) -> DocumentId | None:
    """Return the ordinance of that title; the municipality's name before it may be left out.

    Of several texts of one ordinance it is the newest that is not repealed by ``today`` (the
    computer's own day, unless given).
    """
    day = today or dt.datetime.now().astimezone().date()
    wanted = fold(title)
    laws = [known for known in documents if known.kind is DocumentKind.ORDINANCE]
    exact = [known for known in laws if fold(known.title) == wanted]
    same = exact or [known for known in laws if fold(known.title).endswith(wanted)]
    if len({fold(known.title) for known in same}) != 1:
        return None  # nothing of that name, or two towns' ordinances
    return max(same, key=lambda known: order_of_texts(known, day)).document


def order_of_texts(document: Document, today: dt.date) -> tuple[bool, str, str]:
    """Return what texts of one ordinance are ordered by: the newest in force comes last.

    One that is repealed or not in force yet gives way to the others.
    """
    life = document.enactment
    repealed = life is not None and life.holds_no_more(today)
    from_day = applies_from(document)
    holds = not repealed and (from_day is None or from_day <= today)
    day = document.date.isoformat() if document.date else ""
    return (holds, day, document.document)


def passages_at(address: str, passages: Sequence[Passage]) -> list[Passage]:
    """Return the passages of an article or a part of it, in order; empty where there is none.

    A passage that holds the whole article stands for each of its paragraphs; of a long one it is
    the piece in which the paragraph begins. A division (第3章) is what stands under its heading;
    an article that was deleted with others (第3条から第5条まで　削除) is where they are.
    """
    if _DIVISION.fullmatch(address):
        return [p for p in passages if any(division_of(own) == address for own in p.heading)]
    inside = [p for p in passages if p.article and _is_in(p.article, address)]
    inside = inside or [p for p in passages if p.article and _spans(p.article, address)]
    step = _STEP.search(address)
    if inside or step is None or not step.start():
        return inside
    around = passages_at(address[: step.start()], passages)
    paragraph = _PARAGRAPH.fullmatch(step[0])
    if paragraph is None:
        return around
    return [p for p in around if paragraph_within(p.text, int(paragraph[1]))][:1] or around


def paragraph_within(text: str, number: int) -> str | None:
    """Return the lines of a paragraph in an article's text, as they stand; ``None`` without it.

    The first paragraph has no numeral: it is what stands before the second.
    """
    lines = text.splitlines(keepends=True)
    starts = {0: 1} | {
        place: int(unicodedata.normalize("NFKC", match[1]))
        for place, line in enumerate(lines)
        if (match := _NUMERAL.match(line))
    }
    found = [place for place, own in starts.items() if own == number]
    if not found or len(starts) == 1:
        return None
    later = [place for place, own in starts.items() if own == number + 1 and place > found[0]]
    return "".join(lines[found[0] : later[0] if later else None]).strip()


def item_within(text: str, number: int) -> tuple[str, str] | None:
    """Return the words that lead into the items of a paragraph, and one item; ``None`` without."""
    lines = text.splitlines(keepends=True)
    begins = [place for place, line in enumerate(lines) if _ITEM.match(line)]
    own = next((place for place in begins if _numbered(lines[place], number)), None)
    if own is None or not begins[0]:
        return None
    end = next((place for place in begins if place > own), len(lines))
    return "".join(lines[: begins[0]]).strip(), "".join(lines[own:end]).strip()


def lacks_part(address: str, passages: Sequence[Passage]) -> bool:
    """Tell whether it is certain that an article that is there has no such paragraph or item.

    In ``passages``, those of the article, no line begins with its number in any spelling, and no
    piece has it for an address.
    """
    step = _STEP.search(address)
    numbered = _PART_NUMBER.fullmatch(step[0]) if step and step.start() else None
    if numbered is None or any(p.article and _is_in(p.article, address) for p in passages):
        return False
    number, within = int(numbered[1]), address[: step.start()] if step else ""
    if lacks_part(within, passages):
        return True
    if numbered[2] == "項" and number == 1:
        return False
    texts = (paragraph_of(within, passage.text) or passage.text for passage in passages)
    return not any(_numbered(line, number) for text in texts for line in text.splitlines())


def paragraph_of(address: str, text: str) -> str | None:
    """Return the paragraph that an address names, as it stands in an article's text."""
    paragraph = _PARAGRAPH.search(address)
    return paragraph_within(text, int(paragraph[1])) if paragraph else None


def _numbered(line: str, number: int) -> bool:
    begin = _BEGINS.match(unicodedata.normalize("NFKC", line))
    return begin is not None and kanji_number(begin[1]) == number


def _is_in(article: str, address: str) -> bool:
    if address.startswith("様式"):
        own = _FORM.fullmatch(article) if "様式" in article else None
        return own is not None and f"様式第{own[1]}号" == address
    return article == address or article.startswith(f"{address}第")


def _at(address: str, passages: Sequence[Passage]) -> PassageId | None:
    """Return the passage at an address, or at the nearest address around it."""
    while address:
        at = _exactly(address, passages)
        if at is not None:
            return at
        shorter = _STEP.sub("", address)
        if shorter == address:
            return None
        address = shorter
    return None


def _exactly(address: str, passages: Sequence[Passage]) -> PassageId | None:
    held = [passage for passage in passages if passage.article is not None]
    same = (passage for passage in held if passage.article == address)
    inside = (passage for passage in held if (passage.article or "").startswith(f"{address}第"))
    within = (passage for passage in held if _spans(passage.article or "", address))
    first = next(same, None) or next(inside, None) or next(within, None)
    return first.passage_id if first else None


def _spans(deleted: str, address: str) -> bool:
    """Say whether 第4条 is one of those deleted together: ``第3条から第5条まで``."""
    ends, wanted = _DELETED.fullmatch(deleted), _ARTICLE.fullmatch(address)
    if ends is None or wanted is None:
        return False
    first, last, own = (_numbers(words) for words in (ends[1], ends[3], address))
    return first <= own <= last if ends[2] == "から" else own in (first, last)


def _numbers(address: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", address))
