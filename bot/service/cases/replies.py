"""Staff send answers, messages, questions and new dates while a case is live."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.case import Case, CaseMessage, CaseState, DeliveryState
from bot.model.commands.casework import AnswerCase, AskCitizen, ExtendCase, WriteCitizen
from bot.model.staff_messages import ANSWER, ASK, EXTEND, WRITE, StaffMessage
from bot.service.cases import outcomes
from bot.service.cases.clock import wind
from bot.service.cases.sending import Ready, add_sent, going, ready_to_send, record_sender, sent
from bot.service.cases.thread import add_message, goes_on, lane_of, notify_citizen
from bot.service.cases.work import OVER
from bot.store.events import by_staff
from bot.store.timers import NewTimer
from bot.store.unit import Unit

SEND = "case_send"  # the timer of a scheduled message
# A date further off is a slip of the year: the citizen reads a weekday, a day and a month.
LATEST_DATE = timedelta(days=183)
TOO_FAR = _("That is more than half a year away. Choose an earlier date.")
GOING = frozenset(
    {DeliveryState.SCHEDULED, DeliveryState.QUEUED, DeliveryState.SENT, DeliveryState.BY_HAND}
)


async def answer_case(command: AnswerCase, unit: Unit) -> Done | Refused:
    """Answer a case, at once or at the chosen time."""
    return await _write(command, unit, ANSWER)


async def write_citizen(command: WriteCitizen, unit: Unit) -> Done | Refused:
    """Send a message that is no answer, at once or at the chosen time."""
    return await _write(command, unit, WRITE)


async def _write(
    command: AnswerCase | WriteCitizen, unit: Unit, message: StaffMessage
) -> Done | Refused:
    """Add an answer or a message to the thread, and send or schedule it."""
    ready = await ready_to_send(unit, command, command.text)
    if isinstance(ready, Refused):
        return ready
    staff, case = ready.staff, ready.case
    if case.state in (CaseState.RESOLVED, CaseState.CLOSED):
        return OVER
    if (before := _said_just_now(ready, message, command.text, command.send_at)) is not None:
        return sent(unit, case, before)
    if (wrong := await _fault(unit, command, case)) is not None:
        return wrong
    if isinstance(command, AnswerCase):
        await outcomes.decide(unit, command, staff, case)
    case = await record_sender(unit, command, staff, case)
    if command.send_at is None:
        said = await add_sent(unit, case, staff, message, command.text)
        await _go(unit, case, said, by_staff(staff.id))
        return sent(unit, case, said)
    later = {"state": DeliveryState.SCHEDULED, "send_at": command.send_at}
    said = await add_message(unit, case, staff, message.kind, command.text, **later)
    await unit.timers.set(NewTimer(SEND, str(said.id), await lane_of(unit, case), command.send_at))
    at = command.send_at.isoformat()
    await unit.events.add(by_staff(staff.id), "scheduled", case_id=case.id, said=said.id, at=at)
    await unit.cases.change(case, acted_at=unit.now)
    return sent(unit, case, said)


async def _fault(unit: Unit, command: AnswerCase | WriteCitizen, case: Case) -> Refused | None:
    """Return why the time or the outcome of a message is refused; None where both are accepted."""
    if command.send_at is not None and not unit.now < command.send_at <= unit.now + LATEST_DATE:
        passed = command.send_at <= unit.now
        return Refused(_("That time has passed. Choose a later one.") if passed else TOO_FAR)
    if isinstance(command, AnswerCase):
        return await outcomes.outcome_fault(unit, command, case)
    return None


async def send(unit: Unit, case: Case, said: CaseMessage, actor: str) -> None:
    """Send a scheduled answer or message now."""
    message = WRITE if said.kind is WRITE.kind else ANSWER
    now = {"send_at": None, "at": unit.now, **going(case, message)}
    await _go(unit, case, await unit.threads.mark(said, **now), actor)


async def _go(unit: Unit, case: Case, said: CaseMessage, actor: str) -> None:
    """Record that an answer or a message is sent now, and send it."""
    if said.kind is ANSWER.kind:
        await _answer(unit, case, said, actor)
        return
    # A message changes neither the case's state, nor its dates, nor a promised call.
    event_id = await unit.events.add(actor, WRITE.verb, case_id=case.id, said=said.id)
    case = await unit.cases.change(case, acted_at=unit.now)
    await notify_citizen(unit, case, event_id, WRITE.notification, said=said.id)
    await wind(unit, case, await lane_of(unit, case))


async def _answer(unit: Unit, case: Case, said: CaseMessage, actor: str) -> None:
    """Send an answer, and ask the citizen once whether it helped.

    A second answer before the citizen's verdict is not asked about again. The cases that repeat
    this one get a copy. Where the case has no citizen with a chat, staff tell the answer by hand.
    """
    asks, kind = case.live, ANSWER.notification
    if case.person_id is None:
        await unit.events.add(actor, "to_be_told", case_id=case.id, said=said.id)
        await unit.cases.change(case, acted_at=unit.now)
        return
    case, event_id = await answered(unit, case, said, actor)
    await notify_citizen(unit, case, event_id, kind, said=said.id, asks=asks, episode=case.episode)
    for other in await unit.cases.merged_into(case.id):
        await copy_to(unit, other, said, event_id, ANSWER)


async def answered(unit: Unit, case: Case, said: CaseMessage, actor: str) -> tuple[Case, int]:
    """Mark a case as answered, and return the event's id too; a promised call stays promised."""
    event_id = await unit.events.add(
        actor, ANSWER.verb, case_id=case.id, moved=(case.state, CaseState.ANSWERED), said=said.id
    )
    case = await unit.cases.change(
        case,
        state=CaseState.ANSWERED,
        answered_at=unit.now,
        waiting_since=None,
        acted_at=unit.now,
        episode=case.episode + 1 if case.live else case.episode,
    )
    await outcomes.tell(unit, case)
    await wind(unit, case, await lane_of(unit, case))
    return case, event_id


