"""Provide a town with volunteers on each database."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from pledge_town import PledgeTown
from signup_town import VolunteerTown, lawful

from bot.clock import TravelClock
from bot.store.store import Store


@pytest.fixture
async def town(store: Store, clock: TravelClock) -> AsyncIterator[VolunteerTown]:
    """Return a town with a contact and four citizens; the audit finds nothing at the end."""
    made = VolunteerTown(store, clock)
    await made.begin("Ana", "Bo", "Cem", "Dina")
    with lawful():
        yield made
    await made.is_sound()


@pytest.fixture
async def pledging(store: Store, clock: TravelClock) -> AsyncIterator[PledgeTown]:
    """Return a town with the catalogue of pledges; the audit finds nothing at the end."""
    made = PledgeTown(store, clock)
    await made.begin("Ana", "Bo", "Cem", "Dina")
    yield made
    await made.is_sound()
