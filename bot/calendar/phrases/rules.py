"""Words of recurrence in a text: "hver anden", "every", "på hverdage", "daily"."""

from __future__ import annotations

from dataclasses import dataclass

from bot.calendar.phrases import words
from bot.calendar.phrases.place import Place
from bot.calendar.phrases.result import Part
from bot.calendar.recurrence import LONGEST_INTERVAL, Unit

WORKING_WEEK, WEEKEND = (0, 1, 2, 3, 4), (5, 6)
DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Every:
    """What a recurrence says: the unit, the interval, weekdays, a part of the day, even weeks."""

    unit: Unit
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    part: Part | None = None
    parity: int | None = None


# What a reader returns: the words of recurrence and the token after them.
FoundEvery = tuple[Every, int]

_FIXED = (
    (words.ODD_WEEKS, Every(Unit.WEEK, parity=1)),
    (words.EVEN_WEEKS, Every(Unit.WEEK, parity=0)),
    (words.WORKING_DAYS, Every(Unit.WEEK, weekdays=WORKING_WEEK)),
    (words.WEEKENDS, Every(Unit.WEEK, weekdays=WEEKEND)),
    (words.FORTNIGHTLY, Every(Unit.WEEK, interval=2)),
    *((adverb, Every(unit)) for unit, adverb in words.ADVERBS.items()),
)


def every_at(place: Place, at: int) -> FoundEvery | None:
    """Return the words of recurrence that begin at token *at*, or None."""
    for phrases, every in _FIXED:
        after = place.skip(at, phrases)
        if after > at:
            return every, after
    begins = place.skip(at, words.HABIT_LEAD)
    if place.has(begins, words.ALTERNATE):
        return _every(place, begins - 1)
    return _every(place, at) if place.has(at, words.EVERY) else _habit(place, at)


def _every(place: Place, at: int) -> FoundEvery | None:
    """Read "hver anden onsdag", "hver 14. dag", "every 3 weeks", "hver mandag og torsdag"."""
    counted, begins = _interval(place, place.skip(at + 1, words.SINGLE))
    if counted is not None and place.has(at, words.ALL) and place.habit(begins) is not None:
        return None  # "alle fire fredage"
    if counted == 1 and place.ordinal(begins - 1) == 1:
        return None  # "hver første mandag", of which period?
    interval = 1 if counted is None else counted
    part = place.part(begins)
    if unit := _unit(place, begins):
        interval *= 2 if place.has(begins, words.FORTNIGHT) else 1
        found, after = _of_unit(unit, interval), begins + 1
    elif part is not None and not place.has(at, words.ALL):
        found, after = Every(Unit.DAY, interval, part=part), begins + 1
    else:
        weekdays, after = weekdays_at(place, begins)
        is_nth = counted is not None and place.has(after, words.IN_A_MONTH)
        if not weekdays or is_nth:
            return None
        found = Every(Unit.WEEK, interval, weekdays)
    return (found, after) if 0 < found.interval <= LONGEST_INTERVAL else None


def _interval(place: Place, at: int) -> tuple[int | None, int]:
    """Return the number of "anden" or "3" at token *at*, and the token after it."""
    if place.has(at, words.ALTERNATE):
        return 2, at + 1
    counted = None if place.has(at, words.LAST) else place.ordinal(at)
    if counted is None and place.kind(at) in {"number", "word"}:
        counted = place.number(at)
    if counted is None or place.has(at, words.ARTICLE):
        return None, at
    return counted, at + 1


def _unit(place: Place, at: int) -> Unit | None:
    """Return the unit that token *at* names, or None."""
    return next((unit for unit, names in words.UNITS.items() if place.has(at, names)), None)


def _of_unit(unit: Unit, interval: int) -> Every:
    """Return a recurrence that names only a unit: "hver 14. dag" is every other week."""
    if unit is Unit.DAY and interval > 1 and interval % DAYS_A_WEEK == 0:
        return Every(Unit.WEEK, interval // DAYS_A_WEEK)
    return Every(unit, interval)


def weekdays_at(place: Place, at: int) -> tuple[tuple[int, ...], int]:
    """Return the weekdays of a list such as "mandag, onsdag og fredag", and the token after it.

    An "og" behind the last weekday belongs to what follows.
    """
    found: list[int] = []
    after = begins = at
    while (day := _weekday(place, begins)) is not None:
        found.append(day)
        after = begins + 1
        begins = place.skip(after, words.LIST_JOINT)
    return tuple(found), after


def _weekday(place: Place, at: int) -> int | None:
    """Return the weekday that token *at* names, also in a form that means "every"."""
    weekday = place.weekday(at)
    return place.habit(at) if weekday is None else weekday


def _habit(place: Place, at: int) -> FoundEvery | None:
    """Read "mandage", "Tuesdays and Thursdays", "om torsdagen"."""
    begins = place.skip(at, words.HABIT_LEAD)
    is_each = (
        place.language == "da"
        and place.has(at, words.ON_EACH)
        and place.text(begins).endswith("en")
        and place.is_weekday_name(begins)
    )
    weekdays, after = weekdays_at(place, begins)
    if not weekdays or not (is_each or place.habit(begins) is not None):
        return None
    return Every(Unit.WEEK, weekdays=weekdays), after
