"""Places by other ways than a sign-up, places by agreement, and what follows a shift."""

from __future__ import annotations

import re

from chat_store import ask, opened
from sqlalchemy import select

from bot.model.commands.volunteering import NewCode
from bot.model.profile import CONSENT
from bot.runner.calendar_files import file_stem
from bot.runner.own_signups import times_in_words
from bot.store.tables import alert
from bot.testing import Chat

NEWS = ("Ana: /start", "Ana: news", "Ana: [Volunteering]", "Ana: [Done]", "Ana: [Yes]")


async def _code_of(chat: Chat, opportunity: str) -> str:
    """Return a new code of the next shift of an opportunity."""
    async with opened(chat) as store, store.reading() as unit:
        known = await unit.opportunities.of_code(opportunity)
        assert known is not None
        shift = (await unit.shifts.of([known.id], after=unit.now))[0]
    return str(await ask(chat, NewCode("staff:1", shift.id)))


async def _play(chat: Chat, *lines: str) -> list[str]:
    """Play lines; return what the last one brought."""
    went: list[str] = []
    for line in lines:
        went = await chat.play(line)
    return went


async def test_an_invitation_asks_for_the_consent(chat_on_each: Chat) -> None:
    """A yes asks what a sign-up asks, so that the volunteer can see and end it."""
    await _play(chat_on_each, *NEWS, "Mette imports the opportunities")
    await chat_on_each("""
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
        Ana: [Yes]
        Bot: May we keep what you answer here about volunteering? It is what you sign up for, and
           | what you choose to tell about yourself. We use it to find tasks for you and to agree
           | on them. Write “my overview” to see it, change it, or end it with one button.
           | [Yes] [No] [Back] [Menu]
        Ana: [Yes]
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
        Ana: my overview
        Bot: Your tasks as a volunteer
           | • Language café at the library, Thursday 26 November 17:00: you are in
           |
           | My overview
           | We call you: Ana
           | Language: English
           | Area: nothing chosen
           | News about: Volunteering
           | Quiet hours: 20:00–8:00, Sundays, public holidays, 24 and 31 December
           | [Language and settings] [I cannot: Thu 26 Nov 17:00] [Me as a volunteer] [My hours]
           | [Warnings about danger] [Menu]
        Ana: [Me as a volunteer]
        Bot: You as a volunteer
           | What you like: not told
           | When you have time: not told
           | Where you want to help: not told
           | Languages: not told
           | What you are good at: not told
           | Phone: not told
           | 15 or older: Yes
           | What you want to get out of it: not told
           | Press what you want to tell or change.
           | [What you like] [When you have time] [Where you want to help] [Languages]
           | [What you are good at] [Phone] [15 or older] [What you want to get out of it]
           | [My hours] [Stop as a volunteer] [My overview] [Menu]
    """)


