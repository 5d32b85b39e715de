"""Dates of the calendar in a text: "24/12", "d. 4. maj", "June 12", "den 15."."""

from __future__ import annotations

import calendar as months
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.calendar.phrases import words
from bot.calendar.phrases.place import Day, FoundDay, Place
from bot.calendar.phrases.result import Why

MONTHS, LONGEST_MONTH = 12, 31
LATEST_SPELT = 4  # "the second" may be a moment or a person; "the fifteenth" is a day
CENTURY = 2000
LATEST_YEAR = 2199
YEAR_DIGITS = 4
SHORTEST_YEAR = 25  # in "24/12 - 26"; a smaller number is an hour
LEAP_CYCLE = 8  # years until there is a 29 February at the latest
IMPOSSIBLE = Day(why=Why.IMPOSSIBLE)


def numeric_date(place: Place, at: int) -> FoundDay | None:
    """Read "24/12", "24.12.2026", "2026-12-24", "d. 24.12" and "d. 4. 5."."""
    begins = place.skip(at, words.DATE_LEAD)
    kind = place.kind(begins)
    if kind == "date":
        is_led = begins > at or place.weekday(at - 1) is not None
        is_sure = not place.has(begins, words.ALWAYS) and place.text(begins)[-1] != "."
        return _digits(place, begins) if is_led or is_sure else None
    if begins == at or not place.has(at, words.NUMBER_MARK):
        return None
    if kind == "clock":
        day, month = (int(part) for part in place.text(begins).replace(":", ".").split("."))
        return dated(place, day, month), begins + 1
    month_of = place.number(begins + 1)
    is_pair = kind == "ordinal" and place.kind(begins + 1) in {"ordinal", "number"}
    if not is_pair or month_of is None or not 0 < month_of <= MONTHS:
        return None
    return dated(place, place.number(begins) or 0, month_of), begins + 2


def _digits(place: Place, at: int) -> FoundDay | None:
    """Read a date in digits, such as "24/12" or "24/12 - 26"."""
    text = place.text(at).rstrip(".").replace(".", "/").replace("-", "/")
    numbers = [int(part) for part in text.split("/")]
    if place.has(at + 1, words.MEASURE):  # "3/4 liter"
        return None
    if place.text(at)[:YEAR_DIGITS].isdecimal():  # "2026-12-24"
        numbers.reverse()
    day, month, *rest = numbers
    year, after = rest[0] if rest else None, at + 1
    if year is None and place.kind(at + 1) == "dash" and place.kind(at + 2) == "number":
        behind = place.number(at + 2)
        if behind is not None and behind >= SHORTEST_YEAR:
            year, after = behind, at + 3
    return dated(place, day, month, year), after


def named_date(place: Place, at: int) -> FoundDay | None:
    """Read "den 13. december", "June 12", "the 2nd of January 2027"."""
    begins = place.skip(at, words.NAMED_DATE_LEAD)
    found = _month_first(place, begins) if place.month(begins) else _day_first(place, begins)
    if found is None:
        return None
    day, month, after = found
    year_at = after + (place.text(after) == ",")
    if place.kind(year_at) == "number" and len(place.text(year_at)) == YEAR_DIGITS:
        return dated(place, day, month, place.number(year_at)), year_at + 1
    behind = place.skip(after, words.NEXT_YEAR)
    return dated(place, day, month, place.today.year + 1 if behind > after else None), behind


def _month_first(place: Place, at: int) -> tuple[int, int, int] | None:
    """Return day and month of "June 12", and the token after them."""
    month, day = place.month(at), place.number(at + 1)
    if month is None or day is None or place.kind(at + 1) == "word" or place.language == "da":
        return None
    return day, month, at + 2


def _day_first(place: Place, at: int) -> tuple[int, int, int] | None:
    """Return day and month of "13. december", and the token after them."""
    day = place.number(at) or place.ordinal(at)
    if day is None or place.has(at, words.ARTICLE) or place.has(at, words.LAST):
        return None
    month_at = place.skip(at + 1, words.OF)
    month = place.month(month_at)
    return (day, month, month_at + 1) if month is not None else None


