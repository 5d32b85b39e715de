"""Invitations to volunteer in the chat: the question, its answers, and a lead who invites."""

from __future__ import annotations

from chat_store import ask, opened

from bot.model.commands.volunteering import BecomeVolunteer, EditOpportunity, SaveProfile
from bot.store.unit import Unit
from bot.testing import PEOPLE, Chat


async def person(unit: Unit, name: str) -> int:
    """Return the id of a citizen."""
    known = await unit.people.by_lane(f"tg:{PEOPLE[name][0]}")
    assert known is not None
    return known.id


async def begun(chat: Chat, *names: str, **fields: object) -> None:
    """Let citizens begin, and tell that they are old enough and may be found tasks."""
    for line in (*(f"{name}: /start" for name in names), "Mette imports the opportunities"):
        await chat.play(line)
    for name in names:
        async with opened(chat) as store, store.unit() as unit:
            who = await person(unit, name)
        await ask(chat, BecomeVolunteer(who, over_15=True))
        await ask(chat, SaveProfile(who, **fields))


async def test_a_yes_in_danish_and_one_that_comes_too_late_in_english(chat_on_each: Chat) -> None:
    """The first yes gets the place; the other is thanked and told that it is filled."""
    chat = chat_on_each
    await begun(chat, "Samira", "Ana")
    await chat("""
        Mette invites Samira and Ana to V4 for 1 place: Vi mangler en, der kan lide at snakke.
        Bot to Samira: Vi mangler en, der kan lide at snakke.
           |
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17 til kl. 19
           | Klintsund Bibliotek
           |
           | Det er Mette, der spørger. Kan du hjælpe?
           | [Ja, jeg kommer] [Ikke denne gang] [Spørg mig senere] [Mindre af det her]
        Bot to Ana: Vi mangler en, der kan lide at snakke.
           | (in Danish only)
           |
           | Language café at the library
           | Thursday 26 November 17:00 to 19:00
           | Klintsund Library
           |
           | It is Mette who asks. Can you help?
           | [Yes, I am coming] [Not this time] [Ask me later] [Less of this]
        Samira: [Ja, jeg kommer]
        Bot edits: Vi mangler en, der kan lide at snakke.
           |
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17 til kl. 19
           | Klintsund Bibliotek
           |
           | Det er Mette, der spørger. Kan du hjælpe?
           |
           | ✓ Du siger ja.
        Bot: Du har en plads:
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17 til kl. 19
           | Klintsund Bibliotek
           |
           | Mette er din kontaktperson.
           | [Til min kalender] [Mit overblik] [Menu]
        Ana: [Yes, I am coming]
        Bot edits: Vi mangler en, der kan lide at snakke.
           | (in Danish only)
           |
           | Language café at the library
           | Thursday 26 November 17:00 to 19:00
           | Klintsund Library
           |
           | It is Mette who asks. Can you help?
           |
           | All places are taken.
        Bot: Thank you for wanting to help! Enough people have said yes already, so you are free
           | this time.
           | [See what else there is] [Menu]
    """)


async def test_later_and_no(chat: Chat) -> None:
    """Who decides later is asked once more, without that answer; a no ends it."""
    await begun(chat, "Samira", "Ana")
    await chat("""
        Mette invites Samira and Ana to V4 for 2 places: Vi mangler to på torsdag.
        Bot to Samira: Vi mangler to på torsdag.
           |
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17 til kl. 19
           | Klintsund Bibliotek
           |
           | Det er Mette, der spørger. Kan du hjælpe?
           | [Ja, jeg kommer] [Ikke denne gang] [Spørg mig senere] [Mindre af det her]
        Bot to Ana: Vi mangler to på torsdag.
           | (in Danish only)
           |
           | Language café at the library
           | Thursday 26 November 17:00 to 19:00
           | Klintsund Library
           |
           | It is Mette who asks. Can you help?
           | [Yes, I am coming] [Not this time] [Ask me later] [Less of this]
        Samira: [Spørg mig senere]
        Bot: Jeg spørger dig én gang til: tirsdag d. 24. november kl. 10.
           | [Menu]
        Ana: [Not this time]
        Bot edits: Vi mangler to på torsdag.
           | (in Danish only)
           |
           | Language café at the library
           | Thursday 26 November 17:00 to 19:00
           | Klintsund Library
           |
           | It is Mette who asks. Can you help?
           |
           | You said no this time. Thank you for saying so.
        --- until 2026-11-24 10:30
        Bot to Samira: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17 til kl. 19
           | Klintsund Bibliotek
           |
           | Der mangler stadig nogen, og Mette vil gerne vide det: Kan du hjælpe? Et nej er også
           | i orden.
           | [Ja, jeg kommer] [Ikke denne gang] [Mindre af det her]
        Samira: [Ikke denne gang]
        Bot edits: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17 til kl. 19
           | Klintsund Bibliotek
           |
           | Der mangler stadig nogen, og Mette vil gerne vide det: Kan du hjælpe? Et nej er også
           | i orden.
           |
           | Du siger nej denne gang. Tak, fordi du siger det.
        --- until 2026-11-27 10:00
    """)


