"""Services for what a person answers to a delivery: done, later, cannot, less of it, a pause."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.calendar.recurrence import from_json, next_occurrences
from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.commands.reminders import (
    AnswerDelivery,
    GiveReason,
    LiftMute,
    MuteTopic,
    PauseUntil,
    Snooze,
    SnoozeTo,
)
from bot.model.delivery import ALL_TOPICS, FINAL_ANSWERS, Answer, Delivery, DeliveryState, Reason
from bot.model.reminder import SUBJECT, Reminder
from bot.service import deliveries
from bot.service.notifications import notify
from bot.service.staff_alerts import alert_staff
from bot.store.alerts import Subject
from bot.store.timers import NewTimer
from bot.store.unit import Unit

ASK_AGAIN = "ask_again"  # the timer that asks the silent again; subject: the delivery
LONGEST_REASON = 1000  # characters
OVER = Refused(_("That one is over. There is nothing more to do."))


async def answer_delivery(command: AnswerDelivery, unit: Unit) -> Done | Refused:
    """Record an answer; the same answer again changes nothing, a later one replaces it.

    The coordinator is told at once that a person cannot.
    """
    found = await _own(unit, command.person_id, command.delivery_id)
    answer = Answer(command.answer)
    if found is None or not found.is_answerable:
        return OVER
    if found.answer is answer:
        return Done(found.id)
    await unit.deliveries.change(
        found.id, answer=answer, answer_words=command.words, answered_at=unit.now
    )
    if answer in FINAL_ANSWERS:
        await unit.timers.cancel(ASK_AGAIN, str(found.id))
        if found.state is DeliveryState.PLANNED:  # it was to come again
            await deliveries.end(unit, found, DeliveryState.CANCELLED, Reason.ANSWERED)
            await unit.timers.cancel(deliveries.TIMER, str(found.id))
    if answer is Answer.CANNOT:
        await _tell_coordinator(unit, found)
    return Done(found.id)


async def give_reason(command: GiveReason, unit: Unit) -> Done | Refused:
    """Add the reason to an answer that the person cannot, and tell the leads of the group."""
    found = await _own(unit, command.person_id, command.delivery_id)
    if found is None or found.answer is not Answer.CANNOT:
        return OVER
    if command.words:
        words = command.words[:LONGEST_REASON]
        await unit.deliveries.change(found.id, answer_words=words)
        reminder = await _reminder_of(unit, found)
        if reminder is not None and reminder.group_id is not None:
            await _tell_leads(unit, reminder, found, "why")
    return Done(found.id)


async def snooze(command: Snooze, unit: Unit) -> Done | Refused:
    """Send a delivery again at another time, after quiet hours; the value is when."""
    found = await _own(unit, command.person_id, command.delivery_id)
    if found is None or not found.is_answerable or found.answer in FINAL_ANSWERS:
        return OVER
    if command.until <= unit.now:
        return Refused(_("That time has passed. Write one that is still to come."))
    person = await unit.people.get(command.person_id)
    until = unit.calendar.next_allowed(command.until, person.own_quiet)
    await deliveries.move(unit, found, person.lane, until, Reason.SNOOZED)
    await unit.deliveries.change(
        found.id,
        answer=Answer.LATER,
        answered_at=unit.now,
        not_after=until + timedelta(hours=24),
    )
    await unit.timers.cancel(ASK_AGAIN, str(found.id))
    return Done({"when": {"instant": until.isoformat()}})


async def snooze_to(command: SnoozeTo, unit: Unit) -> Done | Refused:
    """Send a delivery again at the first time of a rule."""
    until = first_time(unit, command.rule)
    if until is None:
        return OVER
    return await snooze(Snooze(command.person_id, command.delivery_id, until), unit)


async def mute_topic(command: MuteTopic, unit: Unit) -> Done | Refused:
    """Send a person no more about a topic."""
    await unit.mutes.set(command.person_id, command.topic, command.until)
    return Done(command.topic)


async def lift_mute(command: LiftMute, unit: Unit) -> Done | Refused:
    """Send a person messages about a topic again."""
    await unit.mutes.lift(command.person_id, command.topic)
    return Done(command.topic)


async def pause_until(command: PauseUntil, unit: Unit) -> Done | Refused:
    """Send a person only answers until a time."""
    until = first_time(unit, command.rule)
    if until is None:
        return Refused(_("That time has passed. Write one that is still to come."))
    await unit.mutes.set(command.person_id, ALL_TOPICS, until)
    return Done({"when": command.rule})


def first_time(unit: Unit, rule: Mapping[str, Any]) -> datetime | None:
    """Return the first instant of a rule after now, or None."""
    found = next_occurrences(from_json(rule["recurrence"]), unit.calendar, unit.now, 1)
    return found[0].instant if found else None


async def _own(unit: Unit, person_id: int, delivery_id: int) -> Delivery | None:
    """Return a person's own delivery; None for another person's."""
    found = await unit.deliveries.get(delivery_id)
    participant = await unit.participants.of_person(person_id)
    return found if found is not None and found.participant_id == participant.id else None


async def _tell_coordinator(unit: Unit, delivery: Delivery) -> None:
    """Alert the staff who set a reminder, or notify the lead of its group."""
    reminder = await _reminder_of(unit, delivery)
    if reminder is None:
        return
    if reminder.staff_id is not None:
        await alert_staff(
            unit, [reminder.staff_id], Subject(SUBJECT, reminder.id), "cannot", str(delivery.id)
        )
    elif reminder.group_id is not None:
        await _tell_leads(unit, reminder, delivery, "cannot")


async def _reminder_of(unit: Unit, delivery: Delivery) -> Reminder | None:
    """Return the reminder that a delivery is about; None where it is about something else."""
    is_reminder = delivery.subject_kind == SUBJECT
    return await unit.reminders.get(delivery.subject_id) if is_reminder else None


async def _tell_leads(unit: Unit, reminder: Reminder, delivery: Delivery, what: str) -> None:
    """Notify the leads of a group, in their own chats: that a member cannot, or also why."""
    for member in await unit.groups.members(reminder.group_id or 0):
        if member.is_lead and member.person_id is not None:
            lead = await unit.people.get(member.person_id)
            key = f"{what}:{delivery.id}:{member.participant_id}"
            await notify(unit, lead.lane, "member_cannot", key, delivery=delivery.id)


async def ask_again_later(unit: Unit, delivery: Delivery, lane: str, at: datetime) -> None:
    """Set the timer that asks the silent again."""
    await unit.timers.set(NewTimer(ASK_AGAIN, str(delivery.id), lane, at))


async def tell_of_call(unit: Unit, delivery: Delivery) -> None:
    """Tell who set a reminder that a participant said by phone that they cannot."""
    await _tell_coordinator(unit, delivery)
