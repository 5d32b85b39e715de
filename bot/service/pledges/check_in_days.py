"""On which days a person is asked how a pledge goes: pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.model.pledge import APART, LEAST_WEEKS, LONGEST, Pledge, Rhythm
from bot.model.pledge_catalogue import CatalogueEntry

# How long after the start, or after the last check-in, the next one comes.
_STEPS: Mapping[Rhythm, relativedelta] = {
    Rhythm.DAY: relativedelta(weeks=1),
    Rhythm.WEEK: relativedelta(weeks=1),
    Rhythm.MONTH: relativedelta(months=1),
    Rhythm.QUARTER: relativedelta(months=3),
    Rhythm.HALF_YEAR: relativedelta(months=6),
    Rhythm.YEAR: relativedelta(years=1),
}
ONE_TIME_FOR = timedelta(weeks=LEAST_WEEKS)  # the date that is suggested for a one-time pledge
USUAL_FOR = relativedelta(months=3)


def days_of(pledge: Pledge) -> Iterator[date]:
    """Yield the days of a pledge's check-ins in order; the last one is its last day.

    Between two of them are at least five days. Outside the season only the last day is asked
    about.
    """
    step = _STEPS.get(pledge.rhythm)
    if step is not None:
        for n in range(1, 400):
            day = pledge.starts_on + step * n
            if day + APART > pledge.ends_on:
                break
            if pledge.in_season(day.month):
                yield day
    yield pledge.ends_on


def next_day(pledge: Pledge, after: date) -> date | None:
    """Return the first check-in day later than *after*; None where there is none."""
    return next((day for day in days_of(pledge) if day > after), None)


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
        return season_end(entry.season, least)
    if rhythm in {Rhythm.YEAR, Rhythm.HALF_YEAR}:
        return starts_on + relativedelta(years=1)
    return starts_on + USUAL_FOR


def season_end(season: tuple[int, ...], least: date) -> date:
    """Return the last day of the season that ends on *least* or next after it."""
    month = season[1]
    for year in (least.year, least.year + 1):
        end = date(year, month, monthrange(year, month)[1])
        if end >= least:
            return end
    raise ValueError("a season ends every year")
