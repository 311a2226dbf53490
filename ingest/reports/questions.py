"""Questions and answers in a report: what of a page of them (FAQ) asks, and what answers it.

Nobody speaks there, but an answer is found by its question all the same.
"""

from dataclasses import dataclass, field

from index.passage import PassageKind
from index.record import Role


@dataclass(slots=True)
class Asked:
    """The question or answer being read: its ``kind`` and ``turn``, and the question as heading.

    ``answers`` maps the turn of each answer to that of its question.
    """

    kind: PassageKind = PassageKind.SECTION
    turn: int | None = None
    heading: tuple[str, ...] = ()
    answers: dict[int, int] = field(default_factory=dict)
    turns: int = 0
    question: int | None = None
    answered_below: bool = False

    def open(self, text: str, role: Role | None, *, answered_apart: bool) -> None:
        """Begin a question or an answer; ``answered_apart`` if the answer has its own mark."""
        if role is not Role.MEMBER:
            self.answer()
            return
        self.kind, self.turn, self.heading = PassageKind.QUESTION, self.turns, (text.strip(),)
        self.question, self.answered_below = self.turn, not answered_apart
        self.turns += 1

    def answer(self) -> None:
        """Begin the answer to the question before it."""
        self.kind, self.turn = PassageKind.ANSWER, self.turns
        if self.question is not None:
            self.answers[self.turn] = self.question
        self.answered_below = False
        self.turns += 1

    def close(self) -> None:
        """End it: what comes is neither."""
        self.kind, self.turn, self.heading = PassageKind.SECTION, None, ()
        self.question, self.answered_below = None, False
