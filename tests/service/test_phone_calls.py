"""A call instead of a message: the answer does what the person's own tap would do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from invitation_town import InvitationTown
from signup_town import DAY, HOUR, VolunteerTown, at, refusal

from bot.engine.events import Refused
from bot.model.audience import PERSON, Is, Or
from bot.model.commands.reminders import RecordCall
from bot.model.commands.volunteering import AcceptOffer, CancelShift, SayComing, SignUpFor, Withdraw
from bot.model.delivery import Answer
from bot.model.invitation import INVITATION
from bot.model.opportunity import Kind
from bot.model.signup import SIGNUP
from bot.store.unit import Unit

FRIDAY = at(11, 27, 14)


async def calls_of(unit: Unit) -> dict[str, int]:
    """Return the open tasks to ring, by the kind of message and the first name."""
    found = {}
    for task in await unit.tasks.open():
        if task.kind != "phone":
            continue
        one = await unit.deliveries.get(int(task.subject.partition(":")[2]))
        assert one is not None
        who = await unit.participants.shown(one.participant_id)
        assert who is not None
        found[f"{one.occasion.partition(':')[0]} {who.first_name}"] = task.id
    return found


async def calls(town: VolunteerTown) -> dict[str, int]:
    """Return the open tasks to ring of a town with volunteers."""
    async with town.store.reading() as unit:
        return await calls_of(unit)


async def rung(town: VolunteerTown, what: str, outcome: str, words: str = "") -> Any:
    """Record how a call went; return what follows, or the refusal."""
    return await town.do(RecordCall(town.staff_id, (await calls(town))[what], outcome, words))


async def signs_up(town: VolunteerTown, shift: int, *names: str) -> None:
    """Sign up participants who are not in the chat."""
    opportunity = (await town.shift_of(shift)).opportunity_id
    for name in names:
        await town.add_by_phone(name)
        done = await town.do(
            SignUpFor(town.staff_id, town.participants[name], opportunity, shift, agreed=True)
        )
        assert not isinstance(done, Refused), done


async def test_a_yes_confirms_and_a_no_frees_the_place(town: VolunteerTown) -> None:
    """Who says no is taken off the list, and the place is offered to the next person."""
    shift = await town.shift(FRIDAY, seats=2)
    await signs_up(town, shift, "Inger", "Karl")
    await town.join(shift, "Bo")
    await town.until(FRIDAY - 2 * DAY + HOUR)
    assert set(await calls(town)) == {"ask Inger", "ask Karl"}
    assert await rung(town, "ask Inger", "tomorrow") is None
    assert (await town.signups(shift))["Inger"].says_coming_at is None
    await rung(town, "ask Inger", "done", "Tager kage med")
    await rung(town, "ask Karl", "cannot", "Er bortrejst")
    assert (await town.signups(shift))["Inger"].says_coming_at is not None
    assert await town.states(shift) == {"Inger": "confirmed", "Karl": "cancelled", "Bo": "offered"}
    assert await town.alerts() == []
    async with town.store.reading() as unit:
        karl = (await town.signups(shift))["Karl"]
        (asked,) = [
            one
            for one in await unit.deliveries.of_subject(SIGNUP, karl.id, 9)
            if one.occasion == "ask"
        ]
        actors = {one.actor for one in await unit.events.newest(3)}
    assert (asked.answer, asked.answer_words) == (Answer.CANNOT, "Er bortrejst")
    assert actors == {f"staff:{town.staff_id}"}
    assert await calls(town) == {}


async def test_a_late_no_tells_the_contact(town: VolunteerTown) -> None:
    """After the deadline the contact is told at once, as after a tap."""
    shift = await town.shift(FRIDAY, cancels_before=3 * 24 * 60)
    await signs_up(town, shift, "Inger")
    await town.until(FRIDAY - 2 * DAY + HOUR)
    await rung(town, "ask Inger", "cannot")
    assert await town.states(shift) == {"Inger": "cancelled_late"}
    assert await town.alerts() == ["volunteer_cannot"]


async def test_an_offer_by_phone(town: VolunteerTown) -> None:
    """An offered place is taken, or goes to the next; an offer that ended is not rung about."""
    shift = await town.shift(FRIDAY)
    await town.join(shift, "Ana")
    await signs_up(town, shift, "Inger", "Karl", "Lis")
    await town.withdraw("Ana", shift)
    await town.passes(timedelta(minutes=1))
    assert "free Inger" not in await calls(town)
    await rung(town, "offer Inger", "cannot")
    await town.passes(timedelta(minutes=1))
    assert (await town.states(shift))["Inger"] == "declined"
    assert "offer Karl" in await calls(town)
    while "offer Lis" not in await calls(town):
        assert town.now < FRIDAY - 12 * HOUR
        await town.passes(HOUR)
    assert (await town.states(shift))["Karl"] == "offer_expired"
    assert set(await calls(town)) == {"offer Lis"}
    await rung(town, "offer Lis", "done")
    assert (await town.states(shift))["Lis"] == "confirmed"


async def test_a_place_that_somebody_else_took(town: VolunteerTown) -> None:
    """Inside twelve hours the first answer takes the place; a later yes is refused."""
    shift = await town.shift(FRIDAY)
    await town.join(shift, "Ana")
    await signs_up(town, shift, "Inger", "Karl")
    await town.join(shift, "Bo")
    await town.until(FRIDAY - 6 * HOUR)
    await town.withdraw("Ana", shift)
    await town.passes(timedelta(minutes=1))
    assert {"free Inger", "free Karl"} <= set(await calls(town))
    await town.accept("Bo", shift)
    assert "faster" in refusal(await rung(town, "free Inger", "done"))
    assert "free Inger" in await calls(town)
    await rung(town, "free Inger", "cannot")
    assert (await town.states(shift))["Inger"] == "waitlisted"


async def test_a_standin_by_phone(town: VolunteerTown) -> None:
    """A person of the waiting list takes over the place by phone."""
    shift = await town.shift(FRIDAY)
    await town.join(shift, "Ana")
    await signs_up(town, shift, "Inger")
    await town.want_standin("Ana", shift)
    await town.passes(timedelta(minutes=1))
    await rung(town, "standin Inger", "done")
    assert await town.states(shift) == {"Ana": "replaced", "Inger": "confirmed"}


async def test_what_only_tells_has_no_no(town: VolunteerTown) -> None:
    """Nobody says no to a cancellation; calls about what is over are withdrawn."""
    shift = await town.shift(FRIDAY)
    await signs_up(town, shift, "Inger")
    await town.until(FRIDAY - 2 * DAY + HOUR)
    assert set(await calls(town)) == {"ask Inger"}
    await town.do(CancelShift(town.staff_id, shift, "Storm"))
    await town.passes(timedelta(minutes=1))
    assert set(await calls(town)) == {"cancelled Inger"}
    assert (await rung(town, "cancelled Inger", "cannot")).field == "outcome"
    await rung(town, "cancelled Inger", "done")
    assert await calls(town) == {}


async def test_an_answer_on_the_page_of_the_shift_ends_the_call(town: VolunteerTown) -> None:
    """Staff who write an answer down elsewhere need not ring."""
    shift = await town.shift(FRIDAY, seats=2)
    await signs_up(town, shift, "Inger", "Karl", "Lis")
    await town.until(FRIDAY - 2 * DAY + HOUR)
    own = {name: one.id for name, one in (await town.signups(shift)).items()}
    await town.do(SayComing(None, own["Inger"], "staff:1"))
    await town.do(Withdraw(None, own["Karl"], by="staff:1"))
    await town.passes(timedelta(minutes=1))
    assert set(await calls(town)) == {"offer Lis"}
    await town.do(AcceptOffer(None, own["Lis"], "staff:1"))
    assert await calls(town) == {}


async def test_a_call_is_recorded_once(town: VolunteerTown) -> None:
    """Of two answers to one call only the first counts."""
    shift = await town.shift(FRIDAY)
    await signs_up(town, shift, "Inger")
    await town.until(FRIDAY - 2 * DAY + HOUR)
    task = (await calls(town))["ask Inger"]
    await town.do(RecordCall(town.staff_id, task, "done"))
    assert "already" in refusal(await town.do(RecordCall(town.staff_id, task, "cannot")))
    assert await town.states(shift) == {"Inger": "confirmed"}


# -- invitations ------------------------------------------------------------


@pytest.fixture
async def inviting(database_url: str) -> AsyncIterator[InvitationTown]:
    """Return a town with a volunteer, and two people who are not in the chat."""
    made = InvitationTown(database_url)
    await made.begin("Jens")
    await made.volunteer("Jens")
    yield made
    await made.is_sound()
    await made.chat.close()


async def invited(town: InvitationTown, quota: int, **fields: Any) -> tuple[int, dict[str, int]]:
    """Open a task, and invite all; return the invitation and the calls by first name."""
    await town.open(**fields)
    who = [await town.by_phone("Grethe"), await town.by_phone("Hanne")]
    who.append(await town.participant("Jens"))
    made = await town.invite(Or(tuple(Is(PERSON, str(one)) for one in who)), quota=quota)
    await town.until(town.chat.clock.now() + timedelta(minutes=2))
    return made, await ringing(town)


async def ringing(town: InvitationTown) -> dict[str, int]:
    """Return the open tasks to ring about an invitation, by first name."""
    async with town.unit() as unit:
        found = await calls_of(unit)
    return {what.removeprefix("ask "): task for what, task in found.items()}


async def test_an_invitation_by_phone(inviting: InvitationTown) -> None:
    """A yes signs the person up and counts; a no is counted; the words are kept."""
    made, tasks = await invited(inviting, quota=3)
    assert set(tasks) == {"Grethe", "Hanne"}
    told = await inviting.do(RecordCall(1, tasks["Grethe"], "done", "Kommer lidt senere"))
    assert told["told"] == "comes"
    await inviting.do(RecordCall(1, tasks["Hanne"], "today"))
    again = await inviting.do(RecordCall(1, tasks["Hanne"], "cannot"))
    assert again["told"] == "no"
    found = await inviting.results(made)
    assert (found.yes, found.no, found.to_ring) == (1, 1, 0)
    asked = await inviting.asked(made)
    assert asked["Grethe"].answer_words == "Kommer lidt senere"
    async with inviting.unit() as unit:
        (own,) = await unit.signups.of_shift(inviting.shift)
    assert (own.state, own.source, own.invitation_id) == ("confirmed", "invitation", made)


async def test_the_last_yes_by_phone_fills_the_invitation(inviting: InvitationTown) -> None:
    """The call to the other is withdrawn; a yes in the chat is told that it is enough."""
    made, tasks = await invited(inviting, quota=1)
    await inviting.do(RecordCall(1, tasks["Grethe"], "done"))
    assert await ringing(inviting) == {}
    assert await inviting.answer("Jens", made, "yes") == "filled"


async def test_a_task_by_agreement_by_phone(inviting: InvitationTown) -> None:
    """A yes to a task by agreement is a request, which a person answers."""
    _made, tasks = await invited(inviting, quota=2, kind=Kind.AGREEMENT)
    told = await inviting.do(RecordCall(1, tasks["Grethe"], "done"))
    assert told["told"] == "requested"


async def test_who_is_signed_up_otherwise_is_not_rung(inviting: InvitationTown) -> None:
    """Staff sign up who phones first: the call about the invitation is withdrawn."""
    made, tasks = await invited(inviting, quota=3)
    assert "Grethe" in tasks
    asked = await inviting.asked(made)
    grethe = asked["Grethe"].participant_id
    await inviting.do(SignUpFor(1, grethe, inviting.opportunity, inviting.shift, agreed=True))
    assert set(await ringing(inviting)) == {"Hanne"}
    async with inviting.unit() as unit:
        (one,) = await unit.deliveries.to(grethe, INVITATION, made)
    assert one.answer is Answer.DONE


async def test_who_is_under_15_is_refused(inviting: InvitationTown) -> None:
    """A yes of a person who is known to be under 15 signs nobody up."""
    made, tasks = await invited(inviting, quota=3)
    asked = await inviting.asked(made)
    async with inviting.unit() as unit:
        await unit.profiles.save(asked["Hanne"].participant_id, over_15=False)
    assert "15" in refusal(await inviting.do(RecordCall(1, tasks["Hanne"], "done")))
    async with inviting.unit() as unit:
        assert await unit.signups.of_shift(inviting.shift) == []
