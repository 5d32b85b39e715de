"""What volunteers are sent about a sign-up, and what they answer."""

from __future__ import annotations

import re
from datetime import date, time

from chat_store import ask, opened
from sqlalchemy import select

from bot.calendar.offset import Offset, Span
from bot.calendar.offset import to_json as offset_json
from bot.calendar.recurrence import Recurrence, Unit, to_json
from bot.model.audience import SHIFT, Is
from bot.model.audience import to_json as audience_json
from bot.model.commands.reminders import SetReminder
from bot.model.commands.volunteering import CancelShift, NewCode
from bot.model.delivery import DeliveryState
from bot.model.signup import SIGNUP, SignupState, Source
from bot.store.tables import alert
from bot.testing import Chat

JENS = 102


async def test_a_shift_from_the_question_to_the_thanks(chat_on_each: Chat) -> None:
    """A volunteer is asked once, gets the note with place and file, and is thanked."""
    await chat_on_each("""
        Samira: /start
        Bot: <notice>
        Bot: <menu>
        Mette imports the opportunities
        Mette signs up Samira for V4
        --- until 2026-11-24 20:10
        Bot to Samira: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Kommer du stadig?
           |
           | Hilsen Mette
           | [Jeg kommer] [Jeg kan ikke] [Find en afløser]
        Samira: [Jeg kommer]
        Bot edits: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Kommer du stadig?
           |
           | Hilsen Mette
           |
           | ✓ Du kommer. Vi ses!
        --- until 2026-11-26 13:00
        --- until 2026-11-26 14:10
        Bot to Samira: Vi ses snart!
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Hilsen Mette
           | [Vis på kort] [Jeg kan ikke] [Mit overblik] [Menu]
        --- until 2026-11-26 19:05
        Mette marks Samira as attended at V4
        --- until 2026-11-27 09:00
        Bot to Samira: Tak for hjælpen!
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Det var din første gang. Velkommen!
           |
           | Hvordan gik det?
           |
           | Hilsen Mette
           | [Det gik godt] [Nogenlunde] [Ikke så godt]
        Samira: [Det gik godt]
        Bot edits: Tak for hjælpen!
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Det var din første gang. Velkommen!
           |
           | Hvordan gik det?
           |
           | Hilsen Mette
           |
           | Det gik godt
        Bot: Tak. Vil du sige lidt om det? Mette læser det.
           | [Nej tak] [Menu]
        Samira: Vi snakkede om mad fra hele verden
        Bot: Tak. Det er noteret.
           | [Mit overblik] [Menu]
    """)


async def test_only_the_silent_are_asked_again(chat: Chat) -> None:
    """The silent get the question a second time, the day before the shift."""
    await chat("""
        Samira: /start
        Bot: <notice>
        Bot: <menu>
        Ana: /start
        Bot: <English notice>
        Bot: <English menu>
        Mette imports the opportunities
        Mette signs up Samira for V4
        Mette signs up Ana for V4
        --- until 2026-11-24 20:10
        Bot to Samira: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Kommer du stadig?
           |
           | Hilsen Mette
           | [Jeg kommer] [Jeg kan ikke] [Find en afløser]
        Bot to Ana: Language café at the library
           | Thursday 26 November 17:00–19:00
           | Klintsund Library
           |
           | Are you still coming?
           |
           | Regards, Mette
           | [I am coming] [I cannot] [Find a stand-in]
        Ana: [I am coming]
        Bot edits: Language café at the library
           | Thursday 26 November 17:00–19:00
           | Klintsund Library
           |
           | Are you still coming?
           |
           | Regards, Mette
           |
           | ✓ You come. See you!
        --- until 2026-11-26 10:00
        Bot to Samira: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Jeg har ikke hørt fra dig endnu. Kommer du? Begge svar er fine, så ved Mette det.
           | [Jeg kommer] [Jeg kan ikke] [Find en afløser]
        Samira: [Jeg kan ikke]
        Bot edits: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Jeg har ikke hørt fra dig endnu. Kommer du? Begge svar er fine, så ved Mette det.
           |
           | Du kan ikke komme. Tak, fordi du siger det.
        Bot: Det er tæt på, så Mette har fået besked med det samme. Vi regner med dig, indtil en
           | anden tager over. Kan du hjælpe med at finde en afløser?
           | [Find en afløser] [Nej, jeg må melde afbud] [Menu]
        --- until 2026-11-27 10:00
        Bot to Samira: Ses vi snart?
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Jeg har ikke hørt fra dig endnu. Kommer du?
           | [Jeg kommer] [Jeg kan ikke] [Find en afløser] [Vis på kort]
        Bot to Samira: Så er det slut:
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Hvordan gik det?
           |
           | Hilsen Mette
           | [Det gik godt] [Nogenlunde] [Ikke så godt] [Jeg var der ikke]
        Bot to Ana: See you soon!
           | Language café at the library
           | Thursday 26 November 17:00–19:00
           | Klintsund Library
           |
           | Regards, Mette
           | [Show it on the map] [I cannot] [My overview] [Menu]
        Bot to Ana: This is over:
           | Language café at the library
           | Thursday 26 November 17:00–19:00
           | Klintsund Library
           |
           | How did it go?
           |
           | Regards, Mette
           | [It went well] [All right] [Not so well] [I was not there]
    """)


