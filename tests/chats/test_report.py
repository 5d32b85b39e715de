"""A report of something outdoors: kind, place and picture in any order."""

from __future__ import annotations

from bot.testing import Chat


async def test_in_order(chat_on_each: Chat) -> None:
    """Kind, place, picture and words become one case of the theme's contact."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: [Giv et praj]
        Bot: Hvad er det? Tryk på en knap, eller skriv det med dine egne ord.
           | [Hul i vejen] [En lygte er gået ud] [Skrald] [Rotter] [Noget andet] [Menu]
        Jens: [Hul i vejen]
        Bot: Hvor er det? Send stedet fra din telefon, eller skriv vej og nummer.
           | [[Send mit sted]] [[Tilbage]] [[Menu]]
        Jens: <location>
        Bot: Tak, stedet er skrevet ned.
        Bot: Dit praj indtil nu:
           | Hul i vejen
           | Sted: et punkt på kortet
           |
           | Send et billede, hvis du har et, eller skriv mere, i så mange beskeder du vil. Tryk
           | Send, når det er det hele.
           | [Send] [Tilbage] [Menu]
        Jens: <photo>
        Bot: Tak, billedet er kommet med.
        Bot: Dit praj indtil nu:
           | Hul i vejen
           | Sted: et punkt på kortet
           |
           | Send et billede, hvis du har et, eller skriv mere, i så mange beskeder du vil. Tryk
           | Send, når det er det hele.
           | [Send] [Tilbage] [Menu]
        Jens: Det er dybt
        Bot: Det er skrevet ned.
           |
           | Dit praj indtil nu:
           | Hul i vejen
           | Sted: et punkt på kortet
           | Det er dybt
           |
           | Er der mere? Tryk Send, når det er det hele.
           | [Send] [Tilbage] [Menu]
        Jens: [Send]
        Bot: Tak. Dit praj er sendt til Jonas i Natur. Sagsnummer: KS-1001. Du hører senest
           | mandag d. 30. november, hvornår vi ser på det. Tager det længere tid, skriver vi før
           | den dag.
           | [Mit overblik] [Menu]
        Mette reads KS-1001
    """)


async def test_in_any_order(chat_on_each: Chat) -> None:
    """A picture, an album and a place may come before the kind."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: praj
        Bot: Hvad er det? Tryk på en knap, eller skriv det med dine egne ord.
           | [Hul i vejen] [En lygte er gået ud] [Skrald] [Rotter] [Noget andet] [Menu]
        Jens: <photo>
        Bot: Tak, billedet er kommet med.
        Bot: Hvad er det? Tryk på en knap, eller skriv det med dine egne ord.
           | [Hul i vejen] [En lygte er gået ud] [Skrald] [Rotter] [Noget andet] [Menu]
        Jens: <album>
        Bot: Tak, billedet er kommet med.
        Bot: Hvad er det? Tryk på en knap, eller skriv det med dine egne ord.
           | [Hul i vejen] [En lygte er gået ud] [Skrald] [Rotter] [Noget andet] [Menu]
        Jens: <location>
        Bot: Tak, det er noteret.
        Bot: Hvad er det? Tryk på en knap, eller skriv det med dine egne ord.
           | [Hul i vejen] [En lygte er gået ud] [Skrald] [Rotter] [Noget andet] [Menu]
        Jens: der ligger skrald i grøften
        Bot: Tak, stedet er skrevet ned.
        Bot: Dit praj indtil nu:
           | Skrald: der ligger skrald i grøften
           | Sted: et punkt på kortet
           |
           | Send et billede, hvis du har et, eller skriv mere, i så mange beskeder du vil. Tryk
           | Send, når det er det hele.
           | [Send] [Tilbage] [Menu]
        Jens: <location>
        Bot: Tak, det er noteret.
        Bot: Dit praj indtil nu:
           | Skrald: der ligger skrald i grøften
           | Sted: et punkt på kortet
           |
           | Send et billede, hvis du har et, eller skriv mere, i så mange beskeder du vil. Tryk
           | Send, når det er det hele.
           | [Send] [Tilbage] [Menu]
        Jens: send
        Bot: Tak. Dit praj er sendt til Jonas i Natur. Sagsnummer: KS-1001. Du hører senest
           | onsdag d. 25. november, hvornår vi ser på det. Tager det længere tid, skriver vi før
           | den dag.
           | [Mit overblik] [Menu]
    """)


