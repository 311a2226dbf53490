"""Documents and passages made by hand for the tests of the index."""

import datetime as dt
import itertools

import numpy as np

from index.passage import Document, DocumentId, DocumentKind, Passage, PassageKind, passage_id
from index.record import Role


class CharacterEmbedder:
    """A small embedder: which characters and pairs of them a text holds, hashed into 64 numbers."""

    dimension = 64

    def __init__(self, name="characters"):
        self.name = name
        self.embedded = 0

    def embed_passages(self, texts):
        """Return one row a text and count them."""
        self.embedded += len(texts)
        rows = [self.embed_query(text) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, 64), np.float32)

    def embed_query(self, text):
        """Return the normalised counts."""
        vector = np.full(64, 0.01, np.float32)
        for first, second in itertools.pairwise(text):
            vector[(ord(first) * 31 + ord(second)) % 64] += 1
        return vector / np.linalg.norm(vector)


def minutes(name, date, turns, body="総務委員会"):
    """Return minutes of (speaker, role, text, answers) turns, one passage each.

    ``answers`` is the number of the turn that is answered, or ``None``.
    """
    document = Document(
        document=DocumentId(name),
        title=f"{body} 会議録",
        kind=DocumentKind.MINUTES,
        content_hash=f"hash of {name} {turns}",
        body=body,
        date=dt.date.fromisoformat(date) if date else None,
    )
    passages = []
    for number, (speaker, role, text, answers) in enumerate(turns):
        asked = turns[answers] if answers is not None else None
        passages.append(
            Passage(
                passage_id=passage_id(document.document, number),
                text=text,
                kind=PassageKind.ANSWER if asked else PassageKind.STATEMENT,
                page=number + 1,
                last_page=number + 1,
                speaker=speaker,
                role=role,
                turn=number,
                heading=("議題",),
                answers=None if answers is None else passage_id(document.document, answers),
                question=f"（{asked[0]}）{asked[2]}" if asked else None,
            )
        )
    return document, passages


LIBRARY = minutes(
    "図書館.txt",
    "2023-03-10",
    [
        ("佐藤委員", Role.MEMBER, "中央図書館の開館時間を延ばす考えはあるのか。", None),
        ("教育部長", Role.EXECUTIVE, "平日は午後八時まで延ばす方向で検討してまいります。", 0),
        ("佐藤委員", Role.MEMBER, "職員の体制は足りるのか。", None),
        ("教育部長", Role.EXECUTIVE, "お見込みのとおり、増員が要ります。", 2),
    ],
)
ROADS = minutes(
    "道路.txt",
    "2024-06-05",
    [
        ("鈴木委員", Role.MEMBER, "市道の舗装の補修は何か所残っているのか。", None),
        ("建設部長", Role.EXECUTIVE, "残りは十二か所でございます。", 0),
    ],
    body="建設委員会",
)
