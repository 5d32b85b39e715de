"""Fixtures of the console's tests."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from console_browser import Browser
from staffed_chat import StaffedChat

from bot.app.compose import town_context_of
from bot.clock import TravelClock
from bot.store.store import Store
from bot.testing import Chat, klintsund


@pytest.fixture
async def town(sqlite_url: str, clock: TravelClock) -> AsyncIterator[Store]:
    """Open a store on SQLite for the town that is shipped."""
    store = await Store.open(sqlite_url, clock=clock, town=town_context_of(klintsund()))
    yield store
    await store.close()


@pytest.fixture
async def browser(town: Store) -> AsyncIterator[Browser]:
    """Open a browser at a console with its own real time."""
    async with Browser(town) as opened:
        yield opened


@pytest.fixture
async def staffed(chat: Chat) -> AsyncIterator[StaffedChat]:
    """Open a town with its bot, citizens, staff and console."""
    async with StaffedChat(chat) as opened:
        yield opened
