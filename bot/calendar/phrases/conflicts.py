"""Items of a text that do not fit together: one meaning does not hold them all."""

from __future__ import annotations

from collections.abc import Sequence

from bot.calendar.phrases.clock import HOURS, MINUTES, Clock
from bot.calendar.phrases.items import Items, Role
from bot.calendar.phrases.place import Day
from bot.calendar.phrases.result import Part, Repeats, When
from bot.calendar.phrases.times import is_from_to
from bot.calendar.recurrence import Unit

EARLY = 6  # o'clock
# The hours in which a clock time fits a part of the day; a night has two spans.
_HOURS = {
    Part.MORNING: ((0, 12),),
    Part.FORENOON: ((6, 13),),
    Part.NOON: ((10, 15),),
    Part.AFTERNOON: ((12, 19),),
    Part.EVENING: ((16, 25),),
    Part.NIGHT: ((0, 8), (20, 25)),
}


def has_conflict(items: Items, meaning: When | Repeats) -> bool:
    """Return whether *meaning* leaves out an item, or two items contradict each other."""
    if any(clock.start.minute >= HOURS * MINUTES for clock in items.clocks):  # "lørdag kl. 24"
        return True
    if len({clock.start for clock in items.clocks}) > 1 and not is_from_to(items):
        return True
    if len(items.all_parts) > 1 or not all(
        _fits(items, one.end or one.start) for one in items.clocks
    ):
        return True
    if any(_are_several(items.of_role(role)) for role in (Role.FROM, Role.UNTIL)):
        return True
    return _of_rule(items) if isinstance(meaning, Repeats) else _of_moment(items, meaning)


def _fits(items: Items, clock: Clock) -> bool:
    """Return whether a clock time is in the part of the day that the text names."""
    hour = clock.at(items.part).minute // MINUTES
    if items.is_night_of_day and hour < EARLY:  # of this day or of the next
        return False
    return items.part is None or any(first <= hour < end for first, end in _HOURS[items.part])


def _are_several(days: Sequence[Day]) -> bool:
    """Return whether expressions name more than one day, other than a weekday with its date."""
    weekdays = {day.weekday for day in days if day.weekday is not None}
    dates = {day.day for day in days if day.day is not None and day.weekday is None}
    return len(weekdays) > 1 or len(dates) > 1


def _of_moment(items: Items, when: When) -> bool:
    """Return whether a moment or a span leaves out a day or a time."""
    if _are_several(items.of_role(Role.ON)):
        return True
    if any(day.moment for _role, day in items.days):
        return len(items.days) > 1 or bool(items.clocks)
    if items.is_apart and items.of_role(Role.ON):  # "on Friday … an answer to Sunday's mail"
        return True
    is_span = when.ends is not None and bool(items.of_role(Role.UNTIL))
    return is_span and bool(items.clocks or items.part) and not is_from_to(items)


def _of_rule(items: Items) -> bool:
    """Return whether a rule leaves out a day, or has words of recurrence that contradict."""
    if _are_mixed(items):
        return True
    on = items.of_role(Role.ON)
    units = {every.unit for every in items.every if every.part is None}
    is_nth = any(day.nth is not None for day in on)
    has_weekdays = any(day.weekday is not None for day in on) or any(
        every.weekdays for every in items.every
    )
    if units - {Unit.WEEK} and has_weekdays and not is_nth:
        return True
    if has_weekdays and any(day.weekday is not None for day in items.of_role(Role.UNTIL)):
        return True  # "hver mandag-torsdag"
    if is_nth and (units - {Unit.MONTH} or len(on) > 1):
        return True
    return not _are_of_unit(units, on)


def _are_of_unit(units: set[Unit], on: Sequence[Day]) -> bool:
    """Return whether the dates of a rule fit its unit: no "hver måned den 1. maj"."""
    dates = [day for day in on if day.day is not None and day.ends is None]
    if Unit.YEAR in units:
        return _is_of_year(on)
    if Unit.MONTH in units:
        return all(day.number is not None or day.nth is not None for day in dates)
    return all(day.nth is not None for day in dates)


def _is_of_year(on: Sequence[Day]) -> bool:
    """Return whether days are one date of a year; a rule has no dates of several months."""
    return len({day.day for day in on}) <= 1 and not any(day.ends or day.number for day in on)


def _are_mixed(items: Items) -> bool:
    """Return whether words of recurrence name two rules, or a yearly rule has an end."""
    every = items.every
    units = {one.unit for one in every if one.part is None}
    intervals = {one.interval for one in every}
    of_weekdays = {one.interval for one in every if one.weekdays}
    parities = {one.parity for one in every if one.parity is not None}
    is_yearly_until = Unit.YEAR in units and bool(items.of_role(Role.UNTIL))  # "hvert år til jul"
    several = (units, intervals - {1}, of_weekdays, parities)
    return is_yearly_until or any(len(one) > 1 for one in several)
