"""A reply with all that every reply to its question carries: understood, let go of, how sure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.answer.answer import Answer, Choice, Citation, Declined, DeclineReason, Sentence
from bot.answer.decline_reason import which_message
from bot.answer.extraction import Chosen
from bot.answer.judgement import worth_showing
from bot.answer.nondisclosure import is_withheld
from bot.answer.same_speech import in_order_of_speech
from bot.lookup.finder import Found
from index.passage import Hit


@dataclass(frozen=True, slots=True)
class Frame:
    """What every reply to one question carries."""

    question: str
    language: str
    found: Found
    took_ms: Mapping[str, float]
    confidence: float | None
    absent: tuple[str, ...]

    def answered(self, chosen: Sequence[tuple[Hit, Chosen]]) -> Answer:
        """Return an answer made of the words chosen from each hit, the best of them first.

        A citation's rank is its place here: the newest may come before what was found first.
        """
        placed = [(replace(hit, rank=at), words) for at, (hit, words) in enumerate(chosen, start=1)]
        best, surest = placed[0]
        alone = self.found.listed is None  # what one of a list says is not said of all
        withheld = alone and is_withheld(surest.lead, self.question, surest.quote)
        ordered = in_order_of_speech(placed, lambda each: each[0])
        numbered = [(number, hit, words) for number, (hit, words) in enumerate(ordered, start=1)]
        return Answer(
            question=self.question,
            sentences=tuple(
                Sentence(piece, (number,))
                for number, _, words in numbered
                for piece in words.pieces
            ),
            citations=tuple(
                Citation(
                    number,
                    words.quote,
                    hit,
                    value=words.value if hit is best and not withheld else None,
                )
                for number, hit, words in numbered
            ),
            withheld=withheld,
            language=self.language,
            understood=self.found.understood(self.language),
            loosened=self.found.loosened(self.language),
            absent=self.absent,
            took_ms=self.took_ms,
            narrowed=self.found.meant.filters,
            confidence=self.confidence,
            taken_over=self.found.meant.taken_over,
            listed=self.found.listed,
        )

    def declined(
        self, reason: DeclineReason, message: str, limit: int, meant: tuple[Choice, ...] = ()
    ) -> Declined:
        """Return a decline with the nearest passages."""
        return Declined(
            question=self.question,
            reason=reason,
            message=message,
            language=self.language,
            nearest=worth_showing(self.found.result.hits)[:limit],
            understood=self.found.understood(self.language),
            loosened=self.found.loosened(self.language),
            absent=self.absent,
            choices=meant,
            took_ms=self.took_ms,
            narrowed=self.found.meant.filters,
            confidence=self.confidence,
            taken_over=self.found.meant.taken_over,
        )

    def unsure(self, nearest: Hit, quote: str, message: str) -> Declined:
        """Return a decline with the one passage that may answer, and its words that may."""
        declined = self.declined(DeclineReason.UNSURE, message, 1)
        return replace(declined, nearest=(replace(nearest, rank=1),), quote=quote)

    def ambiguous(self, meant: tuple[Choice, ...], limit: int) -> Declined:
        """Return the question back, with what it may mean.

        Where it asks for a list of one of several meetings, nothing that was found is near it.
        """
        message = which_message(meant, self.language)
        declined = self.declined(DeclineReason.AMBIGUOUS, message, limit, meant)
        return replace(declined, nearest=()) if self.found.which else declined
