"""Staff work on a case, as the citizen sees it."""

from __future__ import annotations

from bot.testing import Chat


async def asked(chat: Chat) -> None:
    """Open case KS-1001 as Jens."""
    await chat.play("Jens: /start")
    await chat.play("Jens: Må man grave sin egen kanal ned til havet?")
    await chat.play("Jens: [Spørg et menneske]")


async def test_only_the_owner_sends(chat: Chat) -> None:
    """Other staff must give a reason to write. A handover needs a note and sends no message."""
    await asked(chat)
    await chat("""
        Mette claims KS-1001
        Jonas answers KS-1001: Ja, det må du.
        Console: Mette har sagen. Skriv, hvorfor du skriver i stedet.
        Jonas answers KS-1001 Mette er syg: Ja, det må du.
        Bot to Jens: Her er svaret: Ja, det må du.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Jonas
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
        Mette hands KS-1001 to Aisha
        Console: Skriv en besked til den, der får sagen.
        Mette hands KS-1001 to Aisha: Du kender ham bedre end jeg.
        Jens: KS-1001
        Bot: KS-1001: Må man grave sin egen kanal ned til havet?
           | Aisha har svaret. Hjalp det?
           | [Menu]
    """)


async def test_how_one_writes(chat_on_each: Chat) -> None:
    """Hurtful replies and replies without a next step are refused (DOMAIN row 9, HR-2, 5, 12)."""
    await asked(chat_on_each)
    await chat_on_each("""
        Mette answers KS-1001: Sikke en lille krise 😂
        Console: Det kan læses, som om vi griner ad borgeren. Tag det ud.
        Mette answers KS-1001: Som vi allerede har forklaret dig, må man ikke grave.
        Console: Det kan læses, som om vi taler ned. Skriv, som du ville skrive til en kollega.
        Mette answers KS-1001: Nej.
        Console: Det er et nej uden en vej videre. Skriv, hvad borgeren kan gøre nu, eller hvem
           | der kan hjælpe.
        Mette answers KS-1001: Vi svarer hurtigst muligt.
        Console: Det er et løfte uden en dato. Skriv ugedag og dato.
        Mette answers KS-1001: Kontakt en anden afdeling.
        Console: Det sender borgeren væk. Skriv stedet og nummeret, eller tilbyd at sende det
           | videre.
        Mette answers KS-1001: Dit nummer er 170461-5007, og det må du gerne.
        Console: Der står et CPR-nummer i teksten. Fjern det; brug Digital Post i stedet.
        Mette answers KS-1001: Du får hermed en afgørelse: Din ansøgning er bevilget.
        Console: Er det en afgørelse? Send i Digital Post.
        Mette answers KS-1001: Ja, det må du gerne.
        Bot to Jens: Her er svaret: Ja, det må du gerne.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
    """)


async def test_marks_are_of_the_matter(chat: Chat) -> None:
    """Marks describe the case, never the person. The mark for strong feelings offers a call."""
    await asked(chat)
    await chat("""
        Mette marks KS-1001: kværulant
        Console: Vi mærker henvendelser, ikke mennesker. Vælg: høje forventninger, store krav
           | eller stærke følelser.
        Mette marks KS-1001: vigtig
        Console: Vi mærker henvendelser, ikke mennesker. Vælg: høje forventninger, store krav
           | eller stærke følelser.
        Mette marks KS-1001: strong_feelings
        Bot to Jens: Vil du have, at Mette ringer til dig om KS-1001?
           | [Ring til mig] [Menu]
        Mette answers KS-1001: Ja, det må du gerne.
        Bot to Jens: Her er svaret: Ja, det må du gerne.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
        Jens: [Ja]
        Bot: Godt at høre. KS-1001 er løst. Det er dig, der siger det.
           | [Menu]
    """)


