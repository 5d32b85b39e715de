"""The pages of a shift: who comes, who may not, who waits, who was there, and its files."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from console_browser import Browser, employ
from volunteer_town import (
    citizen,
    do,
    next_shift,
    open_all,
    opportunity,
    participant_of,
    phones_in,
    said,
    signs_up,
    signup,
)

from bot.clock import TravelClock
from bot.documents.tables import read_table
from bot.model.commands.volunteering import (
    CheckIn,
    DisputeNoShow,
    NewCode,
    SayComing,
    WantStandin,
)
from bot.model.delivery import DeliveryState
from bot.model.link import CHECK_IN_PAYLOAD
from bot.model.opportunity import ShiftState
from bot.model.reminder import SUBJECT as REMINDER
from bot.model.reminder import ReminderState
from bot.model.signup import LIVE, SIGNUP, Signup, SignupState, Source
from bot.model.staff import Role, Staff
from bot.service import reminders
from bot.service.volunteering.signup_messages import MOVED
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


def group(page: str, heading: str) -> str:
    """Return the text of one section of a page, or nothing."""
    for section in re.findall(r"<section.*?</section>", page, re.DOTALL):
        if re.search(rf"<h2[^>]*>\s*{heading}", section):
            return said(section)
    return ""


async def person_of(town: Store, one: Signup) -> int:
    """Return the citizen of a sign-up."""
    async with town.reading() as unit:
        found = await unit.participants.get(one.participant_id)
    assert found is not None
    assert found.person_id is not None
    return found.person_id


async def test_who_comes_and_who_is_at_risk(
    town: Store, clock: TravelClock, mette: Staff, staff: Browser
) -> None:
    """A silent volunteer is at risk from twenty hours before, and a late sign-up never is."""
    samira, bo = await signs_up(town, "Samira", 501, "V4"), await signs_up(town, "Bo", 502, "V4")
    inger = await phones_in(town, mette, "Inger", "V4")
    shift = await next_shift(town, "V4")
    path = f"shifts/{shift.id}"
    page = await staff.read(path)
    assert "Kommer: 3" in said(page)
    assert "12 34 56 78" in group(page, "Kommer")
    clock.move_to(shift.begins_at - timedelta(hours=47))
    await do(town, SayComing(await person_of(town, samira), samira.id))
    late = await signs_up(town, "Ida", 503, "V4")
    page = await staff.read(path)
    assert "Bo" in group(page, "Har ikke svaret endnu")
    assert "Siger ja" in group(page, "Kommer")
    assert "Usikre" not in page
    clock.move_to(shift.begins_at - timedelta(hours=20))
    page = await staff.read(path)
    assert {"Bo", "Inger"} <= set(group(page, "Usikre: 2").split())
    assert {"Samira", "Ida"} <= set(group(page, "Kommer: 2").split())
    assert "2 usikre" in said(await staff.read(f"opportunities/{shift.opportunity_id}"))
    await staff.post(f"signups/{inger.id}/coming")
    await do(town, WantStandin(await person_of(town, bo), bo.id))
    page = await staff.read(path)
    assert "Inger" in group(page, "Kommer: 3")
    assert "Bo" in group(page, "Søger en afløser: 1")
    assert late.state is SignupState.CONFIRMED


async def test_the_queue_and_answers_by_phone(town: Store, mette: Staff, staff: Browser) -> None:
    """A place that becomes free is offered to the first; staff answer for who phones."""
    first = await phones_in(town, mette, "Inger", "V10")
    await signs_up(town, "Bo", 502, "V10")
    waits, last = (
        await phones_in(town, mette, "Karl", "V10"),
        await signs_up(town, "Ida", 504, "V10"),
    )
    shift = await next_shift(town, "V10")
    path = f"shifts/{shift.id}"
    queue = group(await staff.read(path), "Venteliste: 2")
    assert re.search(r"1\. Karl .* 2\. Ida", queue)
    asked = said(await (await staff.post(f"signups/{first.id}/cannot")).text())
    assert "Kan Inger ikke komme?" in asked
    assert (await signup(town, first.id)).state is SignupState.CONFIRMED
    await staff.post(f"signups/{first.id}/cannot", {"sure": "yes"})
    page = await staff.read(path)
    assert "Har fået tilbudt en plads indtil" in group(page, "Venteliste: 2")
    assert "Inger" in group(page, "Afmeldt: 1")
    await staff.post(f"signups/{waits.id}/take-offer")
    assert (await signup(town, waits.id)).state is SignupState.CONFIRMED
    await staff.post(f"signups/{last.id}/decline-offer", {"sure": "yes"})
    assert (await signup(town, last.id)).state is SignupState.CANCELLED
    await staff.post(f"signups/{last.id}/take-offer")
    assert "tilbud" in said(await staff.read(path))
    async with town.reading() as unit:
        actors = {event.actor for event in await unit.events.newest(5)}
    assert f"staff:{mette.id}" in actors


async def test_a_shift_is_added_changed_and_cancelled(town: Store, staff: Browser) -> None:
    """Staff choose whether a change asks the volunteers; a cancellation names who is told."""
    known = await opportunity(town, "V4")
    form = {"day": "2026-12-01", "at": "18:00", "takes": "90", "seats": "5"}
    await staff.post(f"opportunities/{known.id}/shifts/new", form)
    page = said(await staff.read(f"opportunities/{known.id}"))
    assert "tirsdag d. 1. december kl. 18 0 af 5 pladser" in page
    again = await staff.post(f"opportunities/{known.id}/shifts/new", form)
    assert again.status == 422
    one = await signs_up(town, "Samira", 501, "V4")
    shift = await next_shift(town, "V4")
    path = f"shifts/{shift.id}"
    assert "1 frivillig kommer. Spørg" in said(await staff.read(f"{path}/edit"))
    moved = {"day": "2026-11-26", "at": "18:00", "takes": "120", "version": "1"}
    quiet = {**moved, "places_da": "Salen"}
    assert (await staff.post(f"{path}/edit", quiet)).status == 303
    asked = {**moved, "at": "19:00", "asks": "yes", "version": "2"}
    assert (await staff.post(f"{path}/edit", asked)).status == 303
    assert (await staff.post(f"{path}/edit", asked)).status == 422
    async with town.reading() as unit:
        told = await unit.deliveries.of_subject(SIGNUP, one.id, 20)
    assert [each.occasion for each in told if each.occasion.startswith(MOVED)] == [f"{MOVED}:3"]
    page = said(await staff.read(f"{path}/cancel"))
    assert "1 person får besked med begrundelsen." in page
    assert (await staff.post(f"{path}/cancel", {"reason": ""})).status == 422
    assert (await staff.post(f"{path}/cancel", {"reason": "Underviseren er syg"})).status == 303
    page = said(await staff.read(path))
    assert "Aflyst" in page
    assert "Underviseren er syg" in page
    assert (await staff.get(f"{path}/edit")).status == 404
    async with town.reading() as unit:
        changed = await unit.shifts.get(shift.id)
    assert changed is not None
    assert changed.state is ShiftState.CANCELLED
    assert "Aflyst" in said(await staff.read(f"opportunities/{known.id}/shifts"))


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"day": ""}, "Skriv dagen og tidspunktet."),
        ({"day": "i morgen"}, "Skriv dagen og tidspunktet."),
        ({"day": "2026-11-01"}, "Det tidspunkt er passeret."),
        ({"takes": "0"}, "minutter"),
        ({"seats": "0"}, "mindst 1"),
    ],
)
async def test_a_refused_shift(
    town: Store, staff: Browser, changed: dict[str, str], why: str
) -> None:
    """A refused form says why, and keeps what was written."""
    known = await opportunity(town, "V4")
    form = {"day": "2026-12-01", "at": "18:00", "takes": "90", **changed}
    got = await staff.post(f"opportunities/{known.id}/shifts/new", form)
    assert got.status == 422
    assert why in said(await got.text())


async def test_somebody_who_phones_is_signed_up(town: Store, staff: Browser) -> None:
    """Staff enter a first name and phone, or choose a citizen; a refused one enters nobody."""
    shift = await next_shift(town, "V4")
    path = f"shifts/{shift.id}"
    person = await citizen(town, "Samira", 501)
    assert "Samira" in await staff.read(f"{path}/add?q=sam")
    chosen = {"participant": await participant_of(town, person)}
    asks = await staff.post(f"{path}/add", chosen)
    assert asks.status == 422
    assert "Spørg først personen" in said(await asks.text())
    await staff.post(f"{path}/add", {**chosen, "agreed": "yes"})
    async with town.reading() as unit:
        assert "volunteering" in await unit.consents.live(person)
    inger = {"first_name": "Inger", "phone": "12 34 56 78"}
    refused = await staff.post(f"{path}/enter", inger)
    assert "Sæt så kryds" in said(await refused.text())
    await staff.post(f"{path}/enter", {**inger, "agreed": "yes"})
    page = await staff.read(path)
    assert "Inger 12 34 56 78 · Tilmeldt pr. telefon" in group(page, "Kommer: 2")
    assert "Er tilmeldt" in said(await staff.read(f"{path}/add?q=sam"))
    refused = await staff.post(f"{path}/enter", {"first_name": "Karl", "phone": "12"})
    assert refused.status == 422
    assert 'value="Karl"' in await refused.text()
    await staff.post(f"opportunities/{shift.opportunity_id}/pause")
    refused = await staff.post(f"{path}/enter", {"first_name": "Bo", "phone": "12345678"})
    assert refused.status == 422
    async with town.reading() as unit:
        assert await unit.participants.search("Bo", 5) == []
    known = await opportunity(town, "V12")
    entered = {"first_name": "Karl", "phone": "12 34 56 78", "agreed": "yes"}
    refused = await staff.post(f"opportunities/{known.id}/enter", entered)
    assert "Inger har det nummer i forvejen." in said(await refused.text())
    await staff.post(f"opportunities/{known.id}/enter", {**entered, "is_another": "yes"})
    assert "Karl" in said(await staff.read(f"opportunities/{known.id}"))


async def test_a_deleted_participant_is_no_longer_expected(town: Store, staff: Browser) -> None:
    """Staff delete somebody who is not in the chat, and who no longer comes."""
    shift = await next_shift(town, "V4")
    inger = {"first_name": "Inger", "phone": "12 34 56 78", "agreed": "yes"}
    await staff.post(f"shifts/{shift.id}/enter", inger)
    async with town.reading() as unit:
        (entered,) = await unit.participants.by_phone("12345678")
        (one,) = await unit.signups.of_shift(shift.id, LIVE)
    await staff.post(f"participants/{entered.id}/end")
    async with town.reading() as unit:
        known = await unit.signups.get(one.id)
    assert known is not None
    assert known.state not in LIVE


async def test_attendance_in_bulk(
    town: Store, clock: TravelClock, mette: Staff, staff: Browser
) -> None:
    """Volunteers are marked in bulk after one question, and corrected one by one."""
    ones = [
        await signs_up(town, "Samira", 501, "V4"),
        await signs_up(town, "Bo", 502, "V4"),
        await phones_in(town, mette, "Inger", "V4"),
    ]
    shift = await next_shift(town, "V4")
    path = f"shifts/{shift.id}/attendance"
    clock.move_to(shift.ends_at + timedelta(hours=1))
    assert "Siger, at" not in await staff.read(path)
    there = {"id": [str(ones[0].id), str(ones[2].id)], "next": f"/console/{path}"}
    asked = said(await (await staff.post("signups/attended", there)).text())
    assert "Samira" in asked
    assert "Minutter, hvis det ikke var hele tiden" in asked
    await staff.post("signups/attended", {**there, "confirmed": "yes", "minutes": "90"})
    gone = {"id": str(ones[1].id), "next": f"/console/{path}", "confirmed": "yes"}
    await staff.post("signups/no-show", {**gone, "reason": "Kom ikke"})
    page = said(await staff.read(path))
    assert "Samira Var der" in page
    assert "1 t. 30 min." in page
    assert "Bo Kom ikke" in page
    await do(town, DisputeNoShow(await person_of(town, ones[1]), ones[1].id, "Jeg var der"))
    page = said(await staff.read(path))
    assert "Siger: Jeg var der Jeg var der" in page
    assert "En frivillig skriver: Jeg var der alligevel" in said(await staff.read("alerts"))
    refused = await staff.post(
        f"signups/{ones[1].id}/mark", {"state": "attended", "minutes": "99999"}
    )
    assert refused.status == 422
    assert "minutter" in said(await refused.text())
    for minutes in ("-5", "en time"):
        wrong = {"state": "attended", "minutes": minutes}
        assert (await staff.post(f"signups/{ones[1].id}/mark", wrong)).status == 422
    await staff.post(f"signups/{ones[1].id}/mark", {"state": "attended", "minutes": ""})
    corrected = await signup(town, ones[1].id)
    assert (corrected.state, corrected.minutes, corrected.disputed_at) == (
        SignupState.ATTENDED,
        120,
        None,
    )
    assert (await staff.post(f"signups/{ones[1].id}/mark", {"state": "x"})).status == 400


async def test_walk_ins(town: Store, clock: TravelClock, staff: Browser) -> None:
    """When the shift has begun, people without a sign-up are counted in, also by name alone."""
    shift = await next_shift(town, "V4")
    clock.move_to(shift.begins_at + timedelta(minutes=10))
    path = f"shifts/{shift.id}"
    assert "Tæl en med" in said(await staff.read(path))
    inger = {"first_name": "Inger", "phone": "12345678", "agreed": "yes"}
    await staff.post(f"{path}/enter", inger)
    person = await citizen(town, "Samira", 501)
    chosen = {"participant": await participant_of(town, person), "agreed": "yes"}
    await staff.post(f"{path}/add", chosen)
    async with town.reading() as unit:
        found = await unit.signups.of_shift(shift.id)
    assert [(one.state, one.source) for one in found] == [
        (SignupState.ATTENDED, Source.WALK_IN)
    ] * 2
    assert "Kom uden tilmelding" in group(await staff.read(path), "Hvem var der: 2")


async def test_the_code_is_shown_again(town: Store, clock: TravelClock, staff: Browser) -> None:
    """Every contact sees the same code on each device, until one of them replaces it."""
    one = await signs_up(town, "Samira", 501, "V4")
    shift = await next_shift(town, "V4")
    assert "Lav koden" in await staff.read(f"shifts/{shift.id}/code")
    await staff.post(f"shifts/{shift.id}/code")
    page = await staff.read(f"shifts/{shift.id}/code")
    found = re.search(rf"start={CHECK_IN_PAYLOAD}([a-z]{{8}})", page)
    assert found is not None
    code = found[1]
    assert '<svg class="drawing"' in page
    await staff.post(f"shifts/{shift.id}/code")
    assert code in await staff.read(f"shifts/{shift.id}/code")
    assert code not in await staff.read(f"shifts/{shift.id}")
    clock.move_to(shift.begins_at - timedelta(minutes=10))
    await do(town, CheckIn(await person_of(town, one), code))
    page = await staff.read(f"shifts/{shift.id}")
    assert "Er mødt" in group(page, "Kommer: 1")
    assert not re.search(r"signups/\d+/(coming|cannot)", page)
    await staff.post(f"shifts/{shift.id}/code", {"replaces": "yes"})
    assert code not in await staff.read(f"shifts/{shift.id}/code")


async def test_a_past_shift_shows_who_was_there(
    town: Store, clock: TravelClock, mette: Staff, staff: Browser
) -> None:
    """An empty list is left out; to note a checked-in person as absent needs a reason."""
    one = await signs_up(town, "Samira", 501, "V4")
    shift = await next_shift(town, "V4")
    code = await do(town, NewCode(by_staff(mette.id), shift.id))
    clock.move_to(shift.begins_at)
    await do(town, CheckIn(await person_of(town, one), code))
    clock.move_to(shift.ends_at)
    form = {"id": str(one.id), "next": f"/console/shifts/{shift.id}"}
    asked = said(await (await staff.post("signups/no-show", form)).text())
    assert "Samira: Er mødt" in asked
    await staff.post("signups/no-show", {**form, "confirmed": "yes"})
    assert "har meldt sig ind med koden" in said(await staff.read(f"shifts/{shift.id}"))
    assert (await signup(town, one.id)).state is SignupState.CHECKED_IN
    await staff.post("signups/no-show", {**form, "confirmed": "yes", "reason": "Gik igen"})
    page = await staff.read(f"shifts/{shift.id}")
    assert group(page, "Kommer") == ""
    assert "Samira" in group(page, "Hvem var der: 1")


async def test_the_phone_list(town: Store, mette: Staff, staff: Browser) -> None:
    """The list has first names, and phones only of those outside the chat or who gave one."""
    one = await signs_up(town, "Samira", 501, "V4")
    await signs_up(town, "Bo", 502, "V4")
    await phones_in(town, mette, "Inger", "V4")
    async with town.unit() as unit:
        await unit.profiles.save(one.participant_id, phone="22 22 22 22")
    shift = await next_shift(town, "V4")
    page = said(await staff.read(f"shifts/{shift.id}/phones"))
    assert "Bo Skriver i chatten" in page
    assert "Inger 12 34 56 78" in page
    assert "Samira 22 22 22 22" in page


async def test_a_message_to_those_who_come(
    town: Store, clock: TravelClock, mette: Staff, staff: Browser
) -> None:
    """The message is a reminder to those who come, sent at once, after the usual checks."""
    await signs_up(town, "Samira", 501, "V10")
    await phones_in(town, mette, "Inger", "V10")
    await signs_up(town, "Ida", 503, "V10")  # on the waiting list
    shift = await next_shift(town, "V10")
    path = f"shifts/{shift.id}/message"
    assert "Den går til 2 frivillige." in said(await staff.read(path))
    for text, why in (("", "på dansk"), ("Ring til 070761-4285", "CPR"), ("demens", "demens")):
        refused = await staff.post(path, {"text_da": text})
        assert refused.status == 422
        assert why in said(await refused.text())
    await staff.post(path, {"text_da": "Vi mødes ved den blå port."})
    async with town.unit() as unit:
        (reminder,) = await unit.reminders.shared(list(ReminderState), 1)
        await reminders.expand(unit, reminder.id)
        planned = await unit.deliveries.of_subject(REMINDER, reminder.id, 10)
    assert len(planned) == 2
    assert all(one.state is DeliveryState.PLANNED for one in planned)
    assert all(one.planned_at <= clock.now() for one in planned)
    assert all(one.not_after == shift.begins_at for one in planned)
    edit = await staff.read(f"reminders/{reminder.id}/edit")
    assert f'<option value="shift:{shift.id}" selected' in edit
    page = said(await staff.read(f"reminders/{reminder.id}"))
    assert "dem, der kommer til “Turvært på Klintstien” lørdag d. 5. december kl. 10" in page


async def test_files_for_leaders(town: Store, mette: Staff, browser: Browser) -> None:
    """Leaders take out the volunteers of a shift and the hours; each export is recorded."""
    one = await signs_up(town, "=1+1", 501, "V4")
    await phones_in(town, mette, "Inger", "V4")
    shift = await next_shift(town, "V4")
    lone = await browser.sign_in(await employ(town, Role.LEADER))
    for ending in ("csv", "xlsx"):
        body = await (await lone.get(f"shifts/{shift.id}/volunteers.{ending}")).read()
        table = read_table(body)
        assert [row["Navn"] for row in table] == ["=1+1", "Inger"]
        assert table[1]["Telefonnummer"] == "12 34 56 78"
    async with town.unit() as unit:
        await unit.signups.change(one.id, state=SignupState.ATTENDED, minutes=90)
    body = await (await lone.get(f"opportunities/{shift.opportunity_id}/hours.csv")).read()
    assert [(row["Navn"], row["Minutter"]) for row in read_table(body)] == [("=1+1", "90")]
    async with town.reading() as unit:
        verbs = [event.verb for event in await unit.events.newest(3)]
    assert verbs == ["signups_exported"] * 3
    async with browser.another() as other:
        await other.sign_in(mette)
        assert (await other.get(f"shifts/{shift.id}/volunteers.csv")).status == 403
        assert "volunteers.csv" not in await other.read(f"shifts/{shift.id}")


async def test_what_is_not_there(staff: Browser) -> None:
    """Addresses of nothing get a page that says so."""
    for path in ("shifts/999", "shifts/999/phones", "volunteers/999", "opportunities/999"):
        assert (await staff.get(path)).status == 404
    for path in ("signups/999/take", "signups/999/mark", "shifts/999/code"):
        assert (await staff.post(path)).status == 404
