"""Own words that others are to see: staff read them first, and a person is told once why not."""

from __future__ import annotations

from dataclasses import replace

from chat_store import ask, opened
from pledge_people import arrive, mette, neighbours, person_id, pledge

from bot.engine.events import Refused
from bot.model.commands.pledges import ApproveWords, ChangePledge, RefuseName, RefuseWords
from bot.model.pledge import Approval, Pledge
from bot.testing import Chat

OWN = {
    "words": "Jeg hjælper Ulla i nummer 7",
    "theme": "neighbours",
    "rhythm": "month",
    "ends_on": "2027-03-01",
    "visibility": "named",
}


async def known(chat: Chat, pledge_id: int) -> Pledge:
    """Return a pledge."""
    async with opened(chat) as store, store.reading() as unit:
        found = await unit.pledges.get(pledge_id)
    assert found is not None
    return found


async def test_words_that_are_not_shown(chat_on_each: Chat) -> None:
    """The person reads the reason once, changes the words, and they wait to be read again."""
    chat = chat_on_each
    await arrive(chat, "Jens")
    made = await pledge(chat, "Jens", **OWN)
    own = await known(chat, made)
    assert own.approval is Approval.WAITS
    reason = "Der står navnet på et andet menneske."
    await ask(chat, RefuseWords(await mette(chat), made, own.version, reason))
    await chat("""
        --- 1 hour passes
        Bot to Jens: Vi viser ikke de her ord for andre: "Jeg hjælper Ulla i nummer 7"
           |
           | Grunden: Der står navnet på et andet menneske.
           |
           | Dit løfte fortsætter og tæller som før. Du kan skrive det på en anden måde eller
           | holde det for dig selv.
           | [Ret ordene] [Vælg, hvem der kan se det] [Mit overblik] [Menu]
        Jens: [Ret ordene]
        Bot: Skriv, hvad du lover, med dine egne ord. Mængden og den sidste dag bliver stående.
        Jens: Jeg hjælper en nabo i min opgang
        Bot: ✓ Det er rettet.
           |
           | "Jeg hjælper en nabo i min opgang"
           | Emne: Naboer og børn
           | Hvor tit: Hver måned
           | Indtil: mandag d. 1. marts 2027
           | Hvem kan se det: Alle kan se det
           | Kommunen læser dine ord, før andre ser dem. Nævn ikke andre mennesker i dem.
           |
           | Næste gang jeg spørger dig, er onsdag d. 23. december.
           | [Ret] [Mit overblik] [Menu]
    """)
    own = await known(chat, made)
    assert (own.approval, own.words) == (Approval.WAITS, "Jeg hjælper en nabo i min opgang")
    await ask(chat, ApproveWords(await mette(chat), made, own.version))
    assert (await known(chat, made)).approval is Approval.GIVEN
    await chat("""
        --- 2 days pass
        Jens: [Ret]
        Bot: Hvad vil du rette?
           | [Ordene] [Indtil] [Hvem kan se det] [Det vil du have ud af det]
           | [Hvornår og hvor jeg begynder] [Mit overblik] [Menu]
        Jens: [Hvem kan se det]
        Bot: Hvem må se dit løfte? Du kan ændre det senere.
           | [Kun dig og kommunen] [Uden navn] [Alle kan se det] [Menu]
        Jens: [Kun dig og kommunen]
        Bot: ✓ Det er rettet.
           |
           | "Jeg hjælper en nabo i min opgang"
           | Emne: Naboer og børn
           | Hvor tit: Hver måned
           | Indtil: mandag d. 1. marts 2027
           | Hvem kan se det: Kun dig og kommunen
           |
           | Næste gang jeg spørger dig, er onsdag d. 23. december.
           | [Ret] [Mit overblik] [Menu]
    """)


