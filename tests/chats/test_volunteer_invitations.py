"""Invitations to volunteer in the chat: the question, its answers, and a lead who invites."""

from __future__ import annotations

from chat_store import ask, opened

from bot.model.commands.volunteering import BecomeVolunteer, EditOpportunity, SaveProfile
from bot.model.invitation import InvitationState, VolunteerInvitation
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
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Det er Mette, der spørger. Kan du hjælpe?
           | [Ja, jeg kommer] [Ikke denne gang] [Spørg mig senere] [Mindre af det her]
        Bot to Ana: Vi mangler en, der kan lide at snakke.
           | (in Danish only)
           |
           | Language café at the library
           | Thursday 26 November 17:00–19:00
           | Klintsund Library
           |
           | It is Mette who asks. Can you help?
           | [Yes, I am coming] [Not this time] [Ask me later] [Less of this]
        Samira: [Ja, jeg kommer]
        Bot edits: Vi mangler en, der kan lide at snakke.
           |
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Det er Mette, der spørger. Kan du hjælpe?
           |
           | ✓ Du siger ja.
        Bot: Du har en plads:
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Mette er din kontaktperson.
           | [Til min kalender] [Jeg kan ikke] [Mit overblik] [Menu]
        Bot: Får du dagpenge, efterløn eller kontanthjælp? Så spørg din a-kasse eller jobcentret,
           | før du går i gang.
           | [Mit overblik] [Menu]
        Ana: [Yes, I am coming]
        Bot edits: Vi mangler en, der kan lide at snakke.
           | (in Danish only)
           |
           | Language café at the library
           | Thursday 26 November 17:00–19:00
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
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Det er Mette, der spørger. Kan du hjælpe?
           | [Ja, jeg kommer] [Ikke denne gang] [Spørg mig senere] [Mindre af det her]
        Bot to Ana: Vi mangler to på torsdag.
           | (in Danish only)
           |
           | Language café at the library
           | Thursday 26 November 17:00–19:00
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
           | Thursday 26 November 17:00–19:00
           | Klintsund Library
           |
           | It is Mette who asks. Can you help?
           |
           | You said no this time. Thank you for saying so.
        --- until 2026-11-24 10:30
        Bot to Samira: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Der mangler stadig nogen, og Mette vil gerne vide det: Kan du hjælpe? Et nej er også
           | i orden.
           | [Ja, jeg kommer] [Ikke denne gang] [Mindre af det her]
        Samira: [Ikke denne gang]
        Bot edits: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Der mangler stadig nogen, og Mette vil gerne vide det: Kan du hjælpe? Et nej er også
           | i orden.
           |
           | Du siger nej denne gang. Tak, fordi du siger det.
        --- until 2026-11-27 10:00
    """)


async def test_a_yes_knows_of_another_shift(chat: Chat) -> None:
    """An overlap is warned of, and staff decide where a check is missing.

    Staff who signed Ana up have asked her what is asked once.
    """
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
           | Thursday 26 November 18:00–19:00
           | The community centre
           |
           | It is Mette who asks. Can you help?
           | [Yes, I am coming] [Not this time] [Ask me later] [Less of this]
        Ana: [Yes, I am coming]
        Bot: You already come to “Language café at the library” at that time. Do you want both?
           | [Yes, both] [Not this time] [Menu]
        Ana: [Yes, both]
        Bot: You have a place:
           | Repair café
           | Thursday 26 November 18:00–19:00
           | The community centre
           |
           | Mette is your contact.
           | [To my calendar] [I cannot] [My overview] [Menu]
        Mette invites Ana to V2 for 1 place: Vi mangler en, der kan cykle.
        Bot to Ana: Vi mangler en, der kan cykle.
           | (in Danish only)
           |
           | Trishaw ride with residents of Skovglimt
           |
           | It is Mette who asks. Can you help?
           | [Yes, I am coming] [Not this time] [Ask me later] [Less of this]
        Ana: [Yes, I am coming]
        Bot: Which number may we ring, so that you can agree on a time? You may leave it out.
           | [Rather not say] [Menu]
        Ana: [Rather not say]
        Bot: You learn what you need at a short course first. Your contact finds a date with you.
           | Is that all right?
           | [Yes] [No] [Menu]
        Ana: [Yes]
        Bot: You may get to know private things about others. You must not pass them on, also not
           | after you have stopped. That is your duty of confidentiality.
           |
           | If you think that a child is not well, you have a duty to say so. Press “I worry
           | about a child” here, or write those words later.
           |
           | Do you promise that?
           | [Yes] [No] [I worry about a child] [Back] [Menu]
        Ana: [Yes]
        Bot: Thank you! Mette looks at it, and answers you by Friday 4 December.
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
           | Thursday 26 November 17:00–19:00
           | Klintsund Library
           |
           | It is Mette who asks. Can you help?
           | [Yes, I am coming] [Not this time] [Ask me later] [Less of this]
        Ana: [Yes, I am coming]
        Bot: Are you 15 years old or more? We ask only once, and keep only yes or no.
           | [Yes] [No] [Menu]
        Ana: [No]
        Bot: Thank you for wanting to help. You must be 15 to sign up yourself. A parent can sign
           | up here and bring you along. You can write to us about anything else.
           | [Look for something else] [Talk to a person] [Menu]
        --- until 2026-11-25 12:00
        Mette invites Ana to V4 for 1 place: Vi mangler stadig en.
    """)