async def test_a_late_volunteer_finds_a_stand_in(chat_on_each: Chat) -> None:
    """After the deadline the contact is told at once, and a stand-in takes over by the link."""
    chat = chat_on_each
    for line in (
        *("Samira: /start", "Mette imports the opportunities", "Mette signs up Samira for V4"),
        "--- until 2026-11-26 09:00",
    ):
        await chat.play(line)
    assert "Mette har fået besked med det samme" in (await chat.play("Samira: [Jeg kan ikke]"))[-1]
    looking = (await chat.play("Samira: [Find en afløser]"))[-1]
    payload = re.search(r"start=(\S+)", looking)
    assert payload is not None
    assert await alerts(chat) == ["volunteer_silent", "volunteer_cannot", "standin_wanted"]
    own = (await chat.play(f"Samira: /start {payload[1]}"))[0]
    assert "Det er din egen tid" in own
    assert f"start={payload[1]}" in own
    assert "[Jeg tager over]" not in own
    await chat.play("Ana: /start")
    offered = await chat.play(f"Ana: /start {payload[1]}")
    assert "A volunteer cannot come and looks for a stand-in" in offered[0]
    assert "15 years old" in (await chat.play("Ana: [I take over]"))[-1]
    young = (await chat.play("Jens: /start")) + await chat.play(f"Jens: /start {payload[1]}")
    assert "Jeg tager over" in young[-1]
    await chat.play("Jens: [Jeg tager over]")
    refused = (await chat.play("Jens: [Nej]"))[-1]
    assert "Du skal være fyldt 15 for selv at melde dig" in refused
    assert "May we keep" in (await chat.play("Ana: yes"))[-1]
    taken = await chat.play("Ana: yes")
    assert any("Bot to Samira: En afløser har taget over" in one for one in taken)
    assert any("Bot: Thank you! You have taken over" in one for one in taken)
    again = await chat.play(f"Jens: /start {payload[1]}")
    assert "Læseven" not in " ".join(again)
    assert "Sprogcafé" not in " ".join(again)
    noted = await chat.play("--- until 2026-11-26 14:10")
    assert any("See you soon" in one for one in noted)
    assert not any("Vi ses snart" in one for one in noted)


async def test_a_child_does_not_take_over(chat: Chat) -> None:
    """A stand-in by the link is asked for the age once, and a child is told what to do instead."""
    for line in (
        *("Samira: /start", "Mette imports the opportunities", "Mette signs up Samira for V4"),
        *("--- until 2026-11-26 09:00", "Samira: [Jeg kan ikke]"),
    ):
        await chat.play(line)
    looking = (await chat.play("Samira: [Find en afløser]"))[-1]
    payload = re.search(r"start=(\S+)", looking)
    assert payload is not None
    for line in ("Ana: /start", f"Ana: /start {payload[1]}", "Ana: [I take over]"):
        await chat.play(line)
    assert "You must be 15" in (await chat.play("Ana: [No]"))[0]
    await chat.play(f"Ana: /start {payload[1]}")
    assert "You must be 15" in (await chat.play("Ana: [I take over]"))[0]
    async with opened(chat) as store, store.reading() as unit:
        signups = [await unit.signups.of_person(number, 9) for number in (1, 2)]
    assert [[one.state.value for one in own] for own in signups] == [["standin_wanted"], []]


async def alerts(chat: Chat) -> list[str]:
    """Return the kinds of Mette's alerts about opportunities, the oldest first."""
    async with opened(chat) as store, store.reading() as unit:
        query = select(alert.c.kind).where(alert.c.subject_kind == "opportunity")
        return list((await unit.connection.execute(query.order_by(alert.c.id))).scalars())


async def test_volunteers_check_in_by_a_code(chat_on_each: Chat) -> None:
    """The code of a shift checks volunteers in, and counts walk-ins; an earlier code ends."""
    chat = chat_on_each
    for line in (
        *("Samira: /start", "Jens: /start", "Mette imports the opportunities"),
        *("Mette signs up Samira for V4", "--- until 2026-11-26 16:55"),
    ):
        await chat.play(line)
    async with opened(chat) as store, store.reading() as unit:
        known = await unit.opportunities.of_code("V4")
        assert known is not None
        shift = (await unit.shifts.of([known.id], after=unit.now))[0]
    old = await ask(chat, NewCode("staff:1", shift.id))
    code = await ask(chat, NewCode("staff:1", shift.id, replaces=True))
    assert "virker ikke nu" in (await chat.play(f"Samira: /start in-{old}"))[0]
    assert "Du er meldt ind" in (await chat.play(f"Samira: /start in-{code}"))[0]
    assert "Er du fyldt 15 år?" in (await chat.play(f"Jens: /start in-{code}"))[0]
    assert "Må vi gemme det" in (await chat.play("Jens: ja"))[0]
    assert "Du er meldt ind" in (await chat.play("Jens: ja"))[0]
    thanked = await chat.play("--- until 2026-11-27 10:00")
    assert sum("Tak for hjælpen" in one for one in thanked) == 2
    async with opened(chat) as store, store.reading() as unit:
        states = {one.source: one.state for one in await unit.signups.of_shift(shift.id)}
    assert states[Source.PHONE] is SignupState.ATTENDED
    assert states[Source.WALK_IN] is SignupState.ATTENDED


