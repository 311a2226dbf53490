"""Where a speech begins."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Opening:
    """Line ``index`` opens a speech of ``speaker``; ``speech`` is the rest of that line.

    A row of a table may open two (質問 and 回答). ``topic`` is the row's cell for the matter;
    ``continues``: the row has no speaker of its own, its words belong to the speech before it.
    """

    index: int
    speaker: str
    speech: str
    topic: str = ""
    continues: bool = False
