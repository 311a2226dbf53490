"""The viewer's texts and the choice of the language."""

from dataclasses import fields

import pytest

from bot.viewer.wording import EN, JA, chosen_language


def test_every_text_is_there_in_both_languages():
    """With the same places to be filled."""
    for name in (field.name for field in fields(JA)):
        japanese, english = getattr(JA, name), getattr(EN, name)
        assert japanese.strip()
        assert english.strip()
        assert japanese.count("{") == english.count("{"), name


@pytest.mark.parametrize(
    ("asked", "accepted", "otherwise", "chosen"),
    [
        ("en", "ja", "ja", "en"),
        (None, "en-GB,en;q=0.9,ja;q=0.8", "ja", "en"),
        (None, "fr, ja;q=0.5, en;q=0.4", "en", "ja"),
        (None, "en;q=0, *", "auto", "ja"),
        (None, "", "en", "en"),
        ("fr", ";;;q=x,,", "auto", "ja"),
    ],
)
def test_the_language_is_asked_for_or_the_browsers(asked, accepted, otherwise, chosen):
    """By hand, then by preference, then by the settings, else Japanese."""
    assert chosen_language(asked, accepted, otherwise) == chosen