async def test_a_yes_needs_an_age_and_knows_of_another_shift(chat: Chat) -> None:
    """The age is asked once, an overlap is warned of, and staff decide where a check is missing."""
    for line in (
        *("Ana: /start", "Ana: news", "Ana: [Volunteering]", "Ana: [Done]", "Ana: [Yes]"),
        *("Mette imports the opportunities", "Mette signs up Ana for V4"),
        "Mette plans V7 torsdag kl. 18 for 60 minutes with 5 places",
    ):
        await chat.play(line)
    await chat("""
        Mette invites Ana to V7 for 1 place: Vi mangler en på torsdag.
        Bot to Ana: Vi mangler en på torsdag.
           | (in Danish only)
           |
           | Repair café
           | Thursday 26 November 18:00 to 19:00
           | The community centre
           |
           | It is Mette who asks. Can you help?
           | [Yes, I am coming] [Not this time] [Ask me later] [Less of this]
        Ana: [Yes, I am coming]
        Bot: Are you 15 years old or more? We ask only once, and keep only yes or no.
           | [Yes, I am] [No, I am younger] [Menu]
        Ana: [Yes, I am]
        Bot: You already come to “Language café at the library” at that time. Do you want both?
           | [Yes, both] [Not this time] [Menu]
        Ana: [Yes, both]
        Bot: You have a place:
           | Repair café
           | Thursday 26 November 18:00 to 19:00
           | The community centre
           |
           | Mette is your contact.
           | [To my calendar] [My overview] [Menu]
        Mette invites Ana to V2 for 1 place: Vi mangler en, der kan cykle.
        Bot to Ana: Vi mangler en, der kan cykle.
           | (in Danish only)
           |
           | Trishaw ride with residents of Skovglimt
           |
           | It is Mette who asks. Can you help?
           | [Yes, I am coming] [Not this time] [Ask me later] [Less of this]
        Ana: [Yes, I am coming]
        Bot edits: Vi mangler en, der kan cykle.
           | (in Danish only)
           |
           | Trishaw ride with residents of Skovglimt
           |
           | It is Mette who asks. Can you help?
           |
           | ✓ You said yes.
        Bot: Thank you! Mette looks at it, and answers you by Wednesday 25 November.
           | [My overview] [Menu]
    """)


async def test_a_child_is_told_how_to_take_part(chat: Chat) -> None:
    """Who is under 15 is not signed up, and not invited again."""
    for line in (
        *("Ana: /start", "Ana: news", "Ana: [Volunteering]", "Ana: [Done]", "Ana: [Yes]"),
        "Mette imports the opportunities",
    ):
        await chat.play(line)
    await chat("""
        Mette invites Ana to V4 for 1 place: Vi mangler en på torsdag.
        Bot to Ana: Vi mangler en på torsdag.
           | (in Danish only)
           |
           | Language café at the library
           | Thursday 26 November 17:00 to 19:00
           | Klintsund Library
           |
           | It is Mette who asks. Can you help?
           | [Yes, I am coming] [Not this time] [Ask me later] [Less of this]
        Ana: [Yes, I am coming]
        Bot: Are you 15 years old or more? We ask only once, and keep only yes or no.
           | [Yes, I am] [No, I am younger] [Menu]
        Ana: [No, I am younger]
        Bot: You must be 15 to sign up yourself. A parent can sign up and bring you along.
           | [See what else there is] [Menu]
        --- until 2026-11-25 12:00
        Mette invites Ana to V4 for 1 place: Vi mangler stadig en.
    """)


