"""People who asked to be told when volunteering opens are told once."""

from __future__ import annotations

from bot.testing import Chat


async def test_told_once_when_the_first_opportunity_opens(chat_on_each: Chat) -> None:
    """The message waits for the end of quiet hours, and comes once for all opportunities."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: frivillig
        Bot: Der er ingen opgaver til frivillige her lige nu. Jeg kan sige til, når der er. Du
           | kan også ringe eller komme forbi.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Sig til, når det åbner] [Tal med et menneske] [Menu]
        Jens: [Sig til, når det åbner]
        Bot: Vi siger til her, når det åbner. Du får én besked og ikke flere.
           | [Menu]
        --- until 2026-11-23 21:00
        Mette imports the opportunities
        --- until 2026-11-24 07:30
        --- until 2026-11-24 08:05
        Bot to Jens: Du ville høre, når der blev åbnet: Bliv frivillig er åben her nu.
           | [Bliv frivillig]
        Mette holds V12
        Mette publishes V12
        --- 2 days pass
        Jens: [Sig til, når det åbner]
        Bot: Hvor meget tid har du? Kig dig først omkring. Du skal ikke udfylde noget, før du har
           | valgt.
           | [Ti minutter] [En time] [En dag] [Vis alt] [Emne] [Område] [Dag] [Nær mig] [Menu]
    """)


async def test_told_in_english(chat: Chat) -> None:
    """The message is in the reader's language and opens the search."""
    await chat.play("Ana: /start")
    await chat.play("Ana: volunteer")
    await chat.play("Ana: [Tell me when it opens]")
    await chat("""
        Mette imports the opportunities
        Bot to Ana: You asked to hear when it opens: Volunteer is open here now.
           | [Volunteer]
        Ana: [Volunteer]
        Bot: How much time do you have? Look around first. You fill in nothing before you choose
           | something.
           | [Ten minutes] [An hour] [A day] [Show all] [Theme] [Area] [Day] [Near me] [Menu]
    """)
