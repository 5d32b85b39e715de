"""One function a command: async def (command, unit) -> Done | Refused."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.engine.events import Done, Refused
from bot.model import commands
from bot.service import doors, faq, settings
from bot.store.unit import Unit

Service = Callable[[Any, Unit], Awaitable[Done | Refused]]

SERVICES: Mapping[type, Service] = {
    commands.SetLanguage: settings.set_language,
    commands.SaveSettings: settings.save_settings,
    commands.SaveNews: settings.save_news,
    commands.TellWhenOpen: doors.tell_when_open,
    commands.RateAnswer: faq.rate_answer,
}


async def carry_out(command: Any, unit: Unit) -> Done | Refused:
    """Run the service of *command* inside the transaction of *unit*."""
    return await SERVICES[type(command)](command, unit)
