"""The choice of the viewer's language."""

import pytest

from bot.viewer.wording import chosen_language


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
