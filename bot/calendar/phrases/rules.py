"""Words of recurrence in a row of tokens: "hver anden", "every", "på hverdage", "daily"."""

from __future__ import annotations

from dataclasses import dataclass

from bot.calendar.phrases.days import Place
from bot.calendar.phrases.result import Part
from bot.calendar.phrases.vocabulary import vocabulary
from bot.calendar.recurrence import Unit

WORKING_WEEK = (0, 1, 2, 3, 4)
DAYS_A_WEEK = 7
_UNITS = {
    "dag": Unit.DAY,
    "dage": Unit.DAY,
    "døgn": Unit.DAY,
    "uge": Unit.WEEK,
    "uger": Unit.WEEK,
    "måned": Unit.MONTH,
    "måneder": Unit.MONTH,
    "år": Unit.YEAR,
    "day": Unit.DAY,
    "days": Unit.DAY,
    "week": Unit.WEEK,
    "weeks": Unit.WEEK,
    "fortnight": Unit.WEEK,
    "month": Unit.MONTH,
    "months": Unit.MONTH,
    "year": Unit.YEAR,
    "years": Unit.YEAR,
}
_WHOLE = {
    "dagligt": Unit.DAY,
    "daglig": Unit.DAY,
    "daily": Unit.DAY,
    "ugentligt": Unit.WEEK,
    "weekly": Unit.WEEK,
    "månedligt": Unit.MONTH,
    "monthly": Unit.MONTH,
    "årligt": Unit.YEAR,
    "yearly": Unit.YEAR,
    "annually": Unit.YEAR,
}


@dataclass(frozen=True, slots=True)
class Every:
    """What a recurrence says: the unit, the interval, weekdays, a part of the day, even weeks."""

    unit: Unit | None = None
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    part: Part | None = None
    parity: int | None = None


def every_at(place: Place, at: int) -> tuple[Every, int] | None:
    """Return the words of recurrence that begin at token *at*, and their number, or None."""
    parity = place.are(at, "i ulige uger", "ulige uger", "in odd weeks", "odd weeks")
    if parity:
        return Every(Unit.WEEK, parity=1), parity
    if parity := place.are(at, "i lige uger", "lige uger", "in even weeks", "even weeks"):
        return Every(Unit.WEEK, parity=0), parity
    if length := place.are(
        at,
        "on weekday mornings",
        "weekday mornings",
        "on weekday evenings",
        "weekday evenings",
        "på hverdage",
        "alle hverdage",
        "hver hverdag",
        "hverdage",
        "on weekdays",
        "every weekday",
        "weekdays",
    ):
        return Every(Unit.WEEK, weekdays=WORKING_WEEK), length
    if length := place.are(at, "hver weekend", "every weekend", "weekends", "i weekenderne"):
        return Every(Unit.WEEK, weekdays=(5, 6)), length
    if place.text(at) in _WHOLE:
        return Every(_WHOLE[place.text(at)]), 1
    if place.text(at) in {"fortnightly"}:
        return Every(Unit.WEEK, interval=2), 1
    if place.text(at) in {"hver", "hvert", "every", "each", "alle"}:
        return _every(place, at)
    return _habit(place, at)


def _every(place: Place, at: int) -> tuple[Every, int] | None:
    """Read "hver anden onsdag", "hver 14. dag", "every 3 weeks", "hver mandag og torsdag"."""
    begins, interval = at + 1, 1
    if place.text(begins) in {"eneste", "single"}:
        begins += 1
    counted = place.ordinal(begins) if place.text(begins) not in {"sidste", "last"} else None
    if place.text(begins) == "alternate":
        counted = 2
    if counted is None and place.kind(begins) in {"number", "word"}:
        counted = place.number(begins)
    if counted is not None and place.text(begins) not in {"a", "an", "en", "et"}:
        interval, begins = counted, begins + 1
    word = place.text(begins)
    if word in _UNITS:
        unit = _UNITS[word]
        if word == "fortnight":
            interval *= 2
        if unit is Unit.DAY and interval > 1 and interval % DAYS_A_WEEK == 0:
            unit, interval = Unit.WEEK, interval // DAYS_A_WEEK
        return Every(unit, interval), begins + 1 - at
    part = vocabulary(place.language).parts.get(word)
    if part is not None and place.text(at) != "alle":
        return Every(Unit.DAY, interval, part=part), begins + 1 - at
    weekdays, after = weekdays_at(place, begins)
    if not weekdays or not 0 < interval < 100:  # noqa: PLR2004 - the longest interval of a rule
        return None
    if counted is not None and place.are(after, "i måneden", "of the month", "in the month"):
        return None  # an nth weekday of each month
    return Every(Unit.WEEK, interval, weekdays), after - at


def weekdays_at(place: Place, at: int) -> tuple[tuple[int, ...], int]:
    """Return the weekdays of a list such as "mandag, onsdag og fredag", and the next token."""
    habits = vocabulary(place.language).habits
    found: list[int] = []
    after = at
    while True:
        day = place.weekday(after)
        if day is None:
            day = habits.get(place.text(after))
        if day is None:
            return tuple(found), _without_joints(place, after, at)
        found.append(day)
        after += 1
        if place.text(after) in {",", "og", "and", "/", "&"}:
            after += 1
            after += place.text(after) in {"og", "and"}


def _without_joints(place: Place, after: int, at: int) -> int:
    """Return the token after the last weekday: an "og" behind it belongs to what follows."""
    while after > at and place.text(after - 1) in {",", "og", "and", "/", "&"}:
        after -= 1
    return after


def _habit(place: Place, at: int) -> tuple[Every, int] | None:
    """Read "mandage", "Tuesdays and Thursdays", "om torsdagen", "man, ons og fre"."""
    begins = at + place.are(at, "på", "om", "on")
    word = place.text(begins)
    words = vocabulary(place.language)
    is_habit = word in words.habits
    if place.language == "da" and place.text(at) == "om" and word.endswith("en"):
        is_habit = is_habit or word in words.weekdays
    weekdays, after = weekdays_at(place, begins)
    if not weekdays or not is_habit:
        return None
    return Every(Unit.WEEK, weekdays=weekdays), after - at
