"""Row 20 of the domain: what people want to get out of a pledge changes what they are sent."""

from __future__ import annotations

from chat_store import ask
from pledge_people import arrive, neighbours, person_id, pledge

from bot.model.commands.pledges import ChangePledge
from bot.testing import Chat

GROWS = {"amount": 20000, "ends_on": "2027-09-30"}


async def test_row_20(chat_on_each: Chat) -> None:
    """The same pledge, two wishes: the total for one, an invitation for the other."""
    chat = chat_on_each
    await arrive(chat, "Jens", "Samira")
    await chat.play("Mette imports the opportunities")
    await neighbours(chat, 42, "L1")
    jens = await pledge(chat, "Jens", "L1", wish="difference", **GROWS)
    await pledge(chat, "Samira", "L1", wish="community", **GROWS)
    await chat("""
        --- until 2027-04-23 16:31
        Bot to Jens: Hvordan går det med dit løfte: "Jeg lader en del af plænen stå, til
           | blomsterne er færdige"? Det gælder 23. november 2026 til 22. april 2027.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Bot to Samira: Hvordan går det med dit løfte: "Jeg lader en del af plænen stå, til
           | blomsterne er færdige"? Det gælder 23. november 2026 til 22. april 2027.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Jens: [Det er gjort]
        Bot edits: Hvordan går det med dit løfte: "Jeg lader en del af plænen stå, til blomsterne
           | er færdige"? Det gælder 23. november 2026 til 22. april 2027.
           |
           | ✓ Du svarede: det er gjort.
        Bot: Tak, det er skrevet ned. Nu er I 44, der har ladet et hjørne gro i år. Det kan
           | bierne mærke.
           |
           | I alt er der lovet 1.240 m² vild natur. Tallet er fra tirsdag d. 24. november.
           | [Fortryd] [Mit overblik] [Menu]
        Samira: [Det er gjort]
        Bot edits: Hvordan går det med dit løfte: "Jeg lader en del af plænen stå, til blomsterne
           | er færdige"? Det gælder 23. november 2026 til 22. april 2027.
           |
           | ✓ Du svarede: det er gjort.
        Bot: Tak, det er skrevet ned. Nu er I 44, der har ladet et hjørne gro i år. Det kan
           | bierne mærke.
           |
           | Du vil gerne være sammen med andre. Her kan du være med næste gang: Strandrens i
           | Sandholm, søndag d. 2. maj kl. 10.
           | [Se den] [Fortryd] [Mit overblik] [Menu]
    """)
    await ask(chat, ChangePledge(await person_id(chat, "Jens"), jens, wish="community"))
    await chat("""
        --- until 2027-05-24 16:31
        Bot to Jens: Hvordan går det med dit løfte: "Jeg lader en del af plænen stå, til
           | blomsterne er færdige"? Det gælder 23. april til 22. maj.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Bot to Samira: Hvordan går det med dit løfte: "Jeg lader en del af plænen stå, til
           | blomsterne er færdige"? Det gælder 23. april til 22. maj.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Jens: [Det er gjort]
        Bot edits: Hvordan går det med dit løfte: "Jeg lader en del af plænen stå, til blomsterne
           | er færdige"? Det gælder 23. april til 22. maj.
           |
           | ✓ Du svarede: det er gjort.
        Bot: Tak, det er skrevet ned. Nu er I 44, der har ladet et hjørne gro i år. Det kan
           | bierne mærke.
           |
           | Du vil gerne være sammen med andre. Her kan du være med næste gang: Strandrens i
           | Sandholm, søndag d. 6. juni kl. 10.
           | [Se den] [Fortryd] [Mit overblik] [Menu]
        Jens: [Se den]
        Bot: Strandrens i Sandholm
           | Vi samler skrald første søndag i måneden kl. 10. Poser og kaffe er klar.
           | Næste gang: søndag d. 6. juni kl. 10–12
           | Hvor: P-pladsen ved Sandholm Strand
           | Forsikring: Din egen forsikring gælder. Kontakt: Mette
           | Det får du ud af det: En ren strand og kaffe med naboerne.
           | [Søn. 6. jun. kl. 10] [Søn. 4. jul. kl. 10] [Søn. 1. aug. kl. 10]
           | [Søg efter noget andet] [Menu]
    """)


