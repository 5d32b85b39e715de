"""Rare cases, each of which was a bug once."""

from __future__ import annotations

from bot.testing import Chat


async def asked(chat: Chat) -> None:
    """Open case KS-1001 as Jens on Monday at 10:00. It is due the Monday after."""
    await chat.play("Jens: /start")
    await chat.play("Jens: Må man grave sin egen kanal ned til havet?")
    await chat.play("Jens: [Spørg et menneske]")


async def test_an_alarm_is_late_and_not_lost(chat_on_each: Chat) -> None:
    """An alarm that fell due while no process ran is still sent, also after a note by staff."""
    await asked(chat_on_each)
    await chat_on_each.play("Mette claims KS-1001")
    chat_on_each.clock.move_to(chat_on_each.clock.now().replace(month=12, day=1))
    await chat_on_each("""
        Mette notes KS-1001: Jeg spørger Vej og Park.
        Bot to Jens: Vi er ikke færdige med KS-1001 endnu. Mette arbejder stadig på det. Ny dato:
           | tirsdag d. 8. december. Undskyld, at det trækker ud.
           | [Menu]
        Jens: KS-1001
        Bot: KS-1001: Må man grave sin egen kanal ned til havet?
           | Mette arbejder på det. Du får svar senest tirsdag d. 8. december.
           | [Ring til mig] [Menu]
    """)


async def test_the_clock_goes_on_late_in_the_day(chat: Chat) -> None:
    """The citizen answers at 16:00 on the due day: staff get one more working day."""
    await asked(chat)
    await chat("""
        Mette claims KS-1001
        --- until 2026-11-30 14:00
        Mette asks KS-1001: Hvor bor du cirka?
        Bot to Jens: Mette spørger om KS-1001:
           | Hvor bor du cirka?
           |
           | Skriv bare dit svar her. Vi går videre, når vi har det.
           | Hilsen Mette
           | [Menu]
        --- until 2026-11-30 16:00
        Jens: Lige ved stranden
        Bot: Tak. Det er føjet til KS-1001, og Mette går videre. Du får svar senest tirsdag d. 1.
           | december.
           | [Nyt spørgsmål] [Menu]
    """)


async def test_an_old_answer_does_not_help_any_more(chat: Chat) -> None:
    """A question passed on weeks after its FAQ answer gets a date counted from today."""
    await chat.play("Jens: /start")
    await chat("""
        Jens: Hvor skal pizzabakken hen?
        Bot: Hvor skal pizzabakken hen?
           | I rest. Der er fedt på den, så den kan ikke blive til nyt pap.
           |
           | Kilde: Jonas, Natur. Gennemgået 1. november 2026.
           | [Det hjalp] [Spørg et menneske]
        --- until 2026-12-14 10:00
        Jens: [Spørg et menneske]
        Bot: Tak. Dit spørgsmål er sendt til Jonas i Natur. Sagsnummer: KS-1001. Du får svar
           | senest onsdag d. 16. december. Tager det længere tid, skriver vi før den dag.
           | [Mit overblik] [Menu]
        Jens: [Spørg et menneske]
        Bot: KS-1001: Hvor skal pizzabakken hen?
           | Venter på svar. Du får svar senest onsdag d. 16. december.
           | [Ring til mig] [Menu]
    """)


async def test_a_withdrawn_question_is_not_repeated(chat: Chat) -> None:
    """The citizen gets no reminder of a withdrawn question, and the case goes on."""
    await asked(chat)
    await chat("""
        Mette asks KS-1001: Hvordan går det på Skovvej?
        Bot to Jens: Mette spørger om KS-1001:
           | Hvordan går det på Skovvej?
           |
           | Skriv bare dit svar her. Vi går videre, når vi har det.
           | Hilsen Mette
           | [Menu]
        Mette withdraws KS-1001: Det var til en anden
        Bot deletes to Jens: Mette spørger om KS-1001:
           | Hvordan går det på Skovvej?
           |
           | Skriv bare dit svar her. Vi går videre, når vi har det.
           | Hilsen Mette
        Bot to Jens: En besked fra os om KS-1001 er trukket tilbage, fordi den ikke var rigtig.
           | Du hører fra os senest mandag d. 30. november.
           | [Menu]
        --- until 2026-11-26 12:00
        Jens: KS-1001
        Bot: KS-1001: Må man grave sin egen kanal ned til havet?
           | Mette arbejder på det. Du får svar senest mandag d. 30. november.
           | [Ring til mig] [Menu]
    """)


