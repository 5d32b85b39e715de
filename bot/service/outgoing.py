"""What the town will send, by day: what, to how many, and who gets too much on one day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from math import ceil

from bot.model.audience import Audience
from bot.model.delivery import GOES_OUT
from bot.model.reminder import SUBJECT, Reminder
from bot.service import own_dates
from bot.service.coming_times import sent_at
from bot.service.own_dates import SINCE
from bot.service.reminder_rules import audience_of, message_class, rule_of, wanted_at
from bot.service.reminders import unplanned
from bot.store.unit import Unit

DAYS = 14
TOO_MANY = 3  # messages to one person on one day
SHOWN = 10  # such persons of a day
A_SECOND = 30  # messages that Telegram takes
MOST_OWN = 2000  # reminders of citizens to themselves that are computed


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One kind of message on one day, the first at *at*; *reminder* is None for citizens' own."""

    at: datetime
    number: int
    reminder: Reminder | None = None


@dataclass(frozen=True, slots=True)
class Crowded:
    """A participant who gets many messages on one day."""

    participant_id: int
    first_name: str
    number: int


@dataclass(frozen=True, slots=True)
class OutgoingDay:
    """The messages of one day in order of time; *busiest* is the number within one minute."""

    day: date
    lines: Sequence[Outgoing]
    busiest: int
    crowded: Sequence[Crowded]

    @property
    def number(self) -> int:
        """Return the number of messages."""
        return sum(line.number for line in self.lines)

    @property
    def seconds(self) -> int:
        """Return how long Telegram needs for the busiest minute."""
        return ceil(self.busiest / A_SECOND)


@dataclass(frozen=True, slots=True)
class OutgoingCalendar:
    """The days with messages; *partial* where not all of the citizens' own are counted."""

    days: Sequence[OutgoingDay]
    partial: bool = False


async def outgoing(unit: Unit) -> OutgoingCalendar:
    """Return the messages of today and the next 13 days: planned ones, and those of rules."""
    today = unit.calendar.local(unit.now).date()
    days = [today + timedelta(days=n) for n in range(DAYS)]
    until = unit.calendar.instant(days[-1] + timedelta(days=1), time())
    shared = await unit.reminders.active()
    own = await unit.reminders.own_active(MOST_OWN + 1)
    by_rule = [
        *await _of_rules(unit, shared, until),
        *_of_own(unit, own[:MOST_OWN], until),
    ]
    ledger = await _of_ledger(unit, unit.calendar.instant(today, time()), until)
    found = []
    for day in days:
        expected = [one for one in by_rule if unit.calendar.local(one.at).date() == day]
        planned = [one for one in ledger if unit.calendar.local(one.at).date() == day]
        if expected or planned:
            crowded = await _crowded(unit, day, expected)
            lines = _merged([*planned, *expected])
            found.append(OutgoingDay(day, lines, _busiest([*planned, *expected]), crowded))
    return OutgoingCalendar(found, partial=len(own) > MOST_OWN)


def _times(unit: Unit, reminder: Reminder, until: datetime) -> Iterable[datetime]:
    """Yield when a reminder's messages that are not planned yet are sent, by the town's hours."""
    rule = rule_of(reminder.rule)
    soon = takewhile(
        lambda one: wanted_at(unit, rule, one) < until, unplanned(unit, reminder, rule)
    )
    before = None
    for occurrence in soon:
        at = sent_at(unit, reminder, rule, occurrence)
        if at < until and not (reminder.prepares and at == before):  # one message for both events
            yield max(at, unit.now)
        before = at


async def _of_rules(
    unit: Unit, reminders: Sequence[Reminder], until: datetime
) -> Sequence[Outgoing]:
    """Return the messages of the rules of staff and leads."""
    counts: dict[Audience, int] = {}
    found = []
    for reminder in reminders:
        if SINCE in reminder.rule:
            found += await _of_own_dates(unit, reminder, until)
            continue
        for at in _times(unit, reminder, until):
            audience = audience_of(reminder)
            if audience not in counts:
                counts[audience] = await unit.audiences.count(audience)
            found.append(Outgoing(at, counts[audience], reminder))
    return [one for one in found if one.number]


async def _of_own_dates(unit: Unit, reminder: Reminder, until: datetime) -> list[Outgoing]:
    """Return the messages that are relative to a date of each person."""
    audience, attention = audience_of(reminder), message_class(reminder)
    coming = await own_dates.unplanned(unit, reminder, audience, attention, until)
    at = Counter(one.planned_at for one in coming if one.planned_at < until)
    return [Outgoing(when, number, reminder) for when, number in at.items()]


def _of_own(unit: Unit, own: Sequence[Reminder], until: datetime) -> Sequence[Outgoing]:
    """Return the messages that citizens have set for themselves."""
    return [Outgoing(at, 1) for reminder in own for at in _times(unit, reminder, until)]


async def _of_ledger(unit: Unit, first: datetime, until: datetime) -> Sequence[Outgoing]:
    """Return the messages that are planned or sent already."""
    rows = await unit.deliveries.by_day(first, until)
    kept = [row for row in rows if row[3] in GOES_OUT and row[0] == SUBJECT]
    reminders = await unit.reminders.some({row[1] for row in kept})
    return [
        Outgoing(at, number, _shared(reminders, subject_id))
        for _kind, subject_id, at, _state, number in kept
    ]


def _shared(reminders: Mapping[int, Reminder], reminder_id: int) -> Reminder | None:
    """Return a reminder; None for a citizen's own, or where it is gone."""
    found = reminders.get(reminder_id)
    return None if found is None or found.is_own else found


def _merged(found: Sequence[Outgoing]) -> Sequence[Outgoing]:
    """Return one line for each reminder, and one for all of the citizens' own."""
    by_reminder: dict[int | None, Outgoing] = {}
    for one in sorted(found, key=lambda one: one.at):
        key = one.reminder.id if one.reminder else None
        before = by_reminder.get(key)
        at, number = (before.at, before.number) if before else (one.at, 0)
        by_reminder[key] = Outgoing(at, number + one.number, one.reminder)
    return list(by_reminder.values())


def _busiest(found: Sequence[Outgoing]) -> int:
    """Return the number of messages in the busiest minute."""
    minutes: Counter[datetime] = Counter()
    for one in found:
        minutes[one.at.replace(second=0, microsecond=0)] += one.number
    return max(minutes.values(), default=0)


async def _crowded(unit: Unit, day: date, expected: Sequence[Outgoing]) -> Sequence[Crowded]:
    """Return who would get too many messages on a day."""
    audiences = Counter(
        audience_of(one.reminder)
        for one in expected
        if one.reminder and SINCE not in one.reminder.rule
    )
    first = unit.calendar.instant(day, time())
    last = unit.calendar.instant(day + timedelta(days=1), time())
    rows = await unit.audiences.crowded(audiences, first, last, least=TOO_MANY, limit=SHOWN)
    return [Crowded(*row) for row in rows]
