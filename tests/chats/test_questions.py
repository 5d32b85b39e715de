"""Free-text questions and the FAQ."""

from __future__ import annotations

from chat_store import opened

from bot.testing import Chat


async def test_typos_and_compounds(chat_on_each: Chat) -> None:
    """The FAQ understands typos, inflections and compounds."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
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
    """An unknown question gets "I do not know" and the way to a person."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
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
    """The verb "slå" is matched by its sense: cutting grass is no violence (HR-28)."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
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
    """A second tap on "that helped" gets the same reply."""
    await chat_on_each("""
        Ana: /start
        Bot: <English notice>
        Bot: <English menu>
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


async def test_the_faq_comes_before_an_open_case(chat_on_each: Chat) -> None:
    """With an open case, the FAQ answers if it can. Words about the case join it."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: Træet ved søen er ved at vælte
        Bot: Det ved jeg ikke. Et menneske kan hjælpe dig. Jeg sender dit spørgsmål videre om en
           | halv time, eller med det samme, hvis du trykker på knappen.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Spørg et menneske] [Det var ikke noget]
        Jens: [Spørg et menneske]
        Bot: Tak. Dit spørgsmål er sendt til Mette i Borgerservice. Sagsnummer: KS-1001. Du får
           | svar senest mandag d. 30. november. Tager det længere tid, skriver vi før den dag.
           | [Mit overblik] [Menu]
        Jens: Hvornår har I åbent?
        Bot: Hvornår har I åbent?
           | Borgerservice har åbent kl. 10–14 mandag til onsdag. Torsdag er der åbent kl. 10–17
           | og fredag kl. 10–12. Vi har lukket på helligdage. Du kan ringe fra kl. 9, til vi
           | lukker. Adressen er Klintgade 1, Klintsund.
           |
           | Kilde: Mette, Borgerservice. Gennemgået 1. november 2026.
           | [Til KS-1001] [Det hjalp] [Spørg et menneske]
        Jens: [Til KS-1001]
        Bot: Tak. Det er føjet til KS-1001, og Mette går videre. Du får svar senest mandag d. 30.
           | november.
           | [Mit overblik] [Menu]
        Jens: har I set på træet?
        Bot: Det er føjet til KS-1001. Mette ser det.
           | [Nyt spørgsmål] [Menu]
        Jens: åbningstider
        Bot: Det forstod jeg ikke helt. Mener du en af de her ting? Ellers sender jeg dit
           | spørgsmål til et menneske om en halv time.
           | [Hvornår har I åbent?] [Til KS-1001] [Spørg et menneske] [Det var ikke noget]
        Jens: [Hvornår har I åbent?]
        Bot: Hvornår har I åbent?
           | Borgerservice har åbent kl. 10–14 mandag til onsdag. Torsdag er der åbent kl. 10–17
           | og fredag kl. 10–12. Vi har lukket på helligdage. Du kan ringe fra kl. 9, til vi
           | lukker. Adressen er Klintgade 1, Klintsund.
           |
           | Kilde: Mette, Borgerservice. Gennemgået 1. november 2026.
           | [Det hjalp] [Spørg et menneske]
        Jens: jeg flyttede 1. november
        Bot: Jeg flytter. Hvad gør jeg?
           | Flytter du i Danmark, så meld det på borger.dk senest fem dage efter. Du kan gøre
           | det op til fire uger før. Flytter du til et andet land, så spørg os først.
           |
           | Kilde: borger.dk. Gennemgået 1. november 2026.
           | [Til KS-1001] [Det hjalp] [Spørg et menneske]
        Jens: [Det hjalp]
        Bot: Godt. Skriv bare, hvis der er mere.
           | [Menu]
        Jens: det ligger på vejen nu
        Bot: Det er føjet til KS-1001. Mette ser det.
           | [Nyt spørgsmål] [Menu]
    """)


