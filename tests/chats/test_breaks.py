"""A citizen takes a break from messages, or from one kind of them."""

from __future__ import annotations

import pytest

from bot.testing import Chat


async def says(chat: Chat, name: str, *said: str) -> str:
    """Let a citizen say things one after another; return the bot's last answers on one line."""
    answers: list[str] = []
    for words in said:
        answers = await chat.play(f"{name}: {words}")
    return " ".join(" ".join(answers).replace("\n   |", "").split())


@pytest.mark.parametrize(
    ("name", "words", "until"),
    [
        ("Jens", "pause til 1. februar", "mandag d. 1. februar kl. 9"),
        ("Jens", "pause i to uger", "mandag d. 7. december kl. 9"),
        ("Jens", "jeg vil holde pause til 1. februar", "mandag d. 1. februar kl. 9"),
        ("Jens", "Jeg vil gerne holde pause i to uger", "mandag d. 7. december kl. 9"),
        ("Jens", "hold pause indtil fredag", "fredag d. 27. november kl. 9"),
        ("Ana", "pause until 1 February", "Monday 1 February at 09:00"),
        ("Ana", "I want to take a break for two weeks", "Monday 7 December at 09:00"),
    ],
)
async def test_until_when(chat: Chat, name: str, words: str, until: str) -> None:
    """One sentence says until when; the overview shows the break."""
    assert until in await says(chat, name, "/start", words)
    await says(chat, name, "ja" if name == "Jens" else "yes")
    shown = await says(chat, name, "mit overblik" if name == "Jens" else "my overview")
    assert "Pause indtil" in shown or "A break until" in shown


async def test_without_a_time_it_is_asked(chat: Chat) -> None:
    """A break until something that is not understood asks until when."""
    assert "Hvor længe vil du holde pause?" in await says(
        chat, "Jens", "/start", "jeg vil holde pause i ferien"
    )
    assert "Hvor længe vil du holde pause?" in await says(chat, "Jens", "hold pause")


async def test_after_a_mute(chat: Chat) -> None:
    """The answer to a mute says of what; a break can still be taken, and a mute lifted at once."""
    await chat.play("Jens: /start")
    await chat.play("Mette gives Jens the role ambassador")
    await chat.play("Mette reminds ambassadors about nature, hver dag kl. 10: Del plakaten.")
    await chat.play("--- until 2026-11-24 10:00")
    answer = await says(chat, "Jens", "[Mindre af det her]")
    assert "Du får ikke mere om Natur og klima." in answer
    assert "Slået fra: " in await says(chat, "Jens", "mit overblik")
    assert "[Hold pause fra det hele]" in await says(chat, "Jens", "pause")
    answer = await says(chat, "Jens", "[Hold pause fra det hele]")
    assert "Hvor længe vil du holde pause?" in answer


async def test_a_mute_of_what_was_put_off(chat: Chat) -> None:
    """A mute says that what the citizen had put off does not come again."""
    await chat.play("Jens: /start")
    await chat.play("Mette founds Strandens Venner")
    await chat.play("Mette puts Jens in Strandens Venner as lead")
    await says(chat, "Jens", "mind gruppen om vandflasker hver dag kl. 10", "ja")
    await chat.play("--- until 2026-11-24 10:00")
    await says(chat, "Jens", "[Senere]", "[I aften]")
    await chat.play("--- until 2026-11-24 12:00")
    shown = await says(chat, "Jens", "mit overblik")
    assert "Vandflasker (Strandens Venner): igen tirsdag d. 24. november kl. 19" in shown
    await chat.play("--- until 2026-11-25 10:00")
    await says(chat, "Jens", "[Senere]", "[I aften]")
    await chat.play("--- until 2026-11-26 10:00")
    answer = await says(chat, "Jens", "[Mindre af det her]")
    assert "Du får ikke flere påmindelser fra Strandens Venner." in answer
    await says(chat, "Jens", "[Slå det til igen]")
    assert "Slået fra" not in await says(chat, "Jens", "mit overblik")


@pytest.mark.parametrize(("name", "words"), [("Jens", "hjælp"), ("Ana", "help")])
async def test_help_names_both(chat: Chat, name: str, words: str) -> None:
    """Help says how to set a reminder and how to take a break."""
    answer = await says(chat, name, "/start", words)
    assert "“pause”" in answer
    assert "mind mig om" in answer or "remind me to" in answer
