"""A citizen confirms the time of a reminder in their own words (HR-24)."""

from __future__ import annotations

import pytest

from bot.testing import Chat


@pytest.mark.parametrize(("name", "yes", "no"), [("Jens", "ja", "nej"), ("Ana", "yes", "no")])
async def test_yes_and_no_are_answers(chat: Chat, name: str, yes: str, no: str) -> None:
    """A typed no asks for the time again, and a typed yes keeps it."""
    await chat.play(f"{name}: /start")
    begin = "mind mig om at ringe" if name == "Jens" else "remind me to call"
    when = "onsdag kl. 16" if name == "Jens" else "Wednesday at 16:00"
    await chat.play(f"{name}: {begin} {when}")
    (again,) = await chat.play(f"{name}: {no}")
    assert "16" in again  # an example in the question
    await chat.play(f"{name}: {when}")
    (kept,) = await chat.play(f"{name}: {yes}")
    assert kept.startswith(("Bot: Det er skrevet ned", "Bot: It is noted"))
