"""Own pledges in the chat: the overview, the page of each, all changes, and the consent."""

from __future__ import annotations

import pytest
from chat_store import ask, opened
from pledge_people import arrive, person_id, pledge
from test_calendar_files import forge

from bot.model.commands.pledges import BeginPledging
from bot.model.pledge import CONSENT, PER_UNIT, PLEDGE, Pledge, PledgeState, Visibility
from bot.redact import stop
from bot.simulator import TOKEN
from bot.testing import PEOPLE, Chat


async def state_of(chat: Chat, pledge_id: int) -> Pledge:
    """Return a pledge."""
    async with opened(chat) as store, store.reading() as unit:
        found = await unit.pledges.get(pledge_id)
    assert found is not None
    return found


async def total(chat: Chat, theme: str, measure: str) -> float:
    """Return a total of the year, in units."""
    async with opened(chat) as store, store.reading() as unit:
        return await unit.ledger.total(2026, theme=theme, measure=measure) / PER_UNIT


async def test_all_changes_in_danish(chat_on_each: Chat) -> None:
    """The overview leads to each pledge: change it, make it smaller, pause it, plan it."""
    chat = chat_on_each
    await arrive(chat, "Jens")
    await pledge(chat, "Jens", "L4", ends_on="2027-03-31")
    second = await pledge(chat, "Jens", "L8", ends_on="2027-03-01")
    await pledge(chat, "Jens", "L9", already=True)
    await chat("""
        Jens: mit overblik
        Bot: Dine løfter
           | • Sluk for natten (2 lamper): jeg spørger dig onsdag d. 23. december
           | • To dage på cykel (4 ture): jeg spørger dig mandag d. 30. november
           | Det gør du allerede: Pas på en gravhøj
           |
           | Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Sprog og indstillinger] [Mine løfter] [Menu]
        Jens: [Mine løfter]
        Bot: Dine løfter
           | • Sluk for natten (2 lamper): jeg spørger dig onsdag d. 23. december
           | • To dage på cykel (4 ture): jeg spørger dig mandag d. 30. november
           | Det gør du allerede: Pas på en gravhøj
           |
           | Tryk på et løfte, når du vil se, rette eller stoppe det.
           | [Sluk for natten] [To dage på cykel] [Pas på en gravhøj] [Giv et løfte]
           | [Fortryd samtykke] [Mit overblik] [Menu]
        Jens: [To dage på cykel]
        Bot: Dit løfte
           | "Jeg cykler på arbejde eller i skole to dage om ugen."
           | Emne: Varme og transport, "To dage på cykel"
           | Mængde: 4 ture
           | Hvor tit: Hver uge
           | Indtil: mandag d. 1. marts 2027
           | Hvem kan se det: Kun dig og kommunen
           |
           | Næste gang jeg spørger dig, er mandag d. 30. november.
           |
           | Hvis du stopper løftet, tæller det, du har gjort, stadig.
           | Trækker du det tilbage, tæller intet af det med mere.
           | [Ret] [Gør det mindre] [Hold pause] [Lav en plan] [Del] [Stop løftet]
           | [Træk løftet tilbage] [Mine løfter] [Mit overblik] [Menu]
        Jens: [Ret]
        Bot: Hvad vil du rette?
           | [Mængde] [Indtil] [Hvem kan se det] [Det vil du have ud af det]
           | [Hvornår og hvor jeg begynder] [Mit overblik] [Menu]
        Jens: [Hvem kan se det]
        Bot: Hvem må se dit løfte? Du kan ændre det senere.
           | [Kun dig og kommunen] [Uden navn] [Alle kan se det] [Menu]
        Jens: [Uden navn]
        Bot: ✓ Det er rettet.
           |
           | "Jeg cykler på arbejde eller i skole to dage om ugen."
           | Emne: Varme og transport, "To dage på cykel"
           | Mængde: 4 ture
           | Hvor tit: Hver uge
           | Indtil: mandag d. 1. marts 2027
           | Hvem kan se det: Uden navn
           |
           | Næste gang jeg spørger dig, er mandag d. 30. november.
           | [Ret] [Del] [Mit overblik] [Menu]
        Jens: gør mit løfte mindre
        Bot: Hvilket løfte mener du?
           | [Sluk for natten] [To dage på cykel] [Mine løfter] [Menu]
        Jens: [To dage på cykel]
        Bot: Du har lovet 4 ture. Hvor mange ture lover du nu?
           | [2 ture] [1 tur] [Menu]
        Jens: [2 ture]
        Bot: ✓ Det er rettet.
           |
           | "Jeg cykler på arbejde eller i skole to dage om ugen."
           | Emne: Varme og transport, "To dage på cykel"
           | Mængde: 2 ture
           | Hvor tit: Hver uge
           | Indtil: mandag d. 1. marts 2027
           | Hvem kan se det: Uden navn
           |
           | Næste gang jeg spørger dig, er mandag d. 30. november.
           | [Ret] [Del] [Mit overblik] [Menu]
        Jens: hold pause med løftet om cyklen
        Bot: Dit løfte holder pause: "Jeg cykler på arbejde eller i skole to dage om ugen". Jeg
           | spørger ikke, før du starter igen.
           | [Start igen] [Mit overblik] [Menu]
        Jens: mine løfter
        Bot: Dine løfter
           | • Sluk for natten (2 lamper): jeg spørger dig onsdag d. 23. december
           | • To dage på cykel (2 ture): pause
           | Det gør du allerede: Pas på en gravhøj
           |
           | Tryk på et løfte, når du vil se, rette eller stoppe det.
           | [Sluk for natten] [To dage på cykel] [Pas på en gravhøj] [Giv et løfte]
           | [Fortryd samtykke] [Mit overblik] [Menu]
        Jens: [To dage på cykel]
        Bot: Dit løfte
           | "Jeg cykler på arbejde eller i skole to dage om ugen."
           | Emne: Varme og transport, "To dage på cykel"
           | Mængde: 2 ture
           | Hvor tit: Hver uge
           | Indtil: mandag d. 1. marts 2027
           | Hvem kan se det: Uden navn
           |
           | Du holder pause fra det. Jeg spørger først, når du starter igen.
           |
           | Hvis du stopper løftet, tæller det, du har gjort, stadig.
           | Trækker du det tilbage, tæller intet af det med mere.
           | [Ret] [Gør det mindre] [Start igen] [Lav en plan] [Del] [Stop løftet]
           | [Træk løftet tilbage] [Mine løfter] [Mit overblik] [Menu]
        Jens: [Start igen]
        Bot: Godt, du er i gang igen: "Jeg cykler på arbejde eller i skole to dage om ugen". Jeg
           | spørger dig mandag d. 30. november.
           | [Mit overblik] [Menu]
        Jens: mine løfter
        Bot: Dine løfter
           | • Sluk for natten (2 lamper): jeg spørger dig onsdag d. 23. december
           | • To dage på cykel (2 ture): jeg spørger dig mandag d. 30. november
           | Det gør du allerede: Pas på en gravhøj
           |
           | Tryk på et løfte, når du vil se, rette eller stoppe det.
           | [Sluk for natten] [To dage på cykel] [Pas på en gravhøj] [Giv et løfte]
           | [Fortryd samtykke] [Mit overblik] [Menu]
        Jens: [To dage på cykel]
        Bot: Dit løfte
           | "Jeg cykler på arbejde eller i skole to dage om ugen."
           | Emne: Varme og transport, "To dage på cykel"
           | Mængde: 2 ture
           | Hvor tit: Hver uge
           | Indtil: mandag d. 1. marts 2027
           | Hvem kan se det: Uden navn
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
        Jens: lørdag kl. 10 ved stationen
        Bot: Hvad gør du som det første?
           | [Pump cyklen aftenen før.] [Spring over] [Tilbage] [Menu]
        Jens: [Spring over]
        Bot: Jeg minder dig om det én gang: lørdag d. 28. november kl. 10.
           | Sted: ved stationen
           | [Ret] [Mit overblik] [Menu]
        Jens: mine løfter
        Bot: Dine løfter
           | • Sluk for natten (2 lamper): jeg spørger dig onsdag d. 23. december
           | • To dage på cykel (2 ture): jeg spørger dig mandag d. 30. november
           | Det gør du allerede: Pas på en gravhøj
           |
           | Tryk på et løfte, når du vil se, rette eller stoppe det.
           | [Sluk for natten] [To dage på cykel] [Pas på en gravhøj] [Giv et løfte]
           | [Fortryd samtykke] [Mit overblik] [Menu]
        Jens: [To dage på cykel]
        Bot: Dit løfte
           | "Jeg cykler på arbejde eller i skole to dage om ugen."
           | Emne: Varme og transport, "To dage på cykel"
           | Mængde: 2 ture
           | Hvor tit: Hver uge
           | Indtil: mandag d. 1. marts 2027
           | Hvem kan se det: Uden navn
           | Plan: lørdag kl. 10, ved stationen
           |
           | Næste gang jeg spørger dig, er mandag d. 30. november.
           |
           | Hvis du stopper løftet, tæller det, du har gjort, stadig.
           | Trækker du det tilbage, tæller intet af det med mere.
           | [Ret] [Gør det mindre] [Hold pause] [Se planen] [Del] [Stop løftet]
           | [Træk løftet tilbage] [Mine løfter] [Mit overblik] [Menu]
        Jens: [Se planen]
        Bot: Jeg minder dig om det én gang: lørdag d. 28. november kl. 10.
           | Sted: ved stationen
           | [Lav en ny plan] [Fjern planen] [Se løftet] [Mit overblik] [Menu]
        Jens: [Fjern planen]
        Bot: ✓ Planen er fjernet, og jeg minder dig ikke om den.
           | [Se løftet] [Mit overblik] [Menu]
    """)
    own = await state_of(chat, second)
    assert (own.amount, own.visibility) == (200, Visibility.UNNAMED)
    assert (own.state, own.plan) == (PledgeState.ACTIVE, None)


