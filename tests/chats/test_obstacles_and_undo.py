"""Obstacles in words while their buttons are shown, and the typed word that undoes an answer."""

from __future__ import annotations

from campaign_desk import campaign, sign
from pledge_people import arrive, contributions, pledge

from bot.model.outcome import Obstacle
from bot.testing import Chat

ASKED = "--- until 2026-11-30 16:31"


async def test_an_obstacle_in_words(chat: Chat) -> None:
    """Words are taken while the reasons are shown; a question is answered, and not stored."""
    await arrive(chat, "Jens", "Samira", "Ana")
    for name in ("Jens", "Samira", "Ana"):
        await pledge(chat, name, "L8")
    for line in (ASKED, "Jens: [Ikke denne gang]", "Jens: [Hvad stod i vejen?]"):
        await chat.play(line)
    for name, asks in (("Samira", "[Hvad stod i vejen?]"), ("Ana", "[What stood in the way?]")):
        await chat.play(f"{name}: 0")
        await chat.play(f"{name}: {asks}")
    await chat("""
        Jens: hvem læser det?
        Bot: Det lyder som et spørgsmål. Medarbejdere i kommunen læser det, du skriver her, og
           | svarer alle, der har sagt det samme. Dit navn står ikke i listerne. Vil du spørge om
           | noget andet, så tryk først på "Vil helst ikke sige det".
           | [Jeg havde ikke tid] [Vejret] [Jeg manglede værktøj eller ting] [Jeg glemte det]
           | [Jeg stod alene med det] [Regler eller stedet] [Med dine egne ord]
           | [Vil helst ikke sige det]
        Jens: cyklen var punkteret og det regnede
        Bot: Tak. Det er skrevet ned, og dit navn står ikke på listen. Kommunen svarer alle, der
           | har sagt det samme. Så skriver jeg til dig.
           | [Mit overblik] [Menu]
        Jens: [Med dine egne ord]
        Bot: Hvad stod i vejen? Skriv det med dine egne ord.
           | [Vil helst ikke sige det] [Menu]
        Jens: hvem læser det?
        Bot: Hvem kan se, hvad jeg skriver her?
           | Du, de ansatte, der svarer dig, og firmaet bag Telegram. Skriv derfor ikke
           | CPR-nummer eller private ting. Skriv "mine data" for at se, hvad vi har gemt.
           |
           | Kilde: Mette, Borgerservice. Gennemgået 1. november 2026.
           | [Det hjalp] [Spørg et menneske]
        Bot: Tilbage til "Hvad stod i vejen?":
        Bot: Hvad stod i vejen? Skriv det med dine egne ord.
           | [Vil helst ikke sige det] [Menu]
        Jens: [Vil helst ikke sige det]
        Bot: Det er helt i orden. Du behøver ikke sige hvorfor.
           | [Mit overblik] [Menu]
        Samira: det var vejret
        Bot: Tak. Det er skrevet ned, og dit navn står ikke på listen. Kommunen svarer alle, der
           | har sagt det samme. Så skriver jeg til dig.
           | [Mit overblik] [Menu]
        Ana: the chain was broken
        Bot: Thank you. It is noted, without your name in the lists. The municipality answers all
           | who said the same, and I write to you then.
           | [My overview] [Menu]
    """)
    told = await contributions(chat)
    assert {(one.key, one.words) for one in told} == {
        (None, "cyklen var punkteret og det regnede"),
        (Obstacle.WEATHER, None),
        (None, "the chain was broken"),
    }


