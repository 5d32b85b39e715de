"""Clocks, injected so that tests and the demo control the time.

`now()` is always an aware UTC instant. Zones only show times and turn a
person's intent ("tomorrow at 10") into an instant; see `bot.calendar`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """A source of the present time."""

    def now(self) -> datetime:
        """Return the present instant, aware and in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present instant, aware and in UTC."""
        return datetime.now(UTC)


class TravelClock:
    """A clock that can be moved forward, for tests and the demo.

    Without *tick* it stops between moves, for tests.
    """

    def __init__(self, start: datetime | None = None, *, tick: bool = False) -> None:
        """Start at *start* (aware), or at the machine's present time."""
        self._base = (start or datetime.now(UTC)).astimezone(UTC)
        self._since = datetime.now(UTC) if tick else None

    def now(self) -> datetime:
        """Return this clock's present instant, aware and in UTC."""
        passed = datetime.now(UTC) - self._since if self._since else timedelta()
        return self._base + passed

    def advance(self, by: timedelta) -> None:
        """Move forward by *by*; raise `ValueError` for a negative span."""
        if by < timedelta():
            message = "time only moves forward"
            raise ValueError(message)
        self._base += by

    def move_to(self, instant: datetime) -> None:
        """Move forward to *instant*; do nothing where it has passed."""
        self.advance(max(instant - self.now(), timedelta()))