async def test_a_follow_up_of_the_cases_own_theme_joins(chat: Chat) -> None:
    """A statement of the case's theme joins it, and a button shows the FAQ's answer."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: Hvor skal pizzabakken hen?
        Bot: Hvor skal pizzabakken hen?
           | I rest. Der er fedt på den, så den kan ikke blive til nyt pap.
           |
           | Kilde: Jonas, Natur. Gennemgået 1. november 2026.
           | [Det hjalp] [Spørg et menneske]
        Jens: [Spørg et menneske]
        Bot: Tak. Dit spørgsmål er sendt til Jonas i Natur. Sagsnummer: KS-1001. Du får svar
           | senest onsdag d. 25. november. Tager det længere tid, skriver vi før den dag.
           | [Mit overblik] [Menu]
        Jens: pizzabakken var tom
        Bot: Det er føjet til KS-1001. Jonas ser det.
           | [Hvor skal pizzabakken hen?] [Nyt spørgsmål] [Menu]
        Jens: [Hvor skal pizzabakken hen?]
        Bot: Hvor skal pizzabakken hen?
           | I rest. Der er fedt på den, så den kan ikke blive til nyt pap.
           |
           | Kilde: Jonas, Natur. Gennemgået 1. november 2026.
           | [Det hjalp] [Spørg et menneske]
        Mette asks KS-1001: Var den helt ren?
        Bot to Jens: Mette spørger om KS-1001:
           | Var den helt ren?
           |
           | Skriv bare dit svar her. Vi går videre, når vi har det.
           | Hilsen Mette
           | [Menu]
        Jens: bakken fra pizzeriaet har fedt på sig
        Bot: Tak. Det er føjet til KS-1001, og Mette går videre. Du får svar senest onsdag d. 25.
           | november.
           | [Hvor skal pizzabakken hen?] [Nyt spørgsmål] [Menu]
        Jens: hvor skal en pizzabakke så hen?
        Bot: Hvor skal pizzabakken hen?
           | I rest. Der er fedt på den, så den kan ikke blive til nyt pap.
           |
           | Kilde: Jonas, Natur. Gennemgået 1. november 2026.
           | [Til KS-1001] [Det hjalp] [Spørg et menneske]
        Jens: [Til KS-1001]
        Bot: Tak. Det er føjet til KS-1001, og Mette går videre. Du får svar senest onsdag d. 25.
           | november.
           | [Mit overblik] [Menu]
    """)


async def test_the_faq_and_an_older_case(chat: Chat) -> None:
    """A day after the case was opened, an FAQ answer still has a button to the case."""
    await chat("""
        Ana: /start
        Bot: <English notice>
        Bot: <English menu>
        Ana: The tree by the lake is about to fall
        Bot: I do not know that. A person can help you. I send your question to a person in half
           | an hour, or at once if you press the button.
           |
           | Phone 00 00 10 00.
           | The phone is open Monday–Wednesday 09:00–14:00, Thursday 09:00–17:00 and Friday
           | 09:00–12:00.
           | Visit us: Klintgade 1, Klintsund. The counter is open Monday–Wednesday 10:00–14:00,
           | Thursday 10:00–17:00 and Friday 10:00–12:00.
           | [Ask a person] [It was nothing]
        Ana: [Ask a person]
        Bot: Thank you. Your question is sent to Mette in Borgerservice. Case number: KS-1001.
           | You get an answer by Monday 30 November at the latest. If it takes longer, we write
           | before that day.
           | [My overview] [Menu]
        --- 25 hours pass
        Ana: opening hours
        Bot: When are you open?
           | The citizens' service is open 10:00–14:00 Monday to Wednesday. On Thursdays it is
           | open 10:00–17:00 and on Fridays 10:00–12:00. We are closed on public holidays. You
           | can phone from 9:00 until we close. The address is Klintgade 1, Klintsund.
           |
           | Source: Mette, Borgerservice. Checked 1 November 2026.
           | [To KS-1001] [That helped] [Ask a person]
        Ana: passport
        Bot: I did not quite understand that. Do you mean one of these? Otherwise I send your
           | question to a person in half an hour.
           | [How do I get a new passport?] [To KS-1001] [Ask a person] [It was nothing]
        Ana: [How do I get a new passport?]
        Bot: How do I get a new passport?
           | Book a time and come yourself. If you have had a passport before, bring it, or the
           | new one costs double. Children must come too, and everyone with custody must agree.
           |
           | Source: borger.dk. Checked 1 November 2026.
           | [That helped] [Ask a person]
        Ana: is it still lying there?
        Bot: Does this belong to KS-1001, or is it something new?
           | [To KS-1001] [New question]
        Ana: [To KS-1001]
        Bot: Thank you. It is added to KS-1001, and Mette goes on. You get an answer by Monday 30
           | November at the latest.
           | [My overview] [Menu]
    """)


