"""What the town will send, by day: what, to how many, and who gets too much on one day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from math import ceil

from bot.model.audience import Audience, readable
from bot.model.broadcast import BROADCAST, Broadcast, BroadcastState
from bot.model.delivery import OWN_TOPIC, MessageClass
from bot.model.pledge import PLEDGE, Pledge
from bot.model.reminder import SUBJECT, UNREADABLE, Reminder
from bot.model.stance import Stance
from bot.service import own_dates
from bot.service.broadcasts.sending import next_of
from bot.service.coming_times import sent_at
from bot.service.own_dates import SINCE
from bot.service.pledges import pledge_messages
from bot.service.reach import Reach, reach_of
from bot.service.reminder_rules import audience_of, message_class, rule_of, wanted_at
from bot.service.reminders import unplanned
from bot.store.crowds import Wanted
from bot.store.unit import Unit

DAYS = 14
TOO_MANY = 3  # messages to one person on one day
SHOWN = 10  # such persons of a day
A_SECOND = 30  # messages that Telegram takes
MOST_OWN = 2000  # reminders of citizens to themselves that are computed
MOST_PLEDGES = 2000  # of which later questions are computed
MOST_BROADCASTS = 200  # approved, and computed
MOST_OWN_TIMES = 24  # lines of a day for each time of the citizens' own


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One kind of message on one day, from *at* until *last*; *reminder* is None for own ones.

    *kind* is the kind of its subject: a reminder, a broadcast, a sign-up, an invitation, a pledge.
    """

    at: datetime
    reach: Reach
    reminder: Reminder | None = None
    last: datetime | None = None
    kind: str = SUBJECT
    broadcast: Broadcast | None = None

    @property
    def is_own(self) -> bool:
        """Return whether citizens set it for themselves."""
        return self.kind == SUBJECT and self.reminder is None

    @property
    def number(self) -> int:
        """Return how many people get it."""
        return self.reach.number


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
    """The days with messages; *partial* where not all of the citizens' own are counted.

    *unreadable* are reminders whose times cannot be computed.
    """

    days: Sequence[OutgoingDay]
    partial: bool = False
    unreadable: Sequence[Reminder] = ()


async def outgoing(unit: Unit) -> OutgoingCalendar:
    """Return the messages of today and the next 13 days that are still to come."""
    today = unit.calendar.local(unit.now).date()
    days = [today + timedelta(days=n) for n in range(DAYS)]
    until = unit.calendar.instant(days[-1] + timedelta(days=1), time())
    own = await unit.reminders.own_active(MOST_OWN + 1)
    pledges = await unit.pledges.asked_before(days[-1], MOST_PLEDGES + 1)
    by_rule, unreadable = await _of_rules(unit, await unit.reminders.active(), until)
    coming = [
        *await _of_ledger(unit, unit.calendar.instant(today, time()), until),
        *by_rule,
        *await _of_own(unit, own[:MOST_OWN], until),
        *await _of_pledges(unit, pledges[:MOST_PLEDGES], until),
        *await _of_broadcasts(unit, until),
    ]
    by_day: dict[date, list[Outgoing]] = {day: [] for day in days}
    for one in coming:
        by_day[unit.calendar.local(one.at).date()].append(one)
    unplanned_on = Counter(
        (unit.calendar.local(one.at).date(), _wanted(one.reminder))
        for one in by_rule
        if one.reminder and SINCE not in one.reminder.rule
    )
    found = []
    for day, some in by_day.items():
        if some:
            wanted = {what: times for (when, what), times in unplanned_on.items() if when == day}
            crowded = await _crowded(unit, day, wanted)
            found.append(OutgoingDay(day, _merged(some), _busiest(some), crowded))
    partial = len(own) > MOST_OWN or len(pledges) > MOST_PLEDGES
    return OutgoingCalendar(found, partial, unreadable)


def _wanted(reminder: Reminder) -> Wanted:
    """Return who gets a reminder, and whether only with consent to news about its topic."""
    is_news = message_class(reminder) is MessageClass.NEWS
    return Wanted(audience_of(reminder), reminder.topic if is_news else None)


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
) -> tuple[list[Outgoing], list[Reminder]]:
    """Return the messages of the rules of staff and leads, and what cannot be computed."""
    stances: dict[tuple[Audience, str], Mapping[Stance, int]] = {}
    found: list[Outgoing] = []
    unreadable = []
    for reminder in reminders:
        try:
            if SINCE in reminder.rule:
                found += await _of_own_dates(unit, reminder, until)
                continue
            times = list(_times(unit, reminder, until))
        except UNREADABLE:
            unreadable.append(reminder)
            continue
        key = (audience_of(reminder), reminder.topic)
        if times and key not in stances:
            stances[key] = await unit.stances.of_audience(*key)
        for at in times:
            reached = reach_of(stances[key].items(), message_class(reminder), at)
            found.append(Outgoing(at, reached, reminder))
    return [one for one in found if one.number or one.reach.withheld], unreadable


async def _of_own_dates(unit: Unit, reminder: Reminder, until: datetime) -> list[Outgoing]:
    """Return the messages that are relative to a date of each person."""
    audience, attention = audience_of(reminder), message_class(reminder)
    coming = await own_dates.unplanned(unit, reminder, audience, attention, until)
    stances = await unit.stances.of_participants(
        {one.participant_id for one in coming}, reminder.topic
    )
    return [
        Outgoing(
            one.planned_at,
            reach_of([(stances[one.participant_id], 1)], attention, one.planned_at),
            reminder,
        )
        for one in coming
        if one.planned_at < until and one.participant_id in stances
    ]


