"""Whose vote a question asks about (早川委員は議案第44号に反対した？), and which words tell it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.question.names_in_question import speaker_mentions
from bot.question.parties_in_question import party_mentions
from index.council.speakers import bare_name
from index.language.text import fold, sentences
from index.search.names import Names

_VOTED = re.compile(
    r"(?:賛成|反対|棄権|退席)(?:票)?(?:に|を|へ)?(?:回|投|した|し(?:て|まし)|する|か|票|だった|でした|は[?]?$|者)|賛否"
    r"|投票(?:を|に)?(?:し|する)|\b(?:vote[ds]?|voting|oppose[ds]?|support(?:ed)?)\b"
)
_WHO = re.compile(
    r"誰|だれ|どなた|何人|何名|どの(?:議員|委員|人|会派)|(?:議員|委員|会派|者|人|の)(?:は|って|を)?[?。]?$"
    r"|\b(?:who|whom|how many|which)\b"
)
_ELSE = re.compile(
    r"どんな|どのよう|どういう|なぜ|どうして|理由|わけ|意見|討論|主張|発言|述べ|言[いうっ]|結果|どの会派"
    r"|何(?!人|名|か)|\b(?:why|what|said|say|reason|party)\b"
)
_HOW = re.compile(
    r"賛成|反対|棄権|退席|\b(?:yes|yea|ayes?|no|nays?|noes|for|against|abstain\w*|opposed)\b"
)

ADDRESSED = re.compile(
    r"(?P<run>[一-鿿々〆ヶぁ-んァ-ヴー]{1,8})[ \u3000]*(?:議員|委員|さん|氏|君|(?:副)?議長)"
)
_OF_ALL = re.compile(r"(?:[たのるいで]|反対|賛成|棄権|退席|どの|全|各|町|市|村|区)$")


@dataclass(frozen=True, slots=True)
class Voter:
    """A member or a group: the names that it goes by, and what else the question says."""

    names: frozenset[str]
    rest: str

    def is_told_in(self, words: Sequence[str]) -> bool:
        """Tell whether a sentence of a vote names it with the way in which it voted."""
        told = (fold(part).lower() for each in words for part in sentences(each))
        return any(_HOW.search(part) and self._is_named(part) for part in told)

    def _is_named(self, sentence: str) -> bool:
        joined = "".join(sentence.split())
        return any(
            re.search(rf"\b{re.escape(name)}\b", sentence) if name.isascii() else name in joined
            for name in self.names
        )


def asks_how_voted(folded: str) -> bool:
    """Tell whether a question, in lower case, speaks of somebody's vote."""
    return _VOTED.search(folded) is not None


def asks_who_voted(folded: str) -> bool:
    """Tell whether a question asks who they were, or how many."""
    return _WHO.search(folded) is not None


def asks_beside_votes(folded: str) -> bool:
    """Tell whether a question asks for words, reasons or the result, and not how one voted."""
    return _ELSE.search(folded) is not None


def voter_asked_about(text: str, names: Names | None) -> Voter | None:
    """Return whose vote is asked about; ``None`` where it is none, or of several."""
    folded = fold(text).lower()
    if names is None or not _asks_of_one(folded):
        return None
    people = [mention for mention in speaker_mentions(folded, names) if mention.people]
    groups = party_mentions(folded, names)
    if groups and not people:
        found, span = {*groups[0].parties, groups[0].name}, groups[0].span
    elif len(people) == 1 and len(people[0].people) == 1 and not groups:
        full = people[0].people[0].name
        last = full.rpartition(" ")[2] if full.isascii() else full
        found, span = {bare_name(people[0].name), last}, people[0].span
    else:
        return None
    if len({group.parties for group in groups}) > 1:
        return None
    rest = f"{folded[: span[0]]} {folded[span[1] :]}"
    return Voter(frozenset(fold(name).lower() for name in found), rest)


def _asks_of_one(folded: str) -> bool:
    beside = asks_beside_votes(folded) or asks_who_voted(folded)
    return asks_how_voted(folded) and not beside


def names_somebody(folded: str) -> bool:
    """Tell whether a question names one member (下田議員), known here or not."""
    return any(not _OF_ALL.search(match["run"]) for match in ADDRESSED.finditer(folded))


def somebody_who_voted(folded: str) -> tuple[str, ...]:
    """Return the names that one may go by whose vote is asked for; the result is not that vote."""
    if not _asks_of_one(folded) or not names_somebody(folded):
        return ()
    runs = [match["run"] for match in ADDRESSED.finditer(folded)]
    ends = [re.split(r"[ぁ-ん]+", run)[-1] for run in runs]
    return tuple(name for name in dict.fromkeys([*runs, *ends]) if name)
