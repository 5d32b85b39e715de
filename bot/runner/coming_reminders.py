"""What a citizen will be reminded of: their own and their groups' reminders, in order of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.calendar.recurrence import Unit as Counts
from bot.calendar.rule_words import in_words
from bot.i18n import Text
from bot.model.reminder import SUBJECT, Reminder
from bot.runner.context import TurnContext
from bot.service.coming_times import next_time
from bot.service.reminder_rules import rule_of
from bot.store.unit import Unit
from flows import reminder_cards


@dataclass(frozen=True, slots=True)
class Coming:
    """A reminder that comes next *at* an instant: one line, and whether the citizen may end it."""

    reminder: Reminder
    at: datetime
    line: Text
    may_end: bool = False


async def coming_reminders(context: TurnContext) -> list[Coming]:
    """Return a citizen's coming reminders, also those put off, the earliest first."""
    citizen, unit = context.citizen, context.unit
    participant = await unit.participants.of_person(citizen.id, citizen.address)
    groups = {one.id: one.name for one in await unit.groups.of_participant(participant.id)}
    led = {one.id for one in await unit.groups.led_by(participant.id)}
    found = []
    for reminder in await unit.reminders.reaching(participant.id):
        at = next_time(unit, reminder)
        if at is not None:
            may_end = reminder.is_own or reminder.group_id in led
            line = _line(reminder, groups, _when(unit, reminder, at))
            found.append(Coming(reminder, at, line, may_end))
    for delivery in await unit.deliveries.put_off(participant.id):
        put_off = await unit.reminders.get(delivery.subject_id)
        if put_off is not None and delivery.subject_kind == SUBJECT:
            again = reminder_cards.COMES_AGAIN.with_(when=delivery.planned_at)
            found.append(Coming(put_off, delivery.planned_at, _line(put_off, groups, again)))
    return sorted(found, key=lambda one: (one.at, one.reminder.id))


def _line(reminder: Reminder, groups: dict[int, str], when: Text | datetime) -> Text:
    """Return one line about a reminder, with the group that it is for."""
    return reminder_cards.my_reminder(reminder.title, when, groups.get(reminder.group_id or 0))


def _when(unit: Unit, reminder: Reminder, at: datetime) -> Text | datetime:
    """Return the rhythm in words and the next time; the time alone without a rhythm."""
    rule = rule_of(reminder.rule)
    if rule.recurrence.unit is Counts.ONCE:
        return at
    local = unit.calendar.local(at)
    is_on_time = rule.before is None and local.time() == rule.recurrence.at
    return in_words(rule.recurrence, local.date() if is_on_time else at)


async def put_off_about(context: TurnContext, topic: str) -> list[datetime]:
    """Return when reminders about a topic that the citizen has put off were to come again."""
    citizen, unit = context.citizen, context.unit
    participant = await unit.participants.of_person(citizen.id, citizen.address)
    put_off = await unit.deliveries.put_off(participant.id)
    return [one.planned_at for one in put_off if (one.topic or SUBJECT) == topic]
