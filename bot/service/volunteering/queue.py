"""The waiting list of a shift: a free place is offered for a time, to one person after another.

Inside twelve hours of the beginning it is offered to the whole list, and the first answer
takes it. Such an offer holds no place.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.commands.volunteering import DeclineOffer
from bot.model.delivery import Reason
from bot.model.opportunity import Shift, ShiftState
from bot.model.signup import ALL_AT_ONCE, OFFER_LEAST, Signup, SignupState, offer_length
from bot.service.volunteering import signup_messages
from bot.service.volunteering.signup_messages import FREE, OFFER, WAITLISTED
from bot.store.events import CLOCK
from bot.store.timers import NewTimer
from bot.store.unit import Unit

TIMER = "offer_ends"  # subject: the sign-up
REQUEST_LATE = "request_late"  # the timer of a request; subject: the sign-up
OF_REQUESTS = ("volunteer_asks", "request_soon", "request_ready", "request_late")  # alerts
TAKEN = Refused(_("Somebody else was faster. You keep your place in the queue."))
OVER = Refused(_("That offer is over."))


async def seats_of(unit: Unit, shift: Shift) -> int | None:
    """Return the number of places of a shift; None without a limit."""
    if shift.seats is not None:
        return shift.seats
    known = await unit.opportunities.get(shift.opportunity_id)
    return known.seats if known is not None else None


async def free_places(unit: Unit, shift: Shift) -> int | None:
    """Return the number of free places of a shift; None without a limit."""
    seats = await seats_of(unit, shift)
    return None if seats is None else max(seats - await unit.signups.held(shift.id), 0)


async def fill(unit: Unit, shift: Shift, freed_by: str) -> None:
    """Offer the free places of a shift to its waiting list.

    *freed_by* names what freed a place: inside twelve hours each person gets one message about it.
    The caller holds the shift's row, so that no place is offered twice.
    """
    left = shift.begins_at - unit.now
    if left <= timedelta() or shift.state is ShiftState.CANCELLED:
        return
    free = await free_places(unit, shift)
    if free == 0:
        return
    to_all = goes_to_all(unit, shift)
    for one in await unit.signups.waiting(shift.id):
        if to_all:
            await signup_messages.tell(unit, one, f"{FREE}:{freed_by}", shift, asks=True)
        elif free == 0:
            return
        elif await _offer(unit, one, shift) and free is not None:
            free -= 1


def goes_to_all(unit: Unit, shift: Shift) -> bool:
    """Return whether a free place goes to the whole list, and the first tap takes it.

    It does inside twelve hours, and before a night in which one person could hold it to the end.
    """
    left = shift.begins_at - unit.now
    if left <= ALL_AT_ONCE:
        return True
    ends = _until(unit, unit.now, offer_length(left), None)
    return ends > shift.begins_at - OFFER_LEAST


def freed_by_signup(known: Signup) -> str:
    """Return the name of a place that a sign-up has freed."""
    return f"s{known.id}"


async def _offer(unit: Unit, one: Signup, shift: Shift) -> bool:
    """Hold a place for one person and set when the offer ends; return False if they have left."""
    occasion = signup_messages.each_time(unit, OFFER)
    told_at = await signup_messages.tell(unit, one, occasion, shift, asks=True)
    if told_at is None:
        await unit.signups.change(one.id, state=SignupState.CANCELLED)
        await end_offer(unit, one)
        return False
    person = await unit.audiences.find(one.participant_id, although_blocked=True)
    own = person.own_quiet if person is not None else None
    until = _until(unit, told_at, offer_length(shift.begins_at - told_at), own)
    until = min(until, shift.begins_at - OFFER_LEAST)
    await unit.signups.change(one.id, state=SignupState.OFFERED, offered_until=until)
    await _ends_at(unit, one.id, shift, until)
    return True


async def _ends_at(unit: Unit, signup_id: int, shift: Shift, at: datetime) -> None:
    """Set when an offer ends, or when waiting ends."""
    await unit.timers.set(NewTimer(TIMER, str(signup_id), f"shift:{shift.id}", at))


async def joined_at(unit: Unit, shift: Shift) -> datetime:
    """Return when a person joins the waiting list: not before the people who know their place.

    A transaction that waited for the shift's row has an earlier time than one before it.
    """
    newest = await unit.signups.newest_in_queue(shift.id)
    return max(unit.now, newest or unit.now)


async def wait(unit: Unit, known: Signup, shift: Shift) -> None:
    """Let a person of the waiting list wait until the shift begins.

    A person who joins while a free place is offered to the whole list gets the offer, too.
    """
    await _ends_at(unit, known.id, shift, shift.begins_at)
    if await free_places(unit, shift) != 0:
        await signup_messages.tell(unit, known, f"{FREE}:joined", shift, asks=True)


async def follow(unit: Unit, shift: Shift) -> None:
    """Follow a change of a shift's time: the waiting list ends when it begins.

    Where it is so near that a free place goes to all, an offered place goes to the whole list.
    """
    to_all = goes_to_all(unit, shift)
    for one in await unit.signups.of_shift(shift.id, {SignupState.OFFERED, SignupState.WAITLISTED}):
        until = shift.begins_at
        if one.offered_until is not None and to_all:
            waits = {"state": SignupState.WAITLISTED, "offered_until": None}
            await unit.signups.change(one.id, **waits)
        elif one.offered_until is not None:
            until = min(one.offered_until, shift.begins_at - OFFER_LEAST)
            await unit.signups.change(one.id, offered_until=until)
        await _ends_at(unit, one.id, shift, until)


def _until(unit: Unit, start: datetime, span: timedelta, own: tuple[int, int] | None) -> datetime:
    """Return when *span* is over, counted outside quiet hours, to five minutes."""
    left, at, step = span, start, timedelta(minutes=5)
    while left > timedelta():
        at = unit.calendar.next_allowed(at, own)
        at += min(step, left)
        left -= step
    return at


async def offer_ends(unit: Unit, signup_id: int) -> None:
    """End an offer that was not answered, and offer the place to the next person.

    A person who still waits when the shift begins is told that it did not work out.
    """
    known = await unit.signups.get(signup_id)
    if known is None or known.shift_id is None:
        return
    shift = await unit.shifts.lock(known.shift_id)
    known = await unit.signups.get(signup_id)
    if shift is None or known is None:
        return
    if known.state is SignupState.WAITLISTED and shift.begins_at <= unit.now:
        await unit.signups.change(signup_id, state=SignupState.NOT_NEEDED)
        await signup_messages.stop(unit, known, Reason.TOO_LATE)
        await signup_messages.tell(unit, known, signup_messages.NOT_NEEDED, shift)
    if known.state is not SignupState.OFFERED:
        return
    await unit.signups.change(signup_id, state=SignupState.OFFER_EXPIRED)
    await signup_messages.stop(unit, known, Reason.TOO_LATE)
    await unit.events.add(CLOCK, "offer_expired", signup=signup_id)
    await fill(unit, shift, freed_by_signup(known))


async def decline_offer(command: DeclineOffer, unit: Unit) -> Done | Refused:
    """Decline an offered place, or leave the waiting list; the place goes to the next person."""
    found = await own_locked(unit, command.person_id, command.signup_id)
    if found is None:
        return OVER
    known, shift = found
    if known.state not in {SignupState.OFFERED, SignupState.WAITLISTED}:
        return OVER
    offered = known.state is SignupState.OFFERED
    state = SignupState.DECLINED if offered else SignupState.CANCELLED
    await unit.signups.change(known.id, state=state)
    await end_offer(unit, known)
    await signup_messages.stop(unit, known)
    await unit.events.add(command.by, "offer_declined", signup=known.id)
    if offered:
        await fill(unit, shift, freed_by_signup(known))
    return Done(known.id)


async def confirm(unit: Unit, known: Signup, shift: Shift) -> None:
    """Give a person their place, and plan the messages of the shift."""
    await unit.signups.change(
        known.id, state=SignupState.CONFIRMED, offered_until=None, queued_at=None
    )
    await end_offer(unit, known)
    await signup_messages.withdraw_calls(unit, known, signup_messages.OFFERS | {WAITLISTED})
    await expect(unit, known, shift)


async def expect(unit: Unit, known: Signup, shift: Shift) -> None:
    """Plan the messages to a person who has a place.

    A person who takes it after the time of the question says yes by that.
    """
    is_asked = await signup_messages.plan_chain(unit, known, shift)
    if not is_asked and shift.begins_at > unit.now:
        await unit.signups.change(known.id, says_coming_at=unit.now)


async def leave(unit: Unit, own: Signup) -> None:
    """End what a person waits for in a shift, because they have a place there by other means."""
    offered = own.state is SignupState.OFFERED
    await unit.signups.change(
        own.id, state=SignupState.DECLINED if offered else SignupState.NOT_NEEDED
    )
    await end_offer(unit, own)
    await request_over(unit, own.id)
    await signup_messages.stop(unit, own)


async def end_offer(unit: Unit, known: Signup) -> None:
    """Cancel the timer of an offer, or of waiting."""
    await unit.timers.cancel(TIMER, str(known.id))


async def request_over(unit: Unit, signup_id: int) -> None:
    """Cancel the alarm of a request that is decided or withdrawn, and close its alerts."""
    await unit.timers.cancel(REQUEST_LATE, str(signup_id))
    await unit.alerts.close(OF_REQUESTS, str(signup_id))


async def is_own(unit: Unit, person_id: int | None, known: Signup | None) -> bool:
    """Return whether a sign-up is the citizen's own; staff (None) act for each volunteer."""
    if known is None or person_id is None:
        return known is not None
    return known.participant_id == (await unit.participants.of_person(person_id)).id


