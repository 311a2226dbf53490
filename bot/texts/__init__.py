"""The fixed texts of Slack and the terminal, in Japanese and in English; dates and places.

Declines are worded in ``bot/answer/decline_reason.py``, filters in
``bot/question/explanation.py``. Quotes never pass through here.
"""

from bot.texts.catalogue import Wording
from bot.texts.english import EN
from bot.texts.japanese import JA
from bot.texts.places import date_text, goes_on, place_text, years_text
from index.language.text import is_japanese

__all__ = [
    "EN",
    "JA",
    "Wording",
    "date_text",
    "goes_on",
    "language_of",
    "place_text",
    "wording",
    "years_text",
]


def wording(language: str) -> Wording:
    """Return the texts of ``language``: English for ``en``, Japanese for all else."""
    return EN if language == "en" else JA


def language_of(text: str, setting: str) -> str:
    """Return ``ja`` or ``en``: the setting where it names one, else what ``text`` is written in.

    A text with no letters at all is taken for Japanese.
    """
    if setting in {"ja", "en"}:
        return setting
    foreign = any(character.isalpha() for character in text) and not is_japanese(text)
    return "en" if foreign else "ja"
