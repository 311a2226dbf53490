"""A council of any size, made up: documents in its style, with a vector drawn for each passage.

Words follow Zipf's law, as in a language: a few stand everywhere, most almost nowhere. Every matter
is a place, a subject and an aspect of it; the passages of a matter have vectors around one centre,
the matters of a subject around one of its own, and all of them around one point, as those of a real
embedder have. Nothing is embedded: a million passages would take a day.
"""

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.passage import Document, DocumentId, DocumentKind, Passage, PassageKind, passage_id
from index.record import Role

DIMENSION = 384
SUBJECTS = 300
MATTERS = 20_000
_NAMES = 60_000

_WORDS = Path(__file__).with_name("scale_words.txt").read_text(encoding="utf-8").splitlines()
_SUBJECT_HEADS, _ASPECTS, _SURNAMES, _BODIES = (line.split() for line in _WORDS)
_PLACE_ONE, _PLACE_TWO = (
    "山川田野原森林石水松竹梅桜柳橋井池島浜崎谷沢坂岡",
    "田川村町里口本上下中原野崎沢島山木森根部",
)
_ASKING = (
    "{m}について伺います。",
    "{p}では{n}の声が上がっておりますが、{m}の現状をどのように把握しているのか。",
    "{m}は、昨年度と比べてどのように変わったのでしょうか。",
    "{n}との関係も含めて、{a}の見通しを示していただきたい。",
    "先日、{p}の方から{n}が足りないというお話をいただきました。",
    "{m}に要する経費は幾らになるのか、{n}の内訳も併せてお答えください。",
    "計画では{y}年度までに{a}を終えるとされていますが、{n}の遅れはないのか。",
)
_ANSWERING = (
    "{m}についてのお尋ねでございます。",
    "{m}につきましては、{y}年度に{n}の見直しを行ったところでございます。",
    "現在、{p}の{n}と協議を重ねており、{k}件の要望をいただいております。",
    "事業費は{k}万円を見込んでおり、このうち{n}に係るものが{j}万円となっております。",
    "利用者は延べ{k}人で、前年度と比べますと{j}人の増となりました。",
    "{a}に当たりましては、{n}や{o}の意見を踏まえ、慎重に検討してまいります。",
    "ただし、{n}については国の補助の対象とならないため、市の負担で行うこととしております。",
    "今後も{p}の皆様に丁寧に説明しながら、{m}を着実に進めてまいりたいと考えております。",
    "{o}が完了する{y}年度を目途に、{n}を含めて{a}の在り方を整理いたします。",
)
_LETTERS = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ"
)
_LENGTH = 250
_ASKED = (
    "{m}の予定はどうなっているか",
    "{p}の{s}の{a}にかかる費用はいくらか",
    "{m}について市はどのように答えたか",
    "{s}の{a}で{n}はどう扱われるのか",
)


@dataclass(frozen=True, slots=True)
class Matter:
    """What is talked about, and which centre its vectors stand around."""

    number: int
    place: str
    subject: str
    aspect: str

    @property
    def words(self) -> str:
        """As it is said."""
        return f"{self.place}の{self.subject}の{self.aspect}"