async def test_the_end_in_danish(chat: Chat) -> None:
    """A stop keeps counts and leaves the level; taken back, a pledge leaves totals and lists."""
    await arrive(chat, "Jens")
    await pledge(chat, "Jens", "L4", ends_on="2027-03-31")
    second = await pledge(chat, "Jens", "L8", ends_on="2027-03-01")
    await pledge(chat, "Jens", "L9", already=True)
    await chat("""
        Jens: jeg vil gerne stoppe mit løfte om lamper
        Bot: Vil du stoppe dette løfte? "Jeg slukker udelyset kl. 22 og lader lamper pege nedad"
           |
           | Så tæller dine 2 lamper ikke længere med, men du kan stadig se løftet. Du kan altid
           | give det igen.
           | [Ja, stop løftet] [Nej, behold det] [Menu]
        Jens: [Ja, stop løftet]
        Bot: ✓ Løftet er stoppet. Tak for det, du har gjort.
           | [Giv det igen] [Mit overblik] [Menu]
    """)
    assert await total(chat, "night", "lamps") == 0
    await chat("""
        --- until 2026-12-02 12:00
        Bot to Jens: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage
           | om ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Jens: mit overblik
        Bot: Dine løfter
           | • To dage på cykel (4 ture): jeg spurgte mandag d. 30. november, og du kan stadig
           | svare
           | Det gør du allerede: Pas på en gravhøj
           |
           | Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Sprog og indstillinger] [Svar: To dage på cykel] [Mine løfter] [Menu]
        Jens: [Svar: To dage på cykel]
        Bot: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage om
           | ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Jens: [Det er gjort]
        Bot edits: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage om
           | ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           |
           | ✓ Du svarede: det er gjort.
        Bot: Tak, det er skrevet ned. Godt trampet.
           | [Fortryd] [Mit overblik] [Menu]
        Jens: mine løfter
        Bot: Dine løfter
           | • To dage på cykel (4 ture): jeg spørger dig mandag d. 7. december
           | Det gør du allerede: Pas på en gravhøj
           |
           | Før
           | • Sluk for natten (2 lamper): stoppet mandag d. 23. november
           |
           | Tryk på et løfte, når du vil se, rette eller stoppe det.
           | [To dage på cykel] [Pas på en gravhøj] [Sluk for natten] [Giv et løfte]
           | [Fortryd samtykke] [Mit overblik] [Menu]
        Jens: [To dage på cykel]
        Bot: Dit løfte
           | "Jeg cykler på arbejde eller i skole to dage om ugen."
           | Emne: Varme og transport, "To dage på cykel"
           | Mængde: 4 ture
           | Hvor tit: Hver uge
           | Indtil: mandag d. 1. marts 2027
           | Hvem kan se det: Kun dig og kommunen
           | Indtil nu: 4 ture
           | Dine svar: gjort 1 gang
           |
           | Næste gang jeg spørger dig, er mandag d. 7. december.
           |
           | Hvis du stopper løftet, tæller det, du har gjort, stadig.
           | Trækker du det tilbage, tæller intet af det med mere.
           | [Fortryd mit svar] [Ret] [Gør det mindre] [Hold pause] [Lav en plan] [Del]
           | [Stop løftet] [Træk løftet tilbage] [Mine løfter] [Mit overblik] [Menu]
        Jens: [Fortryd mit svar]
        Bot: ✓ Dit svar om 23. november til 29. november er taget tilbage.
           | [Svar igen] [Se løftet] [Mit overblik] [Menu]
        Jens: [Svar igen]
        Bot: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage om
           | ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Jens: 3
        Bot edits: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage om
           | ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           |
           | ✓ Du svarede: lidt af det.
        Bot: Tak, det er skrevet ned: 3 ture.
           | [Fortryd] [Mit overblik] [Menu]
        Jens: stop løftet
        Bot: Vil du stoppe dette løfte? "Jeg cykler på arbejde eller i skole to dage om ugen"
           |
           | Det, du har gjort, tæller stadig med. Du kan altid give det igen.
           | [Ja, stop løftet] [Nej, behold det] [Menu]
        Jens: [Nej, behold det]
        Bot: Godt. Jeg spørger dig igen mandag d. 7. december.
           | [Mit overblik] [Menu]
        Jens: stop mit løfte om cyklen
        Bot: Vil du stoppe dette løfte? "Jeg cykler på arbejde eller i skole to dage om ugen"
           |
           | Det, du har gjort, tæller stadig med. Du kan altid give det igen.
           | [Ja, stop løftet] [Nej, behold det] [Menu]
        Jens: [Ja, stop løftet]
        Bot: ✓ Løftet er stoppet. Tak for det, du har gjort.
           | [Giv det igen] [Mit overblik] [Menu]
        Jens: mine løfter
        Bot: Dine løfter
           | Det gør du allerede: Pas på en gravhøj
           |
           | Før
           | • To dage på cykel (4 ture): stoppet onsdag d. 2. december
           | • Sluk for natten (2 lamper): stoppet mandag d. 23. november
           |
           | Tryk på et løfte, når du vil se, rette eller stoppe det.
           | [Pas på en gravhøj] [To dage på cykel] [Sluk for natten] [Giv et løfte]
           | [Fortryd samtykke] [Mit overblik] [Menu]
        Jens: [To dage på cykel]
        Bot: Dit løfte
           | "Jeg cykler på arbejde eller i skole to dage om ugen."
           | Emne: Varme og transport, "To dage på cykel"
           | Mængde: 4 ture
           | Hvor tit: Hver uge
           | Indtil: mandag d. 1. marts 2027
           | Hvem kan se det: Kun dig og kommunen
           | Indtil nu: 3 ture
           | Dine svar: lidt af det 1 gang
           |
           | Du stoppede det onsdag d. 2. december. Tak for det, du gjorde.
           | [Fortryd mit svar] [Giv det igen] [Træk løftet tilbage] [Mine løfter] [Mit overblik]
           | [Menu]
        Jens: [Træk løftet tilbage]
        Bot: Vil du trække "To dage på cykel" tilbage? 3 ture går ud af byens tal, og løftet
           | forsvinder fra din liste. Det kan du ikke fortryde.
           | [Ja, træk det tilbage] [Nej, behold det]
    """)
    assert await total(chat, "climate", "rides") == 3
    await chat("""
        Jens: [Ja, træk det tilbage]
        Bot: ✓ "To dage på cykel" er trukket tilbage. Det tæller ikke med mere.
           | [Giv et løfte] [Mit overblik] [Menu]
    """)
    assert await total(chat, "climate", "rides") == 0
    assert (await state_of(chat, second)).state is PledgeState.WITHDRAWN
    await chat("""
        Jens: mine løfter
        Bot: Dine løfter
           | Det gør du allerede: Pas på en gravhøj
           |
           | Før
           | • Sluk for natten (2 lamper): stoppet mandag d. 23. november
           |
           | Tryk på et løfte, når du vil se, rette eller stoppe det.
           | [Pas på en gravhøj] [Sluk for natten] [Giv et løfte] [Fortryd samtykke]
           | [Mit overblik] [Menu]
        Jens: [Pas på en gravhøj]
        Bot: Dit løfte
           | "Jeg besøger højen to gange om året og siger til, hvis noget er galt."
           | Emne: Vild natur, "Pas på en gravhøj"
           | Mængde: 1 besøg
           | Hvor tit: To gange om året
           | Hvem kan se det: Kun dig og kommunen
           |
           | Det gør du allerede. Det er ikke et løfte, så det tæller ikke med i byens tal.
           | [Gør det til et løfte] [Fjern det fra min liste] [Mine løfter] [Mit overblik] [Menu]
        Jens: [Gør det til et løfte]
        Bot: Pas på en gravhøj
           | Jeg besøger højen to gange om året og siger til, hvis noget er galt.
           | For: Alle
           |
           | Hvor mange besøg hvert halve år? Vælg, eller skriv et andet tal.
           | [1 besøg] [Det gør jeg allerede] [Se andre løfter] [Tilbage] [Menu]
        Jens: menu
        Bot: "Giv et løfte" venter på dig. Dine svar er gemt.
           | [Fortsæt] [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte]
           | [Mit overblik] [Sprog] [Tal med et menneske] [Hjælp]
        Jens: mine løfter
        Bot: Dine løfter
           | Det gør du allerede: Pas på en gravhøj
           |
           | Før
           | • Sluk for natten (2 lamper): stoppet mandag d. 23. november
           |
           | Tryk på et løfte, når du vil se, rette eller stoppe det.
           | [Pas på en gravhøj] [Sluk for natten] [Giv et løfte] [Fortryd samtykke]
           | [Mit overblik] [Menu]
        Jens: [Pas på en gravhøj]
        Bot: Dit løfte
           | "Jeg besøger højen to gange om året og siger til, hvis noget er galt."
           | Emne: Vild natur, "Pas på en gravhøj"
           | Mængde: 1 besøg
           | Hvor tit: To gange om året
           | Hvem kan se det: Kun dig og kommunen
           |
           | Det gør du allerede. Det er ikke et løfte, så det tæller ikke med i byens tal.
           | [Gør det til et løfte] [Fjern det fra min liste] [Mine løfter] [Mit overblik] [Menu]
        Jens: [Fjern det fra min liste]
        Bot: Vil du fjerne "Pas på en gravhøj" fra din liste? Det kan du ikke fortryde.
           | [Ja, fjern det] [Nej, behold det]
        Jens: [Ja, fjern det]
        Bot: ✓ "Pas på en gravhøj" er fjernet fra din liste.
           | [Giv et løfte] [Mit overblik] [Menu]
    """)


