"""Detect anger directed at the municipality, and only that (DOMAIN row 8)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tone_vectors import ANGRY, CALM, DISSATISFIED

from bot.tone import Feeling, feeling


@pytest.mark.parametrize("text", ANGRY)
def test_anger_is_seen(text: str) -> None:
    """Swearing, scorn, despair, threats and mockery count as anger."""
    assert feeling(text) is Feeling.ANGRY


@pytest.mark.parametrize("text", DISSATISFIED)
def test_a_calm_complaint_is_no_anger(text: str) -> None:
    """A calm complaint does not count as anger."""
    assert feeling(text) is Feeling.DISSATISFIED


@pytest.mark.parametrize("text", CALM)
def test_calm_words_are_left_alone(text: str) -> None:
    """Joy, hurry, jest and anger at others do not count."""
    assert feeling(text) is Feeling.CALM


@pytest.mark.parametrize("change", [str.upper, str.lower, lambda text: f"  {text}  \n"])
@pytest.mark.parametrize("text", [*ANGRY, *DISSATISFIED, *CALM])
def test_case_and_spacing_change_nothing(text: str, change: Callable[[str], str]) -> None:
    """Capitals and spaces do not change the result."""
    assert feeling(change(text).replace(" ", "  ")) is feeling(text)


def test_both_languages_at_once() -> None:
    """Danish and English in one text are both read."""
    assert feeling("Hej, this is a disgrace. Hvad bilder I jer ind?") is Feeling.ANGRY


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    """Any text is read without an exception."""
    assert feeling(text) in Feeling


def test_what_is_over_a_message_is_not_read() -> None:
    """Only the first 4096 characters, Telegram's longest message, are read."""
    assert feeling("a " * 2048 + "I er ubrugelige") is Feeling.CALM
