"""Fixtures of all tests: databases, and chats on them."""

from __future__ import annotations

import asyncio
import gc
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from databases import Databases, postgres_server
from hypothesis import settings
from sqlalchemy import URL, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

import bot.store.engines
import bot.transport.intake
from bot.app.compose import town_context_of
from bot.clock import TravelClock
from bot.store.store import Store
from bot.testing import START, Chat, klintsund

# No deadline per example: a slow machine must not fail a test.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")
# A lone update does not wait for others: that took a quarter of the chats' time.
bot.transport.intake.GATHER = 0.0


def _compile_once() -> None:
    """Let all engines of a kind share their compiled statements.

    A chat opens an engine for each line, as a restart does. Compiling the same statements
    again took a third of its time.
    """
    first: dict[tuple[str, bool], AsyncEngine] = {}

    def made(url: URL, **options: Any) -> AsyncEngine:
        engine = create_async_engine(url, **options)
        kept = first.setdefault((url.drivername, "json_serializer" in options), engine)
        ours, theirs = engine.sync_engine, kept.sync_engine
        own, shared = ours.dialect, theirs.dialect

        def initialise_shared(*_connection: Any) -> None:
            """Copy what an engine's own dialect learned from its first connection."""
            if shared.server_version_info is None:
                vars(shared).update(vars(own))

        event.listen(ours.pool, "connect", initialise_shared)
        ours.dialect = ours.pool._dialect = shared  # It is part of a statement's cache key.
        ours._compiled_cache = theirs._compiled_cache
        return engine

    bot.store.engines.create_async_engine = made  # type: ignore[assignment]  # same signature


_compile_once()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options --rewrite and --slow."""
    parser.addoption("--rewrite", action="store_true", help="write transcripts as they went")
    parser.addoption("--slow", action="store_true", help="run the long forms too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip slow tests unless --slow is given."""
    if not config.getoption("--slow"):
        skip = pytest.mark.skip(reason="the long form: run with --slow")
        for item in items:
            if "slow" in item.keywords:
                item.add_marker(skip)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the seconds that the tests of each folder took, all processes together."""
    taken: Counter[str] = Counter()
    for report in (one for several in terminalreporter.stats.values() for one in several):
        if isinstance(report, pytest.TestReport):
            taken[report.nodeid.split("/")[1].partition("::")[0]] += report.duration
    line = ", ".join(f"{name} {seconds:.0f}" for name, seconds in taken.most_common())
    terminalreporter.write_line(f"seconds by folder: {line}")


@pytest.fixture(scope="module", autouse=True)
def _leaves_nothing_open() -> Iterator[None]:
    """Collect garbage after each file, so that its unclosed resources are reported there."""
    yield
    gc.collect()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Databases]:
    """Start a PostgreSQL server, and yield its pool of databases."""
    with postgres_server() as server:
        databases = Databases(server.get_uri(database="postgres", driver="asyncpg"))
        asyncio.run(databases.open())
        yield databases


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an SQLite file with the schema and no rows, to copy."""
    file = tmp_path_factory.mktemp("migrated") / "town.sqlite3"

    async def made() -> None:
        await (await Store.open(f"sqlite:///{file}", clock=TravelClock(START))).close()

    asyncio.run(made())
    return file


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """Return the URL of an SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'town.sqlite3'}"


@pytest.fixture
def sqlite_url(empty_sqlite_url: str, migrated: Path) -> str:
    """Return the URL of a fresh, migrated SQLite file."""
    shutil.copyfile(migrated, empty_sqlite_url.removeprefix("sqlite:///"))
    return empty_sqlite_url


@pytest.fixture
def postgres_url(postgres: Databases) -> Iterator[str]:
    """Return the URL of a fresh, migrated database on PostgreSQL."""
    name = asyncio.run(postgres.take())
    yield postgres.url_of(name)
    postgres.give_back(name)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the URL of a fresh database: SQLite, then PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def clock() -> TravelClock:
    """Return a frozen clock: a Monday at 10:00 in Copenhagen."""
    return TravelClock(START)


@pytest.fixture
async def store(database_url: str, clock: TravelClock) -> AsyncIterator[Store]:
    """Open a store on each database."""
    opened = await Store.open(database_url, clock=clock, town=town_context_of(klintsund()))
    yield opened
    await opened.close()


@pytest.fixture
async def chat(sqlite_url: str, request: pytest.FixtureRequest) -> AsyncIterator[Chat]:
    """Return a town to chat in, on SQLite; the application is started once."""
    made = Chat(sqlite_url, rewrite=request.config.getoption("--rewrite"), restarts=False)
    yield made
    await made.close()


@pytest.fixture
def chat_on_each(database_url: str, request: pytest.FixtureRequest) -> Chat:
    """Return a town to chat in, on SQLite and again on PostgreSQL."""
    return Chat(database_url, rewrite=request.config.getoption("--rewrite"))
