"""The buttons shown last can be answered in words, also in mid-flow."""

from __future__ import annotations

from bot.testing import Chat


async def test_a_card_in_mid_flow_is_not_the_step(chat_on_each: Chat) -> None:
    """A "yes" to a card never answers the step below it."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: /nyt
        Bot: Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Menu]
        Jens: 1
        Bot: Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [✓ Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Menu]
        Jens: færdig
        Bot: Må vi sende dig nyt om det her i chatten? Højst to gange om ugen. Skriv "stop", så
           | holder det op.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: mødet er 23.11.26 1630
        Bot: Var det et CPR-nummer?
           | [Ja, slet beskeden] [Nej, det var en tid]
        Jens: ja
        Bot deletes: mødet er 23.11.26 1630
        Bot: Tilbage til "Nyt fra kommunen":
        Bot: Må vi sende dig nyt om det her i chatten? Højst to gange om ugen. Skriv "stop", så
           | holder det op.
           | [Ja] [Nej] [Tilbage] [Menu]
        Bot: Du kom til at skrive et CPR-nummer. Jeg har slettet beskeden og ikke gemt nummeret.
           | Har vi brug for det, så skriv til os i Digital Post på borger.dk.
           |
           | Var det et ordrenummer eller et P-nummer? Så skriv det igen med et x efter de første
           | to cifre.
        Jens: mit
        Bot: Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Fortsæt] [Sprog og indstillinger] [Menu]
    """)


async def test_the_nudge_is_answered_in_words(chat_on_each: Chat) -> None:
    """Typed words decline a nudge. The step that asks for a name ignores them."""
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
        --- 25 hours pass
        Bot to Jens: Du var begyndt på "Sprog og indstillinger", og dine svar er gemt. Vil du
           | fortsætte?
           | [Fortsæt] [Nej tak]
        Jens: nej tak
        Bot: Det er helt i orden.
           | [Menu]
        Jens: fortsæt
        Bot: Der er ikke noget, der venter på dig.
        Bot: <menu>
    """)


async def test_numbers_where_words_are_asked_for(chat: Chat) -> None:
    """A button's number can be typed, also at a step that asks for words."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: /indstillinger
        Bot: 1 af 5. Hvilket sprog vil du læse?
           | [Dansk] [English] [Menu]
        Jens: 1
        Bot: 2 af 5. Hvad må vi kalde dig? Skriv et fornavn.
           | [Behold: Jens] [Menu]
        Jens: gentag
        Bot: 2 af 5. Hvad må vi kalde dig? Skriv et fornavn.
           |
           | 1. Behold: Jens
           | 2. Menu
           | [Behold: Jens] [Menu]
        Jens: 1
        Bot: 3 af 5. Hvor i kommunen bor du, eller hvor kommer du tit?
           | [Klintsund By] [Ørbakke] [Sandholm Havn] [Vesterhagen] [Møllekær] [Tangø]
           | [Vil helst ikke sige det] [Tilbage] [Menu]
        Jens: 9
        Bot: "Sprog og indstillinger" venter på dig. Dine svar er gemt.
           | [Fortsæt] [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte]
           | [Mit overblik] [Sprog] [Tal med et menneske] [Hjælp]
    """)


async def test_after_stop_a_number_is_of_what_stop_showed(chat: Chat) -> None:
    """After STOP, a number chooses a button of STOP's card, not of the paused flow."""
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
        Jens: [Behold: Jens]
        Bot: 3 af 5. Hvor i kommunen bor du, eller hvor kommer du tit?
           | [Klintsund By] [Ørbakke] [Sandholm Havn] [Vesterhagen] [Møllekær] [Tangø]
           | [Vil helst ikke sige det] [Tilbage] [Menu]
        Jens: stop
        Bot: Det er gjort. Du får ikke mere nyt fra os her. Svar på dine egne spørgsmål får du
           | stadig. Skriv "nyt", hvis du vil have det igen.
        Bot: Dine svar bliver gemt i 7 dage. Skriv "fortsæt", hvis du vil videre.
           | [Fortsæt] [Menu]
        Jens: 2
        Bot: "Sprog og indstillinger" venter på dig. Dine svar er gemt.
           | [Fortsæt] [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte]
           | [Mit overblik] [Sprog] [Tal med et menneske] [Hjælp]
        Jens: fortsæt
        Bot: 3 af 5. Hvor i kommunen bor du, eller hvor kommer du tit?
           | [Klintsund By] [Ørbakke] [Sandholm Havn] [Vesterhagen] [Møllekær] [Tangø]
           | [Vil helst ikke sige det] [Tilbage] [Menu]
    """)


async def test_the_language_in_mid_flow_in_words(chat: Chat) -> None:
    """The language card can be answered in words in mid-flow."""
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
        Jens: sprog
        Bot: Hvilket sprog vil du læse?
           | [Dansk] [English]
        Jens: english
        Bot: From now on I write English.
        Bot: 2 of 5. What may we call you? Write a first name.
           | [Keep: Jens] [Menu]
        Jens: dansk?
        Bot: Fra nu af skriver jeg dansk.
        Bot: 2 af 5. Hvad må vi kalde dig? Skriv et fornavn.
           | [Behold: Jens] [Menu]
    """)


