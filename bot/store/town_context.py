"""What a service may ask about the town it works for."""

from __future__ import annotations

from dataclasses import dataclass

from bot.calendar import Calendar
from bot.model.town import Town


@dataclass(frozen=True, slots=True)
class TownContext:
    """The town as its content file describes it, and the days and hours it works."""

    town: Town
    calendar: Calendar
