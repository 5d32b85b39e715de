"""The flow for language and settings, and every kind of interruption."""

from __future__ import annotations

from bot.testing import Chat


async def test_from_the_overview(chat_on_each: Chat) -> None:
    """All settings can be chosen and saved, and the overview shows them."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: [Mit overblik]
        Bot: Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Sprog og indstillinger] [Menu]
        Jens: [Sprog og indstillinger]
        Bot: 1 af 5. Hvilket sprog vil du læse?
           | [Dansk] [English] [Menu]
        Jens: [Dansk]
        Bot: 2 af 5. Hvad må vi kalde dig? Skriv et fornavn.
           | [Behold: Jens] [Menu]
        Jens: Jens Peter
        Bot: 3 af 5. Hvor i kommunen bor du, eller hvor kommer du tit?
           | [Klintsund By] [Ørbakke] [Sandholm Havn] [Vesterhagen] [Møllekær] [Tangø]
           | [Vil helst ikke sige det] [Tilbage] [Menu]
        Jens: [Sandholm Havn]
        Bot: 4 af 5. Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Behold, som det er] [Tilbage] [Menu]
        Jens: [Natur og klima]
        Bot edits: 4 af 5. Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [✓ Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Behold, som det er] [Tilbage] [Menu]
        Jens: [Kultur og fritid]
        Bot edits: 4 af 5. Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [✓ Natur og klima] [Veje og trafik] [Børn og unge] [✓ Kultur og fritid] [Frivillige]
           | [Færdig] [Behold, som det er] [Tilbage] [Menu]
        Jens: [✓ Kultur og fritid]
        Bot edits: 4 af 5. Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [✓ Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Behold, som det er] [Tilbage] [Menu]
        Jens: [Færdig]
        Bot: Må vi sende dig nyt om det her i chatten? Højst to gange om ugen. Skriv "stop", så
           | holder det op.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: [Ja]
        Bot: 5 af 5. Vi skriver aldrig til dig om nyt eller aftaler fra kl. 20 til kl. 8. Heller
           | ikke om søndagen, på helligdage, juleaften eller nytårsaften. Vil du have flere
           | stille timer? Du kan også skrive dine egne, for eksempel 19-10.
           | [Kun de sædvanlige] [Fra kl. 18 til kl. 9] [Fra kl. 16 til kl. 10]
           | [Behold, som det er] [Tilbage] [Menu]
        Jens: 19-10
        Bot: Det er gemt, Jens Peter. Du kan altid ændre det.
           | [Mit overblik] [Menu]
        Jens: mit
        Bot: Mit overblik
           | Vi kalder dig: Jens Peter
           | Sprog: Dansk
           | Område: Sandholm Havn
           | Nyt om: Natur og klima
           | Stille timer: kl. 19.00–10.00 og de sædvanlige
           | [Sprog og indstillinger] [Advarsler om fare] [Menu]
    """)


async def test_by_typed_words_alone(chat_on_each: Chat) -> None:
    """The whole flow can be completed without a tap."""
    await chat_on_each("""
        Ana: start
        Bot: <English notice>
        Bot: <English menu>
        Ana: my overview
        Bot: My overview
           | We call you: Ana
           | Language: English
           | Area: nothing chosen
           | News about: nothing
           | Quiet hours: 20:00–8:00, Sundays, public holidays, 24 and 31 December
           | [Language and settings] [Menu]
        Ana: language and settings
        Bot: 1 of 5. Which language do you want to read?
           | [Dansk] [English] [Menu]
        Ana: english
        Bot: 2 of 5. What may we call you? Write a first name.
           | [Keep: Ana] [Menu]
        Ana: keep: Ana
        Bot: 3 of 5. Where in the municipality do you live or come often?
           | [Klintsund By] [Ørbakke] [Sandholm Havn] [Vesterhagen] [Møllekær] [Tangø]
           | [Rather not say] [Back] [Menu]
        Ana: 2
        Bot: 4 of 5. What do you want news about? Choose as many as you like, or none.
           | [Nature and climate] [Roads and traffic] [Children and young people]
           | [Culture and leisure] [Volunteering] [Done] [Change nothing] [Back] [Menu]
        Ana: nature and climate
        Bot: 4 of 5. What do you want news about? Choose as many as you like, or none.
           | [✓ Nature and climate] [Roads and traffic] [Children and young people]
           | [Culture and leisure] [Volunteering] [Done] [Change nothing] [Back] [Menu]
        Ana: 6
        Bot: May we send you news about this, here in the chat? At most twice a week. Write
           | “stop” and it ends.
           | [Yes] [No] [Back] [Menu]
        Ana: yes
        Bot: 5 of 5. We never write to you about news or appointments from 20:00 to 8:00, on
           | Sundays, on public holidays, on Christmas Eve or on New Year's Eve. Do you want
           | longer quiet hours? You can also write your own, for example 19-10.
           | [Only the usual ones] [From 18:00 to 9:00] [From 16:00 to 10:00] [Change nothing]
           | [Back] [Menu]
        Ana: from 18.00 to 9.00
        Bot: It is saved, Ana. You can change it at any time.
           | [My overview] [Menu]
        Ana: mine
        Bot: My overview
           | We call you: Ana
           | Language: English
           | Area: Ørbakke
           | News about: Nature and climate
           | Quiet hours: 18.00–9.00, and the usual ones
           | [Language and settings] [Warnings about danger] [Menu]
    """)