async def test_in_words_alone(chat: Chat) -> None:
    """A report in English needs only typed words, and can go back a step."""
    await chat("""
        Ana: /start
        Bot: <English notice>
        Bot: <English menu>
        Ana: report
        Bot: What is it? Press a button, or write it in your own words.
           | [A hole in the road] [A lamp that is out] [Rubbish] [Rats] [Something else] [Menu]
        Ana: 4
        Bot: Where is it? Send the place from your phone, or write the road and number.
           | [[Send my place]] [[Back]] [[Menu]]
        Ana: back
        Bot: All right.
        Bot: What is it? Press a button, or write it in your own words.
           | [A hole in the road] [A lamp that is out] [Rubbish] [Rats] [Something else] [Menu]
        Ana: I saw a rat behind the school
        Bot: Where is it? Send the place from your phone, or write the road and number.
           | [[Send my place]] [[Back]] [[Menu]]
        Ana: Skolegade 3
        Bot: Thank you, the place is noted.
        Bot: Your report so far:
           | Rats: I saw a rat behind the school
           | Place: Skolegade 3
           |
           | Send a picture if you have one, or write more, in as many messages as you like.
           | Press Send when it is all.
           | [Send] [Back] [Menu]
        Ana: 1
        Bot: Thank you. Your report is sent to Jonas in Natur. Case number: KS-1001. You hear by
           | Monday 30 November at the latest when it is looked at. If it takes longer, we write
           | before that day.
           | [My overview] [Menu]
    """)


async def test_pictures_elsewhere(chat: Chat) -> None:
    """Outside a report, pictures and files are refused, with one reply per album."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: <album>
        Bot: Jeg tager kun imod billeder, når du giver et praj, eller når vi har bedt om et. Jeg
           | har ikke gemt det her. Skriv med ord, eller ring på 00 00 10 00.
        Jens: <document>
        Bot: Jeg tager kun imod billeder, når du giver et praj, eller når vi har bedt om et. Jeg
           | har ikke gemt det her. Skriv med ord, eller ring på 00 00 10 00.
        Jens: <voice>
        Bot: Jeg kan ikke høre lydbeskeder. Skriv eller ring på 00 00 10 00. Telefonen er åben
           | mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
    """)


async def test_asked_for_a_picture(chat: Chat) -> None:
    """A picture that staff asked for joins the case."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: Hvorfor er min hæk klippet af kommunen?
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
        Mette asks KS-1001: Kan du sende et billede af hækken?
        Bot to Jens: Mette spørger om KS-1001:
           | Kan du sende et billede af hækken?
           |
           | Skriv bare dit svar her. Vi går videre, når vi har det.
           | Hilsen Mette
           | [Menu]
        Jens: <photo>
        Bot: Tak, billedet er kommet med.
        Jens: <photo>
        Bot: Tak, billedet er kommet med.
    """)