async def test_a_change_is_asked_about_once(chat: Chat) -> None:
    """A new time is asked about, a correction is not, and a cancellation tells the reason."""
    await chat("""
        Samira: /start
        Bot: <notice>
        Bot: <menu>
        Ana: /start
        Bot: <English notice>
        Bot: <English menu>
        Mette imports the opportunities
        Mette signs up Samira for V4
        Mette signs up Ana for V4
        Mette moves V4 to torsdag d. 26. november kl. 18
        Bot to Samira: Det er ændret:
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 18–20
           | Klintsund Bibliotek
           |
           | før: kl. 17 – nu: kl. 18
           |
           | Passer det stadig?
           |
           | Hilsen Mette
           | [Jeg kommer] [Jeg kan ikke] [Find en afløser]
        Bot to Ana: This has changed:
           | Language café at the library
           | Thursday 26 November 18:00–20:00
           | Klintsund Library
           |
           | before: 17:00 – now: 18:00
           |
           | Does it still suit you?
           |
           | Regards, Mette
           | [I am coming] [I cannot] [Find a stand-in]
        Samira: [Jeg kommer]
        Bot edits: Det er ændret:
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 18–20
           | Klintsund Bibliotek
           |
           | før: kl. 17 – nu: kl. 18
           |
           | Passer det stadig?
           |
           | Hilsen Mette
           |
           | ✓ Du kommer. Vi ses!
        Mette moves V4 to torsdag d. 26. november kl. 18.15 without asking
        --- 1 hours pass
        Mette cancels V4: Biblioteket er lukket efter en vandskade.
        Bot to Samira: Det er aflyst:
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 18.15–20.15
           | Klintsund Bibliotek
           |
           | Biblioteket er lukket efter en vandskade.
           |
           | Hilsen Mette
           | [Se, hvad der ellers er] [Menu]
        Bot to Ana: This is cancelled:
           | Language café at the library
           | Thursday 26 November 18:15–20:15
           | Klintsund Library
           |
           | Biblioteket er lukket efter en vandskade.
           | (in Danish only)
           |
           | Regards, Mette
           | [See what else there is] [Menu]
        Ana: [See what else there is]
        Bot: How much time do you have? Look around first. You fill in nothing before you choose
           | something.
           | [Ten minutes] [An hour] [A day] [Show all] [Theme] [Area] [Day] [Near me] [Menu]
    """)


async def test_a_free_place_goes_to_the_waiting_list(chat_on_each: Chat) -> None:
    """A place is held for the first in the queue; after a no the next person is asked."""
    await chat_on_each("""
        Samira: /start
        Bot: <notice>
        Bot: <menu>
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Ana: /start
        Bot: <English notice>
        Bot: <English menu>
        Mette imports the opportunities
        Mette seats V4 with 1 places
        Mette signs up Samira for V4
        Mette signs up Jens for V4
        Mette signs up Ana for V4
        --- until 2026-11-24 17:05
        Bot to Samira: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Kommer du stadig?
           |
           | Hilsen Mette
           | [Jeg kommer] [Jeg kan ikke] [Find en afløser]
        Samira: [Jeg kan ikke]
        Bot edits: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Kommer du stadig?
           |
           | Hilsen Mette
           |
           | Du kan ikke komme. Tak, fordi du siger det.
        Bot to Jens: Der er en plads til dig:
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Jeg holder den til onsdag d. 25. november kl. 17.03. Vil du have den?
           | [Ja, jeg tager den] [Ikke denne gang]
        Jens: [Ikke denne gang]
        Bot edits: Der er en plads til dig:
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Jeg holder den til onsdag d. 25. november kl. 17.03. Vil du have den?
           |
           | Du springer over denne gang.
        Bot to Ana: There is a place for you:
           | Language café at the library
           | Thursday 26 November 17:00–19:00
           | Klintsund Library
           |
           | I hold it until Wednesday 25 November 17:03. Do you want it?
           | [Yes, I take it] [Not this time]
        Ana: [Yes, I take it]
        Bot edits: There is a place for you:
           | Language café at the library
           | Thursday 26 November 17:00–19:00
           | Klintsund Library
           |
           | I hold it until Wednesday 25 November 17:03. Do you want it?
           |
           | ✓ You have the place.
    """)


