"""Own words that others are to see: staff read them first, and a person is told once why not."""

from __future__ import annotations

from chat_store import ask, opened
from pledge_people import arrive, mette, person_id, pledge

from bot.engine.events import Refused
from bot.model.commands.pledges import ApproveWords, ChangePledge, RefuseWords
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
