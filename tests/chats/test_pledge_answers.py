"""Answers about a pledge: a part of it, more than promised, no reason, and no time in the plan."""

from __future__ import annotations

from campaign_desk import campaign, sign
from chat_store import opened
from pledge_people import arrive, pledge

from bot.testing import Chat


async def test_more_than_promised(chat: Chat) -> None:
    """A number above the promise is done, and counts as it is."""
    await arrive(chat, "Jens", "Ana")
    own = await pledge(chat, "Jens", "L8")
    await pledge(chat, "Ana", "L8")
    await chat("""
        --- until 2026-11-30 16:31
        Bot to Jens: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage
           | om ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Bot to Ana: How is your pledge going: “I cycle to work or school two days a week”? It is
           | about 23 November to 29 November.
           |
           | You promised 4 rides. You can also write a number.
           | [It is done] [Some of it] [Not this time] [Later]
        Jens: 12
        Bot edits: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage om
           | ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           |
           | ✓ Du svarede: det er gjort.
        Bot: Tak, det er skrevet ned: 12 ture. Godt trampet.
           | [Fortryd] [Mit overblik] [Menu]
        Ana: [Some of it]
        Bot: How many rides was it? Choose, or write another number.
           | [2 rides] [1 ride] [Menu]
        Ana: 4.5
        Bot: Write a whole number, please.
        Bot: How many rides was it? Choose, or write another number.
           | [2 rides] [1 ride] [Menu]
        Ana: 6 rides
        Bot edits: How is your pledge going: “I cycle to work or school two days a week”? It is
           | about 23 November to 29 November.
           |
           | You promised 4 rides. You can also write a number.
           |
           | ✓ You answered: it is done.
        Bot: Thank you, that is noted: 6 rides. Well pedalled.
           | [Undo] [My overview] [Menu]
    """)
    async with opened(chat) as store, store.reading() as unit:
        assert await unit.ledger.sum_of(own) == 1200


async def test_some_of_a_shared_pledge_is_not_called_kept(chat: Chat) -> None:
    """The overview and the page say that some of it is done; another is more than promised."""
    made = await campaign(chat, kind="count", rhythm="once", measure="visits", amount=300)
    await arrive(chat, "Jens", "Samira")
    for name in ("Jens", "Samira"):
        for line in (f"/start fl-{made}", "[Jeg er med]", "ja", "ja", "3"):
            await chat.play(f"{name}: {line}")
    await chat("""
        Samira: [Spring over]
        Bot: Hvad gør du som det første?
           | [Spring over] [Tilbage] [Menu]
        --- until 2026-12-21 16:31
        Bot to Jens: Nok skrev under på “Mørkt ved havnen”.
           | Du har lovet: “Jeg slukker mit udelys kl. 22, hvis andre også gør det.” (3 besøg)
           |
           | Gjorde du det?
           | [Det er gjort] [Lidt af det] [Ikke denne gang]
        Bot to Samira: Du var begyndt på "Planlæg din start", og dine svar er gemt. Vil du
           | fortsætte?
           | [Fortsæt] [Nej tak]
        Bot to Samira: Nok skrev under på “Mørkt ved havnen”.
           | Du har lovet: “Jeg slukker mit udelys kl. 22, hvis andre også gør det.” (3 besøg)
           |
           | Gjorde du det?
           | [Det er gjort] [Lidt af det] [Ikke denne gang]
        Jens: [Lidt af det]
        Bot: Hvor mange besøg blev det? Vælg, eller skriv et andet tal.
           | [1 besøg] [Menu]
        Jens: 2
        Bot edits: Nok skrev under på “Mørkt ved havnen”.
           | Du har lovet: “Jeg slukker mit udelys kl. 22, hvis andre også gør det.” (3 besøg)
           |
           | Gjorde du det?
           |
           | ✓ Du svarede: lidt af det.
        Bot: Tak, det er skrevet ned: 2 besøg. Når alle har haft tid til at svare, kan du se her,
           | hvordan det gik.
           | [Se løftet] [Fortryd] [Mit overblik] [Menu]
        Jens: [Mit overblik]
        Bot: Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Sprog og indstillinger] [Mine løfter] [Menu]
        Jens: mine løfter
        Bot: Før
           | • Mørkt ved havnen (3 besøg): noget af det er gjort, mandag d. 21. december
           |
           | Tryk på et løfte, når du vil se, rette eller stoppe det.
           | [Mørkt ved havnen] [Giv et løfte] [Fortryd samtykke] [Mit overblik] [Menu]
        Samira: [Lidt af det]
        Bot: Hvor mange besøg blev det? Vælg, eller skriv et andet tal.
           | [1 besøg] [Menu]
        Samira: 4
        Bot edits: Nok skrev under på “Mørkt ved havnen”.
           | Du har lovet: “Jeg slukker mit udelys kl. 22, hvis andre også gør det.” (3 besøg)
           |
           | Gjorde du det?
           |
           | ✓ Du svarede: det er gjort.
        Bot: Tak, det er skrevet ned: 4 besøg. Når alle har haft tid til at svare, kan du se her,
           | hvordan det gik.
           | [Se løftet] [Fortryd] [Mit overblik] [Menu]
        Samira: mine løfter
        Bot: Før
           | • Mørkt ved havnen (3 besøg): holdt, til mandag d. 21. december
           |
           | Tryk på et løfte, når du vil se, rette eller stoppe det.
           | [Mørkt ved havnen] [Giv et løfte] [Fortryd samtykke] [Mit overblik] [Menu]
    """)