async def test_corrected_and_withdrawn(chat_on_each: Chat) -> None:
    """A correction edits the message. A withdrawal deletes it, or edits it after 48 hours."""
    await asked(chat_on_each)
    await chat_on_each("""
        Mette answers KS-1001: Ja, det må du fra mandag.
        Bot to Jens: Her er svaret: Ja, det må du fra mandag.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
        Mette corrects KS-1001: Ja, det må du fra tirsdag.
        Bot edits to Jens: Her er svaret: Ja, det må du fra tirsdag.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
        Mette withdraws KS-1001: Det gjaldt en anden strand
        Bot deletes to Jens: Her er svaret: Ja, det må du fra tirsdag.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
        Bot to Jens: En besked fra os om KS-1001 er trukket tilbage, fordi den ikke var rigtig.
           | Du hører fra os senest mandag d. 30. november.
           | [Menu]
        Mette answers KS-1001: Ja, det må du fra onsdag.
        Bot to Jens: Her er svaret: Ja, det må du fra onsdag.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
        --- 49 hours pass
        Mette withdraws KS-1001: Det gjaldt en anden strand
        Bot edits to Jens: Beskeden er trukket tilbage.
        Bot to Jens: En besked fra os om KS-1001 er trukket tilbage, fordi den ikke var rigtig.
           | Du hører fra os senest onsdag d. 2. december.
           | [Menu]
    """)


async def test_closed_with_a_reason(chat: Chat) -> None:
    """Closing needs a reason and a contact. The citizen can reopen the case."""
    await asked(chat)
    await chat("""
        Mette closes KS-1001 as not_us: Det bestemmer Kystdirektoratet.
        Console: Skriv, hvem der kan hjælpe i stedet, med telefonnummer eller link.
        Mette closes KS-1001 as not_us at Kystdirektoratet, 00 00 20 00: Det bestemmer
           | Kystdirektoratet.
        Bot to Jens: Det bestemmer Kystdirektoratet.
           | Kystdirektoratet, 00 00 20 00
           |
           | KS-1001 er lukket nu. Skriv til os igen, hvis der er mere.
           | Hilsen Mette
           | [Menu]
        Jens: KS-1001
        Bot: KS-1001: Må man grave sin egen kanal ned til havet?
           | Lukket.
           | [Menu]
        Jens replies: Men hvem er det så?
        Bot: KS-1001 er lukket. Skal jeg åbne den igen, eller er det noget nyt?
           | [Åbn KS-1001 igen] [Nyt spørgsmål]
        Jens: [Åbn KS-1001 igen]
        Bot: Tak. Det er føjet til KS-1001, og Mette går videre. Du får svar senest mandag d. 30.
           | november.
           | [Mit overblik] [Menu]
    """)


async def test_one_answer_for_the_same_question(chat: Chat) -> None:
    """The answer to a case is sent once to the citizen of each duplicate."""
    await asked(chat)
    await chat("""
        Samira: /start
        Bot: <notice>
        Bot: <menu>
        Samira: Må jeg grave en kanal til havet?
        Bot: Det ved jeg ikke. Et menneske kan hjælpe dig. Jeg sender dit spørgsmål videre om en
           | halv time, eller med det samme, hvis du trykker på knappen.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Spørg et menneske] [Det var ikke noget]
        Samira: [Spørg et menneske]
        Bot: Tak. Dit spørgsmål er sendt til Mette i Borgerservice. Sagsnummer: KS-1002. Du får
           | svar senest mandag d. 30. november. Tager det længere tid, skriver vi før den dag.
           | [Mit overblik] [Menu]
        Mette closes KS-1002 as duplicate_of at KS-9999: Andre har spurgt om det samme.
        Console: Skriv nummeret på den sag, som denne gentager.
        Mette closes KS-1002 as duplicate_of at KS-1001: Andre har spurgt om det samme, så du
           | får svar sammen med dem.
        Bot to Samira: Andre har spurgt om det samme, så du får svar sammen med dem.
           | KS-1001
           |
           | KS-1002 er lukket nu. Skriv til os igen, hvis der er mere.
           | Hilsen Mette
           | [Menu]
        Mette answers KS-1001: Ja, det må man, hvis naboen også siger ja.
        Bot to Jens: Her er svaret: Ja, det må man, hvis naboen også siger ja.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
        Bot to Samira: Mere om KS-1002: Ja, det må man, hvis naboen også siger ja.
           |
           | Hilsen Mette
           | [Menu]
    """)