async def test_small_answers_to_our_own_question(chat_on_each: Chat) -> None:
    """A number, an "ok" and a thumb are answers to a question by staff."""
    await asked(chat_on_each)
    await chat_on_each("""
        Mette asks KS-1001: Hvor mange meter?
        Bot to Jens: Mette spørger om KS-1001:
           | Hvor mange meter?
           |
           | Skriv bare dit svar her. Vi går videre, når vi har det.
           | Hilsen Mette
           | [Menu]
        Jens: 12
        Bot: Tak. Det er føjet til KS-1001, og Mette går videre. Du får svar senest mandag d. 30.
           | november.
           | [Nyt spørgsmål] [Menu]
        Mette asks KS-1001: Er det i orden at vente til mandag?
        Bot to Jens: Mette spørger om KS-1001:
           | Er det i orden at vente til mandag?
           |
           | Skriv bare dit svar her. Vi går videre, når vi har det.
           | Hilsen Mette
           | [Menu]
        Jens: ok
        Bot: Tak. Det er føjet til KS-1001, og Mette går videre. Du får svar senest mandag d. 30.
           | november.
           | [Nyt spørgsmål] [Menu]
        Mette asks KS-1001: Også tirsdag?
        Bot to Jens: Mette spørger om KS-1001:
           | Også tirsdag?
           |
           | Skriv bare dit svar her. Vi går videre, når vi har det.
           | Hilsen Mette
           | [Menu]
        Jens: 👍
        Bot: Tak. Det er føjet til KS-1001, og Mette går videre. Du får svar senest mandag d. 30.
           | november.
           | [Nyt spørgsmål] [Menu]
    """)


async def test_a_corrected_end_is_still_an_end(chat: Chat) -> None:
    """A correction of the closing message leaves the case closed and promises no date."""
    await asked(chat)
    await chat("""
        Mette closes KS-1001 as withdrawn: Du har selv trukket det tilbage.
        Bot to Jens: Du har selv trukket det tilbage.
           |
           | KS-1001 er lukket nu. Skriv til os igen, hvis der er mere.
           | Hilsen Mette
           | [Menu]
        Mette corrects KS-1001: Du har selv trukket dit spørgsmål tilbage.
        Bot edits to Jens: Du har selv trukket dit spørgsmål tilbage.
           |
           | KS-1001 er lukket nu. Skriv til os igen, hvis der er mere.
           | Hilsen Mette
           | [Menu]
        Mette withdraws KS-1001: Det var en anden
        Bot deletes to Jens: Du har selv trukket dit spørgsmål tilbage.
           |
           | KS-1001 er lukket nu. Skriv til os igen, hvis der er mere.
           | Hilsen Mette
        Bot to Jens: En besked fra os om KS-1001 er trukket tilbage, fordi den ikke var rigtig.
           | Du hører fra os senest mandag d. 30. november.
           | [Menu]
    """)


