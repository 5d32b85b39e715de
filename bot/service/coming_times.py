"""When a reminder's messages are sent, and when what they are about begins."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from itertools import islice

from bot.calendar.chain import allowed
from bot.calendar.recurrence import Occurrence, occurrences
from bot.model.reminder import Reminder, ReminderState
from bot.service.deliveries import step_of
from bot.service.own_dates import SINCE
from bot.service.reminder_rules import Rule, rule_of, wanted_at
from bot.service.reminders import PREPARED_BY
from bot.store.unit import Unit

MOST = 100  # occurrences, of which the first may have been sent already


def sent_at(unit: Unit, reminder: Reminder, rule: Rule, occurrence: Occurrence) -> datetime:
    """Return when an occurrence's message is sent, by the town's quiet hours.

    These do not move a citizen's own reminder.
    """
    event_at = occurrence.instant if reminder.prepares else None
    step = step_of(event_at, is_at_chosen_time=reminder.is_own)
    return allowed(step, wanted_at(unit, rule, occurrence), unit.calendar)


def begins_at(unit: Unit, reminder: Reminder, rule: Rule, occurrence: Occurrence) -> datetime:
    """Return when an event begins: what is prepared, or when the citizen wants the message."""
    return occurrence.instant if reminder.prepares else wanted_at(unit, rule, occurrence)


def next_time(unit: Unit, reminder: Reminder) -> datetime | None:
    """Return when a reminder's next message is sent, by the town's quiet hours.

    None without a next one, in a pause, or without one for all its people.
    """
    return _next(unit, reminder, partial(sent_at, unit, reminder))


def next_event(unit: Unit, reminder: Reminder) -> datetime | None:
    """Return when the next event of a reminder begins; None as for `next_time`."""
    return _next(unit, reminder, partial(begins_at, unit, reminder))


def _next(
    unit: Unit, reminder: Reminder, at: Callable[[Rule, Occurrence], datetime]
) -> datetime | None:
    """Return the first time after now that *at* gives for an occurrence."""
    if SINCE in reminder.rule or reminder.state is ReminderState.PAUSED:
        return None
    rule = rule_of(reminder.rule)
    # An occurrence that has passed may wait for the end of quiet hours.
    since = max(unit.now - PREPARED_BY, reminder.created_at or unit.now)
    times = (
        at(rule, one) for one in islice(occurrences(rule.recurrence, unit.calendar, since), MOST)
    )
    return next((one for one in times if one > unit.now), None)
