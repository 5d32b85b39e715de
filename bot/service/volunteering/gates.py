"""Gates: what must be in order before a volunteer's first shift (HR-21, HR-22)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.commands.volunteering import AgreeToGate, SetGate
from bot.model.opportunity import OPPORTUNITY, Gate, Opportunity
from bot.model.profile import GATE_TAKES, GateCheck, GateState
from bot.model.staff import May
from bot.service.staff_alerts import alert_staff
from bot.service.volunteering import requests
from bot.store.alerts import Subject
from bot.store.events import CITIZEN, by_staff
from bot.store.timers import NewTimer
from bot.store.unit import Unit

RECHECK_AFTER = timedelta(days=365)
RECHECK = "recheck_gate"  # the timer; subject: the participant
# What the volunteer acknowledges in the chat; staff set the others.
ACKNOWLEDGED = frozenset({Gate.CONFIDENTIALITY})
RECHECKED = frozenset({Gate.CHILDREN, Gate.CRIMINAL_RECORD})
PROMISE_VERSION = 1  # of the text that is acknowledged; increase it with each new wording
MORNING = time(8, 30)
FOLLOWING = {
    GateState.WANTED: frozenset({GateState.ORDERED, GateState.OPEN, GateState.REFUSED}),
    GateState.ORDERED: frozenset({GateState.OPEN, GateState.REFUSED, GateState.WANTED}),
    GateState.OPEN: frozenset({GateState.WANTED, GateState.REFUSED}),
    GateState.REFUSED: frozenset({GateState.WANTED, GateState.OPEN}),
}


async def hold(unit: Unit, participant_id: int, opportunity_id: int) -> None:
    """Hold the gates of a person where an opportunity has gates.

    Otherwise a gate that opens and a sign-up at the same time would not see each other.
    """
    known = await unit.opportunities.get(opportunity_id)
    if known is not None and known.gates:
        await unit.facts.hold(f"gates:{participant_id}")


async def missing(unit: Unit, participant_id: int, known: Opportunity) -> tuple[Gate, ...]:
    """Return the gates of an opportunity that are not open for a person."""
    if not known.gates:
        return ()
    checks = await unit.profiles.gates(participant_id)
    return tuple(
        gate
        for gate in known.gates
        if gate not in checks or checks[gate].state is not GateState.OPEN
    )


async def possible_from(unit: Unit, participant_id: int, known: Opportunity) -> datetime | None:
    """Return from when a person can come whose certificate is missing; None for at once.

    A certificate that is ordered already counts from then.
    """
    checks = await unit.profiles.gates(participant_id) if set(known.gates) & RECHECKED else {}
    missing = [
        checks.get(gate)
        for gate in known.gates
        if gate in RECHECKED and (gate not in checks or checks[gate].state is not GateState.OPEN)
    ]
    began = [one.ordered_at if one is not None else None for one in missing]
    return max(((at or unit.now) + GATE_TAKES for at in began), default=None)


async def is_refused(unit: Unit, participant_id: int, gates: tuple[Gate, ...]) -> bool:
    """Return whether staff have refused one of some gates of a person."""
    checks = await unit.profiles.gates(participant_id) if gates else {}
    return any(gate in checks and checks[gate].state is GateState.REFUSED for gate in gates)


async def want(
    unit: Unit, participant_id: int, gates: tuple[Gate, ...], opportunity_id: int
) -> None:
    """Ask staff for the gates of a person that have not begun.

    Administrators are alerted where no member of the staff may handle them.
    """
    checks = await unit.profiles.gates(participant_id)
    new = [one for one in gates if one not in ACKNOWLEDGED and one not in checks]
    for gate in new:
        await unit.profiles.set_gate(participant_id, gate, state=GateState.WANTED)
        await unit.tasks.add("gate", f"gate:{participant_id}:{gate}", None)
    if new and not await unit.staff.holders(May.HANDLE_GATES):
        admins = [one.id for one in await unit.staff.holders(May.MANAGE_STAFF)]
        await alert_staff(unit, admins, Subject(OPPORTUNITY, opportunity_id), "gates_without_staff")


async def are_without_staff(unit: Unit) -> bool:
    """Return whether gates wait for staff, or may soon, and no member of the staff handles them."""
    if await unit.staff.holders(May.HANDLE_GATES):
        return False
    if await unit.profiles.count_gates_waiting(unit.now.date()):
        return True
    return any(set(one.gates) - ACKNOWLEDGED for one in await unit.opportunities.open())


async def set_gate(command: SetGate, unit: Unit) -> Done | Refused:
    """Set the state of a gate; requests that waited for it are decided."""
    gate, state = Gate(command.gate), GateState(command.state)
    if await unit.participants.get(command.participant_id) is None:
        return Refused(_("There is no such person."))
    await unit.facts.hold(f"gates:{command.participant_id}")
    known = (await unit.profiles.gates(command.participant_id)).get(gate)
    today = unit.calendar.local(unit.now).date()
    if known is not None and known.state is state and not is_due(known, today):
        return Done(command.participant_id)
    if known is not None and state not in FOLLOWING[known.state] | {known.state}:
        return Refused(_("That does not follow from its present state."), "state")
    if known is not None and known.state is GateState.REFUSED:
        await requests.refusal_taken_back(unit, command.participant_id, known)
    recheck = today + RECHECK_AFTER if state is GateState.OPEN and gate in RECHECKED else None
    ordered = unit.now if state is GateState.ORDERED else (known.ordered_at if known else None)
    await unit.profiles.set_gate(
        command.participant_id,
        gate,
        state=state,
        staff_id=command.staff_id,
        ordered_at=ordered,
        recheck_on=recheck,
    )
    await _recheck_next(unit, command.participant_id)
    await unit.events.add(
        by_staff(command.staff_id),
        "gate_set",
        participant=command.participant_id,
        gate=gate,
        state=state,
    )
    subject = f"gate:{command.participant_id}:{gate}"
    if state is not GateState.WANTED:
        await unit.tasks.settle("gate", subject, command.staff_id)
        await unit.tasks.settle("recheck", f"{subject}:", command.staff_id)
    if state is GateState.OPEN:
        await requests.gates_opened(unit, command.participant_id)
    elif state is GateState.ORDERED:
        await requests.gate_ordered(unit, command.participant_id, gate)
    elif state is GateState.REFUSED:
        await requests.gate_refused(unit, command.participant_id, gate)
    return Done(command.participant_id)


async def _recheck_next(unit: Unit, participant_id: int) -> None:
    """Set the timer of the next gate of a person that is to be checked again."""
    today = unit.calendar.local(unit.now).date()
    coming = [
        check.recheck_on
        for check in (await unit.profiles.gates(participant_id)).values()
        if check.state is GateState.OPEN and check.recheck_on and check.recheck_on > today
    ]
    if not coming:
        await unit.timers.cancel(RECHECK, str(participant_id))
        return
    at = unit.calendar.instant(min(coming), MORNING)
    lane = f"participant:{participant_id}"
    await unit.timers.set(NewTimer(RECHECK, str(participant_id), lane, at))


async def recheck(unit: Unit, participant_id: int) -> None:
    """Ask staff to check the gates of a person again, a year after they were opened."""
    today = unit.calendar.local(unit.now).date()
    for gate, check in (await unit.profiles.gates(participant_id)).items():
        if is_due(check, today):
            subject = f"gate:{participant_id}:{gate}:{check.recheck_on}"
            await unit.tasks.add("recheck", subject, None)
    await _recheck_next(unit, participant_id)


def is_due(check: GateCheck, today: date) -> bool:
    """Return whether an open gate is to be checked again."""
    is_late = check.recheck_on is not None and check.recheck_on <= today
    return check.state is GateState.OPEN and is_late


async def agree_to_gate(command: AgreeToGate, unit: Unit) -> Done | Refused:
    """Record that a volunteer acknowledged a gate in the chat."""
    gate = Gate(command.gate)
    if gate not in ACKNOWLEDGED:
        return Refused(_("Only staff can set that."))
    person = await unit.people.get(command.person_id)
    participant = await unit.participants.of_person(person.id, person.address)
    await unit.facts.hold(f"gates:{participant.id}")
    known = (await unit.profiles.gates(participant.id)).get(gate)
    if known is not None and known.state is GateState.REFUSED:
        return Refused(_("Only staff can set that."))
    await unit.profiles.set_gate(participant.id, gate, state=GateState.OPEN)
    await unit.events.add(
        CITIZEN,
        "gate_set",
        participant=participant.id,
        gate=gate,
        state="open",
        version=PROMISE_VERSION,
    )
    await requests.gates_opened(unit, participant.id)
    return Done(participant.id)
