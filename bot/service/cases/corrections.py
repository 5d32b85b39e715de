"""Staff's messages after writing: cancelled, corrected, withdrawn, told by hand, not delivered."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.case import TO_CITIZEN, Case, CaseMessage, CaseState, DeliveryState
from bot.model.commands.casework import CancelScheduled, CorrectAnswer, ToldByHand, WithdrawAnswer
from bot.model.staff import May, Staff
from bot.model.staff_messages import ANSWER, ASK, CLOSE, EXTEND
from bot.service.cases import outcomes
from bot.service.cases.clock import wind
from bot.service.cases.joining import reopen
from bot.service.cases.replies import SEND, answered
from bot.service.cases.sending import note_reasons, refused_text, sent, unseen_news
from bot.service.cases.thread import NO_CASE, goes_on, lane_of, notify_citizen, watchers
from bot.service.cases.wording import CPR, cpr_in
from bot.service.cases.work import NOT_ALLOWED
from bot.service.staff_alerts import alert_staff
from bot.store.alerts import about_case
from bot.store.events import CLOCK, by_staff
from bot.store.unit import Unit

NOT_SENT = Refused(_("That message has not been sent."))


async def cancel_scheduled(command: CancelScheduled, unit: Unit) -> Done | Refused:
    """Cancel an answer or a message that is scheduled."""
    found = await _their_message(unit, command)
    if isinstance(found, Refused):
        return found
    staff, case, said = found
    if said.state is not DeliveryState.SCHEDULED:
        return Refused(_("That is on its way already."))
    await unschedule(unit, said)
    if said.kind is ANSWER.kind:
        await outcomes.take_back(unit, case, only_untold=True)
    await unit.events.add(by_staff(staff.id), "unscheduled", case_id=case.id, said=said.id)
    return Done()


async def unschedule(unit: Unit, said: CaseMessage) -> None:
    """Withdraw a scheduled message, and delete its timer."""
    await unit.threads.mark(said, state=DeliveryState.WITHDRAWN, send_at=None)
    await unit.timers.forget(SEND, str(said.id))


async def correct_answer(command: CorrectAnswer, unit: Unit) -> Done | Refused:
    """Replace the text of a message in its place, also in copies; earlier versions are kept."""
    found = await _their_message(unit, command)
    if isinstance(found, Refused):
        return found
    staff, case, said = found
    thread = await unit.threads.of_case(case.id, internal=False)
    wrong = unseen_news(command, thread) or refused_text(command, command.text, staff)
    if wrong is not None:
        return wrong
    if said.kind not in TO_CITIZEN or said.state is DeliveryState.WITHDRAWN:
        return NOT_SENT
    if said.text == command.text.strip():
        return sent(unit, case, said)
    await note_reasons(unit, command, staff, case)
    after = await unit.threads.change(said, command.text.strip(), staff.id)
    event_id = await unit.events.add(
        by_staff(staff.id), "corrected", case_id=case.id, said=said.id, version=after.version
    )
    await unit.cases.change(case, acted_at=unit.now)
    if said.state is not DeliveryState.SCHEDULED:
        await notify_citizen(unit, case, event_id, "corrected", said=said.id)
    for copy, other in await _copies(unit, said):
        await unit.threads.change(copy, command.text.strip(), staff.id)
        await notify_citizen(unit, other, event_id, "corrected", said=copy.id)
    return sent(unit, case, said)


async def withdraw_answer(command: WithdrawAnswer, unit: Unit) -> Done | Refused:
    """Withdraw a sent message, also its copies; a case that it answered or closed is reopened."""
    found = await _their_message(unit, command)
    if isinstance(found, Refused):
        return found
    staff, case, said = found
    if said.kind not in TO_CITIZEN or said.state not in (
        DeliveryState.SENT,
        DeliveryState.QUEUED,
        DeliveryState.BY_HAND,
    ):
        return NOT_SENT
    if not command.reason.strip():
        return Refused(_("Write why it is taken back."))
    if cpr_in(command.reason):
        return CPR
    await unit.threads.mark(said, state=DeliveryState.WITHDRAWN)
    event_id = await unit.events.add(
        by_staff(staff.id), "withdrew", case_id=case.id, reason=command.reason, said=said.id
    )
    case = await _comes_back(unit, case, said, by_staff(staff.id), "withdrew")
    case = await _date_before(unit, case, said)
    case = await unit.cases.change(case, acted_at=unit.now)
    await wind(unit, case, await lane_of(unit, case))
    await notify_citizen(unit, case, event_id, "withdrawn", said=said.id)
    for copy, other in await _copies(unit, said):
        await unit.threads.mark(copy, state=DeliveryState.WITHDRAWN)
        await notify_citizen(unit, other, event_id, "withdrawn", said=copy.id)
    return Done()


async def _date_before(unit: Unit, case: Case, said: CaseMessage) -> Case:
    """Restore the date that a withdrawn new date had replaced.

    If the restored date has passed, the citizen is told the next working day instead.
    """
    acts = await unit.events.of_case(case.id)
    given = [one for one in acts if one.verb == EXTEND.verb and one.details.get("said") == said.id]
    if not given or given[-1].details["after"] != case.due_on.isoformat():
        return case
    due_on = date.fromisoformat(given[-1].details["before"])
    tomorrow = unit.calendar.working_day_after(unit.calendar.local(unit.now).date(), 1)
    return await unit.cases.change(case, due_on=due_on, told_on=max(due_on, tomorrow))


async def told_by_hand(command: ToldByHand, unit: Unit) -> Done | Refused:
    """Record that staff have told a message to a person without a chat."""
    found = await _their_message(unit, command)
    if isinstance(found, Refused):
        return found
    staff, case, said = found
    if said.state is not DeliveryState.BY_HAND:
        return NOT_SENT
    await unit.threads.mark(said, state=DeliveryState.SENT)
    await unit.events.add(by_staff(staff.id), "told", case_id=case.id, said=said.id)
    case = await unit.cases.change(case, acted_at=unit.now)
    if said.kind is ANSWER.kind and case.live:
        await answered(unit, case, said, by_staff(staff.id))
    return Done()


async def not_delivered(unit: Unit, case: Case, said: CaseMessage) -> None:
    """Mark a message as failed, alert staff, and reopen its case: it must stay in a list."""
    said = await unit.threads.mark(said, state=DeliveryState.FAILED)
    await unit.events.add(CLOCK, "not_delivered", case_id=case.id, said=said.id)
    case = await _comes_back(unit, case, said, CLOCK, "not_delivered")
    await wind(unit, case, await lane_of(unit, case))
    await alert_staff(
        unit, await watchers(unit, case), about_case(case.id), "not_delivered", str(said.id)
    )


async def receipt_not_delivered(unit: Unit, case: Case) -> None:
    """Record that a citizen did not get the receipt of their case, and alert staff."""
    await unit.events.add(CLOCK, "not_delivered", case_id=case.id)
    await alert_staff(
        unit, await watchers(unit, case), about_case(case.id), "not_delivered", "receipt"
    )


async def _copies(unit: Unit, said: CaseMessage) -> list[tuple[CaseMessage, Case]]:
    """Return a message's copies that are not withdrawn, with their cases, which it locks."""
    found = []
    for copy in await unit.threads.copies(said.id):
        other = await unit.cases.lock(copy.case_id)
        if other is not None and copy.state is not DeliveryState.WITHDRAWN:
            found.append((copy, other))
    return found