async def test_the_waiting_list_of_a_full_shift(chat: Chat) -> None:
    """A yes to a shift that is full by now is offered the waiting list."""
    await begun(chat, "Samira", "Ana", "Jens")
    await chat.play("Mette seats V4 with 1 place")
    await chat("""
        Mette invites Samira and Ana to V4 for 2 places: Vi mangler to på torsdag.
        Bot to Samira: Vi mangler to på torsdag.
           |
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17 til kl. 19
           | Klintsund Bibliotek
           |
           | Det er Mette, der spørger. Kan du hjælpe?
           | [Ja, jeg kommer] [Ikke denne gang] [Spørg mig senere] [Mindre af det her]
        Bot to Ana: Vi mangler to på torsdag.
           | (in Danish only)
           |
           | Language café at the library
           | Thursday 26 November 17:00 to 19:00
           | Klintsund Library
           |
           | It is Mette who asks. Can you help?
           | [Yes, I am coming] [Not this time] [Ask me later] [Less of this]
        Ana: [Yes, I am coming]
        Bot edits: Vi mangler to på torsdag.
           | (in Danish only)
           |
           | Language café at the library
           | Thursday 26 November 17:00 to 19:00
           | Klintsund Library
           |
           | It is Mette who asks. Can you help?
           |
           | ✓ You said yes.
        Bot: You have a place:
           | Language café at the library
           | Thursday 26 November 17:00 to 19:00
           | Klintsund Library
           |
           | Mette is your contact.
           | [To my calendar] [My overview] [Menu]
        Samira: [Ja, jeg kommer]
        Bot edits: Vi mangler to på torsdag.
           |
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17 til kl. 19
           | Klintsund Bibliotek
           |
           | Det er Mette, der spørger. Kan du hjælpe?
           |
           | Alle pladser er taget.
        Bot: Tak, fordi du vil hjælpe! Der er allerede nok, der har sagt ja. Du kan komme på
           | ventelisten, så skriver jeg, når der er en ledig plads.
           | [Skriv mig på ventelisten] [Se, hvad der ellers er] [Menu]
        Samira: [Skriv mig på ventelisten]
        Bot: Du er på ventelisten som nummer 1:
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17 til kl. 19
           | Klintsund Bibliotek
           |
           | Jeg skriver til dig, når der er en plads.
           | [Mit overblik] [Menu]
    """)


