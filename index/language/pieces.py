"""The shortest units of a question with where they stand, and what they are parts of."""

from dataclasses import dataclass

from index.language.sudachi import normalised, units


@dataclass(frozen=True, slots=True)
class Piece:
    """A shortest unit of a folded text, blanks left out: where it stands, its normalised form.

    ``begins`` and ``ends`` the longest unit that it is a part of: 役所 only ends 市役所.
    ``kind`` is its part of speech.
    """

    word: str
    start: int
    end: int
    begins: bool
    ends: bool
    kind: str

    @property
    def inflects(self) -> bool:
        """Whether it is a verb, an adjective or what stands behind one as a part of it."""
        return self.is_ending or self.kind in {"動詞", "形容詞"}

    @property
    def is_ending(self) -> bool:
        """Whether it stands behind an inflected word as a part of it (ます, た, ない)."""
        return self.kind == "助動詞"


def pieces(text: str) -> list[Piece]:
    """Return the shortest units of a text, of any kind, in order."""
    return [
        Piece(
            normalised(part),
            part.begin(),
            part.end(),
            begins=part.begin() == whole.begin(),
            ends=part.end() == whole.end(),
            kind=part.part_of_speech()[0],
        )
        for whole, parts in units(text)
        for part in parts
        if part.surface().strip()
    ]
