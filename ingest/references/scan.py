"""Scanning a text for references from left to right: the last one named holds for what follows.

The rule is that of Japanese legislation: 前条 and 次条 count in the order of the articles, 同条 is
the article named last, 第10条第2項及び第3項 means 第10条第3項, and a name once given holds for what
follows it with 及び or 、.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from index.record import Reference
from ingest.document.articles import half_width, number_of
from ingest.references.names import is_kind_only, kind_of, last_name_of_kind, name_before
from ingest.references.words import (
    CONJUNCTION,
    LAW_NUMBER,
    MOST_REFERENCES,
    PARENTHESIS_BEFORE,
    POINTED_AT,
    REFERENCE,
    REFERENCE_START,
    WORD_BEFORE,
    Place,
    address_step,
    first_number,
    prefix_of,
    sub_address,
)

_SPANS = ("から", "ないし", "乃至")


@dataclass(slots=True)
class LastReference:
    """What was named last: its title (``None``: the same ordinance) and address."""

    title: str | None = None
    known: bool = False
    article: str = ""
    paragraph: str = ""
    item: str = ""
    start: int = -9
    end: int = -9


@dataclass(slots=True)
class ReferenceScan:
    """A scan of one text for references. ``own`` is its place, ``None`` outside ordinances.

    ``subject`` is the title that a reference without a name means (for amending clauses).
    """

    names: Mapping[str, str]
    order: Sequence[str] = ()
    own: Place | None = None
    subject: str | None = None
    last: LastReference = field(default_factory=LastReference)
    named: list[str] = field(default_factory=list)
    found: list[Reference] = field(default_factory=list)

    def read(self, text: str) -> None:
        """Find the references of one line, in order."""
        self.last.end = -9
        at = 0
        notes = list(LAW_NUMBER.finditer(text))
        # 第67号 of （昭和22年法律第67号） is no item
        masked = LAW_NUMBER.sub(lambda note: "＿" * len(note[0]), text)
        while start := REFERENCE_START.search(masked, at):
            match = REFERENCE.match(text, start.start())
            while notes and notes[0].start() < start.start():
                self._cite(text, notes.pop(0))
            if match is None or not match[0]:
                at = start.end()
                continue
            self._one(text, match)
            at = max(match.end(), start.end())
        for cited in notes:
            self._cite(text, cited)

    def _cite(self, text: str, match: re.Match[str]) -> None:
        """Note a law that is named with its number, even if no article follows."""
        name = name_before(text, match.start())
        if name and not is_kind_only(name):
            title = self.names.get(name, name)
            self.named.append(title)
            follows = REFERENCE_START.match(text, match.end())
            if follows is None:
                self._add(name + match["note"], None, title)

    def _one(self, text: str, match: re.Match[str]) -> None:
        start, title, known = self._title(text, match)
        if not known:
            self.last = LastReference(None, known=False, end=match.end())
            return
        if title is not None:
            self.named.append(title)
        spans = self._between_last(text, match) in _SPANS
        printed = text[self.last.start if spans else start : match.end()]
        for address in self._addresses(match, text, title):
            self._add(printed, address, title)
        self.last.end = match.end()

    def _add(self, text: str, article: str | None, title: str | None) -> None:
        reference = Reference(text, article, title)
        if reference not in self.found and len(self.found) < MOST_REFERENCES:
            self.found.append(reference)

    def _title(self, text: str, match: re.Match[str]) -> tuple[int, str | None, bool]:
        """Return where the reference begins with its name, the title, and whether it is known."""
        begin = match.start()
        noted = PARENTHESIS_BEFORE.search(text, 0, begin)
        end = noted.start() if noted else begin
        word = POINTED_AT.search(text, 0, end)
        if word and word["own"]:
            known = self.own is not None or self.subject is not None
            return (word.start() if known else begin), self.subject, known
        if word:
            title = self._last_title_of_kind(word["kind"])
            return word.start(), title, title is not None
        name = name_before(text, end)
        if name:
            title = self._full_title(name, text, end)
            return end - len(name), title, title is not None
        return begin, *self._unnamed(text, match)

    def _unnamed(self, text: str, match: re.Match[str]) -> tuple[str | None, bool]:
        between = self._between_last(text, match)
        words = [match["article"], match["paragraph"], match["item"]]
        first = next((word for word in words if word), "")
        if first.startswith("同"):
            return self.last.title, self.last.known
        if first.startswith("第") and CONJUNCTION.fullmatch(between):
            return self.last.title, self.last.known
        if match["item"] and first == match["item"] and WORD_BEFORE.search(text[: match.start()]):
            return None, False
        return self.subject, self.own is not None or self.subject is not None

    def _full_title(self, name: str, text: str, end: int) -> str | None:
        """Return the title that a name means; a bare 条例 means the one named before."""
        if name in self.names or not is_kind_only(name):
            return self.names.get(name, name)
        kind = kind_of(name)
        return self._last_title_of_kind(kind) or last_name_of_kind(text, end - len(name), kind)

    def _last_title_of_kind(self, kind: str) -> str | None:
        """Return the title of that kind that was named last."""
        wanted = kind_of(kind)
        return next((title for title in reversed(self.named) if kind_of(title) == wanted), None)

    def _addresses(self, match: re.Match[str], text: str, title: str | None) -> list[str]:
        if match["appendix"]:
            return [half_width(match["appendix"])]
        between = self._between_last(text, match)
        joined = CONJUNCTION.fullmatch(between) is not None
        before = replace(self.last)
        articles = self._articles(match, title, inherits=joined)
        paragraphs = self._paragraphs(match, inherits=joined)
        items = self._items(match)
        if not articles or not paragraphs or not items:
            self.last = LastReference(title, end=match.end())
            return []
        sub = sub_address(match["sub"])
        steps = (articles[-1], paragraphs[-1], items[-1])
        self.last = LastReference(title, True, *steps, match.start(), match.end())  # noqa: FBT003 (of a named field)
        ends = [a + p + i + sub for a in articles for p in paragraphs for i in items]
        return [*self._between_ends(before, match), *ends] if between in _SPANS else ends

    def _between_last(self, text: str, match: re.Match[str]) -> str:
        """Return the text between the previous reference and this one."""
        return text[self.last.end : match.start()] if self.last.end >= 0 else "。"

    def _articles(self, match: re.Match[str], title: str | None, *, inherits: bool) -> list[str]:
        """Return the articles with the supplement before them; none if they are unknown."""
        word, own = match["article"], self.own if title is None else None
        here = own.prefix if own else ""
        last = [self.last.article] if self.last.known else []
        if word and word.startswith("第"):
            # 附則第2条 is an article of the supplement, also inside the supplement itself
            supplement = (here or "附則") if match["supplement"] else ""
            return [supplement + address_step(word, "条")]
        if word:
            named = [article for article in last if article]
            return named if word == "同条" else self._relative_articles(word, own)
        if match["supplement"]:
            return [here or "附則"]
        words = match["paragraph"] or match["item"] or ""
        if words.startswith("同") or (inherits and words.startswith("第")):
            return last
        return [here + own.article] if own else []

    def _relative_articles(self, word: str, own: Place | None) -> list[str]:
        """Return the articles that 本条, 前条, 次条, 前3条 mean."""
        here = own.prefix + own.article if own else ""
        if own and word in {"本条", "この条"}:
            return [here]
        if here not in self.order:
            return []
        at, count = self.order.index(here), number_of(word[1:-1]) or 1
        some = self.order[max(0, at - count) : at] if word[0] == "前" else self.order[at + 1 :]
        some = [one for one in some[:count] if prefix_of(one) == prefix_of(here)]
        return some if len(some) == count else []

    def _paragraphs(self, match: re.Match[str], *, inherits: bool) -> list[str]:
        """Return the paragraphs, ``""`` if none is named; none if they are unknown."""
        word, item = match["paragraph"], match["item"] or ""
        own = None if match["article"] else self.own
        if word is None:
            goes_on = item.startswith("同") or (inherits and item.startswith("第"))
            inside = self.last.paragraph if goes_on else self._shown_paragraph()
            return ["" if match["article"] or not item else inside]
        if word.startswith("第"):
            return [address_step(word, "項")]
        if word == "同項":
            return [self.last.paragraph] if self.last.known and self.last.paragraph else []
        if own is None:
            return []
        return (
            [self._shown_paragraph()]
            if word in {"本項", "この項"}
            else _relative_steps(word, own.paragraph, "項")
        )

    def _shown_paragraph(self) -> str:
        own = self.own
        return f"第{own.paragraph}項" if own is not None and own.shown else ""

    def _items(self, match: re.Match[str]) -> list[str]:
        """Return the items, ``""`` if none or all are meant; none if they are unknown."""
        word, own = match["item"], self.own
        if word is None or word in {"各号", "次の各号"}:
            return [""]
        if word.startswith("第"):
            return [address_step(word, "号")]
        if word == "同号":
            return [self.last.item] if self.last.known and self.last.item else []
        if own is None or (word != "前各号" and not own.item):
            return []
        if word == "前各号":
            return [f"第{number}号" for number in range(1, own.item)] or [""]
        return _relative_steps(word, own.item, "号")

    def _between_ends(self, first: LastReference, match: re.Match[str]) -> list[str]:
        """Return what is between the ends of 「第5条から第7条まで」."""
        last = self.last
        if match["item"]:
            stem, start, end, unit = last.article + last.paragraph, first.item, last.item, "号"
        elif match["paragraph"]:
            stem, start, end, unit = last.article, first.paragraph, last.paragraph, "項"
        elif first.article in self.order and last.article in self.order and last.title is None:
            at, to = self.order.index(first.article), self.order.index(last.article)
            return list(self.order[at + 1 : to][:MOST_REFERENCES])
        else:
            stem, start, end, unit = prefix_of(last.article), first.article, last.article, "条"
        low, high = first_number(start), first_number(end)
        return (
            [f"{stem}第{n}{unit}" for n in range(low + 1, min(high, low + MOST_REFERENCES))]
            if low
            else []
        )


def _relative_steps(word: str, here: int, unit: str) -> list[str]:
    """Return the steps that 前項, 次項, 前2項 (or 前号 …) mean from the one numbered ``here``."""
    count = number_of(word[1:-1]) or 1
    first = here - count if word[0] == "前" else here + 1
    return [f"第{number}{unit}" for number in range(first, first + count)] if first > 0 else []
