"""Answers to a check-in in ordinary words, and which open question a short answer belongs to."""

from __future__ import annotations

import pytest
from chat_store import opened
from pledge_people import arrive, pledge
from sqlalchemy import func, select

from bot.model.pledge import CheckInAnswer
from bot.store.tables import question
from bot.testing import Chat

DONE, PARTLY, NOT = CheckInAnswer.DONE, CheckInAnswer.PARTLY, CheckInAnswer.NOT
ASKED = "--- until 2026-11-30 16:31"


async def asked(chat: Chat, name: str = "Jens") -> int:
    """Let a citizen promise four rides a week, and be asked about the first week."""
    await arrive(chat, name)
    made = await pledge(chat, name, "L8")
    await chat.play(ASKED)
    return made


async def answer(chat: Chat, pledge_id: int) -> tuple[CheckInAnswer, int] | None:
    """Return the answer about the first week with its rides; None where there is none."""
    async with opened(chat) as store, store.reading() as unit:
        given = await unit.check_ins.of_pledge(pledge_id)
        kept = await unit.connection.scalar(select(func.count()).select_from(question))
        assert not kept, "the words are kept as a question"
    return (given[0].answer, given[0].amount // 100) if given else None


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("jeg cyklede kun en gang", (PARTLY, 1)),
        ("det gik fint", (DONE, 4)),
        ("det gjorde jeg", (DONE, 4)),
        ("ikke rigtig", (NOT, 0)),
        ("jeg cyklede tre ture", (PARTLY, 3)),
        ("nej det nåede jeg desværre ikke", (NOT, 0)),
        ("halvdelen", (PARTLY, 2)),
        ("3 ud af 4", (PARTLY, 3)),
        ("jeg cyklede fem gange", (DONE, 5)),
        ("alle fire ture", (DONE, 4)),
        ("slet ingen gange i denne uge", (NOT, 0)),
        ("ikke en eneste gang", (NOT, 0)),
        ("I cycled 3 times", (PARTLY, 3)),
        ("only twice", (PARTLY, 2)),
        ("not really", (NOT, 0)),
        ("half of it", (PARTLY, 2)),
    ],
)
async def test_an_answer_in_ordinary_words(
    chat: Chat, words: str, wanted: tuple[CheckInAnswer, int]
) -> None:
    """Numbers, shares, yes and no are read, and nothing of it goes to staff."""
    own = await asked(chat)
    await chat.play(f"Jens: {words}")
    assert await answer(chat, own) == wanted


@pytest.mark.parametrize(
    "words",
    [
        "hvornår åbner genbrugspladsen?",
        "jeg skal cykle tre gange i morgen",
        "der er hul i vejen ved skolen",
        "hvor mange ture skal jeg cykle?",
    ],
)
async def test_what_is_no_answer_leaves_the_check_in_open(chat: Chat, words: str) -> None:
    """A question, a wish and another matter are no answers; the check-in still takes a number."""
    own = await asked(chat)
    said = await chat.play(f"Jens: {words}")
    assert not any("Mener du dit løfte" in line for line in said)
    await chat.play("Jens: 3")
    async with opened(chat) as store, store.reading() as unit:
        (given,) = await unit.check_ins.of_pledge(own)
    assert given.amount == 300


async def test_words_answer_how_much_it_was(chat: Chat) -> None:
    """After “some of it”, words that say how much are read as on the check-in."""
    own = await asked(chat)
    await chat.play("Jens: [Lidt af det]")
    await chat.play("Jens: jeg cyklede kun to gange i denne uge")
    assert await answer(chat, own) == (PARTLY, 2)
    said = await chat.play("Jens: fortsæt")
    assert not any("Hvor mange ture" in line for line in said)


