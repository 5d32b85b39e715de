"""A volunteer is asked once, gets the practical note, and is told of changes and the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from signup_town import DAY, HOUR, VolunteerTown, at, refusal

from bot.model.audience import EVERYONE, Is, to_json
from bot.model.commands.volunteering import (
    AddInvitation,
    AddShift,
    CancelShift,
    ChangeShift,
    EditOpportunity,
    EndOpportunity,
    PauseOpportunity,
    PublishOpportunity,
    SayComing,
    SignUp,
)
from bot.model.opportunity import Kind

FRIDAY = at(11, 27, 14)
MINUTE = timedelta(minutes=1)
WEEKLY = {"recurrence": {"unit": "week", "weekdays": [2], "starts_on": "2026-11-25", "at": "15:00"}}


async def change(town: VolunteerTown, shift_id: int, *, asks: bool = True, **fields: Any) -> Any:
    """Change some fields of a shift as staff."""
    known = replace(await town.shift_of(shift_id), **fields)
    return await town.do(
        ChangeShift(
            town.staff_id,
            shift_id,
            known.version,
            known.begins_at,
            known.ends_at,
            known.seats,
            known.places,
            asks=asks,
        )
    )


async def edit(town: VolunteerTown, opportunity_id: int, **fields: Any) -> Any:
    """Change some fields of an opportunity as staff."""
    known = await town.opportunity_of(opportunity_id)
    return await town.do(EditOpportunity(town.staff_id, known.id, known.version, fields))


async def days(town: VolunteerTown, opportunity_id: int) -> list[str]:
    """Return the days of the planned shifts."""
    async with town.store.unit() as unit:
        return [one.occasion for one in await unit.shifts.of([opportunity_id])]


# -- the chain ----------------------------------------------------------------


async def test_question_note_and_thanks(town: VolunteerTown) -> None:
    """The question is two days before, the note three hours before, the thanks an hour after."""
    shift = await town.shift(FRIDAY)
    await town.join(shift, "Ana")
    assert await town.planned("Ana") == {
        "ask": at(11, 25, 14),
        "note": at(11, 27, 11),
        "thanks": at(11, 27, 17),
    }
    await town.until(FRIDAY + DAY)
    assert town.got("Ana") == ["ask", "note", "thanks"]


async def test_who_joins_late_gets_the_note_at_once(town: VolunteerTown) -> None:
    """After the question nobody is asked: the volunteer has just said yes."""
    shift = await town.shift(FRIDAY, seats=2)
    await town.until(FRIDAY - 30 * HOUR)
    await town.join(shift, "Ana")
    assert set(await town.planned("Ana")) == {"note", "thanks"}
    assert (await town.signups(shift))["Ana"].says_coming_at == town.now
    await town.until(FRIDAY - HOUR)
    await town.join(shift, "Bo")
    await town.passes(MINUTE)
    assert (town.got("Ana"), town.got("Bo")) == (["note"], ["note"])


async def test_who_cancelled_gets_nothing(town: VolunteerTown) -> None:
    """After leaving, no message about the shift is sent."""
    shift = await town.shift(FRIDAY)
    await town.join(shift, "Ana")
    await town.until(FRIDAY - 47 * HOUR)
    await town.withdraw("Ana", shift)
    await town.until(FRIDAY + DAY)
    assert town.got("Ana") == ["ask"]


async def test_a_shift_early_in_the_morning(town: VolunteerTown) -> None:
    """The note for 8:30 on a Monday is sent on Saturday: Sunday is quiet."""
    shift = await town.shift(at(11, 30, 8, 30))
    await town.join(shift, "Ana")
    assert await town.planned("Ana") == {
        "ask": at(11, 28, 8, 30),
        "note": at(11, 28, 19),
        "thanks": at(11, 30, 11, 30),
    }


async def test_between_christmas_and_new_year(town: VolunteerTown) -> None:
    """For a shift on Sunday 27 December, the question and the note keep clear of the holidays."""
    shift = await town.shift(at(12, 27, 14))
    await town.join(shift, "Ana")
    assert await town.planned("Ana") == {
        "ask": at(12, 22, 16),
        "note": at(12, 23, 19),
        "thanks": at(12, 28, 8),
    }
    await town.until(at(12, 27, 15))
    assert town.got("Ana") == ["ask", "note"]


# -- changes ------------------------------------------------------------------


async def test_a_new_time_is_asked_about_once(town: VolunteerTown) -> None:
    """Those who come are asked whether it still suits, and the chain follows the new time."""
    shift = await town.shift(FRIDAY, seats=2)
    await town.join(shift, "Ana", "Bo")
    await town.do(SayComing(town.people["Ana"], (await town.signups(shift))["Ana"].id))
    await change(town, shift, begins_at=FRIDAY + DAY, ends_at=FRIDAY + DAY + 2 * HOUR)
    assert (await town.signups(shift))["Ana"].says_coming_at is None
    await town.passes(MINUTE)
    assert (town.got("Ana"), town.got("Bo")) == (["moved"], ["moved"])
    assert await town.planned("Ana") == {
        "ask:2": at(11, 26, 14),
        "note:2": at(11, 28, 11),
        "thanks:2": at(11, 28, 17),
    }
    await change(town, shift, places={"da": "Havnen"})
    await town.passes(MINUTE)
    assert town.got("Ana") == ["moved", "moved"]
    await town.until(FRIDAY + 3 * DAY)
    assert town.got("Ana") == ["moved", "moved", "ask", "note", "thanks"]


async def test_a_new_end_is_a_new_time(town: VolunteerTown) -> None:
    """Volunteers are asked about a shift that ends later, too."""
    shift = await town.shift(FRIDAY)
    await town.join(shift, "Ana")
    await change(town, shift, ends_at=FRIDAY + 5 * HOUR)
    await town.passes(MINUTE)
    assert town.got("Ana") == ["moved"]


async def test_a_correction_tells_nobody(town: VolunteerTown) -> None:
    """A typo in the place, a time or the places is corrected in silence, also after the note."""
    shift = await town.shift(FRIDAY)
    await town.join(shift, "Ana")
    await town.until(FRIDAY - 2 * HOUR)
    assert town.got("Ana") == ["ask", "note"]
    await change(town, shift, seats=3)
    await change(town, shift, asks=False, places={"da": "Havnen"})
    await change(town, shift, asks=False, begins_at=FRIDAY + timedelta(minutes=30))
    await town.until(FRIDAY + DAY)
    assert town.got("Ana") == ["ask", "note", "thanks"]


async def test_an_offer_on_its_way_survives_a_change(town: VolunteerTown) -> None:
    """An offer that waits for the morning is sent, though the shift was changed at night."""
    shift = await town.shift(FRIDAY)
    await town.join(shift, "Ana", "Bo")
    await town.until(at(11, 23, 22))
    await town.withdraw("Ana", shift)
    await change(town, shift, places={"da": "Havnen"})
    await town.until(at(11, 24, 9))
    assert town.got("Bo") == ["offer"]


async def test_more_and_fewer_places(town: VolunteerTown) -> None:
    """More places go to the queue; fewer than those that are held are refused."""
    shift = await town.shift(FRIDAY)
    await town.join(shift, "Ana", "Bo", "Cem")
    await change(town, shift, seats=2)
    assert (await town.states(shift))["Bo"] == "offered"
    assert "2 have" in refusal(await change(town, shift, seats=1)).format(held=2)
    assert (await town.shift_of(shift)).seats == 2
    await change(town, shift, seats=None)
    assert (await town.states(shift))["Cem"] == "offered"


async def test_the_places_of_the_opportunity(town: VolunteerTown) -> None:
    """More places of the opportunity reach the queue of its shift; too few are refused."""
    known = await town.opportunity(seats=1)
    shift = await town.do(AddShift(town.staff_id, known, FRIDAY, FRIDAY + HOUR))
    assert await town.join(shift, "Ana", "Bo") == ["confirmed", "waitlisted"]
    await edit(town, known, seats=2)
    assert (await town.states(shift))["Bo"] == "offered"
    assert "have a place" in refusal(await edit(town, known, seats=1))
    assert "have a place" in refusal(await edit(town, known, seats=1, takes=60))
    await change(town, shift, seats=5)
    await edit(town, known, seats=1)
    assert "have a place" in refusal(await change(town, shift, seats=None))


async def test_two_who_change_a_shift(town: VolunteerTown) -> None:
    """The second one is told; a shift that has begun is not moved."""
    shift = await town.shift(FRIDAY)
    known = await town.shift_of(shift)
    await change(town, shift, seats=4)
    stale = ChangeShift(
        town.staff_id, shift, known.version, known.begins_at, known.ends_at, 5, None
    )
    assert "meanwhile" in refusal(await town.do(stale))
    await town.until(FRIDAY)
    later = {"begins_at": FRIDAY + DAY, "ends_at": FRIDAY + DAY + HOUR}
    assert "begun" in refusal(await change(town, shift, **later))


# -- the end ------------------------------------------------------------------


async def test_a_cancelled_shift_tells_everyone(town: VolunteerTown) -> None:
    """All who have a place, wait or were asked read the reason, and get nothing more."""
    shift = await town.shift(FRIDAY, seats=2)
    await town.join(shift, "Ana", "Bo", "Cem", "Dina")
    await town.withdraw("Bo", shift)
    assert "reason" in refusal(await town.do(CancelShift(town.staff_id, shift, " ")))
    await town.do(CancelShift(town.staff_id, shift, "Storm"))
    newest = await town.signups(shift)
    assert {one: newest[one].state.value for one in newest} == {
        "Ana": "cancelled_by_org",
        "Bo": "cancelled",
        "Cem": "cancelled_by_org",
        "Dina": "cancelled_by_org",
    }
    assert newest["Ana"].reason == "Storm"
    await town.until(FRIDAY + DAY)
    assert sorted(town.sent) == [(name, "cancelled") for name in ("Ana", "Cem", "Dina")]
    assert "too late" in refusal(await town.sign_up("Bo", shift))
    over = await town.do(CancelShift(town.staff_id, shift, "Storm"))
    assert "no such shift" in refusal(over)


async def test_the_end_of_an_opportunity(town: VolunteerTown) -> None:
    """Its coming shifts and its requests end; a shift that is over stays as it is."""
    shift = await town.shift(FRIDAY)
    known = (await town.shift_of(shift)).opportunity_id
    await town.join(shift, "Ana")
    agreed = await town.opportunity(kind=Kind.AGREEMENT)
    await town.do(SignUp(town.people["Bo"], agreed))
    await town.until(FRIDAY + HOUR)
    coming = AddShift(town.staff_id, known, FRIDAY + DAY, FRIDAY + DAY + HOUR, 1)
    second = await town.do(coming)
    await town.join(second, "Ana")
    assert "reason" in refusal(await town.do(EndOpportunity(town.staff_id, known, "")))
    await town.do(EndOpportunity(town.staff_id, known, "Færdig"))
    await town.do(EndOpportunity(town.staff_id, agreed, "Færdig"))
    assert await town.states(shift) == {"Ana": "confirmed"}
    assert await town.states(second) == {"Ana": "cancelled_by_org"}
    assert await town.states(None, agreed) == {"Bo": "cancelled_by_org"}
    await town.until(FRIDAY + 3 * DAY)
    assert "cancelled" in town.got("Ana")
    assert town.got("Bo") == ["cancelled"]


# -- planned shifts -----------------------------------------------------------


async def test_a_season_over_new_year(town: VolunteerTown) -> None:
    """Shifts of a season from 20 December to 10 January are planned in both years."""
    known = await town.opportunity(rule=WEEKLY, season=["12-20", "01-10"])
    assert await days(town, known) == ["2026-12-23", "2026-12-30", "2027-01-06"]


async def test_shifts_are_planned_each_night(town: VolunteerTown) -> None:
    """Ten weeks of shifts exist, and each night those of one more day."""
    known = await town.opportunity(rule=WEEKLY)
    assert len(await days(town, known)) == 10
    await town.passes(14 * DAY)
    assert (await days(town, known))[-1] == "2027-02-10"


async def test_a_new_rule_replaces_shifts_without_volunteers(town: VolunteerTown) -> None:
    """Shifts with sign-ups, and what staff changed, stay; a cancelled one does not come back."""
    known = await town.opportunity(rule=WEEKLY)
    async with town.store.unit() as unit:
        first, second, third, *_more = await unit.shifts.of([known])
    await town.join(first.id, "Ana")
    await town.do(CancelShift(town.staff_id, second.id, "Ferie"))
    await change(town, third.id, seats=9)
    await edit(town, known, titles={"da": "Læseven på skolen"})
    assert [one.id for one in await _shifts(town, known)][:2] == [first.id, third.id]
    at_four = {"recurrence": {**WEEKLY["recurrence"], "at": "16:00"}}
    await town.do(PauseOpportunity(town.staff_id, known))
    await edit(town, known, rule=at_four)
    await town.do(PublishOpportunity(town.staff_id, known))
    hours = [one.begins_at for one in await _shifts(town, known)][:4]
    assert hours == [at(11, 25, 15), at(12, 9, 15), at(12, 16, 16), at(12, 23, 16)]
    assert (await town.shift_of(second.id)).state == "cancelled"


async def _shifts(town: VolunteerTown, opportunity_id: int) -> list[Any]:
    async with town.store.unit() as unit:
        return await unit.shifts.of([opportunity_id])


async def test_a_new_rule_keeps_what_has_a_history(town: VolunteerTown) -> None:
    """A day that is left has no free places; one to which people are invited stays."""
    known = await town.opportunity(rule=WEEKLY, seats=5)
    async with town.store.reading() as unit:
        first, second, third = (await unit.shifts.of([known]))[:3]
    await town.join(first.id, "Ana")
    await town.withdraw("Ana", first.id)
    asked = AddInvitation(
        town.staff_id, known, second.id, {"da": "Kom."}, to_json(Is(EVERYONE)), quota=1
    )
    await town.do(asked)
    moved = {**WEEKLY["recurrence"], "weekdays": [3], "starts_on": "2026-11-26"}
    await edit(town, known, rule={"recurrence": moved})
    async with town.store.reading() as unit:
        coming = {one.id: one for one in await unit.shifts.of([known])}
    assert first.id not in coming
    assert second.id in coming
    assert third.id not in coming


async def test_a_paused_opportunity_keeps_its_volunteers(town: VolunteerTown) -> None:
    """The chain goes on while an opportunity is paused."""
    shift = await town.shift(FRIDAY)
    await town.join(shift, "Ana")
    await town.do(PauseOpportunity(town.staff_id, (await town.shift_of(shift)).opportunity_id))
    await town.until(FRIDAY)
    assert town.got("Ana") == ["ask", "note"]
