"""A recurrence in words, such as "every other Wednesday at 16:00"."""

from __future__ import annotations

from datetime import date

from bot.calendar.recurrence import LAST, Holidays, Recurrence, Unit
from bot.i18n import Day, Listed, Text, Weekday, ngettext, pgettext

WORKING_WEEK = (0, 1, 2, 3, 4)
SECOND = 2  # languages have a word of their own for "every other"
SHORTEST_MONTH = 28
DAY_OF_MONTH = pgettext("recurrence", "day {number}")
LEAP_YEAR = 2028  # any date of a year exists in it; the year is not shown
NTH = {
    1: pgettext("recurrence", "the first {weekday}"),
    2: pgettext("recurrence", "the second {weekday}"),
    3: pgettext("recurrence", "the third {weekday}"),
    4: pgettext("recurrence", "the fourth {weekday}"),
    LAST: pgettext("recurrence", "the last {weekday}"),
}


def in_words(rule: Recurrence, next_day: date | None = None) -> Text:
    """Return the rule in words, and when it happens next if *next_day* is given."""
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
        words = pgettext("recurrence", "{rule}, not on public holidays").with_(rule=words)
    if rule.holidays is Holidays.MOVE:
        words = pgettext("recurrence", "{rule}, after public holidays").with_(rule=words)
    if next_day is not None and rule.unit is not Unit.ONCE:
        words = pgettext("recurrence", "{rule}, next time {day}").with_(rule=words, day=next_day)
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
            ).with_(day=Day(date(LEAP_YEAR, rule.month or 1, rule.days[0]), has_year=False))


def _weekly(rule: Recurrence) -> Text:
    """Return the weekdays of a weekly rule in words."""
    weekdays = tuple(sorted(set(rule.weekdays)))
    if weekdays == WORKING_WEEK and rule.interval == 1:
        return pgettext("recurrence", "on weekdays")
    if rule.parity is not None:
        each = pgettext("recurrence", "every {weekdays} in even weeks")
        if rule.parity:
            each = pgettext("recurrence", "every {weekdays} in odd weeks")
        return each.with_(weekdays=_listed(weekdays))
    one = len(weekdays) == 1
    return _every(
        rule.interval,
        pgettext("recurrence", "every {weekdays}"),
        pgettext("recurrence", "every other {weekdays}")
        if one
        else pgettext("recurrence", "every other week on {weekdays}"),
        pgettext("recurrence", "every {interval} weeks on {weekdays}"),
    ).with_(weekdays=_listed(weekdays))


def _listed(weekdays: tuple[int, ...]) -> Listed:
    return Listed(tuple(Weekday(day) for day in weekdays))


def _monthly(rule: Recurrence) -> Text:
    """Return the day of a monthly rule in words."""
    if rule.nth is not None:
        which = NTH[rule.nth].with_(weekday=Weekday(rule.weekdays[0]))
    else:
        days = Listed(tuple(DAY_OF_MONTH.with_(number=day) for day in rule.days))
        which = pgettext("recurrence", "on {days}").with_(days=days)
        if rule.days[-1] > SHORTEST_MONTH:
            which = pgettext("recurrence", "{days}, or the last day,").with_(days=which)
    return _every(
        rule.interval,
        pgettext("recurrence", "{which} of every month"),
        pgettext("recurrence", "{which} of every other month"),
        pgettext("recurrence", "{which} every {interval} months"),
    ).with_(which=which)


def _every(interval: int, each: Text, other: Text, nth: Text) -> Text:
    """Return the text for an interval: 1, 2, or more."""
    if interval == 1:
        return each
    return other if interval == SECOND else nth.with_(interval=interval)
