"""A request has a name and a date, and a gate decides the sign-ups that waited for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from signup_town import DAY, HOUR, VolunteerTown, at, refusal

from bot.clock import TravelClock
from bot.model.commands.staff import DisableStaff
from bot.model.commands.volunteering import (
    AgreeToGate,
    ConfirmRequest,
    EditOpportunity,
    NoteContact,
    RejectRequest,
    ReopenRequest,
    SayComing,
    SetGate,
    SignUp,
    TakeRequest,
)
from bot.model.opportunity import Gate, Kind
from bot.model.profile import GateState
from bot.model.staff import May, Role, Staff
from bot.service.volunteering import gates
from bot.service.volunteering.waiting import waiting_for
from bot.store.events import by_staff
from bot.store.open_opportunities import OpenOpportunities

ADMIN = Staff(0, "lone", "Lone", "service", Role.ADMIN, "da")
FRIDAY = at(11, 27, 14)
ORDERED, OPEN, REFUSED = GateState.ORDERED, GateState.OPEN, GateState.REFUSED


async def ask(town: VolunteerTown, name: str, opportunity_id: int) -> dict[str, Any]:
    """Let a citizen offer their help by agreement."""
    done: dict[str, Any] = await town.do(SignUp(town.people[name], opportunity_id))
    return done


async def set_gate(town: VolunteerTown, name: str, gate: Gate, state: GateState) -> Any:
    """Set a gate as staff."""
    return await town.do(SetGate(town.staff_id, town.participants[name], gate, state))


# -- requests -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (at(11, 30, 8, 30), at(12, 2, 16)),  # a Monday morning
        (at(12, 27, 12), at(12, 29, 16)),  # a Sunday after Christmas
        (at(12, 30, 12), at(1, 5, 16, year=2027)),  # 31 December is a closed day
    ],
)
async def test_a_request_has_a_name_and_a_date(
    town: VolunteerTown, clock: TravelClock, now: Any, due: Any
) -> None:
    """It is answered within two working days; after them its owner is alarmed, once."""
    clock.move_to(now)
    known = await town.opportunity(kind=Kind.AGREEMENT)
    told = await ask(town, "Ana", known)
    assert (told["state"], told["contact"]) == ("requested", "Mette")
    assert told["due"] == {"day": f"{due:%Y-%m-%d}"}
    assert await town.alerts() == ["volunteer_asks"]
    await town.until(due - timedelta(minutes=1))
    assert await town.alerts() == ["volunteer_asks"]
    await town.until(due + 9 * DAY)
    assert await town.alerts() == ["volunteer_asks", "request_late"]


async def test_an_answer_ends_the_alarm(town: VolunteerTown) -> None:
    """A confirmed and a rejected request are no longer late; the person reads the reason."""
    known = await town.opportunity(kind=Kind.AGREEMENT)
    ana, bo = await ask(town, "Ana", known), await ask(town, "Bo", known)
    assert (await ask(town, "Ana", known))["signup"] == ana["signup"]
    await town.do(TakeRequest(town.staff_id, bo["signup"]))
    await town.do(ConfirmRequest(town.staff_id, ana["signup"]))
    await town.do(NoteContact(town.staff_id, ana["signup"]))
    assert "Write why" in refusal(await town.do(RejectRequest(town.staff_id, bo["signup"], "")))
    await town.do(RejectRequest(town.staff_id, bo["signup"], "Vi har nok."))
    over = await town.do(ConfirmRequest(town.staff_id, bo["signup"]))
    assert "no such request" in refusal(over)
    await town.passes(7 * DAY)
    assert await town.alerts() == ["volunteer_asks", "volunteer_asks"]
    assert (town.got("Ana"), town.got("Bo")) == (["confirmed"], ["rejected"])
    assert (await town.signups(None, known))["Bo"].reason == "Vi har nok."


async def test_by_agreement_there_are_places_too(town: VolunteerTown) -> None:
    """Staff cannot accept more people than there are places, until they add one."""
    known = await town.opportunity(kind=Kind.AGREEMENT, seats=1)
    ana, bo = await ask(town, "Ana", known), await ask(town, "Bo", known)
    await town.do(ConfirmRequest(town.staff_id, ana["signup"]))
    full = await town.do(ConfirmRequest(town.staff_id, bo["signup"]))
    assert "All places are taken" in refusal(full)
    await town.do(EditOpportunity(town.staff_id, known, 1, {"seats": 2}))
    await town.do(ConfirmRequest(town.staff_id, bo["signup"]))
    assert await town.states(None, known) == {"Ana": "confirmed", "Bo": "confirmed"}
    few = await town.do(EditOpportunity(town.staff_id, known, 2, {"seats": 1}))
    assert "have a place" in refusal(few)


async def test_a_request_for_a_shift_is_answered_before_it(town: VolunteerTown) -> None:
    """For a shift tomorrow the date is earlier; without an answer the request ends with it."""
    shift = await town.shift(at(11, 24, 14), approves=True)
    told = await town.sign_up("Ana", shift)
    assert told["due"] == {"day": "2026-11-23"}
    assert (await town.signups(shift))["Ana"].due_at == at(11, 23, 16)
    await town.until(at(11, 23, 16) - timedelta(minutes=1))
    assert await town.alerts() == ["volunteer_asks"]
    await town.until(at(11, 24, 14))
    assert await town.alerts() == ["volunteer_asks", "request_late"]
    assert await town.states(shift) == {"Ana": "not_needed"}
    await town.passes(timedelta(minutes=1))
    assert town.got("Ana") == ["unanswered"]


async def test_an_accepted_request_waits_behind_those_who_asked_before(
    town: VolunteerTown,
) -> None:
    """Without a free place the person joins the queue, by the time of the request."""
    shift = await town.shift(FRIDAY, approves=True)
    known = (await town.shift_of(shift)).opportunity_id
    owns = {}
    for name in ("Ana", "Bo", "Cem"):
        owns[name] = (await town.sign_up(name, shift))["signup"]
        await town.passes(HOUR)
    for name in ("Ana", "Cem", "Bo"):
        assert isinstance(await town.do(ConfirmRequest(town.staff_id, owns[name])), str)
    assert known
    assert await town.states(shift) == {"Ana": "confirmed", "Bo": "waitlisted", "Cem": "waitlisted"}
    await town.withdraw("Ana", shift)
    assert (await town.states(shift))["Bo"] == "offered"


# -- gates --------------------------------------------------------------------


async def test_a_gate_opens(town: VolunteerTown) -> None:
    """Until the gate is open there is no place; then the first who asked has it."""
    shift = await town.shift(FRIDAY, gates=["children"])
    for name in ("Ana", "Bo"):
        assert (await town.sign_up(name, shift))["state"] == "requested"
        await town.passes(HOUR)
    assert await town.tasks("gate") == 2
    own = (await town.signups(shift))["Ana"].id
    wrong = refusal(await town.do(ConfirmRequest(town.staff_id, own)))
    assert "not in order yet" in wrong
    await set_gate(town, "Bo", Gate.CHILDREN, ORDERED)
    assert (await town.states(shift))["Bo"] == "requested"
    await set_gate(town, "Bo", Gate.CHILDREN, OPEN)
    await set_gate(town, "Ana", Gate.CHILDREN, OPEN)
    assert await town.states(shift) == {"Ana": "waitlisted", "Bo": "confirmed"}
    await town.passes(timedelta(minutes=1))
    assert (town.got("Ana"), town.got("Bo")) == (["waitlisted"], ["confirmed"])
    other = await town.shift(FRIDAY + DAY, gates=["children"])
    assert (await town.sign_up("Ana", other))["state"] == "confirmed"


async def test_two_gates(town: VolunteerTown) -> None:
    """Both must be open; only the acknowledgement is given in the chat, and not over staff."""
    shift = await town.shift(FRIDAY, gates=["confidentiality", "course"])
    await town.sign_up("Ana", shift)
    ana = town.people["Ana"]
    assert "Only staff" in refusal(await town.do(AgreeToGate(ana, Gate.COURSE)))
    await town.do(AgreeToGate(ana, Gate.CONFIDENTIALITY))
    assert (await town.states(shift))["Ana"] == "requested"
    await set_gate(town, "Ana", Gate.COURSE, OPEN)
    assert (await town.states(shift))["Ana"] == "confirmed"
    await set_gate(town, "Ana", Gate.CONFIDENTIALITY, REFUSED)
    assert "Only staff" in refusal(await town.do(AgreeToGate(ana, Gate.CONFIDENTIALITY)))


async def test_staff_approve_after_the_gate(town: VolunteerTown) -> None:
    """Where staff approve each sign-up, an open gate alone confirms nobody."""
    shift = await town.shift(FRIDAY, gates=["course"], approves=True)
    await town.sign_up("Ana", shift)
    await set_gate(town, "Ana", Gate.COURSE, OPEN)
    assert (await town.states(shift))["Ana"] == "requested"


async def test_a_refused_gate(town: VolunteerTown) -> None:
    """Coming sign-ups end without a reason, their places go on, and past ones stay."""
    past = await town.shift(at(11, 24, 14), gates=["children"])
    coming = await town.shift(FRIDAY, gates=["children"])
    asked = await town.shift(FRIDAY + DAY, gates=["children"], approves=True)
    for name in ("Ana", "Bo"):
        await set_gate(town, name, Gate.CHILDREN, OPEN)
    await town.join(past, "Ana")
    await town.join(coming, "Ana", "Bo")
    await town.join(asked, "Ana")
    await town.until(at(11, 24, 15))
    await set_gate(town, "Ana", Gate.CHILDREN, REFUSED)
    assert await town.states(past) == {"Ana": "confirmed"}
    assert await town.states(coming) == {"Ana": "cancelled_by_org", "Bo": "offered"}
    assert await town.states(asked) == {"Ana": "rejected"}
    assert (await town.signups(coming))["Ana"].reason is None
    await town.passes(timedelta(minutes=9))
    assert town.got("Ana").count("rejected") == 0  # a slip can be taken back unread
    await town.passes(timedelta(minutes=2))
    assert town.got("Ana").count("rejected") == 2


async def test_a_refused_gate_is_taken_back(town: VolunteerTown) -> None:
    """Within ten minutes nothing is read; later the person reads that it is open once more."""
    asked = await town.shift(FRIDAY, gates=["children"])
    other = await town.shift(FRIDAY + DAY, gates=["children"], approves=True)
    await town.join(asked, "Ana")
    await town.join(other, "Ana")
    await set_gate(town, "Ana", Gate.CHILDREN, REFUSED)
    await set_gate(town, "Ana", Gate.CHILDREN, OPEN)
    await town.passes(HOUR)
    assert town.got("Ana") == ["confirmed"]
    assert await town.states(other) == {"Ana": "requested"}
    await set_gate(town, "Ana", Gate.CHILDREN, REFUSED)
    await town.passes(HOUR)
    assert town.got("Ana").count("rejected") == 2
    await set_gate(town, "Ana", Gate.CHILDREN, GateState.WANTED)
    await town.passes(HOUR)
    assert town.got("Ana").count("reopened") == 2
    assert await town.states(asked) == {"Ana": "requested"}
    await set_gate(town, "Ana", Gate.CHILDREN, REFUSED)
    await town.passes(HOUR)
    assert town.got("Ana").count("rejected") == 4


async def test_a_volunteer_who_comes_after_all_is_asked_and_thanked(town: VolunteerTown) -> None:
    """A refusal that is taken back brings back the question, the note and the thanks, once."""
    await set_gate(town, "Ana", Gate.CHILDREN, OPEN)
    shift = await town.shift(FRIDAY + 7 * DAY, gates=["children"])
    await town.join(shift, "Ana")
    before = await town.planned("Ana")
    await set_gate(town, "Ana", Gate.CHILDREN, REFUSED)
    await town.passes(timedelta(minutes=3))
    await set_gate(town, "Ana", Gate.CHILDREN, OPEN)
    after = await town.planned("Ana")
    assert {name: after[name] for name in before} == before
    await town.until(FRIDAY + 8 * DAY)
    assert town.got("Ana") == ["confirmed", "ask", "note", "thanks"]


async def test_a_turned_down_request_is_taken_back(town: VolunteerTown) -> None:
    """Staff take a refusal back until the shift begins, unless the person has signed up again."""
    shift = await town.shift(FRIDAY, seats=5, approves=True)
    own = (await town.sign_up("Ana", shift))["signup"]
    reopen = ReopenRequest(town.staff_id, own)
    assert "no such request" in refusal(await town.do(reopen))
    await town.do(RejectRequest(town.staff_id, own, "Vi har nok."))
    assert await town.do(reopen) == own
    await town.passes(HOUR)
    assert town.got("Ana") == []
    await town.do(RejectRequest(town.staff_id, own, "Vi har nok."))
    await town.passes(HOUR)
    assert await town.do(reopen) == own
    await town.passes(HOUR)
    assert town.got("Ana") == ["rejected", "reopened"]
    await town.do(RejectRequest(town.staff_id, own, "Vi har nok."))
    await town.sign_up("Ana", shift)
    assert "too late" in refusal(await town.do(reopen))


async def test_an_ordered_gate_is_told_once(town: VolunteerTown) -> None:
    """The person is told by one message, however many requests wait for it."""
    for number in (0, 1):
        shift = await town.shift(FRIDAY + number * DAY, gates=["children"])
        await town.join(shift, "Ana")
    await set_gate(town, "Ana", Gate.CHILDREN, ORDERED)
    await town.passes(HOUR)
    assert town.got("Ana") == ["ordered"]


async def test_a_request_that_waits_for_a_gate_has_a_later_date(town: VolunteerTown) -> None:
    """No one can answer before the certificate, so the date is when it usually is there."""
    known = await town.opportunity(kind=Kind.AGREEMENT, gates=["children"])
    told = await ask(town, "Ana", known)
    assert told["due"] == {"day": "2026-12-04"}
    await town.until(at(12, 3, 12))
    assert await town.alerts() == ["volunteer_asks"]
    await set_gate(town, "Ana", Gate.CHILDREN, OPEN)
    assert await town.alerts() == ["volunteer_asks", "request_ready"]


async def test_administrators_hear_that_no_one_handles_gates(town: VolunteerTown) -> None:
    """The alert comes once for a task; with a member of the staff for it, there is none."""
    async with town.store.unit() as unit:
        admin = await unit.staff.add(ADMIN)
    shift = await town.shift(FRIDAY, seats=5, gates=["children"])
    await town.join(shift, "Ana", "Bo")
    async with town.store.unit() as unit:
        assert await gates.are_without_staff(unit)
        assert [one.kind for one in await unit.alerts.newest(admin, 9)] == ["gates_without_staff"]
        await unit.staff.add(replace(ADMIN, username="vibe", granted=(May.HANDLE_GATES,)))
        assert not await gates.are_without_staff(unit)


async def test_the_yearly_check(town: VolunteerTown) -> None:
    """Each certificate is looked at a year later; until then, and meanwhile, it is open."""
    await set_gate(town, "Ana", Gate.CHILDREN, OPEN)
    await town.passes(100 * DAY)
    await set_gate(town, "Ana", Gate.CRIMINAL_RECORD, OPEN)
    await town.passes(264 * DAY)
    assert await town.tasks("recheck") == 0
    await town.passes(2 * DAY)
    assert await town.tasks("recheck") == 1
    await set_gate(town, "Ana", Gate.CHILDREN, OPEN)  # looked at again
    await town.passes(100 * DAY)
    assert await town.tasks("recheck") == 2
    await town.passes(270 * DAY)
    assert await town.tasks("recheck") == 3
    async with town.store.unit() as unit:
        checks = await unit.profiles.gates(town.participants["Ana"])
    assert {one.state for one in checks.values()} == {OPEN}


async def test_a_state_that_does_not_follow(town: VolunteerTown) -> None:
    """A gate in order is not ordered again, and the same state twice changes nothing."""
    await set_gate(town, "Ana", Gate.COURSE, OPEN)
    assert "follow" in refusal(await set_gate(town, "Ana", Gate.COURSE, ORDERED))
    assert isinstance(await set_gate(town, "Ana", Gate.COURSE, OPEN), int)


async def test_a_gate_is_added_to_a_task(town: VolunteerTown) -> None:
    """Those who wait ask again, places stay, what is missing is ordered, a refused one ends."""
    await set_gate(town, "Cem", Gate.CHILDREN, REFUSED)
    shift = await town.shift(FRIDAY, seats=2)
    await town.join(shift, "Ana", "Cem", "Bo", "Dina")
    await set_gate(town, "Dina", Gate.CHILDREN, OPEN)
    known = await town.opportunity_of((await town.shift_of(shift)).opportunity_id)
    edit = EditOpportunity(town.staff_id, known.id, known.version, {"gates": ["children"]})
    await town.do(edit)
    states = {"Ana": "confirmed", "Bo": "requested", "Cem": "cancelled_by_org", "Dina": "offered"}
    assert await town.states(shift) == states
    async with town.store.unit() as unit:
        for name in ("Ana", "Bo"):
            checks = await unit.profiles.gates(town.participants[name])
            assert checks[Gate.CHILDREN].state is GateState.WANTED
    await town.passes(HOUR)
    assert (town.got("Ana")[-1], town.got("Bo")[-1]) == ("needs", "needs")
    await set_gate(town, "Bo", Gate.CHILDREN, OPEN)
    assert (await town.states(shift))["Bo"] == "waitlisted"
    await town.decline("Dina", shift)
    assert (await town.states(shift))["Bo"] == "offered"
    await set_gate(town, "Bo", Gate.CHILDREN, GateState.WANTED)
    assert "do not have it yet" in refusal(await town.accept("Bo", shift))
    await set_gate(town, "Bo", Gate.CHILDREN, OPEN)
    await town.accept("Bo", shift)
    assert (await town.states(shift))["Bo"] == "confirmed"


async def test_a_standin_needs_the_gate(town: VolunteerTown) -> None:
    """Only a person whose gates are open takes over."""
    shift = await town.shift(FRIDAY, gates=["children"])
    for name in ("Ana", "Bo"):
        await set_gate(town, name, Gate.CHILDREN, OPEN)
    await town.join(shift, "Ana")
    await town.want_standin("Ana", shift)
    assert "certificate" in refusal(await town.take_over("Cem", "Ana", shift))
    assert "signup" in await town.take_over("Bo", "Ana", shift)


async def test_a_contact_who_has_left_hands_over(town: VolunteerTown) -> None:
    """The next contact gets the requests of an account that is disabled, and the new ones."""
    async with town.store.unit() as unit:
        lone = await unit.staff.add(ADMIN)
    known = await town.opportunity(kind=Kind.AGREEMENT, staff_contacts=[town.staff_id, lone])
    ana = await ask(town, "Ana", known)
    assert ana["contact"] == "Mette"
    await town.do(DisableStaff(by_staff(lone), town.staff_id))
    assert (await ask(town, "Bo", known))["contact"] == "Lone"
    async with town.store.reading() as unit:
        waiting = await waiting_for(unit, lone)
        assert {one.signup.participant_id for one in waiting} == {
            town.participants["Ana"],
            town.participants["Bo"],
        }
        (shown,) = await OpenOpportunities(unit).some(5, 3)
        assert shown.contact == "Lone"


async def test_what_happens_again_is_told_again(town: VolunteerTown) -> None:
    """A stand-in is looked for twice: contacts and the waiting list hear of it each time."""
    shift = await town.shift(FRIDAY)
    await town.join(shift, "Ana", "Bo")
    await town.want_standin("Ana", shift)
    own = (await town.signups(shift))["Ana"].id
    await town.passes(HOUR)
    await town.do(SayComing(town.people["Ana"], own))
    assert await town.states(shift) == {"Ana": "confirmed", "Bo": "waitlisted"}
    async with town.store.reading() as unit:
        assert not await unit.alerts.unseen(town.staff_id)
    await town.passes(HOUR)
    await town.want_standin("Ana", shift)
    await town.passes(timedelta(minutes=1))
    assert town.got("Bo").count("standin") == 2
    async with town.store.reading() as unit:
        assert await unit.alerts.unseen(town.staff_id) == 1