async def test_without_the_consent_the_invitation_gives_no_place(chat: Chat) -> None:
    """A no to the consent is a no to the invitation, and nothing is kept but the age."""
    await _play(chat, *NEWS, "Mette imports the opportunities")
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
        Ana: [Yes]
        Bot: May we keep what you answer here about volunteering? It is what you sign up for, and
           | what you choose to tell about yourself. We use it to find tasks for you and to agree
           | on them. Write “my overview” to see it, change it, or end it with one button.
           | [Yes] [No] [Back] [Menu]
        Ana: [No]
        Bot: That is all right, and I have kept nothing. Without it I cannot sign you up here.
           | You can also sign up by phone or at the counter.
           |
           | Phone 00 00 10 00.
           | The phone is open Monday–Wednesday 09:00–14:00, Thursday 09:00–17:00 and Friday
           | 09:00–12:00.
           | Visit us: Klintgade 1, Klintsund. The counter is open Monday–Wednesday 10:00–14:00,
           | Thursday 10:00–17:00 and Friday 10:00–12:00.
           | [Look for something else] [Talk to a person] [Menu]
    """)
    async with opened(chat) as store, store.reading() as unit:
        assert CONSENT not in await unit.consents.live(1)
        assert await unit.signups.of_person(1, 9) == []


async def test_a_walk_in_is_counted_without_a_name(chat_on_each: Chat) -> None:
    """A person who will not be kept is counted, and so is a child; neither has a sign-up."""
    chat = chat_on_each
    await _play(
        chat,
        *("Jens: /start", "Ana: /start", "Samira: /start", "Mette imports the opportunities"),
        *("Mette makes Samira a contact of V4", "--- until 2026-11-26 16:55"),
    )
    code = await _code_of(chat, "V4")
    await _play(chat, f"Jens: /start in-{code}")
    await chat("""
        Jens: [Ja]
        Bot: Må vi gemme det, du svarer om at være frivillig? Det er det, du melder dig til, og
           | det, du selv vælger at fortælle. Vi bruger det til at finde opgaver til dig og lave
           | aftaler. Skriv “mit overblik”, så kan du se det, rette det eller stoppe med ét tryk.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: [Nej]
        Bot: Tak, fordi du kom:
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Du er talt med uden navn, og jeg gemmer ikke noget om dig.
           | [Se, hvad der ellers er] [Menu]
    """)
    await _play(chat, f"Ana: /start in-{code}")
    await chat("""
        Ana: [No]
        Bot: Thank you for coming:
           | Language café at the library
           | Thursday 26 November 17:00–19:00
           | Klintsund Library
           |
           | You are counted without your name, and I keep nothing about you.
           | [See what else there is] [Menu]
    """)
    again = await _play(chat, f"Ana: /start in-{code}")
    assert "You are counted without your name" in again[0]
    await chat("""
        Samira: fremmøde
        Bot: Hvilken tid?
           | [Sprogcafé på biblioteket, torsdag d. 26. november kl. 17] [Menu]
        Samira: [Sprogcafé på biblioteket, torsdag d. 26. november kl. 17]
        Bot: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           | 2 personer mere er talt med uden navn.
           |
           | Der er ingen på listen endnu.
           | [Vis koden] [Menu]
    """)
    async with opened(chat) as store, store.reading() as unit:
        for number in (1, 2):
            assert await unit.signups.of_person(number, 9) == []


async def test_a_place_by_agreement(chat_on_each: Chat) -> None:
    """The volunteer learns who writes and by when, writes to that person, and can leave."""
    chat = chat_on_each
    await _play(
        chat,
        *("Jens: /start", "Mette imports the opportunities", "Jens: frivillig"),
        *("Jens: [Ti minutter]", "Jens: [Meld mig]", "Jens: ja", "Jens: ja"),
        *("Jens: [Vil helst ikke sige det]", *("Jens: [Ikke nu]",) * 4),
    )
    await chat("""
        Mette accepts Jens for V12
        Bot to Jens: Du har en plads:
           | Mørkemåler
           |
           | Mette skriver til dig her eller ringer senest onsdag d. 25. november, så I kan
           | aftale en tid. Du kan også skrive først.
           | [Skriv til Mette] [Jeg kan ikke] [Mit overblik] [Menu]
        Jens: [Skriv til Mette]
        Bot: Hvad vil du fortælle Mette eller spørge om? Skriv det med dine egne ord.
        Jens: 12
        Bot: Mette har fået din besked nu: “12”
           |
           | Skal der svares på den, svarer Mette her senest onsdag d. 25. november. Sagsnummer:
           | KS-1001.
           | [Mit overblik] [Menu]
        Jens: mit overblik
        Bot: Mine sager
           | KS-1001: Mørkemåler: 12
           | Mette arbejder på det. Du får svar senest onsdag d. 25. november.
           |
           | Dine opgaver som frivillig
           | • Mørkemåler: du er med
           |
           | Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Sprog og indstillinger] [Skriv til Mette] [Jeg kan ikke: Mørkemåler]
           | [Mig som frivillig] [Mine timer] [Menu]
        Jens: [Jeg kan ikke: Mørkemåler]
        Bot: Vil du melde fra til “Mørkemåler”?
           | [Ja, jeg kan ikke] [Nej, jeg kommer]
        Jens: [Nej, jeg kommer]
        Bot: ✓ Du er stadig med: Mørkemåler.
           | [Mit overblik] [Menu]
    """)
    await _play(chat, "--- until 2026-11-26 12:00")
    async with opened(chat) as store, store.reading() as unit:
        kinds = list((await unit.connection.execute(select(alert.c.kind))).scalars())
        case = (await unit.cases.of_person(1, 1))[0]
    assert "promise_late" in kinds
    assert case.title == "Mørkemåler: 12"
    assert case.contact == "Mette"


async def test_an_english_reader_writes_to_the_contact(chat: Chat) -> None:
    """The same in English; after the promised day the text no longer names it."""
    await _play(
        chat,
        *("Ana: /start", "Mette imports the opportunities", "Ana: volunteer"),
        *("Ana: [Ten minutes]", "Ana: [Sign me up]", "Ana: yes", "Ana: yes"),
        *("Ana: [Rather not say]", *("Ana: [Not now]",) * 4),
    )
    await chat("""
        Mette accepts Ana for V12
        Bot to Ana: You have a place:
           | Darkness counter
           |
           | Mette writes to you here, or rings you, by Wednesday 25 November at the latest, so
           | that you can agree on a time. You can also write first.
           | [Write to Mette] [I cannot] [My overview] [Menu]
        Ana: [Write to Mette]
        Bot: What do you want to tell or ask Mette? Write it in your own words.
        Ana: I can count on Friday.
        Bot: Mette has got your message now: “I can count on Friday.”
           |
           | If it needs an answer, Mette answers here by Wednesday 25 November at the latest.
           | Case number: KS-1001.
           | [My overview] [Menu]
        --- until 2026-12-07 12:00
        Bot to Ana: We are not done with KS-1001 yet. None of us has got to your question yet.
           | New date: Wednesday 2 December. We are sorry that it takes longer.
           | [Menu]
        Bot to Ana: We are not done with KS-1001 yet. None of us has got to your question yet.
           | New date: Wednesday 9 December. We are sorry that it takes longer.
           | [Menu]
        Ana: volunteer
        Bot: How much time do you have? Look around first. You fill in nothing before you choose
           | something.
           | [Ten minutes] [An hour] [A day] [Show all] [Theme] [Area] [Day] [Near me] [Menu]
        Ana: [Ten minutes]
        Bot: Darkness counter
           | Count stars from your own garden four evenings a year. Send the number here in the
           | chat.
           | When: you agree on it with Mette.
           | Where: Your own garden
           | Insurance: your own insurance covers you. Contact: Mette
           | What you get out of it: You help keep the sky dark.
           | [Look for something else] [Menu]
    """)


async def test_it_did_not_go_so_well(chat_on_each: Chat) -> None:
    """The volunteer hears a regret, a name and a date; the time is asked where nobody noted it."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Ana: /start
        Bot: <English notice>
        Bot: <English menu>
        Mette imports the opportunities
        Mette signs up Jens for V4
        Mette signs up Ana for V4
        --- until 2026-11-26 14:10
        Bot to Jens: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Kommer du stadig?
           |
           | Hilsen Mette
           | [Jeg kommer] [Jeg kan ikke] [Find en afløser]
        Bot to Jens: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Jeg har ikke hørt fra dig endnu. Kommer du? Begge svar er fine, så ved Mette det.
           | [Jeg kommer] [Jeg kan ikke] [Find en afløser]
        Bot to Jens: Ses vi snart?
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Jeg har ikke hørt fra dig endnu. Kommer du?
           | [Jeg kommer] [Jeg kan ikke] [Find en afløser] [Vis på kort]
        Bot to Ana: Language café at the library
           | Thursday 26 November 17:00–19:00
           | Klintsund Library
           |
           | Are you still coming?
           |
           | Regards, Mette
           | [I am coming] [I cannot] [Find a stand-in]
        Bot to Ana: Language café at the library
           | Thursday 26 November 17:00–19:00
           | Klintsund Library
           |
           | I have not heard from you yet. Are you coming? Both answers are fine: then Mette
           | knows.
           | [I am coming] [I cannot] [Find a stand-in]
        Bot to Ana: See you soon?
           | Language café at the library
           | Thursday 26 November 17:00–19:00
           | Klintsund Library
           |
           | I have not heard from you yet. Are you coming?
           | [I am coming] [I cannot] [Find a stand-in] [Show it on the map]
        Jens: [Jeg kommer]
        Bot edits: Ses vi snart?
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Jeg har ikke hørt fra dig endnu. Kommer du?
           |
           | ✓ Du kommer. Vi ses!
        Ana: [I am coming]
        Bot edits: See you soon?
           | Language café at the library
           | Thursday 26 November 17:00–19:00
           | Klintsund Library
           |
           | I have not heard from you yet. Are you coming?
           |
           | ✓ You come. See you!
        --- until 2026-11-26 19:05
        Mette marks Ana as attended at V4
        --- until 2026-11-27 09:00
        Bot to Jens: Så er det slut:
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Hvordan gik det?
           |
           | Hilsen Mette
           | [Det gik godt] [Nogenlunde] [Ikke så godt] [Jeg var der ikke]
        Bot to Ana: Thank you for helping!
           | Language café at the library
           | Thursday 26 November 17:00–19:00
           | Klintsund Library
           |
           | That was your first time. Welcome!
           |
           | How did it go?
           |
           | Regards, Mette
           | [It went well] [All right] [Not so well]
        Jens: [Ikke så godt]
        Bot edits: Så er det slut:
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Hvordan gik det?
           |
           | Hilsen Mette
           |
           | Ikke så godt
        Bot: Det er vi kede af. Mette får det at vide nu og skriver til dig senest tirsdag d. 1.
           | december. Hvad skete der? Du behøver ikke svare.
           | [Nej tak] [Menu]
        Jens: Der var ingen, der tog imod os
        Bot: Hvor længe hjalp du? Skriv det for eksempel sådan: “2 timer” eller “90 minutter”.
           | [Som planlagt] [Tilbage] [Menu]
        Jens: længe
        Bot: Skriv det for eksempel sådan: “90 minutter”, “2 timer” eller “1:30”, højst et døgn.
        Bot: Hvor længe hjalp du? Skriv det for eksempel sådan: “2 timer” eller “90 minutter”.
           | [Som planlagt] [Tilbage] [Menu]
        Jens: 1,5 timer
        Bot: Tak. Det er noteret.
           | [Mit overblik] [Menu]
        Ana: [Not so well]
        Bot edits: Thank you for helping!
           | Language café at the library
           | Thursday 26 November 17:00–19:00
           | Klintsund Library
           |
           | That was your first time. Welcome!
           |
           | How did it go?
           |
           | Regards, Mette
           |
           | Not so well
        Bot: We are sorry that it did not go well. Mette is told now, and writes to you by
           | Tuesday 1 December at the latest. What happened? You may leave it out.
           | [No thank you] [Menu]
        Ana: [No thank you]
        Bot: Thank you. It is noted.
           | [My overview] [Menu]
    """)


async def test_the_note_has_a_map_and_a_way_out(chat: Chat) -> None:
    """The note is one message; the map comes when it is asked for, and the file at the sign-up."""
    await _play(
        chat, "Jens: /start", "Mette imports the opportunities", "Mette signs up Jens for V4"
    )
    await _play(chat, "--- until 2026-11-24 20:10", "Jens: [Jeg kommer]")
    await chat("""
        --- until 2026-11-26 14:10
        Bot to Jens: Vi ses snart!
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Hilsen Mette
           | [Vis på kort] [Jeg kan ikke] [Mit overblik] [Menu]
        Jens: [Vis på kort]
        Bot: <Sprogcafé på biblioteket, Klintsund Bibliotek>
        Jens: [Jeg kan ikke]
        Bot edits: Vi ses snart!
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Hilsen Mette
           |
           | Du kan ikke komme. Tak, fordi du siger det.
        Bot: Det er tæt på, så Mette har fået besked med det samme. Vi regner med dig, indtil en
           | anden tager over. Kan du hjælpe med at finde en afløser?
           | [Find en afløser] [Nej, jeg må melde afbud] [Menu]
    """)


async def test_the_hours_are_found(chat: Chat) -> None:
    """The hours are a button of the overview and of the profile, and a command of the list."""
    await _play(
        chat, "Jens: /start", "Mette imports the opportunities", "Mette signs up Jens for V4"
    )
    await chat("""
        Jens: mit overblik
        Bot: Dine opgaver som frivillig
           | • Sprogcafé på biblioteket, torsdag d. 26. november kl. 17: du er med
           |
           | Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Sprog og indstillinger] [Jeg kan ikke: Tors. 26. nov. kl. 17] [Mig som frivillig]
           | [Mine timer] [Menu]
        Jens: [Mine timer]
        Bot: Der er ikke noteret timer endnu. De kommer her, når en kontaktperson har noteret, at
           | du var med, eller når du tjekker ind.
           | [Søg efter noget andet] [Menu]
        Jens: /mine_timer
        Bot: Der er ikke noteret timer endnu. De kommer her, når en kontaktperson har noteret, at
           | du var med, eller når du tjekker ind.
           | [Søg efter noget andet] [Menu]
    """)


def test_times_in_words() -> None:
    """A day without a part of the day is named alone, and a part without a day is every day's."""
    day = tuple(f"2-{part}" for part in ("morning", "afternoon", "evening"))
    assert times_in_words(day, "da") == "onsdag"
    assert times_in_words(("2-evening",), "da") == "onsdag, aften"
    assert times_in_words(day, "en") == "Wednesday"


