"""Results that a report lists (議決結果, 賛否一覧): the same data as that of minutes."""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.passage import Passage
from index.record import Sitting
from ingest.minutes.sitting.session import read_session
from ingest.minutes.votes.result_rows import results_in_lines
from ingest.minutes.votes.roll_calls import read_roll_calls

_TOLD_BY_TITLE = re.compile(r"(?:議決|審議|審査|表決|採決)の?結果|賛否|議決一覧")
_SEVERAL = 2


def results_of_report(passages: Sequence[Passage], title: str) -> Sitting | None:
    """Return what a report lists of results and votes by member; ``None`` where it lists none.

    A single result that no title announces may be told of another town, or as an example.
    """
    votes = tuple(
        replace(vote, passage=ordinal)
        for ordinal, passage in enumerate(passages)
        for vote in results_in_lines(passage.text)
        if vote.item
    )
    head = (title, *(passages[0].heading if passages else ()))
    calls = read_roll_calls(passages)
    if len(votes) < _SEVERAL and not any(_TOLD_BY_TITLE.search(text) for text in head):
        votes = ()
    if not votes and not calls:
        return None
    lines = [title, *(line for p in passages[:3] for line in (*p.heading, *p.text.split("\n")))]
    return Sitting(session=read_session(lines), votes=votes, roll_calls=calls)