async def test_a_named_case(chat_on_each: Chat) -> None:
    """Words after a case's number join that case, even if another case is newer."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: Træet ved søen er ved at vælte
        Bot: Det ved jeg ikke. Et menneske kan hjælpe dig. Jeg sender dit spørgsmål videre om en
           | halv time, eller med det samme, hvis du trykker på knappen.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Spørg et menneske] [Det var ikke noget]
        Jens: [Spørg et menneske]
        Bot: Tak. Dit spørgsmål er sendt til Mette i Borgerservice. Sagsnummer: KS-1001. Du får
           | svar senest mandag d. 30. november. Tager det længere tid, skriver vi før den dag.
           | [Mit overblik] [Menu]
        Jens: menneske
        Bot: Du kan skrive til et menneske her, eller vi kan ringe til dig.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Skriv til et menneske] [Ring til mig] [Menu]
        Jens: [Skriv til et menneske]
        Bot: Hvad vil du spørge om? Skriv det med dine egne ord. Et menneske læser det og svarer.
        Jens: Hvem maler bænken?
        Bot: Tak. Dit spørgsmål er sendt til Mette i Borgerservice. Sagsnummer: KS-1002. Du får
           | svar senest mandag d. 30. november. Tager det længere tid, skriver vi før den dag.
           | [Mit overblik] [Menu]
        Jens: KS-1001 Hvornår har I åbent?
        Bot: Det er føjet til KS-1001. Mette ser det.
           | [Nyt spørgsmål] [Menu]
        Jens: ks-1001: det er væltet nu
        Bot: Det er føjet til KS-1001. Mette ser det.
           | [Nyt spørgsmål] [Menu]
        Jens: KS-1001?
        Bot: KS-1001: Træet ved søen er ved at vælte
           | Venter på svar. Du får svar senest mandag d. 30. november.
           | [Ring til mig] [Menu]
        Mette asks KS-1002: Hvilken bænk?
        Bot to Jens: Mette spørger om KS-1002:
           | Hvilken bænk?
           |
           | Skriv bare dit svar her. Vi går videre, når vi har det.
           | Hilsen Mette
           | [Menu]
        Jens: sag KS-1001, nu ligger det på vejen
        Bot: Det er føjet til KS-1001. Mette ser det.
           | [Nyt spørgsmål] [Menu]
        Jens: den røde
        Bot: Tak. Det er føjet til KS-1002, og Mette går videre. Du får svar senest mandag d. 30.
           | november.
           | [Nyt spørgsmål] [Menu]
        Jens: praj
        Bot: Hvad er det? Tryk på en knap, eller skriv det med dine egne ord.
           | [Hul i vejen] [En lygte er gået ud] [Skrald] [Rotter] [Noget andet] [Menu]
        Jens: KS-1001 og det spærrer cykelstien
        Bot: Det er føjet til KS-1001. Mette ser det.
           | [Nyt spørgsmål] [Menu]
        Bot: Tilbage til "Giv et praj":
        Bot: Hvad er det? Tryk på en knap, eller skriv det med dine egne ord.
           | [Hul i vejen] [En lygte er gået ud] [Skrald] [Rotter] [Noget andet] [Menu]
        Jens: hul i vejen
        Bot: Hvor er det? Send stedet fra din telefon, eller skriv vej og nummer.
           | [[Send mit sted]] [[Tilbage]] [[Menu]]
        Jens: KS-1001
        Bot: KS-1001: Træet ved søen er ved at vælte
           | Venter på svar. Du får svar senest mandag d. 30. november.
           | [Ring til mig] [Menu]
        Bot: Tilbage til "Giv et praj":
        Bot: Hvor er det? Send stedet fra din telefon, eller skriv vej og nummer.
           | [[Send mit sted]] [[Tilbage]] [[Menu]]
        Jens: afbryd
        Bot: Det er i orden.
        Bot: Jeg har lagt "Giv et praj" til side. Det, du har svaret, bliver gemt i 7 dage. Skriv
           | "fortsæt" for at gå videre.
           | [Fortsæt] [Menu]
    """)