async def _comes_back(unit: Unit, case: Case, said: CaseMessage, actor: str, why: str) -> Case:
    """Reopen or resume a case whose citizen lacks the message: the case must stay in a list."""
    if said.kind is ANSWER.kind and not case.live and case.merged_into is None:
        await outcomes.take_back(unit, case)
        return await reopen(unit, case, actor, why)
    if said.notification == CLOSE.notification and case.state is CaseState.CLOSED:
        await outcomes.take_back(unit, case)
        return await reopen(unit, case, actor, why)
    asked = await unit.threads.last_query(case.id)
    if said.kind is ASK.kind and case.state is CaseState.WAITING and asked is None:
        return await goes_on(unit, case, actor)
    return case


async def _their_message(unit: Unit, command: Any) -> tuple[Staff, Case, CaseMessage] | Refused:
    """Lock the case of a message for its author, the case's owner or a leader; else refuse."""
    staff = await unit.staff.get(command.staff_id)
    if staff is None or not staff.may(May.WORK_CASES):
        return NOT_ALLOWED
    said = await unit.threads.get(command.case_message_id)
    case = await unit.cases.lock(said.case_id) if said else None
    # Read again under the lock.
    said = await unit.threads.get(command.case_message_id) if case else None
    if said is None or case is None:
        return NO_CASE
    own = staff.id in (said.staff_id, case.owner_id)
    if not own and not staff.may(May.OVERRIDE):
        return NOT_ALLOWED
    return staff, case, said
