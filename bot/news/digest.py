"""What a meeting decided, what was asked and answered in it, and what was promised. Pure.

Everything is quoted from the minutes and cited; nothing is generated.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.answer.extraction import choose_words
from bot.history.meetings import Decided
from bot.history.promises import promises
from bot.question.question import understand
from index.council.drafts import may_be_one_body
from index.language.asking import asks
from index.language.text import fold, sentences
from index.passage import Collection, Document, DocumentKind, Hit, PassageKind
from index.record import Outcome, Role, Vote

NEW_FOR = dt.timedelta(days=180)
"""A sitting counts as new for so long: minutes come out some three months after it, and what is
older was put into the index for the record."""

_ASIDE = frozenset({Role.CHAIR, Role.MEMBER, Role.CITIZEN})
"""Who promises nothing in the name of the town."""


@dataclass(frozen=True, slots=True)
class Exchanged:
    """A question and the words that answer it, each with who said them; ``hit`` is the answer."""

    asker: str
    question: str
    answerer: str
    answer: str
    hit: Hit


@dataclass(frozen=True, slots=True)
class Promised:
    """What somebody said will be done; ``hit`` is where."""

    text: str
    hit: Hit


@dataclass(frozen=True, slots=True)
class Digest:
    """A meeting in short.

    What was decided against somebody's vote stands first, what asked nothing comes after what did,
    and last the answers of which the promises tell already.
    """

    document: Document
    decided: tuple[Decided, ...] = ()
    promised: tuple[Promised, ...] = ()
    exchanged: tuple[Exchanged, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is anything in it."""
        return bool(self.decided or self.promised or self.exchanged)

    @property
    def hits(self) -> tuple[Hit, ...]:
        """All that it cites."""
        decided = (each.hit for each in self.decided if each.hit is not None)
        promised = (each.hit for each in self.promised)
        return (*decided, *promised, *(each.hit for each in self.exchanged))


def is_new_sitting(document: Document, today: dt.date) -> bool:
    """Tell whether minutes are those of a sitting of the last half year."""
    day = document.date
    return (
        document.kind is DocumentKind.MINUTES
        and document.readable
        and day is not None
        and today - NEW_FOR <= day <= today
    )


def meeting_key(collection: Collection, document: Document) -> str:
    """Return what is the same for the minutes of one sitting, in whatever file they come."""
    session = document.sitting.session if document.sitting else None
    if document.body is None:
        return f"{collection}/{document.document}"
    return f"{collection}/{document.date}/{fold(document.body)}/{fold(session or '')}"


def are_one_meeting(one: str, other: str) -> bool:
    """Tell whether two of these keys are of one sitting, as a draft and its final minutes name it.

    One may leave out the session, or name the body shorter.
    """
    (first, body, session), (second, its_body, its_session) = _parts(one), _parts(other)
    if one == other or not (first == second and body and its_body):
        return one == other
    return not (session and its_session and session != its_session) and may_be_one_body(
        body, its_body
    )


def _parts(key: str) -> tuple[str, str, str]:
    """Take a key apart into what stands first, body and session."""
    first, _, rest = key.partition("/")
    day, _, rest = rest.partition("/")
    body, _, session = rest.rpartition("/")
    return f"{first}/{day}", body, session


def digest_of(document: Document, hits: Sequence[Hit], rarity: Callable[[str], float]) -> Digest:
    """Return the digest of minutes; ``hits`` are all their passages, in order."""
    decided = sorted(_decided(document, hits), key=lambda each: not _is_contested(each.vote))
    promised = tuple(_promised(hits))
    said = [each.text for each in promised]
    exchanged = sorted(
        _exchanged(hits, rarity),
        key=lambda each: (any(text in each.answer for text in said), not _asks(each.question)),
    )
    return Digest(document, tuple(decided), promised, tuple(exchanged))


def _decided(document: Document, hits: Sequence[Hit]) -> Iterator[Decided]:
    """Yield the votes that can be cited."""
    for vote in document.sitting.votes if document.sitting else ():
        if vote.passage is not None and vote.passage < len(hits):
            yield Decided(vote, hits[vote.passage])


def _is_contested(vote: Vote) -> bool:
    """Tell whether somebody was against it, or it was not agreed to."""
    return bool(
        vote.outcome is not Outcome.PASSED or vote.nays or (vote.manner and "多数" in vote.manner)
    )


def _promised(hits: Sequence[Hit]) -> Iterator[Promised]:
    said: set[str] = set()
    for hit in hits:
        passage = hit.passage
        told = passage.kind in {PassageKind.ANSWER, PassageKind.STATEMENT}
        if not told or passage.role in _ASIDE:
            continue
        for text in promises(passage.text):
            if text not in said:
                said.add(text)
                yield Promised(text, hit)


def _asks(words: str) -> bool:
    """Tell whether words ask anything; what was answered need not (自己紹介をお願いします)."""
    return any(map(asks, sentences(words)))


def _exchanged(hits: Sequence[Hit], rarity: Callable[[str], float]) -> Iterator[Exchanged]:
    """Yield each question that was answered, once, with the beginning of its answer."""
    asked = {hit.passage.passage_id: hit.passage for hit in hits}
    done = set()
    for hit in hits:
        passage = hit.passage
        question = asked.get(passage.answers) if passage.answers else None
        if passage.kind is not PassageKind.ANSWER or question is None or passage.answers in done:
            continue
        done.add(passage.answers)
        asker = question.speaker or ""
        # of a speech that asks many things, what this answers
        words = (passage.question or question.text).removeprefix(f"（{asker}）")
        quote = choose_words(passage, understand(words), rarity).quote
        yield Exchanged(asker, words, passage.speaker or "", quote, hit)
