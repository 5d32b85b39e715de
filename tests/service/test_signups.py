"""A volunteer gets a place, a place in the queue, or a reason, and leaves it again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from signup_town import DAY, HOUR, VolunteerTown, at, refusal

from bot.model.commands.volunteering import (
    AgreeTime,
    BecomeVolunteer,
    CheckIn,
    ConfirmRequest,
    LeaveVolunteering,
    MarkAttendance,
    NewCode,
    PauseOpportunity,
    SaveProfile,
    SayComing,
    SignUp,
    SignUpFor,
    Withdraw,
)
from bot.model.opportunity import Kind
from bot.model.signup import offer_length

FRIDAY = at(11, 27, 14)


async def test_a_place_or_a_place_in_the_queue(town: VolunteerTown) -> None:
    """The first get the places, the others their numbers; a second tap changes nothing."""
    shift = await town.shift(FRIDAY, seats=1)
    assert (await town.sign_up("Ana", shift))["state"] == "confirmed"
    assert (await town.sign_up("Bo", shift))["place"] == 1
    assert (await town.sign_up("Cem", shift))["place"] == 2
    assert (await town.sign_up("Bo", shift))["place"] == 1
    assert await town.states(shift) == {"Ana": "confirmed", "Bo": "waitlisted", "Cem": "waitlisted"}


async def test_without_a_limit_everyone_has_a_place(town: VolunteerTown) -> None:
    """A shift without a number of places has no waiting list."""
    shift = await town.shift(FRIDAY, seats=None)
    assert await town.join(shift, "Ana", "Bo", "Cem") == ["confirmed"] * 3


async def test_refusals_say_why(town: VolunteerTown) -> None:
    """A paused opportunity, a shift that closed, and a volunteer under 15 are refused."""
    shift = await town.shift(FRIDAY, closes_before=60)
    await town.do(BecomeVolunteer(town.people["Dina"], over_15=False))
    assert "15" in refusal(await town.sign_up("Dina", shift))
    await town.until(FRIDAY - HOUR)
    assert "too late" in refusal(await town.sign_up("Ana", shift))
    other = await town.shift(FRIDAY + DAY)
    known = (await town.shift_of(other)).opportunity_id
    assert await town.do(PauseOpportunity(town.staff_id, known)) == known
    assert "cannot sign up" in refusal(await town.sign_up("Ana", other))
    wrong = SignUp(town.people["Ana"], known, shift)
    assert "cannot sign up" in refusal(await town.do(wrong))
    assert "cannot sign up" in refusal(await town.do(SignUp(town.people["Ana"], known)))


async def test_an_overlap_is_a_warning(town: VolunteerTown) -> None:
    """A volunteer who comes to another shift at that time is asked, and may want both."""
    first = await town.shift(FRIDAY, titles={"da": "Sprogcafé"})
    second = await town.shift(FRIDAY + HOUR)
    await town.join(first, "Ana")
    warned = await town.sign_up("Ana", second)
    assert (warned.field, warned.why.params) == ("overlap", {"title": "Sprogcafé"})
    assert (await town.sign_up("Ana", second, knows_overlap=True))["state"] == "confirmed"


@pytest.mark.parametrize(
    ("left", "length"), [(100 * HOUR, 24 * HOUR), (40 * HOUR, 10 * HOUR), (2 * HOUR, HOUR)]
)
def test_how_long_an_offer_lasts(left: timedelta, length: timedelta) -> None:
    """An offer lasts a quarter of the time that is left, from 1 to 24 hours."""
    assert offer_length(left) == length


async def test_a_free_place_is_offered_in_order(town: VolunteerTown) -> None:
    """The first of the queue is offered the place; after a decline, the next one."""
    shift = await town.shift(FRIDAY)
    await town.join(shift, "Ana", "Bo", "Cem")
    await town.withdraw("Ana", shift)
    assert (await town.states(shift)) == {"Ana": "cancelled", "Bo": "offered", "Cem": "waitlisted"}
    await town.passes(timedelta(minutes=1))
    assert (town.got("Bo"), town.got("Cem")) == (["offer"], [])
    await town.decline("Bo", shift)
    assert (await town.states(shift))["Cem"] == "offered"
    await town.accept("Cem", shift)
    assert (await town.states(shift)) == {"Ana": "cancelled", "Bo": "declined", "Cem": "confirmed"}


async def test_an_offer_ends_outside_quiet_hours(town: VolunteerTown) -> None:
    """A day of an offer on Monday at 10 is counted from 8 to 20, and then the next is asked."""
    shift = await town.shift(at(11, 28, 14))
    await town.join(shift, "Ana", "Bo", "Cem")
    await town.withdraw("Ana", shift)  # on Monday at 10
    until = (await town.signups(shift))["Bo"].offered_until
    assert until == at(11, 25, 10)  # 10 + 12 + 2 hours
    await town.until(until - timedelta(minutes=1))
    assert (await town.states(shift))["Bo"] == "offered"
    await town.until(until)
    assert (await town.states(shift))["Bo"] == "offer_expired"
    assert (await town.states(shift))["Cem"] == "offered"
    assert "over" in refusal(await town.accept("Bo", shift))


async def test_an_offer_in_quiet_hours_waits(town: VolunteerTown) -> None:
    """A place that is freed at 22 is offered at 8; the offer is counted from then."""
    shift = await town.shift(at(11, 25, 20))
    await town.join(shift, "Ana", "Bo")
    await town.until(at(11, 23, 22))
    await town.withdraw("Ana", shift)
    assert list((await town.planned("Bo")).values()) == [at(11, 24, 8)]
    assert (await town.signups(shift))["Bo"].offered_until == at(11, 24, 17)  # a quarter of 36 h
    await town.until(at(11, 24, 7, 59))
    assert town.got("Bo") == []
    await town.until(at(11, 24, 8))
    assert town.got("Bo") == ["offer"]


async def test_inside_twelve_hours_the_first_tap_wins(town: VolunteerTown) -> None:
    """All who wait are told at once; the first takes the place, and the others keep theirs."""
    shift = await town.shift(at(11, 23, 20))
    await town.join(shift, "Ana", "Bo", "Cem")
    await town.withdraw("Ana", shift)
    await town.passes(timedelta(minutes=1))
    assert (town.got("Bo"), town.got("Cem")) == (["free"], ["free"])
    await town.accept("Cem", shift)
    assert "faster" in refusal(await town.accept("Bo", shift))
    assert (await town.states(shift))["Bo"] == "waitlisted"
    assert await town.accept("Cem", shift) == (await town.signups(shift))["Cem"].id


async def test_each_freed_place_is_told_once(town: VolunteerTown) -> None:
    """A second freed place is told again; a person who leaves the queue frees none."""
    shift = await town.shift(at(11, 23, 20), seats=2)
    await town.join(shift, "Ana", "Bo", "Cem", "Dina")
    await town.withdraw("Ana", shift)
    await town.withdraw("Dina", shift)
    await town.passes(timedelta(minutes=1))
    assert town.got("Cem") == ["free"]
    await town.withdraw("Bo", shift)
    await town.passes(timedelta(minutes=1))
    assert town.got("Cem") == ["free", "free"]
    assert "Dina" not in dict(town.sent)


async def test_a_late_comer_is_told_of_the_place(town: VolunteerTown) -> None:
    """A person who joins while a place is offered to all is offered it, too."""
    shift = await town.shift(at(11, 23, 20))
    await town.join(shift, "Ana", "Bo")
    await town.withdraw("Ana", shift)
    assert await town.join(shift, "Cem") == ["waitlisted"]
    await town.passes(timedelta(minutes=1))
    assert (town.got("Bo"), town.got("Cem")) == (["free"], ["free"])
    await town.accept("Cem", shift)
    assert (await town.states(shift))["Cem"] == "confirmed"


async def test_at_night_a_place_is_told_at_once_only_before_morning(town: VolunteerTown) -> None:
    """A shift at 7 is told of at 22; a shift at 9 is told of at 8."""
    early, late = await town.shift(at(11, 24, 7)), await town.shift(at(11, 24, 9))
    await town.join(early, "Ana", "Bo")
    await town.join(late, "Cem", "Dina")
    await town.until(at(11, 23, 22))
    await town.withdraw("Ana", early)
    await town.withdraw("Cem", late)
    await town.passes(timedelta(minutes=1))
    assert ("free" in town.got("Bo"), "free" in town.got("Dina")) == (True, False)
    await town.until(at(11, 24, 8))
    assert "free" in town.got("Dina")


async def test_who_still_waits_when_the_shift_begins_is_not_needed(town: VolunteerTown) -> None:
    """The waiting list ends with the beginning of the shift."""
    shift = await town.shift(FRIDAY)
    await town.join(shift, "Ana", "Bo")
    await town.until(FRIDAY)
    assert await town.states(shift) == {"Ana": "confirmed", "Bo": "not_needed"}


async def test_leaving_before_and_after_the_deadline(town: VolunteerTown) -> None:
    """Before the deadline the place is free; after it, the contact is told, too."""
    shift = await town.shift(FRIDAY, seats=2, cancels_before=24 * 60)
    await town.join(shift, "Ana", "Bo")
    assert (await town.withdraw("Ana", shift))["late"] is False
    assert await town.alerts() == []
    await town.until(FRIDAY - 24 * HOUR + timedelta(minutes=1))
    assert (await town.withdraw("Bo", shift))["late"] is True
    assert await town.alerts() == ["volunteer_cannot"]
    assert await town.states(shift) == {"Ana": "cancelled", "Bo": "cancelled_late"}
    assert "over" in refusal(await town.withdraw("Bo", shift))


async def test_a_contact_in_the_chat_is_told(town: VolunteerTown) -> None:
    """A contact who is a participant gets a notification in the same transaction."""
    contact = town.participants["Dina"]
    shift = await town.shift(FRIDAY, participant_contacts=[contact])
    await town.join(shift, "Ana")
    await town.until(FRIDAY - HOUR)
    await town.withdraw("Ana", shift)
    own = (await town.signups(shift))["Ana"].id
    async with town.store.unit() as unit:
        moment = f"{FRIDAY - HOUR:%y%m%d%H%M%S}"
        row = await unit.inbox.get("case", f"volunteer_cannot:{own}:{contact}:{moment}")
    assert row is not None
    assert row.lane == "tg:4"


async def test_somebody_else_cannot_leave(town: VolunteerTown) -> None:
    """Only the volunteer of a sign-up leaves it, and not after the beginning."""
    shift = await town.shift(FRIDAY)
    await town.join(shift, "Ana")
    town.people["Ana"], own = town.people["Bo"], town.people["Ana"]
    assert "over" in refusal(await town.withdraw("Ana", shift))
    town.people["Ana"] = own
    await town.until(FRIDAY)
    assert "over" in refusal(await town.withdraw("Ana", shift))


async def test_a_standin_from_the_queue(town: VolunteerTown) -> None:
    """The queue is asked; the volunteer stays responsible until one takes over."""
    shift = await town.shift(FRIDAY)
    await town.join(shift, "Ana", "Bo", "Cem")
    await town.want_standin("Ana", shift)
    await town.passes(timedelta(minutes=1))
    assert await town.alerts() == ["standin_wanted"]
    assert (town.got("Bo"), town.got("Cem")) == (["standin"], ["standin"])
    assert (await town.states(shift))["Ana"] == "standin_wanted"
    assert "signup" in await town.take_over("Cem", "Ana", shift)
    assert await town.states(shift) == {"Ana": "replaced", "Bo": "waitlisted", "Cem": "confirmed"}
    assert (await town.signups(shift))["Cem"].replaces == (await town.signups(shift))["Ana"].id
    assert "taken over" in refusal(await town.take_over("Bo", "Ana", shift))
    await town.passes(timedelta(minutes=1))
    assert town.got("Ana") == ["replaced"]
    assert await town.alerts() == ["standin_wanted", "standin_found"]
    assert [one for one in await town.planned("Ana") if one != "replaced"] == []


async def test_a_standin_who_is_offered_a_place(town: VolunteerTown) -> None:
    """Their offered place goes to the next of the queue."""
    shift = await town.shift(FRIDAY, seats=2)
    await town.join(shift, "Ana", "Dina", "Bo", "Cem")
    await town.withdraw("Dina", shift)
    await town.want_standin("Ana", shift)
    await town.take_over("Bo", "Ana", shift)
    assert await town.states(shift) == {
        "Ana": "replaced",
        "Bo": "confirmed",
        "Cem": "offered",
        "Dina": "cancelled",
    }


async def test_a_stranger_takes_over(town: VolunteerTown) -> None:
    """A person without a sign-up takes over; a volunteer of the shift cannot."""
    shift = await town.shift(FRIDAY, seats=2)
    await town.join(shift, "Ana", "Bo")
    await town.want_standin("Ana", shift)
    assert "already" in refusal(await town.take_over("Bo", "Ana", shift))
    await town.take_over("Dina", "Ana", shift)
    assert await town.states(shift) == {"Ana": "replaced", "Bo": "confirmed", "Dina": "confirmed"}


async def test_coming_after_all(town: VolunteerTown) -> None:
    """A volunteer who wanted a stand-in and says yes comes; so does one who leaves in time."""
    shift = await town.shift(FRIDAY, seats=2)
    await town.join(shift, "Ana", "Bo")
    await town.want_standin("Ana", shift)
    await town.do(SayComing(town.people["Ana"], (await town.signups(shift))["Ana"].id))
    assert (await town.signups(shift))["Ana"].says_coming_at == town.now
    assert "taken over" in refusal(await town.take_over("Dina", "Ana", shift))
    await town.want_standin("Bo", shift)
    await town.withdraw("Bo", shift)
    assert await town.states(shift) == {"Ana": "confirmed", "Bo": "cancelled"}


async def test_by_phone(town: VolunteerTown) -> None:
    """Staff sign up a person who rings; messages to them become tasks to phone."""
    await town.add_by_phone("Inger")
    shift = await town.shift(FRIDAY)
    known = (await town.shift_of(shift)).opportunity_id
    inger = town.participants["Inger"]
    done = await town.do(SignUpFor(town.staff_id, inger, known, shift, agreed=True))
    assert done["state"] == "confirmed"
    await town.until(FRIDAY)
    assert await town.tasks("phone") == 2  # the question and the note


async def test_a_volunteer_who_blocked_the_bot_keeps_their_turn(town: VolunteerTown) -> None:
    """An offer to a person who cannot be reached is a task to phone them."""
    shift = await town.shift(FRIDAY)
    await town.join(shift, "Ana", "Bo")
    async with town.store.unit() as unit:
        await unit.people.reach(town.people["Bo"], reachable=False)
    await town.withdraw("Ana", shift)
    await town.until(town.now)
    assert (await town.states(shift))["Bo"] == "offered"
    assert await town.tasks("phone") == 1


async def test_who_leaves_volunteering_frees_their_places(town: VolunteerTown) -> None:
    """All sign-ups end, the next are asked, and only the answer about the age stays."""
    shift = await town.shift(FRIDAY)
    agreed = await town.opportunity(kind=Kind.AGREEMENT)
    ana = town.people["Ana"]
    await town.do(BecomeVolunteer(ana, over_15=True, phone="1"))
    await town.do(SaveProfile(ana, interests=["nature"]))
    await town.join(shift, "Ana", "Bo")
    await town.do(SignUp(ana, agreed))
    await town.do(LeaveVolunteering(ana))
    assert await town.states(shift) == {"Ana": "cancelled", "Bo": "offered"}
    assert await town.states(None, agreed) == {"Ana": "cancelled"}
    async with town.store.unit() as unit:
        profile = await unit.profiles.get(town.participants["Ana"])
        consents = await unit.consents.live(ana)
    assert (profile.over_15, profile.interests, profile.phone) == (True, None, None)
    assert "volunteering" not in consents


async def test_a_child_keeps_no_place(town: VolunteerTown) -> None:
    """Who tells that they are under 15 leaves all at once; the contacts read of each."""
    first, full = await town.shift(FRIDAY), await town.shift(FRIDAY + DAY)
    await town.join(first, "Bo", "Cem")
    await town.join(full, "Ana", "Bo")
    await town.do(SaveProfile(town.people["Bo"], over_15=False))
    assert await town.states(first) == {"Bo": "cancelled", "Cem": "offered"}
    assert await town.states(full) == {"Ana": "confirmed", "Bo": "cancelled"}
    assert await town.alerts() == ["volunteer_cannot"] * 2
    await town.withdraw("Ana", full)
    assert (await town.states(full))["Bo"] == "cancelled"


async def test_hours_of_agreed_times_stay(town: VolunteerTown) -> None:
    """A volunteer who leaves a task, or all, ends the coming times only; the past ones count."""
    for number, stops in enumerate((False, True)):
        known = await town.opportunity(kind=Kind.AGREEMENT)
        asked = (await town.do(SignUp(town.people["Ana"], known)))["signup"]
        await town.do(ConfirmRequest(town.staff_id, asked))
        times = [town.now + HOUR, town.now + 3 * HOUR, town.now + 6 * HOUR]
        past, now, coming = [
            await town.do(AgreeTime(town.staff_id, asked, one, 60)) for one in times
        ]
        async with town.store.unit() as unit:
            shifts = [(await unit.signups.get(one)).shift_id for one in (past, now, coming)]
        code = await town.do(NewCode("staff:1", shifts[1]))
        await town.until(times[1] + timedelta(minutes=5))
        await town.do(CheckIn(town.people["Ana"], code))
        ana = town.people["Ana"]
        await town.do(LeaveVolunteering(ana) if stops else Withdraw(ana, asked))
        states = [(await town.states(one))["Ana"] for one in shifts]
        assert states == ["confirmed", "checked_in", "cancelled"]
        await town.do(MarkAttendance("staff:1", past, "attended"))
        await town.until(times[2] + DAY)
        async with town.store.unit() as unit:
            hours = await unit.signups.attended(town.participants["Ana"])
        assert hours == (2 * (number + 1), 120 * (number + 1))


async def test_who_waits_in_vain_is_told(town: VolunteerTown) -> None:
    """A person who still waits when the shift begins is told once that it did not work out."""
    shift = await town.shift(FRIDAY)
    await town.join(shift, "Ana", "Bo")
    await town.until(FRIDAY)
    assert await town.states(shift) == {"Ana": "confirmed", "Bo": "not_needed"}
    await town.until(FRIDAY + DAY)
    assert town.got("Bo") == ["not_needed"]


async def test_a_place_that_is_gone_is_not_offered(town: VolunteerTown) -> None:
    """At night the whole list is told of a free place in the morning, but not of one that is gone.

    The same holds for a volunteer who has stopped looking for a stand-in.
    """
    shift = await town.shift(at(11, 27, 9))
    await town.join(shift, "Ana", "Bo", "Cem")
    await town.until(at(11, 26, 22))
    await town.withdraw("Ana", shift)
    assert set(await town.planned("Cem")) == {"free:s1"}
    await town.accept("Bo", shift)
    await town.want_standin("Bo", shift)
    bo = (await town.signups(shift))["Bo"]
    await town.do(SayComing(town.people["Bo"], bo.id))
    await town.until(at(11, 27, 8, 30))
    assert town.got("Cem") == []