async def test_a_named_case_that_is_another_s(chat_on_each: Chat) -> None:
    """Another citizen's case and an unknown number get the same reply. The words are kept."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: Træet ved søen er ved at vælte
        Bot: Det ved jeg ikke. Et menneske kan hjælpe dig. Jeg sender dit spørgsmål videre om en
           | halv time, eller med det samme, hvis du trykker på knappen.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Spørg et menneske] [Det var ikke noget]
        Jens: [Spørg et menneske]
        Bot: Tak. Dit spørgsmål er sendt til Mette i Borgerservice. Sagsnummer: KS-1001. Du får
           | svar senest mandag d. 30. november. Tager det længere tid, skriver vi før den dag.
           | [Mit overblik] [Menu]
        Ana: /start
        Bot: <English notice>
        Bot: <English menu>
        Ana: KS-1001 has it fallen?
        Bot: I cannot find that case among yours, but what you wrote is kept. Unless you choose
           | something else, I send it to a person in half an hour.
           | [Ask a person] [It was nothing]
        Ana: [Ask a person]
        Bot: Thank you. Your question is sent to Mette in Borgerservice. Case number: KS-1002.
           | You get an answer by Monday 30 November at the latest. If it takes longer, we write
           | before that day.
           | [My overview] [Menu]
        Ana: KS-1001
        Bot: I cannot show that case here.
           | [Talk to a person] [Menu]
        Ana: KS-7777
        Bot: I cannot show that case here.
           | [Talk to a person] [Menu]
        Ana: KS-1001 is it gone?
        Bot: I cannot find that case among yours, but what you wrote is kept. Unless you choose
           | something else, I send it to a person in half an hour.
           | [To KS-1002] [Ask a person] [It was nothing]
        Ana: [To KS-1002]
        Bot: Thank you. It is added to KS-1002, and Mette goes on. You get an answer by Monday 30
           | November at the latest.
           | [My overview] [Menu]
        Ana: KS-7777 is it gone?
        Bot: I cannot find that case among yours, but what you wrote is kept. Unless you choose
           | something else, I send it to a person in half an hour.
           | [To KS-1002] [Ask a person] [It was nothing]
        --- 31 minutes pass
        Bot to Ana: I could not answer at once, so I have sent it on: “KS-7777 is it gone?”
           |
           | Thank you. Your question is sent to Mette in Borgerservice. Case number: KS-1003.
           | You get an answer by Monday 30 November at the latest. If it takes longer, we write
           | before that day.
           | [My overview] [Menu]
    """)


async def test_a_named_case_that_is_over(chat: Chat) -> None:
    """Words for a closed case get the offer to reopen it."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: Træet ved søen er ved at vælte
        Bot: Det ved jeg ikke. Et menneske kan hjælpe dig. Jeg sender dit spørgsmål videre om en
           | halv time, eller med det samme, hvis du trykker på knappen.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Spørg et menneske] [Det var ikke noget]
        Jens: [Spørg et menneske]
        Bot: Tak. Dit spørgsmål er sendt til Mette i Borgerservice. Sagsnummer: KS-1001. Du får
           | svar senest mandag d. 30. november. Tager det længere tid, skriver vi før den dag.
           | [Mit overblik] [Menu]
        Mette claims KS-1001
        Mette answers KS-1001: Vi fælder det på fredag.
        Bot to Jens: Her er svaret: Vi fælder det på fredag.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
        Jens: [Ja]
        Bot: Godt at høre. KS-1001 er løst. Det er dig, der siger det.
           | [Menu]
        Jens: KS-1001 det står der endnu
        Bot: KS-1001 er lukket. Skal jeg åbne den igen, eller er det noget nyt?
           | [Åbn KS-1001 igen] [Nyt spørgsmål]
        Jens: [Åbn KS-1001 igen]
        Bot: Tak. Det er føjet til KS-1001, og Mette går videre. Du får svar senest mandag d. 30.
           | november.
           | [Mit overblik] [Menu]
    """)


async def test_several_questions_are_one_case(chat: Chat) -> None:
    """What the bot could not answer within minutes is sent on once, each words once."""
    for words in ("/start", "hvordan flyver pingviner", "hvor sover hvaler om natten"):
        await chat.play(f"Jens: {words}")
    await chat.play("Jens: Hvordan flyver pingviner?")
    said = await chat.play("--- 40 minutes pass")
    assert len(said) == 1
    both = '"hvordan flyver pingviner" og "hvor sover hvaler om natten"'
    assert both in said[0].replace("\n   | ", " ")
    assert await chat.play("--- 40 minutes pass") == []
    async with opened(chat) as store, store.reading() as unit:
        (case,) = await unit.cases.of_person(1, 9)
        thread = await unit.threads.of_case(case.id, internal=False)
        assert [one.text for one in thread] == [
            "hvordan flyver pingviner",
            "hvor sover hvaler om natten",
        ]


async def test_a_tap_sends_the_last_half_hour_on(chat: Chat) -> None:
    """A tap sends the questions of the last half hour together, in English as well."""
    for words in ("/start", "how do penguins fly", "where do whales sleep at night"):
        await chat.play(f"Ana: {words}")
    await chat.play("Ana: [Ask a person]")
    assert await chat.play("--- 40 minutes pass") == []
    async with opened(chat) as store, store.reading() as unit:
        (case,) = await unit.cases.of_person(1, 9)
        assert len(await unit.threads.of_case(case.id, internal=False)) == 2