async def test_words_that_were_read_in_another_version(chat: Chat) -> None:
    """An approval is of the words that staff read, and of no text that came meanwhile."""
    await arrive(chat, "Jens")
    made = await pledge(chat, "Jens", **OWN)
    read = (await known(chat, made)).version
    change = ChangePledge(await person_id(chat, "Jens"), made, words="Jeg hjælper Bo i nummer 9")
    await ask(chat, change)
    refused = await ask(chat, ApproveWords(await mette(chat), made, read))
    assert isinstance(refused, Refused)
    assert (await known(chat, made)).approval is Approval.WAITS


async def test_the_words_of_the_catalogue_need_no_reading(chat: Chat) -> None:
    """A pledge of the catalogue can be seen at once; only own words can be written anew."""
    await arrive(chat, "Jens")
    made = await pledge(chat, "Jens", "L1", visibility="named")
    assert (await known(chat, made)).approval is Approval.NEEDLESS
    change = ChangePledge(await person_id(chat, "Jens"), made, words="Jeg hjælper Ulla")
    assert isinstance(await ask(chat, change), Refused)
    own = await pledge(chat, "Jens", "L1", words="Jeg slår Ullas græs", visibility="named")
    assert (await known(chat, own)).approval is Approval.WAITS


async def test_words_that_would_tell_what_others_promised(chat: Chat) -> None:
    """A person who wants to be seen after the number of five people reads why others wait."""
    await arrive(chat, "Jens")
    await neighbours(chat, 4, "L1")
    made = await pledge(chat, "Jens", "L1")
    await chat.play("--- 1 day passes")
    await ask(chat, ChangePledge(await person_id(chat, "Jens"), made, visibility="named"))
    await chat.play("--- 1 day passes")
    await chat("""
        Jens: mine løfter
        Bot: Dine løfter
           | • Lad et hjørne gro (20 m²): jeg spørger dig fredag d. 23. april
           |
           | Tryk på et løfte, når du vil se, rette eller stoppe det.
           | [Lad et hjørne gro] [Giv et løfte] [Fortryd samtykke] [Mit overblik] [Menu]
        Jens: [Lad et hjørne gro]
        Bot: Dit løfte
           | "Jeg lader en del af plænen stå, til blomsterne er færdige."
           | Emne: Vild natur, "Lad et hjørne gro"
           | Mængde: 20 m²
           | Hvor tit: Hver måned, april til september
           | Indtil: torsdag d. 30. september 2027
           | Hvem kan se det: Alle kan se det
           | Andre ser det ikke endnu. Ved siden af tallene på den offentlige side ville det
           | vise, hvad nogle få andre har lovet.
           |
           | Næste gang jeg spørger dig, er fredag d. 23. april.
           |
           | Hvis du stopper løftet, tæller dine 20 m² ikke længere med, men du kan stadig se
           | det.
           | Trækker du det tilbage, tæller intet af det med mere.
           | [Ret] [Gør det mindre] [Hold pause] [Lav en plan] [Del] [Stop løftet]
           | [Træk løftet tilbage] [Mine løfter] [Mit overblik] [Menu]
    """)


