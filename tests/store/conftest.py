"""Provide a second store on the same PostgreSQL, and a server that a test may stop."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from databases import postgres_server

from bot.clock import TravelClock
from bot.store.store import Store


@pytest.fixture
async def pair(postgres_url: str, clock: TravelClock) -> AsyncIterator[tuple[Store, Store]]:
    """Open two stores on one PostgreSQL, as two processes would."""
    first = await Store.open(postgres_url, clock=clock)
    second = await Store.open(postgres_url, clock=clock)
    yield first, second
    await second.close()
    await first.close()


@pytest.fixture
def frail_postgres() -> Iterator[Any]:
    """Start a PostgreSQL server that a test may stop and start."""
    with postgres_server() as server:
        yield server
