"""What the bot says: an answer with its citations, or a decline. Data only.

An answer is made of sentences; each carries the numbers of the citations that hold it up. A
citation is a hit shown to a person: its ``quote`` occurs word for word in its passage.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.answer.citation_marks import as_shown, marks
from bot.lookup.lookup_result import Listed
from index.language.text import sentences
from index.passage import Filters, Hit, Passage


class Mode(StrEnum):
    """How the answer was made."""

    EXTRACT = "extract"
    MODEL = "model"


class DeclineReason(StrEnum):
    """Why there is no answer."""

    NOT_COVERED = "not_covered"
    UNSURE = "unsure"
    """One passage may answer, and is shown as the nearest, not as the answer."""
    EMPTY_INDEX = "empty_index"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Citation:
    """``number`` counts from 1; ``quote`` is the part of ``hit.passage.text`` that is shown.

    ``onward`` is how the speech goes on behind the passage, where that is not cited itself;
    ``value`` the amount, time or number that was asked for, as it stands in the quote.
    """

    number: int
    quote: str
    hit: Hit
    onward: Passage | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer with the numbers of its citations, at least one.

    In an extracted answer the text is the quote itself (the council's own words).
    """

    text: str
    citations: tuple[int, ...]


def _marked(said: Sentence) -> str:
    """Put the numbers behind each sentence of what is said: a quote may hold several."""
    behind = marks(said.citations)
    lines = (sentences(line) for line in as_shown(said.text).splitlines() if line.strip())
    return "\n".join(
        " ".join(part.rstrip() + behind for part in line if part.strip()) for line in lines
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """A cited answer. Every citation is used by a sentence. Times are in milliseconds."""

    question: str
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    language: str
    mode: Mode = Mode.EXTRACT
    understood: tuple[str, ...] = ()
    """What the question was narrowed to, fit to be shown: ``令和4年度``, ``審議会``."""
    absent: tuple[str, ...] = ()
    """Words of the question that stand in no document."""
    loosened: tuple[str, ...] = ()
    """What it was first narrowed to as well and had to be let go of: nothing would be left."""
    withheld: bool = False
    """The words cited say that what is asked for is not told or not decided."""
    took_ms: Mapping[str, float] = field(default_factory=dict)
    narrowed: Filters | None = None
    """The filters in force, those given and those understood."""
    confidence: float | None = None
    """How likely what is shown answers, 0 to 1; ``None`` where nothing was weighed."""
    taken_over: str | None = None
    """The matter of an earlier question, where this one leans on it."""
    read_as: str | None = None
    """A question as it was put for the search: kana spelled, words of daily life replaced."""
    listed: Listed | None = None
    """The list that was asked for, where the answer is all of it."""

    @property
    def valued(self) -> Citation | None:
        """The citation whose value answers the question, where one does."""
        return next((each for each in self.citations if each.value is not None), None)

    @property
    def text(self) -> str:
        """The answer as one string, each sentence followed by its ``[n]``."""
        return "\n".join(_marked(sentence) for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the things that an ambiguous question may mean.

    ``label`` is fit to be shown; the same question with ``filters`` is ambiguous no more.
    """

    label: str
    filters: Filters


@dataclass(frozen=True, slots=True)
class Declined:
    """No answer: ``message`` says so plainly in the asker's language; ``nearest`` may help on."""

    question: str
    reason: DeclineReason
    message: str
    language: str
    nearest: tuple[Hit, ...] = ()
    quote: str | None = None
    """Where the reason is ``UNSURE``: the words of the first of ``nearest`` that may answer."""
    understood: tuple[str, ...] = ()
    loosened: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    """Where it is ambiguous: what may be meant, two or more."""
    took_ms: Mapping[str, float] = field(default_factory=dict)
    narrowed: Filters | None = None
    """The filters in force, those given and those understood."""
    confidence: float | None = None
    """How likely the best passage would have answered: too little, where there was any."""
    taken_over: str | None = None
    """The matter of an earlier question, where this one leans on it."""
    read_as: str | None = None
    """A question as it was put for the search: kana spelled, words of daily life replaced."""


Reply = Answer | Declined