async def test_in_english_with_the_consent(chat_on_each: Chat) -> None:
    """Words find the pledge that they name; without the consent all pledges stop."""
    chat = chat_on_each
    await arrive(chat, "Ana")
    await pledge(chat, "Ana", "L4", ends_on="2027-03-31")
    litter = {"words": "I pick up litter on the beach", "theme": "wild", "rhythm": "week"}
    second = await pledge(chat, "Ana", **litter, ends_on="2027-01-31")
    await chat("""
        Ana: my overview
        Bot: Your pledges
           | • Off for the night (2 lamps): I ask you on Wednesday 23 December
           | • I pick up litter on the beach: I ask you on Monday 30 November
           |
           | My overview
           | We call you: Ana
           | Language: English
           | Area: nothing chosen
           | News about: nothing
           | Quiet hours: 20:00–8:00, Sundays, public holidays, 24 and 31 December
           | [Language and settings] [My pledges] [Menu]
        Ana: [My pledges]
        Bot: Your pledges
           | • Off for the night (2 lamps): I ask you on Wednesday 23 December
           | • I pick up litter on the beach: I ask you on Monday 30 November
           |
           | Press one to see it, change it or end it.
           | [Off for the night] [I pick up litter on the beach] [Make a pledge]
           | [Take back consent] [My overview] [Menu]
        Ana: stop my pledge
        Bot: Which pledge do you mean?
           | [Off for the night] [I pick up litter on the beach] [My pledges] [Menu]
        Ana: [Off for the night]
        Bot: Do you want to stop this pledge? “I turn off outdoor lights at 10 pm and point lamps
           | down”
           |
           | Your 2 lamps then no longer count, but you can still see the pledge. You can always
           | make it again.
           | [Yes, stop it] [No, keep it] [Menu]
        Ana: [No, keep it]
        Bot: Good. I ask you again on Wednesday 23 December.
           | [My overview] [Menu]
        Ana: my pledges
        Bot: Your pledges
           | • Off for the night (2 lamps): I ask you on Wednesday 23 December
           | • I pick up litter on the beach: I ask you on Monday 30 November
           |
           | Press one to see it, change it or end it.
           | [Off for the night] [I pick up litter on the beach] [Make a pledge]
           | [Take back consent] [My overview] [Menu]
        Ana: [Off for the night]
        Bot: Your pledge
           | “I turn off outdoor lights at 10 pm and point lamps down.”
           | About: Dark nights, “Off for the night”
           | How much: 2 lamps
           | How often: Every month, October to March
           | Until: Wednesday 31 March 2027
           | Who can see it: Only you and the municipality
           |
           | I next ask you how it goes on Wednesday 23 December.
           |
           | If you stop the pledge, your 2 lamps no longer count, but you can still see it.
           | If you take it back, none of it counts any more.
           | [Change] [Make it smaller] [Take a break] [Make a plan] [Share] [Stop the pledge]
           | [Take the pledge back] [My pledges] [My overview] [Menu]
        Ana: [Make it smaller]
        Bot: You have promised 2 lamps. How many lamps do you promise now?
           | [1 lamp] [Menu]
        Ana: 1
        Bot: ✓ It is changed.
           |
           | “I turn off outdoor lights at 10 pm and point lamps down.”
           | About: Dark nights, “Off for the night”
           | How much: 1 lamp
           | How often: Every month, October to March
           | Until: Wednesday 31 March 2027
           | Who can see it: Only you and the municipality
           |
           | I next ask you how it goes on Wednesday 23 December.
           | [Change] [Share] [My overview] [Menu]
        Ana: take a break from my pledge about litter
        Bot: Your pledge is on a break: “I pick up litter on the beach”. I do not ask until you
           | start again.
           | [Start again] [My overview] [Menu]
        Ana: continue my pledge
        Bot: Good, you are on again: “I pick up litter on the beach”. I ask you on Monday 30
           | November.
           | [My overview] [Menu]
        Ana: make my pledge about litter smaller
        Bot: How often instead?
           | [Every month] [Every three months] [Menu]
        Ana: [Every month]
        Bot: ✓ It is changed.
           |
           | “I pick up litter on the beach”
           | About: Wild nature
           | How often: Every month
           | Until: Sunday 31 January 2027
           | Who can see it: Only you and the municipality
           |
           | I next ask you how it goes on Wednesday 23 December.
           | [Change] [My overview] [Menu]
        Ana: take back my pledge
        Bot: Which pledge do you mean?
           | [Off for the night] [I pick up litter on the beach] [My pledges] [Menu]
        Ana: 1
        Bot: Do you want to take “Off for the night” back? 1 lamp will leave the town's total,
           | and the pledge leaves your list. You cannot undo it.
           | [Yes, take it back] [No, keep it]
        Ana: [Yes, take it back]
        Bot: ✓ “Off for the night” is taken back. It counts nowhere any more.
           | [Make a pledge] [My overview] [Menu]
    """)
    await chat("""
        Ana: stop my pledges
        Bot: Do you want to take back your consent? Then all your pledges stop, and I ask no more
           | about them. What you have done still counts.
           | [Yes, take back my consent] [No, keep it]
        Ana: [No, keep it]
        Bot: ✓ You keep your pledges.
           | [My pledges] [My overview] [Menu]
        Ana: [My pledges]
        Bot: Your pledges
           | • I pick up litter on the beach: I ask you on Wednesday 23 December
           |
           | Press one to see it, change it or end it.
           | [I pick up litter on the beach] [Make a pledge] [Take back consent] [My overview]
           | [Menu]
        Ana: [Take back consent]
        Bot: Do you want to take back your consent? Then all your pledges stop, and I ask no more
           | about them. What you have done still counts.
           | [Yes, take back my consent] [No, keep it]
        Ana: [Yes, take back my consent]
        Bot: It is done. Your consent is taken back, your pledges are stopped, and I ask no more
           | about them. You are welcome back.
           | [My overview] [Menu]
        Ana: my pledges
        Bot: Earlier
           | • I pick up litter on the beach: stopped, Monday 23 November
           |
           | Press one to see it, change it or end it.
           | [I pick up litter on the beach] [Make a pledge] [My overview] [Menu]
        Ana: [I pick up litter on the beach]
        Bot: Your pledge
           | “I pick up litter on the beach”
           | About: Wild nature
           | How often: Every month
           | Until: Sunday 31 January 2027
           | Who can see it: Only you and the municipality
           |
           | You stopped it on Monday 23 November. Thank you for what you did.
           | [Make it again] [Take the pledge back] [My pledges] [My overview] [Menu]
        Ana: [Make it again]
        Bot: May we keep your pledge, and ask you how it goes? We count what the town does
           | together. Write “my overview” to see it, change it or end it.
           | [Yes] [No] [Back] [Menu]
        Ana: yes
        Bot: What is it about?
           | [Wild nature] [Dark nights] [Heat and transport] [Guests and food]
           | [Neighbours and children] [Back] [Menu]
        Ana: [Wild nature]
        Bot: How often?
           | [Once] [Every day] [Every week] [Every month] [Every three months] [Twice a year]
           | [Once a year] [Back] [Menu]
    """)
    assert (await state_of(chat, second)).state is PledgeState.STOPPED
    async with opened(chat) as store, store.reading() as unit:
        assert CONSENT not in await unit.consents.live(1)


