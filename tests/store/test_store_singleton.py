"""A singleton role is held by one process at a time."""

from __future__ import annotations

import asyncio
from unittest.mock import AsyncMock, Mock

import asyncpg
import pytest

from bot.store.singleton import PostgresSingleton
from bot.store.store import Store


async def test_one_at_a_time(store: Store) -> None:
    """A role has one holder until its release; other roles are independent."""
    courier = await store.singleton("courier")
    assert courier is not None
    assert await courier.held()
    assert await store.singleton("courier") is None
    scheduler = await store.singleton("scheduler")
    assert scheduler is not None
    await courier.release()
    assert not await courier.held()
    again = await store.singleton("courier")
    assert again is not None
    assert await again.held()
    await again.release()
    await scheduler.release()


@pytest.mark.postgres
async def test_one_among_processes(pair: tuple[Store, Store]) -> None:
    """A role of one process is refused to another until its release."""
    held = await pair[0].singleton("courier")
    assert held is not None
    assert await pair[1].singleton("courier") is None
    await held.release()
    taken = await pair[1].singleton("courier")
    assert taken is not None
    await taken.release()


@pytest.mark.postgres
async def test_lost_with_its_connection(pair: tuple[Store, Store]) -> None:
    """A process detects its lost connection, and another can take the role at once."""
    held = await pair[0].singleton("courier")
    assert held is not None
    async with pair[1].unit() as unit:
        await unit.connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid, 1000) FROM pg_locks"
            " WHERE locktype = 'advisory' AND database ="
            " (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
    taken = await pair[1].singleton("courier")
    assert taken is not None
    assert not await held.held()
    await held.release()
    await taken.release()


@pytest.mark.postgres
async def test_asked_by_several_tasks(pair: tuple[Store, Store]) -> None:
    """Two tasks may check the role at the same time."""
    held = await pair[0].singleton("courier")
    assert held is not None
    assert await asyncio.gather(*(held.held() for _ in range(5))) == [True] * 5
    await held.release()


@pytest.mark.postgres
async def test_a_line_that_is_cut_in_mid_word(pair: tuple[Store, Store]) -> None:
    """An `InternalClientError` of asyncpg, from a cut connection, means a lost role."""
    held = await pair[0].singleton("courier")
    assert isinstance(held, PostgresSingleton)
    real = held._connection
    broken = asyncpg.InternalClientError("cannot switch to state 15")
    held._connection = Mock(execute=AsyncMock(side_effect=broken), terminate=real.terminate)
    assert not await held.held()
    taken = None
    while taken is None:  # the server notices the closed session a moment later
        taken = await pair[1].singleton("courier")
    await taken.release()
