"""Open opportunities with places and dates, on each database."""

from __future__ import annotations

from datetime import timedelta

from bot.model.opportunity import Kind, Opportunity, OpportunityState, Shift, ShiftState
from bot.model.signup import Signup, SignupState
from bot.service.content import employ
from bot.store.open_opportunities import OpenOpportunities
from bot.store.store import Store
from bot.store.unit import Unit
from bot.testing import klintsund

OPEN, PAUSED = OpportunityState.OPEN, OpportunityState.PAUSED


async def add(unit: Unit, title: str, state: OpportunityState = OPEN, **fields: object) -> int:
    """Insert an opportunity."""
    values = {"kind": Kind.SHIFTS, "seats": 2, "published_at": unit.now, **fields}
    texts = {"da": title}
    new = Opportunity(0, title, texts, texts, takes=60, state=state, **values)  # type: ignore[arg-type]  # by name
    return await unit.opportunities.add(new)


async def plan(unit: Unit, opportunity_id: int, *hours: int) -> list[Shift]:
    """Insert shifts that begin in some hours."""
    begins = [(hour, unit.now + timedelta(hours=hour)) for hour in hours]
    new = [Shift(0, opportunity_id, f"{hour}", at, at + timedelta(hours=1)) for hour, at in begins]
    return await unit.shifts.plan(new)


async def sign_up(unit: Unit, opportunity_id: int, shift: int | None, state: SignupState) -> None:
    """Insert a sign-up of somebody new."""
    who = await unit.participants.add("Fatma", "70000000", 1)
    await unit.signups.add(Signup(0, opportunity_id, shift, who, state))


async def test_places_dates_and_contacts(store: Store) -> None:
    """Held places are counted, the next shifts are chosen, and the contact is staff."""
    async with store.unit() as unit:
        await employ(klintsund(), unit)
        first, second = await add(unit, "Læs"), await add(unit, "Cykel", kind=Kind.AGREEMENT)
        await add(unit, "Kladde", OpportunityState.DRAFT)
        await add(unit, "Pause", PAUSED)
        citizen = await unit.participants.add("Oksana", "70000000", 1)
        await unit.opportunities.set_contacts(first, [2], [citizen])
        shifts = await plan(unit, first, -1, 1, 2, 3, 4)
        await unit.shifts.change(shifts[2].id, state=ShiftState.CANCELLED)
        await unit.opportunities.change(first, closes_before=90)
        for state in (*(SignupState.CONFIRMED, SignupState.OFFERED), SignupState.WAITLISTED):
            await sign_up(unit, first, shifts[1].id, state)
        await sign_up(unit, first, shifts[3].id, SignupState.CANCELLED)
        await sign_up(unit, second, None, SignupState.CONFIRMED)
    async with store.reading() as unit:
        reader = OpenOpportunities(unit)
        found = await reader.some(10, 2)
        staff = await unit.staff.get(2)
        assert [one.opportunity.id for one in found] == [first, second]
        assert staff is not None
        assert [one.contact for one in found] == [staff.first_name, ""]
        dates = [(one.shift.id, one.left, one.is_closed) for one in found[0].coming]
        assert dates == [(shifts[1].id, 0, True), (shifts[3].id, 2, False)]
        assert (found[1].left, found[1].coming) == (1, ())
        assert await reader.some(10, 2, only=second) == [found[1]]
        assert [one.opportunity.id for one in await reader.some(1, 2)] == [first]


async def test_dates_of_a_calendar(store: Store) -> None:
    """Coming shifts of open opportunities, and cancelled ones of those that were open."""
    async with store.unit() as unit:
        await employ(klintsund(), unit)
        first = await add(unit, "Læs")
        ended = await add(unit, "Slut", OpportunityState.ENDED)
        paused = await add(unit, "Pause", PAUSED)
        never = await add(unit, "Kladde", OpportunityState.ENDED, published_at=None)
        for one in (ended, never):
            (shift,) = await plan(unit, one, 5)
            await unit.shifts.change(shift.id, state=ShiftState.CANCELLED)
        await plan(unit, paused, 3)
        await plan(unit, first, 6, -2, 2)
    async with store.reading() as unit:
        found = await OpenOpportunities(unit).dates(10)
        assert [(of.title, shift.occasion) for shift, of in found] == [
            *(("Læs", "2"), ("Slut", "5"), ("Læs", "6")),
        ]
        assert len(await OpenOpportunities(unit).dates(1)) == 1
