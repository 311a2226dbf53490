"""Text into the tokens of lexical search: Sudachi's words, and pairs of characters beside them.

Two lexical scores are better than one: words carry meaning and rarity, character pairs find what
the dictionary cuts differently (names, new words, kanji compounds). See ``docs/architecture.md``.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from operator import add
from typing import TYPE_CHECKING

from index.language.sudachi import morphemes, normalised, units
from index.language.text import fold

if TYPE_CHECKING:
    from sudachipy import Morpheme

_CONTENT = frozenset({"名詞", "動詞", "形容詞", "副詞", "形状詞", "接頭辞", "接尾辞", "連体詞"})
_WITH_SYNONYMS = frozenset({"名詞", "動詞", "形容詞", "副詞", "形状詞"})
_WITHOUT_SYNONYMS = frozenset({"固有名詞", "数詞"})
_OF_TIME = "副詞可能"
"""今, 昨年度: times are read as such (:mod:`index.language.times`), and not by their synonyms.
So is where something is: 先, 間."""
_GROUP = "≡"
"""What the term of a synonym group begins with."""
_LATIN = re.compile(r"[a-z0-9]+")
_STEM = 6
"""Letters kept of a Latin word in the second score: a plain stemmer that needs no language."""


def words(text: str) -> list[str]:
    """Return the content words of a text in normalised form, in order, repeats kept.

    Sudachi's shortest units (mode A), so that 内部監査 is found by 監査. Of English words it knows
    some and writes them in katakana: they stay as they are, but for a plural's s. No token holds a
    blank.
    """
    return [word for morpheme in morphemes(text) for word in _written(morpheme)]


def _written(morpheme: "Morpheme") -> list[str]:
    """Return the words of a unit in normalised form: one, but for a unit with a blank in it."""
    if morpheme.part_of_speech()[0] not in _CONTENT:
        return []
    return normalised(morpheme).split()


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun as it stands in a text (folded), in normalised form, and what it is the name of.

    ``is_relation``: where or when something is, beside what is named before it (問い合わせ・先).
    """

    text: str
    word: str
    is_place: bool
    is_person: bool = False
    is_surname: bool = False
    is_relation: bool = False


def nouns(text: str) -> list[list[Noun]]:
    """Return the nouns of a text in order, those that follow one another together (退職・金).

    Numbers and units are left out, but for what Sudachi takes for a unit inside a name
    (しお・まる・号: the prefix before it shows that it counts nothing).
    """
    found: list[list[Noun]] = []
    end = -1
    prefix: Morpheme | None = None
    for morpheme in morphemes(text):
        kind, sort, use, detail, *_ = morpheme.part_of_speech()
        follows = end == morpheme.begin()
        inside = prefix is not None and kind == "名詞" and sort != "数詞"
        counts = sort == "数詞" or (use == "助数詞可能" and not inside)
        if follows and kind == "接頭辞":
            prefix, end = morpheme, morpheme.end()
        elif (kind == "名詞" and not counts) or (kind == "接尾辞" and follows):
            parts = [prefix, morpheme] if prefix is not None else [morpheme]
            run = [
                Noun(
                    part.surface(),
                    part.normalized_form().lower(),
                    is_place=use == "地名",
                    is_person=use == "人名",
                    is_surname=detail == "姓",
                    is_relation=use == _OF_TIME,
                )
                for part in parts
            ]
            end, prefix = morpheme.end(), None
            if follows:
                found[-1].extend(run)
            else:
                found.append(run)
        else:
            prefix = None
    return found


@dataclass(frozen=True, slots=True)
class Word:
    """A content word in normalised form, and the groups of synonyms that it is in."""

    word: str
    groups: tuple[str, ...]


def index_terms(text: str) -> list[str]:
    """Return the terms that a text is found by: its content words, and their synonym groups.

    無料 and 無償 are in one group, and so are 学童 and 児童クラブ: the groups are those of
    Sudachi's synonym dictionary, which comes with its words. A group's term is no word. Words in
    Latin letters get none: by its groups an English question reaches Japanese texts, and English
    ones by its words, which the dictionary's few would only blur.
    """
    found: list[str] = []
    for whole, parts in units(text):
        found += (word for part in parts for word in _written(part))
        grouped = () if whole.surface().isascii() else (whole, *parts)
        own = dict.fromkeys(group for part in grouped for group in _groups(part))
        found += own
    return found


