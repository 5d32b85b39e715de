"""Build a simulated Telegram with one bot, two people and a frozen clock."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from bot.clock import TravelClock
from bot.errors import ApiError
from bot.simulator import World

TOKEN = "1000:secret"  # noqa: S105 - a token of the simulated Telegram
Client = TestClient[web.Request, web.Application]
ANA = 11
BO = 12


class Town:
    """The simulated Telegram, its clock, and Bot API calls by method name."""

    def __init__(self, **options: Any) -> None:
        """Add Ana, who has started the bot, and Bo, who has not."""
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
        """Return the message of the error that the call raises."""
        with pytest.raises(ApiError) as caught:
            self.call(method, **params)
        return str(caught.value)

    def updates(self, **params: Any) -> list[dict[str, Any]]:
        """Return the result of getUpdates."""
        given: list[dict[str, Any]] = self.call("getUpdates", **params)
        return given


class Standstill:
    """A time travel that only records where it was sent."""

    def __init__(self, town: Town) -> None:
        """Use the clock of *town*."""
        self.town = town
        self.moves: list[str] = []

    async def move_to(self, to: str) -> None:
        """Record the move."""
        self.moves.append(to)

    def now(self) -> datetime:
        """Return the town's current time."""
        return self.town.clock.now()
