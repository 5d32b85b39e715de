"""The first messages between a citizen and the town."""

from __future__ import annotations

from bot.testing import Chat


async def test_start_in_danish(chat_on_each: Chat) -> None:
    """`/start` in Danish sends the notice and the menu, and from then on the menu alone."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: /start
        Bot: <menu>
    """)


async def test_start_in_english(chat: Chat) -> None:
    """Citizens whose Telegram is not in Danish get English, with the language button first."""
    await chat("""
        Ana: /start
        Bot: <English notice>
        Bot: <English menu>
    """)


async def test_a_norwegian_is_met_in_danish(chat: Chat) -> None:
    """Telegram in Norwegian gets Danish, Telegram in German gets English."""
    await chat("""
        Karen: /start
        Bot: <notice>
        Bot: <menu>
        Lukas: /start
        Bot: <English notice>
        Bot: <English menu>
    """)


async def test_a_deep_link_opens_an_answer(chat: Chat) -> None:
    """A payload opens its FAQ answer. An unknown or forged payload shows the menu."""
    await chat("""
        Jens: /start faq-F4
        Bot: <notice>
        Bot: Hvordan får jeg nyt pas?
           | Bestil tid og kom selv. Har du haft pas før, så tag det med, ellers koster det nye
           | det dobbelte. Børn skal også med, og alle med forældremyndighed skal sige ja.
           |
           | Kilde: borger.dk. Gennemgået 1. november 2026.
           | [Det hjalp] [Spørg et menneske]
        Samira: /start faq-F99
        Bot: <notice>
        Bot: <menu>
        Ana: /start '; DROP TABLE person
        Bot: <English notice>
        Bot: <English menu>
    """)


async def test_the_first_message_is_answered(chat: Chat) -> None:
    """A first message with a question gets the notice, the answer and the menu."""
    await chat("""
        Jens: hvornår har i åbent
        Bot: <notice>
        Bot: Hvornår har I åbent?
           | Borgerservice har åbent kl. 10–14 mandag til onsdag. Torsdag er der åbent kl. 10–17
           | og fredag kl. 10–12. Vi har lukket på helligdage. Du kan ringe fra kl. 9, til vi
           | lukker. Adressen er Klintgade 1, Klintsund.
           |
           | Kilde: Mette, Borgerservice. Gennemgået 1. november 2026.
           | [Det hjalp] [Spørg et menneske]
        Bot: <menu>
    """)
