"""Shifts: planned by an opportunity's rule, and changed or cancelled by staff."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import takewhile

from bot.calendar.recurrence import from_json, occurrences
from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.commands.volunteering import AddShift, CancelShift, ChangeShift
from bot.model.delivery import DeliveryState
from bot.model.invitation import InvitationState
from bot.model.opportunity import (
    LONGEST_PLACE,
    Kind,
    Opportunity,
    OpportunityState,
    Shift,
    ShiftState,
)
from bot.model.signup import COMES, LIVE, SIGNUP, SignupState
from bot.service.volunteering import credit, queue, requests, signup_messages
from bot.service.volunteering.written import NO_REASON, reasons_of, seats_fault, text_fault
from bot.store.events import by_staff
from bot.store.timers import NewTimer
from bot.store.unit import Unit

AHEAD = timedelta(days=70)  # how far ahead shifts are planned
MOST = 200  # shifts of one opportunity that are planned at a time
TIMER = "plan_shifts"  # subject: the opportunity
NO_SHIFT = Refused(_("There is no such shift."))


async def plan_ahead(unit: Unit, opportunity_id: int) -> None:
    """Plan an opportunity's shifts of the next ten weeks, and look again tomorrow."""
    known = await unit.opportunities.lock(opportunity_id)
    if known is None or known.state is OpportunityState.ENDED or not known.rule:
        return
    await unit.shifts.plan(list(_by_rule(unit, known)))
    tomorrow = unit.calendar.local(unit.now).date() + timedelta(days=1)
    at = unit.calendar.instant(tomorrow, time(3))
    lane = f"opportunity:{opportunity_id}"
    await unit.timers.set(NewTimer(TIMER, str(opportunity_id), lane, at))


async def _invited(unit: Unit, opportunity_id: int) -> dict[int, set[InvitationState]]:
    """Return the states of the invitations to an opportunity, by shift."""
    found: dict[int, set[InvitationState]] = {}
    for one in await unit.volunteer_invitations.of_opportunity(opportunity_id, MOST):
        if one.shift_id is not None:
            # A filled one asks again where a volunteer cancels.
            is_over = one.state is InvitationState.ENDED
            state = InvitationState.ENDED if is_over else InvitationState.OPEN
            found.setdefault(one.shift_id, set()).add(state)
    return found


def _by_rule(unit: Unit, known: Opportunity) -> Iterator[Shift]:
    """Yield the coming shifts of an opportunity's rule, within its season."""
    rule = from_json((known.rule or {})["recurrence"])
    until = unit.now + AHEAD
    coming = takewhile(lambda one: one.instant < until, occurrences(rule, unit.calendar, unit.now))
    made = 0
    for one in coming:
        if one.instant <= unit.now or not known.in_season(one.nominal):
            continue
        yield Shift(
            id=0,
            opportunity_id=known.id,
            occasion=one.nominal.isoformat(),
            begins_at=one.instant,
            ends_at=one.instant + timedelta(minutes=known.takes),
        )
        made += 1
        if made == MOST:
            return


async def replan(unit: Unit, known: Opportunity) -> None:
    """Follow an edit of the rule: shifts without volunteers are replaced, the others stay.

    A shift stays, too, that staff added, changed or cancelled, or to which people are invited.
    One with a history is kept: it moves with its day, or is cancelled. The rows are held, so that
    no sign-up is made meanwhile.
    """
    coming = await unit.shifts.of([known.id], after=unit.now)
    # A date that staff added has an occasion with a time of its own.
    by_rule = sorted(one.id for one in coming if one.version == 1 and "T" not in one.occasion)
    for shift_id in by_rule:
        await unit.shifts.lock(shift_id)
    counts = await unit.shifts.counts(by_rule)
    invited = await _invited(unit, known.id)
    past = [one for one in by_rule if one in counts or one in invited]
    await unit.shifts.remove([one for one in by_rule if one not in past])
    new = {one.occasion: one for one in _by_rule(unit, known)} if known.rule else {}
    for one in coming:
        waits = one.id in past and not (counts.get(one.id, {}).keys() & LIVE)
        if not waits or InvitationState.OPEN in invited.get(one.id, ()):
            continue
        own = new.get(one.occasion)
        if own is None:
            await unit.shifts.change(one.id, state=ShiftState.CANCELLED)
        else:
            await unit.shifts.change(one.id, begins_at=own.begins_at, ends_at=own.ends_at)
    if known.rule:
        await plan_ahead(unit, known.id)