async def test_a_question_in_the_middle(chat: Chat) -> None:
    """A question is answered; unclear words are asked about; then a number is the answer."""
    await arrive(chat, "Jens", "Ana")
    await pledge(chat, "Jens", "L8")
    await pledge(chat, "Ana", "L8")
    await chat.play(ASKED)
    await chat("""
        Jens: hvornår åbner genbrugspladsen?
        Bot: Hvornår er genbrugspladsen åben?
           | Hver dag kl. 10–18, også søndag. Juledag og nytårsdag er der lukket. Den lukker kl.
           | 16 i december og januar. Kom senest et kvarter før.
           |
           | Kilde: Jonas, Natur. Gennemgået 1. november 2026.
           | [Det hjalp] [Spørg et menneske]
        Jens: jeg tog bilen tre gange
        Bot: Mener du dit løfte "To dage på cykel"? Hvor mange ture blev det?
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere] [Det handler om noget andet]
        Jens: ja
        Bot: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage om
           | ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Jens: det gik op og ned
        Bot: Mener du dit løfte "To dage på cykel"? Hvor mange ture blev det?
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere] [Det handler om noget andet]
        Jens: [Det handler om noget andet]
        Bot: Det ved jeg ikke. Et menneske kan hjælpe dig. Jeg sender dit spørgsmål videre om en
           | halv time, eller med det samme, hvis du trykker på knappen.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Spørg et menneske] [Det var ikke noget]
        Jens: 3
        Bot edits: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage om
           | ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           |
           | ✓ Du svarede: lidt af det.
        Bot: Tak, det er skrevet ned: 3 ture.
           | [Fortryd] [Mit overblik] [Menu]
        Ana: I rode a few times
        Bot: Do you mean your pledge “Two days by bike”? How many rides was it?
           | [It is done] [Some of it] [Not this time] [Later] [It is about something else]
        Ana: twice
        Bot edits: How is your pledge going: “I cycle to work or school two days a week”? It is
           | about 23 November to 29 November.
           |
           | You promised 4 rides. You can also write a number.
           |
           | ✓ You answered: some of it.
        Bot: Thank you, that is noted: 2 rides.
           | [Undo] [My overview] [Menu]
    """)


async def test_after_words_that_were_not_understood(chat: Chat) -> None:
    """With an open case the bot asks where words belong; a short answer is for the check-in."""
    await arrive(chat, "Jens")
    await chat("""
        Jens: der er hul i vejen ved skolen
        Bot: Der er hul i vejen
           | Tryk "Giv et praj" og send sted og billede. Du får svar om, hvornår vi ser på det.
           | Er det farligt nu, så ring 114.
           |
           | Kilde: Jonas, Natur. Gennemgået 1. november 2026.
           | [Det hjalp] [Spørg et menneske]
        Jens: [Spørg et menneske]
        Bot: Tak. Dit spørgsmål er sendt til Jonas i Natur. Sagsnummer: KS-1001. Du får svar
           | senest mandag d. 30. november. Tager det længere tid, skriver vi før den dag.
           | [Mit overblik] [Menu]
    """)
    await pledge(chat, "Jens", "L8")
    await chat("""
        --- until 2026-11-30 16:31
        Bot to Jens: Vi er ikke færdige med KS-1001 endnu. Ingen af os er nået til dit spørgsmål
           | endnu. Ny dato: mandag d. 7. december. Undskyld, at det trækker ud.
           | [Menu]
        Bot to Jens: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage
           | om ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Jens: der er også hul i cykelstien
        Bot: Der er hul i vejen
           | Tryk "Giv et praj" og send sted og billede. Du får svar om, hvornår vi ser på det.
           | Er det farligt nu, så ring 114.
           |
           | Kilde: Jonas, Natur. Gennemgået 1. november 2026.
           | [Til KS-1001] [Det hjalp] [Spørg et menneske]
        Jens: 1
        Bot edits: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage om
           | ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           |
           | ✓ Du svarede: lidt af det.
        Bot: Tak, det er skrevet ned: 1 tur.
           | [Fortryd] [Mit overblik] [Menu]
        Jens: [Fortryd]
        Bot: Det er fortrudt. Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole
           | to dage om ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere] [Mit overblik]
        Jens: der mangler et skilt på torvet
        Bot: Hører det til KS-1001, eller er det noget nyt?
           | [Til KS-1001] [Nyt spørgsmål]
        Jens: senere
        Bot: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage om
           | ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Om en time] [I aften] [I morgen] [En anden dag] [Tilbage]
        Jens: der er mørkt på stien
        Bot: Hører det til KS-1001, eller er det noget nyt?
           | [Til KS-1001] [Nyt spørgsmål]
        Jens: nej
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
        Jens: [Fortryd]
        Bot: Det er fortrudt. Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole
           | to dage om ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere] [Mit overblik]
        Jens: lygten er slukket på broen
        Bot: Hører det til KS-1001, eller er det noget nyt?
           | [Til KS-1001] [Nyt spørgsmål]
        Jens: ikke denne gang
        Bot: Det blev ikke til noget denne gang. Det er helt i orden. Vil du fortsætte, gøre
           | løftet mindre eller holde pause?
           | [Fortsæt] [Gør det mindre] [Hold pause] [Stop løftet] [Hvad stod i vejen?] [Fortryd]
           | [Menu]
    """)
