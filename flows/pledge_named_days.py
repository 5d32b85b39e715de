"""Named days to which a pledge lasts: feasts, seasons and school holidays. Pure.

“til jul” ends on Christmas Eve and “til sommer” when summer begins; “til og med sommeren” ends with
it. A holiday whose days differ from school to school is not read, so it is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.calendar.feasts import feast_in
from bot.calendar.months import last_day
from bot.calendar.phrases.words import FEAST_NAMES

SUNDAY, MONDAY = 7, 1  # ISO weekdays
AUTUMN_HOLIDAY_WEEK = 42
_NAMES = {"lucia"}  # feasts that are people's names too
_FEASTS: Mapping[str, str] = {
    **{name: feast for name, feast in FEAST_NAMES.items() if name not in _NAMES},
    "julen": "christmas eve",
    "nytåret": "new year's eve",
    "new year": "new year's eve",
    "påsken": "easter",
    "pinsen": "whit sunday",
    "whitsun": "whit sunday",
    "fastelavnen": "fastelavn",
    "midsummer": "midsummer eve",
}
# The last day of a feast that lasts several days.
_WITH_IT = {
    "christmas eve": "second christmas day",
    "christmas day": "second christmas day",
    "easter": "easter monday",
    "whit sunday": "whit monday",
}
# Names of the seasons by their first and last months.
_SEASONS: Mapping[tuple[int, int], tuple[str, ...]] = {
    (3, 5): ("forår", "foråret", "spring", "springtime"),
    (6, 8): ("sommer", "sommeren", "summer", "summertime"),
    (9, 11): ("efterår", "efteråret", "autumn", "fall"),
    (12, 2): ("vinter", "vinteren", "winter"),
}
_SEASON_OF = {name: months for months, names in _SEASONS.items() for name in names}


def _summer_holiday(year: int) -> date:
    """Return the last Saturday of June, on which the summer holiday of schools begins."""
    end = last_day(year, 6)
    return end - timedelta(days=(end.isoweekday() + 1) % SUNDAY)


def _autumn_holiday(year: int) -> date:
    return date.fromisocalendar(year, AUTUMN_HOLIDAY_WEEK, MONDAY)


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday of all schools: the function that returns its first day, and how long it lasts."""

    begins: Callable[[int], date]
    lasts: timedelta

    def day(self, year: int, *, is_last: bool) -> date:
        """Return its first or its last day in a year."""
        first = self.begins(year)
        return first + self.lasts if is_last else first


_SUMMER = Holiday(_summer_holiday, timedelta(weeks=6))
_AUTUMN = Holiday(_autumn_holiday, timedelta(days=6))
_HOLIDAYS: Mapping[str, Holiday] = {
    "sommerferie": _SUMMER,
    "sommerferien": _SUMMER,
    "summer holiday": _SUMMER,
    "summer holidays": _SUMMER,
    "efterårsferie": _AUTUMN,
    "efterårsferien": _AUTUMN,
    "autumn holiday": _AUTUMN,
    "autumn holidays": _AUTUMN,
    "autumn break": _AUTUMN,
}
_ALL = sorted((*_FEASTS, *_SEASON_OF, *_HOLIDAYS), key=len, reverse=True)
# “skt. hans” has a point, “1. påskedag” too.
NAMED = "(?:" + "|".join(re.escape(one).replace("\\ ", r"\.? ") for one in _ALL) + r")(?!\w)"


def named_day(name: str, today: date, year: int | None, *, is_included: bool) -> date | None:
    """Return the next day after tomorrow of a name that `NAMED` matches, or its day in *year*.

    With *is_included* it is the last day of a feast or season of several days.
    """
    plain = " ".join(name.split())
    plain = plain if plain in _FEASTS else plain.replace(". ", " ")
    years = (year,) if year else (today.year - is_included, today.year, today.year + 1)
    days = (_in_year(plain, one, is_included=is_included) for one in years)
    return next((day for day in days if year or day > today + timedelta(days=1)), None)


def _in_year(name: str, year: int, *, is_included: bool) -> date:
    if name in _FEASTS:
        feast = _FEASTS[name]
        return feast_in(_WITH_IT.get(feast, feast) if is_included else feast, year)
    if name in _HOLIDAYS:
        return _HOLIDAYS[name].day(year, is_last=is_included)
    first, last = _SEASON_OF[name]
    if not is_included:
        return date(year, first, 1)
    return last_day(year + (last < first), last)
