"""Taking an offered place of the waiting list, or a free place that is offered to all of it."""

from __future__ import annotations

from datetime import timedelta

from bot.engine.events import Done, Refused
from bot.model.commands.volunteering import AcceptOffer
from bot.model.opportunity import Shift, ShiftState
from bot.model.signup import Signup, SignupState
from bot.service.volunteering import gates, queue, requests
from bot.service.volunteering.queue import own_locked
from bot.service.volunteering.signups import NEEDS_GATE, own_fault
from bot.store.unit import Unit


async def accept_offer(command: AcceptOffer, unit: Unit) -> Done | Refused:
    """Take an offered place, or a free place of which the whole waiting list was told."""
    known = await unit.signups.get(command.signup_id)
    if known is not None:
        await gates.hold(unit, known.participant_id, known.opportunity_id)
    found = await own_locked(unit, command.person_id, command.signup_id)
    if found is None:
        return queue.OVER
    known, shift = found
    if known.state is SignupState.CONFIRMED:
        return Done(known.id)
    fault = await _offer_fault(unit, known, shift)
    if fault is not None:
        return fault
    await queue.confirm(unit, known, shift)
    await unit.events.add(command.by, "offer_taken", signup=known.id)
    return Done(known.id)


async def _offer_fault(unit: Unit, known: Signup, shift: Shift) -> Refused | None:
    """Return why a person cannot take an offered place, or a free one."""
    left = shift.begins_at - unit.now
    # A place that is free while people wait was offered to all of them.
    waits = known.state is SignupState.WAITLISTED
    is_offered = known.state is SignupState.OFFERED or waits
    if not is_offered or left <= timedelta() or shift.state is ShiftState.CANCELLED:
        return queue.OVER
    if waits and await queue.free_places(unit, shift) == 0:
        return queue.TAKEN
    if await requests.waits_for_gate(unit, known):
        return NEEDS_GATE
    return await own_fault(unit, known.participant_id, None)