async def test_a_call_asked_for_twice(chat: Chat) -> None:
    """A new request for a call gets a new date and ends the wait for the citizen's answer."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: [Tal med et menneske]
        Bot: Du kan skrive til et menneske her, eller vi kan ringe til dig.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Skriv til et menneske] [Ring til mig] [Menu]
        Jens: [Ring til mig]
        Bot: Hvilket nummer må vi ringe på?
        Jens: 00 00 40 00
        Bot: Hvornår passer det dig?
           | [Om formiddagen, kl. 9–12] [Om eftermiddagen, kl. 12–15] [Når som helst] [Tilbage]
           | [Menu]
        Jens: [Når som helst]
        Bot: Hvad drejer det sig om? En sætning er nok.
           | [Vil helst ikke sige det] [Tilbage] [Menu]
        Jens: Min hæk
        Bot: Tak. Mette i Borgerservice ringer til dig. Sagsnummer: KS-1001. Det bliver senest
           | mandag d. 23. november kl. 16.
           | [Mit overblik] [Menu]
        Mette asks KS-1001: Hvilken hæk?
        Bot to Jens: Mette spørger om KS-1001:
           | Hvilken hæk?
           |
           | Skriv bare dit svar her. Vi går videre, når vi har det.
           | Hilsen Mette
           | [Menu]
        --- until 2026-11-25 10:00
        Jens: KS-1001
        Bot: KS-1001: Ring til mig på 00 00 40 00. Når som helst. – Min hæk
           | Vi venter på svar fra dig.
           | [Ring til mig] [Menu]
        Jens: [Ring til mig]
        Bot: Hvilket nummer må vi ringe på?
        Jens: 00 00 40 00
        Bot: Hvornår passer det dig?
           | [Om formiddagen, kl. 9–12] [Om eftermiddagen, kl. 12–15] [Når som helst] [Tilbage]
           | [Menu]
        Jens: [Når som helst]
        Bot: Tak. Mette i Borgerservice ringer til dig. Sagsnummer: KS-1001. Det bliver senest
           | onsdag d. 25. november kl. 16.
           | [Mit overblik] [Menu]
        Jens: KS-1001
        Bot: KS-1001: Ring til mig på 00 00 40 00. Når som helst. – Min hæk
           | Mette arbejder på det. Du får svar senest onsdag d. 2. december.
           | [Ring til mig] [Menu]
    """)


async def test_what_is_missing_is_not_dropped(chat: Chat) -> None:
    """Words after a "no" reopen the case, even if staff closed it in between."""
    await asked(chat)
    await chat("""
        Mette answers KS-1001: Ja, det må du.
        Bot to Jens: Her er svaret: Ja, det må du.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
        Jens: [Nej]
        Bot: Tak, fordi du siger det. Hvad mangler der? En linje er nok.
        Mette closes KS-1001 as withdrawn: Du har selv trukket det tilbage.
        Bot to Jens: Du har selv trukket det tilbage.
           |
           | KS-1001 er lukket nu. Skriv til os igen, hvis der er mere.
           | Hilsen Mette
           | [Menu]
        Jens: Hvor bred må den være?
        Bot: Tak. KS-1001 er åben igen, og Mette ser på det. Du får svar senest mandag d. 30.
           | november.
           | [Mit overblik] [Menu]
        Jens: KS-1001
        Bot: KS-1001: Må man grave sin egen kanal ned til havet?
           | Mette arbejder på det. Du får svar senest mandag d. 30. november.
           | [Ring til mig] [Menu]
    """)


async def test_a_no_without_a_line(chat_on_each: Chat) -> None:
    """A "no" reopens the case at the tap, with or without words about the reason."""
    await asked(chat_on_each)
    await chat_on_each.play("Mette answers KS-1001: Ja, det må du.")
    await chat_on_each("""
        Jens: [Nej]
        Bot: Tak, fordi du siger det. Hvad mangler der? En linje er nok.
        Jens: [Delvist]
        Bot: Tak, fordi du siger det. Hvad mangler der? En linje er nok.
        Jens: menu
        Bot: "Hvad mangler der?" venter på dig. Dine svar er gemt.
           | [Fortsæt] [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte]
           | [Mit overblik] [Sprog] [Tal med et menneske] [Hjælp]
        Jens: KS-1001
        Bot: KS-1001: Må man grave sin egen kanal ned til havet?
           | Mette arbejder på det. Du får svar senest mandag d. 30. november.
           | [Ring til mig] [Menu]
        --- 20 days pass
        Bot to Jens: Vi er ikke færdige med KS-1001 endnu. Ingen af os er nået til dit spørgsmål
           | endnu. Ny dato: mandag d. 7. december. Undskyld, at det trækker ud.
           | [Menu]
        Bot to Jens: Vi er ikke færdige med KS-1001 endnu. Ingen af os er nået til dit spørgsmål
           | endnu. Ny dato: mandag d. 14. december. Undskyld, at det trækker ud.
           | [Menu]
        Jens: KS-1001
        Bot: KS-1001: Må man grave sin egen kanal ned til havet?
           | Mette arbejder på det. Du får svar senest mandag d. 14. december.
           | [Ring til mig] [Menu]
        Mette answers KS-1001: Ja, højst en meter bred.
        Bot to Jens: Her er svaret: Ja, højst en meter bred.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
        Jens: Hvor dyb?
        Bot: Hører det til KS-1001, eller er det noget nyt?
           | [Til KS-1001] [Nyt spørgsmål]
    """)


