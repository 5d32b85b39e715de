"""On which days a person is asked how a pledge goes: pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import takewhile

from bot.calendar.months import last_day, months_after
from bot.model.pledge import APART, LEAST_WEEKS, LONGEST, Pledge, Rhythm, is_in_season
from bot.model.pledge_catalogue import CatalogueEntry

WEEKLY = frozenset({Rhythm.DAY, Rhythm.WEEK})  # how often people are asked, not how often they act
_MONTHS: Mapping[Rhythm, int] = {
    Rhythm.MONTH: 1,
    Rhythm.QUARTER: 3,
    Rhythm.HALF_YEAR: 6,
    Rhythm.YEAR: 12,
}
ONE_TIME_FOR = timedelta(weeks=LEAST_WEEKS)  # the date that is suggested for a one-time pledge
USUAL_MONTHS, A_YEAR = 3, 12


def days_of(pledge: Pledge) -> Iterator[date]:
    """Yield the days of a pledge's check-ins in order; the last one is its last day.

    Between two of them are at least five days. Outside the season only the last day is asked
    about.
    """
    n = 0
    while pledge.rhythm is not Rhythm.ONCE:
        n += 1
        day = _after(pledge, n)
        if day + APART > pledge.ends_on:
            break
        if pledge.in_season(day.month):
            yield day
    yield pledge.ends_on


def _after(pledge: Pledge, n: int) -> date:
    """Return the day of a recurring pledge's check-in number *n*."""
    if pledge.rhythm in WEEKLY:
        return pledge.starts_on + timedelta(weeks=n)
    return months_after(pledge.starts_on, n * _MONTHS[pledge.rhythm])


def next_day(pledge: Pledge, after: date) -> date | None:
    """Return the first check-in day later than *after*; None where there is none."""
    return next((day for day in days_of(pledge) if day > after), None)


def period_of(pledge: Pledge, asked_on: date) -> tuple[date, date] | None:
    """Return the first and last days that a check-in is about; None for a one-time pledge.

    It begins with the day of the check-in before, and ends the day before this one, so that each
    day is asked about once; the last check-in includes the last day. A rhythm that has changed
    since is not known.
    """
    if pledge.rhythm is Rhythm.ONCE:
        return None
    last = min(asked_on, pledge.ends_on)
    first = max((day for day in days_of(pledge) if day < last), default=pledge.starts_on)
    return first, last if last == pledge.ends_on else last - timedelta(days=1)


def later_days(pledge: Pledge, after: date, until: date) -> list[date]:
    """Return the check-in days up to *until*, but for the first one later than *after*."""
    coming = takewhile(lambda day: day <= until, days_of(pledge))
    return [day for day in coming if day > after][1:]


def least_end(rhythm: Rhythm, starts_on: date) -> date:
    """Return the earliest last day: a recurring pledge lasts at least four weeks."""
    return starts_on + (timedelta(days=1) if rhythm is Rhythm.ONCE else ONE_TIME_FOR)


def latest_end(starts_on: date) -> date:
    """Return the latest last day."""
    return starts_on + LONGEST


def usual_end(entry: CatalogueEntry | None, rhythm: Rhythm, starts_on: date) -> date:
    """Return the last day that is suggested: of the season, of a one-time pledge, or 3 months."""
    least = least_end(rhythm, starts_on)
    if rhythm is Rhythm.ONCE:
        if entry is None or entry.asks_on is None:
            return starts_on + ONE_TIME_FOR
        month, day = (int(part) for part in entry.asks_on.split("-"))
        return next(
            found
            for year in (starts_on.year, starts_on.year + 1)
            if (found := date(year, month, day)) >= least
        )
    if entry is not None and entry.season:
        return season_out(entry.season, starts_on) or latest_end(starts_on)
    if rhythm in {Rhythm.YEAR, Rhythm.HALF_YEAR}:
        return months_after(starts_on, A_YEAR)
    return months_after(starts_on, USUAL_MONTHS)


def season_out(season: tuple[int, ...], starts_on: date) -> date | None:
    """Return the season's end to which a new pledge can last; None if it is over a year away.

    A season that ends in less than four weeks is followed by the next one.
    """
    end = season_end(season, starts_on + ONE_TIME_FOR)
    return end if end <= latest_end(starts_on) else None


def season_begin(season: tuple[int, ...], today: date) -> date:
    """Return the first day from *today* on that is in a season."""
    if is_in_season(season, today.month):
        return today
    year = today.year + (season[0] < today.month)
    return date(year, season[0], 1)


def season_end(season: tuple[int, ...], least: date) -> date:
    """Return the last day of the season that ends on *least* or next after it."""
    month = season[1]
    for year in (least.year, least.year + 1):
        end = last_day(year, month)
        if end >= least:
            return end
    raise ValueError("a season ends every year")
