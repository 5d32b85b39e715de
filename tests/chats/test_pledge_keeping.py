"""Keeping a pledge: the check-in, its answers, and what follows them."""

from __future__ import annotations

from datetime import UTC, datetime

from chat_store import ask, opened
from pledge_people import arrive, contributions, mette, neighbours, person_id, pledge

from bot.model.commands.pledges import AnswerOutcome, GroupContributions, SavePlan
from bot.model.pledge import PledgeState
from bot.testing import Chat


async def _state(chat: Chat, pledge_id: int) -> tuple[PledgeState, int]:
    """Return the state of a pledge, and the sum of its ledger in hundredths."""
    async with opened(chat) as store, store.reading() as unit:
        known = await unit.pledges.get(pledge_id)
        entries = await unit.ledger.of_pledge(pledge_id)
    assert known is not None
    return known.state, sum(one.amount for one in entries)


async def test_done_undone_and_done_again(chat_on_each: Chat) -> None:
    """A month after the pledge the bot asks once; done is thanked, undone, and written again."""
    chat = chat_on_each
    await arrive(chat, "Jens")
    await pledge(chat, "Jens", "L4", amount=200)
    await chat("""
        --- until 2026-12-23 16:31
        Bot to Jens: Hvordan går det med dit løfte: "Jeg slukker udelyset kl. 22 og lader lamper
           | pege nedad"? Det gælder 23. november til 22. december.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Jens: [Det er gjort]
        Bot edits: Hvordan går det med dit løfte: "Jeg slukker udelyset kl. 22 og lader lamper
           | pege nedad"? Det gælder 23. november til 22. december.
           |
           | ✓ Du svarede: det er gjort.
        Bot: Tak, det er skrevet ned. Nu kan man se flere stjerner.
           | [Fortryd] [Mit overblik] [Menu]
        Jens: [Fortryd]
        Bot: Det er fortrudt. Hvordan går det med dit løfte: "Jeg slukker udelyset kl. 22 og
           | lader lamper pege nedad"? Det gælder 23. november til 22. december.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere] [Mit overblik]
        Jens: gjort
        Bot: Tak, det er skrevet ned. Nu kan man se flere stjerner.
           | [Fortryd] [Mit overblik] [Menu]
    """)


async def test_message_3c_8_word_for_word(chat: Chat) -> None:
    """With 43 keepers the reply says so, in both languages."""
    await arrive(chat, "Jens", "Ana")
    await neighbours(chat, 41, "L1")
    await pledge(chat, "Jens", "L1", amount=2000, ends_on="2027-09-30")
    await pledge(chat, "Ana", "L1", amount=2000, ends_on="2027-09-30")
    await chat("""
        --- until 2027-04-23 16:31
        Bot to Jens: Hvordan går det med dit løfte: "Jeg lader en del af plænen stå, til
           | blomsterne er færdige"? Det gælder 23. november 2026 til 22. april 2027.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Bot to Ana: How is your pledge going: “I leave part of the lawn until the flowers have
           | finished”? It is about 23 November 2026 to 22 April 2027.
           | [It is done] [Some of it] [Not this time] [Later]
        Jens: [Det er gjort]
        Bot edits: Hvordan går det med dit løfte: "Jeg lader en del af plænen stå, til blomsterne
           | er færdige"? Det gælder 23. november 2026 til 22. april 2027.
           |
           | ✓ Du svarede: det er gjort.
        Bot: Tak, det er skrevet ned. Nu er I 43, der har ladet et hjørne gro i år. Det kan
           | bierne mærke.
           | [Fortryd] [Mit overblik] [Menu]
        Ana: [It is done]
        Bot edits: How is your pledge going: “I leave part of the lawn until the flowers have
           | finished”? It is about 23 November 2026 to 22 April 2027.
           |
           | ✓ You answered: it is done.
        Bot: Thank you, that is noted. Now you are 43 who have let a corner grow this year. The
           | bees can tell.
           | [Undo] [My overview] [Menu]
    """)


