"""A gate that is added to an opportunity: it holds for earlier sign-ups, too."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bot.model.opportunity import Gate, Opportunity, Shift
from bot.model.signup import LIVE, Signup, SignupState
from bot.service.volunteering import gates, queue, requests, signup_messages, signups
from bot.store.unit import Unit


async def follow(unit: Unit, known: Opportunity, shifts: Collection[Shift]) -> None:
    """Follow an edit that adds a gate: what is missing is ordered, and who waits asks again.

    A volunteer with a place keeps it while it is ordered. The caller holds the coming *shifts*.
    """
    live = await unit.signups.of_opportunity(known.id, LIVE)
    of = {one.id: one for one in shifts}
    for shift_id in sorted(of):
        live += await unit.signups.of_shift(shift_id, LIVE)
    for listed in live:
        one = await unit.signups.lock(listed.id)  # an earlier one may have freed a place for it
        missing = await gates.missing(unit, listed.participant_id, known)
        if one is None or not one.is_live or not missing:
            continue
        if await gates.is_refused(unit, one.participant_id, missing):
            for gate in missing:
                await requests.gate_refused(unit, one.participant_id, gate)
            continue
        await _wait_for_gates(unit, one, known, of.get(one.shift_id or 0), missing)


async def _wait_for_gates(
    unit: Unit,
    known: Signup,
    opportunity: Opportunity,
    shift: Shift | None,
    missing: tuple[Gate, ...],
) -> None:
    """Order what is missing for a sign-up, and tell the volunteer.

    A place in the queue, or an offered one, becomes a request; it is decided when all is open.
    """
    await gates.want(unit, known.participant_id, missing, opportunity.id)
    if known.state in {SignupState.WAITLISTED, SignupState.OFFERED}:
        await unit.signups.change(
            known.id, state=SignupState.REQUESTED, offered_until=None, queued_at=None
        )
        await queue.end_offer(unit, known)
        await signup_messages.stop(unit, known)
        asks = replace(known, state=SignupState.REQUESTED)
        await signups.ask_contacts(unit, asks, opportunity, shift)
    occasion = signup_messages.each_time(unit, signup_messages.NEEDS)
    await signup_messages.tell(unit, known, occasion, shift)
    if known.state is SignupState.OFFERED and shift is not None:
        await queue.fill(unit, shift, queue.freed_by_signup(known))
