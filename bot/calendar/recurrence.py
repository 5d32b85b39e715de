"""Recurrence: a rule over local dates; its occurrences become instants last.

The rule is computed on dates without a time zone. Each date is then combined with the local
time, so an occurrence keeps its local time when the clocks change.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from heapq import merge
from itertools import count as numbered
from itertools import groupby, islice
from typing import Any

from dateutil import rrule

from bot.calendar import FIRST_YEAR, LAST_YEAR, Calendar, OutOfReach

LAST = -1  # "the last Thursday of the month"
LONGEST_INTERVAL, LONGEST_COUNT = 99, 999
LONGEST_SPAN = timedelta(days=366 * 10)  # no occurrence is searched later than this after a date
LONGEST_MOVE = timedelta(days=15)  # by closed days in a row
# The last day of each month in a leap year.
_LAST_DAYS = {month: monthrange(2028, month)[1] for month in range(1, 13)}


class Unit(StrEnum):
    """What a rule counts in."""

    ONCE = "once"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Holidays(StrEnum):
    """What happens to an occurrence on a public holiday or another closed day of the town."""

    KEEP = "keep"
    SKIP = "skip"
    MOVE = "move"  # to the next working day


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule. Days are local dates, *at* is a local time, weekdays are 0 (Monday) to 6.

    Week: every *interval* weeks on *weekdays*. Month: on *days* of the month, or on the last day
    of a shorter month; with *nth* (1 to 4, or `LAST`) on that weekday of the month. Year: on *days*
    of *month*; 29 February becomes 28 February in other years. *parity* keeps ISO weeks with an
    odd (1) or even (0) number. *count* counts occurrences before exceptions and holidays are
    taken out, as in RFC 5545.

    Raise `ValueError` where the fields do not make a rule, and its `OutOfReach` where a date is
    not in the years that a calendar has.
    """

    unit: Unit
    starts_on: date
    at: time
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    month: int | None = None
    nth: int | None = None
    parity: int | None = None
    until: date | None = None
    count: int | None = None
    except_on: tuple[date, ...] = ()
    holidays: Holidays = Holidays.KEEP

    def __post_init__(self) -> None:
        """Raise `ValueError` where the fields do not make a rule."""
        rules = {
            f"an interval is from 1 to {LONGEST_INTERVAL}": 1 <= self.interval <= LONGEST_INTERVAL,
            "a weekly rule has weekdays": (self.unit is not Unit.WEEK) or bool(self.weekdays),
            "a weekday is from 0 to 6": set(self.weekdays) <= set(range(7)),
            "a monthly or yearly rule has days that exist": self._is_day_complete(),
            "odd and even weeks are for weekly rules": self.parity is None
            or (self.unit is Unit.WEEK and self.interval == 1 and self.parity in (0, 1)),
            "an end is after the start": self.until is None or self.until >= self.starts_on,
            f"a count is from 1 to {LONGEST_COUNT}": self.count is None
            or 1 <= self.count <= LONGEST_COUNT,
        }
        for rule, is_kept in rules.items():
            if not is_kept:
                raise ValueError(rule)
        dates = (self.starts_on, self.until or self.starts_on, *self.except_on)
        if not all(FIRST_YEAR <= day.year <= LAST_YEAR for day in dates):
            raise OutOfReach

    def _is_day_complete(self) -> bool:
        """Return whether the rule says the day of the month or year it means, if it needs one."""
        has_day = bool(self.days) and set(self.days) <= set(range(1, 32))
        match self.unit:
            case Unit.YEAR:
                last = _LAST_DAYS.get(self.month or 0, 0)
                return has_day and max(self.days) <= last and self.nth is None
            case Unit.MONTH if self.nth is None:
                return has_day
            case Unit.MONTH:
                nths = (1, 2, 3, 4, LAST)
                return not self.days and self.nth in nths and len(self.weekdays) == 1
            case _:
                return self.nth is None and not self.days


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One occurrence: the date that the rule gives, and the date and instant when it happens.

    *nominal* identifies the occurrence; a holiday moves *day* only.
    """

    nominal: date
    day: date
    instant: datetime


def occurrences(
    rule: Recurrence, calendar: Calendar, after: datetime | None = None
) -> Iterator[Occurrence]:
    """Yield the occurrences of *rule* whose instant is later than *after*, in order of time.

    There is at most one on a day: a moved occurrence that falls on a day of another one is left
    out.
    """
    moved: dict[date, date] = {}  # nominal days by the later days that they are moved to
    for nominal in _nominal_days(rule, calendar, after):
        day = _happens_on(rule, calendar, nominal)
        if day is None:
            continue
        if day != nominal:
            moved.setdefault(day, nominal)
            continue
        moved.pop(day, None)
        yield from _happening(rule, calendar, after, _taken(moved, before=day))
        yield from _happening(rule, calendar, after, [(day, nominal)])
    yield from _happening(rule, calendar, after, _taken(moved))


def _taken(moved: dict[date, date], before: date | None = None) -> list[tuple[date, date]]:
    """Take the moved days out, those *before* a day or all, with their nominal days in order."""
    days = sorted(day for day in moved if before is None or day < before)
    return [(day, moved.pop(day)) for day in days]


def _happening(
    rule: Recurrence,
    calendar: Calendar,
    after: datetime | None,
    days: Sequence[tuple[date, date]],
) -> Iterator[Occurrence]:
    """Yield the occurrences on days, given with their nominal days, that are later than *after*."""
    for day, nominal in days:
        instant = calendar.instant(day, rule.at)
        if after is None or instant > after:
            yield Occurrence(nominal, day, instant)


def next_occurrences(
    rule: Recurrence, calendar: Calendar, after: datetime, most: int
) -> list[Occurrence]:
    """Return at most *most* occurrences later than *after*."""
    return list(islice(occurrences(rule, calendar, after), most))


def _happens_on(rule: Recurrence, calendar: Calendar, nominal: date) -> date | None:
    """Return the day of an occurrence; None where an exception or a holiday takes it out."""
    if nominal in rule.except_on:
        return None
    if rule.holidays is Holidays.KEEP or not calendar.is_closed(nominal):
        return nominal
    if rule.holidays is Holidays.SKIP:
        return None
    return next(
        day
        for day in (nominal + timedelta(days=n) for n in numbered(1))
        if calendar.is_working_day(day)
    )


def _nominal_days(rule: Recurrence, calendar: Calendar, after: datetime | None) -> Iterator[date]:
    """Yield the days that the rule gives, from some days before *after*, without exceptions."""
    if rule.unit is Unit.ONCE:
        yield rule.starts_on
        return
    since = None
    if after is not None:
        # A moved occurrence may come after the moment although its own day came before.
        since = calendar.local(after).date() - LONGEST_MOVE
    begins = rule.starts_on if since is None else _begins_near(rule, since)
    rules = [_rrule(rule, begins, day) for day in rule.days or (1,)]
    last = max(rule.starts_on, calendar.local(after).date() if after else rule.starts_on)
    last += LONGEST_SPAN * (rule.interval if rule.unit is Unit.YEAR else 1)
    days = (day.date() for day, _same in groupby(merge(*rules)))
    for day in islice(days, rule.count):
        if day > last:
            return
        if since is None or day >= since:
            yield day


def _begins_near(rule: Recurrence, since: date) -> date:
    """Return a day from which a rule gives the same days from *since* on as from its start.

    The start is moved by whole intervals, so that old days are not computed. A count needs all.
    """
    start = rule.starts_on
    if since <= start or rule.count is not None:
        return start
    match rule.unit:
        case Unit.DAY:
            passed = (since - start).days // rule.interval
            near = start + timedelta(days=passed * rule.interval)
        case Unit.WEEK if rule.parity is None:
            monday = start - timedelta(days=start.weekday())
            passed = (since - monday).days // (7 * rule.interval)
            near = monday + timedelta(weeks=passed * rule.interval)
        case Unit.MONTH:
            months = (since.year - start.year) * 12 + since.month - start.month
            passed = months // rule.interval * rule.interval
            year, month = divmod(start.year * 12 + start.month - 1 + passed, 12)
            near = date(year, month + 1, 1)
        case _:  # a year; an ISO week may begin in the year before
            years = since.year - 1 - start.year
            near = date(start.year + max(0, years // rule.interval) * rule.interval, 1, 1)
    return max(start, near)


def _rrule(rule: Recurrence, begins: date, day: int) -> rrule.rrule:
    """Return dateutil's rule over naive midnights, with *day* as the only day of the month."""
    fields: dict[str, Any] = {
        "dtstart": datetime.combine(begins, time()),
        "interval": rule.interval,
    }
    if rule.until is not None:
        fields["until"] = datetime.combine(rule.until, time())
    weekdays = sorted(set(rule.weekdays))
    match rule.unit:
        case Unit.DAY:
            return rrule.rrule(rrule.DAILY, **fields)
        case Unit.WEEK if rule.parity is not None:
            weeks = tuple(week for week in range(1, 54) if week % 2 == rule.parity)
            return rrule.rrule(rrule.YEARLY, byweekno=weeks, byweekday=weekdays, **fields)
        case Unit.WEEK:
            return rrule.rrule(rrule.WEEKLY, wkst=rrule.MO, byweekday=weekdays, **fields)
        case Unit.MONTH if rule.nth is not None:
            on = rrule.weekday(rule.weekdays[0], rule.nth)
            return rrule.rrule(rrule.MONTHLY, byweekday=on, **fields)
        case Unit.MONTH:
            return rrule.rrule(rrule.MONTHLY, **_clamped(day), **fields)
        case _:
            return rrule.rrule(rrule.YEARLY, bymonth=rule.month, **_clamped(day), **fields)


