"""What volunteers are sent about a sign-up, and what they answer."""

from __future__ import annotations

from bot.testing import Chat


async def test_a_shift_from_the_question_to_the_thanks(chat: Chat) -> None:
    """A volunteer is asked once, gets the note with place and file, and is thanked."""
    await chat.run(
        """
        Samira: /start
        Mette imports the opportunities
        Mette signs up Samira for V4
        --- until 2026-11-26 20:10
        """
    )