async def test_changing_the_language_within(chat: Chat) -> None:
    """A new language in the first step applies from the next step."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: /indstillinger
        Bot: 1 af 5. Hvilket sprog vil du læse?
           | [Dansk] [English] [Menu]
        Jens: [English]
        Bot: 2 of 5. What may we call you? Write a first name.
           | [Keep: Jens] [Menu]
        Jens: [Keep: Jens]
        Bot: 3 of 5. Where in the municipality do you live or come often?
           | [Klintsund By] [Ørbakke] [Sandholm Havn] [Vesterhagen] [Møllekær] [Tangø]
           | [Rather not say] [Back] [Menu]
    """)


async def test_the_language_command_in_mid_flow(chat: Chat) -> None:
    """`/sprog` in mid-flow shows the step again in the new language."""
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
        Jens: /sprog
        Bot: Hvilket sprog vil du læse?
           | [Dansk] [English]
        Jens: [English]
        Bot: From now on I write English.
        Bot: 2 of 5. What may we call you? Write a first name.
           | [Keep: Jens] [Menu]
        Jens: Jens
        Bot: 3 of 5. Where in the municipality do you live or come often?
           | [Klintsund By] [Ørbakke] [Sandholm Havn] [Vesterhagen] [Møllekær] [Tangø]
           | [Rather not say] [Back] [Menu]
    """)


async def test_bad_answers_are_explained(chat: Chat) -> None:
    """An unreadable answer is explained, and the step is asked again."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: /indstillinger
        Bot: 1 af 5. Hvilket sprog vil du læse?
           | [Dansk] [English] [Menu]
        Jens: klingon
        Bot: Det kunne jeg ikke finde blandt mulighederne. Tryk på en knap, eller skriv ordene
           | eller nummeret.
        Bot: 1 af 5. Hvilket sprog vil du læse?
           |
           | 1. Dansk
           | 2. English
           | 3. Menu
           | [Dansk] [English] [Menu]
        Jens: [Dansk]
        Bot: 2 af 5. Hvad må vi kalde dig? Skriv et fornavn.
           | [Behold: Jens] [Menu]
        Jens: 12345
        Bot: Skriv et navn med bogstaver.
        Bot: 2 af 5. Hvad må vi kalde dig? Skriv et fornavn.
           | [Behold: Jens] [Menu]
        Jens: Jens
        Bot: 3 af 5. Hvor i kommunen bor du, eller hvor kommer du tit?
           | [Klintsund By] [Ørbakke] [Sandholm Havn] [Vesterhagen] [Møllekær] [Tangø]
           | [Vil helst ikke sige det] [Tilbage] [Menu]
        Jens: [Ørbakke]
        Bot: 4 af 5. Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Behold, som det er] [Tilbage] [Menu]
        Jens: [Færdig]
        Bot: 5 af 5. Vi skriver aldrig til dig om nyt eller aftaler fra kl. 20 til kl. 8. Heller
           | ikke om søndagen, på helligdage, juleaften eller nytårsaften. Vil du have flere
           | stille timer? Du kan også skrive dine egne, for eksempel 19-10.
           | [Kun de sædvanlige] [Fra kl. 18 til kl. 9] [Fra kl. 16 til kl. 10]
           | [Behold, som det er] [Tilbage] [Menu]
        Jens: hele tiden
        Bot: Jeg forstod ikke de timer. Skriv dem sådan her: 21-9.
        Bot: 5 af 5. Vi skriver aldrig til dig om nyt eller aftaler fra kl. 20 til kl. 8. Heller
           | ikke om søndagen, på helligdage, juleaften eller nytårsaften. Vil du have flere
           | stille timer? Du kan også skrive dine egne, for eksempel 19-10.
           | [Kun de sædvanlige] [Fra kl. 18 til kl. 9] [Fra kl. 16 til kl. 10]
           | [Behold, som det er] [Tilbage] [Menu]
        Jens: 25-7
        Bot: Et døgn har 24 timer. Skriv dem sådan her: 21-9.
        Bot: 5 af 5. Vi skriver aldrig til dig om nyt eller aftaler fra kl. 20 til kl. 8. Heller
           | ikke om søndagen, på helligdage, juleaften eller nytårsaften. Vil du have flere
           | stille timer? Du kan også skrive dine egne, for eksempel 19-10.
           | [Kun de sædvanlige] [Fra kl. 18 til kl. 9] [Fra kl. 16 til kl. 10]
           | [Behold, som det er] [Tilbage] [Menu]
        Jens: 9-9
        Bot: Det er hele døgnet. Vælg et kortere tidsrum.
        Bot: 5 af 5. Vi skriver aldrig til dig om nyt eller aftaler fra kl. 20 til kl. 8. Heller
           | ikke om søndagen, på helligdage, juleaften eller nytårsaften. Vil du have flere
           | stille timer? Du kan også skrive dine egne, for eksempel 19-10.
           | [Kun de sædvanlige] [Fra kl. 18 til kl. 9] [Fra kl. 16 til kl. 10]
           | [Behold, som det er] [Tilbage] [Menu]
        Jens: kl. 21.30 til 9
        Bot: Det er gemt, Jens. Du kan altid ændre det.
           | [Mit overblik] [Menu]
    """)


async def test_a_double_tap_is_one_effect(chat_on_each: Chat) -> None:
    """A second tap, or a tap on an old button, changes nothing."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: /indstillinger
        Bot: 1 af 5. Hvilket sprog vil du læse?
           | [Dansk] [English] [Menu]
        Jens: [Dansk]
        Bot: 2 af 5. Hvad må vi kalde dig? Skriv et fornavn.
           | [Behold: Jens] [Menu]
        Jens: [Dansk]
        Bot: 2 af 5. Hvad må vi kalde dig? Skriv et fornavn.
           | [Behold: Jens] [Menu]
        Jens: Jens
        Bot: 3 af 5. Hvor i kommunen bor du, eller hvor kommer du tit?
           | [Klintsund By] [Ørbakke] [Sandholm Havn] [Vesterhagen] [Møllekær] [Tangø]
           | [Vil helst ikke sige det] [Tilbage] [Menu]
        Jens: [Ørbakke]
        Bot: 4 af 5. Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Behold, som det er] [Tilbage] [Menu]
        Jens: [Tangø]
        Bot: Den knap hører til et tidligere spørgsmål. Vi er nået hertil:
        Bot: 4 af 5. Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Behold, som det er] [Tilbage] [Menu]
        Jens: [Natur og klima]
        Bot edits: 4 af 5. Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [✓ Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Behold, som det er] [Tilbage] [Menu]
    """)


async def test_a_question_in_mid_flow(chat: Chat) -> None:
    """A question, help or an FAQ link in mid-flow is answered, and the step is asked again."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: /indstillinger
        Bot: 1 af 5. Hvilket sprog vil du læse?
           | [Dansk] [English] [Menu]
        Jens: hvornår har I åbent
        Bot: Hvornår har I åbent?
           | Borgerservice har åbent kl. 10–14 mandag til onsdag. Torsdag er der åbent kl. 10–17
           | og fredag kl. 10–12. Vi har lukket på helligdage. Du kan ringe fra kl. 9, til vi
           | lukker. Adressen er Klintgade 1, Klintsund.
           |
           | Kilde: Mette, Borgerservice. Gennemgået 1. november 2026.
           | [Det hjalp] [Spørg et menneske]
        Bot: Tilbage til "Sprog og indstillinger":
        Bot: 1 af 5. Hvilket sprog vil du læse?
           | [Dansk] [English] [Menu]
        Jens: hjælp
        Bot: Jeg er en robot. Jeg svarer på det, jeg ved. Mennesker i Klintsund Kommune tager sig
           | af resten.
           |
           | • Skriv et spørgsmål, eller tryk på en knap.
           | • Du kan altid skrive det, der står på en knap, eller dens nummer.
           | • “tilbage” går et skridt tilbage. “gentag” viser spørgsmålet igen med numre.
           | • “menneske” viser, hvordan du får fat i et menneske. “menu” viser menuen.
           | • “mind mig om at ringe til biblioteket i morgen kl. 10” laver en påmindelse. “mine
           | påmindelser” viser dem.
           | • “pause” stopper alt andet end svar indtil den dag, du vælger.
           | • “stop” stopper nyt fra os og lægger det, du er i gang med, til side.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           |
           | Tilgængelighed og dine data: /privatliv.
           | [Tal med et menneske] [Menu]
        Bot: Tilbage til "Sprog og indstillinger":
        Bot: 1 af 5. Hvilket sprog vil du læse?
           | [Dansk] [English] [Menu]
        Jens: hvem bestemmer
        Bot: Det bestemmer du selv. Du kan altid ændre det.
        Bot: Tilbage til "Sprog og indstillinger":
        Bot: 1 af 5. Hvilket sprog vil du læse?
           | [Dansk] [English] [Menu]
        Jens: /start faq-F2
        Bot: Hvor skal pizzabakken hen?
           | I rest. Der er fedt på den, så den kan ikke blive til nyt pap.
           |
           | Kilde: Jonas, Natur. Gennemgået 1. november 2026.
           | [Det hjalp] [Spørg et menneske]
        Bot: Tilbage til "Sprog og indstillinger":
        Bot: 1 af 5. Hvilket sprog vil du læse?
           | [Dansk] [English] [Menu]
    """)


async def test_back(chat_on_each: Chat) -> None:
    """The word "back" shows the step before, or at the first step the menu with answers kept."""
    await chat_on_each("""
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
        Jens: [Ørbakke]
        Bot: 4 af 5. Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Behold, som det er] [Tilbage] [Menu]
        Jens: [Natur og klima]
        Bot edits: 4 af 5. Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [✓ Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Behold, som det er] [Tilbage] [Menu]
        Jens: tilbage
        Bot: 3 af 5. Hvor i kommunen bor du, eller hvor kommer du tit?
           | [Klintsund By] [Ørbakke] [Sandholm Havn] [Vesterhagen] [Møllekær] [Tangø]
           | [Vil helst ikke sige det] [Tilbage] [Menu]
        Jens: tilbage
        Bot: 2 af 5. Hvad må vi kalde dig? Skriv et fornavn.
           | [Behold: Jens] [Menu]
        Jens: tilbage
        Bot: "Sprog og indstillinger" venter på dig. Dine svar er gemt.
           | [Fortsæt] [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte]
           | [Mit overblik] [Sprog] [Tal med et menneske] [Hjælp]
        Jens: fortsæt
        Bot: 2 af 5. Hvad må vi kalde dig? Skriv et fornavn.
           | [Behold: Jens] [Menu]
    """)


async def test_silence_for_days(chat_on_each: Chat) -> None:
    """A waiting flow sends one nudge after a day and is closed silently after a week."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: /indstillinger
        Bot: 1 af 5. Hvilket sprog vil du læse?
           | [Dansk] [English] [Menu]
        Jens: [Dansk]
        Bot: 2 af 5. Hvad må vi kalde dig? Skriv et fornavn.
           | [Behold: Jens] [Menu]
        --- 2 days pass
        Bot to Jens: Du var begyndt på "Sprog og indstillinger", og dine svar er gemt. Vil du
           | fortsætte?
           | [Fortsæt] [Nej tak]
        Jens: [Fortsæt]
        Bot: 2 af 5. Hvad må vi kalde dig? Skriv et fornavn.
           | [Behold: Jens] [Menu]
        --- 8 days pass
        Jens: [Behold: Jens]
        Bot: Den knap er fra tidligere. Her er menuen.
        Bot: <menu>
    """)


async def test_the_nudge_keeps_quiet_hours(chat: Chat) -> None:
    """A nudge that falls due in quiet hours is sent when they end."""
    await chat("""
        --- until 2026-11-27 21:30
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: /indstillinger
        Bot: 1 af 5. Hvilket sprog vil du læse?
           | [Dansk] [English] [Menu]
        --- until 2026-11-28 22:00
        --- until 2026-11-30 07:55
        --- until 2026-11-30 08:05
        Bot to Jens: Du var begyndt på "Sprog og indstillinger", og dine svar er gemt. Vil du
           | fortsætte?
           | [Fortsæt] [Nej tak]
    """)


async def test_news_after_stop(chat_on_each: Chat) -> None:
    """STOP ends news and pauses the flow with its answers. "Nyt" starts news again."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
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
        Jens: [Ja]
        Bot: Det er gemt. Du kan altid ændre det.
           | [Mit overblik] [Menu]
        Jens: mit
        Bot: Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: Natur og klima
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Sprog og indstillinger] [Advarsler om fare] [Menu]
        Jens: /indstillinger
        Bot: 1 af 5. Hvilket sprog vil du læse?
           | [Dansk] [English] [Menu]
        Jens: [Dansk]
        Bot: 2 af 5. Hvad må vi kalde dig? Skriv et fornavn.
           | [Behold: Jens] [Menu]
        Jens: STOP
        Bot: Det er gjort. Du får ikke mere nyt fra os her. Svar på dine egne spørgsmål får du
           | stadig. Skriv "nyt", hvis du vil have det igen.
        Bot: Dine svar bliver gemt i 7 dage. Skriv "fortsæt", hvis du vil videre.
           | [Fortsæt] [Menu]
        Jens: mit
        Bot: Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Fortsæt] [Sprog og indstillinger] [Menu]
        Jens: fortsæt
        Bot: 2 af 5. Hvad må vi kalde dig? Skriv et fornavn.
           | [Behold: Jens] [Menu]
        Jens: stop løftet
        Bot: Du har ikke noget løfte lige nu. Du er velkommen til at give et.
           | [Giv et løfte] [Mine løfter] [Menu]
        Jens: menu
        Bot: "Sprog og indstillinger" venter på dig. Dine svar er gemt.
           | [Fortsæt] [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte]
           | [Mit overblik] [Sprog] [Tal med et menneske] [Hjælp]
        Jens: nyt
        Bot: Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Menu]
    """)


async def test_another_flow_pauses_the_first(chat_on_each: Chat) -> None:
    """A second flow pauses the first, which is offered when the second ends."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: /indstillinger
        Bot: 1 af 5. Hvilket sprog vil du læse?
           | [Dansk] [English] [Menu]
        Jens: [Dansk]
        Bot: 2 af 5. Hvad må vi kalde dig? Skriv et fornavn.
           | [Behold: Jens] [Menu]
        Jens: /nyt
        Bot: Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Menu]
        Jens: [Færdig]
        Bot: Det er gemt. Du kan altid ændre det.
        Bot: Du var begyndt på "Sprog og indstillinger". Vil du fortsætte?
           | [Fortsæt] [Nej tak]
        Jens: [Fortsæt]
        Bot: 2 af 5. Hvad må vi kalde dig? Skriv et fornavn.
           | [Behold: Jens] [Menu]
        Jens: [Behold: Jens]
        Bot: 3 af 5. Hvor i kommunen bor du, eller hvor kommer du tit?
           | [Klintsund By] [Ørbakke] [Sandholm Havn] [Vesterhagen] [Møllekær] [Tangø]
           | [Vil helst ikke sige det] [Tilbage] [Menu]
    """)


async def test_news_by_typed_words_alone(chat: Chat) -> None:
    """The flow for news can be completed with typed words."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: nyt
        Bot: Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Menu]
        Jens: natur og klima
        Bot: Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [✓ Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Menu]
        Jens: 6
        Bot: Må vi sende dig nyt om det her i chatten? Højst to gange om ugen. Skriv "stop", så
           | holder det op.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: ja
        Bot: Det er gemt. Du kan altid ændre det.
           | [Mit overblik] [Menu]
        Jens: mit overblik
        Bot: Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: Natur og klima
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Sprog og indstillinger] [Advarsler om fare] [Menu]
    """)


async def test_no_to_consent_keeps_nothing_new(chat: Chat) -> None:
    """A "no" to consent stores no topics."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: nyt
        Bot: Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Menu]
        Jens: [Børn og unge]
        Bot edits: Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [Natur og klima] [Veje og trafik] [✓ Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Menu]
        Jens: [Færdig]
        Bot: Må vi sende dig nyt om det her i chatten? Højst to gange om ugen. Skriv "stop", så
           | holder det op.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: [Nej]
        Bot: Det er gemt. Du kan altid ændre det.
           | [Mit overblik] [Menu]
        Jens: mit
        Bot: Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Sprog og indstillinger] [Menu]
    """)