async def test_by_phone(chat: Chat) -> None:
    """A case opened by phone is worked on like others, and no chat message is sent (HR-27)."""
    await chat("""
        Mette enters Inger, 00 00 30 00: Lygten ved kirken er gået ud
        Mette enters Inger, 00 00 30 00: Mit nummer er 170461-5007
        Console: Der står et CPR-nummer i teksten. Fjern det; det kan ikke gemmes her.
        Mette claims KS-1001
        Mette answers KS-1001: Lygten bliver skiftet i uge 50.
        Mette adds to KS-1001: Den lyser stadig ikke
        Mette calls KS-1001: Fortalte Inger, at Vej og Park kommer fredag.
    """)


async def test_the_citizen_edits(chat_on_each: Chat) -> None:
    """An edit is stored without a message to the citizen, and a CPR number in it is deleted."""
    await asked(chat_on_each)
    await chat_on_each("""
        Jens: Den skal være en meter bred
        Bot: Det er føjet til KS-1001. Mette ser det.
           | [Nyt spørgsmål] [Menu]
        Jens edits: Den skal være to meter bred
        Jens edits: Den skal være to meter bred
        Jens edits: Mit nummer er 170461-5007
        Bot deletes: Mit nummer er 170461-5007
        Bot: Du kom til at skrive et CPR-nummer. Jeg har slettet beskeden og ikke gemt nummeret.
           | Har vi brug for det, så skriv til os i Digital Post på borger.dk.
           |
           | Var det et ordrenummer eller et P-nummer? Så skriv det igen med et x efter de første
           | to cifre.
           | [Menu]
    """)


async def test_it_did_not_feel_right(chat: Chat) -> None:
    """A citizen can report bad treatment, and a leader looks at it."""
    await asked(chat)
    await chat("""
        Mette answers KS-1001: Ja, det må du gerne.
        Bot to Jens: Her er svaret: Ja, det må du gerne.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
        Jens: [Det her føltes ikke ordentligt]
        Bot: Tak, fordi du siger det. En leder ser på det, ikke den, der skrev til dig.
           | [Tal med et menneske] [Menu]
    """)


async def test_a_blocked_citizen(chat: Chat) -> None:
    """A case whose answer cannot be delivered returns to its owner."""
    await asked(chat)
    await chat("""
        Mette claims KS-1001
        Jens blocks
        Mette answers KS-1001: Ja, det må du gerne.
        Jens unblocks
        Jens: KS-1001
        Bot: KS-1001: Må man grave sin egen kanal ned til havet?
           | Mette arbejder på det. Du får svar senest mandag d. 30. november.
           | [Ring til mig] [Menu]
    """)


async def test_your_data(chat: Chat) -> None:
    """The word for "my data" shows a summary and sends the stored data as a file."""
    await asked(chat)
    await chat("""
        Mette reads KS-1001
        Mette notes KS-1001: En hemmelighed
        Jens: mine data
        Bot: Her er det, vi har gemt om dig, som en fil. Kort sagt:
           |
           | • Vi kalder dig: Jens. Sprog: Dansk. Område: ikke valgt.
           | • Du skrev til os første gang 23. november 2026.
           | • Ja tak til nyt om: ingenting.
           | • Sager: 1. Beskeder i dem: 1. Billeder og steder: 0.
           | • Samtaler, der ikke er færdige: 0.
           |
           | I filen er det hele, også hvem der har læst dine sager og hvornår. Har du spørgsmål
           | om dine data, eller skal noget rettes eller slettes, så skriv til
           | dpo@klintsund.example.
           | [Menu]
        Bot: <mine-data.json>
    """)