async def test_an_old_yes_is_not_a_new_one(chat_on_each: Chat) -> None:
    """A tap on an earlier conversation's "yes" gives no consent in the current one."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: /nyt
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
        Jens: [Nej]
        Bot: Det er gemt. Du kan altid ændre det.
           | [Mit overblik] [Menu]
        Jens: /nyt
        Bot: Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Menu]
        Jens: [Veje og trafik]
        Bot edits: Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [Natur og klima] [✓ Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Menu]
        Jens: [Ja]
        Bot: Den knap hører til et tidligere spørgsmål. Vi er nået hertil:
        Bot: Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [Natur og klima] [✓ Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Menu]
        Jens: [Færdig]
        Bot: Må vi sende dig nyt om det her i chatten? Højst to gange om ugen. Skriv "stop", så
           | holder det op.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: mit
        Bot: Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Fortsæt] [Sprog og indstillinger] [Menu]
    """)


async def test_small_talk(chat_on_each: Chat) -> None:
    """A greeting, thanks and "are you a robot?" get their own replies."""
    await chat_on_each("""
        Jens: hej
        Bot: <notice>
        Bot: <menu>
        Jens: er du en robot?
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
        Jens: tak
        Bot: Godt. Skriv bare, hvis der er mere.
           | [Menu]
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
        Jens: engelsk
        Bot: From now on I write English.
        Bot: <English menu>
        Ana: hello
        Bot: <English notice>
        Bot: <English menu>
        Ana: thanks
        Bot: Good. Just write if there is more.
           | [Menu]
        Ana: are you human?
        Bot: I am a robot. I answer what I know; people at Klintsund Kommune do the rest.
           |
           | • Write a question, or press a button.
           | • You can always write what stands on a button, or its number.
           | • “back” goes one step back, “repeat” shows the step again with numbers.
           | • “person” shows how to reach a person, “menu” shows the menu.
           | • “remind me to call the library tomorrow at 10” sets a reminder, “my reminders”
           | shows them.
           | • “pause” stops all but answers until the day you choose.
           | • “stop” ends news and leaves what you are doing.
           |
           | Phone 00 00 10 00.
           | The phone is open Monday–Wednesday 09:00–14:00, Thursday 09:00–17:00 and Friday
           | 09:00–12:00.
           | Visit us: Klintgade 1, Klintsund. The counter is open Monday–Wednesday 10:00–14:00,
           | Thursday 10:00–17:00 and Friday 10:00–12:00.
           |
           | How accessible this chat is, and your data: /privacy.
           | [Talk to a person] [Menu]
    """)


async def test_a_question_where_words_are_asked_for(chat: Chat) -> None:
    """A question that the step refuses is answered, and the step is asked again."""
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
        Jens: hvornår har I åbent på torsdag?
        Bot: Hvornår har I åbent?
           | Borgerservice har åbent kl. 10–14 mandag til onsdag. Torsdag er der åbent kl. 10–17
           | og fredag kl. 10–12. Vi har lukket på helligdage. Du kan ringe fra kl. 9, til vi
           | lukker. Adressen er Klintgade 1, Klintsund.
           |
           | Kilde: Mette, Borgerservice. Gennemgået 1. november 2026.
           | [Det hjalp] [Spørg et menneske]
        Bot: Tilbage til "Sprog og indstillinger":
        Bot: 2 af 5. Hvad må vi kalde dig? Skriv et fornavn.
           | [Behold: Jens] [Menu]
        Jens: Jens
        Bot: 3 af 5. Hvor i kommunen bor du, eller hvor kommer du tit?
           | [Klintsund By] [Ørbakke] [Sandholm Havn] [Vesterhagen] [Møllekær] [Tangø]
           | [Vil helst ikke sige det] [Tilbage] [Menu]
        Jens: [Tangø]
        Bot: 4 af 5. Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Behold, som det er] [Tilbage] [Menu]
        Jens: ingen
        Bot: 5 af 5. Vi skriver aldrig til dig om nyt eller aftaler fra kl. 20 til kl. 8. Heller
           | ikke om søndagen, på helligdage, juleaften eller nytårsaften. Vil du have flere
           | stille timer? Du kan også skrive dine egne, for eksempel 19-10.
           | [Kun de sædvanlige] [Fra kl. 18 til kl. 9] [Fra kl. 16 til kl. 10]
           | [Behold, som det er] [Tilbage] [Menu]
        Jens: fra kl. 19 til 10
        Bot: Det er gemt, Jens. Du kan altid ændre det.
           | [Mit overblik] [Menu]
    """)
