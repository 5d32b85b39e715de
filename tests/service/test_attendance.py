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
    SaveProfile,
    SetGate,
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


async def set_gate(town: VolunteerTown, name: str, state: str) -> None:
    """Set the children's certificate of a volunteer as staff."""
    await town.do(SetGate(town.staff_id, town.participants[name], "children", state))


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


async def test_an_absence_is_objected_to(town: VolunteerTown) -> None:
    """The code does not overwrite what staff noted; staff count a volunteer in themselves."""
    shift = await town.shift(FRIDAY, seats=3)
    await town.join(shift, "Ana", "Bo", "Cem")
    code = await town.do(NewCode(CONTACT, shift))
    await town.until(FRIDAY + 2 * HOUR)
    for name in ("Ana", "Bo"):
        await mark(town, name, shift, "no_show")
    await mark(town, "Cem", shift, "excused")
    own = (await town.signups(shift))["Ana"].id
    done = await town.do(CheckIn(town.people["Ana"], code))
    assert done == {"signup": own, "is_noted": True}
    assert "tell your contact" in refusal(await town.do(CheckIn(town.people["Cem"], code)))
    await town.do(AddWalkIn(CONTACT, shift, town.participants["Bo"]))
    states = {"Ana": "no_show", "Bo": "attended", "Cem": "excused"}
    assert await town.states(shift) == states
    assert await minutes(town, "Bo") == (1, 120)


async def test_an_excused_volunteer_comes_after_all(town: VolunteerTown) -> None:
    """They check in before the shift begins, beside the volunteer who has their place now."""
    shift = await town.shift(FRIDAY)
    await town.join(shift, "Ana", "Bo")
    await mark(town, "Ana", shift, "excused")
    await town.accept("Bo", shift)
    code = await town.do(NewCode(CONTACT, shift))
    await town.until(FRIDAY - timedelta(minutes=10))
    for name in ("Ana", "Bo"):
        await town.do(CheckIn(town.people[name], code))
    assert await town.states(shift) == {"Ana": "checked_in", "Bo": "checked_in"}
    await town.until(FRIDAY + DAY)
    assert await town.states(shift) == {"Ana": "attended", "Bo": "attended"}
    assert "thanks" in town.got("Ana")
    assert await minutes(town, "Ana") == (1, 120)


async def test_a_late_check_in_counts(town: VolunteerTown) -> None:
    """A volunteer who checks in after the thanks, or gets none, has the hours of the shift."""
    shift = await town.shift(FRIDAY, seats=3)
    await town.join(shift, "Ana", "Bo")
    code = await town.do(NewCode(CONTACT, shift))
    await town.until(FRIDAY)
    await town.do(CheckIn(town.people["Bo"], code))
    async with town.store.unit() as unit:
        await unit.people.reach(town.people["Bo"], reachable=False)
    await town.until(FRIDAY + 4 * HOUR)
    assert "thanks" in town.got("Ana")
    for name in ("Ana", "Cem"):
        await town.do(CheckIn(town.people[name], code))
    await town.until(FRIDAY + 2 * DAY)
    assert await town.states(shift) == dict.fromkeys(("Ana", "Bo", "Cem"), "attended")
    for name in ("Ana", "Bo", "Cem"):
        assert await minutes(town, name) == (1, 120)


async def test_a_person_without_a_name_is_counted_once(town: VolunteerTown) -> None:
    """However often they scan; a day later the marks are gone, and the number stays."""
    shift = await town.shift(FRIDAY)
    code = await town.do(NewCode(CONTACT, shift))
    await town.do(SaveProfile(town.people["Ana"], over_15=False))
    await town.until(FRIDAY)
    for _again in range(3):
        await town.do(CheckIn(town.people["Ana"], code))
        await town.do(CheckIn(town.people["Bo"], code, unnamed=True))
    newer = await town.do(NewCode(CONTACT, shift, replaces=True))
    await town.do(CheckIn(town.people["Ana"], newer))
    known = await town.shift_of(shift)
    assert (known.unnamed, len(known.unnamed_marks or ())) == (2, 2)
    await town.do(CheckIn(town.people["Bo"], newer))  # with the name after all
    assert await town.states(shift) == {"Bo": "checked_in"}
    assert (await town.shift_of(shift)).unnamed == 1
    await town.until(FRIDAY + 2 * DAY)
    known = await town.shift_of(shift)
    assert (known.unnamed, known.unnamed_marks) == (1, None)


async def test_nobody_is_counted_in_without_the_certificate(town: VolunteerTown) -> None:
    """Neither by the code nor by staff; the contacts are told of each person once."""
    shift = await town.shift(FRIDAY, seats=3, gates=["children"])
    await set_gate(town, "Ana", "open")
    await set_gate(town, "Cem", "refused")
    await town.join(shift, "Ana")
    await set_gate(town, "Ana", "wanted")  # it is to be renewed
    code = await town.do(NewCode(CONTACT, shift))
    await town.until(FRIDAY)
    for name in ("Ana", "Cem", "Cem", "Dina"):
        done = await town.do(CheckIn(town.people[name], code, unnamed=name == "Dina"))
        assert done == {"signup": None, "shift": shift, "missing": True}
    assert (await town.alerts()).count("not_in_order") == 3
    assert await town.states(shift) == {"Ana": "confirmed"}
    assert (await town.shift_of(shift)).unnamed == 0
    for name in ("Cem", "Dina"):
        walk_in = AddWalkIn(CONTACT, shift, town.participants[name], agreed=True)
        assert "not in order" in refusal(await town.do(walk_in))
    for name in ("Ana", "Dina"):
        await set_gate(town, name, "open")
        await town.do(CheckIn(town.people[name], code))
    assert await town.states(shift) == {"Ana": "checked_in", "Dina": "checked_in"}


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
    """A volunteer says how it was and for how long; of a shift that they missed only words."""
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
    await town.do(GiveFeedback(bo, newest["Bo"].id, "Jeg var syg", 60))
    missed = (await town.signups(shift))["Bo"]
    assert (missed.feedback, missed.minutes) == ("Jeg var syg", None)


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