async def test_the_other_doors(chat: Chat) -> None:
    """Each command named in the FAQ has its own answer."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: høring
        Bot: Der er ingen åben høring lige nu. Når der er en, finder du den her. Vil du selv
           | foreslå noget, så tryk Idé.
           | [Idé] [Menu]
        Jens: idé
        Bot: Hvad er din idé? Skriv den, som du ville sige den til en nabo.
        Jens: Flere bænke
        Bot: Tak. Din idé er sendt til Mette i Borgerservice. Sagsnummer: KS-1001. Du hører, hvad
           | der skete med den, senest mandag d. 7. december. Tager det længere tid, skriver vi
           | før den dag.
           | [Mit overblik] [Menu]
        Jens: klage
        Bot: Der er tre veje.
           |
           | • Du er utilfreds med en service eller med, hvordan du blev mødt. Skriv det her, så
           | svarer et menneske.
           | • Du er uenig i en afgørelse i et brev. I brevet står der, hvordan du klager, og
           | hvornår fristen er. Du klager til dem, der sendte det.
           | • Borgerrådgiveren hjælper dig gratis og er ikke en del af sagen. Du kan også klage
           | til Folketingets Ombudsmand.
           | [Jeg er utilfreds] [Om en afgørelse] [Borgerrådgiveren] [Menu]
        Jens: borgerrådgiveren
        Bot: Borgerrådgiveren lytter, hjælper dig med at forstå sagen og ser på, hvordan vi har
           | behandlet dig. Det er gratis. Ring til kommunen og spørg efter borgerrådgiveren.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Menu]
        Jens: [Jeg er utilfreds]
        Bot: Hvad er der sket, og hvad betyder det for dig? Et menneske læser det og svarer.
        Jens: Bussen kører for tidligt
        Bot: Tak, fordi du siger det. Det må være irriterende. Din henvendelse er sendt til Mette
           | i Borgerservice. Sagsnummer: KS-1002. Du får svar senest mandag d. 30. november.
           | Tager det længere tid, skriver vi før den dag.
           | [Mit overblik] [Menu]
        Jens: aktindsigt
        Bot: Hvilke af kommunens papirer vil du se? Skriv, hvad de handler om. Papirer om dig
           | selv sender vi i Digital Post, aldrig her.
        Jens: Planerne for havnen
        Bot: Tak. Mette i Borgerservice undersøger, hvilke papirer du kan se. Sagsnummer:
           | KS-1003. Du får svar senest onsdag d. 2. december. Tager det længere tid, skriver vi
           | før den dag og siger hvorfor.
           | [Mit overblik] [Menu]
    """)


async def test_a_message_is_no_answer(chat_on_each: Chat) -> None:
    """A message asks nothing, keeps the promise of a call, and the citizen's words join."""
    await chat_on_each.play("Jens: /start")
    await chat_on_each.play("Jens: I er ubrugelige, jeg har ventet i fem uger på svar!!")
    await chat_on_each("""
        Jonas writes KS-1001: Jeg ringer inden kl. 15.
        Bot to Jens: Om KS-1001: Jeg ringer inden kl. 15.
           |
           | Hilsen Jonas
           | [Menu]
        Mette writes KS-1001: Jeg ringer også.
        Console: Jonas har sagen. Skriv, hvorfor du skriver i stedet.
        Jonas writes KS-1001: Vi svarer hurtigst muligt.
        Console: Det er et løfte uden en dato. Skriv ugedag og dato.
        Jens: Fint, det er på 12 34 56 78
        Bot: Det er føjet til KS-1001. Jonas ser det.
           | [Nyt spørgsmål] [Menu]
        Jonas closes KS-1001 as no_action: Vi har talt om det, og der er ikke mere.
        Console: Borgeren er lovet et opkald senest mandag d. 23. november kl. 15. Ring, og gem
           | først noten om opkaldet: hvad der blev sagt, eller hvorfor der ikke blev ringet.
        Jonas answers KS-1001: Fortovet bliver lagt om tirsdag d. 8. december.
        Bot to Jens: Her er svaret: Fortovet bliver lagt om tirsdag d. 8. december.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Jonas
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
        Jonas closes KS-1001 as no_action: Vi har talt om det, og der er ikke mere.
        Console: Borgeren er lovet et opkald senest mandag d. 23. november kl. 15. Ring, og gem
           | først noten om opkaldet: hvad der blev sagt, eller hvorfor der ikke blev ringet.
        Jens: [Ja]
        Bot: Godt at høre. KS-1001 er løst. Det er dig, der siger det.
           | [Menu]
        Jonas calls KS-1001: Talte med Jens. → Intet aftalt.
    """)


