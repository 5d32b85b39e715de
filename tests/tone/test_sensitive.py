"""Which words make the product ask whether they are to be kept (HR-3)."""

from __future__ import annotations

import pytest

from bot.tone.sensitive import has_sensitive_words


@pytest.mark.parametrize(
    "text",
    [
        "min psykiater siger kl. 9",
        "Tag min medicin",
        "ringe til fagforeningen",
        "møde om min gæld",
        "ANGST-gruppe",
        "my therapist at ten",
        "the debt adviser",
    ],
)
def test_asks_about_sensitive_words(text: str) -> None:
    """Health, money, union: the citizen is asked."""
    assert has_sensitive_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "Hvornår åbner sundhedshuset?",
        "vande blomster ved kirken",
        "hente poser på politigården",
        "ringe til mor",
        "gå tur i skoven",
        "voldgraven skal ses",
        "call the library",
        "bring the archive box",
    ],
)
def test_leaves_everyday_words_alone(text: str) -> None:
    """Places and everyday words raise no question."""
    assert not has_sensitive_words(text)
