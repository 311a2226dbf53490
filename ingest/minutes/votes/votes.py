"""The decisions of a sitting: matter, result, manner and vote counts.

Only the chair (or a line of a summary without a speaker) announces decisions. The matter is named
in the sentence, or it is the last one taken up, by a heading or by the chair.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from index.council.items import item_key, unnumbered_in
from index.language.dates import kanji_number
from index.language.text import sentences
from index.passage import Passage, PassageKind
from index.record import Outcome, Role, Vote
from ingest.minutes.speakers import speakers
from ingest.minutes.votes import resolutions
from ingest.minutes.votes.in_words import matter_in_words, put_in_words, tells_of_amendment
from ingest.minutes.votes.matters import Matters, Taken
from ingest.minutes.votes.resolutions import counts_in, manner_in, outcome_of, read_decisions
from ingest.minutes.votes.result_rows import results_in_lines

_TAKES_UP = re.compile(
    r"議題|上程|[採表]決|諮|起立|挙手|質疑|討論|審[査議]|議事に|決[定し]|[可否]決|異議"
)
_SEVERAL = re.compile(
    r"(?:以上|以下|本|各|これら)の?(?P<n>[0-9０-９一二三四五六七八九十]+)(?:件|案|議案)"
)
_NUMBER_MARK = re.compile(
    r"^(?:[（(]?[0-9０-９一二三四五六七八九十]{1,3}[)）.．、 \u3000]+"
    r"|(?:日程|議題|議事|案件|議案)第?[ \u3000]*[0-9０-９一二三四五六七八九十]+号?[、:： \u3000]*"
    r"|[①-⑳○◯〇◎●◆◇■□・【＜《][ \u3000]*)+"
)
_ASSENT = re.compile(
    r"(?:一同|全員|各委員)[、 \u3000]?(?:了承|承認|賛同)"
    r"|異議[はが]?(?:な[しい]|(?:あり|ござい)ません)"
)
_AMENDMENT = re.compile(r"[^。、「」]{0,40}?に対する修正(?:案|動議)")
_ALWAYS_OWN = ("会期", "議長の辞職", "副議長の辞職")
_NEAR = 3
_REMEMBERED = 6
_TOLD = 3
"""At most this many matters decided together are added to the heading."""


def read_votes(passages: Sequence[Passage], agenda: Iterable[str]) -> tuple[Vote, ...]:
    """Return the decisions of the sitting in the order of the text; ``Vote.passage`` counts from 0.

    Reports of decisions by a committee or an earlier sitting are left out.
    """
    reader = _VoteReader(Matters.of(passages, agenda))
    plenary = any(_presides_in_plenary(passage.speaker) for passage in passages)
    for ordinal, passage in enumerate(passages):
        for vote in results_in_lines(passage.text):
            reader.add(replace(vote, passage=ordinal), listed=True)
        if passage.kind is PassageKind.HEADER:
            continue
        reader.enter_heading(passage.heading)
        if _may_announce(passage, plenary=plenary):
            reader.read(ordinal, passage)
        elif _ASSENT.search(passage.text):
            reader.record_assent(ordinal, manner_in(passage.text))
    return reader.close()


def with_matter_headings(passages: Sequence[Passage], votes: Iterable[Vote]) -> tuple[Passage, ...]:
    """Add the matter to the headings of the passages that announce its result.

    The announcement (「起立多数であります。よって、本案は可決されました。」) seldom names the
    matter; the agenda does, or the chair did when taking it up.
    """
    decided: dict[int, list[str]] = {}
    for vote in votes:
        if vote.passage is not None and vote.title:
            above = "".join("".join(passages[vote.passage].heading).split())
            named = f"{vote.item}\u3000{vote.title}" if vote.item else vote.title
            if "".join(vote.title.split()) not in above:
                decided.setdefault(vote.passage, []).append(named)
    return tuple(
        replace(passage, heading=(*passage.heading, "、".join(decided[ordinal][:_TOLD])))
        if ordinal in decided
        else passage
        for ordinal, passage in enumerate(passages)
    )


@dataclass(frozen=True, slots=True)
class _Proposal:
    """A result that the chair proposed, and the matters it concerns."""

    result: str
    taken: Taken
    topic: str | None
    ordinal: int


@dataclass(slots=True)
class _VoteReader:
    """Collects the votes: the matters taken up and how they are voted on."""

    matters: Matters
    votes: list[Vote] = field(default_factory=list)
    heading: tuple[str, ...] = ()
    lists: list[Taken] = field(default_factory=list)
    manner: str | None = None
    counts: tuple[int | None, int | None] = (None, None)
    amendment: str | None = None
    recommended: str | None = None
    proposal: _Proposal | None = None
    assented_at: int | None = None

    def enter_heading(self, heading: tuple[str, ...]) -> None:
        if heading == self.heading:
            return
        self.close_proposal()
        self.heading = heading
        self.lists.clear()
        for text in heading:
            self.take_up(self.matters.of_heading(text, self.last()))

    def last(self) -> Taken:
        return self.lists[-1] if self.lists else Taken()

    def take_up(self, taken: Taken) -> None:
        if not taken:
            return
        self.lists = [*self.lists[-_REMEMBERED:], taken]
        self.manner, self.counts, self.amendment = None, (None, None), None

    def read(self, ordinal: int, passage: Passage) -> None:
        for line in passage.text.split("\n"):
            if results_in_lines(line):
                continue
            if opened := self.matters.opened_by(line):
                self.close_proposal()
                self.take_up(opened)
            amends = tells_of_amendment(line)
            if amends is not None:
                self.amendment = self.matters.amended(self.last()) if amends else None
            for sentence in sentences(line):
                self.read_sentence(ordinal, sentence)

    def read_sentence(self, ordinal: int, sentence: str) -> None:
        items = self.matters.items_named_in(sentence)
        decisions = read_decisions(sentence)
        if not decisions and (taken := self.taken_up_in(items, sentence)):
            self.close_proposal()
            self.take_up(taken)
        amendment = _AMENDMENT.search(sentence)
        if amendment and re.search("採決|起立|挙手|諮|可決|否決", sentence):
            self.amendment = amendment[0]
        self.recommended = resolutions.recommended_result(sentence) or self.recommended
        self.manner = manner_in(sentence) or self.manner
        counts = counts_in(sentence)
        if counts != (None, None) and "か" not in sentence[-3:]:
            self.counts = counts
        if self.proposal and resolutions.confirms_proposal(sentence) and not items:
            self.assented_at = ordinal
            self.close_proposal()
        elif decisions:
            self.add_decisions(ordinal, decisions, sentence)
        elif resolutions.follows_the_report(sentence):
            result = self.recommended or "決定"
            self.announce(ordinal, result, self.matters_meant(items, sentence), None)
        else:
            self.propose(ordinal, sentence, items)

    def taken_up_in(self, items: Sequence[str], sentence: str) -> Taken:
        if items:
            return Taken(tuple(items)) if _TAKES_UP.search(sentence) else Taken()
        words = put_in_words(sentence)
        return self.matters.called(words, self.last()) if words and self.lists else Taken()

    def propose(self, ordinal: int, sentence: str, items: Sequence[str]) -> None:
        result = resolutions.proposed_result(sentence)
        if result:
            self.close_proposal()
            meant = self.matters_meant(items, sentence)
            self.proposal = _Proposal(result, meant, self.topic(), ordinal)
        elif self.proposal and _ASSENT.search(sentence) and "か" not in sentence[-3:]:
            self.record_assent(ordinal, manner_in(sentence))

    def record_assent(self, ordinal: int, manner: str | None = None) -> None:
        if self.proposal and ordinal - self.proposal.ordinal <= _NEAR:
            self.assented_at = ordinal
            self.manner = manner or "異議なし"

    def close_proposal(self) -> None:
        """Record a proposal that met with assent, even if no result was announced."""
        proposal, self.proposal = self.proposal, None
        ordinal, self.assented_at = self.assented_at, None
        if proposal and ordinal is not None:
            self.announce(ordinal, proposal.result, proposal.taken, proposal.topic)

    def add_decisions(
        self, ordinal: int, decisions: Sequence[resolutions.Decision], sentence: str
    ) -> None:
        put = self.proposal.taken if self.proposal else Taken()
        self.proposal = self.assented_at = None
        for decision in decisions:
            own = self.matters.items_named_in(decision.before)
            meant = Taken() if own else put
            words = matter_in_words(decision.before) if meant else None
            meant = self.matters.called(words, meant) if words else meant
            meant = meant or self.matters_meant(own, decision.before or sentence)
            self.announce(ordinal, decision.result, meant, None)
            if own:
                self.lists.append(meant)
        self.manner, self.counts, self.amendment = None, (None, None), None

    def matters_meant(self, items: Sequence[str], sentence: str) -> Taken:
        """Return the matters of the sentence, or those last taken up (``以上5件``: as many)."""
        if items:
            return Taken(tuple(items))
        own = unnumbered_in(sentence)
        if own and (not self.lists or own in _ALWAYS_OWN):
            return Taken((own,))
        several = _SEVERAL.search(sentence)
        if several:
            number = kanji_number(several["n"])
            fitting = [known for known in self.lists if len(known.items) == number]
            return fitting[-1] if fitting else self.last()
        words = matter_in_words(sentence)
        return self.matters.called(words, self.last()) if words and self.lists else self.last()

    def topic(self) -> str | None:
        """Return the innermost heading, the topic of matters without numbers."""
        words = _NUMBER_MARK.sub("", self.heading[-1]).strip(" 】＞》") if self.heading else ""
        return words or None

    def announce(self, ordinal: int, result: str, taken: Taken, topic: str | None) -> None:
        outcome = outcome_of(result)
        if not taken.items and result == "付託":
            return
        for item in taken.items or (None,):
            words = self.amendment or self.matters.title(item)
            if item is None and words is None:
                words = taken.words or topic or self.topic()
            self.add(Vote(item, words, result, outcome, self.manner, *self.counts, ordinal))
        self.manner, self.counts, self.amendment = None, (None, None), None

    def add(self, vote: Vote, *, listed: bool = False) -> None:
        """Add the vote, or merge it with an earlier record of the same vote.

        What was said is cited before what is ``listed`` in rows.
        """
        vote = replace(vote, title=vote.title or self.matters.title(vote.item))
        for at, known in enumerate(self.votes):
            if _is_same(known, vote):
                merged = _merged(known, vote)
                self.votes[at] = replace(merged, passage=known.passage) if listed else merged
                return
        self.votes.append(vote)

    def close(self) -> tuple[Vote, ...]:
        self.close_proposal()
        return tuple(self.votes)


def _is_same(known: Vote, vote: Vote) -> bool:
    if known.outcome is not vote.outcome:
        return False
    if vote.item and known.item:
        amends = "修正" in (known.title or "") and "に対する" in (known.title or "")
        again = "修正" in (vote.title or "") and "に対する" in (vote.title or "")
        return item_key(known.item) == item_key(vote.item) and amends == again
    if vote.item or known.item or vote.passage is None or known.passage is None:
        return bool(vote.title) and vote.title == known.title and vote.result == known.result
    near = vote.passage - known.passage <= 1
    return near and (vote.title, vote.result) == (known.title, known.result)


def _merged(known: Vote, vote: Vote) -> Vote:
    """Merge two records of a vote; cite the speech rather than the list, keep the fuller result."""
    later = vote if vote.outcome is not Outcome.CONTINUED else known
    return replace(
        known,
        title=known.title or vote.title,
        result=max(known.result, vote.result, key=len),
        manner=known.manner or vote.manner,
        ayes=vote.ayes if known.ayes is None else known.ayes,
        nays=vote.nays if known.nays is None else known.nays,
        passage=later.passage,
    )


def _may_announce(passage: Passage, *, plenary: bool) -> bool:
    if passage.speaker is None:
        return True
    if plenary:
        return _presides_in_plenary(passage.speaker)
    return passage.role is Role.CHAIR


def _presides_in_plenary(label: str | None) -> bool:
    """Tell whether the label is 議長, 副議長 or 臨時議長; in a plenary 委員長 only report."""
    return label is not None and speakers.is_speaker_of_the_house(label)
