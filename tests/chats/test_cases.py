"""A question becomes a case, and staff answer it."""

from __future__ import annotations

from bot.testing import Chat


async def test_the_whole_loop(chat_on_each: Chat) -> None:
    """Question, receipt, claim, note, answer, "no", reopened with the same owner, answer, "yes"."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: Hvornår bliver bænken ved søen malet igen?
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
        Jens: mit
        Bot: Mine sager
           | KS-1001: Hvornår bliver bænken ved søen malet igen?
           | Venter på svar. Du får svar senest mandag d. 30. november.
           |
           | Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Sprog og indstillinger] [Menu]
        Mette reads KS-1001
        Bot edits to Jens: Mine sager
           | KS-1001: Hvornår bliver bænken ved søen malet igen?
           | Venter på svar. Du får svar senest mandag d. 30. november. Læst af Mette.
           |
           | Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Sprog og indstillinger] [Menu]
        Mette claims KS-1001
        Bot edits to Jens: Mine sager
           | KS-1001: Hvornår bliver bænken ved søen malet igen?
           | Mette arbejder på det. Du får svar senest mandag d. 30. november. Læst af Mette.
           |
           | Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Sprog og indstillinger] [Menu]
        Jonas claims KS-1001
        Console: Mette har allerede sagen.
        Mette notes KS-1001: Spørg Vej og Park, de malede i 2019.
        Mette answers KS-1001: Bænken bliver malet i uge 50. Det er Vej og Park, der gør det.
        Bot to Jens: Her er svaret: Bænken bliver malet i uge 50. Det er Vej og Park, der gør
           | det.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
        Bot edits to Jens: Mine sager
           | KS-1001: Hvornår bliver bænken ved søen malet igen?
           | Mette har svaret. Hjalp det?
           |
           | Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Sprog og indstillinger] [Menu]
        Jens: [Nej]
        Bot: Tak, fordi du siger det. Hvad mangler der? En linje er nok.
        Jens: Jeg mente bænken ved den store sø
        Bot: Tak. KS-1001 er åben igen, og Mette ser på det. Du får svar senest mandag d. 30.
           | november.
           | [Mit overblik] [Menu]
        Mette answers KS-1001: Den ved den store sø bliver malet i uge 51.
        Bot to Jens: Her er svaret: Den ved den store sø bliver malet i uge 51.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
        Jens: [Ja]
        Bot: Godt at høre. KS-1001 er løst. Det er dig, der siger det.
           | [Menu]
        Jens: [Ja]
        Bot: Det er allerede på plads. Skriv til os igen, hvis der er mere.
           | [Menu]
        Jens: mit
        Bot: Mine sager
           | KS-1001: Hvornår bliver bænken ved søen malet igen?
           | Løst. Det har du selv sagt.
           |
           | Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Sprog og indstillinger] [Menu]
    """)


async def test_the_whole_loop_in_english(chat: Chat) -> None:
    """The same loop in English, with "partly" and typed words instead of taps."""
    await chat("""
        Ana: /start
        Bot: <English notice>
        Bot: <English menu>
        Ana: When will the bench by the lake be painted again?
        Bot: I do not know that. A person can help you. I send your question to a person in half
           | an hour, or at once if you press the button.
           |
           | Phone 00 00 10 00.
           | The phone is open Monday–Wednesday 09:00–14:00, Thursday 09:00–17:00 and Friday
           | 09:00–12:00.
           | Visit us: Klintgade 1, Klintsund. The counter is open Monday–Wednesday 10:00–14:00,
           | Thursday 10:00–17:00 and Friday 10:00–12:00.
           | [Ask a person] [It was nothing]
        Ana: ask a person
        Bot: Thank you. Your question is sent to Mette in Borgerservice. Case number: KS-1001.
           | You get an answer by Monday 30 November at the latest. If it takes longer, we write
           | before that day.
           | [My overview] [Menu]
        Ana: The bench by the small lake
        Bot: It is added to KS-1001. Mette sees it.
           | [New question] [Menu]
        Mette claims KS-1001
        Mette answers KS-1001: It will be painted in week 50.
        Bot to Ana: Here is the answer: It will be painted in week 50.
           |
           | Did you get an answer to what you asked?
           | Regards, Mette
           | [Yes] [Partly] [No] [This did not feel right]
        Ana: partly
        Bot: Thank you for saying so. What is still missing? One line is enough.
        Ana: Which colour will it be?
        Bot: Thank you. KS-1001 is open again, and Mette looks at it. You get an answer by Monday
           | 30 November at the latest.
           | [My overview] [Menu]
        Mette answers KS-1001: It will be green.
        Bot to Ana: Here is the answer: It will be green.
           |
           | Did you get an answer to what you asked?
           | Regards, Mette
           | [Yes] [Partly] [No] [This did not feel right]
        Ana: yes
        Bot: Good to hear. KS-1001 is solved, by your word.
           | [Menu]
    """)


