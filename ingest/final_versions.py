"""Drafts of minutes that give way to their final version: told by day, body and words.

The words of a draft are not searched any more, and its links lead to where they stand in the final
version. So nothing may be lost by it: a draft of which the other document leaves out a part stays.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import permutations

from index.council.drafts import is_draft, may_be_one_body, says_it_is_draft
from index.language.text import fold
from index.passage import Document, DocumentId, DocumentKind, Passage, PassageKind
from index.store.successors import Successor, Why
from index.writer import Writer

SUPERSEDED = "superseded by its final version"
"""Beginning of the warning on a draft whose words are not searched any more."""
_SAME = 0.5
"""Share of a draft's stretches of words that its final version has, at least: a scan read by
machine has two thirds of them."""
_SAME_UNDER_ANOTHER_NAME = 0.8
"""The same where one names the body shorter (総務委員会, 総務常任委員会), or does not name it."""
_LEFT_OUT = 0.15
"""Share of a draft's words in passages of which the other has next to nothing, at most ..."""
_FEW = 50
"""... or so many letters: another word of welcome is no part of a meeting."""
_NEXT_TO_NOTHING = 0.15
_STRETCH = 10
_NO_WORD = re.compile(r"[\W_]+")


def settle_drafts(
    index: Writer,
    documents: Mapping[DocumentId, Document],
    came: AbstractSet[DocumentId],
    gone: Collection[DocumentId],
) -> Mapping[DocumentId, Document]:
    """Take out the words of drafts that are final now, and note what stands for them.

    ``documents`` are those held, ``came`` those of them that were read in this run: each stands for
    itself again. ``gone`` are those that will be removed at its end: a draft's links go on, though
    its file was deleted as its final version came. Return what the drafts are now.
    """
    for name in index.successors().keys() & came:
        index.succeed(name, None)
    superseded: dict[DocumentId, Document] = {}
    for of_day in _of_one_day(documents, came):
        minutes = [_Minutes(index, document) for document in of_day]
        for one, other in _drafts_and_finals(minutes, came, gone):
            draft, final = one.document, other.document
            if draft.document not in superseded and one.is_draft_of(other):
                superseded[draft.document] = draft
                if draft.document not in gone:
                    superseded[draft.document] = _taken_out(index, draft, final)
                index.succeed(draft.document, Successor(final.document, Why.FINAL))
    return superseded


def _of_one_day(
    documents: Mapping[DocumentId, Document], came: AbstractSet[DocumentId]
) -> Iterator[Sequence[Document]]:
    """Yield the minutes of each day of which any are new, where there are several."""
    days = {document.date for name, document in documents.items() if name in came} - {None}
    sittings: dict[dt.date | None, list[Document]] = {}
    for document in documents.values() if days else ():
        if document.kind is DocumentKind.MINUTES and document.date in days:
            sittings.setdefault(document.date, []).append(document)
    yield from (of_day for of_day in sittings.values() if len(of_day) > 1)


def _drafts_and_finals(
    of_day: Sequence["_Minutes"],
    came: AbstractSet[DocumentId],
    gone: Collection[DocumentId],
) -> Iterator[tuple["_Minutes", "_Minutes"]]:
    """Yield drafts with minutes of the same day that are none, of which one is new.

    Of several, those of the same body come first.
    """
    pairs = [
        (one, other)
        for one, other in permutations(of_day, 2)
        if {one.document.document, other.document.document} & came
        and other.document.document not in gone
        and may_be_one_body(one.document.body or "", other.document.body or "")
    ]
    pairs.sort(key=lambda pair: not _are_of_one_body(pair[0].document, pair[1].document))
    for one, other in pairs:
        if one.is_draft and not other.is_draft:
            yield one, other


def _are_of_one_body(one: Document, other: Document) -> bool:
    return one.body is not None and other.body is not None and fold(one.body) == fold(other.body)


@dataclass
class _Minutes:
    """Minutes with the stretches of ten letters that their passages hold."""

    index: Writer
    document: Document

    @cached_property
    def is_draft(self) -> bool:
        """Whether its name or its head says that there will be a later version."""
        heads = (each.text for each in self._held if each.kind is PassageKind.HEADER)
        return is_draft(self.document) or says_it_is_draft("\n".join(heads))

    @cached_property
    def passages(self) -> Sequence[frozenset[str]]:
        """The stretches of each passage."""
        return [_stretches(_letters(passage)) for passage in self._held]

    @cached_property
    def whole(self) -> frozenset[str]:
        """Those of the whole text, also where they reach over from one passage into the next."""
        return _stretches("".join(map(_letters, self._held)))

    @cached_property
    def _held(self) -> Sequence[Passage]:
        return self.index.passages(self.document.document)

    def is_draft_of(self, final: "_Minutes") -> bool:
        """Tell whether the other says mostly the same, and leaves no part of it out."""
        least = (
            _SAME if _are_of_one_body(self.document, final.document) else _SAME_UNDER_ANOTHER_NAME
        )
        if _share(self.whole, final.whole) < least:
            return False
        out = [p for p in self.passages if p and _share(p, final.whole) < _NEXT_TO_NOTHING]
        return sum(map(len, out)) <= max(_FEW, _LEFT_OUT * sum(map(len, self.passages)))


def _letters(passage: Passage) -> str:
    return _NO_WORD.sub("", fold(passage.text))


def _stretches(text: str) -> frozenset[str]:
    return frozenset(text[at : at + _STRETCH] for at in range(len(text) - _STRETCH + 1))


def _share(draft: frozenset[str], final: frozenset[str]) -> float:
    return len(draft & final) / len(draft) if draft else 0.0


def _taken_out(index: Writer, draft: Document, final: Document) -> Document:
    known = index.known()[draft.document]
    warnings = [told for told in draft.warnings if not told.startswith(SUPERSEDED)]
    told = f"{SUPERSEDED} {final.document}: its words are not searched"
    bare = replace(draft, warnings=(told, *warnings))
    index.put([(bare, ())], root=known.root, reader=known.reader)
    return bare
