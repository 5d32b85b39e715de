"""The world without a network: a `BotApi` for tests."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from bot.errors import Ambiguous, Unreachable
from bot.simulator.faults import FaultKind
from bot.simulator.world import World


class InProcessApi:
    """The calls of one bot.

    It never waits, but where the world is slow; getUpdates with nothing to give
    answers at once, and whoever polls waits on a bell of their own.
    """

    def __init__(self, world: World, token: str) -> None:
        """Call *world* as the bot of *token*."""
        self._world = world
        self._token = token

    async def call(self, method: str, params: Mapping[str, Any], *, timeout: float = 20.0) -> Any:  # noqa: ASYNC109 - the port's word
        """Return Telegram's result, or raise ApiError, Unreachable or Ambiguous."""
        faults, chat_id = self._world.faults, params.get("chat_id")
        if not faults:
            await asyncio.sleep(0)
            return self._world.call(self._token, method, params)
        if faults.strike(FaultKind.AWAY, method, chat_id):
            raise Unreachable
        slow = faults.strike(FaultKind.SLOW, method, chat_id)
        drop = faults.strike(FaultKind.DROP, method, chat_id)
        try:
            return self._world.call(self._token, method, params)
        finally:
            if slow:
                await asyncio.sleep(min(slow.delay, timeout))
            if drop or (slow and slow.delay > timeout):
                raise Ambiguous

    async def download(self, path: str) -> bytes:
        """Return the bytes of a file for which getFile gave *path*."""
        if self._world.faults.strike(FaultKind.AWAY, "download", None):
            raise Unreachable
        return self._world.download(self._token, path)

    async def close(self) -> None:
        """Do nothing: there is no connection."""
