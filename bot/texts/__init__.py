"""The fixed texts of Slack, the terminal and the viewer, in Japanese and in English.

Declines are worded in ``bot/answer/decline_reason.py``, filters in
``bot/question/explanation.py``. Quotes never pass through here. Each catalogue is a dataclass named
``…Wording`` with one object for each language, whose names begin with ``JA`` and ``EN``. A text
that is missing is found by the type checker, one that is empty or fills other places by a test.
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


def language_of(text: str, setting: str, otherwise: str | None = None) -> str:
    """Return ``ja`` or ``en``: the setting where it names one, else what ``text`` is written in.

    A text with no letters at all is taken for ``otherwise``, and for Japanese where that is not
    known.
    """
    if setting in {"ja", "en"}:
        return setting
    if not any(character.isalpha() for character in text):
        return otherwise or "ja"
    return "ja" if is_japanese(text) else "en"
