"""Dates and spans of time in forms: read as people write them, and refused where too far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot.calendar.offset import Offset, Span

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
LONGEST_OFFSET = timedelta(days=731)  # two years
CENTURY, SHORT_YEAR = 2000, 2  # of a year of two digits
_DANISH = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})\.?")
_LENGTHS = {
    Span.MINUTE: timedelta(minutes=1),
    Span.HOUR: timedelta(hours=1),
    Span.DAY: timedelta(days=1),
    Span.WEEK: timedelta(weeks=1),
}


def date_of(written: str | None) -> date | None:
    """Read "24.12.2026" or "2026-12-24"; None where nothing is written, else `ValueError`."""
    text = (written or "").strip()
    if not text:
        return None
    found = _DANISH.fullmatch(text)
    if found is None:
        return date.fromisoformat(text)
    day, month, year = found.groups()
    return date(int(year) + (CENTURY if len(year) == SHORT_YEAR else 0), int(month), int(day))


def dates_of(written: str | None) -> tuple[date, ...]:
    """Read dates with commas between them; raise `ValueError` where one is no date."""
    parts = (written or "").replace(";", ",").split(",")
    return tuple(day for part in parts if (day := date_of(part)) is not None)


def as_written(days: Sequence[date]) -> str:
    """Return dates as Danes write them, which `dates_of` reads."""
    return ", ".join(f"{day.day}.{day.month}.{day.year}" for day in days)


def is_near(day: date | None) -> bool:
    """Return whether a date can be computed with; a missing one can."""
    return day is None or EARLIEST <= day <= LATEST


def is_short(offset: Offset) -> bool:
    """Return whether an offset is at most two years."""
    return abs(offset.amount) * _LENGTHS[offset.span] <= LONGEST_OFFSET
