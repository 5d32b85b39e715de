"""Who waits for a member of the staff: requests, questions, objections, and silent volunteers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.profile import GateState
from bot.model.signup import Signup, SignupState, is_at_risk
from bot.store.unit import Unit


class Waits(StrEnum):
    """What a volunteer waits for."""

    ANSWER = "answer"  # to a request
    REASON = "reason"  # why it did not work out
    CONTACT = "contact"  # to agree on a time
    SECOND_LOOK = "second_look"  # at a no-show
    CALL = "call"  # silent before a shift


@dataclass(frozen=True, slots=True)
class Waiting:
    """A volunteer who waits for staff; *due_at* is the date that they were told, if any."""

    signup: Signup
    waits: Waits
    begins_at: datetime | None
    due_at: datetime | None


_WAITS_FOR = {
    SignupState.REQUESTED: Waits.ANSWER,
    SignupState.REJECTED: Waits.REASON,
    SignupState.CANCELLED_BY_ORGANISER: Waits.REASON,
    SignupState.CONFIRMED: Waits.CONTACT,
    SignupState.NO_SHOW: Waits.SECOND_LOOK,
}


async def waiting_for(unit: Unit, staff_id: int) -> list[Waiting]:
    """Return who waits for a member of the staff, the most urgent first.

    Requests that wait for a certificate or a course wait for other staff.
    """
    found = await unit.signups.waiting_for_staff(staff_id)
    blocked = await _behind_gates(unit, [one for one, _at in found])
    rows = [
        Waiting(one, _WAITS_FOR[one.state], begins_at, one.due_at)
        for one, begins_at in found
        if one.due_at is not None and one.id not in blocked and one.state in _WAITS_FOR
    ]
    rows += [
        Waiting(one, Waits.CALL, begins_at, begins_at)
        for one, begins_at in found
        if one.due_at is None and begins_at is not None and is_at_risk(one, begins_at, unit.now)
    ]
    return sorted(rows, key=lambda one: (one.due_at or unit.now, one.signup.id))


async def _behind_gates(unit: Unit, signups: list[Signup]) -> set[int]:
    """Return the ids of the requests for which something is not in order yet."""
    requests = [one for one in signups if one.state is SignupState.REQUESTED]
    if not requests:
        return set()
    known = await unit.opportunities.some({one.opportunity_id for one in requests})
    gated = [one for one in requests if known[one.opportunity_id].gates]
    if not gated:
        return set()
    checks = await unit.profiles.gates_of({one.participant_id for one in gated})
    opened = {(one.participant_id, one.gate) for one in checks if one.state is GateState.OPEN}
    return {
        one.id
        for one in gated
        if any((one.participant_id, gate) not in opened for gate in known[one.opportunity_id].gates)
    }