async def test_a_name_that_is_not_shown(chat_on_each: Chat) -> None:
    """A name that is no first name is not shown, and the card asks for one; staff can hide one."""
    chat = chat_on_each
    await arrive(chat, "Jens")
    who = await person_id(chat, "Jens")
    async with opened(chat) as store, store.unit() as unit:
        person = await unit.people.get(who)
        await unit.people.save(replace(person, called="Se scam.dk"))
    made = await pledge(chat, "Jens", "L1", visibility="named")
    await chat("""
        Jens: mine løfter
        Bot: Dine løfter
           | • Lad et hjørne gro (20 m²): jeg spørger dig fredag d. 23. april
           |
           | Tryk på et løfte, når du vil se, rette eller stoppe det.
           | [Lad et hjørne gro] [Giv et løfte] [Fortryd samtykke] [Mit overblik] [Menu]
        Jens: [Lad et hjørne gro]
        Bot: Dit løfte
           | "Jeg lader en del af plænen stå, til blomsterne er færdige."
           | Emne: Vild natur, "Lad et hjørne gro"
           | Mængde: 20 m²
           | Hvor tit: Hver måned, april til september
           | Indtil: torsdag d. 30. september 2027
           | Hvem kan se det: Alle kan se det
           | Andre ser det uden dit navn. Vil du vise et navn, så vælg et fornavn under
           | indstillinger.
           |
           | Næste gang jeg spørger dig, er fredag d. 23. april.
           |
           | Hvis du stopper løftet, tæller dine 20 m² ikke længere med, men du kan stadig se
           | det.
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
        Jens: [Alle kan se det]
        Bot: ✓ Det er rettet.
           |
           | "Jeg lader en del af plænen stå, til blomsterne er færdige."
           | Emne: Vild natur, "Lad et hjørne gro"
           | Mængde: 20 m²
           | Hvor tit: Hver måned, april til september
           | Indtil: torsdag d. 30. september 2027
           | Hvem kan se det: Alle kan se det
           | Andre ser det uden dit navn. Vil du vise et navn, så vælg et fornavn under
           | indstillinger.
           |
           | Næste gang jeg spørger dig, er fredag d. 23. april.
           | [Ret] [Vælg et navn] [Del] [Mit overblik] [Menu]
        Jens: [Vælg et navn]
        Bot: 1 af 5. Hvilket sprog vil du læse?
           | [Dansk] [English] [Menu]
        Jens: [Dansk]
        Bot: 2 af 5. Hvad må vi kalde dig? Skriv et fornavn.
           | [Behold: Se scam.dk] [Menu]
        Jens: www.scam.dk
        Bot: Skriv bare et fornavn.
        Bot: 2 af 5. Hvad må vi kalde dig? Skriv et fornavn.
           | [Behold: Se scam.dk] [Menu]
        Jens: Rune Raaddenskab
        Bot: 3 af 5. Hvor i kommunen bor du, eller hvor kommer du tit?
           | [Klintsund By] [Ørbakke] [Sandholm Havn] [Vesterhagen] [Møllekær] [Tangø]
           | [Vil helst ikke sige det] [Tilbage] [Menu]
    """)
    await ask(chat, RefuseName(await mette(chat), made, "Skriv dit fornavn."))
    await chat("""
        --- 1 hour passes
        Bot to Jens: Vi viser ikke dit navn for andre sammen med dine løfter.
           |
           | Grunden: Skriv dit fornavn.
           |
           | Dine løfter fortsætter og tæller som før. Andre ser dem uden navn. Skriv til os,
           | hvis det er forkert.
           | [Tal med et menneske] [Mit overblik]
        Jens: mine løfter
        Bot: Dine løfter
           | • Lad et hjørne gro (20 m²): jeg spørger dig fredag d. 23. april
           |
           | Tryk på et løfte, når du vil se, rette eller stoppe det.
           | [Lad et hjørne gro] [Giv et løfte] [Fortryd samtykke] [Mit overblik] [Menu]
        Jens: [Lad et hjørne gro]
        Bot: Dit løfte
           | "Jeg lader en del af plænen stå, til blomsterne er færdige."
           | Emne: Vild natur, "Lad et hjørne gro"
           | Mængde: 20 m²
           | Hvor tit: Hver måned, april til september
           | Indtil: torsdag d. 30. september 2027
           | Hvem kan se det: Alle kan se det
           | Dit navn bliver ikke vist for andre: Skriv dit fornavn.
           |
           | Næste gang jeg spørger dig, er fredag d. 23. april.
           |
           | Hvis du stopper løftet, tæller dine 20 m² ikke længere med, men du kan stadig se
           | det.
           | Trækker du det tilbage, tæller intet af det med mere.
           | [Ret] [Gør det mindre] [Hold pause] [Lav en plan] [Del] [Stop løftet]
           | [Træk løftet tilbage] [Mine løfter] [Mit overblik] [Menu]
    """)
