"""The store below a chat: services that no line of a transcript executes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.engine.events import Done
from bot.service import execute
from bot.store.store import Store
from bot.testing import Chat


@asynccontextmanager
async def opened(chat: Chat) -> AsyncIterator[Store]:
    """Open the chat's store, and close it with its bot."""
    store, bot = await chat.open()
    yield store
    await bot.close()
    await store.close()


async def ask(chat: Chat, command: Any) -> Any:
    """Execute a command; return its value, or the refusal."""
    async with opened(chat) as store, store.unit() as unit:
        outcome = await execute(command, unit)
    return outcome.value if isinstance(outcome, Done) else outcome