async def test_not_this_time_and_every_choice(chat_on_each: Chat) -> None:
    """3c-7 word for word; go on, a lower amount, a break and a stop, without a word of blame."""
    chat = chat_on_each
    await arrive(chat, "Jens")
    own = await pledge(chat, "Jens", "L8")
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
        Jens: [Fortsæt]
        Bot: Godt. Jeg spørger dig igen mandag d. 7. december.
           | [Mit overblik] [Menu]
        --- until 2026-12-07 16:31
        Bot to Jens: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage
           | om ugen"? Det gælder 30. november til 6. december.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Jens: nej, det regnede
        Bot edits: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage om
           | ugen"? Det gælder 30. november til 6. december.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           |
           | Du svarede: ikke denne gang.
        Bot: Det blev ikke til noget denne gang. Det er helt i orden. Vil du fortsætte, gøre
           | løftet mindre eller holde pause?
           | [Fortsæt] [Gør det mindre] [Hold pause] [Stop løftet] [Hvad stod i vejen?] [Fortryd]
           | [Menu]
        Jens: [Gør det mindre]
        Bot: Du har lovet 4 ture. Hvor mange ture lover du nu?
           | [2 ture] [1 tur] [Menu]
        Jens: [2 ture]
        Bot: ✓ Det er rettet.
           |
           | "Jeg cykler på arbejde eller i skole to dage om ugen."
           | Emne: Varme og transport, "To dage på cykel"
           | Mængde: 2 ture
           | Hvor tit: Hver uge
           | Indtil: tirsdag d. 23. februar 2027
           | Hvem kan se det: Kun dig og kommunen
           |
           | Næste gang jeg spørger dig, er mandag d. 14. december.
           | [Ret] [Del] [Mit overblik] [Menu]
        --- until 2026-12-14 16:31
        Bot to Jens: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage
           | om ugen"? Det gælder 7. december til 13. december.
           |
           | Du har lovet 2 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Jens: det blev ikke til noget
        Bot edits: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage om
           | ugen"? Det gælder 7. december til 13. december.
           |
           | Du har lovet 2 ture. Du kan også skrive et tal.
           |
           | Du svarede: ikke denne gang.
        Bot: Det blev ikke til noget denne gang. Det er helt i orden. Vil du fortsætte, gøre
           | løftet mindre eller holde pause?
           | [Fortsæt] [Gør det mindre] [Hold pause] [Stop løftet] [Hvad stod i vejen?] [Fortryd]
           | [Menu]
        Jens: [Hold pause]
        Bot: Dit løfte holder pause: "Jeg cykler på arbejde eller i skole to dage om ugen". Jeg
           | spørger ikke, før du starter igen.
           | [Start igen] [Mit overblik] [Menu]
        --- 30 days pass
        Jens: [Start igen]
        Bot: Godt, du er i gang igen: "Jeg cykler på arbejde eller i skole to dage om ugen". Jeg
           | spørger dig mandag d. 18. januar.
           | [Mit overblik] [Menu]
        --- until 2027-01-18 16:31
        Bot to Jens: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage
           | om ugen"? Det gælder 11. januar til 17. januar.
           |
           | Du har lovet 2 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Jens: [Ikke denne gang]
        Bot edits: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage om
           | ugen"? Det gælder 11. januar til 17. januar.
           |
           | Du har lovet 2 ture. Du kan også skrive et tal.
           |
           | Du svarede: ikke denne gang.
        Bot: Det blev ikke til noget denne gang. Det er helt i orden. Vil du fortsætte, gøre
           | løftet mindre eller holde pause?
           | [Fortsæt] [Gør det mindre] [Hold pause] [Stop løftet] [Hvad stod i vejen?] [Fortryd]
           | [Menu]
        Jens: stop løftet
        Bot: Vil du stoppe dette løfte? "Jeg cykler på arbejde eller i skole to dage om ugen"
           |
           | Det, du har gjort, tæller stadig med. Du kan altid give det igen.
           | [Ja, stop løftet] [Nej, behold det] [Menu]
        Jens: [Nej, behold det]
        Bot: Godt. Jeg spørger dig igen mandag d. 25. januar.
           | [Mit overblik] [Menu]
        Jens: [Stop løftet]
        Bot: Vil du stoppe dette løfte? "Jeg cykler på arbejde eller i skole to dage om ugen"
           |
           | Det, du har gjort, tæller stadig med. Du kan altid give det igen.
           | [Ja, stop løftet] [Nej, behold det] [Menu]
        Jens: [Ja, stop løftet]
        Bot: ✓ Løftet er stoppet. Tak for det, du har gjort.
           | [Giv det igen] [Mit overblik] [Menu]
        --- 90 days pass
    """)
    assert await _state(chat, own) == (PledgeState.STOPPED, 0)


async def test_some_of_it(chat: Chat) -> None:
    """“Some of it” of what is counted asks how much: a button, a number, and all of it."""
    await arrive(chat, "Jens")
    own = await pledge(chat, "Jens", "L8")
    await chat("""
        --- until 2026-11-30 16:31
        Bot to Jens: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage
           | om ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Jens: [Lidt af det]
        Bot: Hvor mange ture blev det? Vælg, eller skriv et andet tal.
           | [2 ture] [1 tur] [Menu]
        Jens: 3
        Bot edits: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage om
           | ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           |
           | ✓ Du svarede: lidt af det.
        Bot: Tak, det er skrevet ned: 3 ture.
           | [Fortryd] [Mit overblik] [Menu]
        --- until 2026-12-07 16:31
        Bot to Jens: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage
           | om ugen"? Det gælder 30. november til 6. december.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Jens: lidt
        Bot: Hvor mange ture blev det? Vælg, eller skriv et andet tal.
           | [2 ture] [1 tur] [Menu]
        Jens: [2 ture]
        Bot edits: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage om
           | ugen"? Det gælder 30. november til 6. december.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           |
           | ✓ Du svarede: lidt af det.
        Bot: Tak, det er skrevet ned: 2 ture.
           | [Fortryd] [Mit overblik] [Menu]
        --- until 2026-12-14 16:31
        Bot to Jens: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage
           | om ugen"? Det gælder 7. december til 13. december.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Jens: 5 ture
        Bot edits: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage om
           | ugen"? Det gælder 7. december til 13. december.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           |
           | ✓ Du svarede: det er gjort.
        Bot: Tak, det er skrevet ned: 5 ture. Godt trampet.
           | [Fortryd] [Mit overblik] [Menu]
        --- until 2026-12-21 16:31
        Bot to Jens: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage
           | om ugen"? Det gælder 14. december til 20. december.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Jens: 0
        Bot edits: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage om
           | ugen"? Det gælder 14. december til 20. december.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           |
           | Du svarede: ikke denne gang.
        Bot: Det blev ikke til noget denne gang. Det er helt i orden. Vil du fortsætte, gøre
           | løftet mindre eller holde pause?
           | [Fortsæt] [Gør det mindre] [Hold pause] [Stop løftet] [Hvad stod i vejen?] [Fortryd]
           | [Menu]
    """)
    assert await _state(chat, own) == (PledgeState.ACTIVE, 1000)


async def test_a_daily_pledge_is_asked_once_a_week(chat: Chat) -> None:
    """“How many of the seven days?”: a number, seven, none, and the buttons."""
    await arrive(chat, "Ana")
    own = await pledge(
        chat,
        "Ana",
        words="I walk to work",
        theme="climate",
        measure="rides",
        amount=200,
        rhythm="day",
        ends_on="2027-01-30",
    )
    await chat("""
        --- until 2026-11-30 16:31
        Bot to Ana: How is your pledge going: “I walk to work”? It is about 23 November to 29
           | November.
           |
           | How many of the seven days was it? You can write a number.
           | [It is done] [Some of it] [Not this time] [Later]
        Ana: 4 of seven
        Bot edits: How is your pledge going: “I walk to work”? It is about 23 November to 29
           | November.
           |
           | How many of the seven days was it? You can write a number.
           |
           | ✓ You answered: some of it.
        Bot: Thank you, that is noted: 8 rides.
           | [Undo] [My overview] [Menu]
        --- until 2026-12-07 16:31
        Bot to Ana: How is your pledge going: “I walk to work”? It is about 30 November to 6
           | December.
           |
           | How many of the seven days was it? You can write a number.
           | [It is done] [Some of it] [Not this time] [Later]
        Ana: [Some of it]
        Bot: How many of the seven days was it?
           | [0] [1] [2] [3] [4] [5] [6] [7] [Menu]
        Ana: 9
        Bot: Write a number of days from 0 to 7.
        Bot: How many of the seven days was it?
           | [0] [1] [2] [3] [4] [5] [6] [7] [Menu]
        Ana: 5 days
        Bot edits: How is your pledge going: “I walk to work”? It is about 30 November to 6
           | December.
           |
           | How many of the seven days was it? You can write a number.
           |
           | ✓ You answered: some of it.
        Bot: Thank you, that is noted: 10 rides.
           | [Undo] [My overview] [Menu]
        --- until 2026-12-14 16:31
        Bot to Ana: How is your pledge going: “I walk to work”? It is about 7 December to 13
           | December.
           |
           | How many of the seven days was it? You can write a number.
           | [It is done] [Some of it] [Not this time] [Later]
        Ana: seven
        Bot edits: How is your pledge going: “I walk to work”? It is about 7 December to 13
           | December.
           |
           | How many of the seven days was it? You can write a number.
           |
           | ✓ You answered: it is done.
        Bot: Thank you, that is noted.
           | [Undo] [My overview] [Menu]
        --- until 2026-12-21 16:31
        Bot to Ana: How is your pledge going: “I walk to work”? It is about 14 December to 20
           | December.
           |
           | How many of the seven days was it? You can write a number.
           | [It is done] [Some of it] [Not this time] [Later]
        Ana: 0
        Bot edits: How is your pledge going: “I walk to work”? It is about 14 December to 20
           | December.
           |
           | How many of the seven days was it? You can write a number.
           |
           | You answered: not this time.
        Bot: It did not come to anything this time. That is perfectly all right. Do you want to
           | continue, make the pledge smaller or take a break?
           | [Continue] [Make it smaller] [Take a break] [Stop the pledge]
           | [What stood in the way?] [Undo] [Menu]
    """)
    assert await _state(chat, own) == (PledgeState.ACTIVE, 3200)


async def test_later_by_button_and_in_words(chat: Chat) -> None:
    """A check-in is put off as a reminder is; then it comes again, and counts once."""
    await arrive(chat, "Jens")
    own = await pledge(chat, "Jens", "L8")
    await chat("""
        --- until 2026-11-30 16:31
        Bot to Jens: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage
           | om ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Jens: [Senere]
        Bot edits: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage om
           | ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Om en time] [I aften] [I morgen] [En anden dag] [Tilbage]
        Jens: [I morgen]
        Bot edits: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage om
           | ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           |
           | Du får den igen tirsdag d. 1. december kl. 9.
        --- until 2026-12-01 09:01
        Bot to Jens: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage
           | om ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Jens: senere
        Bot: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage om
           | ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Om en time] [I aften] [I morgen] [En anden dag] [Tilbage]
        Jens: i morgen kl. 10
        Bot edits: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage om
           | ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           |
           | Du får den igen onsdag d. 2. december kl. 10.
        Bot: Jeg har noteret det. Du får den igen onsdag d. 2. december kl. 10.
           | [Mit overblik] [Menu]
        --- until 2026-12-02 10:01
        Bot to Jens: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage
           | om ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Jens: ja
        Bot edits: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage om
           | ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           |
           | ✓ Du svarede: det er gjort.
        Bot: Tak, det er skrevet ned. Godt trampet.
           | [Fortryd] [Mit overblik] [Menu]
        --- until 2026-12-07 16:31
        Bot to Jens: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage
           | om ugen"? Det gælder 30. november til 6. december.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
    """)
    assert await _state(chat, own) == (PledgeState.ACTIVE, 400)


async def test_the_silent_are_asked_once_more(chat: Chat) -> None:
    """Five days later, and only where the next check-in is at least five days after that."""
    await arrive(chat, "Jens", "Ana")
    await pledge(chat, "Jens", "L4", amount=200)
    await pledge(chat, "Ana", "L8")
    await chat("""
        --- until 2026-11-30 16:31
        Bot to Ana: How is your pledge going: “I cycle to work or school two days a week”? It is
           | about 23 November to 29 November.
           |
           | You promised 4 rides. You can also write a number.
           | [It is done] [Some of it] [Not this time] [Later]
        --- until 2026-12-07 16:31
        Bot edits to Ana: How is your pledge going: “I cycle to work or school two days a week”?
           | It is about 23 November to 29 November.
           |
           | You promised 4 rides. You can also write a number.
           |
           | You can still answer this under “My overview”.
        Bot to Ana: How is your pledge going: “I cycle to work or school two days a week”? It is
           | about 30 November to 6 December.
           |
           | You promised 4 rides. You can also write a number.
           | [It is done] [Some of it] [Not this time] [Later]
        --- until 2026-12-14 16:31
        Bot edits to Ana: How is your pledge going: “I cycle to work or school two days a week”?
           | It is about 30 November to 6 December.
           |
           | You promised 4 rides. You can also write a number.
           |
           | You can still answer this under “My overview”.
        Bot to Ana: How is your pledge going: “I cycle to work or school two days a week”? It is
           | about 7 December to 13 December.
           |
           | You promised 4 rides. You can also write a number.
           | [It is done] [Some of it] [Not this time] [Later]
        --- until 2026-12-21 16:31
        Bot edits to Ana: How is your pledge going: “I cycle to work or school two days a week”?
           | It is about 7 December to 13 December.
           |
           | You promised 4 rides. You can also write a number.
           |
           | You can still answer this under “My overview”.
        Bot to Ana: How is your pledge going: “I cycle to work or school two days a week”? It is
           | about 14 December to 20 December.
           |
           | You promised 4 rides. You can also write a number.
           | [It is done] [Some of it] [Not this time] [Later]
        --- until 2026-12-23 16:31
        Bot to Jens: Hvordan går det med dit løfte: "Jeg slukker udelyset kl. 22 og lader lamper
           | pege nedad"? Det gælder 23. november til 22. december.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        --- until 2026-12-28 16:29
        --- until 2026-12-28 16:31
        Bot to Jens: For nogle dage siden spurgte jeg til dit løfte: "Jeg slukker udelyset kl. 22
           | og lader lamper pege nedad". Du kan stadig svare. Det gælder 23. november til 22.
           | december.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Bot edits to Ana: How is your pledge going: “I cycle to work or school two days a week”?
           | It is about 14 December to 20 December.
           |
           | You promised 4 rides. You can also write a number.
           |
           | You can still answer this under “My overview”.
        Bot to Ana: How is your pledge going: “I cycle to work or school two days a week”? It is
           | about 21 December to 27 December.
           |
           | You promised 4 rides. You can also write a number.
           | [It is done] [Some of it] [Not this time] [Later]
        --- until 2026-12-30 16:31
        Jens: [Det er gjort]
        Bot edits: For nogle dage siden spurgte jeg til dit løfte: "Jeg slukker udelyset kl. 22
           | og lader lamper pege nedad". Du kan stadig svare. Det gælder 23. november til 22.
           | december.
           |
           | ✓ Du svarede: det er gjort.
        Bot: Tak, det er skrevet ned. Nu kan man se flere stjerner.
           | [Fortryd] [Mit overblik] [Menu]
    """)


async def test_what_stood_in_the_way_is_answered(chat_on_each: Chat) -> None:
    """By a button and in own words; each gets the staff's answer once, with their own words."""
    chat = chat_on_each
    await arrive(chat, "Jens", "Ana")
    await pledge(chat, "Jens", "L8")
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
        Jens: [Med dine egne ord]
        Bot: Hvad stod i vejen? Skriv det med dine egne ord.
           | [Vil helst ikke sige det] [Menu]
        Jens: Der er ingen cykelsti på Havnevej
        Bot: Tak. Det er skrevet ned, og dit navn står ikke på listen. Kommunen svarer alle, der
           | har sagt det samme. Så skriver jeg til dig.
           | [Mit overblik] [Menu]
        Ana: [Not this time]
        Bot edits: How is your pledge going: “I cycle to work or school two days a week”? It is
           | about 23 November to 29 November.
           |
           | You promised 4 rides. You can also write a number.
           |
           | You answered: not this time.
        Bot: It did not come to anything this time. That is perfectly all right. Do you want to
           | continue, make the pledge smaller or take a break?
           | [Continue] [Make it smaller] [Take a break] [Stop the pledge]
           | [What stood in the way?] [Undo] [Menu]
        Ana: [What stood in the way?]
        Bot: What stood in the way? You may leave it out.
           | [I had no time] [The weather] [I lacked tools or things] [I forgot]
           | [I was alone with it] [Rules, or the place] [In your own words] [Rather not say]
        Ana: [Rules, or the place]
        Bot: Thank you. It is noted, without your name in the lists. The municipality answers all
           | who said the same, and I write to you then.
           | [My overview] [Menu]
    """)
    who = await mette(chat)
    ids = [one.id for one in await contributions(chat)]
    made = await ask(chat, GroupContributions(who, ids, title="Der mangler cykelsti"))
    summaries = {"da": "Der mangler cykelsti på Havnevej"}
    texts = {"da": "Vi laver en cykelsti i maj.", "en": "We build a path in May."}
    await ask(chat, AnswerOutcome(who, made, 1, summaries, texts, "Teknisk Udvalg"))
    await chat("""
        --- until 2026-12-01 08:31
        Bot to Jens: Du fortalte, hvad der stod i vejen: "Der er ingen cykelsti på Havnevej"
           |
           | Det svarer vi:
           | Vi laver en cykelsti i maj.
           |
           | Det er besluttet af Teknisk Udvalg.
           |
           | Tak for dit bidrag.
           |
           | Hilsen Mette
           | [Mit overblik] [Menu]
        Bot to Ana: You told us what stood in the way: “Rules, or the place”
           |
           | This is our answer:
           | We build a path in May.
           |
           | Decided by Teknisk Udvalg.
           |
           | Thank you for your contribution.
           |
           | Regards, Mette
           | [My overview] [Menu]
    """)


async def test_the_plan_is_reminded_of_once(chat: Chat) -> None:
    """The reminder names the moment, the place and the first step."""
    await arrive(chat, "Jens", "Ana")
    plans = {"Jens": ("lørdag kl. 10", "ved skuret", "Sæt fire pinde"), "Ana": ("Saturday", "", "")}
    for name, said in plans.items():
        own = await pledge(chat, name, "L1", ends_on="2027-09-30")
        at = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
        await ask(chat, SavePlan(await person_id(chat, name), own, *said, at=at))
    await chat("""
        --- until 2026-11-28 10:01
        Bot to Jens: Husk: lørdag d. 28. november kl. 10 ved skuret.
           | Første skridt: Sæt fire pinde
           | Dit løfte: "Jeg lader en del af plænen stå, til blomsterne er færdige"
           | [Mit overblik] [Menu]
        Bot to Ana: Remember: Saturday 28 November 10:00.
           | Your pledge: “I leave part of the lawn until the flowers have finished”
           | [My overview] [Menu]
    """)


async def test_the_last_day(chat_on_each: Chat) -> None:
    """The last check-in ends the pledge, says what it came to, and offers it again."""
    chat = chat_on_each
    await arrive(chat, "Jens")
    own = await pledge(chat, "Jens", "L8", ends_on="2026-12-21")
    await chat("""
        --- until 2026-12-14 16:31
        Bot to Jens: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage
           | om ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Bot edits to Jens: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to
           | dage om ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           |
           | Du kan stadig svare på det under “Mit overblik”.
        Bot to Jens: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage
           | om ugen"? Det gælder 30. november til 6. december.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Bot edits to Jens: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to
           | dage om ugen"? Det gælder 30. november til 6. december.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           |
           | Du kan stadig svare på det under “Mit overblik”.
        Bot to Jens: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage
           | om ugen"? Det gælder 7. december til 13. december.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Jens: [Det er gjort]
        Bot edits: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage om
           | ugen"? Det gælder 7. december til 13. december.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           |
           | ✓ Du svarede: det er gjort.
        Bot: Tak, det er skrevet ned. Godt trampet.
           | [Fortryd] [Mit overblik] [Menu]
        --- until 2026-12-21 16:31
        Bot to Jens: Det er sidste gang, jeg spørger til dit løfte: "Jeg cykler på arbejde eller
           | i skole to dage om ugen". Hvordan gik det? Det gælder 14. december til 21. december.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Jens: [Det er gjort]
        Bot edits: Det er sidste gang, jeg spørger til dit løfte: "Jeg cykler på arbejde eller i
           | skole to dage om ugen". Hvordan gik det? Det gælder 14. december til 21. december.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           |
           | ✓ Du svarede: det er gjort.
        Bot: Tak, det er skrevet ned. Godt trampet.
           |
           | Du har holdt dit løfte helt til slut. Tak for det, du har gjort: 8 ture i alt.
           | [Giv det igen] [Fortryd] [Mit overblik] [Menu]
    """)
    assert await _state(chat, own) == (PledgeState.KEPT, 800)
    await chat("""
        Jens: [Fortryd]
        Bot: Det er fortrudt. Det er sidste gang, jeg spørger til dit løfte: "Jeg cykler på
           | arbejde eller i skole to dage om ugen". Hvordan gik det? Det gælder 14. december til
           | 21. december.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere] [Mit overblik]
        Jens: lidt
        Bot: Hvor mange ture blev det? Vælg, eller skriv et andet tal.
           | [2 ture] [1 tur] [Menu]
        Jens: 1
        Bot edits: Det er sidste gang, jeg spørger til dit løfte: "Jeg cykler på arbejde eller i
           | skole to dage om ugen". Hvordan gik det? Det gælder 14. december til 21. december.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           |
           | ✓ Du svarede: lidt af det.
        Bot: Tak, det er skrevet ned: 1 tur.
           |
           | Dit løfte er slut nu. Tak for det, du har gjort: 5 ture i alt.
           | [Giv det igen] [Fortryd] [Mit overblik] [Menu]
        Jens: [Giv det igen]
        Bot: To dage på cykel
           | Jeg cykler på arbejde eller i skole to dage om ugen.
           | For: Alle
           |
           | Hvor mange ture om ugen? Vælg, eller skriv et andet tal.
           | [4 ture] [Det gør jeg allerede] [Se andre løfter] [Tilbage] [Menu]
    """)


async def test_not_on_the_last_day(chat: Chat) -> None:
    """After a no on the last day, to go on is a new day."""
    await arrive(chat, "Jens")
    own = await pledge(chat, "Jens", "L2", ends_on="2027-04-15")
    await chat("""
        --- until 2027-04-15 16:31
        Bot to Jens: Hvordan gik det med dit løfte: "Jeg gemmer grene til pindsvin og insekter i
           | stedet for at køre dem væk"?
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Jens: [Ikke denne gang]
        Bot edits: Hvordan gik det med dit løfte: "Jeg gemmer grene til pindsvin og insekter i
           | stedet for at køre dem væk"?
           |
           | Du svarede: ikke denne gang.
        Bot: Det blev ikke til noget denne gang. Det er helt i orden. Vil du fortsætte, gøre
           | løftet mindre eller holde pause?
           | [Fortsæt] [Gør det mindre] [Hold pause] [Stop løftet] [Hvad stod i vejen?] [Fortryd]
           | [Menu]
        Jens: [Fortsæt]
        Bot: Hvilken dag er det gjort? Vælg, eller skriv en dag som "1. august".
           | [Inden 15. april 2028] [Inden 13. maj] [Menu]
        Jens: 1. maj
        Bot: ✓ Det er rettet.
           |
           | "Jeg gemmer grene til pindsvin og insekter i stedet for at køre dem væk."
           | Emne: Vild natur, "Byg et kvashegn"
           | Mængde: 3 meter
           | Gjort inden: lørdag d. 1. maj
           | Hvem kan se det: Kun dig og kommunen
           |
           | Næste gang jeg spørger dig, er lørdag d. 1. maj.
           | [Ret] [Del] [Mit overblik] [Menu]
        --- until 2027-05-03 16:31
        Bot to Jens: Hvordan gik det med dit løfte: "Jeg gemmer grene til pindsvin og insekter i
           | stedet for at køre dem væk"?
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
    """)
    assert (await _state(chat, own))[0] is PledgeState.ACTIVE


async def test_silence_ends_a_pledge_without_blame(chat: Chat) -> None:
    """Two weeks after the last day the person reads that it is over, and that is all."""
    await arrive(chat, "Jens", "Ana")
    await pledge(chat, "Jens", "L2", ends_on="2026-12-07")
    await pledge(chat, "Ana", "L8", ends_on="2026-12-22")
    await chat("""
        --- until 2026-12-07 16:31
        Bot to Jens: Hvordan gik det med dit løfte: "Jeg gemmer grene til pindsvin og insekter i
           | stedet for at køre dem væk"?
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Bot to Ana: How is your pledge going: “I cycle to work or school two days a week”? It is
           | about 23 November to 29 November.
           |
           | You promised 4 rides. You can also write a number.
           | [It is done] [Some of it] [Not this time] [Later]
        Bot edits to Ana: How is your pledge going: “I cycle to work or school two days a week”?
           | It is about 23 November to 29 November.
           |
           | You promised 4 rides. You can also write a number.
           |
           | You can still answer this under “My overview”.
        Bot to Ana: How is your pledge going: “I cycle to work or school two days a week”? It is
           | about 30 November to 6 December.
           |
           | You promised 4 rides. You can also write a number.
           | [It is done] [Some of it] [Not this time] [Later]
        Ana: yes
        Bot edits: How is your pledge going: “I cycle to work or school two days a week”? It is
           | about 30 November to 6 December.
           |
           | You promised 4 rides. You can also write a number.
           |
           | ✓ You answered: it is done.
        Bot: Thank you, that is noted. Well pedalled.
           | [Undo] [My overview] [Menu]
        --- until 2026-12-12 16:31
        Bot to Jens: For nogle dage siden spurgte jeg til dit løfte: "Jeg gemmer grene til
           | pindsvin og insekter i stedet for at køre dem væk". Du kan stadig svare.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        --- until 2026-12-21 16:31
        Bot to Jens: Dit løfte er slut: "Jeg gemmer grene til pindsvin og insekter i stedet for
           | at køre dem væk". Sidste dag var mandag d. 7. december. Jeg spørger ikke mere til
           | det. Du kan give det igen, når det passer dig.
           | [Giv det igen] [Mit overblik] [Menu]
        Bot to Ana: How is your pledge going: “I cycle to work or school two days a week”? It is
           | about 7 December to 13 December.
           |
           | You promised 4 rides. You can also write a number.
           | [It is done] [Some of it] [Not this time] [Later]
        --- until 2026-12-22 16:31
        Bot edits to Ana: How is your pledge going: “I cycle to work or school two days a week”?
           | It is about 7 December to 13 December.
           |
           | You promised 4 rides. You can also write a number.
           |
           | You can still answer this under “My overview”.
        Bot to Ana: It is the last time that I ask about your pledge: “I cycle to work or school
           | two days a week”. How did it go? It is about 14 December to 22 December.
           |
           | You promised 4 rides. You can also write a number.
           | [It is done] [Some of it] [Not this time] [Later]
        --- until 2027-02-01 16:31
        Bot to Ana: Some days ago I asked about your pledge: “I cycle to work or school two days
           | a week”. You can still answer. It is about 14 December to 22 December.
           |
           | You promised 4 rides. You can also write a number.
           | [It is done] [Some of it] [Not this time] [Later]
        Bot to Ana: Your pledge is over: “I cycle to work or school two days a week”. The last
           | day was Tuesday 22 December. Thank you for what you did. You can make it again.
           | [Make it again] [My overview] [Menu]
    """)


async def test_one_s_own_goal_is_used_again(chat: Chat) -> None:
    """Row 18: the goal that was chosen, or one's own words, stands in the next check-in."""
    await arrive(chat, "Jens", "Ana")
    await pledge(chat, "Jens", "L5", goal="guests", goal_words="Flere gæster uden for sommeren")
    await pledge(chat, "Ana", "L7", goal_words="a warmer kitchen")
    await chat("""
        --- until 2026-12-23 16:31
        Bot to Jens: Du ville gerne have flere gæster. Hvordan går det med dit løfte: "Vi viser
           | vores gæster bus, cykel og stier, før de kommer"? Det gælder 23. november til 22.
           | december.
           |
           | Du har lovet 4 gæster. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Bot to Ana: You wrote what you would like: “a warmer kitchen”. How is your pledge going:
           | “I keep the heating one degree lower this winter”? It is about 23 November to 22
           | December.
           | [It is done] [Some of it] [Not this time] [Later]
        Ana: [It is done]
        Bot edits: You wrote what you would like: “a warmer kitchen”. How is your pledge going:
           | “I keep the heating one degree lower this winter”? It is about 23 November to 22
           | December.
           |
           | ✓ You answered: it is done.
        Bot: Thank you, that is noted. One degree less makes a difference.
           | [What does it correspond to?] [Undo] [My overview] [Menu]
        Ana: [What does it correspond to?]
        Bot: 1 home corresponds to 40 to 200 kg CO₂ a year. It is an estimate. The source: Demo
           | figure. The municipality names its own source.
           | [My overview] [Menu]
    """)


