"""Who may send in a case, what is read first, and how words go out: for all that staff send."""

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
    """Lock a case for one who may send in it: its owner, or another who says why."""
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
    """Return why a text cannot be sent as it stands, or a reason be kept."""
    wrong = refused_wording(text, staff, let_stand=command.let_stand, confirmed=command.confirmed)
    if wrong is None and any(cpr_in(why or "") for why in (command.override, command.let_stand)):
        return CPR
    return wrong


def _reason(written: str | None) -> str:
    """Return a reason without what stands around it."""
    return (written or "").strip()


async def begin(unit: Unit, command: Any, staff: Staff, case: Case) -> Case:
    """Write down who sends, once nothing can be refused any more.

    A case that nobody has is taken by whoever writes in it first.
    """
    if case.owner_id is None:
        case = await take(unit, staff, case)
    await note_reasons(unit, command, staff, case)
    return case


async def note_reasons(unit: Unit, command: Any, staff: Staff, case: Case) -> None:
    """Write down why somebody writes in another's case, and why a leader lets words stand."""
    override, let_stand = _reason(command.override), _reason(command.let_stand)
    if override and case.owner_id != staff.id:
        await unit.events.add(by_staff(staff.id), "override", case_id=case.id, reason=override)
    if let_stand and staff.may(May.OVERRIDE):
        await unit.events.add(by_staff(staff.id), "let_stand", case_id=case.id, reason=let_stand)


async def go(unit: Unit, case: Case, said: CaseMessage, event_id: int, what: str) -> None:
    """Let words for the citizen go out, or be told by hand."""
    by_hand = case.person_id is None
    await unit.threads.mark(
        said, state=DeliveryState.BY_HAND if by_hand else DeliveryState.QUEUED, told_as=what
    )
    await notify_citizen(unit, case, event_id, what, said=said.id)


async def say_by_clock(unit: Unit, case: Case, text: str, event_id: int, what: str) -> None:
    """Put words of the clock into the thread, unsigned, and let them go out."""
    said = await add_message(unit, case, None, MessageKind.NOTICE, text)
    await go(unit, case, said, event_id, what)