async def test_nobody_tapped(chat_on_each: Chat) -> None:
    """An unanswered question becomes a case after 30 minutes without a tap."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: Må man grave sin egen kanal ned til havet?
        Bot: Det ved jeg ikke. Et menneske kan hjælpe dig. Jeg sender dit spørgsmål videre om en
           | halv time, eller med det samme, hvis du trykker på knappen.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Spørg et menneske] [Det var ikke noget]
        --- 29 minutes pass
        --- 1 minute passes
        Bot to Jens: Jeg kunne ikke svare på dit spørgsmål med det samme, så jeg har sendt det
           | videre: "Må man grave sin egen kanal ned til havet?"
           |
           | Tak. Dit spørgsmål er sendt til Mette i Borgerservice. Sagsnummer: KS-1001. Du får
           | svar senest mandag d. 30. november. Tager det længere tid, skriver vi før den dag.
           | [Mit overblik] [Menu]
        Jens: mit
        Bot: Mine sager
           | KS-1001: Må man grave sin egen kanal ned til havet?
           | Venter på svar. Du får svar senest mandag d. 30. november.
           |
           | Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Sprog og indstillinger] [Menu]
    """)


async def test_nobody_tapped_at_night(chat: Chat) -> None:
    """An evening question becomes a case when quiet hours end, as its reply announces."""
    await chat("""
        --- until 2026-11-23 21:00
        Jens: Må man grave sin egen kanal ned til havet?
        Bot: <notice>
        Bot: Det ved jeg ikke. Et menneske kan hjælpe dig. Jeg sender dit spørgsmål videre
           | tirsdag d. 24. november kl. 8, eller med det samme, hvis du trykker på knappen.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Spørg et menneske] [Det var ikke noget]
        Bot: <menu>
        --- until 2026-11-24 07:59
        --- until 2026-11-24 08:00
        Bot to Jens: Jeg kunne ikke svare på dit spørgsmål med det samme, så jeg har sendt det
           | videre: "Må man grave sin egen kanal ned til havet?"
           |
           | Tak. Dit spørgsmål er sendt til Mette i Borgerservice. Sagsnummer: KS-1001. Du får
           | svar senest mandag d. 30. november. Tager det længere tid, skriver vi før den dag.
           | [Mit overblik] [Menu]
    """)


async def test_it_was_nothing(chat: Chat) -> None:
    """A question that the citizen drops does not become a case."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: Må man grave sin egen kanal ned til havet?
        Bot: Det ved jeg ikke. Et menneske kan hjælpe dig. Jeg sender dit spørgsmål videre om en
           | halv time, eller med det samme, hvis du trykker på knappen.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Spørg et menneske] [Det var ikke noget]
        Jens: [Det var ikke noget]
        Bot: Det er helt i orden.
           | [Menu]
        --- 2 hours pass
        Jens: KS-1001
        Bot: Den sag kan jeg ikke vise her.
           | [Tal med et menneske] [Menu]
    """)


async def test_words_join_the_case(chat_on_each: Chat) -> None:
    """With an open case, words join it, the FAQ answers, and a new question is possible."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: Må man grave sin egen kanal ned til havet?
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
        Jens: Den skal være en meter bred
        Bot: Det er føjet til KS-1001. Mette ser det.
           | [Nyt spørgsmål] [Menu]
        Jens: Hvornår har I åbent?
        Bot: Hvornår har I åbent?
           | Borgerservice har åbent kl. 10–14 mandag til onsdag. Torsdag er der åbent kl. 10–17
           | og fredag kl. 10–12. Vi har lukket på helligdage. Du kan ringe fra kl. 9, til vi
           | lukker. Adressen er Klintgade 1, Klintsund.
           |
           | Kilde: Mette, Borgerservice. Gennemgået 1. november 2026.
           | [Til KS-1001] [Det hjalp] [Spørg et menneske]
        Jens: Hvor må man flyve med drage?
        Bot: Det er føjet til KS-1001. Mette ser det.
           | [Nyt spørgsmål] [Menu]
        Jens: [Nyt spørgsmål]
        Bot: Tak. Dit spørgsmål er sendt til Mette i Borgerservice. Sagsnummer: KS-1002. Du får
           | svar senest mandag d. 30. november. Tager det længere tid, skriver vi før den dag.
           | [Mit overblik] [Menu]
        --- 25 hours pass
        Jens: Den kunne også være smallere
        Bot: Hører det til KS-1002, eller er det noget nyt?
           | [Til KS-1002] [Nyt spørgsmål]
        Jens: [Til KS-1002]
        Bot: Tak. Det er føjet til KS-1002, og Mette går videre. Du får svar senest mandag d. 30.
           | november.
           | [Mit overblik] [Menu]
        Mette asks KS-1001: Hvor bor du cirka?
        Bot to Jens: Mette spørger om KS-1001:
           | Hvor bor du cirka?
           |
           | Skriv bare dit svar her. Vi går videre, når vi har det.
           | Hilsen Mette
           | [Menu]
        --- 30 hours pass
        Jens: Lige ved stranden
        Bot: Tak. Det er føjet til KS-1001, og Mette går videre. Du får svar senest tirsdag d. 1.
           | december.
           | [Nyt spørgsmål] [Menu]
    """)


