"""Volunteers who tap at the same time, on both databases: no place is given twice, none lost."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Iterable
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

from signup_town import HOUR, VolunteerTown, at

from bot.engine.events import Refused
from bot.model.commands.volunteering import (
    AddOpportunity,
    AddShift,
    AgreeTime,
    CancelShift,
    ChangeShift,
    CheckIn,
    ConfirmRequest,
    EditOpportunity,
    EndOpportunity,
    ImportOpportunities,
    NewCode,
    PublishOpportunity,
    RejectRequest,
    ReopenRequest,
    SetGate,
    SignUp,
    Withdraw,
)
from bot.model.opportunity import Kind, ShiftState
from bot.model.signup import LIVE
from bot.store.engines import POOL_SIZE

FRIDAY = at(11, 27, 14)
TAPS, SEATS, STAFF = 500, 20, "staff:1"


class UnevenClock:
    """A clock of transactions that begin in another order than they get their turn."""

    def __init__(self, start: datetime) -> None:
        """Begin at *start*."""
        self.start, self.seconds = start, cycle(number * 37 % 60 for number in range(60))

    def now(self) -> datetime:
        """Return a time within a minute."""
        return self.start + timedelta(seconds=next(self.seconds))


async def together(*work: Awaitable[Any]) -> list[Any]:
    """Run transactions at once, as many as the pool has connections; return their results."""
    slots = asyncio.Semaphore(POOL_SIZE)

    async def run(one: Awaitable[Any]) -> Any:
        async with slots:
            return await one

    return list(await asyncio.gather(*map(run, work)))


def refused(outcomes: Iterable[Any]) -> int:
    """Return how many were refused."""
    return sum(isinstance(one, Refused) for one in outcomes)


async def test_500_taps_on_20_places(town: VolunteerTown) -> None:
    """20 are confirmed, and 480 have a place each in the queue; a double tap changes nothing."""
    crowd = [f"N{number}" for number in range(TAPS)]
    await town.add(*crowd)
    shift = await town.shift(FRIDAY, seats=SEATS)
    known = (await town.shift_of(shift)).opportunity_id
    names = (*crowd, *crowd[::50], *crowd[:10])
    taps = [town.do(SignUp(town.people[name], known, shift)) for name in names]
    town.store.clock = UnevenClock(town.now)
    outcomes = (await together(*taps))[:TAPS]
    town.store.clock = town.clock
    states = Counter(one["state"] for one in outcomes)
    assert states == {"confirmed": SEATS, "waitlisted": TAPS - SEATS}
    assert sorted(one["place"] for one in outcomes if "place" in one) == [
        *range(1, TAPS - SEATS + 1)
    ]
    async with town.store.unit() as unit:
        rows = await unit.signups.of_shift(shift)
        waiting = await unit.signups.waiting(shift)
    assert len({one.participant_id for one in rows}) == len(rows) == TAPS
    told = {one["signup"]: one["place"] for one in outcomes if "place" in one}
    assert [told[one.id] for one in waiting] == [*range(1, TAPS - SEATS + 1)]


async def test_the_same_person_taps_often(town: VolunteerTown) -> None:
    """Ten taps of one person, on two telephones, are one sign-up."""
    shift = await town.shift(FRIDAY, seats=2)
    outcomes = await together(*(town.sign_up("Ana", shift) for _ in range(10)))
    assert len({one["signup"] for one in outcomes}) == 1
    agreed = await town.opportunity(kind=Kind.AGREEMENT)
    asked = SignUp(town.people["Ana"], agreed)
    outcomes = await together(*(town.do(asked) for _ in range(10)))
    assert len({one["signup"] for one in outcomes}) == 1


async def test_one_freed_place_inside_twelve_hours(town: VolunteerTown) -> None:
    """Of 30 who tap at once, one takes it, and the others keep their places."""
    crowd = [f"N{number}" for number in range(30)]
    await town.add(*crowd)
    shift = await town.shift(at(11, 23, 20))
    await town.join(shift, "Ana", *crowd)
    await town.withdraw("Ana", shift)
    outcomes = await together(*(town.accept(name, shift) for name in crowd))
    assert refused(outcomes) == 29
    states = Counter((await town.states(shift)).values())
    assert states == {"cancelled_late": 1, "confirmed": 1, "waitlisted": 29}


async def test_many_stand_in_for_one(town: VolunteerTown) -> None:
    """Of four who take over at once, one comes."""
    await town.add("Emil", "Fia")
    shift = await town.shift(FRIDAY)
    await town.join(shift, "Ana", "Bo")
    await town.want_standin("Ana", shift)
    names = ("Bo", "Cem", "Dina", "Emil", "Fia")
    outcomes = await together(*(town.take_over(name, "Ana", shift) for name in names))
    assert refused(outcomes) == 4
    states = Counter((await town.states(shift)).values())
    assert (states["replaced"], states["confirmed"]) == (1, 1)


async def test_accepting_while_another_leaves(town: VolunteerTown) -> None:
    """An offer that is taken while two others leave and one declines leaves no place over."""
    for _round in range(5):
        shift = await town.shift(FRIDAY, seats=2)
        await town.join(shift, "Ana", "Bo", "Cem", "Dina")
        await town.withdraw("Ana", shift)
        await together(
            town.accept("Cem", shift),
            town.withdraw("Bo", shift),
            town.sign_up("Ana", shift),
            town.withdraw("Cem", shift),
        )
        states = Counter((await town.states(shift)).values())
        assert states["confirmed"] + states["offered"] == 2
        for name in ("Ana", "Cem", "Dina"):
            await town.withdraw(name, shift)


async def test_taking_over_while_the_volunteer_leaves(town: VolunteerTown) -> None:
    """Either the swap happens or the place is free; never both."""
    for _round in range(5):
        shift = await town.shift(FRIDAY)
        await town.join(shift, "Ana", "Bo")
        await town.want_standin("Ana", shift)
        await together(town.take_over("Cem", "Ana", shift), town.withdraw("Ana", shift))
        states = await town.states(shift)
        swapped = {"Ana": "replaced", "Bo": "waitlisted", "Cem": "confirmed"}
        assert states in (swapped, {"Ana": "cancelled", "Bo": "offered"})
        for name in states:
            await town.withdraw(name, shift)


async def test_signing_up_while_it_is_cancelled(town: VolunteerTown) -> None:
    """Who signed up before is told, and the others are refused: the audit finds none between."""
    crowd = [f"N{number}" for number in range(20)]
    await town.add(*crowd)
    for end in (False, True):
        shift = await town.shift(FRIDAY, seats=5)
        known = (await town.shift_of(shift)).opportunity_id
        stop = CancelShift(town.staff_id, shift, "Storm")
        outcomes = await together(
            *(town.sign_up(name, shift) for name in crowd[:10]),
            town.do(EndOpportunity(town.staff_id, known, "Storm") if end else stop),
            *(town.sign_up(name, shift) for name in crowd[10:]),
        )
        states = Counter((await town.states(shift)).values())
        assert states["cancelled_by_org"] == sum(states.values()) == 20 - refused(outcomes)


async def test_signing_up_while_the_rule_changes(town: VolunteerTown) -> None:
    """A shift is replaced, or it keeps the volunteer who just signed up."""
    rule = {"unit": "week", "weekdays": [2], "starts_on": "2026-11-25", "at": "15:00"}
    known = await town.opportunity(rule={"recurrence": rule})
    for version in range(1, 6):
        async with town.store.unit() as unit:
            shift = (await unit.shifts.of([known]))[-1]
        new = {"recurrence": {**rule, "at": f"1{version}:30"}}
        edit = EditOpportunity(town.staff_id, known, version, {"rule": new})
        tap = SignUp(town.people["Ana"], known, shift.id)
        signed_up, _edited = await together(town.do(tap), town.do(edit))
        if not isinstance(signed_up, Refused):
            assert await town.states(shift.id) == {"Ana": "confirmed"}
            await town.withdraw("Ana", shift.id)


async def test_signing_up_while_the_gate_opens(town: VolunteerTown) -> None:
    """A sign-up does not wait for a gate that opened at the same time."""
    for number, name in enumerate(("Ana", "Bo", "Cem", "Dina")):
        shift = await town.shift(FRIDAY + number * 3 * HOUR, gates=["children"])
        gate = SetGate(town.staff_id, town.participants[name], "children", "open")
        await together(town.sign_up(name, shift), town.do(gate))
        assert await town.states(shift) == {name: "confirmed"}


async def test_two_accept_the_last_place_by_agreement(town: VolunteerTown) -> None:
    """Of four requests that staff accept at once, one has the place."""
    add = {"titles": {"da": "Cykeltur"}, "texts": {"da": "Du cykler."}, "kind": Kind.AGREEMENT}
    fields = {**add, "takes": 60, "seats": 1, "insurance": "own"}
    known = await town.do(AddOpportunity(town.staff_id, fields))
    await town.do(PublishOpportunity(town.staff_id, known))
    owns = [await town.do(SignUp(town.people[name], known)) for name in town.people]
    accept = [ConfirmRequest(town.staff_id, one["signup"]) for one in owns]
    assert refused(await together(*(town.do(one) for one in accept))) == 3


async def test_a_time_is_agreed_while_the_volunteer_leaves(town: VolunteerTown) -> None:
    """A time that staff note at the same moment is refused, or it ends with the others."""
    known = await town.opportunity(kind=Kind.AGREEMENT)
    for day in range(5):
        own = (await town.do(SignUp(town.people["Ana"], known)))["signup"]
        await town.do(ConfirmRequest(town.staff_id, own))
        times = [FRIDAY + timedelta(days=day, hours=hour) for hour in range(3)]
        noted = [AgreeTime(town.staff_id, own, one, 60) for one in times]
        leave = Withdraw(town.people["Ana"], own)
        await together(*(town.do(one) for one in (*noted[:1], leave, *noted[1:])))
        async with town.store.unit() as unit:
            assert await unit.signups.live_of_person(town.participants["Ana"]) == []


async def test_an_edit_while_shifts_change(town: VolunteerTown) -> None:
    """An edit or the end of an opportunity and a change of its shift wait for each other."""
    for hours in range(4):
        begins = FRIDAY + hours * HOUR
        shift = await town.shift(begins, seats=None)
        known = (await town.shift_of(shift)).opportunity_id
        later = begins + HOUR
        done = await together(
            town.do(
                ChangeShift(town.staff_id, shift, 1, later, later + HOUR, None, None, asks=False)
            ),
            town.do(EditOpportunity(town.staff_id, known, 1, {"seats": 5})),
            town.do(NewCode(f"staff:{town.staff_id}", shift)),
        )
        assert not refused(done)
        await together(
            town.do(CancelShift(town.staff_id, shift, "Storm")),
            town.do(EndOpportunity(town.staff_id, known, "Slut")),
        )
        assert (await town.shift_of(shift)).state is ShiftState.CANCELLED


async def test_a_date_is_added_while_the_task_ends(town: VolunteerTown) -> None:
    """The new date is cancelled with the others, or it is refused."""
    for _round in range(5):
        known = await town.opportunity()
        add = AddShift(town.staff_id, known, FRIDAY, FRIDAY + HOUR, 1)
        await together(town.do(add), town.do(EndOpportunity(town.staff_id, known, "Slut")))
        async with town.store.reading() as unit:
            assert await unit.shifts.of([known]) == []


async def test_people_check_in_while_the_places_change(town: VolunteerTown) -> None:
    """Who is counted at the door waits for no edit of the task."""
    crowd = [f"N{number}" for number in range(5)]
    await town.add(*crowd)
    shift = await town.shift(town.now + HOUR, seats=9)
    known = (await town.shift_of(shift)).opportunity_id
    code = await town.do(NewCode(STAFF, shift))
    outcomes = await together(
        *(town.do(CheckIn(town.people[name], code, unnamed=True)) for name in crowd),
        town.do(EditOpportunity(town.staff_id, known, 1, {"seats": 7})),
    )
    assert refused(outcomes) == 0
    assert (await town.shift_of(shift)).unnamed == len(crowd)


async def test_an_import_while_people_sign_up(town: VolunteerTown) -> None:
    """A table that changes the places and people who take some are all done."""
    crowd = [f"N{number}" for number in range(6)]
    await town.add(*crowd)
    when = {"when": "hver onsdag kl. 15-16", "takes": "", "insurance": "municipality"}
    row = {"code": "C1", "title_da": "Strandrens", "text_da": "Vi samler", "kind": "shifts", **when}
    for seats in ("50", "40", "30"):
        rows = ImportOpportunities(town.staff_id, [{**row, "seats": seats}], publishes=True)
        if seats == "50":
            await town.do(rows)
            continue
        async with town.store.reading() as unit:
            known = await unit.opportunities.of_code("C1")
            assert known is not None
            shift = (await unit.shifts.of([known.id]))[-1 if seats == "40" else -2].id
        outcomes = await together(
            *(town.sign_up(name, shift) for name in crowd[:3]),
            town.do(rows),
            *(town.sign_up(name, shift) for name in crowd[3:]),
        )
        assert refused(outcomes) == 0
        assert set((await town.states(shift)).values()) == {"confirmed"}


async def test_a_volunteer_leaves_while_the_task_ends(town: VolunteerTown) -> None:
    """An agreement and its times end once, by the volunteer or by staff."""
    for _round in range(5):
        known = await town.opportunity(kind=Kind.AGREEMENT)
        own = (await town.do(SignUp(town.people["Ana"], known)))["signup"]
        await town.do(ConfirmRequest(town.staff_id, own))
        await town.do(AgreeTime(town.staff_id, own, FRIDAY, 60))
        leave = Withdraw(town.people["Ana"], own)
        await together(town.do(leave), town.do(EndOpportunity(town.staff_id, known, "Slut")))
        async with town.store.reading() as unit:
            assert await unit.signups.live_of_person(town.participants["Ana"]) == []


async def test_a_request_is_reopened_while_the_person_asks_again(town: VolunteerTown) -> None:
    """The person has one live request, whichever comes first."""
    for _round in range(5):
        known = await town.opportunity(kind=Kind.AGREEMENT)
        own = (await town.do(SignUp(town.people["Ana"], known)))["signup"]
        await town.do(RejectRequest(town.staff_id, own, "Vi har nok."))
        await together(
            town.do(ReopenRequest(town.staff_id, own)), town.do(SignUp(town.people["Ana"], known))
        )
        async with town.store.reading() as unit:
            assert len(await unit.signups.of_opportunity(known, LIVE)) == 1
