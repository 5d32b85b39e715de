"""Rules for all that staff send: who may send, which checks come first, how it is sent."""

from __future__ import annotations

from typing import Any

from bot.engine.events import Refused
from bot.i18n import _
from bot.model.case import Case, CaseMessage, DeliveryState, MessageKind
from bot.model.staff import May, Staff
from bot.service.cases.thread import add_message, notify_citizen
from bot.service.cases.wording import CPR, cpr_in, refused_wording
from bot.service.cases.work import at_work, take
from bot.store.events import by_staff
from bot.store.unit import Unit


async def ready_to_send(unit: Unit, command: Any, text: str) -> tuple[Staff, Case] | Refused:
    """Lock a case for its owner, or another with a reason; refuse a text with faults."""
    working = await at_work(unit, command)
    if isinstance(working, Refused):
        return working
    staff, case = working
    wrong = refused_text(command, text, staff)
    if wrong is not None:
        return wrong
    if case.owner_id not in (None, staff.id) and not _reason(command.override):
        owner = await unit.staff.get(case.owner_id)
        name = owner.first_name if owner else "?"
        return Refused(_("{name} has this case. Say why you write instead.").with_(name=name))
    return staff, case


def refused_text(command: Any, text: str, staff: Staff) -> Refused | None:
    """Return why a text, or a reason given with it, is refused; None where both are accepted."""
    wrong = refused_wording(text, staff, let_stand=command.let_stand, confirmed=command.confirmed)
    if wrong is None and any(cpr_in(why or "") for why in (command.override, command.let_stand)):
        return CPR
    return wrong


def _reason(written: str | None) -> str:
    """Return a reason without spaces around it; empty where there is none."""
    return (written or "").strip()


async def record_sender(unit: Unit, command: Any, staff: Staff, case: Case) -> Case:
    """Record the sender's reasons, and assign the case to the sender where it has no owner.

    Call this after every check that can refuse.
    """
    if case.owner_id is None:
        case = await take(unit, staff, case)
    await note_reasons(unit, command, staff, case)
    return case


async def note_reasons(unit: Unit, command: Any, staff: Staff, case: Case) -> None:
    """Record the reasons to write in another's case, and to keep words that talk down."""
    override, let_stand = _reason(command.override), _reason(command.let_stand)
    if override and case.owner_id != staff.id:
        await unit.events.add(by_staff(staff.id), "override", case_id=case.id, reason=override)
    if let_stand and staff.may(May.OVERRIDE):
        await unit.events.add(by_staff(staff.id), "let_stand", case_id=case.id, reason=let_stand)


async def queue_message(
    unit: Unit, case: Case, said: CaseMessage, event_id: int, what: str
) -> None:
    """Queue a message for the citizen; mark it to be told by hand where there is no chat."""
    by_hand = case.person_id is None
    await unit.threads.mark(
        said, state=DeliveryState.BY_HAND if by_hand else DeliveryState.QUEUED, notification=what
    )
    await notify_citizen(unit, case, event_id, what, said=said.id)


async def send_by_clock(unit: Unit, case: Case, text: str, event_id: int, what: str) -> None:
    """Add an unsigned message of the clock to the thread, and send it."""
    said = await add_message(unit, case, None, MessageKind.NOTICE, text)
    await queue_message(unit, case, said, event_id, what)