class Council:
    """Makes documents one after the other, always the same ones."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)  # noqa: S311 - the same documents every time
        names = random.Random(seed + 1)  # noqa: S311 - the same
        self._names = [
            "".join(names.choices(_LETTERS, k=names.randint(2, 5)))
            + names.choice(("会", "事業", ""))
            for _ in range(_NAMES)
        ]
        draw = np.random.default_rng(seed)
        point = 3.2 * draw.standard_normal(DIMENSION)
        subjects = 0.9 * draw.standard_normal((SUBJECTS, DIMENSION))
        self.matters = [self._matter(number) for number in range(MATTERS)]
        own = 0.7 * draw.standard_normal((MATTERS, DIMENSION))
        of_subject = np.arange(MATTERS) % SUBJECTS
        self._centres = (point + subjects[of_subject] + own).astype(np.float32)
        self._draw = draw
        self._made = 0

    def documents(self, passages: int) -> Iterator[tuple[Document, list[Passage], list[Matter]]]:
        """Yield documents with their passages and the matter of each, until so many are made."""
        while passages > 0:
            document = self._document()
            of_document, matters = self._turns(
                document, min(passages, self._random.randint(100, 150))
            )
            passages -= len(of_document)
            self._made += 1
            yield document, of_document, matters

    def vectors(self, matters: Sequence[Matter], spread: float = 0.8) -> NDArray[np.float32]:
        """Draw a unit vector around the centre of each matter."""
        centres = self._centres[[matter.number for matter in matters]]
        drawn = centres + spread * self._draw.standard_normal(centres.shape, dtype=np.float32)
        return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), dtype=np.float32)

    def question(self) -> tuple[str, Matter]:
        """Return a question and the matter that it is about."""
        matter = self._any()
        words = self._random.choice(_ASKED).format(
            m=matter.words, p=matter.place, s=matter.subject, a=matter.aspect, n=self._name()
        )
        return words, matter

    def _matter(self, number: int) -> Matter:
        subject = number % SUBJECTS
        heads = len(_SUBJECT_HEADS)
        place = self._random.choice(_PLACE_ONE) + self._random.choice(_PLACE_TWO)
        return Matter(number, place, _SUBJECT_HEADS[subject % heads], _ASPECTS[subject // heads])

    def _any(self) -> Matter:
        return self.matters[_zipf(self._random, MATTERS)]

    def _name(self) -> str:
        return self._names[_zipf(self._random, _NAMES)]

    def _document(self) -> Document:
        date = dt.date(2005, 1, 11) + dt.timedelta(days=self._random.randrange(7000))
        body = self._random.choice(_BODIES)
        name = DocumentId(f"会議録/{date.year}/{self._made:06d}.txt")
        title = f"令和{self._made % 6 + 1}年第{self._made % 4 + 1}回 {body} 会議録"
        return Document(
            document=name,
            title=title,
            kind=DocumentKind.MINUTES,
            content_hash=f"{self._made:064d}",
            body=body,
            date=date,
        )

    def _turns(self, document: Document, count: int) -> tuple[list[Passage], list[Matter]]:
        """Make questions and the answers to them, one to three passages a turn."""
        passages: list[Passage] = []
        matters: list[Matter] = []
        turn = 0
        while len(passages) < count:
            matter = self._any()
            member = f"{self._random.choice(_SURNAMES)}委員"
            head = f"{self._random.choice(_SURNAMES)}{matter.subject}課長"
            first = len(passages)
            for answers, speaker in ((False, member), (True, head)):
                for _ in range(self._random.randint(1, 3)):
                    if len(passages) < count:
                        asked = passages[first] if answers else None
                        passages.append(
                            self._passage(document, len(passages), (speaker, turn), matter, asked)
                        )
                        matters.append(matter)
                turn += 1
        return passages, matters

    def _passage(
        self,
        document: Document,
        number: int,
        said: tuple[str, int],
        matter: Matter,
        asked: Passage | None,
    ) -> Passage:
        return Passage(
            passage_id=passage_id(document.document, number),
            text=self._text(matter, _ANSWERING if asked else _ASKING),
            kind=PassageKind.ANSWER if asked else PassageKind.QUESTION,
            page=number // 4 + 1,
            last_page=number // 4 + 1,
            speaker=said[0],
            role=Role.EXECUTIVE if asked else Role.MEMBER,
            turn=said[1],
            heading=(f"{matter.subject}の{matter.aspect}について",),
            answers=asked.passage_id if asked else None,
            question=f"（{asked.speaker}）{asked.text}" if asked else None,
        )

    def _text(self, matter: Matter, sentences: Sequence[str]) -> str:
        length = self._random.gauss(_LENGTH, 60)
        text = ""
        while len(text) < max(length, 40):
            text += self._random.choice(sentences).format(
                m=matter.words,
                p=matter.place,
                a=matter.aspect,
                n=self._name(),
                o=self._name(),
                y=f"令和{self._random.randint(1, 9)}",
                k=self._random.randint(2, 9000),
                j=self._random.randint(2, 900),
            )
        return text


def _zipf(by: random.Random, count: int) -> int:
    """Draw a rank from 0 whose chance falls with one over it."""
    return min(int(count ** by.random()) - 1, count - 1)
