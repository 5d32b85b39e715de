"""The page of a volunteer, certificates, and the tasks about them: each shown to who needs it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from case_files import opened, say
from console_browser import Browser, employ
from volunteer_town import (
    citizen,
    do,
    next_shift,
    open_all,
    participant_of,
    phones_in,
    said,
    signs_up,
    signup,
)

from bot.clock import TravelClock
from bot.model.case import MessageKind
from bot.model.commands.volunteering import (
    BecomeVolunteer,
    CancelShift,
    DisputeNoShow,
    MarkAttendance,
    SaveProfile,
)
from bot.model.delivery import DeliveryState
from bot.model.opportunity import Gate
from bot.model.profile import GateState
from bot.model.signup import SIGNUP, SignupState
from bot.model.staff import May, Role, Staff
from bot.service.volunteering import gates
from bot.store.events import by_staff
from bot.store.store import Store
from bot.testing import klintsund

PREFIX = klintsund().number_prefix


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


@pytest.fixture
async def named(town: Store) -> Staff:
    """Add Vibe to the staff, who may handle certificates by name."""
    return await employ(town, username="vibe", first_name="Vibe", granted=(str(May.HANDLE_GATES),))


async def test_a_volunteer(town: Store, clock: TravelClock, mette: Staff, staff: Browser) -> None:
    """The page has sign-ups with hours, no-shows with objections, the profile and messages."""
    one = await signs_up(town, "Samira", 501, "V4")
    async with town.reading() as unit:
        found = await unit.participants.get(one.participant_id)
    assert found is not None
    person = found.person_id
    assert person is not None
    fields = {"interests": ["culture"], "times": ["3-evening"], "languages": ["ar"]}
    await do(town, BecomeVolunteer(person, over_15=True))
    await do(town, SaveProfile(person, **fields))
    shift = await next_shift(town, "V4")
    clock.move_to(shift.ends_at + timedelta(hours=1))
    await do(town, MarkAttendance(by_staff(mette.id), one.id, "no_show"))
    await do(town, DisputeNoShow(person, one.id, "Jeg sad bagest"))
    path = f"volunteers/{one.participant_id}"
    page = said(await staff.read(path))
    assert "Sprogcafé på biblioteket , i dag kl. 17" in page
    assert "Kom ikke Siger: Jeg var der Jeg sad bagest" in page
    assert "Kultur og fritid" in page
    assert "torsdag aften" in page
    assert "العربية" in page
    assert "Spørgsmål: Kommer du?" in page
    await staff.post(f"signups/{one.id}/mark", {"state": "attended", "minutes": "75"})
    page = said(await staff.read(path))
    assert "1 gang · 1 t. 15 min." in page
    assert "Som frivillig" in said(await staff.read(f"participants/{one.participant_id}"))
    assert "Spørgsmål: Kommer du?" in said(await staff.read(f"{path}/messages"))


async def test_the_log_of_contacts(town: Store, mette: Staff, staff: Browser) -> None:
    """Calls and messages in cases are in the log, but no word of a case, and no internal note."""
    one = await signs_up(town, "Samira", 501, "V4")
    async with town.unit() as unit:
        found = await unit.participants.get(one.participant_id)
        assert found is not None
        case = await opened(unit, found.person_id)
        await say(unit, case, "Jeg er ked af det", MessageKind.ASKED)
        await say(unit, case, "Vi har talt om det", MessageKind.CALL)
        await say(unit, case, "Pas på", MessageKind.NOTE)
        told = await unit.deliveries.of_subject(SIGNUP, one.id, 9)
        rung = {"state": DeliveryState.PHONED, "sent_at": unit.now}
        await unit.deliveries.change(told[0], **rung)
    page = said(await staff.read(f"volunteers/{one.participant_id}"))
    assert f"Opkald {PREFIX}-{case.number}" in page
    assert f"Skrev {PREFIX}-{case.number}" in page
    assert "På telefon" in page
    for words in ("ked af det", "talt om det", "Pas på", "Note"):
        assert words not in page.split("I sager")[1].split("Genveje")[0]
    assert mette.id


async def test_who_blocked_the_bot_is_rung(town: Store, mette: Staff, staff: Browser) -> None:
    """A volunteer who blocked the bot is marked, and a message becomes a task to ring."""
    one = await signs_up(town, "Samira", 501, "V4")
    async with town.unit() as unit:
        found = await unit.participants.get(one.participant_id)
        assert found is not None
        assert found.person_id is not None
        await unit.people.reach(found.person_id, reachable=False)
        await unit.profiles.save(one.participant_id, phone="22 22 22 22")
    shift = await next_shift(town, "V4")
    assert "Kan ikke nås" in said(await staff.read(f"shifts/{shift.id}"))
    page = said(await staff.read(f"volunteers/{one.participant_id}"))
    assert "Skal have beskeder pr. telefon. Se “Gøremål”." in page
    await do(town, CancelShift(mette.id, shift.id, "Underviseren er syg"))
    async with town.unit() as unit:
        (told,) = await unit.deliveries.of_subject(SIGNUP, one.id, 1)
        assert told.state is DeliveryState.PLANNED
        await unit.tasks.add("phone", f"delivery:{told.id}", None)
    page = said(await staff.read("tasks"))
    assert "Ring til Samira Samira · 22 22 22 22" in page
    assert "Det er aflyst: Sprogcafé på biblioteket" in page
    assert "Underviseren er syg" in page


async def test_certificates_are_set_by_named_staff(
    town: Store, browser: Browser, named: Staff, mette: Staff
) -> None:
    """The queue has what is to be ordered; in order, the request becomes a place."""
    one = await signs_up(town, "Samira", 501, "V1")
    await browser.sign_in(named)
    page = said(await browser.read("gates"))
    assert "Samira Mangler Børneattest" in page
    task = said(await browser.read("tasks"))
    assert "Bestil eller godkend en attest" in task
    assert "Samira vil gerne hjælpe" in task
    path = f"gates/{one.participant_id}/set"
    form = {"gate": "children", "back": "gates"}
    assert (await browser.post(path, {**form, "state": "ordered"})).status == 303
    assert "Samira vil gerne hjælpe" not in said(await browser.read("tasks"))
    page = said(await browser.read("gates"))
    assert "Sat af Vibe" in page
    assert "Venter på:" in said(await browser.read(f"opportunities/{one.opportunity_id}"))
    asked = said(await (await browser.post(path, {**form, "state": "open"})).text())
    assert "Samira: Børneattest er i orden?" in asked
    assert "Læseven" in asked
    assert (await signup(town, one.id)).state is SignupState.REQUESTED
    await browser.post(path, {**form, "state": "open", "sure": "yes"})
    assert (await signup(town, one.id)).state is SignupState.CONFIRMED
    assert "Ingen attest venter." in said(await browser.read("gates"))
    for wrong in ({"gate": "x", "state": "open"}, {"gate": "children", "state": "x"}):
        assert (await browser.post(path, wrong)).status == 400
    assert mette.id != named.id


async def test_a_certificate_is_checked_again(
    town: Store, clock: TravelClock, browser: Browser, named: Staff
) -> None:
    """A year later the certificate is in the queue again, and stays in order by one button."""
    inger = await participant_of(town, await citizen(town, "Inger", 501))
    await browser.sign_in(named)
    path = f"gates/{inger}/set"
    form = {"gate": "children", "state": "open", "back": "volunteer", "sure": "yes"}
    assert (await browser.post(path, form)).headers["Location"].endswith(f"volunteers/{inger}")
    clock.advance(timedelta(days=366))
    async with town.unit() as unit:
        await gates.recheck(unit, inger)
    assert "Tjek en attest igen" in said(await browser.read("tasks"))
    assert "Inger I orden Skal tjekkes igen" in said(await browser.read("gates"))
    await browser.post(path, form)
    assert "Ingen attest venter." in said(await browser.read("gates"))
    assert "Tjek en attest igen" not in said(await browser.read("tasks"))
    async with town.reading() as unit:
        check = (await unit.profiles.gates(inger))[Gate.CHILDREN]
    assert check.state is GateState.OPEN
    assert check.recheck_on is not None
    assert check.recheck_on > clock.now().date()


@pytest.mark.parametrize("role", [Role.STAFF, Role.LEADER, Role.ADMIN])
async def test_others_see_no_certificate(
    town: Store, browser: Browser, mette: Staff, role: Role
) -> None:
    """Staff without the permission read what is not in order at a request, and no more."""
    one = await signs_up(town, "Samira", 501, "V1")
    async with town.unit() as unit:
        await unit.profiles.set_gate(one.participant_id, Gate.CHILDREN, state=GateState.ORDERED)
    await browser.sign_in(await employ(town, role, username="other", first_name="Otto"))
    assert (await browser.get("gates")).status == 403
    refused = await browser.post(f"gates/{one.participant_id}/set", {"gate": "children"})
    assert refused.status == 403
    assert "enkelte medarbejdere" in said(await refused.text())
    shift = await next_shift(town, "V1")
    for path in (
        f"volunteers/{one.participant_id}",
        f"opportunities/{one.opportunity_id}",
        f"shifts/{shift.id}",
    ):
        page = said(await browser.read(path))
        assert "Bestilt" not in page, path
        assert ("Venter på:" in page) is not path.startswith("volunteers"), path
        assert not re.search(r"signups/\d+/confirm", await browser.read(path)), path
    page = await browser.read("tasks")
    assert "Ingen har lov til at bestille attester" in page
    assert ('href="/console/staff"' in page.partition("<main")[2]) is (role is Role.ADMIN)
    assert "Samira" not in page
    assert "Med de valgte rækker" not in page
    assert not re.search(r"tasks/\d+/done", page)
    assert mette.may(May.VOLUNTEERING)


async def test_a_refusal_is_asked_about_and_taken_back(
    town: Store, browser: Browser, named: Staff, mette: Staff
) -> None:
    """One tap ends nothing; the page names person and task, and says how to take it back."""
    one = await signs_up(town, "Samira", 501, "V1")
    other = await signs_up(town, "Karl", 502, "V1")
    await browser.sign_in(named)
    path = f"gates/{one.participant_id}/set"
    form = {"gate": "children", "state": "refused", "back": "gates"}
    asked = said(await (await browser.post(path, form)).text())
    assert "Samira: Børneattest er ikke i orden?" in asked
    assert "Læseven" in asked
    assert (await signup(town, one.id)).state is SignupState.REQUESTED
    await browser.post(path, {**form, "sure": "yes"})
    assert (await signup(town, one.id)).state is SignupState.REJECTED
    assert "På den frivilliges side kan du fortryde det." in said(await browser.read("gates"))
    back = {**form, "back": "volunteer", "state": "wanted"}
    assert "Skal bestilles igen" in said(await browser.read(f"volunteers/{one.participant_id}"))
    await browser.post(path, back)
    assert (await signup(town, one.id)).state is SignupState.REQUESTED
    assert mette.id != named.id
    order = said(await browser.read("gates"))
    await browser.post(f"gates/{other.participant_id}/set", {**form, "state": "ordered"})
    assert order.index("Samira") < order.index("Karl")
    order = said(await browser.read("gates"))
    assert order.index("Samira") < order.index("Karl")


async def test_others_read_who_handles_certificates(
    town: Store, browser: Browser, named: Staff, mette: Staff
) -> None:
    """Instead of rows that they cannot open, others read how many wait, and for whom."""
    one = await signs_up(town, "Samira", 501, "V1")
    await browser.sign_in(mette)
    page = said(await browser.read("tasks"))
    assert "1 attest venter. Vibe kan bestille og godkende dem." in page
    assert "Samira" not in page
    page = said(await browser.read(f"opportunities/{one.opportunity_id}"))
    assert "Venter på: Børneattest Vibe kan bestille og godkende dem." in page
    assert named.id != mette.id


async def test_the_permission_is_given_by_name(town: Store, browser: Browser) -> None:
    """An administrator gives and takes the permission; it holds from the next request."""
    mette = await employ(town)
    await browser.sign_in(await employ(town, Role.ADMIN))
    assert "Frivilliges attester" in await browser.read(f"staff/{mette.id}")
    form = {"first_name": "Mette", "unit": "Borgerservice", "role": "staff"}
    async with browser.another() as other:
        await other.sign_in(mette)
        assert (await other.get("gates")).status == 403
        await browser.post(f"staff/{mette.id}", {**form, "granted": ["handle_gates", "override"]})
        assert (await other.get("gates")).status == 200
        assert "Attester" in said(await other.read("tasks"))
        async with town.reading() as unit:
            found = await unit.staff.get(mette.id)
        assert found is not None
        assert found.granted == ("handle_gates",)
        await browser.post(f"staff/{mette.id}", form)
        assert (await other.get("gates")).status == 403
    none = replace(mette, role=Role.NONE, granted=("handle_gates",))
    assert not none.may(May.HANDLE_GATES)


async def test_practical_needs_are_shown(town: Store, mette: Staff, staff: Browser) -> None:
    """What a volunteer needs is shown where staff plan the shift."""
    one = await phones_in(town, mette, "Inger", "V4")
    async with town.unit() as unit:
        await unit.signups.change(one.id, needs={"diet": "Ingen nødder"})
    page = said(await staff.read(f"shifts/{one.shift_id}"))
    assert "Ingen nødder" in page
    assert "Ingen nødder" in said(await staff.read(f"shifts/{one.shift_id}/phones"))