async def test_what_the_day_needs_is_asked_after_a_yes(chat_on_each: Chat) -> None:
    """Practical needs are asked of an invited person, too; the place is theirs already."""
    chat = chat_on_each
    await begun(chat, "Jens")
    async with opened(chat) as store, store.unit() as unit:
        one = await unit.opportunities.of_code("V3")
        staff = await unit.staff.by_username("mette")
    assert one is not None
    assert staff is not None
    needs = {"needs": ["diet", "transport"]}
    await ask(chat, EditOpportunity(staff.id, one.id, one.version, needs))
    await chat("""
        Mette invites Jens to V3 for 1 place: Vi mangler en til kaffen.
        Bot to Jens: Vi mangler en til kaffen.
           |
           | Strandrens i Sandholm
           | søndag d. 6. december kl. 10–12
           | P-pladsen ved Sandholm Strand
           |
           | Det er Mette, der spørger. Kan du hjælpe?
           | [Ja, jeg kommer] [Ikke denne gang] [Spørg mig senere] [Mindre af det her]
        Jens: [Ja, jeg kommer]
        Bot edits: Vi mangler en til kaffen.
           |
           | Strandrens i Sandholm
           | søndag d. 6. december kl. 10–12
           | P-pladsen ved Sandholm Strand
           |
           | Det er Mette, der spørger. Kan du hjælpe?
           |
           | ✓ Du siger ja.
        Bot: Du har en plads:
           | Strandrens i Sandholm
           | søndag d. 6. december kl. 10–12
           | P-pladsen ved Sandholm Strand
           |
           | Mette er din kontaktperson.
           | [Til min kalender] [Jeg kan ikke] [Mit overblik] [Menu]
        Bot: Får du dagpenge, efterløn eller kontanthjælp? Så spørg din a-kasse eller jobcentret,
           | før du går i gang.
           | [Mit overblik] [Menu]
        Bot: Er der noget, du ikke spiser? Vi sletter det efter dagen. Skriv ikke om sygdom.
           | [Jeg spiser alt] [Menu]
        Jens: nødder
        Bot: Hvordan kommer du derhen, og skal du have et lift? Vi sletter det efter dagen.
           | [Jeg kommer selv] [Tilbage] [Menu]
        Jens: [Jeg kommer selv]
        Bot: Tak. Det er noteret.
           | [Mit overblik] [Menu]
    """)
    async with opened(chat) as store, store.reading() as unit:
        (own,) = await unit.signups.live_of_person(1)
    assert own.needs == {"diet": "nødder"}