async def test_a_lead_invites_the_group(chat: Chat) -> None:
    """The lead chooses the shift, writes own words and a number, and hears when it is filled."""
    await begun(chat, "Jens", "Samira", "Ana")
    for line in ("Mette founds Strandrenserne", "Mette puts Jens in Strandrenserne as lead"):
        await chat.play(line)
    for name in ("Samira", "Ana"):
        await chat.play(f"Mette puts {name} in Strandrenserne")
    await chat("""
        Jens: invitér gruppen
        Bot: Jeres gruppe har ingen opgaver, man kan melde sig til lige nu.
           | [Menu]
    """)
    async with opened(chat) as store, store.unit() as unit:
        known = await unit.opportunities.of_code("V4")
        group = (await unit.groups.live())[0]
    assert known is not None
    await ask(chat, EditOpportunity(1, known.id, known.version, {"group_id": group.id}))
    await chat("""
        Jens: invitér gruppen
        Bot: Hvad har I brug for folk til?
           | [Sprogcafé på biblioteket: torsdag d. 26. november kl. 17]
           | [Sprogcafé på biblioteket: torsdag d. 3. december kl. 17]
           | [Sprogcafé på biblioteket: torsdag d. 10. december kl. 17]
           | [Sprogcafé på biblioteket: torsdag d. 17. december kl. 17]
           | [Sprogcafé på biblioteket: torsdag d. 24. december kl. 17]
           | [Sprogcafé på biblioteket: torsdag d. 31. december kl. 17]
           | [Sprogcafé på biblioteket: torsdag d. 7. januar kl. 17]
           | [Sprogcafé på biblioteket: torsdag d. 14. januar kl. 17] [Menu]
        Jens: 1
        Bot: Hvad skal jeg skrive til medlemmerne? Skriv det, som du ville sige det, og ikke
           | noget privat. Jeg skriver selv tid og sted.
           | [Tilbage] [Menu]
        Jens: Kan I hjælpe på torsdag? Der er kage.
        Bot: Hvor mange har I brug for?
           | [Tilbage] [Menu]
        Jens: mange
        Bot: Skriv, hvor mange I har brug for: et tal fra 1 til 200.
        Bot: Hvor mange har I brug for?
           | [Tilbage] [Menu]
        Jens: en
        Bot: Jeg spørger 2 medlemmer og skriver til dig, når I har fundet nok.
           | [Mit overblik] [Menu]
        Bot to Samira: Kan I hjælpe på torsdag? Der er kage.
           |
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17 til kl. 19
           | Klintsund Bibliotek
           |
           | Det er Jens, der spørger. Kan du hjælpe?
           | [Ja, jeg kommer] [Ikke denne gang] [Spørg mig senere] [Mindre af det her]
        Bot to Ana: Kan I hjælpe på torsdag? Der er kage.
           | (in Danish only)
           |
           | Language café at the library
           | Thursday 26 November 17:00 to 19:00
           | Klintsund Library
           |
           | It is Jens who asks. Can you help?
           | [Yes, I am coming] [Not this time] [Ask me later] [Less of this]
        Ana: [Yes, I am coming]
        Bot to Jens: I har fundet 1 til det her, og det er nok:
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17 til kl. 19
           | Klintsund Bibliotek
           | [Menu]
        Bot edits: Kan I hjælpe på torsdag? Der er kage.
           | (in Danish only)
           |
           | Language café at the library
           | Thursday 26 November 17:00 to 19:00
           | Klintsund Library
           |
           | It is Jens who asks. Can you help?
           |
           | ✓ You said yes.
        Bot: You have a place:
           | Language café at the library
           | Thursday 26 November 17:00 to 19:00
           | Klintsund Library
           |
           | Mette is your contact.
           | [To my calendar] [My overview] [Menu]
        Samira: [Ja, jeg kommer]
        Bot edits: Kan I hjælpe på torsdag? Der er kage.
           |
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17 til kl. 19
           | Klintsund Bibliotek
           |
           | Det er Jens, der spørger. Kan du hjælpe?
           |
           | Alle pladser er taget.
        Bot: Tak, fordi du vil hjælpe! Der er allerede nok, der har sagt ja, så du har fri denne
           | gang.
           | [Se, hvad der ellers er] [Menu]
    """)


async def test_less_of_it(chat: Chat) -> None:
    """A person who wants no invitations gets none, and can turn them on again."""
    await begun(chat, "Samira")
    await chat("""
        Mette invites Samira to V4 for 1 place: Vi mangler en på torsdag.
        Bot to Samira: Vi mangler en på torsdag.
           |
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17 til kl. 19
           | Klintsund Bibliotek
           |
           | Det er Mette, der spørger. Kan du hjælpe?
           | [Ja, jeg kommer] [Ikke denne gang] [Spørg mig senere] [Mindre af det her]
        Samira: [Mindre af det her]
        Bot: Du får ikke flere invitationer til at hjælpe. Skriv “pause” for at se, hvad der er
           | slået fra, og slå det til igen.
           | [Slå det til igen] [Mit overblik] [Menu]
        Samira: pause
        Bot: Det her er slået fra:
           | • Invitationer til at hjælpe
           | Tryk på det, du vil have igen.
           | [Igen: Invitationer til at hjælpe] [Hold pause fra det hele] [Menu]
    """)


async def test_staff_end_an_invitation(chat: Chat) -> None:
    """A tap after the end is answered kindly."""
    await begun(chat, "Samira")
    await chat("""
        Mette invites Samira to V4 for 1 place: Vi mangler en på torsdag.
        Bot to Samira: Vi mangler en på torsdag.
           |
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17 til kl. 19
           | Klintsund Bibliotek
           |
           | Det er Mette, der spørger. Kan du hjælpe?
           | [Ja, jeg kommer] [Ikke denne gang] [Spørg mig senere] [Mindre af det her]
        Mette ends the invitation to V4
        Samira: [Ja, jeg kommer]
        Bot edits: Vi mangler en på torsdag.
           |
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17 til kl. 19
           | Klintsund Bibliotek
           |
           | Det er Mette, der spørger. Kan du hjælpe?
           |
           | Invitationen er slut.
        Bot: Den invitation er slut. Tak, fordi du vil hjælpe.
           | [Se, hvad der ellers er] [Menu]
    """)