@pytest.mark.parametrize(
    "words", ["stop løftet", "stop mit løfte", "stop mine løfter", "stop my pledge"]
)
def test_to_stop_a_pledge_is_no_stop_word(words: str) -> None:
    """Words about a pledge do not end all messages (HR-17)."""
    assert not stop(words)


async def test_stopping_a_pledge_keeps_the_news(chat: Chat) -> None:
    """A person who stops a pledge keeps their consent to news."""
    await arrive(chat, "Jens")
    first = await pledge(chat, "Jens", "L4", ends_on="2027-03-31")
    person = await person_id(chat, "Jens")
    async with opened(chat) as store, store.unit() as unit:
        await unit.consents.give(person, "news:nature", 1, "da")
    for line in ("Jens: stop løftet", "Jens: [Ja, stop løftet]"):
        await chat.play(line)
    assert (await state_of(chat, first)).state is PledgeState.STOPPED
    async with opened(chat) as store, store.reading() as unit:
        assert "news:nature" in await unit.consents.live(person)


async def test_stop_comes_before_an_open_question(chat: Chat) -> None:
    """Words that stop a pledge are no answer to the question of a new one."""
    await arrive(chat, "Jens")
    await pledge(chat, "Jens", "L4", ends_on="2027-03-31")
    await chat.play("Jens: /loefte")
    await chat.play("Jens: [Med dine egne ord]")
    (said,) = await chat.play("Jens: stop løftet")
    assert said.startswith("Bot: Vil du stoppe dette løfte?")