async def copy_to(
    unit: Unit, other: Case, said: CaseMessage, event_id: int, message: StaffMessage
) -> None:
    """Copy a message to a case that repeats this one, and notify its citizen."""
    copy = await unit.threads.say(
        replace(
            said,
            id=0,
            case_id=other.id,
            version=1,
            at=unit.now,
            chat_id=None,
            message_id=None,
            copy_of=said.id,
            **going(other, message),
        )
    )
    await notify_citizen(unit, other, event_id, message.notification, said=copy.id, asks=False)


async def ask_citizen(command: AskCitizen, unit: Unit) -> Done | Refused:
    """Ask the citizen something; the case's clock is paused until the citizen answers."""
    ready = await ready_to_send(unit, command, command.text)
    if isinstance(ready, Refused):
        return ready
    staff, case = ready.staff, ready.case
    if not case.live:
        return OVER
    if (before := _said_just_now(ready, ASK, command.text, None)) is not None:
        return sent(unit, case, before)
    case = await record_sender(unit, command, staff, case)
    said = await add_sent(unit, case, staff, ASK, command.text)
    if case.waiting_since is not None:  # the time to answer starts again with each question
        case = await goes_on(unit, case, by_staff(staff.id))
    event_id = await unit.events.add(
        by_staff(staff.id), ASK.verb, case_id=case.id, moved=(case.state, CaseState.WAITING)
    )
    case = await unit.cases.change(
        case, state=CaseState.WAITING, waiting_since=unit.now, acted_at=unit.now
    )
    await notify_citizen(unit, case, event_id, ASK.notification, said=said.id)
    await wind(unit, case, await lane_of(unit, case))
    return sent(unit, case, said)


async def extend_case(command: ExtendCase, unit: Unit) -> Done | Refused:
    """Set a later due date and tell the citizen the reason; the old date's alarms are dropped."""
    ready = await ready_to_send(unit, command, command.reason)
    if isinstance(ready, Refused):
        return ready
    staff, case = ready.staff, ready.case
    if not case.live:
        return OVER
    today = unit.calendar.local(unit.now).date()
    if not unit.calendar.is_working_day(command.due_on):
        return Refused(_("The new date must be a day on which we work."), "due_on")
    if command.due_on <= max(today, case.due_on):
        why = _("The new date must be later than the old one, and not have passed.")
        return Refused(why, "due_on")
    if command.due_on > today + LATEST_DATE:
        return Refused(TOO_FAR, "due_on")
    case = await record_sender(unit, command, staff, case)
    said = await add_sent(unit, case, staff, EXTEND, command.reason)
    event_id = await unit.events.add(
        by_staff(staff.id),
        EXTEND.verb,
        case_id=case.id,
        reason=command.reason,
        before=case.due_on.isoformat(),
        after=command.due_on.isoformat(),
        said=said.id,
    )
    case = await unit.cases.change(
        case, due_on=command.due_on, told_on=command.due_on, acted_at=unit.now
    )
    await notify_citizen(unit, case, event_id, EXTEND.notification, said=said.id)
    await wind(unit, case, await lane_of(unit, case))
    return sent(unit, case, said)


def _said_just_now(
    ready: Ready, message: StaffMessage, text: str, send_at: datetime | None
) -> CaseMessage | None:
    """Return the thread's last message where it equals this one (a double click); else None."""
    if not ready.thread or ready.thread[-1].state not in GOING:
        return None
    last = ready.thread[-1]
    this = (ready.staff.id, message.kind, text.strip(), send_at)
    return last if (last.staff_id, last.kind, last.text, last.send_at) == this else None