async def test_a_promise_is_asked_for_after_a_yes(chat_on_each: Chat) -> None:
    """An invited person promises confidentiality before the yes; a no to it is a no."""
    chat = chat_on_each
    await begun(chat, "Jens", "Ana")
    await chat("""
        Mette invites Jens to V9 for 2 places: Vi mangler en på mandag.
        Bot to Jens: Vi mangler en på mandag.
           |
           | Digital hjælper
           | mandag d. 23. november kl. 14–16
           | Klintsund Bibliotek
           |
           | Det er Mette, der spørger. Kan du hjælpe?
           | [Ja, jeg kommer] [Ikke denne gang] [Spørg mig senere] [Mindre af det her]
        Jens: [Ja, jeg kommer]
        Bot: Du kan komme til at høre private ting om andre. Dem må du ikke fortælle videre,
           | heller ikke når du er stoppet. Det hedder tavshedspligt.
           |
           | Tror du, at et barn har det dårligt, har du pligt til at sige det videre. Tryk på
           | “Jeg er bekymret for et barn” her, eller skriv de ord senere.
           |
           | Vil du love det?
           | [Ja] [Nej] [Jeg er bekymret for et barn] [Menu]
        Jens: [Ja]
        Bot: Du har en plads:
           | Digital hjælper
           | mandag d. 23. november kl. 14–16
           | Klintsund Bibliotek
           |
           | Mette er din kontaktperson.
           | [Til min kalender] [Jeg kan ikke] [Mit overblik] [Menu]
        Bot: Får du dagpenge, efterløn eller kontanthjælp? Så spørg din a-kasse eller jobcentret,
           | før du går i gang.
           | [Mit overblik] [Menu]
        Mette invites Ana to V9 for 1 place: Vi mangler en på mandag.
        Bot to Ana: Vi mangler en på mandag.
           | (in Danish only)
           |
           | Digital helper
           | Monday 23 November 14:00–16:00
           | Klintsund Library
           |
           | It is Mette who asks. Can you help?
           | [Yes, I am coming] [Not this time] [Ask me later] [Less of this]
        Ana: [Yes, I am coming]
        Bot: You may get to know private things about others. You must not pass them on, also not
           | after you have stopped. That is your duty of confidentiality.
           |
           | If you think that a child is not well, you have a duty to say so. Press “I worry
           | about a child” here, or write those words later.
           |
           | Do you promise that?
           | [Yes] [No] [I worry about a child] [Menu]
        Ana: [No]
        Bot: That is all right. You are not signed up for that task, but there are others where
           | you need not promise or show anything first.
           | [Look for something else] [Talk to a person] [Menu]
    """)