async def test_under_15_stops_pledges(chat: Chat) -> None:
    """When a person says that they are under 15, their pledges stop, and nothing is asked."""
    await arrive(chat, "Jens")
    first = await pledge(chat, "Jens", "L4", ends_on="2027-03-31")
    await ask(chat, BeginPledging(await person_id(chat, "Jens"), over_15=False))
    assert (await state_of(chat, first)).state is PledgeState.STOPPED
    assert await total(chat, "night", "lamps") == 0
    async with opened(chat) as store, store.reading() as unit:
        planned = await unit.deliveries.of_subject(PLEDGE, first, 10)
    assert [one.state for one in planned] == ["cancelled"]
    (said,) = await chat.play("Jens: /loefte")
    assert "Du skal være fyldt 15 år" in said


async def test_blocked_stops_pledges(chat_on_each: Chat) -> None:
    """When a person blocks the bot, their pledges stop; afterwards they can be made again."""
    chat = chat_on_each
    await arrive(chat, "Jens")
    first = await pledge(chat, "Jens", "L4", ends_on="2027-03-31")
    await chat.play("Jens blocks")
    assert (await state_of(chat, first)).state is PledgeState.STOPPED
    await chat.play("Jens unblocks")
    shown = "\n".join(await chat.play("Jens: mine løfter"))
    assert "Sluk for natten (2 lamper): stoppet mandag d. 23. november" in shown
    await chat.play("Jens: [Sluk for natten]")
    (again,) = await chat.play("Jens: [Giv det igen]")
    assert again.startswith("Bot: Sluk for natten")


async def test_another_persons_pledge_stays_hidden(chat: Chat) -> None:
    """Forged buttons show and change no pledge of another person."""
    await arrive(chat, "Jens", "Samira")
    first = await pledge(chat, "Jens", "L4", ends_on="2027-03-31")
    commands = (
        *("ownpledge", "answerpledge", "undopledge", "pledgeless", "pledgepause", "pledgestop"),
        *("pledgestopping", "withdrawpledge", "withdrawingpledge", "pledgeplan", "dropplan"),
        *("pledgeagain", "pledgeresume"),
    )
    shown = len(chat.world.bots[TOKEN].chats[PEOPLE["Samira"][0]].shown())
    for number, command in enumerate(commands):
        await forge(chat, "Samira", f":{command}.{first}", number)
    said = chat.world.bots[TOKEN].chats[PEOPLE["Samira"][0]].shown()[shown:]
    assert len(said) >= len(commands)
    assert not [one for one in said if "Sluk for natten" in one.text]
    await forge(chat, "Jens", f":pledgeless.{first}.a999999", 99)
    own = await state_of(chat, first)
    assert (own.amount, own.state) == (200, PledgeState.ACTIVE)
