"""The addresses of the public pages' tests, and commands of staff."""

from __future__ import annotations

from typing import Any

from bot.engine.events import Done
from bot.service import execute
from bot.store.store import Store

URL = "https://klintsund.example/public"
BOT_LINK = "https://t.me/dialog_klintsund_bot"


async def ask(town: Store, command: Any) -> Any:
    """Execute a command and return its value."""
    async with town.unit() as unit:
        outcome = await execute(command, unit)
    assert isinstance(outcome, Done), outcome
    return outcome.value