def _clamped(day: int) -> dict[str, Any]:
    """Return dateutil's fields for a day of the month, or the last day of a shorter month."""
    return {"bymonthday": tuple(range(min(day, 28), day + 1)), "bysetpos": -1}


def to_json(rule: Recurrence) -> dict[str, Any]:
    """Return the rule as JSON; fields with their default are left out."""
    fields = {
        "unit": rule.unit.value,
        "starts_on": rule.starts_on.isoformat(),
        "at": rule.at.isoformat("minutes"),
        "interval": rule.interval,
        "weekdays": list(rule.weekdays),
        "days": list(rule.days),
        "month": rule.month,
        "nth": rule.nth,
        "parity": rule.parity,
        "until": rule.until.isoformat() if rule.until else None,
        "count": rule.count,
        "except_on": [day.isoformat() for day in rule.except_on],
        "holidays": rule.holidays.value,
    }
    defaults = {"interval": 1, "holidays": Holidays.KEEP.value}
    return {
        name: value
        for name, value in fields.items()
        if value not in (None, []) and defaults.get(name) != value
    }


def from_json(fields: Mapping[str, Any]) -> Recurrence:
    """Return the rule of its JSON; raise `ValueError` or `KeyError` where it makes none."""
    until = fields.get("until")
    return Recurrence(
        unit=Unit(fields["unit"]),
        starts_on=date.fromisoformat(fields["starts_on"]),
        at=time.fromisoformat(fields["at"]),
        interval=fields.get("interval", 1),
        weekdays=tuple(fields.get("weekdays", ())),
        days=tuple(fields.get("days", ())),
        month=fields.get("month"),
        nth=fields.get("nth"),
        parity=fields.get("parity"),
        until=date.fromisoformat(until) if until else None,
        count=fields.get("count"),
        except_on=tuple(date.fromisoformat(day) for day in fields.get("except_on", ())),
        holidays=Holidays(fields.get("holidays", Holidays.KEEP)),
    )
