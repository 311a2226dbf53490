"""A made-up city council: the documents and questions that ``kiroku demo`` runs on."""

from pathlib import Path

__all__ = ["council", "questions"]

_HERE = Path(__file__).parent


def council() -> Path:
    """The folder of the sample documents, as they ship with the package."""
    return _HERE / "council"


def questions() -> Path:
    """The file of questions on the sample documents: JSON Lines, as ``kiroku evaluate`` takes."""
    return _HERE / "questions.jsonl"
