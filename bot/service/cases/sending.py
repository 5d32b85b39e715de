"""Rules for all that staff send: who may send, which checks come first, how it is sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.case import Case, CaseMessage, DeliveryState
from bot.model.staff import May, Staff
from bot.model.staff_messages import EXTEND, StaffMessage
from bot.service.cases.opening import receipt
from bot.service.cases.thread import add_message, notify_citizen
from bot.service.cases.wording import CPR, cpr_in, refused_wording
from bot.service.cases.work import at_work, take
from bot.store.events import by_staff
from bot.store.unit import Unit

NEWS = _("{name} wrote while you were writing. Read it first, then send again.")


@dataclass(frozen=True, slots=True)
class Ready:
    """The sender, the locked case, and its thread without the staff's notes."""

    staff: Staff
    case: Case
    thread: list[CaseMessage]


async def ready_to_send(unit: Unit, command: Any, text: str) -> Ready | Refused:
    """Lock a case for its owner, or another with a reason.

    Refuse a text with faults, and a sender who has not seen the newest messages.
    """
    working = await at_work(unit, command)
    if isinstance(working, Refused):
        return working
    staff, case = working
    thread = await unit.threads.of_case(case.id, internal=False)
    wrong = unseen_news(command, thread) or refused_text(command, text, staff)
    if wrong is not None:
        return wrong
    if case.owner_id not in (None, staff.id) and not _reason(command.override):
        owner = await unit.staff.get(case.owner_id)
        name = owner.first_name if owner else "?"
        return Refused(_("{name} has this case. Say why you write instead.").with_(name=name))
    return Ready(staff, case, thread)


def unseen_news(command: Any, thread: Iterable[CaseMessage]) -> Refused | None:
    """Return a refusal where others have written after the message *seen* last; else None."""
    if command.seen is None:
        return None
    fresh = [one for one in thread if one.id > command.seen and one.staff_id != command.staff_id]
    return Refused(NEWS.with_(name=fresh[-1].signed or "?")) if fresh else None


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


async def add_sent(
    unit: Unit, case: Case, staff: Staff | None, message: StaffMessage, text: str
) -> CaseMessage:
    """Add a message that is sent now; call `notify_citizen` to send it."""
    return await add_message(unit, case, staff, message.kind, text, **going(case, message))


def going(case: Case, message: StaffMessage) -> dict[str, Any]:
    """Return the delivery columns of a message sent now: queued, or by hand without a chat."""
    by_hand = case.person_id is None
    state = DeliveryState.BY_HAND if by_hand else DeliveryState.QUEUED
    return {"state": state, "notification": message.notification}


def sent(unit: Unit, case: Case, said: CaseMessage) -> Done:
    """Return the outcome for the sender: the case's receipt, and how the message goes."""
    return Done({**receipt(unit, case), "said": said.id, "by_hand": case.person_id is None})


async def send_by_clock(unit: Unit, case: Case, text: str, event_id: int) -> None:
    """Send an unsigned new date of the clock."""
    said = await add_sent(unit, case, None, EXTEND, text)
    await notify_citizen(unit, case, event_id, EXTEND.notification, said=said.id)
