"""Who was there: by a code, by the contact's list, and corrected later."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from signup_town import DAY, HOUR, VolunteerTown, at, refusal

from bot.model.commands.volunteering import (
    AddWalkIn,
    CheckIn,
    DisputeNoShow,
    GiveFeedback,
    MarkAttendance,
    NewCode,
)
from bot.scheduler import purge
from bot.service.volunteering import attendance
from bot.service.volunteering.attendance import milestone
from bot.store.events import CLOCK, by_staff

FRIDAY = at(11, 27, 14)
CONTACT = "staff:1"


async def mark(town: VolunteerTown, name: str, shift_id: int, state: str, **more: Any) -> Any:
    """Mark a volunteer as the contact."""
    own = (await town.signups(shift_id))[name].id
    return await town.do(MarkAttendance(CONTACT, own, state, **more))


async def minutes(town: VolunteerTown, name: str) -> tuple[int, int]:
    """Return how often and for how long a volunteer was there."""
    async with town.store.unit() as unit:
        return await unit.signups.attended(town.participants[name])


async def test_the_code_of_a_shift(town: VolunteerTown) -> None:
    """The newest code checks in from two hours before to twelve hours after.

    Each contact is shown the same one, until one of them replaces it.
    """
    shift = await town.shift(FRIDAY, seats=2)
    await town.join(shift, "Ana")
    old = await town.do(NewCode(CONTACT, shift))
    assert await town.do(NewCode(by_staff(town.staff_id), shift)) == old
    code = await town.do(NewCode(CONTACT, shift, replaces=True))
    assert len(code) == attendance.CODE_LENGTH
    ana = town.people["Ana"]
    assert "opens nothing" in refusal(await town.do(CheckIn(ana, code)))
    await town.until(FRIDAY - 2 * HOUR)
    assert "opens nothing" in refusal(await town.do(CheckIn(ana, old)))
    first = await town.do(CheckIn(ana, code))
    assert await town.do(CheckIn(ana, code)) == first
    assert await town.states(shift) == {"Ana": "checked_in"}
    await town.until(FRIDAY + 15 * HOUR)
    assert "opens nothing" in refusal(await town.do(CheckIn(town.people["Bo"], code)))
    await town.until(FRIDAY + DAY)
    assert await town.states(shift) == {"Ana": "attended"}
    assert await minutes(town, "Ana") == (1, 120)


async def test_walk_ins_count(town: VolunteerTown) -> None:
    """A stranger, a person of the queue, and one with an offer check in; so does one by phone."""
    shift = await town.shift(FRIDAY, seats=2)
    await town.join(shift, "Ana", "Dina", "Bo", "Cem")
    code = await town.do(NewCode(CONTACT, shift))
    await town.until(FRIDAY - 13 * HOUR)
    await town.withdraw("Dina", shift)  # Bo is offered the place until the shift begins
    await town.until(FRIDAY - HOUR)
    for name in ("Bo", "Cem", "Dina"):
        await town.do(CheckIn(town.people[name], code))
    states = await town.states(shift)
    assert states == {"Ana": "confirmed"} | dict.fromkeys(("Bo", "Cem", "Dina"), "checked_in")
    await town.add_by_phone("Inger")
    walk_in = AddWalkIn(CONTACT, shift, town.participants["Inger"], agreed=True)
    assert "not begun" in refusal(await town.do(walk_in))
    await town.until(FRIDAY)
    await town.do(walk_in)
    await town.do(walk_in)
    assert (await town.states(shift))["Inger"] == "attended"
    assert await minutes(town, "Inger") == (1, 120)


async def test_the_list_of_the_contact(town: VolunteerTown) -> None:
    """There, excused and absent are three things, and each mark is corrected."""
    shift = await town.shift(FRIDAY, seats=3)
    await town.join(shift, "Ana", "Bo", "Cem")
    assert "not begun" in refusal(await mark(town, "Ana", shift, "attended"))
    await town.until(FRIDAY + HOUR)
    await mark(town, "Ana", shift, "attended", minutes=90)
    await mark(town, "Bo", shift, "excused", reason="Syg")
    assert "not over" in refusal(await mark(town, "Cem", shift, "no_show"))
    await town.until(FRIDAY + 2 * HOUR)
    await mark(town, "Cem", shift, "no_show")
    assert await town.states(shift) == {"Ana": "attended", "Bo": "excused", "Cem": "no_show"}
    assert await minutes(town, "Ana") == (1, 90)
    assert "Write why" in refusal(await mark(town, "Ana", shift, "no_show"))
    await mark(town, "Ana", shift, "no_show", reason="Det var en anden Ana.")
    assert await minutes(town, "Ana") == (0, 0)
    await mark(town, "Ana", shift, "attended")
    assert await minutes(town, "Ana") == (1, 120)
    await mark(town, "Ana", shift, "confirmed")
    assert await minutes(town, "Ana") == (0, 0)
    await mark(town, "Ana", shift, "attended")
    await town.until(FRIDAY + DAY)
    assert {name for name, occasion in town.sent if occasion == "thanks"} == {"Ana"}


async def test_an_excuse_before_the_shift_frees_the_place(town: VolunteerTown) -> None:
    """A volunteer who rings is excused, and the next of the queue is asked."""
    shift = await town.shift(FRIDAY)
    await town.join(shift, "Ana", "Bo")
    await mark(town, "Ana", shift, "excused")
    assert await town.states(shift) == {"Ana": "excused", "Bo": "offered"}


async def test_a_late_arrival_is_no_absence(town: VolunteerTown) -> None:
    """A volunteer who was marked as absent checks in, and was there, once."""
    shift = await town.shift(FRIDAY, seats=2)
    await town.join(shift, "Ana", "Bo")
    code = await town.do(NewCode(CONTACT, shift))
    await town.until(FRIDAY + 2 * HOUR)
    for name in ("Ana", "Bo"):
        await mark(town, name, shift, "no_show")
    await town.do(CheckIn(town.people["Ana"], code))
    await town.do(AddWalkIn(CONTACT, shift, town.participants["Bo"]))
    assert await town.states(shift) == {"Ana": "attended", "Bo": "attended"}
    assert await minutes(town, "Ana") == (1, 120)


async def test_only_a_person_sets_an_absence(town: VolunteerTown) -> None:
    """The clock counts those who checked in, and nobody as absent."""
    shift = await town.shift(FRIDAY)
    await town.join(shift, "Ana")
    await town.until(FRIDAY + 30 * DAY)
    assert await town.states(shift) == {"Ana": "confirmed"}
    own = (await town.signups(shift))["Ana"].id
    clock = MarkAttendance(CLOCK, own, "no_show")
    assert "no such sign-up" in refusal(await town.do(clock))
    assert "no such sign-up" in refusal(await mark(town, "Ana", shift, "checked_in"))


async def test_an_absence_is_disputed_for_14_days(town: VolunteerTown) -> None:
    """The volunteer's words reach the contact; after 14 days they are too late."""
    shift = await town.shift(FRIDAY, seats=2)
    await town.join(shift, "Ana", "Bo")
    await town.until(FRIDAY + 2 * HOUR)
    for name in ("Ana", "Bo"):
        await mark(town, name, shift, "no_show")
    newest = await town.signups(shift)
    await town.passes(14 * DAY)
    said = DisputeNoShow(town.people["Ana"], newest["Ana"].id, "Jeg var der.")
    done = await town.do(said)
    assert (done["signup"], done["contact"]) == (newest["Ana"].id, "Mette")
    assert done["due"] == {"day": "2026-12-15"}
    assert await town.alerts() == [*["volunteer_silent"] * 2, "no_show_disputed"]
    await town.passes(timedelta(minutes=1))
    late = DisputeNoShow(town.people["Bo"], newest["Bo"].id, "Jeg var der.")
    assert "14 days" in refusal(await town.do(late))
    other = DisputeNoShow(town.people["Bo"], newest["Ana"].id, "Jeg var der.")
    assert "no such sign-up" in refusal(await town.do(other))
    await mark(town, "Ana", shift, "attended")
    assert (await town.signups(shift))["Ana"].disputed_at is None