async def who_acts(unit: Unit, person_id: int | None, participant_id: int | None) -> int:
    """Return the participant of a citizen, or the one that staff act for."""
    if person_id is None:
        if participant_id is None:
            raise ValueError("a command names neither a citizen nor a participant")
        return participant_id
    person = await unit.people.get(person_id)
    return (await unit.participants.of_person(person.id, person.address)).id


async def held(unit: Unit, signup_id: int) -> tuple[Signup, Shift | None] | None:
    """Return a sign-up and its shift; hold the shift's row, then the sign-up's.

    None for an unknown sign-up. By agreement there is no shift, and the opportunity's row is held.
    """
    known = await unit.signups.get(signup_id)
    if known is None:
        return None
    shift = None
    if known.shift_id is not None:
        shift = await unit.shifts.lock(known.shift_id)
    else:
        await unit.opportunities.lock(known.opportunity_id)
    known = await unit.signups.lock(signup_id)
    return None if known is None else (known, shift)


async def held_with_shift(unit: Unit, signup_id: int) -> tuple[Signup, Shift] | None:
    """Return a sign-up for a shift and the shift, both held; None where there is none."""
    known, shift = await held(unit, signup_id) or (None, None)
    return None if known is None or shift is None else (known, shift)


async def held_agreement(unit: Unit, signup_id: int) -> Signup | None:
    """Return a sign-up by agreement, held; None for an unknown one, and for one for a shift."""
    known, _shift = await held(unit, signup_id) or (None, None)
    return None if known is None or known.shift_id is not None else known


async def own_locked(
    unit: Unit, person_id: int | None, signup_id: int
) -> tuple[Signup, Shift] | None:
    """Return a citizen's own sign-up and its shift, both held; None for another's."""
    known = await unit.signups.get(signup_id)
    if known is None or not await is_own(unit, person_id, known):
        return None
    return await held_with_shift(unit, signup_id)
