"""The first messages between a citizen and the town."""

from __future__ import annotations

from bot.testing import Chat


async def test_start_in_danish(chat_on_each: Chat) -> None:
    """`/start` in Danish sends the notice and the menu, and from then on the menu alone."""
    await chat_on_each("""
        Jens: /start
        Bot: Hej! Jeg er robotten i Klintsund. Jeg kan svare på spørgsmål, tage imod idéer og
           | hjælpe dig i gang som frivillig. Skriv frit, men skriv ikke CPR-nummer her. Vil du
           | tale med et menneske, så tryk på knappen.
           |
           | Klintsund Kommune gemmer det, du skriver, så vi kan svare dig. Telegram er et privat
           | firma uden for EU. Læs mere: /privatliv. Spørgsmål om dine data:
           | dpo@klintsund.example.
           | [Tal med et menneske]
        Bot: Hvad kan jeg gøre for dig? Du kan også bare skrive dit spørgsmål.
           | [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte] [Mit overblik]
           | [Sprog] [Tal med et menneske] [Hjælp]
        Jens: /start
        Bot: Hvad kan jeg gøre for dig? Du kan også bare skrive dit spørgsmål.
           | [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte] [Mit overblik]
           | [Sprog] [Tal med et menneske] [Hjælp]
    """)


async def test_start_in_english(chat: Chat) -> None:
    """Citizens whose Telegram is not in Danish get English, with the language button first."""
    await chat("""
        Ana: /start
        Bot: Hello! I am the robot in Klintsund. I can answer questions, take in ideas and help
           | you get started as a volunteer. Write freely, but do not write CPR numbers here. If
           | you want to talk to a person, press the button.
           |
           | Klintsund Kommune keeps what you write, so that we can answer you. Telegram is a
           | private firm outside the EU. Read more: /privacy. Questions about your data:
           | dpo@klintsund.example.
           | [Talk to a person]
        Bot: What can I do for you? You can also just write your question.
           | [Language] [Ask a question] [Report something] [Volunteer] [Make a pledge]
           | [My overview] [Talk to a person] [Help]
    """)


async def test_a_norwegian_is_met_in_danish(chat: Chat) -> None:
    """Telegram in Norwegian gets Danish, Telegram in German gets English."""
    await chat("""
        Karen: /start
        Bot: Hej! Jeg er robotten i Klintsund. Jeg kan svare på spørgsmål, tage imod idéer og
           | hjælpe dig i gang som frivillig. Skriv frit, men skriv ikke CPR-nummer her. Vil du
           | tale med et menneske, så tryk på knappen.
           |
           | Klintsund Kommune gemmer det, du skriver, så vi kan svare dig. Telegram er et privat
           | firma uden for EU. Læs mere: /privatliv. Spørgsmål om dine data:
           | dpo@klintsund.example.
           | [Tal med et menneske]
        Bot: Hvad kan jeg gøre for dig? Du kan også bare skrive dit spørgsmål.
           | [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte] [Mit overblik]
           | [Sprog] [Tal med et menneske] [Hjælp]
        Lukas: /start
        Bot: Hello! I am the robot in Klintsund. I can answer questions, take in ideas and help
           | you get started as a volunteer. Write freely, but do not write CPR numbers here. If
           | you want to talk to a person, press the button.
           |
           | Klintsund Kommune keeps what you write, so that we can answer you. Telegram is a
           | private firm outside the EU. Read more: /privacy. Questions about your data:
           | dpo@klintsund.example.
           | [Talk to a person]
        Bot: What can I do for you? You can also just write your question.
           | [Language] [Ask a question] [Report something] [Volunteer] [Make a pledge]
           | [My overview] [Talk to a person] [Help]
    """)


