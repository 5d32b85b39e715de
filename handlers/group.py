"""Handlers of groups: only messages to the bot."""

from __future__ import annotations

from typing import Any

from telegram import Update

from bot.transport.incoming import InGroup


async def spoken_to(update: Update, context: Any) -> InGroup:
    """Return that the bot was addressed in a group."""
    del update, context
    return InGroup()
