"""The moment, day or span that a text names without a recurrence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.calendar.phrases.clock import MINUTES
from bot.calendar.phrases.items import Items, Role
from bot.calendar.phrases.place import Day, Place
from bot.calendar.phrases.result import Ask, Meaning, Part, When, Why
from bot.calendar.phrases.times import times_of

WEEK = timedelta(weeks=1)
EARLY = 6  # o'clock


def when(place: Place, items: Items) -> Meaning | None:
    """Return the moment, day or span of days that the items of a text name."""
    days = [day for _role, day in items.days]
    if not days:
        return _today(place, items)
    why = next((day.why for day in days if day.why), None)
    if why is not None:
        return Ask(why)
    moment = days[0].moment
    if moment is not None:
        return When(moment.date(), moment.time())
    return _with_time(place, items, _days(place, items))


def _today(place: Place, items: Items) -> Meaning | None:
    """Return the meaning of a clock time without a day: today, if it is still to come."""
    times, ends_at = times_of(items)
    choices = [When(place.today, at, ends_at=ends_at) for at in times]
    if len(choices) > 1:
        coming = [one for one in choices if not _is_over(place, one)]
        return Ask(Why.TWO, tuple(coming or choices))
    if not choices:
        return None
    return choices[0] if times[0] > place.now.time() else Ask(Why.PASSED)


def _days(place: Place, items: Items) -> When | Ask:
    """Return the day or the span of days, without a clock time."""
    until = items.of_role(Role.UNTIL)
    firsts = items.of_role(Role.FROM, Role.ON) or until
    if firsts is not until:
        firsts = [_in_month_of(until, day) for day in firsts]
    first = resolved(place, firsts)
    if isinstance(first, Ask):
        return first
    if _is_small_hours(place, items):
        first = replace(first, day=first.day + timedelta(days=1))
    if not until or firsts is until:
        return first
    from_first = replace(place, now=datetime.combine(first.day, time()))
    last = resolved(from_first, until, is_end=True)
    return last if isinstance(last, Ask) else replace(first, ends=last.ends or last.day)


def _is_small_hours(place: Place, items: Items) -> bool:
    """Return whether "i nat kl. 3" means the hours after the coming midnight."""
    is_tonight = any(day.part is Part.NIGHT and day.day == place.today for _role, day in items.days)
    starts = [clock.start.at(Part.NIGHT) for clock in items.clocks[:1]]
    is_early = any(start.minute < EARLY * MINUTES for start in starts)
    return is_tonight and is_early and place.now.hour >= EARLY


def _in_month_of(until: Sequence[Day], first: Day) -> Day:
    """Return the first day of "the 2nd to the 4th of July", in the month of the last."""
    last = next((day.day for day in until if day.day is not None), None)
    if first.number is None or last is None or first.number > last.day:
        return first
    return replace(first, day=last.replace(day=first.number))


def resolved(place: Place, days: Sequence[Day], *, is_end: bool = False) -> When | Ask:
    """Return the day that one or more expressions name together.

    The end of a span may be the weekday of today.
    """
    weekday = next((day for day in days if day.weekday is not None), None)
    dated = next((day for day in days if day.day is not None and day.weekday is None), None)
    if dated is not None and dated.day is not None:
        if weekday is None or weekday.weekday is None:
            return When(dated.day, ends=dated.ends)
        return _on_weekday(dated, dated.day, weekday.weekday)
    if weekday is None or weekday.weekday is None:
        return Ask(Why.UNCLEAR)
    ahead = (weekday.weekday - place.today.weekday()) % 7
    coming = place.today + timedelta(days=ahead) + WEEK * weekday.weeks_later
    is_today = ahead == 0 and not is_end and not weekday.weeks_later
    if weekday.is_next or is_today:
        return Ask(Why.TWO, (When(coming), When(coming + WEEK)))
    return When(coming)


def _on_weekday(dated: Day, day: date, weekday: int) -> When | Ask:
    """Return the day of a date, week or number of a month that is said to be a weekday."""
    if dated.is_week:
        return When(day - timedelta(days=day.weekday()) + timedelta(days=weekday))
    if dated.ends is not None:  # "i weekenden, lørdag", but no Saturday alone is "in October"
        of_span = (day + timedelta(days=n) for n in range((dated.ends - day).days + 1))
        fitting = [one for one in of_span if one.weekday() == weekday]
        return When(fitting[0]) if len(fitting) == 1 else Ask(Why.UNCLEAR)
    return When(day) if day.weekday() == weekday else Ask(Why.MISMATCH, (When(day),))


def _with_time(place: Place, items: Items, found: When | Ask) -> Meaning:
    """Add the clock time to a day; ask where the time is unclear or has passed."""
    times, ends_at = times_of(items)
    part = None if times else items.part
    if isinstance(found, Ask):
        at = times[0] if len(times) == 1 else None
        choices = [replace(one, at=at, ends_at=ends_at, part=part) for one in found.choices]
        return replace(found, choices=tuple(choices))
    timed = [replace(found, at=at, ends_at=ends_at) for at in times]
    choices = timed or [replace(found, part=part)]
    coming = [one for one in choices if not _is_over(place, one)]
    if not coming:
        return Ask(Why.PASSED)
    is_unclear = len(choices) > 1 and (len(coming) > 1 or found.day != place.today)
    return Ask(Why.TWO, tuple(coming)) if is_unclear else coming[0]


def _is_over(place: Place, one: When) -> bool:
    """Return whether a moment, or the end of a span, has passed."""
    last = one.ends or one.day
    if last != place.today or one.at is None:
        return last < place.today
    return (one.ends_at or one.at) <= place.now.time()
