"""The clock times of a text put together with its part of the day."""

from __future__ import annotations

from datetime import time

from bot.calendar.phrases.clock import MINUTES, NOON, Clock
from bot.calendar.phrases.items import Items, Role
from bot.calendar.phrases.result import Part

PAIR = 2


def is_from_to(items: Items) -> bool:
    """Return whether a first and a last day have a clock time each."""
    return len(items.clocks) == PAIR and not items.every and bool(items.of_role(Role.UNTIL))


def times_of(items: Items) -> tuple[list[time], time | None]:
    """Return the possible clock times, two where it is unclear, and the end of a span."""
    if not items.clocks:
        return [], None
    start, end = items.clocks[0].start, items.clocks[0].end
    if is_from_to(items):  # "lørdag kl. 23 til søndag kl. 7"
        end = items.clocks[1].start
        is_unclear = start.unclear or end.unclear
    else:
        start, end = (start.at(items.part), None) if end is None else _span(start, end, items.part)
        is_unclear = start.unclear
    choices = [start, start.later()] if is_unclear else [start]
    return [clock.time for clock in choices], end.time if end else None


def _span(start: Clock, end: Clock, part: Part | None) -> tuple[Clock, Clock]:
    """Return start and end of a span of time in a part of the day."""
    clear_start, clear_end = start.at(part), end.at(part)
    if clear_start.minute > clear_end.minute:
        clear_start = start  # "10 to half past two in the afternoon"
    if clear_end.minute <= clear_start.minute and clear_end.minute < NOON * MINUTES:
        clear_end = clear_end.later()
    return clear_start, clear_end
