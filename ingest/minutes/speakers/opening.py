"""Where a speech begins."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Opening:
    """Line ``index`` opens a speech of ``speaker``; ``speech`` is the rest of that line.

    A table row may open two (質問 and 回答). ``topic`` is the row's cell for the matter;
    ``continues`` marks a row without a speaker, which belongs to the speech before it; ``implied``
    a line that names nobody, as a legend tells whom its mark stands for.
    """

    index: int
    speaker: str
    speech: str
    topic: str = ""
    continues: bool = False
    implied: bool = False
