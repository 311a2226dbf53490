"""Questions and answers in a report: what of a page of them (FAQ) asks, and what answers it.

Nobody speaks there, but an answer is found by its question all the same: where it has a mark of its
own (A.), as the answer to that; where it has none, both are one passage.
"""

from dataclasses import dataclass, field

from index.passage import PassageKind


@dataclass(slots=True)
class Asked:
    """The question or answer being read: its ``kind`` and ``turn``, and the question as heading.

    ``answers`` maps the turn of each answer to that of its question.
    """

    kind: PassageKind = PassageKind.SECTION
    turn: int | None = None
    heading: tuple[str, ...] = ()
    answers: dict[int, int] = field(default_factory=dict)
    question: int | None = None
    turns: int = 0

    def ask(self, text: str, *, answered_apart: bool) -> None:
        """Begin a question; ``answered_apart`` if the answer has its own mark."""
        self.close()
        self.heading = (text.strip(),)
        if answered_apart:
            self._turn(PassageKind.QUESTION)
            self.question = self.turn

    def answer(self) -> None:
        """Begin the answer to the question before it."""
        self._turn(PassageKind.ANSWER)
        if self.question is not None:
            self.answers[self.turns] = self.question

    def close(self) -> None:
        """End it: what comes is neither."""
        self.kind, self.turn, self.question, self.heading = PassageKind.SECTION, None, None, ()

    def _turn(self, kind: PassageKind) -> None:
        self.turns += 1
        self.kind, self.turn = kind, self.turns
