"""The town context: data about the town for services."""

from __future__ import annotations

from dataclasses import dataclass

from bot.calendar import Calendar
from bot.model.town import Town


@dataclass(frozen=True, slots=True)
class TownContext:
    """The town from its content file, and its calendar of working days and hours."""

    town: Town
    calendar: Calendar