async def test_a_word_and_the_own_hours(town: VolunteerTown) -> None:
    """A volunteer says how it was and for how long, but not of a shift that they missed."""
    shift = await town.shift(FRIDAY, seats=2)
    await town.join(shift, "Ana", "Bo")
    await town.until(FRIDAY + 3 * HOUR)
    await mark(town, "Ana", shift, "attended")
    newest = await town.signups(shift)
    ana, bo = town.people["Ana"], town.people["Bo"]
    await town.do(GiveFeedback(ana, newest["Ana"].id, "Hyggeligt", 150))
    assert (await town.signups(shift))["Ana"].feedback == "Hyggeligt"
    assert await minutes(town, "Ana") == (1, 150)
    assert "a day" in refusal(await town.do(GiveFeedback(ana, newest["Ana"].id, None, 5000)))
    await mark(town, "Bo", shift, "no_show")
    assert "no such sign-up" in refusal(await town.do(GiveFeedback(bo, newest["Bo"].id, "Nej")))


def test_milestones() -> None:
    """The 1st, 10th, 25th, 50th and 100th time have thanks of their own."""
    assert [one for one in range(120) if milestone(one)] == [1, 10, 25, 50, 100]


async def test_practical_needs_are_erased_after_the_event(town: VolunteerTown) -> None:
    """What a volunteer does not eat is kept until the shift is over."""
    shift = await town.shift(FRIDAY, needs=["diet"])
    await town.sign_up("Ana", shift, needs={"diet": "nødder"})
    for moment, needs in ((FRIDAY + HOUR, {"diet": "nødder"}), (FRIDAY + DAY, None)):
        await town.until(moment)
        await purge(town.store)
        assert (await town.signups(shift))["Ana"].needs == needs