async def test_an_answer_to_a_shared_pledge_is_undone(chat: Chat) -> None:
    """The thanks have the button, and the typed word presses it."""
    made = await campaign(chat)
    await arrive(chat, "Jens", "Samira")
    await sign(chat, made, "Jens", "Samira")
    await chat.play("--- until 2026-12-21 16:31")
    await chat("""
        Jens: ja
        Bot edits: Nok skrev under på “Mørkt ved havnen”.
           | Du har lovet: “Jeg slukker mit udelys kl. 22, hvis andre også gør det.” (2 lamper)
           |
           | Gjorde du det?
           |
           | ✓ Du svarede: det er gjort.
        Bot: Tak, det er skrevet ned. Når alle har haft tid til at svare, kan du se her, hvordan
           | det gik.
           | [Se løftet] [Fortryd] [Mit overblik] [Menu]
        Jens: fortryd
        Bot: Det er fortrudt. Nok skrev under på “Mørkt ved havnen”.
           | Du har lovet: “Jeg slukker mit udelys kl. 22, hvis andre også gør det.” (2 lamper)
           |
           | Gjorde du det?
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Mit overblik]
        Jens: ikke denne gang
        Bot edits: Nok skrev under på “Mørkt ved havnen”.
           | Du har lovet: “Jeg slukker mit udelys kl. 22, hvis andre også gør det.” (2 lamper)
           |
           | Gjorde du det?
           |
           | Du svarede: ikke denne gang.
        Bot: Det blev ikke til noget denne gang. Det er helt i orden. Vil du fortælle, hvad der
           | stod i vejen? Så svarer vi på det.
           | [Jeg havde ikke tid] [Vejret] [Jeg manglede værktøj eller ting] [Jeg glemte det]
           | [Jeg stod alene med det] [Regler eller stedet] [Med dine egne ord]
           | [Vil helst ikke sige det] [Vælg en ny dag] [Fortryd] [Mit overblik] [Menu]
        Jens: jeg fortryder
        Bot: Det er fortrudt. Nok skrev under på “Mørkt ved havnen”.
           | Du har lovet: “Jeg slukker mit udelys kl. 22, hvis andre også gør det.” (2 lamper)
           |
           | Gjorde du det?
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Mit overblik]
    """)


async def test_a_change_is_not_undone(chat: Chat) -> None:
    """After a change the typed word says how to change it again; after an answer it undoes it."""
    await arrive(chat, "Jens", "Ana")
    await pledge(chat, "Jens", "L8")
    await pledge(chat, "Ana", "L8")
    await chat("""
        Jens: mit løfte
        Bot: Dine løfter
           | • To dage på cykel (4 ture): jeg spørger dig mandag d. 30. november
           |
           | Tryk på et løfte, når du vil se, rette eller stoppe det.
           | [To dage på cykel] [Giv et løfte] [Fortryd samtykke] [Mit overblik] [Menu]
        Jens: [To dage på cykel]
        Bot: Dit løfte
           | "Jeg cykler på arbejde eller i skole to dage om ugen."
           | Emne: Varme og transport, "To dage på cykel"
           | Mængde: 4 ture
           | Hvor tit: Hver uge
           | Indtil: tirsdag d. 23. februar 2027
           | Hvem kan se det: Kun dig og kommunen
           |
           | Næste gang jeg spørger dig, er mandag d. 30. november.
           |
           | Hvis du stopper løftet, tæller det, du har gjort, stadig.
           | Trækker du det tilbage, tæller intet af det med mere.
           | [Ret] [Gør det mindre] [Hold pause] [Lav en plan] [Del] [Stop løftet]
           | [Træk løftet tilbage] [Mine løfter] [Mit overblik] [Menu]
        Jens: [Gør det mindre]
        Bot: Du har lovet 4 ture. Hvor mange ture lover du nu?
           | [2 ture] [1 tur] [Menu]
        Jens: 2
        Bot: ✓ Det er rettet.
           |
           | "Jeg cykler på arbejde eller i skole to dage om ugen."
           | Emne: Varme og transport, "To dage på cykel"
           | Mængde: 2 ture
           | Hvor tit: Hver uge
           | Indtil: tirsdag d. 23. februar 2027
           | Hvem kan se det: Kun dig og kommunen
           |
           | Næste gang jeg spørger dig, er mandag d. 30. november.
           | [Ret] [Del] [Mit overblik] [Menu]
        Jens: fortryd
        Bot: Her er ikke noget at fortryde. Du kan rette løftet igen eller trække det helt
           | tilbage.
           | [Ret] [Træk løftet tilbage] [Mit overblik] [Menu]
        --- until 2026-11-30 16:31
        Bot to Jens: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage
           | om ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 2 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Bot to Ana: How is your pledge going: “I cycle to work or school two days a week”? It is
           | about 23 November to 29 November.
           |
           | You promised 4 rides. You can also write a number.
           | [It is done] [Some of it] [Not this time] [Later]
        Ana: 3
        Bot edits: How is your pledge going: “I cycle to work or school two days a week”? It is
           | about 23 November to 29 November.
           |
           | You promised 4 rides. You can also write a number.
           |
           | ✓ You answered: some of it.
        Bot: Thank you, that is noted: 3 rides.
           | [Undo] [My overview] [Menu]
        Ana: undo
        Bot: It is undone. How is your pledge going: “I cycle to work or school two days a week”?
           | It is about 23 November to 29 November.
           |
           | You promised 4 rides. You can also write a number.
           | [It is done] [Some of it] [Not this time] [Later] [My overview]
    """)
