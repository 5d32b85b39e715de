"""Named days of the Danish year, such as Christmas Eve and Whit Monday."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter

# Days after Easter Sunday.
MOVING = {
    "fastelavn": -49,
    "maundy thursday": -3,
    "good friday": -2,
    "easter": 0,
    "easter monday": 1,
    "ascension": 39,
    "whit sunday": 49,
    "whit monday": 50,
}
# Month and day.
FIXED = {
    "new year": (1, 1),
    "constitution day": (6, 5),
    "midsummer eve": (6, 23),
    "halloween": (10, 31),
    "st martin": (11, 10),
    "st lucia": (12, 13),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "second christmas day": (12, 26),
    "new year's eve": (12, 31),
}


@cache
def feast_in(name: str, year: int) -> date:
    """Return the day of a feast in *year*; raise `KeyError` for an unknown name."""
    if name in MOVING:
        return easter(year) + timedelta(days=MOVING[name])
    month, day = FIXED[name]
    return date(year, month, day)


def advent_sunday(number: int, year: int) -> date:
    """Return the first to fourth Sunday in Advent of *year*."""
    christmas = date(year, 12, 25)
    fourth = christmas - timedelta(days=christmas.weekday() + 1)
    return fourth - timedelta(weeks=4 - number)


def next_feast(name: str, today: date) -> date:
    """Return the next day of a feast, which may be *today*."""
    this_year = feast_in(name, today.year)
    return this_year if this_year >= today else feast_in(name, today.year + 1)
