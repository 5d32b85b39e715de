"""Messages without text, a blocked bot, and edits."""

from __future__ import annotations

from bot.testing import Chat


async def test_no_words(chat: Chat) -> None:
    """Voice, pictures, stickers and other kinds get a friendly reply in words."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: <voice>
        Bot: Jeg kan ikke høre lydbeskeder. Skriv eller ring på 00 00 10 00. Telefonen er åben
           | mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
        Jens: <photo>
        Bot: Jeg tager kun imod billeder, når du giver et praj, eller når vi har bedt om et. Jeg
           | har ikke gemt det her. Skriv med ord, eller ring på 00 00 10 00.
        Jens: <sticker>
        Bot: Tak! Jeg forstår bedst ord. Skriv til mig, eller tryk på en knap.
        Jens: <location>
        Bot: Jeg tager kun imod et sted, når du giver et praj, eller i en sag, vi skriver sammen
           | om. Jeg har ikke gemt det her. Tryk på "Giv et praj", eller skriv med ord.
        Jens: <contact>
        Bot: Jeg kan ikke bruge kontaktkort, og jeg har ikke gemt det. Skriv med ord i stedet.
        Jens: <dice>
        Bot: Tak! Jeg forstår bedst ord. Skriv til mig, eller tryk på en knap.
        Jens: <poll>
        Bot: Tak! Jeg forstår bedst ord. Skriv til mig, eller tryk på en knap.
    """)


async def test_in_mid_flow(chat: Chat) -> None:
    """A sticker leaves the flow at its step."""
    await chat("""
        Ana: /start
        Bot: <English notice>
        Bot: <English menu>
        Ana: /settings
        Bot: 1 of 5. Which language do you want to read?
           | [Dansk] [English] [Menu]
        Ana: <sticker>
        Bot: Thank you! I understand words best. Write to me, or press a button.
        Bot: Back to “Language and settings”:
        Bot: 1 of 5. Which language do you want to read?
           | [Dansk] [English] [Menu]
        Ana: [English]
        Bot: 2 of 5. What may we call you? Write a first name.
           | [Keep: Ana] [Menu]
    """)


async def test_blocked_and_back(chat: Chat) -> None:
    """A citizen who blocks the bot and returns finds the flow where it was."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: /indstillinger
        Bot: 1 af 5. Hvilket sprog vil du læse?
           | [Dansk] [English] [Menu]
        Jens blocks
        --- 2 days pass
        Jens: hej
        Bot: "Sprog og indstillinger" venter på dig. Dine svar er gemt.
           | [Fortsæt] [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte]
           | [Mit overblik] [Sprog] [Tal med et menneske] [Hjælp]
        Jens: [Dansk]
        Bot: 2 af 5. Hvad må vi kalde dig? Skriv et fornavn.
           | [Behold: Jens] [Menu]
    """)


async def test_an_edit_never_moves_a_flow(chat: Chat) -> None:
    """An edited message is not a new answer to the step."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: /indstillinger
        Bot: 1 af 5. Hvilket sprog vil du læse?
           | [Dansk] [English] [Menu]
        Jens: [Dansk]
        Bot: 2 af 5. Hvad må vi kalde dig? Skriv et fornavn.
           | [Behold: Jens] [Menu]
        Jens: Jens
        Bot: 3 af 5. Hvor i kommunen bor du, eller hvor kommer du tit?
           | [Klintsund By] [Ørbakke] [Sandholm Havn] [Vesterhagen] [Møllekær] [Tangø]
           | [Vil helst ikke sige det] [Tilbage] [Menu]
        Jens edits: Peter
    """)
