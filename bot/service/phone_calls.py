"""Calls to participants who are not in the chat: how one went, and when to ring again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.commands.reminders import RecordCall
from bot.model.delivery import Answer, CallOutcome, Delivery, Reason
from bot.redact import redact_text
from bot.service import answers
from bot.service.volunteering import by_phone
from bot.store.events import by_staff
from bot.store.unit import Unit

TASK = "phone"  # the kind of its task
LATER_TODAY = timedelta(hours=2)
MORNING = time(9)
LONGEST_WORDS = 1000  # characters
ANSWERS: Mapping[CallOutcome, Answer] = {
    CallOutcome.DONE: Answer.DONE,
    CallOutcome.PARTLY: Answer.DONE,
    CallOutcome.CANNOT: Answer.CANNOT,
}
DEALT_WITH = Refused(_("Somebody else has dealt with that already."))


def delivery_of_task(kind: str, subject: str) -> int | None:
    """Return the delivery that a task of kind `phone` is about; None for another task."""
    what, _colon, number = subject.partition(":")
    return int(number) if (kind, what) == (TASK, "delivery") else None


async def record_call(command: RecordCall, unit: Unit) -> Done | Refused:
    """Record how a call went; the task is done, or comes again later.

    An answer does what the person's own tap would do. The value says what they are told then.
    What else they were to be told is told in the same call.
    """
    await unit.facts.hold(f"call:{command.task_id}")  # two answers to a call exclude each other
    task = await unit.tasks.get(command.task_id)
    delivery_id = delivery_of_task(task.kind, task.subject) if task is not None else None
    found = await unit.deliveries.get(delivery_id) if delivery_id is not None else None
    if found is None:
        return DEALT_WITH
    if command.outcome not in outcomes_of(found):
        return Refused(_("Choose how the call went."), "outcome")
    outcome = CallOutcome(command.outcome)
    words = redact_text(command.words.strip()).text[:LONGEST_WORDS] or None
    again_at = _again_at(unit, outcome)
    if again_at is not None and found.event_at is not None and again_at >= found.event_at:
        return Refused(_("By then it has begun. Ring before that, or ring no more."), "outcome")
    by = by_staff(command.staff_id)
    answer = ANSWERS.get(outcome)
    told: Any = None
    if answer is None:
        await unit.deliveries.record_call(found.id, None, words, Reason.NOT_REACHED)
    else:
        answered = await _answer(unit, found, command, words)
        if isinstance(answered, Refused):
            return answered
        told = answered.value
    for task_id, other in [(command.task_id, found), *await told_with(unit, found)]:
        if other is not found:
            why = Reason.NOT_REACHED if answer is None else None
            heard = None if answer is None else Answer.DONE
            await unit.deliveries.record_call(other.id, heard, None, why)
        if again_at is not None:
            await unit.tasks.put_off(task_id, again_at)
        else:
            await unit.tasks.done(task_id, command.staff_id)
    await unit.events.add(by, "rang", participant=found.participant_id, outcome=outcome)
    return Done(told)


async def told_with(unit: Unit, delivery: Delivery) -> list[tuple[int, Delivery]]:
    """Return the other calls to a person that only tell something, with their tasks.

    One call tells them all.
    """
    found = []
    for task in await unit.tasks.open():
        delivery_id = delivery_of_task(task.kind, task.subject)
        other = await unit.deliveries.get(delivery_id) if delivery_id is not None else None
        if (
            other is not None
            and other.id != delivery.id
            and other.participant_id == delivery.participant_id
            and not other.asks
            and task.at <= unit.now
        ):
            found.append((task.id, other))
    return found


async def _answer(
    unit: Unit, delivery: Delivery, command: RecordCall, words: str | None
) -> Done | Refused:
    """Record an answer and do what it means; nothing is recorded where that is refused.

    The answer is recorded first, because calls without an answer are withdrawn.
    """
    said, by = CallOutcome(command.outcome), by_staff(command.staff_id)
    answer = ANSWERS[said]
    await unit.deliveries.record_call(delivery.id, answer, words, None)
    outcome = await by_phone.carry_out(unit, delivery, said, by, command.amount)
    if isinstance(outcome, Refused):
        await unit.deliveries.record_call(delivery.id, None, None, delivery.reason)
        return Refused(outcome.why, "amount" if outcome.field == "amount" else "outcome")
    # The command may have recorded the answer, too, without the words.
    await unit.deliveries.record_call(delivery.id, answer, words, None)
    if answer is Answer.CANNOT:
        await answers.tell_of_call(unit, delivery)
    return outcome


def outcomes_of(delivery: Delivery) -> list[CallOutcome]:
    """Return how a call about a message can have gone."""
    possible = by_phone.answers_to(delivery)
    return [one for one in CallOutcome if one not in ANSWERS or one in possible]


def _again_at(unit: Unit, outcome: CallOutcome) -> datetime | None:
    """Return when to ring again; None where the call is over."""
    if outcome is CallOutcome.TODAY:
        return unit.now + LATER_TODAY
    if outcome is CallOutcome.TOMORROW:
        tomorrow = unit.calendar.local(unit.now).date() + timedelta(days=1)
        return unit.calendar.instant(tomorrow, MORNING)
    return None
