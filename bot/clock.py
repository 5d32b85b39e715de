"""Time, as a value that is handed in.

`now()` is always an aware UTC instant. Zones only show times and turn a
person's intent ("tomorrow at 10") into an instant; see `bot.calendar`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Anything that knows what time it is."""

    def now(self) -> datetime:
        """Return the present instant, aware and in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the present instant, aware and in UTC."""
        return datetime.now(UTC)


class TravelClock:
    """The machine's clock, moved forward: the demo's time control.

    *tick* off makes it stand still between moves, as tests want it.
    """

    def __init__(self, start: datetime | None = None, *, tick: bool = False) -> None:
        """Start at *start* (aware), or at the machine's present."""
        self._base = (start or datetime.now(UTC)).astimezone(UTC)
        self._since = datetime.now(UTC) if tick else None

    def now(self) -> datetime:
        """Return the travelled instant, aware and in UTC."""
        passed = datetime.now(UTC) - self._since if self._since else timedelta()
        return self._base + passed

    def advance(self, by: timedelta) -> None:
        """Move forward by *by*; a negative span is an error."""
        if by < timedelta():
            message = "time only moves forward"
            raise ValueError(message)
        self._base += by

    def move_to(self, instant: datetime) -> None:
        """Move forward to *instant*; one that has passed changes nothing."""
        self.advance(max(instant - self.now(), timedelta()))