async def test_a_changed_mind(chat: Chat) -> None:
    """A "no" can become a "yes" until words or staff follow. The question is then dropped."""
    await asked(chat)
    await chat.play("Mette answers KS-1001: Ja, det må du.")
    await chat("""
        Jens: idé
        Bot: Hvad er din idé? Skriv den, som du ville sige den til en nabo.
        Jens: [Nej]
        Bot: Tak, fordi du siger det. Hvad mangler der? En linje er nok.
        Jens: [Ja]
        Bot: Godt at høre. KS-1001 er løst. Det er dig, der siger det.
           | [Menu]
        Bot: Du var begyndt på "Idé". Vil du fortsætte?
           | [Fortsæt] [Nej tak]
        Jens: KS-1001
        Bot: KS-1001: Må man grave sin egen kanal ned til havet?
           | Løst. Det har du selv sagt.
           | [Menu]
        Jens: [Nej]
        Bot: Det er allerede på plads. Skriv til os igen, hvis der er mere.
           | [Menu]
    """)


async def test_a_yes_after_something_came_of_the_no(chat: Chat) -> None:
    """A "yes" leaves the case open if words or an act by staff followed the "no"."""
    await asked(chat)
    await chat.play("Mette answers KS-1001: Ja, det må du.")
    await chat("""
        Jens: [Nej]
        Bot: Tak, fordi du siger det. Hvad mangler der? En linje er nok.
        Jens: Hvor bred må den være?
        Bot: Tak. KS-1001 er åben igen, og Mette ser på det. Du får svar senest mandag d. 30.
           | november.
           | [Mit overblik] [Menu]
        Jens: [Ja]
        Bot: KS-1001 er åben, og Mette ser på den. Du får svar senest mandag d. 30. november.
           | [Menu]
        Jens: KS-1001
        Bot: KS-1001: Må man grave sin egen kanal ned til havet?
           | Mette arbejder på det. Du får svar senest mandag d. 30. november.
           | [Ring til mig] [Menu]
    """)
    await chat.play("Mette answers KS-1001: En meter.")
    await chat("""
        Jens: [Nej]
        Bot: Tak, fordi du siger det. Hvad mangler der? En linje er nok.
        Mette extends KS-1001 to 2026-12-14: Vi spørger Vej og Park.
        Bot to Jens: Vi er ikke færdige med KS-1001 endnu. Vi spørger Vej og Park. Ny dato:
           | mandag d. 14. december. Undskyld, at det trækker ud.
           | [Menu]
        Jens: [Ja]
        Bot: KS-1001 er åben, og Mette ser på den. Du får svar senest mandag d. 14. december.
           | [Menu]
        Bot: Tilbage til "Hvad mangler der?":
        Bot: Tak, fordi du siger det. Hvad mangler der? En linje er nok.
        Jens: Hvor dyb?
        Bot: Tak. KS-1001 er åben igen, og Mette ser på det. Du får svar senest mandag d. 14.
           | december.
           | [Mit overblik] [Menu]
    """)


async def test_a_yes_to_something_else(chat: Chat) -> None:
    """A typed "yes" goes to the flow's question, not to an answer that came in mid-flow."""
    await asked(chat)
    await chat("""
        Mette claims KS-1001
        Jens: nyt
        Bot: Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Menu]
        Jens: [Natur og klima]
        Bot edits: Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [✓ Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Menu]
        Jens: [Færdig]
        Bot: Må vi sende dig nyt om det her i chatten? Højst to gange om ugen. Skriv "stop", så
           | holder det op.
           | [Ja] [Nej] [Tilbage] [Menu]
        Mette answers KS-1001: Ja, det må du.
        Bot to Jens: Her er svaret: Ja, det må du.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
        Jens: ja
        Bot: Det er gemt. Du kan altid ændre det.
           | [Mit overblik] [Menu]
        Jens: KS-1001
        Bot: KS-1001: Må man grave sin egen kanal ned til havet?
           | Mette har svaret. Hjalp det?
           | [Menu]
    """)


