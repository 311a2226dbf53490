"""The catalogue of texts: each is there in both languages, and fills the same places."""

import importlib
import pkgutil
import re
from collections import defaultdict
from dataclasses import fields, is_dataclass
from enum import Enum
from string import Formatter
from typing import Any

import pytest

import bot.texts
from bot.texts import language_of

JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
OTHER_LANGUAGE = "other_language"
"""The one text that is written in the other language, for who reads that one."""
MARKS = frozenset({"quotes", "list_separator", "omitted"})
"""These are punctuation, or nearly."""


def catalogues() -> dict[str, dict[str, Any]]:
    """Return the object of each language, by the name of its class."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for module in pkgutil.iter_modules(bot.texts.__path__, "bot.texts."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if is_dataclass(value) and not isinstance(value, type):
                found[type(value).__name__][name[:2]] = value
    return found


def texts(value: Any) -> list[str]:
    """Return the texts in a field: one, or those of a tuple or a table."""
    if isinstance(value, str) and not isinstance(value, Enum):
        return [value]
    if isinstance(value, dict):
        return [text for each in value.values() for text in texts(each)]
    return [] if isinstance(value, Enum) else [text for each in value for text in texts(each)]


def places(text: str) -> list[str]:
    """Return the names of what is filled in; each stands in braces."""
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("name", catalogues())
def test_every_text_is_there_in_both_languages_with_the_same_places(name: str):
    """None is empty, none is left in the other language, and both fill the same."""
    languages = catalogues()[name]
    assert set(languages) == {"JA", "EN"}
    japanese, english = languages["JA"], languages["EN"]
    for field in (each.name for each in fields(japanese)):
        ours, theirs = texts(getattr(japanese, field)), texts(getattr(english, field))
        assert all(text.strip() for text in (*ours, *theirs)), field
        assert ours, field
        assert len(ours) == len(theirs), field
        for one, other in zip(ours, theirs, strict=True):
            assert places(one) == places(other), field
            if field not in MARKS | {OTHER_LANGUAGE}:
                assert not JAPANESE.search(other), field


def test_no_part_of_the_bot_keeps_texts_of_its_own():
    """The catalogue of the viewer and that of the originals are here as well."""
    assert {"Wording", "ViewerWording", "OriginalWording"} <= set(catalogues())


@pytest.mark.parametrize(
    ("text", "setting", "otherwise", "language"),
    [
        ("街路樹は？", "auto", "en", "ja"),
        ("Street trees?", "auto", "ja", "en"),
        ("", "auto", "en", "en"),
        ("？ 123", "auto", "en", "en"),
        ("", "auto", None, "ja"),
        ("", "ja", "en", "ja"),
        ("街路樹は？", "en", "ja", "en"),
    ],
)
def test_the_question_decides_the_language_and_then_the_person(text, setting, otherwise, language):
    """The setting first, where it names a language."""
    assert language_of(text, setting, otherwise) == language