async def test_a_promise_of_a_person_without_a_profile(chat: Chat) -> None:
    """Who has told nothing yet is asked as at a sign-up: the age first, then the consent."""
    for line in (
        *("Ana: /start", "Ana: news", "Ana: [Volunteering]", "Ana: [Done]", "Ana: [Yes]"),
        *("Jens: /start", "Jens: nyt", "Jens: [Frivillige]", "Jens: [Færdig]", "Jens: [Ja]"),
        "Mette imports the opportunities",
    ):
        await chat.play(line)
    await chat("""
        Mette invites Ana to V9 for 2 places: Vi mangler en på mandag.
        Bot to Ana: Vi mangler en på mandag.
           | (in Danish only)
           |
           | Digital helper
           | Monday 23 November 14:00–16:00
           | Klintsund Library
           |
           | It is Mette who asks. Can you help?
           | [Yes, I am coming] [Not this time] [Ask me later] [Less of this]
        Ana: [Yes, I am coming]
        Bot: Are you 15 years old or more? We ask only once, and keep only yes or no.
           | [Yes] [No] [Menu]
        Ana: [Yes]
        Bot: May we keep what you answer here about volunteering? It is what you sign up for, and
           | what you choose to tell about yourself. We use it to find tasks for you and to agree
           | on them. Write “my overview” to see it, change it, or end it with one button.
           | [Yes] [No] [Back] [Menu]
        Ana: [Yes]
        Bot: You may get to know private things about others. You must not pass them on, also not
           | after you have stopped. That is your duty of confidentiality.
           |
           | If you think that a child is not well, you have a duty to say so. Press “I worry
           | about a child” here, or write those words later.
           |
           | Do you promise that?
           | [Yes] [No] [I worry about a child] [Menu]
        Ana: [Yes]
        Bot: You have a place:
           | Digital helper
           | Monday 23 November 14:00–16:00
           | Klintsund Library
           |
           | Mette is your contact.
           | [To my calendar] [I cannot] [My overview] [Menu]
        Bot: Do you get unemployment benefit, early retirement benefit or social assistance? Then
           | ask your unemployment fund or the job centre before you help.
           | [My overview] [Menu]
        Mette invites Jens to V9 for 1 place: Vi mangler en på mandag.
        Bot to Jens: Vi mangler en på mandag.
           |
           | Digital hjælper
           | mandag d. 23. november kl. 14–16
           | Klintsund Bibliotek
           |
           | Det er Mette, der spørger. Kan du hjælpe?
           | [Ja, jeg kommer] [Ikke denne gang] [Spørg mig senere] [Mindre af det her]
        Jens: [Ja, jeg kommer]
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Menu]
        Jens: [Nej]
        Bot: Tak, fordi du vil hjælpe. Du skal være fyldt 15 for selv at melde dig. En forælder
           | kan melde sig her og tage dig med. Du kan skrive til os om alt andet.
           | [Søg efter noget andet] [Tal med et menneske] [Menu]
        Jens: [Ja, jeg kommer]
        Bot: Tak, fordi du vil hjælpe. Du skal være fyldt 15 for selv at melde dig. En forælder
           | kan melde sig her og tage dig med. Du kan skrive til os om alt andet.
           | [Jeg er fyldt 15] [Søg efter noget andet] [Tal med et menneske] [Menu]
    """)


async def test_a_certificate_is_explained_after_a_yes(chat: Chat) -> None:
    """An invited person reads how the certificate is ordered, and what they wait for."""
    await begun(chat, "Samira")
    await chat("""
        Mette invites Samira to V1 for 1 place: Børnene venter på en læseven.
        Bot to Samira: Børnene venter på en læseven.
           |
           | Læseven på Bakkeskolen
           | onsdag d. 25. november kl. 15–16
           | Bakkeskolen, biblioteket på 1. sal
           |
           | Det er Mette, der spørger. Kan du hjælpe?
           | [Ja, jeg kommer] [Ikke denne gang] [Spørg mig senere] [Mindre af det her]
        Samira: [Ja, jeg kommer]
        Bot: Du er sammen med børn, så det kræver en børneattest. Den bestiller kommunen, og den
           | er gratis. Du siger ja til den i Digital Post. Det tager som regel ti dage. Send
           | aldrig attest eller CPR-nummer her. Er det i orden?
           | [Ja] [Nej] [Menu]
        Samira: [Ja]
        Bot: Tak! Mette ser på det og svarer dig senest mandag d. 23. november.
           | [Mit overblik] [Menu]
        Bot: Får du dagpenge, efterløn eller kontanthjælp? Så spørg din a-kasse eller jobcentret,
           | før du går i gang.
           | [Mit overblik] [Menu]
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
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Det er Mette, der spørger. Kan du hjælpe?
           | [Ja, jeg kommer] [Ikke denne gang] [Spørg mig senere] [Mindre af det her]
        Bot to Ana: Vi mangler to på torsdag.
           | (in Danish only)
           |
           | Language café at the library
           | Thursday 26 November 17:00–19:00
           | Klintsund Library
           |
           | It is Mette who asks. Can you help?
           | [Yes, I am coming] [Not this time] [Ask me later] [Less of this]
        Ana: [Yes, I am coming]
        Bot edits: Vi mangler to på torsdag.
           | (in Danish only)
           |
           | Language café at the library
           | Thursday 26 November 17:00–19:00
           | Klintsund Library
           |
           | It is Mette who asks. Can you help?
           |
           | ✓ You said yes.
        Bot: You have a place:
           | Language café at the library
           | Thursday 26 November 17:00–19:00
           | Klintsund Library
           |
           | Mette is your contact.
           | [To my calendar] [I cannot] [My overview] [Menu]
        Bot: Do you get unemployment benefit, early retirement benefit or social assistance? Then
           | ask your unemployment fund or the job centre before you help.
           | [My overview] [Menu]
        Samira: [Ja, jeg kommer]
        Bot edits: Vi mangler to på torsdag.
           |
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
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
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Jeg skriver til dig, når der er en plads.
           | [Jeg kan ikke] [Mit overblik] [Menu]
        Bot: Får du dagpenge, efterløn eller kontanthjælp? Så spørg din a-kasse eller jobcentret,
           | før du går i gang.
           | [Mit overblik] [Menu]
    """)