async def test_a_request_gets_its_answer(chat_on_each: Chat) -> None:
    """A certificate that is in order opens the place; a refusal says why or whom to ask."""
    chat = chat_on_each
    await chat("""
        Samira: /start
        Bot: <notice>
        Bot: <menu>
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Mette imports the opportunities
        Mette signs up Samira for V1
        Mette signs up Jens for V2
        Mette sets children of Samira to ordered
        Bot to Samira: Nu er det bestilt: Børneattest.
           | Læseven på Bakkeskolen
           | onsdag d. 25. november kl. 15–16
           | Bakkeskolen, biblioteket på 1. sal
           |
           | Kig i Digital Post de næste dage, og sig ja der. Derefter tager det som regel ti
           | dage. Jeg skriver til dig, når det er i orden.
           |
           | Hilsen Mette
           | [Mit overblik] [Menu]
        Mette sets children of Samira to open
        Bot to Samira: Nu er det i orden: Børneattest. Du har en plads:
           | Læseven på Bakkeskolen
           | onsdag d. 25. november kl. 15–16
           | Bakkeskolen, biblioteket på 1. sal
           |
           | Mette er din kontaktperson.
           | [Til min kalender] [Jeg kan ikke] [Mit overblik] [Menu]
        Mette rejects Jens for V2: Vi har cyklister nok til foråret. Prøv sprogcaféen.
        --- 10 minutes pass
        Bot to Jens: Det bliver ikke til noget denne gang:
           | Cykeltur med beboere på Skovglimt
           |
           | Vi har cyklister nok til foråret. Prøv sprogcaféen.
           |
           | Hilsen Mette
           | [Se, hvad der ellers er] [Menu]
    """)


async def test_a_no_show_can_be_disputed(chat_on_each: Chat) -> None:
    """A volunteer who is noted as absent says otherwise within 14 days."""
    chat = chat_on_each
    await chat("""
        Samira: /start
        Bot: <notice>
        Bot: <menu>
        Mette imports the opportunities
        Mette signs up Samira for V4
        --- until 2026-11-24 20:10
        Bot to Samira: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Kommer du stadig?
           |
           | Hilsen Mette
           | [Jeg kommer] [Jeg kan ikke] [Find en afløser]
        Samira: [Jeg kommer]
        Bot edits: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Kommer du stadig?
           |
           | Hilsen Mette
           |
           | ✓ Du kommer. Vi ses!
        --- until 2026-11-26 19:05
        Bot to Samira: Vi ses snart!
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Hilsen Mette
           | [Vis på kort] [Jeg kan ikke] [Mit overblik] [Menu]
        Mette marks Samira as no_show at V4
        Bot to Samira: Mette har noteret, at du ikke kom:
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Er det forkert, så sig det her inden 14 dage. Så bliver der set på det igen.
           | [Jeg var der] [Menu]
        --- until 2026-11-27 09:00
        Samira: [Jeg var der]
        Bot: Hvad skete der? Skriv en linje, så ser din kontaktperson på det igen.
        Samira: Jeg sad ved bordet ved vinduet
        Bot: Tak. Mette ser på det igen og svarer dig senest tirsdag d. 1. december.
           | [Mit overblik] [Menu]
        Mette marks Samira as attended at V4
        Bot to Samira: Det er rettet. Tak, fordi du sagde det.
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Hilsen Mette
           | [Mit overblik] [Menu]
    """)


async def test_what_staff_write_is_what_a_volunteer_reads(chat: Chat) -> None:
    """The words of staff arrive after a cancellation, and after an objection in the night."""
    await chat("""
        Samira: /start
        Bot: <notice>
        Bot: <menu>
        Mette imports the opportunities
        Mette signs up Samira for V4
        Mette cancels V4: Der er storm.
        Bot to Samira: Det er aflyst:
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Der er storm.
           |
           | Hilsen Mette
           | [Se, hvad der ellers er] [Menu]
        Mette writes to Samira about V4: Kom på torsdag i stedet.
        Bot to Samira: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Kom på torsdag i stedet.
           |
           | Hilsen Mette
           | [Mit overblik] [Menu]
        Mette signs up Samira for V4
        --- until 2026-12-03 19:30
        Bot to Samira: Sprogcafé på biblioteket
           | torsdag d. 3. december kl. 17–19
           | Klintsund Bibliotek
           |
           | Kommer du stadig?
           |
           | Hilsen Mette
           | [Jeg kommer] [Jeg kan ikke] [Find en afløser]
        Bot to Samira: Sprogcafé på biblioteket
           | torsdag d. 3. december kl. 17–19
           | Klintsund Bibliotek
           |
           | Jeg har ikke hørt fra dig endnu. Kommer du? Begge svar er fine, så ved Mette det.
           | [Jeg kommer] [Jeg kan ikke] [Find en afløser]
        Bot to Samira: Ses vi snart?
           | Sprogcafé på biblioteket
           | torsdag d. 3. december kl. 17–19
           | Klintsund Bibliotek
           |
           | Jeg har ikke hørt fra dig endnu. Kommer du?
           | [Jeg kommer] [Jeg kan ikke] [Find en afløser] [Vis på kort]
        Mette marks Samira as no_show at V4
        Bot to Samira: Mette har noteret, at du ikke kom:
           | Sprogcafé på biblioteket
           | torsdag d. 3. december kl. 17–19
           | Klintsund Bibliotek
           |
           | Er det forkert, så sig det her inden 14 dage. Så bliver der set på det igen.
           | [Jeg var der] [Menu]
        --- until 2026-12-03 22:00
        Mette writes to Samira about V4: Vi savnede dig.
        Samira: [Jeg var der]
        Bot: Hvad skete der? Skriv en linje, så ser din kontaktperson på det igen.
        Samira: Mette så mig ved døren.
        Bot: Tak. Mette ser på det igen og svarer dig senest mandag d. 7. december.
           | [Mit overblik] [Menu]
        --- until 2026-12-04 08:30
        Bot to Samira: Sprogcafé på biblioteket
           | torsdag d. 3. december kl. 17–19
           | Klintsund Bibliotek
           |
           | Vi savnede dig.
           |
           | Hilsen Mette
           | [Mit overblik] [Menu]
    """)
    async with opened(chat) as town, town.reading() as unit:
        newest = (await unit.signups.of_person(1, 1))[0]
    assert (newest.objection, newest.written) == ("Mette så mig ved døren.", "Vi savnede dig.")