def dated(place: Place, day: int, month: int, year: int | None = None) -> Day:
    """Return the day of a date; without a year the next such day from today on."""
    if not 0 < month <= MONTHS or not 0 < day <= LONGEST_MONTH:
        return IMPOSSIBLE
    if year is None:
        found = next_date(place.today, month, day)
        return Day(found) if found else IMPOSSIBLE
    year += CENTURY if year < 100 else 0  # noqa: PLR2004 - a year of two digits
    if year > LATEST_YEAR or day > months.monthrange(year, month)[1]:
        return IMPOSSIBLE
    found = date(year, month, day)
    return Day(found, why=Why.PASSED if found < place.today else None)


def next_date(today: date, month: int, day: int) -> date | None:
    """Return the next such day from *today* on; None where no year has it."""
    for year in range(today.year, today.year + LEAP_CYCLE + 1):
        if day <= months.monthrange(year, month)[1]:
            found = date(year, month, day)
            if found >= today:
                return found
    return None


def day_of_month(place: Place, at: int) -> FoundDay | None:
    """Read "den 15.", "the 15th" and "the fifteenth": the next such day."""
    begins = place.skip(at, words.NUMBER_LEAD)
    if _begins_span(place, begins):
        return _next_number(place, place.number(begins) or 0), begins + 1
    number = _number(place, at, begins)
    if number is None or not 0 < number <= LONGEST_MONTH:
        return None
    if place.has(begins + 1, words.COUNTED_NOUN):  # "den 2. gang"
        return None
    behind = place.skip(begins + 1, words.OR_LAST_DAY)
    after = place.skip(behind, words.OF_NEXT_MONTH)
    if after == behind:
        return _next_number(place, number), after
    next_month = place.today.replace(day=1) + relativedelta(months=1)
    is_day = number <= months.monthrange(next_month.year, next_month.month)[1]
    return Day(next_month.replace(day=number)) if is_day else IMPOSSIBLE, after


def _number(place: Place, at: int, begins: int) -> int | None:
    """Return the number of a day of the month at token *begins*; its lead is at token *at*."""
    is_led, kind = begins > at, place.kind(begins)
    if kind == "ordinal":
        # "15." alone may also end a sentence.
        is_listed = place.kind(at - 2) == "ordinal" and place.has(at - 1, words.LIST_JOINT)
        is_edge = place.has(at - 1, words.SPAN_EDGE)
        is_day = is_led or is_listed or is_edge or not place.text(at).endswith(".")
        return place.number(begins) if is_day else None
    if kind == "word" and is_led:
        spelt = place.ordinal(begins)
        is_day = place.has(begins + 1, words.OF_MONTHS) or (spelt or 0) > LATEST_SPELT
        return spelt if spelt is not None and spelt > 0 and is_day else None
    counts = place.kind(begins + 1) == "word" and not place.has(begins + 1, words.AFTER_NUMBER)
    is_marked = is_led and kind == "number" and place.has(at, words.NUMBER_MARK)
    return place.number(begins) if is_marked and not counts else None


def _next_number(place: Place, number: int) -> Day:
    """Return the next day that is *number* of its month."""
    day = place.today
    while day.day != number:
        day += timedelta(days=1)
    return Day(day, number=number)


def _begins_span(place: Place, at: int) -> bool:
    """Return whether a number begins a span of days, as in "18 to 27 July"."""
    is_number = place.kind(at) in {"number", "ordinal"}
    if not is_number or not 0 < (place.number(at) or 0) <= LONGEST_MONTH:
        return False
    last = place.skip(at + 1, words.SPAN_JOINT)
    if last == at + 1:
        return False
    return named_date(place, last + (place.weekday(last) is not None)) is not None
