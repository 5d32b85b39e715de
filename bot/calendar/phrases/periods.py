"""Weeks, months, their ends and nth weekdays in a text: "uge 43", "i marts"."""

from __future__ import annotations

import calendar as months
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from bot.calendar.phrases import words
from bot.calendar.phrases.dates import IMPOSSIBLE, LEAP_CYCLE, LONGEST_MONTH
from bot.calendar.phrases.place import Day, FoundDay, Place
from bot.calendar.phrases.rules import every_at
from bot.calendar.phrases.words import Phrases
from bot.calendar.recurrence import LAST, Unit

SATURDAY = 5
WEEK, UNTIL_SUNDAY = timedelta(weeks=1), timedelta(days=6)
MONTH, UNTIL_LAST = relativedelta(months=1), relativedelta(months=1, days=-1)
MOST_WEEKS = 53
LONGEST_EACH_MONTH = 4  # tokens of "hver eneste anden måned"
NTHS = (1, 2, 3, 4, LAST)


def period(place: Place, at: int) -> FoundDay | None:
    """Read "i næste uge", "uge 43", "i weekenden", "næste måned", "i marts"."""
    begins = place.skip_own(at, words.PERIOD_LEAD)
    for phrases, days in _PERIODS:
        after = place.skip(begins, phrases)
        if after > begins:
            return days(place), after
    if place.has(begins, words.WEEK) and place.kind(begins + 1) in {"number", "ordinal"}:
        return _weeks(place, begins + 1)
    month = place.month(begins) if begins > at else None
    if month is None or place.kind(begins + 1) == "number":
        return None
    first = _first_of(place, month)
    return Day(first, first + UNTIL_LAST), place.skip(begins + 1, words.MONTH_NOUN)


def _weeks(place: Place, at: int) -> FoundDay:
    """Return the week of the number at token *at*, or the weeks of "20-22"."""
    first = _numbered_week(place, place.number(at) or 0)
    last_at = place.skip(at + 1, words.SPAN_JOINT)
    if last_at == at + 1 or place.kind(last_at) not in {"number", "ordinal"}:
        return first, at + 1
    if first.day is None or place.counts(last_at):
        return first, at + 1
    from_first = replace(place, now=datetime.combine(first.day, time()))
    last = _numbered_week(from_first, place.number(last_at) or 0)
    return (last if last.why else Day(first.day, last.ends)), last_at + 1


def _monday(place: Place) -> date:
    return place.today - timedelta(days=place.today.weekday())


def _next_week(place: Place) -> Day:
    first = _monday(place) + WEEK
    return Day(first, first + UNTIL_SUNDAY, is_week=True)


def _this_week(place: Place) -> Day:
    return Day(place.today, _monday(place) + UNTIL_SUNDAY, is_week=True)


def _next_weekend(place: Place) -> Day:
    return Day(_saturday(place), is_next=True, weekday=SATURDAY)


def _weekend(place: Place) -> Day:
    return Day(max(_saturday(place), place.today), _monday(place) + UNTIL_SUNDAY)


def _saturday(place: Place) -> date:
    return _monday(place) + timedelta(days=SATURDAY)


def _next_month(place: Place) -> Day:
    first = place.today.replace(day=1) + MONTH
    return Day(first, first + UNTIL_LAST)


_PERIODS: tuple[tuple[Phrases, Callable[[Place], Day]], ...] = (
    (words.NEXT_WEEK, _next_week),
    (words.THIS_WEEK, _this_week),
    (words.NEXT_WEEKEND, _next_weekend),
    (words.WEEKEND, _weekend),
    (words.NEXT_MONTH, _next_month),
)


def _numbered_week(place: Place, number: int) -> Day:
    """Return the next ISO week of a number that has not ended."""
    if not 0 < number <= MOST_WEEKS:
        return IMPOSSIBLE
    for year in range(place.today.isocalendar().year, place.today.year + LEAP_CYCLE):
        try:
            first = date.fromisocalendar(year, number, 1)
        except ValueError:  # a year without a week 53
            continue
        if first + UNTIL_SUNDAY >= place.today:
            return Day(first, first + UNTIL_SUNDAY, is_week=True)
    return IMPOSSIBLE


