"""A lead of a group reminds its members, sees the reminders, and stops them."""

from __future__ import annotations

import pytest

from bot.testing import Chat


async def says(chat: Chat, name: str, *said: str) -> str:
    """Let a citizen say things one after another; return the bot's last answers on one line."""
    answers: list[str] = []
    for words in said:
        answers = await chat.play(f"{name}: {words}")
    return " ".join(" ".join(answers).replace("\n   |", "").split())


async def found(chat: Chat, lead: str) -> None:
    """Let Mette found a group with a lead, and Samira as a member."""
    for line in (
        f"{lead}: /start",
        "Samira: /start",
        "Mette founds Strandens Venner",
        f"Mette puts {lead} in Strandens Venner as lead",
        "Mette puts Samira in Strandens Venner",
    ):
        await chat.play(line)


@pytest.mark.parametrize(
    ("lead", "words", "check"),
    [
        (
            "Jens",
            "mind gruppen om vandflasker på lørdag kl. 9",
            "Jeg skriver “Vandflasker” til medlemmerne lørdag d. 28. november kl. 9.",
        ),
        (
            "Ana",
            "remind the group about water bottles on Saturday at 9:00",
            "I will write “Water bottles” to the members Saturday 28 November at 09:00.",
        ),
    ],
)
async def test_in_one_sentence(chat_on_each: Chat, lead: str, words: str, check: str) -> None:
    """One sentence says what and when; the lead lists the reminder and stops it."""
    chat = chat_on_each
    await found(chat, lead)
    assert check in await says(chat, lead, words)
    receipt = await says(chat, lead, "ja" if lead == "Jens" else "yes")
    assert "2 medlemmer" in receipt or "2 members" in receipt
    listed = await says(chat, lead, "mine påmindelser" if lead == "Jens" else "my reminders")
    assert "andflasker (Strandens Venner): lørdag" in listed or "(Strandens Venner): Sat" in listed
    assert "[Stop: " not in await says(chat, "Samira", "mine påmindelser")
    stop = "[Stop: Vandflasker]" if lead == "Jens" else "[End: Water bottles]"
    assert stop in listed
    await says(chat, lead, stop)
    assert await chat.play("--- until 2026-11-30 10:00") == []


async def test_only_leads_stop_it(chat: Chat) -> None:
    """A member cannot stop a reminder of the group with a button that is not theirs."""
    await found(chat, "Jens")
    await says(chat, "Jens", "mind gruppen om vandflasker på lørdag kl. 9", "ja")
    assert "Vandflasker (Strandens Venner)" in await says(chat, "Samira", "mine påmindelser")
    assert "[Stop" not in await says(chat, "Samira", "mine påmindelser")
    assert "ikke leder" in await says(chat, "Samira", "mind gruppen om kage på lørdag kl. 9")


async def test_moved_by_quiet_hours(chat: Chat) -> None:
    """Before the yes, the lead reads when quiet hours let the message be sent."""
    await found(chat, "Jens")
    answer = await says(chat, "Jens", "mind gruppen om vandflasker på søndag kl. 9")
    assert "Jeg skriver ikke i stille timer, så den bliver sendt mandag d. 30. november" in answer
    assert "mandag d. 30. november kl. 8" in await says(chat, "Jens", "ja")
    assert await chat.play("--- until 2026-11-29 20:00") == []
    assert len(await chat.play("--- until 2026-11-30 08:00")) == 2


async def test_who_cannot(chat: Chat) -> None:
    """The message names the group, says remember once, and the lead reads who cannot."""
    await found(chat, "Jens")
    await says(chat, "Jens", "mind gruppen om husk vandflaske på lørdag kl. 9", "ja")
    came = await chat.play("--- until 2026-11-28 09:00")
    text = " ".join(came[1].replace("\n   |", "").split())
    assert text.startswith("Bot to Samira: Husk vandflaske Hilsen Jens, Strandens Venner")
    told = await says(chat, "Samira", "[Jeg kan ikke]")
    assert "Bot to Jens: Samira kan ikke: Husk vandflaske" in told


async def test_what_is_refused_sets_nothing(chat: Chat) -> None:
    """Words that reveal something private are refused, and the lead can begin again."""
    await found(chat, "Jens")
    answer = await says(chat, "Jens", "mind gruppen om kontanthjælp til Poul på lørdag kl. 9", "ja")
    assert "kan afsløre noget privat" in answer
    assert "Der er ikke ændret noget." in answer
    assert "Du har ingen påmindelser" in await says(chat, "Jens", "mine påmindelser")
