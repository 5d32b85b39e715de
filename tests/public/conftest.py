"""Fixtures of the public pages' tests: a town, and a visitor without a session."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from pledging import Pledging
from public_town import BOT_LINK, URL, ask

from bot.app.compose import town_context_of
from bot.clock import TravelClock
from bot.model.commands.volunteering import ImportOpportunities
from bot.public.app import mount, public_app
from bot.public.public_context import PublicContext
from bot.service.content import employ, import_town, shipped_opportunities
from bot.store.store import Store
from bot.testing import klintsund


@pytest.fixture
async def town(sqlite_url: str, clock: TravelClock) -> AsyncIterator[Store]:
    """Open a store on SQLite with the town that is shipped, and its staff."""
    store = await Store.open(sqlite_url, clock=clock, town=town_context_of(klintsund()))
    async with store.unit() as unit:
        await import_town(klintsund(), unit)
        await employ(klintsund(), unit)
    yield store
    await store.close()


@pytest.fixture
async def visitor(town: Store) -> AsyncIterator[TestClient[web.Request, web.Application]]:
    """Open a browser at the public pages."""
    app = web.Application()
    mount(app, public_app(PublicContext(town, klintsund(), URL, BOT_LINK)))
    async with TestClient(TestServer(app)) as client:
        yield client


@pytest.fixture
async def open_town(town: Store) -> Store:
    """Open the town's twelve opportunities; those of V1 to V12 have the ids 1 to 12."""
    await ask(town, ImportOpportunities(1, shipped_opportunities(), publishes=True))
    return town


@pytest.fixture
async def pledging(town: Store, clock: TravelClock) -> Pledging:
    """Open the town's catalogue of pledges."""
    made = Pledging(town, clock)
    await made.begin()
    return made