async def test_a_contact_in_the_chat_notes_who_came(chat: Chat) -> None:
    """A contact is told of late volunteers, notes who came, and is asked where they forget."""
    await chat("""
        Samira: /start
        Bot: <notice>
        Bot: <menu>
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Ana: /start
        Bot: <English notice>
        Bot: <English menu>
        Mette imports the opportunities
        Mette makes Jens a contact of V4
        Mette signs up Samira for V4
        Mette signs up Ana for V4
        Ana: hvem kom
        Bot: There is no shift near whose contact you are.
           | [Menu]
        --- until 2026-11-25 18:00
        Bot to Samira: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Kommer du stadig?
           |
           | Hilsen Mette
           | [Jeg kommer] [Jeg kan ikke] [Find en afløser]
        Bot to Samira: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Jeg har ikke hørt fra dig endnu. Kommer du? Begge svar er fine, så ved Mette det.
           | [Jeg kommer] [Jeg kan ikke] [Find en afløser]
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
        Samira: [Jeg kan ikke]
        Bot edits: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Jeg har ikke hørt fra dig endnu. Kommer du? Begge svar er fine, så ved Mette det.
           |
           | Du kan ikke komme. Tak, fordi du siger det.
        Bot: Det er tæt på, så Mette har fået besked med det samme. Vi regner med dig, indtil en
           | anden tager over. Kan du hjælpe med at finde en afløser?
           | [Find en afløser] [Nej, jeg må melde afbud] [Menu]
        Bot to Jens: Samira kan ikke komme:
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           | [Menu]
        --- until 2026-11-26 17:10
        Bot to Samira: Ses vi snart?
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Jeg har ikke hørt fra dig endnu. Kommer du?
           | [Jeg kommer] [Jeg kan ikke] [Find en afløser] [Vis på kort]
        Bot to Ana: See you soon?
           | Language café at the library
           | Thursday 26 November 17:00–19:00
           | Klintsund Library
           |
           | I have not heard from you yet. Are you coming?
           | [I am coming] [I cannot] [Find a stand-in] [Show it on the map]
        Jens: hvem kom
        Bot: Hvilken tid?
           | [Sprogcafé på biblioteket, torsdag d. 26. november kl. 17] [Menu]
        Jens: [Sprogcafé på biblioteket, torsdag d. 26. november kl. 17]
        Bot: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | – Samira
           | – Ana
           |
           | Tryk på navnene på dem, der kom. Tryk igen for at fortryde.
           | [Samira] [Ana] [Alle kom] [Vis koden] [Menu]
        Jens: [Ana]
        Bot edits: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | – Samira
           | ✓ Ana
           |
           | Tryk på navnene på dem, der kom. Tryk igen for at fortryde.
           | [Samira] [✓ Ana] [Alle kom] [Vis koden] [Menu]
        Jens: [✓ Ana]
        Bot edits: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | – Samira
           | – Ana
           |
           | Tryk på navnene på dem, der kom. Tryk igen for at fortryde.
           | [Samira] [Ana] [Alle kom] [Vis koden] [Menu]
        Jens: [Alle kom]
        Bot edits: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | ✓ Samira
           | ✓ Ana
           |
           | Tryk på navnene på dem, der kom. Tryk igen for at fortryde.
           | [✓ Samira] [✓ Ana] [Vis koden] [Menu]
        Jens: [✓ Samira]
        Bot edits: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | – Samira
           | ✓ Ana
           |
           | Tryk på navnene på dem, der kom. Tryk igen for at fortryde.
           | [Samira] [✓ Ana] [Alle kom] [Vis koden] [Menu]
        --- until 2026-11-26 19:01
        Jens: fremmøde
        Bot: Hvilken tid?
           | [Sprogcafé på biblioteket, torsdag d. 26. november kl. 17] [Menu]
        Jens: [Sprogcafé på biblioteket, torsdag d. 26. november kl. 17]
        Bot: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | – Samira
           | ✓ Ana
           |
           | Tryk på navnene på dem, der kom. Tryk igen for at fortryde.
           | [Samira] [✓ Ana] [Alle kom] [De andre kom ikke] [Vis koden] [Menu]
        Jens: [De andre kom ikke]
        Bot to Samira: Mette har noteret, at du ikke kom:
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Er det forkert, så sig det her inden 14 dage. Så bliver der set på det igen.
           | [Jeg var der] [Menu]
        Bot edits: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | – Samira (udeblev)
           | ✓ Ana
           |
           | Tryk på navnene på dem, der kom. Tryk igen for at fortryde.
           | [Samira] [✓ Ana] [Vis koden] [Menu]
    """)