async def test_a_part_of_a_level_is_not_called_kept(chat: Chat) -> None:
    """Lamps are no count, so no number is asked."""
    made = await campaign(chat)
    await arrive(chat, "Jens", "Samira")
    await sign(chat, made, "Jens", "Samira")
    await chat("""
        --- until 2026-12-21 16:31
        Bot to Jens: Nok skrev under på “Mørkt ved havnen”.
           | Du har lovet: “Jeg slukker mit udelys kl. 22, hvis andre også gør det.” (2 lamper)
           |
           | Gjorde du det?
           | [Det er gjort] [Lidt af det] [Ikke denne gang]
        Bot to Samira: Du var begyndt på "Planlæg din start", og dine svar er gemt. Vil du
           | fortsætte?
           | [Fortsæt] [Nej tak]
        Bot to Samira: Nok skrev under på “Mørkt ved havnen”.
           | Du har lovet: “Jeg slukker mit udelys kl. 22, hvis andre også gør det.” (2 lamper)
           |
           | Gjorde du det?
           | [Det er gjort] [Lidt af det] [Ikke denne gang]
        Jens: [Lidt af det]
        Bot: Hvor mange lamper blev det? Vælg, eller skriv et andet tal.
           | [1 lampe] [Menu]
        Jens: mine løfter
        Bot: Dine løfter
           | • Mørkt ved havnen (2 lamper): jeg spurgte mandag d. 21. december, og du kan stadig
           | svare
           |
           | Tryk på et løfte, når du vil se, rette eller stoppe det.
           | [Mørkt ved havnen] [Giv et løfte] [Fortryd samtykke] [Mit overblik] [Menu]
        Jens: [Mørkt ved havnen]
        Bot: Dit løfte
           | "Jeg slukker mit udelys kl. 22, hvis andre også gør det."
           | Emne: Mørke nætter
           | Mængde: 2 lamper
           | Gjort inden: mandag d. 21. december
           | Hvem kan se det: Kun dig og kommunen
           |
           | Jeg spurgte dig mandag d. 21. december, hvordan det går. Du kan stadig svare.
           |
           | Hvis du stopper løftet, tæller dine 2 lamper ikke længere med, men du kan stadig se
           | det.
           | Trækker du det tilbage, tæller intet af det med mere.
           | [Svar nu] [Ret] [Gør det mindre] [Hold pause] [Lav en plan] [Se det fælles løfte]
           | [Stop løftet] [Træk løftet tilbage] [Mine løfter] [Mit overblik] [Menu]
    """)