async def _of_own(unit: Unit, own: Sequence[Reminder], until: datetime) -> list[Outgoing]:
    """Return the messages that citizens have set for themselves, and that they get."""
    by_participant: dict[int, list[Reminder]] = {}
    for reminder in own:
        by_participant.setdefault(reminder.participant_id or 0, []).append(reminder)
    stances = await unit.stances.of_participants(list(by_participant), OWN_TOPIC)
    found = []
    for participant_id, stance in stances.items():
        for reminder in by_participant[participant_id]:
            with suppress(*UNREADABLE):  # the citizen's own list has it
                for at in _times(unit, reminder, until):
                    reached = reach_of([(stance, 1)], MessageClass.ASKED_FOR, at)
                    found.append(Outgoing(at, reached))
    return [one for one in found if one.number]


async def _of_ledger(unit: Unit, first: datetime, until: datetime) -> list[Outgoing]:
    """Return the messages that are planned already and still to come."""
    waiting = await unit.stances.waiting(first, until)
    ids = {subject_id for kind, subject_id, *_rest in waiting if kind == SUBJECT}
    reminders = await unit.reminders.some(ids)
    news = {subject_id for kind, subject_id, *_rest in waiting if kind == BROADCAST}
    broadcasts = await unit.broadcasts.some(news)
    found = []
    for (kind, subject_id, at, attention), stances in waiting.items():
        reminder = _shared(reminders, subject_id) if kind == SUBJECT else None
        reached = reach_of(stances.items(), attention, at)
        if reached.number or (reminder is not None and reached.withheld):
            about = broadcasts.get(subject_id) if kind == BROADCAST else None
            found.append(Outgoing(max(at, unit.now), reached, reminder, kind=kind, broadcast=about))
    return found


async def _of_broadcasts(unit: Unit, until: datetime) -> list[Outgoing]:
    """Return the messages of approved broadcasts that have not begun, by what is known now."""
    approved = await unit.broadcasts.listed([BroadcastState.APPROVED], MOST_BROADCASTS)
    found = []
    for known in approved:
        times = [at for at in _begins(unit, known, until) if at < until]
        if not times:
            continue
        attention = MessageClass.WARNING if known.is_warning else MessageClass.NEWS
        stances = await unit.stances.of_audience(readable(known.audience), known.topic)
        # Only people who are in the chat and agree to its topic are its audience.
        asked = [(one, number) for one, number in stances.items() if one.in_chat and one.consents]
        found += [
            Outgoing(at, reach_of(asked, attention, at), kind=BROADCAST, broadcast=known)
            for at in times
        ]
    return found


def _begins(unit: Unit, known: Broadcast, until: datetime) -> Iterable[datetime]:
    """Yield when an approved broadcast begins, or each occurrence of a series."""
    at: datetime | None = max(known.starts_at or unit.now, unit.now)
    while at is not None and at < until:
        yield at
        at = next_of(unit, known.rule, at) if known.rule is not None else None


async def _of_pledges(unit: Unit, pledges: Sequence[Pledge], until: datetime) -> list[Outgoing]:
    """Return the questions about pledges that are not planned yet."""
    stances = await unit.stances.of_participants(
        {one.participant_id or 0 for one in pledges}, pledge_messages.TOPIC
    )
    found = []
    for pledge in pledges:
        stance = stances.get(pledge.participant_id or 0)
        if stance is None:
            continue
        for one in await pledge_messages.expected(unit, pledge, until):
            reached = reach_of([(stance, 1)], one.message_class, one.planned_at)
            if one.planned_at < until and reached.number:
                found.append(Outgoing(one.planned_at, reached, kind=PLEDGE))
    return found


def _shared(reminders: Mapping[int, Reminder], reminder_id: int) -> Reminder | None:
    """Return a reminder; None for a citizen's own, or where it is gone."""
    found = reminders.get(reminder_id)
    return None if found is None or found.is_own else found


def _merged(found: Sequence[Outgoing]) -> Sequence[Outgoing]:
    """Return a line for each reminder and broadcast, other kind, and time of the citizens' own.

    On a day with many times of their own there is one line for each hour of them.
    """
    own = {one.at.replace(second=0, microsecond=0) for one in found if one.is_own}
    by_hour = len(own) > MOST_OWN_TIMES
    lines: dict[tuple[str, int | datetime], Outgoing] = {}
    for one in sorted(found, key=lambda one: one.at):
        minute = one.at.replace(minute=0 if by_hour else one.at.minute, second=0, microsecond=0)
        about = one.reminder or one.broadcast
        key = (one.kind, minute if one.is_own else about.id if about is not None else 0)
        before = lines.get(key)
        if before is None:
            lines[key] = replace(one, last=one.at)
        else:
            lines[key] = replace(before, reach=before.reach + one.reach, last=one.at)
    return list(lines.values())


def _busiest(found: Sequence[Outgoing]) -> int:
    """Return the number of messages to Telegram in the busiest minute."""
    minutes: Counter[datetime] = Counter()
    for one in found:
        minutes[one.at.replace(second=0, microsecond=0)] += one.reach.in_chat
    return max(minutes.values(), default=0)


async def _crowded(unit: Unit, day: date, wanted: Mapping[Wanted, int]) -> Sequence[Crowded]:
    """Return who would get too many messages on a day; *wanted* are those not planned yet."""
    first = unit.calendar.instant(day, time())
    last = unit.calendar.instant(day + timedelta(days=1), time())
    rows = await unit.crowds.of_day(wanted, (first, last), least=TOO_MANY, limit=SHOWN)
    return [Crowded(*row) for row in rows]
