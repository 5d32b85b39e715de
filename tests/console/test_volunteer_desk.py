"""Who waits for the current user, the coming shifts by date, and volunteers by agreement."""

from __future__ import annotations

from datetime import timedelta

import pytest
from console_browser import Browser, employ
from volunteer_town import do, next_shift, open_all, opportunity, participant_of, said, signs_up
from volunteer_town import signup as signup_of

from bot.clock import TravelClock
from bot.model.commands.volunteering import AskWhy, GiveFeedback, MarkAttendance, RejectRequest
from bot.model.signup import POOR, Signup, SignupState
from bot.model.staff import Staff
from bot.store.events import by_staff
from bot.store.store import Store


@pytest.fixture
async def mette(town: Store) -> Staff:
    """Add Mette to the staff, and publish the opportunities of the town."""
    mette = await employ(town)
    await open_all(town, mette)
    return mette


@pytest.fixture
async def staff(browser: Browser, mette: Staff) -> Browser:
    """Sign Mette in."""
    return await browser.sign_in(mette)


async def person_of(town: Store, one: Signup) -> int:
    """Return the citizen of a sign-up."""
    async with town.reading() as unit:
        found = await unit.participants.get(one.participant_id)
    assert found is not None
    assert found.person_id is not None
    return found.person_id


async def test_who_waits_is_named_first(
    town: Store, clock: TravelClock, mette: Staff, staff: Browser
) -> None:
    """A request and a silent volunteer are on the start page, and count in the menu."""
    assert "venter på dig: " not in said(await staff.read("cases"))
    ana = await signs_up(town, "Ana", 501, "V12")
    shift = await next_shift(town, "V4")
    page = said(await staff.read("cases"))
    assert "1 frivillig venter på dig Ana vil gerne hjælpe: sig ja eller nej" in page
    bo = await signs_up(town, "Bo", 502, "V4")
    clock.move_to(shift.begins_at - timedelta(hours=20))
    page = await staff.read("cases")
    assert "Bo har ikke svaret: ring før vagten" in said(page)
    assert f'href="/console/shifts/{shift.id}"' in page
    assert "Frivillige 2" in said(page)
    await staff.post(f"signups/{ana.id}/confirm")
    await staff.post(f"signups/{bo.id}/coming")
    page = said(await staff.read("cases"))
    assert "1 frivillig venter på dig Ana venter på at aftale et tidspunkt" in page
    await staff.post(f"signups/{ana.id}/contacted")
    assert "frivillig venter på dig" not in said(await staff.read("cases"))
    assert mette.id


async def test_shifts_by_date(town: Store, clock: TravelClock, staff: Browser) -> None:
    """The next shift is first, with what is missing and who has not answered."""
    await signs_up(town, "Bo", 502, "V10")
    shift = await next_shift(town, "V10")
    page = said(await staff.read("opportunities/dates"))
    assert "Turvært på Klintstien 1 af 2 pladser · mangler 1" in page
    clock.move_to(shift.begins_at - timedelta(hours=40))
    assert "mangler 1 · 1 har ikke svaret" in said(await staff.read("opportunities/dates"))
    clock.move_to(shift.begins_at - timedelta(hours=3))
    page = said(await staff.read("opportunities/dates?whose=mine"))
    assert "1 usikker" in page or "1 usikre" in page
    assert "Efter dato" in said(await staff.read("opportunities"))


async def test_by_agreement(town: Store, clock: TravelClock, staff: Browser) -> None:
    """Staff write to the volunteer, agree on a time, and note hours that are past."""
    ana = await signs_up(town, "Ana", 501, "V12")
    known = await opportunity(town, "V12")
    path = f"opportunities/{known.id}"
    await staff.post(f"signups/{ana.id}/confirm")
    assert "Venter på at aftale et tidspunkt" in said(await staff.read(path))
    assert (await staff.post(f"signups/{ana.id}/write", {"words": ""})).status == 422
    await staff.post(f"signups/{ana.id}/write", {"words": "Passer det torsdag?"})
    assert "Venter på at aftale" not in said(await staff.read(path))
    day = (clock.now() + timedelta(days=9)).date().isoformat()
    form = {"day": day, "at": "17:00", "minutes": "60"}
    assert (await staff.post(f"signups/{ana.id}/agree", {**form, "day": ""})).status == 422
    await staff.post(f"signups/{ana.id}/agree", form)
    again = await staff.post(f"signups/{ana.id}/agree", form)
    assert "Det tidspunkt er aftalt allerede." in said(await again.text())
    past = (clock.now() - timedelta(days=2)).date().isoformat()
    await staff.post(f"signups/{ana.id}/agree", {**form, "day": past, "minutes": "90"})
    page = said(await staff.read(path))
    assert "kl. 17 · Har en plads" in page
    assert "Var der · 1 t. 30 min." in page
    async with town.reading() as unit:
        assert await unit.signups.attended(ana.participant_id) == (1, 90)
    await staff.post(f"signups/{ana.id}/cannot", {"sure": "yes"})
    async with town.reading() as unit:
        assert await unit.signups.live_of_person(ana.participant_id) == []


async def test_alerts_name_the_volunteer(
    town: Store, clock: TravelClock, mette: Staff, staff: Browser
) -> None:
    """An alert links to the volunteer's shift, closes when handled, and has the rating."""
    ana = await signs_up(town, "Ana", 501, "V12")
    page = said(await staff.read("alerts"))
    assert "Ana: " in page
    assert "er klaret" not in page
    await do(town, RejectRequest(mette.id, ana.id, "Vi har nok."))
    assert "er klaret" in said(await staff.read("alerts"))
    bo = await signs_up(town, "Bo", 502, "V4")
    shift = await next_shift(town, "V4")
    clock.move_to(shift.ends_at + timedelta(hours=2))
    await do(town, MarkAttendance(by_staff(mette.id), bo.id, SignupState.ATTENDED))
    person = await person_of(town, bo)
    await do(town, GiveFeedback(person, bo.id, POOR))
    await do(town, GiveFeedback(person, bo.id, "Der var ingen, der tog imod os."))
    page = await staff.read("alerts")
    assert "Bo: Sprogcafé på biblioteket" in said(page)
    assert "Der var ingen, der tog imod os." in page
    assert f'href="/console/shifts/{shift.id}"' in page
    assert "Ikke så godt" in said(await staff.read(f"shifts/{shift.id}"))


async def test_a_person_asks_why(town: Store, mette: Staff, staff: Browser) -> None:
    """The question waits, by name, for who decided, until it is answered."""
    ana = await signs_up(town, "Ana", 501, "V12")
    await do(town, RejectRequest(mette.id, ana.id, "Vi har nok."))
    told = await do(town, AskWhy(await person_of(town, ana), ana.id))
    assert told["contact"] == "Mette"
    assert "Ana spørger, hvorfor det ikke blev til noget" in said(await staff.read("cases"))
    await staff.post(f"signups/{ana.id}/write", {"words": "Vi har cyklister nok."})
    assert "spørger, hvorfor" not in said(await staff.read("cases"))
    assert (await signup_of(town, ana.id)).due_at is None
    assert await participant_of(town, await person_of(town, ana)) == ana.participant_id