async def test_a_lead_invites_the_group(chat_on_each: Chat) -> None:
    """The lead chooses the shift, writes own words and a number, and hears when it is filled."""
    chat = chat_on_each
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
           | [Sprogcafé på biblioteket: torsdag d. 7. januar kl. 17]
           | [Sprogcafé på biblioteket: torsdag d. 14. januar kl. 17]
           | [Sprogcafé på biblioteket: torsdag d. 21. januar kl. 17]
           | [Sprogcafé på biblioteket: torsdag d. 28. januar kl. 17] [Menu]
        Jens: 1
        Bot: Hvad skal jeg skrive til medlemmerne? Skriv det, som du ville sige det, og ikke
           | noget privat. Jeg skriver selv tid og sted.
           | [Tilbage] [Menu]
        Jens: Jens er på kontanthjælp, så kom nu
        Bot: Hvor mange har I brug for?
           | [Tilbage] [Menu]
        Jens: mange
        Bot: Skriv, hvor mange I har brug for: et tal fra 1 til 200.
        Bot: Hvor mange har I brug for?
           | [Tilbage] [Menu]
        Jens: en
        Bot: “kontanthjælp” kan afsløre noget privat. Skriv kun tid, sted og navn.
        Bot: Hvad skal jeg skrive til medlemmerne? Skriv det, som du ville sige det, og ikke
           | noget privat. Jeg skriver selv tid og sted.
           | [Tilbage] [Menu]
        Jens: Kan I hjælpe på torsdag? Der er kage.
        Bot: Jeg spørger 2 medlemmer og skriver til dig, når I har fundet nok.
           | [Mit overblik] [Menu]
        Bot to Samira: Kan I hjælpe på torsdag? Der er kage.
           |
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Det er Jens, der spørger. Kan du hjælpe?
           | [Ja, jeg kommer] [Ikke denne gang] [Spørg mig senere] [Mindre af det her]
        Bot to Ana: Kan I hjælpe på torsdag? Der er kage.
           | (in Danish only)
           |
           | Language café at the library
           | Thursday 26 November 17:00–19:00
           | Klintsund Library
           |
           | It is Jens who asks. Can you help?
           | [Yes, I am coming] [Not this time] [Ask me later] [Less of this]
        Ana: [Yes, I am coming]
        Bot to Jens: I har fundet 1 til det her, og det er nok:
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           | [Menu]
        Bot edits: Kan I hjælpe på torsdag? Der er kage.
           | (in Danish only)
           |
           | Language café at the library
           | Thursday 26 November 17:00–19:00
           | Klintsund Library
           |
           | It is Jens who asks. Can you help?
           |
           | ✓ You said yes.
        Bot: You have a place:
           | Language café at the library
           | Thursday 26 November 17:00–19:00
           | Klintsund Library
           |
           | Mette is your contact.
           | [To my calendar] [I cannot] [My overview] [Menu]
        Bot: Do you get unemployment benefit, early retirement benefit or social assistance? Then
           | ask your unemployment fund or the job centre before you help.
           | [My overview] [Menu]
        Samira: [Ja, jeg kommer]
        Bot edits: Kan I hjælpe på torsdag? Der er kage.
           |
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
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
           | torsdag d. 26. november kl. 17–19
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
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Det er Mette, der spørger. Kan du hjælpe?
           | [Ja, jeg kommer] [Ikke denne gang] [Spørg mig senere] [Mindre af det her]
        Mette ends the invitation to V4
        Samira: [Ja, jeg kommer]
        Bot edits: Vi mangler en på torsdag.
           |
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Det er Mette, der spørger. Kan du hjælpe?
           |
           | Invitationen er slut.
        Bot: Den invitation er slut. Tak, fordi du vil hjælpe.
           | [Se, hvad der ellers er] [Menu]
    """)


INVITED = """
        Mette invites Samira to V4 for 1 place: Vi mangler en på torsdag.
        Bot to Samira: Vi mangler en på torsdag.
           |
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Det er Mette, der spørger. Kan du hjælpe?
           | [Ja, jeg kommer] [Ikke denne gang] [Spørg mig senere] [Mindre af det her]
