"""Provide the fixtures of the transport tests."""

from __future__ import annotations

import pytest
from transport_town import FickleStore, make_world

from bot.clock import TravelClock
from bot.simulator import World
from bot.simulator.inprocess import InProcessApi
from bot.store.store import Store
from bot.testing import TOKEN


@pytest.fixture
def world(clock: TravelClock) -> World:
    """Create a simulated Telegram with one bot, Ana and Bo."""
    return make_world(clock)


@pytest.fixture
def in_process(world: World) -> InProcessApi:
    """Return the in-process Bot API."""
    return InProcessApi(world, TOKEN)


@pytest.fixture
def fickle(store: Store) -> FickleStore:
    """Return a store on each database that can be made unavailable."""
    return FickleStore.around(store)
