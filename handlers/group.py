"""Handlers of groups: only messages to the bot."""

from __future__ import annotations

from typing import Any

from telegram import Update

from bot.runner.incoming import InGroup
from handlers.parsing import report


async def spoken_to(update: Update, context: Any) -> None:
    """Report that the bot was addressed in a group."""
    del update, context
    report(InGroup())