async def test_a_deep_link_opens_an_answer(chat: Chat) -> None:
    """A payload opens its FAQ answer. An unknown or forged payload shows the menu."""
    await chat("""
        Jens: /start faq-F4
        Bot: Hej! Jeg er robotten i Klintsund. Jeg kan svare på spørgsmål, tage imod idéer og
           | hjælpe dig i gang som frivillig. Skriv frit, men skriv ikke CPR-nummer her. Vil du
           | tale med et menneske, så tryk på knappen.
           |
           | Klintsund Kommune gemmer det, du skriver, så vi kan svare dig. Telegram er et privat
           | firma uden for EU. Læs mere: /privatliv. Spørgsmål om dine data:
           | dpo@klintsund.example.
           | [Tal med et menneske]
        Bot: Hvordan får jeg nyt pas?
           | Bestil tid og kom selv. Har du haft pas før, så tag det med, ellers koster det nye
           | det dobbelte. Børn skal også med, og alle med forældremyndighed skal sige ja.
           |
           | Kilde: borger.dk. Gennemgået 1. november 2026.
           | [Det hjalp] [Spørg et menneske]
        Samira: /start faq-F99
        Bot: Hej! Jeg er robotten i Klintsund. Jeg kan svare på spørgsmål, tage imod idéer og
           | hjælpe dig i gang som frivillig. Skriv frit, men skriv ikke CPR-nummer her. Vil du
           | tale med et menneske, så tryk på knappen.
           |
           | Klintsund Kommune gemmer det, du skriver, så vi kan svare dig. Telegram er et privat
           | firma uden for EU. Læs mere: /privatliv. Spørgsmål om dine data:
           | dpo@klintsund.example.
           | [Tal med et menneske]
        Bot: Hvad kan jeg gøre for dig? Du kan også bare skrive dit spørgsmål.
           | [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte] [Mit overblik]
           | [Sprog] [Tal med et menneske] [Hjælp]
        Ana: /start '; DROP TABLE person
        Bot: Hello! I am the robot in Klintsund. I can answer questions, take in ideas and help
           | you get started as a volunteer. Write freely, but do not write CPR numbers here. If
           | you want to talk to a person, press the button.
           |
           | Klintsund Kommune keeps what you write, so that we can answer you. Telegram is a
           | private firm outside the EU. Read more: /privacy. Questions about your data:
           | dpo@klintsund.example.
           | [Talk to a person]
        Bot: What can I do for you? You can also just write your question.
           | [Language] [Ask a question] [Report something] [Volunteer] [Make a pledge]
           | [My overview] [Talk to a person] [Help]
    """)


async def test_the_first_message_is_answered(chat: Chat) -> None:
    """A first message with a question gets the notice, the answer and the menu."""
    await chat("""
        Jens: hvornår har i åbent
        Bot: Hej! Jeg er robotten i Klintsund. Jeg kan svare på spørgsmål, tage imod idéer og
           | hjælpe dig i gang som frivillig. Skriv frit, men skriv ikke CPR-nummer her. Vil du
           | tale med et menneske, så tryk på knappen.
           |
           | Klintsund Kommune gemmer det, du skriver, så vi kan svare dig. Telegram er et privat
           | firma uden for EU. Læs mere: /privatliv. Spørgsmål om dine data:
           | dpo@klintsund.example.
           | [Tal med et menneske]
        Bot: Hvornår har I åbent?
           | Borgerservice har åbent kl. 10–14 mandag til onsdag. Torsdag er der åbent kl. 10–17
           | og fredag kl. 10–12. Vi har lukket på helligdage. Du kan ringe fra kl. 9, til vi
           | lukker. Adressen er Klintgade 1, Klintsund.
           |
           | Kilde: Mette, Borgerservice. Gennemgået 1. november 2026.
           | [Det hjalp] [Spørg et menneske]
        Bot: Hvad kan jeg gøre for dig? Du kan også bare skrive dit spørgsmål.
           | [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte] [Mit overblik]
           | [Sprog] [Tal med et menneske] [Hjælp]
    """)
