"""Shifts: planned by an opportunity's rule, and changed or cancelled by staff."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import takewhile

from bot.calendar.recurrence import from_json, occurrences
from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.commands.volunteering import AddShift, CancelShift, ChangeShift
from bot.model.opportunity import Opportunity, OpportunityState, Shift, ShiftState
from bot.model.signup import COMES, LIVE, SignupState
from bot.redact import redact_text
from bot.service.volunteering import queue, signup_messages
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
    """Follow an edit of the rule: shifts without sign-ups are replaced, the others stay.

    A shift that staff added, changed or cancelled stays, too.
    """
    coming = await unit.shifts.of([known.id], after=unit.now)
    counts = await unit.shifts.counts([one.id for one in coming])
    # A date that staff added has an occasion with a time of its own.
    by_rule = [one for one in coming if "T" not in one.occasion and one.version == 1]
    await unit.shifts.remove([one.id for one in by_rule if one.id not in counts])
    if known.rule:
        await plan_ahead(unit, known.id)


async def too_few_seats(unit: Unit, known: Opportunity) -> Refused | None:
    """Refuse a number of places that is below the held places of a coming shift."""
    if known.seats is None:
        return None
    coming = await unit.shifts.of([known.id], after=unit.now)
    taken = await unit.shifts.taken([one.id for one in coming if one.seats is None])
    held = max(taken.values(), default=0)
    return _too_few(held) if known.seats < held else None


async def fill_coming(unit: Unit, known: Opportunity) -> None:
    """Offer places that an edit added to the waiting lists of the coming shifts."""
    for one in await unit.shifts.of([known.id], after=unit.now):
        locked = await unit.shifts.lock(one.id)
        if locked is not None and locked.seats is None:
            await queue.fill(unit, locked)


def _too_few(held: int) -> Refused:
    taken = _("{held} have a place already. Write at least that number.")
    return Refused(taken.with_(held=held), "seats")


async def add_shift(command: AddShift, unit: Unit) -> Done | Refused:
    """Add a shift to the shifts of the rule; the value is its id."""
    known = await unit.opportunities.get(command.opportunity_id)
    if known is None or known.state is OpportunityState.ENDED:
        return NO_SHIFT
    wrong = _wrong_times(unit, command.begins_at, command.ends_at)
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


async def change_shift(command: ChangeShift, unit: Unit) -> Done | Refused:
    """Change a shift; where asked for, ask the volunteers whether it still suits.

    More places go to the waiting list at once.
    """
    known = await unit.shifts.lock(command.shift_id)
    if known is None or known.state is ShiftState.CANCELLED:
        return NO_SHIFT
    if known.version != command.version:
        return Refused(_("Somebody else has changed it meanwhile. Look at it again."))
    wrong = _wrong_times(unit, command.begins_at, command.ends_at)
    if wrong is not None:
        return wrong
    held = await unit.signups.held(known.id)
    if command.seats is not None and command.seats < max(held, 1):
        return _too_few(held)
    changed = replace(
        known,
        begins_at=command.begins_at,
        ends_at=command.ends_at,
        seats=command.seats,
        places=command.places,
        version=known.version + 1,
    )
    await unit.shifts.change(
        known.id,
        begins_at=changed.begins_at,
        ends_at=changed.ends_at,
        seats=changed.seats,
        places=changed.places,
        version=changed.version,
    )
    moved = (known.begins_at, known.places) != (changed.begins_at, changed.places)
    for one in await unit.signups.of_shift(known.id, COMES):
        await signup_messages.replan(unit, one, changed, asks=command.asks and moved)
    await queue.fill(unit, changed)
    await unit.events.add(
        by_staff(command.staff_id),
        "shift_changed",
        opportunity=known.opportunity_id,
        shift=known.id,
    )
    return Done(changed.version)


async def cancel_shift(command: CancelShift, unit: Unit) -> Done | Refused:
    """Cancel a shift: everyone signed up or waiting is told the reason."""
    known = await unit.shifts.lock(command.shift_id)
    if known is None or known.state is ShiftState.CANCELLED:
        return NO_SHIFT
    reason = command.reason.strip()
    if not reason:
        return Refused(_("Write the reason. Those who are signed up read it."), "reason")
    if redact_text(reason).text != reason:
        return Refused(_("There is a CPR number in the text. Take it out."), "reason")
    await _cancel(unit, known, reason)
    await unit.events.add(
        by_staff(command.staff_id),
        "shift_cancelled",
        opportunity=known.opportunity_id,
        shift=known.id,
    )
    return Done(known.id)


async def cancel_coming(unit: Unit, known: Opportunity, reason: str) -> None:
    """Cancel all coming shifts of an opportunity."""
    await unit.timers.cancel(TIMER, str(known.id))
    for one in await unit.shifts.of([known.id], after=unit.now):
        locked = await unit.shifts.lock(one.id)
        if locked is not None:
            await _cancel(unit, locked, reason)


async def _cancel(unit: Unit, known: Shift, reason: str) -> None:
    await unit.shifts.change(known.id, state=ShiftState.CANCELLED, reason=reason)
    for one in await unit.signups.of_shift(known.id, LIVE):
        await unit.signups.change(one.id, state=SignupState.CANCELLED_BY_ORGANISER, reason=reason)
        await queue.end_offer(unit, one)
        await signup_messages.cancelled_by_organiser(unit, one, known)


def _wrong_times(unit: Unit, begins_at: datetime, ends_at: datetime) -> Refused | None:
    if begins_at <= unit.now:
        return Refused(_("That time has passed. Write one that is still to come."), "begins_at")
    if not begins_at < ends_at <= begins_at + timedelta(days=7):
        return Refused(_("It must end after it begins."), "ends_at")
    return None