async def test_a_contact_is_asked_who_came(chat: Chat) -> None:
    """A day after a shift, and again within 14 days, the contact is asked who came."""
    await chat("""
        Samira: /start
        Bot: <notice>
        Bot: <menu>
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Mette imports the opportunities
        Mette makes Jens a contact of V4
        Mette signs up Samira for V4
        --- until 2026-11-27 19:30
        Bot to Samira: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Kommer du stadig?
           |
           | Hilsen Mette
           | [Jeg kommer] [Jeg kan ikke] [Find en afløser]
        Bot to Samira: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Jeg har ikke hørt fra dig endnu. Kommer du? Begge svar er fine, så ved Mette det.
           | [Jeg kommer] [Jeg kan ikke] [Find en afløser]
        Bot to Samira: Ses vi snart?
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Jeg har ikke hørt fra dig endnu. Kommer du?
           | [Jeg kommer] [Jeg kan ikke] [Find en afløser] [Vis på kort]
        Bot to Samira: Så er det slut:
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Hvordan gik det?
           |
           | Hilsen Mette
           | [Det gik godt] [Nogenlunde] [Ikke så godt] [Jeg var der ikke]
        Bot to Jens: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Det er ikke noteret endnu, hvem der kom. Det tager et minut, og så får de deres tak.
           | [Notér, hvem der kom] [Menu]
        --- until 2026-11-28 12:00
        --- until 2026-12-11 12:00
        Bot to Jens: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Det er ikke noteret endnu, hvem der kom. Det tager et minut, og så får de deres tak.
           | [Notér, hvem der kom] [Menu]
        Jens: [Notér, hvem der kom]
        Bot: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | – Samira
           |
           | Tryk på navnene på dem, der kom. Tryk igen for at fortryde.
           | [Samira] [Alle kom] [De andre kom ikke] [Vis koden] [Menu]
        Jens: [Samira]
        Bot edits: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | ✓ Samira
           |
           | Tryk på navnene på dem, der kom. Tryk igen for at fortryde.
           | [✓ Samira] [Vis koden] [Menu]
    """)


async def test_the_code_is_shown_to_the_contact(chat: Chat) -> None:
    """The contact gets link and picture; nobody else gets them."""
    for line in (
        *("Samira: /start", "Jens: /start", "Mette imports the opportunities"),
        *("Mette makes Jens a contact of V4", "Mette signs up Samira for V4"),
        *("--- until 2026-11-26 16:50", "Jens: fremmøde"),
        "Jens: [Sprogcafé på biblioteket, torsdag d. 26. november kl. 17]",
    ):
        await chat.play(line)
    shown = " ".join(await chat.play("Jens: [Vis koden]"))
    assert "[Kopiér linket]" in shown
    payload = re.search(r"start=(\S+)", shown)
    assert payload is not None
    assert any("photo" in one.body for one in chat.world.the_bot().chats[JENS].shown())
    assert "Du er meldt ind" in (await chat.play(f"Samira: /start {payload[1]}"))[0]


async def test_who_blocked_the_bot_is_rung(chat: Chat) -> None:
    """A message to a volunteer who blocked the bot becomes a task to ring."""
    await chat.play("Samira: /start")
    await chat.play("Mette imports the opportunities")
    await chat.play("Mette signs up Samira for V4")
    await chat.play("Samira blocks")
    await chat.play("Mette cancels V4: Underviseren er syg.")
    async with opened(chat) as store, store.reading() as unit:
        tasks = [one.subject for one in await unit.tasks.open() if one.kind == "phone"]
        told = await unit.deliveries.of_subject(SIGNUP, 1, 9)
    rung = [one for one in told if one.state is DeliveryState.PHONED]
    assert [one.occasion for one in rung] == ["cancelled"]
    assert tasks == [f"delivery:{rung[0].id}"]


