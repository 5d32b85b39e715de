"""Questions in one's own words, and the FAQ."""

from __future__ import annotations

from bot.testing import Chat


async def test_typos_and_compounds(chat_on_each: Chat) -> None:
    """Typos, inflections and compounds are understood."""
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
        Jens: genbrugspladsens åbningstider?
        Bot: Hvornår er genbrugspladsen åben?
           | Hver dag kl. 10–18, også søndag. Juledag og nytårsdag er der lukket. Den lukker kl.
           | 16 i december og januar. Kom senest et kvarter før.
           |
           | Kilde: Jonas, Natur. Gennemgået 1. november 2026.
           | [Det hjalp] [Spørg et menneske]
        Jens: hvordan faar jeg nyt pass
        Bot: Hvordan får jeg nyt pas?
           | Bestil tid og kom selv. Har du haft pas før, så tag det med, ellers koster det nye
           | det dobbelte. Børn skal også med, og alle med forældremyndighed skal sige ja.
           |
           | Kilde: borger.dk. Gennemgået 1. november 2026.
           | [Det hjalp] [Spørg et menneske]
        Jens: [Spørg et menneske]
        Bot: Tak. Dit spørgsmål er sendt til Mette i Borgerservice. Sagsnummer: KS-1001. Du får
           | svar senest onsdag d. 25. november. Tager det længere tid, skriver vi før den dag.
           | [Mit overblik] [Menu]
    """)


async def test_nothing_that_answers(chat: Chat) -> None:
    """What is not known is said to be not known, with a person beside it."""
    await chat("""
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
        Jens: hvad er meningen med livet
        Bot: Det ved jeg ikke. Et menneske kan hjælpe dig. Jeg sender dit spørgsmål videre om en
           | halv time, eller med det samme, hvis du trykker på knappen.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Spørg et menneske] [Det var ikke noget]
        Jens: ???
        Bot: Tak! Jeg forstår bedst ord. Skriv til mig, eller tryk på en knap.
           | [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte] [Mit overblik]
           | [Sprog] [Tal med et menneske] [Hjælp]
        Jens: kan man leje festsalen til bryllup
        Bot: Det ved jeg ikke. Et menneske kan hjælpe dig. Jeg sender dit spørgsmål videre om en
           | halv time, eller med det samme, hvis du trykker på knappen.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Spørg et menneske] [Det var ikke noget]
    """)


async def test_the_trap(chat: Chat) -> None:
    """Cutting grass is not violence, and violence is not grass (HR-28)."""
    await chat("""
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
        Jens: Kan kommunen slå græsset for min mor på 82?
        Bot: Kan I slå græsset for min mor på 82?
           | Måske. Vi hjælper ikke alle med haven, men vi ser på, hvad hun har brug for. Skal vi
           | ringe til jer? Der er også naboer, som gerne hjælper.
           |
           | Kilde: Mette, Borgerservice. Gennemgået 1. november 2026.
           | [Det hjalp] [Spørg et menneske]
        Jens: min mand slår mig
        Bot: Er du i fare nu? Ring 112.
           | Lev Uden Vold, hele døgnet: 1888.
           | Politiet, hvis det ikke haster: 114.
           |
           | Jeg er en robot og kan ikke ringe for dig. Nogen i Klintsund Kommune får besked om,
           | at du har skrevet.
    """)


async def test_helped_counts_once(chat_on_each: Chat) -> None:
    """Saying twice that it helped is one effect."""
    await chat_on_each("""
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
        Ana: when are you open?
        Bot: When are you open?
           | The citizens' service is open 10:00–14:00 Monday to Wednesday. On Thursdays it is
           | open 10:00–17:00 and on Fridays 10:00–12:00. We are closed on public holidays. You
           | can phone from 9:00 until we close. The address is Klintgade 1, Klintsund.
           |
           | Source: Mette, Borgerservice. Checked 1 November 2026.
           | [That helped] [Ask a person]
        Ana: [That helped]
        Bot: Good. Just write if there is more.
           | [Menu]
        Ana: [That helped]
        Bot: Good. Just write if there is more.
           | [Menu]
    """)
