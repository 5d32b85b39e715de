"""What all tests share: databases, and chats on them."""

from __future__ import annotations

import asyncio
import itertools
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest
from databases import postgres_server
from hypothesis import settings

from bot.app.compose import hall_of
from bot.clock import TravelClock
from bot.service.content import read_town
from bot.store.store import Store
from bot.testing import START, Chat

_NUMBER = itertools.count()
# No test is a race: how long an example takes is the machine's affair.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flags of the house."""
    parser.addoption("--rewrite", action="store_true", help="write transcripts as they went")
    parser.addoption("--slow", action="store_true", help="run the long forms too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long forms out unless they are asked for."""
    if not config.getoption("--slow"):
        skip = pytest.mark.skip(reason="the long form: run with --slow")
        for item in items:
            if "slow" in item.keywords:
                item.add_marker(skip)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Bring a PostgreSQL up; return the URL of a migrated database to copy."""
    with postgres_server() as server:
        url = server.get_uri(database="postgres", driver="asyncpg")
        asyncio.run(_make_template(url))
        yield url


async def _make_template(url: str) -> None:
    """Make the migrated database that each test gets a copy of."""
    await _admin(url, "CREATE DATABASE template_town")
    store = await Store.open(_named(url, "template_town"), clock=TravelClock(START))
    await store.close()


async def _admin(url: str, command: str) -> None:
    """Run one command on the server."""
    connection = await asyncpg.connect(url.replace("postgresql+asyncpg", "postgresql"))
    try:
        await connection.execute(command)
    finally:
        await connection.close()


def _named(url: str, database: str) -> str:
    """Return *url* for another database of the same server."""
    return url.replace("/postgres?", f"/{database}?")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Return the URL of an SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'town.sqlite3'}"


@pytest.fixture
def postgres_url(postgres: str) -> str:
    """Return the URL of a fresh, migrated database on PostgreSQL; it goes with the server."""
    name = f"town_{os.getpid()}_{next(_NUMBER)}"
    asyncio.run(_admin(postgres, f"CREATE DATABASE {name} TEMPLATE template_town"))
    return _named(postgres, name)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the URL of a fresh database: SQLite, then PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def clock() -> TravelClock:
    """Return a clock that stands still on a Monday at ten in Copenhagen."""
    return TravelClock(START)


@pytest.fixture
async def store(database_url: str, clock: TravelClock) -> AsyncIterator[Store]:
    """Open a store on each database."""
    opened = await Store.open(database_url, clock=clock, hall=hall_of(read_town(None)))
    yield opened
    await opened.close()


@pytest.fixture
def chat(sqlite_url: str, request: pytest.FixtureRequest) -> Chat:
    """Return a town to chat in, on SQLite."""
    return Chat(sqlite_url, rewrite=request.config.getoption("--rewrite"))


@pytest.fixture
def chat_on_each(database_url: str, request: pytest.FixtureRequest) -> Chat:
    """Return a town to chat in, on SQLite and again on PostgreSQL."""
    return Chat(database_url, rewrite=request.config.getoption("--rewrite"))
