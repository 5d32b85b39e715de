"""A recurrence in words, such as "every other Wednesday at 16:00"."""

from __future__ import annotations

from datetime import date

from bot.calendar.recurrence import LAST, Holidays, Recurrence, Unit
from bot.i18n import Day, Listed, Text, Weekday, ngettext, pgettext

WORKING_WEEK, WHOLE_WEEK = (0, 1, 2, 3, 4), (0, 1, 2, 3, 4, 5, 6)
SECOND = 2  # languages have a word of their own for "every other"
SHORTEST_MONTH, LONGEST_MONTH = 28, 31
LEAP_YEAR = 2028  # any date of a year exists in it; the year is not shown
WEEKS = {0: pgettext("recurrence", "in even weeks"), 1: pgettext("recurrence", "in odd weeks")}
NTH = {
    1: pgettext("recurrence", "the first {weekday}"),
    2: pgettext("recurrence", "the second {weekday}"),
    3: pgettext("recurrence", "the third {weekday}"),
    4: pgettext("recurrence", "the fourth {weekday}"),
    LAST: pgettext("recurrence", "the last {weekday}"),
}


def in_words(
    rule: Recurrence, next_day: date | None = None, *, first_day: date | None = None
) -> Text:
    """Return the rule in words, with the day when it happens next or first, if given."""
    words = pgettext("recurrence", "{days} at {time}").with_(days=_days(rule), time=rule.at)
    if rule.until is not None:
        until = Day(rule.until)
        words = pgettext("recurrence", "{rule}, until {day}").with_(rule=words, day=until)
    if rule.count is not None:
        times = ngettext("{count} time", "{count} times", "count").with_(count=rule.count)
        words = pgettext("recurrence", "{rule}, {times}").with_(rule=words, times=times)
    if rule.except_on:
        days = Listed(rule.except_on)
        words = pgettext("recurrence", "{rule}, except {days}").with_(rule=words, days=days)
    if rule.holidays is Holidays.SKIP:
        words = pgettext("recurrence", "{rule}, not on public holidays or closing days").with_(
            rule=words
        )
    if rule.holidays is Holidays.MOVE:
        words = pgettext(
            "recurrence", "{rule}, moved to the first day after public holidays or closing days"
        ).with_(rule=words)
    if next_day is not None and rule.unit is not Unit.ONCE:
        words = pgettext("recurrence", "{rule}, next time {day}").with_(rule=words, day=next_day)
    if first_day is not None and rule.unit is not Unit.ONCE:
        words = pgettext("recurrence", "{rule}, first time {day}").with_(rule=words, day=first_day)
    return words


def _days(rule: Recurrence) -> Text:
    """Return the days of the rule in words, without the time."""
    match rule.unit:
        case Unit.ONCE:
            return pgettext("recurrence", "{day}").with_(day=rule.starts_on)
        case Unit.DAY:
            return _every(
                rule.interval,
                pgettext("recurrence", "every day"),
                pgettext("recurrence", "every other day"),
                pgettext("recurrence", "every {interval} days"),
            )
        case Unit.WEEK:
            return _weekly(rule)
        case Unit.MONTH:
            return _monthly(rule)
        case _:
            return _every(
                rule.interval,
                pgettext("recurrence", "every year on {day}"),
                pgettext("recurrence", "every other year on {day}"),
                pgettext("recurrence", "every {interval} years on {day}"),
            ).with_(day=_days_of_year(rule))


def _weekly(rule: Recurrence) -> Text:
    """Return the weekdays of a weekly rule in words."""
    weekdays = tuple(sorted(set(rule.weekdays)))
    names = Listed(tuple(Weekday(day) for day in weekdays))
    is_each = rule.interval == 1 and rule.parity is None
    if is_each and weekdays == WHOLE_WEEK:
        return pgettext("recurrence", "every day")
    if is_each and weekdays != WORKING_WEEK:
        return pgettext("recurrence", "every {weekdays}").with_(weekdays=names)
    if rule.interval == SECOND and len(weekdays) == 1:
        return pgettext("recurrence", "every other {weekdays}").with_(weekdays=names)
    days = pgettext("recurrence", "on {weekdays}").with_(weekdays=names)
    if weekdays == WORKING_WEEK:
        days = pgettext("recurrence", "on weekdays")
    if is_each:
        return days
    return pgettext("recurrence", "{days} {weeks}").with_(days=days, weeks=_weeks(rule))


def _weeks(rule: Recurrence) -> Text:
    """Return the weeks of a weekly rule that leaves weeks out, in words."""
    if rule.parity is not None:
        return WEEKS[rule.parity]
    if rule.interval == SECOND:
        return pgettext("recurrence", "every other week")
    return pgettext("recurrence", "every {interval} weeks").with_(interval=rule.interval)


def _monthly(rule: Recurrence) -> Text:
    """Return the day of a monthly rule in words."""
    if rule.nth is not None:
        which = NTH[rule.nth].with_(weekday=Weekday(rule.weekdays[0]))
    else:
        days = Listed(tuple(_day_of_month(day) for day in sorted(set(rule.days))))
        which = pgettext("recurrence", "on {days}").with_(days=days)
    return _every(
        rule.interval,
        pgettext("recurrence", "{which} of every month"),
        pgettext("recurrence", "{which} of every other month"),
        pgettext("recurrence", "{which} every {interval} months"),
    ).with_(which=which)


def _day_of_month(number: int) -> Text:
    """Return a day of the month in words; shorter months have their last day instead."""
    if number == LONGEST_MONTH:
        return pgettext("recurrence", "the last day")
    if number > SHORTEST_MONTH:
        return pgettext("recurrence", "day {number} (or the last day)").with_(number=number)
    return pgettext("recurrence", "day {number}").with_(number=number)


def _days_of_year(rule: Recurrence) -> Listed:
    """Return the dates of a yearly rule."""
    days = [date(LEAP_YEAR, rule.month or 1, day) for day in sorted(set(rule.days))]
    return Listed(tuple(Day(day, has_year=False) for day in days))


def _every(interval: int, each: Text, other: Text, nth: Text) -> Text:
    """Return the text for an interval: 1, 2, or more."""
    if interval == 1:
        return each
    return other if interval == SECOND else nth.with_(interval=interval)
