"""Questions that go on from what their speaker asked before (再質問).

「その後はどうするのか」 does not name its matter again: whoever reads the answer needs the earlier
question, too.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from index.language.tokens import asking_words, nouns
from index.passage import Passage
from ingest.minutes.exchanges.alignment import AskingSpeech

_BRIEF = 60
"""Characters of a whole speech that may leave its matter to the question before it."""

_MOST_EARLIER = 100
"""Characters of the earlier question that are kept."""
_OF_ASKING = frozenset({"質問", "再", "答弁", "回答", "通告"})


def earlier_questions(
    passages: Sequence[Passage], by_turn: Mapping[int, Sequence[int]], answers: Mapping[int, int]
) -> dict[int, int]:
    """Return for each brief asking turn that goes on from an earlier one which that is.

    ``by_turn`` has the places of the passages of a turn, ``answers`` the turn that a turn answers.
    It names nothing, or one thing that was spoken of since. Of several in a row it is the first
    question, which named the matter.
    """
    found: dict[int, int] = {}
    for before, turn in pairwise(sorted(set(answers.values()) & by_turn.keys())):
        first, own = passages[by_turn[before][0]], passages[by_turn[turn][0]]
        same = own.speaker == first.speaker and own.heading == first.heading
        if same and sum(len(passages[at].text) for at in by_turn[turn]) <= _BRIEF:
            exchange = range(by_turn[before][0], by_turn[turn][0])
            said = "\n".join(passages[at].text for at in exchange)
            named = _runs(own.text)
            if not named or (len(named) == 1 and named[0] & _named(said)):
                found[turn] = found.get(before, before)
    return found


def with_earlier(words: str, answer: str, earlier: AskingSpeech) -> str:
    """Return the words that are answered, behind the earlier question where they need it.

    They do not where they share a noun with it, and not where it names nothing.
    """
    own, told = _named(words), _named(answer)
    asking = [(text, _named(text)) for text in earlier.asking()]
    naming = [(len(named & told), at) for at, (_, named) in enumerate(asking) if named]
    if not naming or any(own & named for _, named in asking):
        return words
    asked = asking[max(naming)[1]][0]
    return f"{asked[-_MOST_EARLIER:]}…{words}"


def _named(text: str) -> set[str]:
    return set().union(*_runs(text))


def _runs(text: str) -> list[set[str]]:
    """Return the nouns of a text, those that follow one another together.

    Without those of asking, and what only relates (後, 今後).
    """
    runs = ({noun.word for noun in run if not noun.is_relation} for run in nouns(text))
    return [left for run in runs if (left := run - asking_words() - _OF_ASKING)]