async def test_a_reply_to_a_message_joins_the_case(chat: Chat) -> None:
    """Words after a message join an answered case. An FAQ answer has a button to it."""
    await asked(chat)
    await chat("""
        Mette answers KS-1001: Ja, det må du.
        Bot to Jens: Her er svaret: Ja, det må du.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
        Mette writes KS-1001: Husk at hente din nøgle i Borgerservice.
        Bot to Jens: Om KS-1001: Husk at hente din nøgle i Borgerservice.
           |
           | Hilsen Mette
           | [Menu]
        Jens: Det skal jeg nok gøre, men hvor ligger min gravko så?
        Bot: Tak. Det er føjet til KS-1001, og Mette går videre. Du får svar senest mandag d. 30.
           | november.
           | [Nyt spørgsmål] [Menu]
        Mette writes KS-1001: Den ligger på havnen.
        Bot to Jens: Om KS-1001: Den ligger på havnen.
           |
           | Hilsen Mette
           | [Menu]
        Jens: Hvornår har borgerservice åbent?
        Bot: Hvornår har I åbent?
           | Borgerservice har åbent kl. 10–14 mandag til onsdag. Torsdag er der åbent kl. 10–17
           | og fredag kl. 10–12. Vi har lukket på helligdage. Du kan ringe fra kl. 9, til vi
           | lukker. Adressen er Klintgade 1, Klintsund.
           |
           | Kilde: Mette, Borgerservice. Gennemgået 1. november 2026.
           | [Til KS-1001] [Det hjalp] [Spørg et menneske]
    """)


async def test_a_message_later_corrected_and_withdrawn(chat_on_each: Chat) -> None:
    """A scheduled message is sent, corrected by an edit, and withdrawn. The case stays open."""
    await asked(chat_on_each)
    await chat_on_each("""
        Mette writes KS-1001 for 2026-11-24 09.00: Jeg ser på det i dag.
        --- 1 day passes
        Bot to Jens: Om KS-1001: Jeg ser på det i dag.
           |
           | Hilsen Mette
           | [Menu]
        Mette corrects KS-1001: Jeg ser på det onsdag d. 25. november.
        Bot edits to Jens: Om KS-1001: Jeg ser på det onsdag d. 25. november.
           |
           | Hilsen Mette
           | [Menu]
        Mette withdraws KS-1001: Det var til en anden
        Bot deletes to Jens: Om KS-1001: Jeg ser på det onsdag d. 25. november.
           |
           | Hilsen Mette
        Bot to Jens: En besked fra os om KS-1001 er trukket tilbage, fordi den ikke var rigtig.
           | Du hører fra os senest mandag d. 30. november.
           | [Menu]
        Jens: KS-1001
        Bot: KS-1001: Må man grave sin egen kanal ned til havet?
           | Mette arbejder på det. Du får svar senest mandag d. 30. november.
           | [Ring til mig] [Menu]
    """)


async def test_a_message_waits_and_its_case_ends(chat: Chat) -> None:
    """A scheduled message is not sent if the citizen reports the case solved before."""
    await asked(chat)
    await chat("""
        Mette writes KS-1001 for 2026-11-24 09.00: Jeg ser på det i dag.
        Mette answers KS-1001: Ja, det må du gerne.
        Bot to Jens: Her er svaret: Ja, det må du gerne.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
        Jens: [Ja]
        Bot: Godt at høre. KS-1001 er løst. Det er dig, der siger det.
           | [Menu]
        --- 1 day passes
        Mette writes KS-1001: Hej igen.
        Console: Sagen er lukket.
    """)
