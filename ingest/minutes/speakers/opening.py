"""Where a speech begins."""

import re
from dataclasses import dataclass

TOLD_BY_CLERK = re.compile(r"[（(〔][^（）()〔〕]*(?:説明|報告|朗読|紹介)[^（）()〔〕]{0,8}[）)〕]")
"""「（資料1に基づき説明）」 below a speaker: what that one did, in place of the words."""


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
