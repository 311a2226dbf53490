"""What a speech says, in a few of its own words, where nothing is asked of it. Pure.

Of an answer what answers the question that it was given to, of a question what it asks, of a
statement what is nearest to its heading.
"""

import re
from dataclasses import replace

from bot.answer.at_a_glance import AT_A_GLANCE, reading_length
from bot.answer.extraction import Chosen, choose_words, whole_stretch
from bot.answer.span_scoring import Rarity
from bot.question.question import Question, understand
from index.passage import Passage, PassageKind

_ASKER = re.compile(r"^[（(][^（）()]{1,40}(?:[（(][^（）()]{1,20}[）)])?[）)]")


def gist(passage: Passage, asked: Question, rarity: Rarity) -> Chosen:
    """Return the words of a speech that say what it is about; ``asked`` is what it is shown for."""
    asks = passage.kind is PassageKind.QUESTION
    about = _ASKER.sub("", passage.question or "") or " ".join(passage.heading)
    meant = understand(about) if about.strip() and not asks else replace(asked, words=())
    chosen = choose_words(passage, replace(meant, wants_question=asks), rarity)
    if reading_length(chosen.quote) > AT_A_GLANCE:
        return whole_stretch(passage.text, (chosen.lead.strip(),))
    return replace(chosen, value=None)
