"""The town context: data about the town for services."""

from __future__ import annotations

from dataclasses import dataclass

from bot.calendar import Calendar
from bot.model.town import Town
from bot.settings import DEFAULT_CONSOLE


@dataclass(frozen=True, slots=True)
class TownContext:
    """The town from its content file, its calendar of working days and hours, and its console."""

    town: Town
    calendar: Calendar
    console_url: str = DEFAULT_CONSOLE  # to which e-mails to staff lead
