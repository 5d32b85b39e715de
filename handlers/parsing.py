"""Parsing of updates: run the handlers and collect the incoming event that they report."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

from telegram import Update
from telegram.ext import Application

from bot.runner.incoming import Incoming, Nothing

# PTB drops a callback's result, so handlers put it into a list of the calling task.
_ear: ContextVar[list[Incoming]] = ContextVar("ear")


def report(heard: Incoming) -> None:
    """Pass an incoming event from a handler to the calling `UpdateParser`."""
    _ear.get().append(heard)


class UpdateParser:
    """Parses raw updates with the handlers of an Application."""

    def __init__(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Use the handlers that *application* was built with."""
        self._application = application

    async def __call__(self, raw: Mapping[str, Any]) -> Incoming:
        """Return the incoming event of an update; `Nothing` where no handler matches."""
        update = Update.de_json(dict(raw), self._application.bot)
        heard: list[Incoming] = []
        token = _ear.set(heard)
        try:
            await self._application.process_update(update)
        finally:
            _ear.reset(token)
        return heard[0] if heard else Nothing()
