"""A world with one bot, two people and a clock that stands still."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from bot.clock import TravelClock
from bot.errors import ApiError
from bot.simulator import World

TOKEN = "1000:secret"  # noqa: S105 - a token of the simulated world
Client = TestClient[web.Request, web.Application]
ANA = 11
BO = 12


class Town:
    """What the tests hold: the world, its clock, and the bot's calls by name."""

    def __init__(self, **options: Any) -> None:
        """Build a world with Ana, who has begun, and Bo, who has not."""
        self.clock = TravelClock(datetime(2026, 3, 2, 12, tzinfo=UTC))
        self.world = World(self.clock.now, **options)
        self.bot = self.world.add_bot(TOKEN, name="Bro", username="bro_bot")
        self.world.add_user(ANA, "Ana", last_name="Holm", username="ana_h", language_code="da")
        self.world.add_user(BO, "Bo", language_code="en", started=False)

    def call(self, method: str, /, **params: Any) -> Any:
        """Call a method as the bot."""
        return self.world.call(TOKEN, method, params)

    def text(self, text: str = "Hello", **params: Any) -> Any:
        """Send a text to Ana."""
        return self.call("sendMessage", chat_id=ANA, text=text, **params)

    def fault(self, method: str, /, **params: Any) -> str:
        """Return the words of the error that a call must bring."""
        with pytest.raises(ApiError) as caught:
            self.call(method, **params)
        return str(caught.value)

    def updates(self, **params: Any) -> list[dict[str, Any]]:
        """Return what getUpdates gives."""
        given: list[dict[str, Any]] = self.call("getUpdates", **params)
        return given


class Standstill:
    """A travel that only notes where it was sent."""

    def __init__(self, town: Town) -> None:
        """Stand where *town* stands."""
        self.town = town
        self.moves: list[str] = []

    async def go(self, to: str) -> None:
        """Note the move."""
        self.moves.append(to)

    def now(self) -> datetime:
        """Return the town's instant."""
        return self.town.clock.now()