def _first_of(place: Place, month: int) -> date:
    """Return the first day of the next such month; this month counts."""
    this_month = place.today.replace(day=1)
    return this_month + relativedelta(months=(month - this_month.month) % 12)


def end_of_period(place: Place, at: int) -> FoundDay | None:
    """Read "slutningen af oktober" and "the end of the month": its last day."""
    begins = place.skip(at, words.END_OF)
    if begins == at:
        return None
    month = place.month(begins)
    if month is not None:
        return Day(_first_of(place, month) + UNTIL_LAST), begins + 1
    after = place.skip(begins, words.THE_MONTH)
    if after > begins:
        return Day(place.today.replace(day=1) + UNTIL_LAST), after
    after = place.skip(begins, words.THE_YEAR)
    return (Day(date(place.today.year, 12, 31)), after) if after > begins else None


def last_day_of_month(place: Place, at: int) -> FoundDay | None:
    """Read "den sidste dag i måneden"; with "hver" it is the last day of each month."""
    behind = place.skip(at, words.LAST_DAY)
    if behind == at:
        return None
    last = place.today.replace(day=1) + UNTIL_LAST
    after = place.skip(behind, words.OF_THIS_MONTH)
    if _is_near_each_month(place, at, after):
        return Day(last, number=LONGEST_MONTH), after
    return (Day(last), after) if after > behind else None


def nth_weekday(place: Place, at: int) -> FoundDay | None:
    """Read "den sidste torsdag i måneden" and "first Monday of every month"."""
    begins = place.skip(at, words.NTH_LEAD)
    nth, weekday = place.ordinal(begins), place.weekday(begins + 1)
    if weekday is None:
        weekday = place.habit(begins + 1)
    if nth not in NTHS or weekday is None:
        return None
    after = begins + 2
    behind_each = place.skip(after, words.OF_EACH_MONTH)
    behind = behind_each if behind_each > after else place.skip(after, words.OF_ONE_MONTH)
    is_each = behind_each > after or _is_near_each_month(place, at, behind)
    if behind == after and not is_each:
        return _nth_of_named_month(place, after, nth, weekday)
    day = _next_nth(place, place.today.replace(day=1), nth, weekday, MONTH)
    if is_each or place.has(at, words.EVERY):
        return Day(day, nth=nth, weekday=weekday), behind
    return Day(day), behind


def _is_near_each_month(place: Place, first: int, behind: int) -> bool:
    """Return whether words such as "every third month" are right before or behind a weekday."""
    if _ends_each_month(place, place.skip(behind, words.EACH_MONTH_LEAD)) is not None:
        return True
    last = first - any(place.has(first - 1, each) for each in (words.LIST_JOINT, words.HABIT_LEAD))
    starts = range(max(last - LONGEST_EACH_MONTH, 0), last)
    return any(_ends_each_month(place, start) == last for start in starts)


def _ends_each_month(place: Place, at: int) -> int | None:
    """Return the token after words such as "every third month" at token *at*, or None."""
    found = every_at(place, at)
    return found[1] if found and found[0].unit is Unit.MONTH else None


def _nth_of_named_month(place: Place, at: int, nth: int, weekday: int) -> FoundDay | None:
    """Read the rest of "den første mandag i marts" and "the first Monday of next month"."""
    this_month = place.today.replace(day=1)
    after = place.skip(at, words.OF_NEXT_MONTH)
    if after > at:
        return Day(_nth_of(this_month + MONTH, nth, weekday)), after
    begins = place.skip(at, words.MONTH_LEAD)
    month = place.month(begins) if begins > at else None
    if month is None:
        return None
    first = _first_of(place, month)
    return Day(_next_nth(place, first, nth, weekday, relativedelta(years=1))), begins + 1


def _next_nth(place: Place, first: date, nth: int, weekday: int, step: relativedelta) -> date:
    """Return the nth weekday of a month, or of the month a *step* later if it has passed."""
    day = _nth_of(first, nth, weekday)
    return day if day >= place.today else _nth_of(first + step, nth, weekday)


def _nth_of(first: date, nth: int, weekday: int) -> date:
    """Return the nth (or last) weekday of the month that begins on *first*."""
    length = months.monthrange(first.year, first.month)[1]
    days = [first + timedelta(days=n) for n in range(length)]
    those = [day for day in days if day.weekday() == weekday]
    return those[nth if nth == LAST else nth - 1]