async def test_a_reply_in_mid_flow(chat: Chat) -> None:
    """A Telegram reply to a case's message joins the case, even while a step waits."""
    await asked(chat)
    await chat("""
        Jens: idé
        Bot: Hvad er din idé? Skriv den, som du ville sige den til en nabo.
        Mette answers KS-1001: Ja, det må du.
        Bot to Jens: Her er svaret: Ja, det må du.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
        Jens replies: Hvor bred må den være?
        Bot: Tak. Det er føjet til KS-1001, og Mette går videre. Du får svar senest mandag d. 30.
           | november.
           | [Nyt spørgsmål] [Menu]
        Bot: Tilbage til "Idé":
        Bot: Hvad er din idé? Skriv den, som du ville sige den til en nabo.
        Jens: Flere bænke langs kysten
        Bot: Tak. Din idé er sendt til Mette i Borgerservice. Sagsnummer: KS-1002. Du hører, hvad
           | der skete med den, senest mandag d. 7. december. Tager det længere tid, skriver vi
           | før den dag.
           | [Mit overblik] [Menu]
    """)


async def test_those_who_asked_the_same(chat_on_each: Chat) -> None:
    """An answer and its correction reach a chain of duplicates, except a blocked chat."""
    await asked(chat_on_each)
    for who in ("Samira", "Karen"):
        await chat_on_each.play(f"{who}: /start")
        await chat_on_each.play(f"{who}: Må jeg grave en kanal ned til havet?")
        await chat_on_each.play(f"{who}: [Spørg et menneske]")
    await chat_on_each("""
        Mette closes KS-1003 as duplicate_of at KS-1002: Andre har spurgt om det samme.
        Bot to Karen: Andre har spurgt om det samme.
           | KS-1002
           |
           | KS-1003 er lukket nu. Skriv til os igen, hvis der er mere.
           | Hilsen Mette
           | [Menu]
        Mette closes KS-1002 as duplicate_of at KS-1001: Andre har spurgt om det samme.
        Bot to Samira: Andre har spurgt om det samme.
           | KS-1001
           |
           | KS-1002 er lukket nu. Skriv til os igen, hvis der er mere.
           | Hilsen Mette
           | [Menu]
        Karen blocks
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
        Mette corrects KS-1001: Ja, det må man fra mandag.
        Bot edits to Jens: Her er svaret: Ja, det må man fra mandag.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
        Bot edits to Samira: Mere om KS-1002: Ja, det må man fra mandag.
           |
           | Hilsen Mette
           | [Menu]
        Samira replies: Tak, hvem spørger jeg?
        Bot: KS-1002 er lukket. Skal jeg åbne den igen, eller er det noget nyt?
           | [Åbn KS-1002 igen] [Nyt spørgsmål]
        Jens: KS-1001
        Bot: KS-1001: Må man grave sin egen kanal ned til havet?
           | Mette har svaret. Hjalp det?
           | [Menu]
    """)


async def test_told_by_phone(chat: Chat) -> None:
    """A case opened by phone stays open after its answer until staff have called."""
    await chat("""
        Mette enters Inger, 00 00 30 00: Lygten ved kirken er gået ud
        Mette claims KS-1001
        Mette answers KS-1001: Lygten bliver skiftet i uge 50.
    """)
    store, bot = await chat.open()
    async with store.reading() as unit:
        case = await unit.cases.get(1)
    await bot.close()
    await store.close()
    assert case is not None
    assert case.live
    assert case.episode == 0