async def overfull(unit: Unit, known: Opportunity, seats: int | None) -> int:
    """Return the places that are held in the fullest shift, where *seats* are too few; else 0.

    Shifts with a number of their own do not count. The rows of the others are held.
    """
    ids = [one.id for one in await hold_coming(unit, known) if one.seats is None]
    taken = await unit.shifts.taken(ids)
    most = max(taken.values(), default=0)
    if known.kind is Kind.AGREEMENT:
        most = await unit.signups.held_by_agreement(known.id)
    return most if seats is not None and most > seats else 0


async def hold_coming(unit: Unit, known: Opportunity) -> list[Shift]:
    """Return the coming shifts of an opportunity, held, in order of id."""
    coming = await unit.shifts.of([known.id], after=unit.now)
    held = [await unit.shifts.lock(one) for one in sorted(one.id for one in coming)]
    return [one for one in held if one is not None]


async def fill_all(unit: Unit, known: Opportunity) -> None:
    """Offer new places of an opportunity to the waiting lists of its shifts."""
    for one in await unit.shifts.of([known.id], after=unit.now):
        if one.seats is None:
            await queue.fill(unit, one, f"o{known.version}")


async def add_shift(command: AddShift, unit: Unit) -> Done | Refused:
    """Add a shift to the shifts of the rule; the value is its id."""
    known = await unit.opportunities.get(command.opportunity_id)
    if known is None or known.state is OpportunityState.ENDED:
        return NO_SHIFT
    wrong = _wrong_times(unit, command.begins_at, command.ends_at) or seats_fault(command.seats)
    if wrong is not None:
        return wrong
    local = unit.calendar.local(command.begins_at)
    occasion = f"{local:%Y-%m-%dT%H:%M}"
    new = Shift(0, known.id, occasion, command.begins_at, command.ends_at, seats=command.seats)
    made = await unit.shifts.plan([new])
    if not made:
        return Refused(_("There is a shift at that time already."), "begins_at")
    await unit.events.add(
        by_staff(command.staff_id), "shift_added", opportunity=known.id, shift=made[0].id
    )
    return Done(made[0].id)


async def _held(unit: Unit, shift_id: int) -> Shift | None:
    """Hold the opportunity of a shift and then the shift, in the order of an edit; return it."""
    found = await unit.shifts.get(shift_id)
    if found is None:
        return None
    await unit.opportunities.lock(found.opportunity_id)
    return await unit.shifts.lock(shift_id)


async def change_shift(command: ChangeShift, unit: Unit) -> Done | Refused:
    """Change a shift; where asked for, ask the volunteers whether it still suits.

    More places go to the waiting list at once.
    """
    known = await _held(unit, command.shift_id)
    if known is None or known.state is ShiftState.CANCELLED:
        return NO_SHIFT
    if known.version != command.version:
        return Refused(_("Somebody else has changed it meanwhile. Look at it again."))
    if known.begins_at <= unit.now:
        return Refused(_("That shift has begun already."), "begins_at")
    changed = replace(
        known,
        begins_at=command.begins_at,
        ends_at=command.ends_at,
        seats=command.seats,
        places=command.places or None,
        version=known.version + 1,
    )
    wrong = _wrong_times(unit, command.begins_at, command.ends_at)
    wrong = wrong or text_fault((command.places or {}).values(), LONGEST_PLACE, "places_da")
    wrong = wrong or seats_fault(command.seats) or await _too_few_seats(unit, known, changed)
    if wrong is not None:
        return wrong
    before = {"begins_at": known.begins_at.isoformat(), "places": known.places}
    await unit.shifts.change(
        known.id,
        begins_at=changed.begins_at,
        ends_at=changed.ends_at,
        seats=changed.seats,
        places=changed.places,
        version=changed.version,
        before=before,
    )
    await _follow_change(unit, known, changed, asks=command.asks)
    await queue.fill(unit, changed, f"v{changed.version}")
    await unit.events.add(
        by_staff(command.staff_id),
        "shift_changed",
        opportunity=known.opportunity_id,
        shift=known.id,
    )
    return Done(changed.version)


async def _too_few_seats(unit: Unit, known: Shift, changed: Shift) -> Refused | None:
    """Return why a new number of places is refused: more people have one."""
    seats = await queue.seats_of(unit, changed)
    if seats is None or seats == await queue.seats_of(unit, known):
        return None
    held = await unit.signups.held(known.id)
    return too_few(held) if seats < max(held, 1) else None


