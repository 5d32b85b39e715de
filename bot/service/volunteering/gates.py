"""Gates: what must be in order before a volunteer's first shift (HR-21, HR-22)."""

from __future__ import annotations

from datetime import timedelta

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.commands.volunteering import AgreeToGate, SetGate
from bot.model.opportunity import Gate, Opportunity
from bot.model.profile import GateState
from bot.service.volunteering import requests
from bot.store.events import CITIZEN, by_staff
from bot.store.timers import NewTimer
from bot.store.unit import Unit

RECHECK_AFTER = timedelta(days=365)
RECHECK = "recheck_gate"  # the timer; subject: the participant
# What the volunteer acknowledges in the chat; staff set the others.
ACKNOWLEDGED = frozenset({Gate.CONFIDENTIALITY})
RECHECKED = frozenset({Gate.CHILDREN, Gate.CRIMINAL_RECORD})
USUALLY_TAKES = 10  # days, for a certificate
_FOLLOWING = {
    GateState.WANTED: frozenset({GateState.ORDERED, GateState.OPEN, GateState.REFUSED}),
    GateState.ORDERED: frozenset({GateState.OPEN, GateState.REFUSED, GateState.WANTED}),
    GateState.OPEN: frozenset({GateState.WANTED, GateState.REFUSED}),
    GateState.REFUSED: frozenset({GateState.WANTED, GateState.OPEN}),
}


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


async def is_refused(unit: Unit, participant_id: int, gates: tuple[Gate, ...]) -> bool:
    """Return whether staff have refused one of some gates of a person."""
    checks = await unit.profiles.gates(participant_id) if gates else {}
    return any(gate in checks and checks[gate].state is GateState.REFUSED for gate in gates)


async def want(unit: Unit, participant_id: int, gates: tuple[Gate, ...]) -> None:
    """Ask staff for the gates of a person that have not begun."""
    checks = await unit.profiles.gates(participant_id)
    for gate in gates:
        if gate in ACKNOWLEDGED or gate in checks:
            continue
        await unit.profiles.set_gate(participant_id, gate, state=GateState.WANTED)
        await unit.tasks.add("gate", f"gate:{participant_id}:{gate}", None)


async def set_gate(command: SetGate, unit: Unit) -> Done | Refused:
    """Set the state of a gate; requests that waited for it are decided."""
    gate, state = Gate(command.gate), GateState(command.state)
    if await unit.participants.get(command.participant_id) is None:
        return Refused(_("There is no such person."))
    known = (await unit.profiles.gates(command.participant_id)).get(gate)
    if known is not None and known.state is state:
        return Done(command.participant_id)
    if known is not None and state not in _FOLLOWING[known.state]:
        return Refused(_("That does not follow from its present state."), "state")
    today = unit.calendar.local(unit.now).date()
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
    if recheck is not None:
        at = unit.calendar.instant(recheck, unit.calendar.local(unit.now).time())
        lane = f"participant:{command.participant_id}"
        subject = f"{command.participant_id}"
        await unit.timers.set(NewTimer(RECHECK, subject, lane, at))
    await unit.events.add(
        by_staff(command.staff_id),
        "gate_set",
        participant=command.participant_id,
        gate=gate,
        state=state,
    )
    if state is GateState.OPEN:
        await requests.gates_opened(unit, command.participant_id)
    elif state is GateState.REFUSED:
        await requests.gate_refused(unit, command.participant_id, gate)
    return Done(command.participant_id)


async def recheck(unit: Unit, participant_id: int) -> None:
    """Ask staff to check the gates of a person again, a year after they were opened."""
    today = unit.calendar.local(unit.now).date()
    for gate, check in (await unit.profiles.gates(participant_id)).items():
        due = check.recheck_on is not None and check.recheck_on <= today
        if check.state is GateState.OPEN and due:
            await unit.tasks.add("recheck", f"gate:{participant_id}:{gate}:{today}", None)


async def agree_to_gate(command: AgreeToGate, unit: Unit) -> Done | Refused:
    """Record that a volunteer acknowledged a gate in the chat."""
    gate = Gate(command.gate)
    if gate not in ACKNOWLEDGED:
        return Refused(_("Only staff can set that."))
    person = await unit.people.get(command.person_id)
    participant = await unit.participants.of_person(person.id, person.address)
    await unit.profiles.set_gate(participant.id, gate, state=GateState.OPEN)
    await unit.events.add(CITIZEN, "gate_set", participant=participant.id, gate=gate, state="open")
    await requests.gates_opened(unit, participant.id)
    return Done(participant.id)