async def test_no_reason_need_be_told(chat: Chat) -> None:
    """Each step about the obstacle has a button that leaves it out, and the words do it, too."""
    await arrive(chat, "Jens")
    await pledge(chat, "Jens", "L8")
    await chat("""
        --- until 2026-11-30 16:31
        Bot to Jens: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage
           | om ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Jens: [Ikke denne gang]
        Bot edits: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage om
           | ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           |
           | Du svarede: ikke denne gang.
        Bot: Det blev ikke til noget denne gang. Det er helt i orden. Vil du fortsætte, gøre
           | løftet mindre eller holde pause?
           | [Fortsæt] [Gør det mindre] [Hold pause] [Stop løftet] [Hvad stod i vejen?] [Fortryd]
           | [Menu]
        Jens: [Hvad stod i vejen?]
        Bot: Hvad stod i vejen? Du behøver ikke at svare.
           | [Jeg havde ikke tid] [Vejret] [Jeg manglede værktøj eller ting] [Jeg glemte det]
           | [Jeg stod alene med det] [Regler eller stedet] [Med dine egne ord]
           | [Vil helst ikke sige det]
        Jens: [Vil helst ikke sige det]
        Bot: Det er helt i orden. Du behøver ikke sige hvorfor.
           | [Mit overblik] [Menu]
        Jens: [Hvad stod i vejen?]
        Bot: Hvad stod i vejen? Du behøver ikke at svare.
           | [Jeg havde ikke tid] [Vejret] [Jeg manglede værktøj eller ting] [Jeg glemte det]
           | [Jeg stod alene med det] [Regler eller stedet] [Med dine egne ord]
           | [Vil helst ikke sige det]
        Jens: [Med dine egne ord]
        Bot: Hvad stod i vejen? Skriv det med dine egne ord.
           | [Vil helst ikke sige det] [Menu]
        Jens: [Vil helst ikke sige det]
        Bot: Det er helt i orden. Du behøver ikke sige hvorfor.
           | [Mit overblik] [Menu]
        Jens: [Hvad stod i vejen?]
        Bot: Hvad stod i vejen? Du behøver ikke at svare.
           | [Jeg havde ikke tid] [Vejret] [Jeg manglede værktøj eller ting] [Jeg glemte det]
           | [Jeg stod alene med det] [Regler eller stedet] [Med dine egne ord]
           | [Vil helst ikke sige det]
        Jens: [Med dine egne ord]
        Bot: Hvad stod i vejen? Skriv det med dine egne ord.
           | [Vil helst ikke sige det] [Menu]
        Jens: det vil jeg helst ikke
        Bot: Det er helt i orden. Du behøver ikke sige hvorfor.
           | [Mit overblik] [Menu]
    """)