def content_words_in_groups(text: str) -> list[Word]:
    """Return :func:`content_words` with the synonym groups of each.

    A part of a longer word (補助・金) is in the groups of the whole, too.
    """
    asking = asking_words()
    found: dict[str, dict[str, None]] = {}
    for whole, parts in units(text):
        for part in parts:
            for word in _written(part):
                if word not in asking:
                    found.setdefault(word, {}).update(
                        dict.fromkeys((*_groups(whole), *_groups(part)))
                    )
    return [Word(word, tuple(groups)) for word, groups in found.items()]


@dataclass(frozen=True, slots=True)
class Deed:
    """A word for something done, in normalised form and as its dictionary form is written.

    挙げた is 上げる and 挙げる. ``passive``: it is done to the subject.
    """

    word: str
    written: str
    passive: bool = False


def deeds(text: str) -> list[Deed]:
    """Return verbs and nouns of a text in order, verbs whole: 取り上げた is 取り上げる."""
    found: list[Deed] = []
    for whole, parts in units(text):
        kind, name = whole.part_of_speech()[0], whole.normalized_form()
        if kind == "助動詞" and found and name in {"れる", "られる"}:
            found[-1] = Deed(found[-1].word, found[-1].written, passive=True)
        elif kind == "動詞" and name != "為る":
            found.append(Deed(name, whole.dictionary_form()))
        elif kind in {"名詞", "接尾辞"}:
            found += (Deed(part.normalized_form(), part.surface()) for part in parts)
    return found


def tells_past(text: str) -> bool:
    """Tell whether a text says of something that it was (た)."""
    return any("助動詞-タ" in morpheme.part_of_speech() for morpheme in morphemes(text))


def _groups(morpheme: "Morpheme") -> list[str]:
    kind, sort, use, *_ = morpheme.part_of_speech()
    if kind not in _WITH_SYNONYMS or sort in _WITHOUT_SYNONYMS or use == _OF_TIME:
        return []
    return [f"{_GROUP}{number}" for number in morpheme.synonym_group_ids()]


@dataclass(frozen=True, slots=True)
class Reading:
    """A unit of a text as it is read: ``kana`` is in hiragana, ``start`` where it stands.

    ``is_noun`` is false of numbers; ``is_word`` tells what may stand alone (nouns, pronouns,
    adverbs, conjunctions).
    """

    text: str
    word: str
    kana: str
    start: int
    is_noun: bool
    is_affix: bool
    is_word: bool


def readings(text: str) -> Iterator[Reading]:
    """Yield the units of a text, folded, with how each is read."""
    for morpheme in morphemes(text):
        kind, sort, *_ = morpheme.part_of_speech()
        yield Reading(
            morpheme.surface(),
            morpheme.normalized_form().lower(),
            morpheme.reading_form().translate(_HIRAGANA),
            morpheme.begin(),
            is_noun=kind == "名詞" and sort != "数詞",
            is_affix=kind in {"接頭辞", "接尾辞"},
            is_word=kind in {"名詞", "代名詞", "副詞", "接続詞"},
        )


_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヷ"))}
"""Katakana to hiragana, as a table of :meth:`str.translate`."""


def content_words(text: str) -> list[str]:
    """Return the words of a question that carry its matter and not the asking, each once."""
    asking = asking_words()
    return list(dict.fromkeys(word for word in words(text) if word not in asking))


@functools.cache
def asking_words() -> frozenset[str]:
    """Return the words that carry the asking and not the matter, in Sudachi's normalised form."""
    return frozenset(
        files("index.language").joinpath("asking_words.txt").read_text(encoding="utf-8").split()
    )


def character_pairs(text: str) -> list[str]:
    """Return the overlapping character pairs of CJK runs and the stems of Latin words.

    Latin words that carry no matter (the, what, …) are left out.
    """
    folded = fold(text).lower()
    asking = asking_words()
    found = [word[:_STEM] for word in _LATIN.findall(folded) if word not in asking]
    for run in _CJK.findall(folded):
        if len(run) == 1:
            found.append(run)
        else:
            found.extend(map(add, run, run[1:]))
    return found


_CJK = re.compile(r"[぀-ヿ㐀-鿿豈-﫿々〇ー\U00020000-\U0003ffff]+")
