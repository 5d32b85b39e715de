"""Letting time pass: for tests and the demo, from one due moment to the next."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.app.compose import Bot
from bot.clock import TravelClock


async def pass_time(
    bot: Bot, clock: TravelClock, target: datetime, *, stride: timedelta = timedelta.max
) -> None:
    """Let time pass until *target*, stopping wherever something is due, and after each *stride*.

    Who writes meanwhile is heard at the next stop, if that comes within the day for which Telegram
    keeps what it was not asked for.
    """
    while (now := clock.now()) < target:
        due = await bot.next_due() or target
        clock.move_to(min(due, now + min(stride, target - now)))
        await bot.settle()


def tomorrow_at(clock: TravelClock, zone: str, hour: int) -> datetime:
    """Return tomorrow's *hour* o'clock by the town's clocks, as an instant."""
    day = clock.now().astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
    return datetime.combine(day, time(hour), ZoneInfo(zone)).astimezone(UTC)