async def test_a_pledge_ends_with_a_block(chat: Chat) -> None:
    """Who blocks the bot is asked no more, and neither is it said later."""
    await arrive(chat, "Jens")
    own = await pledge(chat, "Jens", "L4", amount=200)
    await chat("""
        Jens blocks
        --- until 2026-12-23 16:31
        Jens unblocks
        --- until 2027-02-23 16:31
    """)
    assert await _state(chat, own) == (PledgeState.STOPPED, 0)


async def test_an_older_check_in_is_answered_after_other_messages(chat: Chat) -> None:
    """The buttons stay, and “det er gjort” is read after an answer about something else."""
    await arrive(chat, "Jens")
    own = await pledge(chat, "Jens", "L8")
    await chat("""
        --- until 2026-11-30 16:31
        Bot to Jens: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage
           | om ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Jens: Hvornår har I åbent?
        Bot: Hvornår har I åbent?
           | Borgerservice har åbent kl. 10–14 mandag til onsdag. Torsdag er der åbent kl. 10–17
           | og fredag kl. 10–12. Vi har lukket på helligdage. Du kan ringe fra kl. 9, til vi
           | lukker. Adressen er Klintgade 1, Klintsund.
           |
           | Kilde: Mette, Borgerservice. Gennemgået 1. november 2026.
           | [Det hjalp] [Spørg et menneske]
        Jens: jeg har gjort det
        Bot edits: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage om
           | ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           |
           | ✓ Du svarede: det er gjort.
        Bot: Tak, det er skrevet ned. Godt trampet.
           | [Fortryd] [Mit overblik] [Menu]
    """)
    assert await _state(chat, own) == (PledgeState.ACTIVE, 400)
