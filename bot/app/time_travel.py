"""Move the clock of tests and the demo from one due time to the next."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.app.compose import Bot
from bot.clock import TravelClock
from bot.scheduler import publish_totals


async def pass_time(
    bot: Bot, clock: TravelClock, target: datetime, *, stride: timedelta = timedelta.max
) -> None:
    """Move the clock to *target*, stepping the bot at every due time and after each *stride*.

    Totals are published at the first step of a day. A message written during a step is processed
    at the next one. Steps over 24 hours could lose it, because Telegram drops unfetched updates
    after that time.
    """
    while (now := clock.now()) < target:
        due = await bot.next_due() or target
        clock.move_to(min(due, now + min(stride, target - now)))
        await publish_totals(bot.parts.store)
        await bot.settle()


def tomorrow_at(clock: TravelClock, zone: str, hour: int) -> datetime:
    """Return the instant of *hour* o'clock tomorrow in *zone*."""
    day = clock.now().astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
    return datetime.combine(day, time(hour), ZoneInfo(zone)).astimezone(UTC)
