"""Whose vote a question asks about (早川委員は議案第44号に反対した？), and which words tell it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.question.names_in_question import speaker_mentions
from bot.question.parties_in_question import party_mentions
from index.language.text import fold, sentences
from index.search.names import Names

_VOTED = re.compile(
    r"(?:賛成|反対|投票|棄権|退席)(?:に|を)?(?:した|し(?:て|まし)|する|か|票)|(?:賛成|反対)(?:だった|でした)|賛否"
    r"|\b(?:vote|voted|oppose|opposed|support|supported)\b"
)
_ELSE = re.compile(
    r"何|どんな|どのよう|どういう|なぜ|どうして|理由|わけ|意見|討論|主張|発言|述べ|言[いうっ]|誰|だれ"
    r"|\b(?:why|what|who|said|say|reason)\b"
)
"""Such a question wants his words, or others."""
_HOW = re.compile(
    r"賛成|反対|棄権|退席|\b(?:yes|yea|ayes?|no|nays?|noes|for|against|abstain\w*|opposed)\b"
)
_SURNAME_END = re.compile(r"(?:委員|議員|さん|君|氏)$")

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


def voter_asked_about(text: str, names: Names | None) -> Voter | None:
    """Return whose vote is asked about; ``None`` where it is none, or of several."""
    folded = fold(text).lower()
    if names is None or not _VOTED.search(folded) or _ELSE.search(folded):
        return None
    people = [mention for mention in speaker_mentions(folded, names) if mention.people]
    groups = party_mentions(folded, names)
    if groups and not people:
        found, span = {*groups[0].parties, groups[0].name}, groups[0].span
    elif len(people) == 1 and len(people[0].people) == 1 and not groups:
        full = people[0].people[0].name
        last = full.rpartition(" ")[2] if full.isascii() else full
        found, span = {_SURNAME_END.sub("", people[0].name), last}, people[0].span
    else:
        return None
    if len({group.parties for group in groups}) > 1:
        return None
    rest = f"{folded[: span[0]]} {folded[span[1] :]}"
    return Voter(frozenset(fold(name).lower() for name in found), rest)


def names_somebody(folded: str) -> bool:
    """Tell whether a question names one member (下田議員), known here or not."""
    return any(not _OF_ALL.search(match["run"]) for match in ADDRESSED.finditer(folded))


def somebody_who_voted(folded: str) -> tuple[str, ...]:
    """Return the names that one may go by whose vote is asked for; the result is not that vote."""
    if not _VOTED.search(folded) or _ELSE.search(folded) or not names_somebody(folded):
        return ()
    runs = [match["run"] for match in ADDRESSED.finditer(folded)]
    ends = [re.split(r"[ぁ-ん]+", run)[-1] for run in runs]
    return tuple(name for name in dict.fromkeys([*runs, *ends]) if name)
