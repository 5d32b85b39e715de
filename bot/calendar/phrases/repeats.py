"""The rule that a text names with a recurrence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.calendar.phrases.items import Items, Role
from bot.calendar.phrases.place import Day, Place
from bot.calendar.phrases.result import USUAL_TIME, Ask, Meaning, Repeats, When, Why
from bot.calendar.phrases.times import times_of
from bot.calendar.phrases.when import resolved
from bot.calendar.recurrence import Recurrence, Unit, next_occurrences

USUAL = time(9)
EVERY_OTHER = 2


def is_repeated(items: Items) -> bool:
    """Return whether a text names a recurrence."""
    return bool(items.every) or any(day.nth is not None for _role, day in items.days)


def repeats(place: Place, items: Items) -> Meaning:
    """Return the rule that the items of a text name."""
    why = next((day.why for _role, day in items.days if day.why), None)
    if why is not None:
        return Ask(why)
    times, ends_at = times_of(items)
    if len(times) > 1:
        return Ask(Why.TWO)
    if _recurring_bound(items):
        return Ask(Why.UNCLEAR)
    at = times[0] if times else USUAL_TIME[items.part] if items.part else USUAL
    starts_on, until = _bounds(place, items)
    interval = _interval(items)
    if interval is None:
        return Ask(Why.UNCLEAR)
    # The first such day begins the rule, with any interval: "every other Wednesday" at once.
    each = _rule(place, items, starts_on, at)
    now = place.calendar.instant(place.today, place.now.time())
    coming = next_occurrences(each, place.calendar, now, 1)
    if not coming or (until is not None and coming[0].nominal > until):
        return Ask(Why.PASSED)
    rule = replace(each, starts_on=coming[0].nominal, until=until, interval=interval)
    return Repeats(rule, has_time=bool(times), part=items.part, ends_at=ends_at)


def _recurring_bound(items: Items) -> bool:
    """Return whether the first or last day itself recurs: "sig til den 1. lørdag i hver måned".

    So does "from Monday to Friday every week", which may mean its days or one week.
    """
    bounds = items.of_role(Role.FROM, Role.UNTIL)
    is_weekly = any(one.unit is Unit.WEEK and not one.weekdays for one in items.every) and any(
        day.weekday is not None and day.day is None for day in bounds
    )
    return is_weekly or any(day.nth is not None for day in bounds)


def _interval(items: Items) -> int | None:
    """Return the interval of the rule, or None where it does not fit odd or even weeks."""
    interval = max((every.interval for every in items.every), default=1)
    if interval == 1 or _parity(items) is None:
        return interval
    return 1 if interval == EVERY_OTHER else None


def _parity(items: Items) -> int | None:
    """Return 1 where the text names odd weeks, 0 for even weeks, None for all weeks."""
    return next((every.parity for every in items.every if every.parity is not None), None)


def _bounds(place: Place, items: Items) -> tuple[date, date | None]:
    """Return the day from which the rule counts, and the last day where an end is said."""
    starts_on = _first_day(place, items)
    until = _until(replace(place, now=datetime.combine(starts_on, time())), items)
    within = next((day for day in items.of_role(Role.ON) if day.ends), None)
    if within is None or within.day is None:
        return starts_on, until
    return max(starts_on, within.day), until or within.ends


def _first_day(place: Place, items: Items) -> date:
    """Return the day behind "from", or today."""
    found = resolved(place, items.of_role(Role.FROM))
    return found.day if isinstance(found, When) else place.today


def _until(place: Place, items: Items) -> date | None:
    """Return the last day of a recurrence; a feast is its end, and does not belong to it."""
    for day in items.of_role(Role.UNTIL):
        found = resolved(place, [day], is_end=True)
        if isinstance(found, When):
            is_excluded = day.is_feast and not items.is_until_included
            return (found.ends or found.day) - timedelta(days=is_excluded)
    return None


def _rule(place: Place, items: Items, starts_on: date, at: time) -> Recurrence:
    """Return the rule with the interval 1."""
    on = items.of_role(Role.ON)
    nth = next((day for day in on if day.nth is not None), None)
    if nth is not None and nth.weekday is not None:
        return Recurrence(Unit.MONTH, starts_on, at, weekdays=(nth.weekday,), nth=nth.nth)
    units = {every.unit for every in items.every}
    weekdays = {day for every in items.every for day in every.weekdays}
    weekdays |= {day.weekday for day in on if day.weekday is not None and day.day is None}
    if Unit.YEAR in units:
        day = next((day.day for day in on if day.day), starts_on)
        return Recurrence(Unit.YEAR, starts_on, at, days=(day.day,), month=day.month)
    if Unit.MONTH in units and not weekdays:
        return Recurrence(Unit.MONTH, starts_on, at, days=_days_of_month(on, starts_on))
    if weekdays or Unit.WEEK in units:
        days = tuple(sorted(weekdays)) or (_first_day(place, items).weekday(),)
        return Recurrence(Unit.WEEK, starts_on, at, weekdays=days, parity=_parity(items))
    return Recurrence(Unit.DAY, starts_on, at)


def _days_of_month(on: Sequence[Day], first: date) -> tuple[int, ...]:
    """Return the days of the month that a text names, or that of the first day."""
    numbers = {day.number or day.day.day for day in on if day.day is not None}
    return tuple(sorted(numbers)) or (first.day,)