async def test_a_new_date_is_taken_back(chat_on_each: Chat) -> None:
    """A slip of the year is refused, and a withdrawn date gives the one before it back."""
    await chat_on_each.play("Jens: /start")
    await chat_on_each.play("Jens: Hvem har malet bænken ved søen blå?")
    await chat_on_each.play("Jens: [Spørg et menneske]")
    await chat_on_each("""
        Mette claims KS-1001
        Mette extends KS-1001 to 2028-01-06: Vi mangler svar fra Vej og Park.
        Console: Det er mere end et halvt år ude i fremtiden. Vælg en tidligere dato.
        Mette extends KS-1001 to 2027-01-06: Vi mangler svar fra Vej og Park.
        Bot to Jens: Vi er ikke færdige med KS-1001 endnu. Vi mangler svar fra Vej og Park. Ny
           | dato: onsdag d. 6. januar. Undskyld, at det trækker ud.
           | [Menu]
        Mette withdraws KS-1001: Datoen var forkert.
        Bot deletes to Jens: Vi er ikke færdige med KS-1001 endnu. Vi mangler svar fra Vej og
           | Park. Ny dato: onsdag d. 6. januar. Undskyld, at det trækker ud.
        Bot to Jens: En besked fra os om KS-1001 er trukket tilbage, fordi den ikke var rigtig.
           | Du hører fra os senest mandag d. 30. november.
           | [Menu]
        Mette schedules KS-1001 for 2028-01-06 09.00: Bænken er malet af Vej og Park.
        Console: Det er mere end et halvt år ude i fremtiden. Vælg en tidligere dato.
        Jens: mit
        Bot: Mine sager
           | KS-1001: Hvem har malet bænken ved søen blå?
           | Mette arbejder på det. Du får svar senest mandag d. 30. november.
           |
           | Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Sprog og indstillinger] [Menu]
    """)


async def test_words_of_a_caller_do_not_open_what_the_citizen_called_solved(chat: Chat) -> None:
    """The chat says that the case is over; staff reopen it if it is not."""
    await chat.play("Jens: /start")
    await chat.play("Jens: Hvem har malet bænken ved søen blå?")
    await chat.play("Jens: [Spørg et menneske]")
    await chat.play("Mette claims KS-1001")
    await chat.play("Mette answers KS-1001: Det har Vej og Park, og det var en fejl.")
    await chat.play("Jens: [Ja]")
    await chat("""
        Mette adds to KS-1001: Han ringede igen.
        Console: Sagen er lukket.
    """)


async def test_a_merge_that_is_taken_back_takes_its_repeats_along(chat_on_each: Chat) -> None:
    """A repeats B, and B was closed as a repeat of C by mistake: A's citizen hears B's answer."""
    for name, words in (
        ("Jens", "Lygten på Havnevej er slukket"),
        ("Samira", "Min lygte er gået ud"),
        ("Karen", "Hvem ejer lygten ved motorvejen?"),
    ):
        await chat_on_each.play(f"{name}: /start")
        await chat_on_each.play(f"{name}: [Tal med et menneske]")
        await chat_on_each.play(f"{name}: [Skriv til et menneske]")
        await chat_on_each.play(f"{name}: {words}")
    await chat_on_each("""
        Mette claims KS-1001
        Mette claims KS-1002
        Mette claims KS-1003
        Mette closes KS-1001 as duplicate_of at KS-1002: Andre har spurgt om det samme.
        Bot to Jens: Andre har spurgt om det samme.
           | KS-1002
           |
           | KS-1001 er lukket nu. Skriv til os igen, hvis der er mere.
           | Hilsen Mette
           | [Menu]
        Mette closes KS-1002 as duplicate_of at KS-1003: Andre har spurgt om det samme.
        Bot to Samira: Andre har spurgt om det samme.
           | KS-1003
           |
           | KS-1002 er lukket nu. Skriv til os igen, hvis der er mere.
           | Hilsen Mette
           | [Menu]
        Mette withdraws KS-1002: Det var ikke den samme lygte.
        Bot deletes to Samira: Andre har spurgt om det samme.
           | KS-1003
           |
           | KS-1002 er lukket nu. Skriv til os igen, hvis der er mere.
           | Hilsen Mette
        Bot to Samira: En besked fra os om KS-1002 er trukket tilbage, fordi den ikke var rigtig.
           | Du hører fra os senest mandag d. 30. november.
           | [Menu]
        Mette answers KS-1002: Lygten på Havnevej bliver lavet i uge 50. Det er Vej og Park.
        Bot to Jens: Mere om KS-1001: Lygten på Havnevej bliver lavet i uge 50. Det er Vej og
           | Park.
           |
           | Hilsen Mette
           | [Menu]
        Bot to Samira: Her er svaret: Lygten på Havnevej bliver lavet i uge 50. Det er Vej og
           | Park.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
    """)
