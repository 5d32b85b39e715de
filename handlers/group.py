"""What is heard in a group: only what is said to us."""

from __future__ import annotations

from typing import Any

from telegram import Update

from bot.runner.incoming import InGroup
from handlers.parsing import report


async def spoken_to(update: Update, context: Any) -> None:
    """Hear that somebody in a group spoke to the bot."""
    del update, context
    report(InGroup())
