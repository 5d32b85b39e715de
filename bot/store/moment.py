"""The moment as of which the periods of audiences are evaluated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement

from bot.calendar import Calendar
from bot.model.period import bounds_of


@dataclass(frozen=True, slots=True)
class When:
    """The moment as of which an audience is evaluated, in the town's calendar."""

    now: datetime
    calendar: Calendar

    def days(self, period: str) -> tuple[date | None, date | None]:
        """Return the first and the last day of a period; None where it is open."""
        return bounds_of(period, self.calendar.local(self.now).date())

    def within(self, column: ColumnElement[datetime], period: str) -> list[ColumnElement[bool]]:
        """Return the conditions that an instant is in a period; none at any time."""
        first, last = self.days(period)
        found: list[ColumnElement[bool]] = []
        if first is not None:
            found.append(column >= self.calendar.instant(first, time()))
        if last is not None:
            found.append(column < self.calendar.instant(last + timedelta(days=1), time()))
        return found