def too_few(held: int) -> Refused:
    """Return the refusal of a number of places below those that people have."""
    why = _("{held} have a place already. Write at least that number.")
    return Refused(why.with_(held=held), "seats")


async def _follow_change(unit: Unit, known: Shift, changed: Shift, *, asks: bool) -> None:
    """Let the messages of a shift follow its change, and ask the volunteers where it moved.

    What is on its way to others, such as an offer, holds for the changed shift. They are told.
    """
    retimed = (known.begins_at, known.ends_at) != (changed.begins_at, changed.ends_at)
    asks = asks and (retimed or known.places != changed.places)
    live = await unit.signups.of_shift(known.id, LIVE)
    kept = [one.id for one in live if not asks or one.state not in COMES]
    await unit.deliveries.carry(SIGNUP, kept, changed.version, changed.begins_at, only_planned=asks)
    for one in live:
        if asks and one.state not in COMES and not await _offer_waits(unit, one.id):
            occasion = f"{signup_messages.CHANGED}:{changed.version}"
            await signup_messages.tell(unit, one, occasion, changed)
        if retimed and one.state is SignupState.REQUESTED:
            await requests.follow(unit, one, changed)
        if one.state in COMES and (asks or retimed):
            if asks:
                await unit.signups.change(one.id, says_coming_at=None)
            await signup_messages.replan(unit, one, changed, asks=asks)
    if retimed:
        await queue.follow(unit, changed)


async def _offer_waits(unit: Unit, signup_id: int) -> bool:
    """Return whether an offer to a person is still to be sent: it says the new time itself."""
    known = await unit.deliveries.of_subject(SIGNUP, signup_id, MOST)
    planned = [one for one in known if one.state is DeliveryState.PLANNED]
    return any(signup_messages.kind_of(one) in signup_messages.OFFERS for one in planned)


async def cancel_shift(command: CancelShift, unit: Unit) -> Done | Refused:
    """Cancel a shift: everyone signed up or waiting is told the reason."""
    known = await _held(unit, command.shift_id)
    if known is None or known.state is ShiftState.CANCELLED or known.ends_at <= unit.now:
        return NO_SHIFT
    reasons = reasons_of(command.reason, command.other_reasons)
    if isinstance(reasons, Refused):
        return reasons
    if not reasons:
        return NO_REASON
    await _cancel(unit, known, reasons)
    await unit.events.add(
        by_staff(command.staff_id),
        "shift_cancelled",
        opportunity=known.opportunity_id,
        shift=known.id,
    )
    return Done(known.id)


async def cancel_coming(unit: Unit, known: Opportunity, reasons: Mapping[str, str]) -> None:
    """Cancel all coming shifts of an opportunity."""
    await unit.timers.cancel(TIMER, str(known.id))
    coming = await unit.shifts.of([known.id], after=unit.now)
    for one in sorted(coming, key=lambda one: one.id):
        locked = await unit.shifts.lock(one.id)
        if locked is not None:
            await _cancel(unit, locked, reasons)


async def _cancel(unit: Unit, known: Shift, reasons: Mapping[str, str]) -> None:
    why = {"reason": reasons.get("da", ""), "reasons": reasons}
    await unit.shifts.change(known.id, state=ShiftState.CANCELLED, **why)
    for one in await unit.signups.of_shift(known.id, LIVE):
        await unit.signups.change(one.id, state=SignupState.CANCELLED_BY_ORGANISER, **why)
        await queue.end_offer(unit, one)
        await unit.timers.cancel(queue.REQUEST_LATE, str(one.id))
        await signup_messages.cancelled_by_organiser(unit, one, known)
    await look_at_invitations(unit, known.opportunity_id, shift_id=known.id)


async def look_at_invitations(
    unit: Unit, opportunity_id: int, *, shift_id: int | None = None
) -> None:
    """Let the invitations to an opportunity or its shift be looked at: those to no place end."""
    for one in await unit.volunteer_invitations.of_opportunity(
        opportunity_id, MOST, shift_id=shift_id
    ):
        if one.state is not InvitationState.ENDED:
            await credit.look_soon(unit, one.id)


def _wrong_times(unit: Unit, begins_at: datetime, ends_at: datetime) -> Refused | None:
    if begins_at <= unit.now:
        return Refused(_("That time has passed. Write one that is still to come."), "begins_at")
    if not begins_at < ends_at <= begins_at + timedelta(days=7):
        return Refused(_("It must end after it begins."), "ends_at")
    return None