def test_a_file_is_named_after_the_task() -> None:
    """The name of a file has letters that every phone can save."""
    assert file_stem("Læseven på Bakkeskolen") == "laeseven-paa-bakkeskolen"
    assert file_stem("Hjælpetræner, U10 fodbold i Ørbakke").startswith("hjaelpetraener-u10")
    assert re.fullmatch(r"[a-z0-9-]{1,60}", file_stem("☆" * 90 + "Strandrens " * 20))
    assert file_stem("☆") == "kalender"


async def test_the_code_passes_by_no_certificate_and_no_mark(chat: Chat) -> None:
    """A person without the certificate speaks with the contact; one noted as absent objects."""
    await _play(chat, "Samira: /start", "Jens: /start", "Mette imports the opportunities")
    await _play(chat, "Mette makes Samira a contact of V1", "Mette signs up Jens for V4")
    await _play(chat, "--- until 2026-11-25 14:55")
    scanned = await _play(chat, f"Jens: /start in-{await _code_of(chat, 'V1')}")
    assert len(scanned) == 2
    assert scanned[0].startswith("Bot to Samira: Jens ville tjekke ind")
    assert "Tal med Mette, før du hjælper." in scanned[1]
    await _play(chat, "--- until 2026-11-26 16:00")
    code = await _code_of(chat, "V4")
    await _play(chat, "--- until 2026-11-26 19:05", "Mette marks Jens as no_show at V4")
    scanned = await _play(chat, f"Jens: /start in-{code}")
    assert [one.partition("\n")[0] for one in scanned] == [
        "Bot: Det er noteret, at du ikke kom:",
        "Bot: Hvad skete der? Skriv en linje, så ser din kontaktperson på det igen.",
    ]
    await chat("""
        Jens: Jeg var der hele tiden.
        Bot: Tak. Mette ser på det igen og svarer dig senest mandag d. 30. november.
           | [Mit overblik] [Menu]
    """)
    scanned = await _play(chat, f"Jens: /start in-{code}")
    assert "Mette ser på det igen" in scanned[0]