async def test_who_waits_in_vain_is_told(chat: Chat) -> None:
    """When a shift begins, the waiting list hears that it did not work out."""
    for line in ("Samira: /start", "Jens: /start", "Mette imports the opportunities"):
        await chat.play(line)
    await chat.play("Mette plans V10 i dag kl. 15 for 60 minutes with 1 place")
    await chat.play("Mette signs up Jens for V10")
    await chat.play("Mette signs up Samira for V10")
    await chat("""
        --- until 2026-11-23 15:01
        Bot to Samira: Der blev ikke en plads til dig denne gang:
           | Turvært på Klintstien
           | mandag d. 23. november kl. 15–16
           | Starten af Klintstien
           |
           | Tak, fordi du ventede. Forhåbentlig lykkes det en anden gang.
           | [Se, hvad der ellers er] [Menu]
        Bot to Jens: Vi ses snart!
           | Turvært på Klintstien
           | mandag d. 23. november kl. 15–16
           | Starten af Klintstien
           |
           | Hilsen Mette
           | [Vis på kort] [Jeg kan ikke] [Mit overblik] [Menu]
    """)


async def test_what_staff_write_to_a_shift(chat: Chat) -> None:
    """A message names the task, the day and the place, and has the button that cancels."""
    for line in (
        *("Samira: /start", "Ana: /start", "Mette imports the opportunities"),
        *("Mette signs up Samira for V4", "Mette signs up Ana for V4"),
    ):
        await chat.play(line)
    async with opened(chat) as store, store.reading() as unit:
        known = await unit.opportunities.of_code("V4")
        assert known is not None
        shift = (await unit.shifts.of([known.id], after=unit.now))[0]
    left = int((shift.begins_at - chat.clock.now()).total_seconds() // 60)
    begins = Recurrence(Unit.ONCE, date(2026, 11, 26), time(17))
    rule = {
        "recurrence": to_json(begins),
        "before": offset_json(Offset(-left, Span.MINUTE)),
    }
    to_all = audience_json(Is(SHIFT, str(shift.id)))
    texts = {"da": "Brug den bagerste indgang."}
    message = SetReminder(1, texts, rule, to_all, "volunteering", prepares=True)
    await ask(chat, message)
    await chat("""
        --- 5 minutes pass
        Bot to Samira: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | Brug den bagerste indgang.
           |
           | Hilsen Mette
           | [Jeg kan ikke] [Mit overblik]
        Bot to Ana: Language café at the library
           | Thursday 26 November 17:00–19:00
           | Klintsund Library
           |
           | Brug den bagerste indgang.
           | (in Danish only)
           |
           | Regards, Mette
           | [I cannot] [My overview]
    """)
    assert "Sprogcafé" in (await chat.play("Samira: [Jeg kan ikke]"))[0]


async def test_a_reason_in_both_languages(chat: Chat) -> None:
    """Each volunteer reads why a time is cancelled in their own language."""
    for line in (
        *("Samira: /start", "Ana: /start", "Mette imports the opportunities"),
        *("Mette signs up Samira for V4", "Mette signs up Ana for V4"),
    ):
        await chat.play(line)
    async with opened(chat) as store, store.reading() as unit:
        known = await unit.opportunities.of_code("V4")
        assert known is not None
        shift = (await unit.shifts.of([known.id], after=unit.now))[0]
    await ask(chat, CancelShift(1, shift.id, "Vi har en vandskade.", {"en": "There is a leak."}))
    told = "\n".join(await chat.play("--- 5 minutes pass"))
    assert "Vi har en vandskade." in told
    assert "There is a leak." in told
    assert "in Danish only" not in told


async def test_an_old_card_of_a_no_show(chat: Chat) -> None:
    """A mark that staff have corrected is not objected to; the chat goes on."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Mette imports the opportunities
        Mette plans V10 i dag kl. 12 for 60 minutes with 2 places
        Mette signs up Jens for V10
        Bot to Jens: Vi ses snart!
           | Turvært på Klintstien
           | mandag d. 23. november kl. 12–13
           | Starten af Klintstien
           |
           | Hilsen Mette
           | [Vis på kort] [Jeg kan ikke] [Mit overblik] [Menu]
        --- until 2026-11-23 14:30
        Bot to Jens: Så er det slut:
           | Turvært på Klintstien
           | mandag d. 23. november kl. 12–13
           | Starten af Klintstien
           |
           | Hvordan gik det?
           |
           | Hilsen Mette
           | [Det gik godt] [Nogenlunde] [Ikke så godt] [Jeg var der ikke]
        Mette marks Jens as no_show at V10
        Bot to Jens: Mette har noteret, at du ikke kom:
           | Turvært på Klintstien
           | mandag d. 23. november kl. 12–13
           | Starten af Klintstien
           |
           | Er det forkert, så sig det her inden 14 dage. Så bliver der set på det igen.
           | [Jeg var der] [Menu]
        --- 1 minute passes
        Mette marks Jens as attended at V10
        Bot to Jens: Det er rettet. Tak, fordi du sagde det.
           | Turvært på Klintstien
           | mandag d. 23. november kl. 12–13
           | Starten af Klintstien
           |
           | Hilsen Mette
           | [Mit overblik] [Menu]
        --- 1 minute passes
        Jens: [Jeg var der]
        Bot: Hvad skete der? Skriv en linje, så ser din kontaktperson på det igen.
        Jens: Jeg kom kl. 12, spørg Bo.
        Bot: Den tilmelding findes ikke.
           | [Mit overblik] [Menu]
        Jens: menu
        Bot: <menu>
    """)


