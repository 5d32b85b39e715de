"""How what was heard at a door comes back to the one who asked."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

from telegram import Update
from telegram.ext import Application

from bot.runner.incoming import Incoming, Nothing

# PTB gives a callback's result to nobody; each asking task has its own list to put it in.
_ear: ContextVar[list[Incoming]] = ContextVar("ear")


def report(heard: Incoming) -> None:
    """Say what was heard, from within a door."""
    _ear.get().append(heard)


class UpdateParser:
    """Takes raw updates through the doors of an Application."""

    def __init__(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Listen at the doors that *application* was built with."""
        self._application = application

    async def __call__(self, raw: Mapping[str, Any]) -> Incoming:
        """Return what the update says; one that fits no door is silence."""
        update = Update.de_json(dict(raw), self._application.bot)
        heard: list[Incoming] = []
        token = _ear.set(heard)
        try:
            await self._application.process_update(update)
        finally:
            _ear.reset(token)
        return heard[0] if heard else Nothing()