async def test_row_20_in_english(chat: Chat) -> None:
    """A tip, then another one; and thanks of a named person after the wish has changed."""
    await arrive(chat, "Ana")
    own = await pledge(chat, "Ana", "L4", wish="learn")
    await chat("""
        --- until 2026-12-23 16:31
        Bot to Ana: How is your pledge going: “I turn off outdoor lights at 10 pm and point lamps
           | down”? It is about 23 November to 22 December.
           | [It is done] [Some of it] [Not this time] [Later]
        Ana: [It is done]
        Bot edits: How is your pledge going: “I turn off outdoor lights at 10 pm and point lamps
           | down”? It is about 23 November to 22 December.
           |
           | ✓ You answered: it is done.
        Bot: Thank you, that is noted. Now more stars can be seen.
           |
           | A tip: Set the timer to 10 pm.
           | [Undo] [My overview] [Menu]
        --- until 2027-01-25 16:31
        Bot to Ana: How is your pledge going: “I turn off outdoor lights at 10 pm and point lamps
           | down”? It is about 23 December 2026 to 22 January 2027.
           | [It is done] [Some of it] [Not this time] [Later]
        Ana: yes
        Bot edits: How is your pledge going: “I turn off outdoor lights at 10 pm and point lamps
           | down”? It is about 23 December 2026 to 22 January 2027.
           |
           | ✓ You answered: it is done.
        Bot: Thank you, that is noted. Now more stars can be seen.
           |
           | A tip from “Let a corner grow”: Mark the corner with four sticks.
           | [Let a corner grow] [Undo] [My overview] [Menu]
    """)
    await ask(chat, ChangePledge(await person_id(chat, "Ana"), own, wish="recognition"))
    await chat("""
        --- until 2027-02-23 16:31
        Bot to Ana: How is your pledge going: “I turn off outdoor lights at 10 pm and point lamps
           | down”? It is about 23 January to 22 February.
           | [It is done] [Some of it] [Not this time] [Later]
        Ana: done
        Bot edits: How is your pledge going: “I turn off outdoor lights at 10 pm and point lamps
           | down”? It is about 23 January to 22 February.
           |
           | ✓ You answered: it is done.
        Bot: Thank you, that is noted. Now more stars can be seen.
           |
           | Jonas from Natur says thank you for what you do.
           | [Undo] [My overview] [Menu]
    """)


async def test_a_total_of_fewer_than_five_is_not_said(chat: Chat) -> None:
    """Who wants to make a difference reads their own part, and counts are named by their theme."""
    await arrive(chat, "Jens", "Ana")
    await pledge(chat, "Jens", "L8", wish="difference")
    await pledge(chat, "Ana", words="I walk", theme="climate", rhythm="week", wish="difference")
    await chat("""
        --- until 2026-11-30 16:31
        Bot to Jens: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage
           | om ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Bot to Ana: How is your pledge going: “I walk”? It is about 23 November to 29 November.
           | [It is done] [Some of it] [Not this time] [Later]
        Jens: [Det er gjort]
        Bot edits: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage om
           | ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           |
           | ✓ Du svarede: det er gjort.
        Bot: Tak, det er skrevet ned. Godt trampet.
           |
           | Din egen del i år er 4 ture.
           | [Fortryd] [Mit overblik] [Menu]
        Ana: [It is done]
        Bot edits: How is your pledge going: “I walk”? It is about 23 November to 29 November.
           |
           | ✓ You answered: it is done.
        Bot: Thank you, that is noted.
           | [Undo] [My overview] [Menu]
    """)


async def test_nobody_is_invited_within_an_open_case(chat: Chat) -> None:
    """Row 6: a citizen who is dissatisfied gets no invitation to volunteer."""
    await arrive(chat, "Jens")
    await chat.play("Mette imports the opportunities")
    await pledge(chat, "Jens", "L8", wish="community")
    for line in ("Jeg er utilfreds", "I har ikke tømt min skraldespand", "Mette claims KS-1001"):
        await chat.play(line if line.startswith("Mette") else f"Jens: {line}")
    await chat("""
        --- until 2026-11-30 16:31
        Bot to Jens: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage
           | om ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Jens: det er gjort
        Bot edits: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage om
           | ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           |
           | ✓ Du svarede: det er gjort.
        Bot: Tak, det er skrevet ned. Godt trampet.
           | [Fortryd] [Mit overblik] [Menu]
    """)


async def test_without_an_open_task_there_is_another_way(chat: Chat) -> None:
    """Who wants to be with others finds the tasks that there are."""
    await arrive(chat, "Ana")
    await pledge(chat, "Ana", "L8", wish="community")
    await chat("""
        --- until 2026-11-30 16:31
        Bot to Ana: How is your pledge going: “I cycle to work or school two days a week”? It is
           | about 23 November to 29 November.
           |
           | You promised 4 rides. You can also write a number.
           | [It is done] [Some of it] [Not this time] [Later]
        Ana: [It is done]
        Bot edits: How is your pledge going: “I cycle to work or school two days a week”? It is
           | about 23 November to 29 November.
           |
           | You promised 4 rides. You can also write a number.
           |
           | ✓ You answered: it is done.
        Bot: Thank you, that is noted. Well pedalled.
           |
           | You would like to be with others. There are tasks that people do together.
           | [Find a task] [Undo] [My overview] [Menu]
    """)
