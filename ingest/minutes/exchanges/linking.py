"""Links each answer passage to the question passage that it answers, and quotes the question."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.passage import Passage, PassageKind
from ingest.minutes.exchanges.alignment import AskingSpeech, Rarity, points_of_answers
from ingest.minutes.exchanges.going_on import earlier_questions, with_earlier


def link_answers(passages: Sequence[Passage], answers: Mapping[int, int]) -> list[Passage]:
    """Return the numbered passages with ``answers`` and ``question`` filled in.

    ``answers`` maps the number of an answering turn to that of the turn it answers.
    """
    by_turn: dict[int, list[int]] = {}
    for at, passage in enumerate(passages):
        if passage.turn is not None:
            by_turn.setdefault(passage.turn, []).append(at)
    rarity = Rarity.of([passage.text for passage in passages])
    known: dict[int, AskingSpeech] = {}
    linked = list(passages)
    earlier = earlier_questions(passages, by_turn, answers)
    for answering, asking in answers.items():
        replies, asked = by_turn.get(answering, []), by_turn.get(asking, [])
        if not replies or not asked:
            continue
        for turn in {asking, earlier.get(asking, asking)} - known.keys():
            known[turn] = AskingSpeech.of([passages[at].text for at in by_turn[turn]], rarity)
        texts = [passages[at].text for at in replies]
        asked_at = known[asking].passages_answered(texts)
        for at, which, points in zip(replies, asked_at, points_of_answers(texts), strict=True):
            words = known[asking].question_words(passages[at].text, which, points)
            if asking in earlier:
                words = with_earlier(words, passages[at].text, known[earlier[asking]])
            question = passages[asked[which]]
            linked[at] = replace(
                passages[at],
                kind=PassageKind.ANSWER,
                answers=question.passage_id,
                question=f"（{question.speaker}）{words}" if question.speaker else words,
            )
    return linked