async def test_a_reply_picks_its_case(chat: Chat) -> None:
    """A Telegram reply to a case's message joins that case, not the latest one."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: Må man grave sin egen kanal ned til havet?
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
        Mette answers KS-1001: Nej, det må man ikke. Kysten er fredet. Ring, hvis du vil vide mere.
        Bot to Jens: Her er svaret: Nej, det må man ikke. Kysten er fredet. Ring, hvis du vil
           | vide mere.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
        Jens replies: Hvem har fredet den?
        Bot: Tak. Det er føjet til KS-1001, og Mette går videre. Du får svar senest mandag d. 30.
           | november.
           | [Nyt spørgsmål] [Menu]
    """)


async def test_a_stranger_sees_nothing(chat: Chat) -> None:
    """A case's number shows the case only to its own citizen."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: Må man grave sin egen kanal ned til havet?
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
        Samira: /start
        Bot: <notice>
        Bot: <menu>
        Samira: KS-1001
        Bot: Den sag kan jeg ikke vise her.
           | [Tal med et menneske] [Menu]
        Samira: ks 9999
        Bot: Den sag kan jeg ikke vise her.
           | [Tal med et menneske] [Menu]
        Jens: ks-1001
        Bot: KS-1001: Må man grave sin egen kanal ned til havet?
           | Venter på svar. Du får svar senest mandag d. 30. november.
           | [Ring til mig] [Menu]
    """)


async def test_anger_is_met(chat_on_each: Chat) -> None:
    """An angry message gets sympathy first, then the offer of a call (DOMAIN 3c-12)."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: I er ubrugelige, jeg har ventet i fem uger!!
        Bot: Fem uger er lang tid at vente. Jeg forstår godt, at du er vred. Jeg vil gerne få et
           | menneske til at ringe til dig. Hvad er det vigtigste, vi skal vide først?
           |
           | Din henvendelse ligger hos Mette i Borgerservice. Sagsnummer: KS-1001. Du får svar
           | senest mandag d. 30. november.
           | [Ring til mig] [Sådan klager du] [Menu]
        Jens: Det er min ansøgning om en flagstang
        Bot: Det er føjet til KS-1001. Mette ser det.
           | [Nyt spørgsmål] [Menu]
        Jens: [Ring til mig]
        Bot: Hvilket nummer må vi ringe på?
        Jens: 12 34 56 78
        Bot: Hvornår passer det dig?
           | [Om formiddagen, kl. 9–12] [Om eftermiddagen, kl. 12–15] [Når som helst] [Tilbage]
           | [Menu]
        Jens: [Om formiddagen, kl. 9–12]
        Bot: Tak. Mette i Borgerservice ringer til dig. Sagsnummer: KS-1001. Det bliver senest
           | mandag d. 23. november kl. 12.
           | [Mit overblik] [Menu]
        Mette claims KS-1001
        Mette calls KS-1001: Vi aftalte, at jeg finder ansøgningen og ringer igen torsdag.
    """)


async def test_a_complaint_is_taken_in(chat: Chat) -> None:
    """A calm complaint gets sympathy, a receipt, a date and the ways to complain."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: Jeg vil klage over, at I ikke har tømt min skraldespand
        Bot: Tak, fordi du siger det. Det må være irriterende. Din henvendelse er sendt til Mette
           | i Borgerservice. Sagsnummer: KS-1001. Du får svar senest mandag d. 30. november.
           | Tager det længere tid, skriver vi før den dag.
           | [Sådan klager du] [Mit overblik]
        Jens: [Sådan klager du]
        Bot: Der er tre veje.
           |
           | • Du er utilfreds med en service eller med, hvordan du blev mødt. Skriv det her, så
           | svarer et menneske.
           | • Du er uenig i en afgørelse i et brev. I brevet står der, hvordan du klager, og
           | hvornår fristen er. Du klager til dem, der sendte det.
           | • Borgerrådgiveren hjælper dig gratis og er ikke en del af sagen. Du kan også klage
           | til Folketingets Ombudsmand.
           | [Jeg er utilfreds] [Om en afgørelse] [Borgerrådgiveren] [Menu]
        Jens: [Om en afgørelse]
        Bot: Se sidst i brevet. Der står, hvor du kan klage, og hvilken dag fristen er. Har du
           | ikke brevet, eller kan du ikke finde det, så spørg os. Vi finder det sammen med dig.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Tal med et menneske] [Menu]
    """)
