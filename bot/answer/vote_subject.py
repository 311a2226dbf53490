"""What a vote was on, beside its source: the words of a vote seldom say it. Pure."""

from index.passage import Passage, PassageKind

_LINE = 60


def vote_subject(passage: Passage) -> str | None:
    """Return what a vote was on, as a line beside its source; ``None`` for other passages."""
    if passage.kind is not PassageKind.VOTE or not passage.heading:
        return None
    subject = " ".join(passage.heading[-1].split())
    return subject if len(subject) <= _LINE else subject[: _LINE - 1] + "…"
