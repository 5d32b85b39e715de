"""Services for what a person answers to a delivery: done, later, cannot, less of it, a pause."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from bot.calendar.chain import TIME_TO_ANSWER
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
from bot.model.delivery import (
    ALL_TOPICS,
    FINAL_ANSWERS,
    OWN_TOPIC,
    Answer,
    Delivery,
    DeliveryState,
    Reason,
)
from bot.model.person import Person
from bot.model.pledge import GRACE, PLEDGE
from bot.model.reminder import SUBJECT, Reminder
from bot.service import deliveries, reminders
from bot.service.notifications import notify
from bot.service.staff_alerts import alert_staff
from bot.store.alerts import Subject
from bot.store.timers import NewTimer
from bot.store.unit import Unit

ASKS_AGAIN_AFTER = timedelta(hours=24)
ASK_AGAIN = "ask_again"  # the timer that asks the silent again; subject: the delivery
LONGEST_REASON = 1000  # characters
USEFUL_FOR = timedelta(hours=24)  # after the time that a person chose
OVER = Refused(_("That one is over. There is nothing more to do."))


async def answer_delivery(command: AnswerDelivery, unit: Unit) -> Done | Refused:
    """Record an answer; the same answer again changes nothing, a later one replaces it.

    Who set the reminder is told at once that a person cannot; the value is their name, or empty
    where other staff are told.
    """
    found = await _own(unit, command.person_id, command.delivery_id)
    answer = Answer(command.answer)
    if found is None or not found.is_answerable:
        return OVER
    if found.answer is answer:
        return Done("")
    if not await record(unit, found, answer, command.words):
        return OVER
    return Done(await _tell_coordinator(unit, found) if answer is Answer.CANNOT else "")


async def record(unit: Unit, known: Delivery, answer: Answer, words: str | None = None) -> bool:
    """Store the answer to a delivery; return False if the delivery has changed meanwhile.

    A final answer is not asked for again.
    """
    given = {"answer": answer, "answer_words": words, "answered_at": unit.now}
    comes_again = answer in FINAL_ANSWERS and known.state is DeliveryState.PLANNED
    ended = {"state": DeliveryState.CANCELLED, "reason": Reason.ANSWERED} if comes_again else {}
    if not await unit.deliveries.change(known, **given, **ended):
        return False
    for one in await unit.deliveries.sent_with(known):
        await unit.deliveries.change(one, **given)
    if answer in FINAL_ANSWERS:
        await unit.timers.cancel(ASK_AGAIN, str(known.id))
    if comes_again:
        await unit.timers.cancel(deliveries.TIMER, str(known.id))
        await reminders.settle(unit, known)
    return True


async def give_reason(command: GiveReason, unit: Unit) -> Done | Refused:
    """Add the reason to an answer that the person cannot, and tell the leads of the group."""
    found = await _own(unit, command.person_id, command.delivery_id)
    if found is None or found.answer is not Answer.CANNOT:
        return OVER
    if command.words:
        await unit.deliveries.change(found, answer_words=command.words[:LONGEST_REASON])
        reminder = await _reminder_of(unit, found)
        if reminder is not None and reminder.group_id is not None:
            await _tell_leads(unit, reminder, found, "why")
    return Done(found.id)


async def snooze(command: Snooze, unit: Unit) -> Done | Refused:
    """Send a delivery again at another time; the value is when.

    Quiet hours do not move what the person has set for themselves. What prepares an event does
    not come again after it has begun.
    """
    found = await _own(unit, command.person_id, command.delivery_id)
    if found is None or not found.is_answerable or found.answer in FINAL_ANSWERS:
        return OVER
    if command.until <= unit.now:
        return Refused(_("That time has passed. Write one that is still to come."))
    person = await unit.people.get(command.person_id)
    until = await comes_again_at(unit, found, person, command.until)
    if until is None and found.event_at is None:
        when = await answered_until(unit, found)
        return Refused(
            _("You can answer this until {when}. Choose a time before that, or answer now.").with_(
                when=when
            )
        )
    if until is None:
        return Refused(_("It begins {when}. Choose a time before that.").with_(when=found.event_at))
    reminder = await _reminder_of(unit, found)
    useful = None if reminder is not None and reminder.is_own else until + USEFUL_FOR
    last = min(useful, found.event_at) if useful and found.event_at else useful
    again = {"answer": Answer.LATER, "answered_at": unit.now, "not_after": last}
    if not await deliveries.move(unit, found, person.lane, until, Reason.SNOOZED, **again):
        return OVER
    await unit.timers.cancel(ASK_AGAIN, str(found.id))
    return Done({"when": {"instant": until.isoformat()}})


async def answered_until(unit: Unit, delivery: Delivery) -> datetime | None:
    """Return when a question about a pledge can no longer be answered; None for other messages."""
    if delivery.subject_kind != PLEDGE or not delivery.asks:
        return None
    pledge = await unit.pledges.get(delivery.subject_id)
    if pledge is None:
        return None
    return unit.calendar.instant(pledge.ends_on + GRACE, time(0))


async def comes_again_at(
    unit: Unit, delivery: Delivery, person: Person, wanted: datetime
) -> datetime | None:
    """Return when a delivery that is put off comes again; None where that is too late.

    Then its event has begun, or the question can no longer be answered. Quiet hours do not move
    what the person has set for themselves.
    """
    is_own = delivery.topic == OWN_TOPIC
    until = wanted if is_own else unit.calendar.next_allowed(wanted, person.own_quiet)
    last = delivery.event_at or await answered_until(unit, delivery)
    return None if last is not None and until >= last else until


async def snooze_to(command: SnoozeTo, unit: Unit) -> Done | Refused:
    """Send a delivery again at the first time of a rule."""
    until = first_time(unit, command.rule)
    if until is None:
        return OVER
    return await snooze(Snooze(command.person_id, command.delivery_id, until), unit)


async def mute_topic(command: MuteTopic, unit: Unit) -> Done | Refused:
    """Send a person no more about a topic."""
    await unit.mutes.set(command.person_id, command.topic, command.until)
    await deliveries.take_back_unwanted(unit, command.person_id)
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
    await deliveries.take_back_unwanted(unit, command.person_id)
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


async def _tell_coordinator(unit: Unit, delivery: Delivery) -> str:
    """Tell who set a reminder, or else the leaders, that a person cannot.

    Return the name of who was told; empty where it is other staff.
    """
    reminder = await _reminder_of(unit, delivery)
    if reminder is None:
        return ""
    staff = await unit.staff.get(reminder.staff_id) if reminder.staff_id is not None else None
    subject, occasion = Subject(SUBJECT, reminder.id), str(delivery.id)
    if staff is not None and staff.active:
        await alert_staff(unit, [staff.id], subject, "cannot", occasion)
        return staff.first_name
    told = await _tell_leads(unit, reminder, delivery, "cannot") if reminder.group_id else []
    if told:
        return reminder.contact if reminder.contact in told else told[0]
    leaders = [one.id for one in await unit.staff.leaders(staff.unit if staff else "")]
    await alert_staff(unit, leaders, subject, "cannot", occasion)
    if not leaders:
        participant = await unit.participants.get(delivery.participant_id)
        person_id = participant.person_id if participant is not None else None
        await unit.tasks.add("cannot", f"delivery:{delivery.id}", person_id)
    return ""


async def _reminder_of(unit: Unit, delivery: Delivery) -> Reminder | None:
    """Return the reminder that a delivery is about; None where it is about something else."""
    is_reminder = delivery.subject_kind == SUBJECT
    return await unit.reminders.get(delivery.subject_id) if is_reminder else None


async def _tell_leads(unit: Unit, reminder: Reminder, delivery: Delivery, what: str) -> list[str]:
    """Notify the leads of a group, in their own chats: that a member cannot, or also why.

    Return their names.
    """
    told = []
    for member in await unit.groups.members(reminder.group_id or 0):
        if member.is_lead and member.person_id is not None:
            lead = await unit.people.get(member.person_id)
            key = f"{what}:{delivery.id}:{member.participant_id}"
            await notify(unit, lead.lane, "member_cannot", key, delivery=delivery.id)
            told.append(lead.address)
    return told


def ask_again_at(
    unit: Unit, delivery: Delivery, own_quiet: tuple[int, int] | None
) -> datetime | None:
    """Return when the silent are asked again: the next day, and at least 4 hours later.

    It is None where that is not before the event.
    """
    at = unit.now + ASKS_AGAIN_AFTER
    if delivery.event_at is None:
        return unit.calendar.next_allowed(at, own_quiet)
    at = min(at, max(delivery.event_at - TIME_TO_ANSWER, unit.now + TIME_TO_ANSWER))
    if not unit.calendar.quiet(at, own_quiet):
        return at if at < delivery.event_at else None
    # Before the quiet hours there is more time to act than after them.
    earlier = unit.calendar.last_allowed_before(at, own_quiet)
    if earlier >= unit.now + TIME_TO_ANSWER:
        return earlier
    later = unit.calendar.next_allowed(at, own_quiet)
    return later if later < delivery.event_at else None


async def ask_again_later(unit: Unit, delivery: Delivery, lane: str, at: datetime) -> None:
    """Set the timer that asks the silent again."""
    await unit.timers.set(NewTimer(ASK_AGAIN, str(delivery.id), lane, at))


async def tell_of_call(unit: Unit, delivery: Delivery) -> None:
    """Tell who set a reminder that a participant said by phone that they cannot."""
    await _tell_coordinator(unit, delivery)