async def test_an_offer_of_a_moved_shift(chat: Chat) -> None:
    """A person who waits reads the new time, and the old card asks anew before it counts."""
    await chat("""
        Samira: /start
        Bot: <notice>
        Bot: <menu>
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Mette imports the opportunities
        Mette plans V10 fredag kl. 15 for 60 minutes with 1 place
        Mette signs up Samira for V10
        Mette signs up Jens for V10
        Samira: jeg kan ikke på fredag
        Bot: Vil du melde afbud til “Turvært på Klintstien”, fredag d. 27. november kl. 15?
           | [Find en afløser] [Ja, jeg kan ikke] [Nej, jeg kommer]
        Samira: [Ja, jeg kan ikke]
        Bot: Det er skrevet ned, at du ikke kan. Tak, fordi du siger til.
           |
           | Passer en af de her tider bedre?
           | [Lør. 5. dec. kl. 10] [Søg efter noget andet] [Mit overblik] [Menu]
        Bot to Jens: Der er en plads til dig:
           | Turvært på Klintstien
           | fredag d. 27. november kl. 15–16
           | Starten af Klintstien
           |
           | Jeg holder den til onsdag d. 25. november kl. 10. Vil du have den?
           | [Ja, jeg tager den] [Ikke denne gang]
        --- 1 minute passes
        Mette moves V10 to lørdag kl. 10
        Bot to Jens: Det er ændret:
           | Turvært på Klintstien
           | lørdag d. 28. november kl. 10–11
           | Starten af Klintstien
           |
           | før: fredag d. 27. november kl. 15 – nu: lørdag d. 28. november kl. 10
           |
           | Du venter stadig på det. Passer det ikke længere, så tryk på “Jeg kan ikke”.
           |
           | Hilsen Mette
           | [Jeg kan ikke] [Mit overblik] [Menu]
        --- 1 hour passes
        Jens: [Ja, jeg tager den]
        Bot edits: Det er ændret, siden jeg spurgte:
           | Turvært på Klintstien
           | lørdag d. 28. november kl. 10–11
           | Starten af Klintstien
           |
           | før: fredag d. 27. november kl. 15 – nu: lørdag d. 28. november kl. 10
           |
           | Vil du have pladsen?
           | [Ja, jeg tager den] [Ikke denne gang]
        Jens: [Ja, jeg tager den]
        Bot edits: Der er en plads til dig:
           | Turvært på Klintstien
           | lørdag d. 28. november kl. 10–11
           | Starten af Klintstien
           |
           | Jeg holder den til onsdag d. 25. november kl. 10. Vil du have den?
           |
           | ✓ Du har pladsen.
    """)


async def test_an_old_question_is_not_an_answer_about_a_new_time(chat: Chat) -> None:
    """A yes to Friday says nothing about Saturday: the volunteer is asked, and again only once."""
    for line in (
        "Ana: /start",
        "Mette imports the opportunities",
        "Mette plans V10 fredag kl. 15 for 60 minutes with 2 places",
        "Mette signs up Ana for V10",
        "--- until 2026-11-25 22:30",
    ):
        await chat.play(line)
    await chat("""
        Mette moves V10 to lørdag kl. 10
        Ana: [I am coming]
        Bot edits: This has changed:
           | Walk host on the Cliff Path
           | Saturday 28 November 10:00–11:00
           | The start of the Cliff Path
           |
           | before: Friday 27 November 15:00 – now: Saturday 28 November 10:00
           |
           | Does it still suit you?
           |
           | Regards, Mette
           | [I am coming] [I cannot] [Find a stand-in]
        --- until 2026-11-26 08:01
        Bot to Ana: This has changed:
           | Walk host on the Cliff Path
           | Saturday 28 November 10:00–11:00
           | The start of the Cliff Path
           |
           | before: Friday 27 November 15:00 – now: Saturday 28 November 10:00
           |
           | Does it still suit you?
           |
           | Regards, Mette
           | [I am coming] [I cannot] [Find a stand-in]
        --- until 2026-11-27 12:00
        Bot to Ana: Walk host on the Cliff Path
           | Saturday 28 November 10:00–11:00
           | The start of the Cliff Path
           |
           | I have not heard from you yet. Are you coming? Both answers are fine: then Mette
           | knows.
           | [I am coming] [I cannot] [Find a stand-in]
        Ana: [I am coming]
        Bot edits: Walk host on the Cliff Path
           | Saturday 28 November 10:00–11:00
           | The start of the Cliff Path
           |
           | I have not heard from you yet. Are you coming? Both answers are fine: then Mette
           | knows.
           |
           | ✓ You come. See you!
    """)