async def test_words_and_pins_are_both_kept(chat_on_each: Chat) -> None:
    """Typed places and pins are added to each other. A pin after the report joins the case."""
    await chat_on_each.play("Jens: /start")
    await chat_on_each("""
        Jens: [Giv et praj]
        Bot: Hvad er det? Tryk på en knap, eller skriv det med dine egne ord.
           | [Hul i vejen] [En lygte er gået ud] [Skrald] [Rotter] [Noget andet] [Menu]
        Jens: [Hul i vejen]
        Bot: Hvor er det? Send stedet fra din telefon, eller skriv vej og nummer.
           | [[Send mit sted]] [[Tilbage]] [[Menu]]
        Jens: Strandvejen 12, ved postkassen
        Bot: Tak, stedet er skrevet ned.
        Bot: Dit praj indtil nu:
           | Hul i vejen
           | Sted: Strandvejen 12, ved postkassen
           |
           | Send et billede, hvis du har et, eller skriv mere, i så mange beskeder du vil. Tryk
           | Send, når det er det hele.
           | [Send] [Tilbage] [Menu]
        Jens: <location>
        Bot: Tak, det er noteret.
        Bot: Dit praj indtil nu:
           | Hul i vejen
           | Sted: Strandvejen 12, ved postkassen, og et punkt på kortet
           |
           | Send et billede, hvis du har et, eller skriv mere, i så mange beskeder du vil. Tryk
           | Send, når det er det hele.
           | [Send] [Tilbage] [Menu]
        Jens: <venue>
        Bot: Tak, det er noteret.
        Bot: Dit praj indtil nu:
           | Hul i vejen
           | Sted: Strandvejen 12, ved postkassen; Kiosken, Havnevej 7, og 2 punkter på kortet
           |
           | Send et billede, hvis du har et, eller skriv mere, i så mange beskeder du vil. Tryk
           | Send, når det er det hele.
           | [Send] [Tilbage] [Menu]
        Jens: [Send]
        Bot: Tak. Dit praj er sendt til Jonas i Natur. Sagsnummer: KS-1001. Du hører senest
           | mandag d. 30. november, hvornår vi ser på det. Tager det længere tid, skriver vi før
           | den dag.
           | [Mit overblik] [Menu]
        Jens: <location>
        Bot: Tak, stedet er føjet til KS-1001. Jonas ser det.
    """)
    store, bot = await chat_on_each.open()
    async with store.reading() as unit:
        hung = await unit.cases.attachments(1)
        thread = await unit.threads.of_case(1, internal=True)
    await bot.close()
    await store.close()
    assert [one["kind"] for one in hung] == ["place", "place", "place"]
    assert "Sted: Strandvejen 12, ved postkassen; Kiosken, Havnevej 7" in thread[0].text


async def test_a_pin_first_and_words_later(chat: Chat) -> None:
    """Words after a pin are kept too, as part of the report's description."""
    await chat.play("Ana: /start")
    await chat("""
        Ana: report
        Bot: What is it? Press a button, or write it in your own words.
           | [A hole in the road] [A lamp that is out] [Rubbish] [Rats] [Something else] [Menu]
        Ana: <venue>
        Bot: Thank you, that is noted.
        Bot: What is it? Press a button, or write it in your own words.
           | [A hole in the road] [A lamp that is out] [Rubbish] [Rats] [Something else] [Menu]
        Ana: [A hole in the road]
        Bot: Thank you, the place is noted.
        Bot: Your report so far:
           | A hole in the road
           | Place: Kiosken, Havnevej 7, and a point on the map
           |
           | Send a picture if you have one, or write more, in as many messages as you like.
           | Press Send when it is all.
           | [Send] [Back] [Menu]
        Ana: Strandvejen 12, by the letter box
        Bot: Noted.
           |
           | Your report so far:
           | A hole in the road
           | Place: Kiosken, Havnevej 7, and a point on the map
           | Strandvejen 12, by the letter box
           |
           | Is there more? Press Send when it is all.
           | [Send] [Back] [Menu]
        Ana: [Send]
        Bot: Thank you. Your report is sent to Jonas in Natur. Case number: KS-1001. You hear by
           | Monday 30 November at the latest when it is looked at. If it takes longer, we write
           | before that day.
           | [My overview] [Menu]
    """)


async def test_a_pin_that_answers_staff(chat: Chat) -> None:
    """A pin in answer to a question by staff joins the case and restarts its clock."""
    await chat.play("Jens: /start")
    await chat.play("Jens: Hvorfor er min hæk klippet af kommunen?")
    await chat.play("Jens: [Spørg et menneske]")
    await chat("""
        Mette asks KS-1001: Hvor er hækken?
        Bot to Jens: Mette spørger om KS-1001:
           | Hvor er hækken?
           |
           | Skriv bare dit svar her. Vi går videre, når vi har det.
           | Hilsen Mette
           | [Menu]
        Jens: <location>
        Bot: Tak, stedet er føjet til KS-1001. Mette ser det.
        Jens: KS-1001
        Bot: KS-1001: Hvorfor er min hæk klippet af kommunen?
           | Mette arbejder på det. Du får svar senest mandag d. 30. november.
           | [Ring til mig] [Menu]
    """)