"""


async def _invitation(chat: Chat) -> VolunteerInvitation:
    """Return the only invitation."""
    async with opened(chat) as store, store.reading() as unit:
        known = await unit.volunteer_invitations.get(1)
    assert known is not None
    return known


async def _calls(chat: Chat) -> int:
    """Return how many calls staff are to make."""
    async with opened(chat) as store, store.reading() as unit:
        return sum(one.kind == "phone" for one in await unit.tasks.open())


async def test_a_yes_to_an_earlier_time_is_asked_again(chat_on_each: Chat) -> None:
    """A shift that was moved since the invitation gives no place before the person reads it."""
    await begun(chat_on_each, "Samira")
    await chat_on_each(INVITED)
    await chat_on_each("""
        Mette moves V4 to fredag kl. 10
        Samira: [Ja, jeg kommer]
        Bot edits: Det er ændret, siden jeg spurgte:
           | Sprogcafé på biblioteket
           | fredag d. 27. november kl. 10–12
           | Klintsund Bibliotek
           |
           | før: torsdag d. 26. november kl. 17 – nu: fredag d. 27. november kl. 10
           |
           | Kan du hjælpe?
           | [Ja, jeg kommer] [Ikke denne gang] [Spørg mig senere] [Mindre af det her]
    """)
    went = await chat_on_each.play("Samira: [Ja, jeg kommer]")
    assert any("Du har en plads" in one and "fredag d. 27. november" in one for one in went)


async def test_a_cancelled_shift_ends_its_invitation(chat_on_each: Chat) -> None:
    """Staff see that it has ended and make no call; a late yes reads why."""
    chat = chat_on_each
    await begun(chat, "Samira")
    await chat.play("Mette enters Kirsten, 00 00 20 20")
    invites = INVITED.replace("Samira to V4 for 1 place", "Samira and Kirsten to V4 for 2 places")
    await chat(invites)
    assert await _calls(chat) == 1
    await chat("""
        Mette cancels V4: Biblioteket er lukket.
        --- 1 minute passes
        Samira: [Ja, jeg kommer]
        Bot edits: Vi mangler en på torsdag.
           |
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Det er Mette, der spørger. Kan du hjælpe?
           |
           | Invitationen er slut.
        Bot: Det er aflyst:
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Biblioteket er lukket.
           |
           | Hilsen Mette
           | [Se, hvad der ellers er] [Menu]
    """)
    assert (await _invitation(chat)).state is InvitationState.ENDED
    assert await _calls(chat) == 0


async def test_a_new_length_keeps_an_open_invitation(chat: Chat) -> None:
    """The shift to which people are invited stays, and a yes gives the place they read about."""
    await begun(chat, "Samira")
    await chat(INVITED)
    async with opened(chat) as store, store.reading() as unit:
        known = await unit.opportunities.of_code("V4")
    assert known is not None
    await ask(chat, EditOpportunity(1, known.id, known.version, {"takes": 90}))
    assert (await _invitation(chat)).state is InvitationState.OPEN
    went = await chat.play("Samira: [Ja, jeg kommer]")
    place = next(one for one in went if "Du har en plads" in one)
    assert "torsdag d. 26. november kl. 17–19" in place
