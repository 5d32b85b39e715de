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
    assert kept.startswith(("Bot: Jeg har noteret det", "Bot: I have noted it"))


@pytest.mark.parametrize("plainer", [False, True])
async def test_sensitive_words_are_asked_about_once(chat: Chat, *, plainer: bool) -> None:
    """The citizen keeps words about health, or writes it without the details (HR-3)."""
    await chat.play("Jens: /start")
    await chat.play("Jens: mind mig om at hente min medicin i morgen kl. 16")
    (asked,) = await chat.play("Jens: ja")
    assert asked.startswith("Bot: Det kan være privat.")
    assert "[Ja, behold ordene] [Nej, jeg udelader detaljerne]" in asked
    if plainer:
        await chat.play("Jens: [Nej, jeg udelader detaljerne]")
        (kept,) = await chat.play("Jens: tid på apoteket")
    else:
        (kept,) = await chat.play("Jens: [Ja, behold ordene]")
    assert kept.startswith("Bot: Jeg har noteret det")
    reminded = await chat.play("--- until 2026-11-26 16:05")
    assert any("tid på apoteket" in line for line in reminded) is plainer
    assert any("medicin" in line for line in reminded) is not plainer
