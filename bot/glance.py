"""What of an answer is shown at once: what is read in ten seconds. The rest is one step away."""

from itertools import groupby

from bot.answer import Answer, Reply, Sentence

AT_A_GLANCE = 150
"""What is read in ten seconds, in Japanese characters; see :func:`length`."""


def length(text: str) -> float:
    """Return how long a text is to read, in Japanese characters.

    A Latin letter counts a half; white space counts nothing.
    """
    latin = sum(character.isascii() and character.isalpha() for character in text)
    return sum(not character.isspace() for character in text) - latin / 2


def at_a_glance(answer: Answer) -> tuple[Sentence, ...]:
    """Return the sentences shown at once, never a part of one.

    All that the first citation says; of the further ones, in order, as long as it is short enough.
    """
    shown: list[Sentence] = []
    total = 0.0
    for _, group in groupby(answer.sentences, key=lambda sentence: sentence.citations):
        said = list(group)
        total += sum(length(sentence.text) for sentence in said)
        if shown and total > AT_A_GLANCE:
            break
        shown += said
    return tuple(shown)


def has_more(reply: Reply) -> bool:
    """Tell whether the cited (or nearest) passages hold more than is shown at once."""
    if not isinstance(reply, Answer):
        return bool(reply.nearest)
    shown = at_a_glance(reply)
    if len(shown) < len(reply.sentences):
        return True
    told = _bare("".join(sentence.text for sentence in shown))
    return any(len(_bare(c.hit.passage.text)) > len(told) for c in reply.citations)


def _bare(text: str) -> str:
    return "".join(text.split())
