"""What follows when staff move a shift, change the rule, or end what people wait for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from signup_town import DAY, HOUR, VolunteerTown, at, refusal

from bot.model.audience import EVERYONE, Is, to_json
from bot.model.commands.volunteering import (
    AddInvitation,
    AddShift,
    AgreeTime,
    CancelShift,
    ChangeShift,
    ConfirmRequest,
    EditOpportunity,
    EndOpportunity,
    RejectRequest,
    ReopenRequest,
    SignUp,
)
from bot.model.opportunity import Kind, Shift, ShiftState
from bot.store.open_opportunities import OpenOpportunities

MINUTE = timedelta(minutes=1)
WEDNESDAYS = {"unit": "week", "weekdays": [2], "starts_on": "2026-11-25", "at": "15:00"}
THURSDAYS = {**WEDNESDAYS, "weekdays": [3], "starts_on": "2026-11-26"}


async def move(town: VolunteerTown, shift_id: int, by: timedelta) -> Any:
    """Move a shift as staff, and ask the volunteers about it."""
    known = await town.shift_of(shift_id)
    times = (known.begins_at + by, known.ends_at + by)
    change = ChangeShift(
        town.staff_id, shift_id, known.version, *times, known.seats, known.places, asks=True
    )
    return await town.do(change)


async def coming(town: VolunteerTown, opportunity_id: int) -> list[Shift]:
    """Return the coming shifts of an opportunity."""
    async with town.store.reading() as unit:
        return await unit.shifts.of([opportunity_id], after=town.now)


async def edit(town: VolunteerTown, opportunity_id: int, **fields: Any) -> Any:
    """Edit an opportunity as staff."""
    version = (await town.opportunity_of(opportunity_id)).version
    return await town.do(EditOpportunity(town.staff_id, opportunity_id, version, fields))


async def by_agreement(town: VolunteerTown, name: str) -> tuple[int, int]:
    """Let a citizen ask to help by agreement; return the opportunity and the request."""
    known = await town.opportunity(kind=Kind.AGREEMENT, takes=60)
    asked = await town.do(SignUp(town.people[name], known))
    return known, asked["signup"]


# -- offers ---------------------------------------------------------------------


async def test_a_place_before_a_night_goes_to_all(town: VolunteerTown) -> None:
    """No person holds a place to the beginning: all are told, and the first takes it."""
    shift = await town.shift(at(11, 25, 9))
    await town.join(shift, "Ana", "Bo", "Cem", "Dina")
    await town.until(at(11, 24, 20, 50))
    await town.withdraw("Ana", shift)
    await town.until(at(11, 25, 8))
    assert [town.got(name)[-1] for name in ("Bo", "Cem", "Dina")] == ["free"] * 3
    await town.accept("Dina", shift)
    assert "faster" in refusal(await town.accept("Bo", shift))
    assert (await town.states(shift))["Dina"] == "confirmed"


async def test_a_place_that_is_free_for_all_stays_so(town: VolunteerTown) -> None:
    """What all were told in the evening can be taken in the night, and by who joins then."""
    shift = await town.shift(at(11, 25, 12, 30))
    await town.join(shift, "Ana", "Bo", "Cem")
    await town.until(at(11, 24, 20, 30))
    await town.withdraw("Ana", shift)
    await town.until(at(11, 24, 23, 50))
    assert await town.states(shift) == {
        "Ana": "cancelled_late",
        "Bo": "waitlisted",
        "Cem": "waitlisted",
    }
    await town.join(shift, "Dina")
    assert list(await town.planned("Dina")) == ["free:joined"]
    await town.accept("Cem", shift)
    assert (await town.states(shift))["Cem"] == "confirmed"


async def test_own_quiet_hours_do_not_hold_a_place_to_the_end(town: VolunteerTown) -> None:
    """The offer to a person with long quiet hours ends an hour before the shift at the latest."""
    await town.add("Emil", quiet_from=17 * 60, quiet_until=11 * 60)
    shift = await town.shift(at(11, 25, 15))
    await town.join(shift, "Ana", "Emil", "Cem")
    await town.until(at(11, 24, 16))
    await town.withdraw("Ana", shift)
    assert (await town.signups(shift))["Emil"].offered_until == at(11, 25, 14)
    await town.until(at(11, 25, 14))
    assert town.got("Cem")[-1] == "free"


async def test_an_offer_of_a_shift_that_is_moved_near(town: VolunteerTown) -> None:
    """The person keeps a place in the queue, and the place goes to the whole list."""
    shift = await town.shift(at(11, 28, 14))
    await town.join(shift, "Ana", "Bo", "Cem")
    await town.withdraw("Ana", shift)
    await town.passes(HOUR)
    assert await move(town, shift, at(11, 23, 20) - at(11, 28, 14)) == 2
    assert await town.states(shift) == {"Ana": "cancelled", "Bo": "waitlisted", "Cem": "waitlisted"}
    await town.passes(MINUTE)
    assert (town.got("Bo")[-2:], town.got("Cem")) == (["changed", "free"], ["changed", "free"])
    await town.accept("Bo", shift)
    assert (await town.states(shift))["Bo"] == "confirmed"


# -- requests -------------------------------------------------------------------


async def test_a_request_of_a_shift_that_is_moved_earlier(town: VolunteerTown) -> None:
    """The date of the answer moves before the shift, and the request ends when that begins."""
    shift = await town.shift(town.now + 10 * DAY, approves=True)
    await town.join(shift, "Ana")
    begins_at = town.now + DAY
    await move(town, shift, -9 * DAY)
    due = (await town.signups(shift))["Ana"].due_at
    assert due is not None
    assert due < begins_at
    await town.until(begins_at)
    assert await town.states(shift) == {"Ana": "not_needed"}
    await town.passes(MINUTE)
    assert town.got("Ana") == ["changed", "unanswered"]


@pytest.mark.parametrize("late", [timedelta(), HOUR])
async def test_a_no_just_before_the_shift_is_told(town: VolunteerTown, late: timedelta) -> None:
    """It is read before the shift; where the bot stood still meanwhile, it is read after it."""
    begins_at = town.now + HOUR
    shift = await town.shift(begins_at, approves=True)
    await town.join(shift, "Ana")
    await town.until(begins_at - 9 * MINUTE)
    own = (await town.signups(shift))["Ana"].id
    await town.do(RejectRequest(town.staff_id, own, "Vi har nok."))
    if late:
        town.clock.move_to(begins_at + late)
    await town.until(begins_at + late)
    assert town.got("Ana") == ["rejected"]


async def test_a_request_of_an_ended_task_is_not_reopened(town: VolunteerTown) -> None:
    """What has ended takes no requests, also none that staff turned down before."""
    known, own = await by_agreement(town, "Ana")
    await town.do(RejectRequest(town.staff_id, own, "Vi har nok."))
    await town.do(EndOpportunity(town.staff_id, known, "Slut"))
    assert "too late" in refusal(await town.do(ReopenRequest(town.staff_id, own)))
    assert await town.states(None, known) == {"Ana": "rejected"}


# -- agreed times ---------------------------------------------------------------


async def test_an_agreed_time_is_for_one_volunteer(town: VolunteerTown) -> None:
    """It cannot become public with another kind; others are not invited and cannot join."""
    known, own = await by_agreement(town, "Ana")
    await town.do(ConfirmRequest(town.staff_id, own))
    time = await town.do(AgreeTime(town.staff_id, own, town.now + 2 * DAY, 60))
    assert (await edit(town, known, kind="shifts")).field == "kind"
    async with town.store.reading() as unit:
        (shown,) = await OpenOpportunities(unit).some(5, 3)
        shift_id = (await unit.signups.get(time)).shift_id  # type: ignore[union-attr]
    assert shown.coming == ()
    assert "cannot sign up" in refusal(await town.do(SignUp(town.people["Bo"], known, shift_id)))
    audience = to_json(Is(EVERYONE))
    asked = AddInvitation(town.staff_id, known, shift_id, {"da": "Kom med."}, audience, 1)
    assert (await town.do(asked)).field == "place"


async def test_a_published_task_with_shifts_keeps_its_kind(town: VolunteerTown) -> None:
    """The volunteers of its shifts are not lost to a task by agreement; a draft may change."""
    shift = await town.shift(at(11, 27, 14))
    await town.join(shift, "Ana")
    known = (await town.shift_of(shift)).opportunity_id
    assert (await edit(town, known, kind="agreement")).field == "kind"
    draft = await town.opportunity(publishes=False)
    assert await edit(town, draft, kind="agreement") == 2


# -- the rule -------------------------------------------------------------------


async def test_a_day_that_the_rule_left_is_gone_until_it_is_back(town: VolunteerTown) -> None:
    """A day on which a volunteer had cancelled is not open any more, and opens with its rule."""
    known = await town.opportunity(rule={"recurrence": WEDNESDAYS}, seats=5)
    wednesday = (await coming(town, known))[0].id
    await town.do(SignUp(town.people["Ana"], known, wednesday))
    await town.withdraw("Ana", wednesday)
    await edit(town, known, rule={"recurrence": THURSDAYS})
    assert {one.begins_at.weekday() for one in await coming(town, known)} == {3}
    assert "too late" in refusal(await town.sign_up("Bo", wednesday))
    await edit(town, known, rule={"recurrence": {**WEDNESDAYS, "at": "16:00"}})
    again = await town.shift_of(wednesday)
    assert (again.state, again.begins_at) == (ShiftState.PLANNED, at(11, 25, 16))
    assert (await town.sign_up("Bo", wednesday))["state"] == "confirmed"
    assert [one.id for one in await coming(town, known)].count(wednesday) == 1


async def test_a_day_that_staff_cancelled_stays_cancelled(town: VolunteerTown) -> None:
    """A new rule does not open what people were told is cancelled."""
    known = await town.opportunity(rule={"recurrence": WEDNESDAYS}, seats=5)
    wednesday = (await coming(town, known))[0].id
    await town.do(CancelShift(town.staff_id, wednesday, "Storm"))
    await edit(town, known, takes=60)
    assert (await town.shift_of(wednesday)).state is ShiftState.CANCELLED


async def test_an_invited_day_is_kept_by_a_new_rule(town: VolunteerTown) -> None:
    """An open invitation keeps its shift, its time and its timer."""
    known = await town.opportunity(rule={"recurrence": WEDNESDAYS}, seats=5)
    wednesday = (await coming(town, known))[0]
    texts, audience = {"da": "Kom med."}, to_json(Is(EVERYONE))
    ask = AddInvitation(town.staff_id, known, wednesday.id, texts, audience, 3)
    invitation = await town.do(ask)
    await edit(town, known, rule={"recurrence": THURSDAYS})
    assert await town.shift_of(wednesday.id) == wednesday
    async with town.store.reading() as unit:
        kept = await unit.volunteer_invitations.get(invitation)
    assert kept is not None
    assert kept.shift_id == wednesday.id
    await town.is_sound()


async def test_an_ended_task_gets_no_shift(town: VolunteerTown) -> None:
    """Staff cannot plan a date for a task that has ended."""
    known = await town.opportunity()
    await town.do(EndOpportunity(town.staff_id, known, "Slut"))
    begins = at(11, 27, 14)
    added = AddShift(town.staff_id, known, begins, begins + HOUR, 1)
    assert "no such shift" in refusal(await town.do(added))