async def test_a_time_is_added_to_a_plan(chat: Chat) -> None:
    """Without a time there is no reminder: the chat says so, and a time keeps the rest."""
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
        Jens: [Lav en plan]
        Bot: Hvornår og hvor begynder du? Skriv det på én gang, for eksempel "lørdag kl. 10 ved
           | skuret". Så minder jeg dig om det én gang.
           | [Ingen plan] [Spring over] [Menu]
        Jens: når det bliver lyst
        Bot: Hvor gør du det?
           | [Spring over] [Tilbage] [Menu]
        Jens: ved stationen
        Bot: Hvad gør du som det første?
           | [Pump cyklen aftenen før.] [Spring over] [Tilbage] [Menu]
        Jens: pumper dækkene
        Bot: Din plan er noteret.
           | Hvornår: når det bliver lyst
           | Sted: ved stationen
           | Først: pumper dækkene
           |
           | Planen har ikke noget tidspunkt, så jeg minder dig ikke om den.
           | [Tilføj et tidspunkt] [Ret] [Mit overblik] [Menu]
        Jens: [Tilføj et tidspunkt]
        Bot: Hvornår og hvor begynder du? Skriv det på én gang, for eksempel "lørdag kl. 10 ved
           | skuret". Så minder jeg dig om det én gang.
           | [Ingen plan] [Spring over] [Menu]
        Jens: [Spring over]
        Bot: Din plan er noteret.
           | Hvornår: når det bliver lyst
           | Sted: ved stationen
           | Først: pumper dækkene
           |
           | Planen har ikke noget tidspunkt, så jeg minder dig ikke om den.
           | [Tilføj et tidspunkt] [Ret] [Mit overblik] [Menu]
        Jens: [Mit overblik]
        Bot: Dine løfter
           | • To dage på cykel (4 ture): jeg spørger dig mandag d. 30. november
           |
           | Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Sprog og indstillinger] [Mine løfter] [Menu]
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
           | Plan: når det bliver lyst, ved stationen, pumper dækkene
           |
           | Næste gang jeg spørger dig, er mandag d. 30. november.
           |
           | Hvis du stopper løftet, tæller det, du har gjort, stadig.
           | Trækker du det tilbage, tæller intet af det med mere.
           | [Ret] [Gør det mindre] [Hold pause] [Se planen] [Del] [Stop løftet]
           | [Træk løftet tilbage] [Mine løfter] [Mit overblik] [Menu]
        Jens: [Se planen]
        Bot: Din plan er noteret.
           | Hvornår: når det bliver lyst
           | Sted: ved stationen
           | Først: pumper dækkene
           |
           | Planen har ikke noget tidspunkt, så jeg minder dig ikke om den.
           | [Tilføj et tidspunkt] [Lav en ny plan] [Fjern planen] [Se løftet] [Mit overblik]
           | [Menu]
        Jens: [Tilføj et tidspunkt]
        Bot: Hvornår og hvor begynder du? Skriv det på én gang, for eksempel "lørdag kl. 10 ved
           | skuret". Så minder jeg dig om det én gang.
           | [Ingen plan] [Spring over] [Menu]
        Jens: lørdag kl. 10
        Bot: Jeg minder dig om det én gang: lørdag d. 28. november kl. 10.
           | Sted: ved stationen
           | Først: pumper dækkene
           | [Ret] [Mit overblik] [Menu]
        Ana: my pledge
        Bot: Your pledges
           | • Two days by bike (4 rides): I ask you on Monday 30 November
           |
           | Press one to see it, change it or end it.
           | [Two days by bike] [Make a pledge] [Take back consent] [My overview] [Menu]
        Ana: [Two days by bike]
        Bot: Your pledge
           | “I cycle to work or school two days a week.”
           | About: Heat and transport, “Two days by bike”
           | How much: 4 rides
           | How often: Every week
           | Until: Tuesday 23 February 2027
           | Who can see it: Only you and the municipality
           |
           | I next ask you how it goes on Monday 30 November.
           |
           | If you stop the pledge, what you did still counts.
           | If you take it back, none of it counts any more.
           | [Change] [Make it smaller] [Take a break] [Make a plan] [Share] [Stop the pledge]
           | [Take the pledge back] [My pledges] [My overview] [Menu]
        Ana: [Make a plan]
        Bot: When and where do you begin? Write it in one go, like “Saturday at 10 by the shed”.
           | Then I remind you once.
           | [No plan] [Skip] [Menu]
        Ana: when it is light
        Bot: Where do you do it?
           | [Skip] [Back] [Menu]
        Ana: [Skip]
        Bot: What is the first thing you do?
           | [Pump the tyres the evening before.] [Skip] [Back] [Menu]
        Ana: [Skip]
        Bot: Your plan is noted.
           | When: when it is light
           |
           | The plan has no time, so I do not remind you.
           | [Add a time] [Change] [My overview] [Menu]
    """)
