"""The fixtures of the simulator's tests."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sim_town import ANA, Client, Standstill, Town

from bot.simulator.demo import add_page
from bot.simulator.http import make_http_app
from bot.simulator.phone import PhonePerson


@pytest.fixture
def town() -> Town:
    """Build a small town."""
    return Town()


@pytest.fixture
def time_travel(town: Town) -> Standstill:
    """Make a `Standstill` as the page's clock."""
    return Standstill(town)


@pytest.fixture
async def client(town: Town, time_travel: Standstill) -> AsyncIterator[Client]:
    """Serve the demo's page, with a console app that answers 200 on every route."""

    async def work(request: web.Request) -> web.StreamResponse:
        return web.Response(text=request.path)

    console = web.Application()
    console.router.add_route("*", "/{path:.*}", work)
    app = make_http_app(town.world, [PhonePerson(ANA, "Ana", "Holm", "da", "Ny i byen")])
    add_page(app, time_travel)
    app.add_subapp("/console/", console)
    town.world.send_photo(ANA)
    async with TestClient(TestServer(app)) as client:
        yield client
