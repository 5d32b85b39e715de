"""The world in the same process: a `BotApi` without a network, for tests."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from bot.errors import Ambiguous, ApiError, ServerFault, Unreachable
from bot.simulator.faults import FaultKind
from bot.simulator.state import Upload
from bot.simulator.world import DOWNLOAD, World

SERVER_ERROR = 500
Result = TypeVar("Result")


class InProcessApi:
    """Calls of one bot to a world.

    It waits only under a SLOW fault. getUpdates without updates returns at once, so
    the poller has to wait by other means.
    """

    def __init__(self, world: World, token: str) -> None:
        """Call *world* as the bot of *token*."""
        self._world = world
        self._token = token

    async def call(
        self,
        method: str,
        params: Mapping[str, Any],
        *,
        timeout: float = 20.0,  # noqa: ASYNC109 - the protocol's parameter
        files: Mapping[str, tuple[str, str, bytes]] | None = None,
    ) -> Any:
        """Return the result as JSON; raise `ApiError`, `Unreachable` or `Ambiguous`."""
        uploads = {
            name: Upload(file_name, content, mime)
            for name, (file_name, mime, content) in (files or {}).items()
        }
        given = {**params, **uploads}
        return await self._under_faults(
            method,
            params.get("chat_id"),
            timeout,
            lambda: self._world.call(self._token, method, given),
        )

    async def download(self, file_path: str) -> bytes:
        """Return the bytes of a file for which getFile gave *file_path*."""
        return await self._under_faults(
            DOWNLOAD, None, 20.0, lambda: self._world.download(self._token, file_path)
        )

    async def _under_faults(
        self,
        method: str,
        chat_id: object,
        patience: float,
        carry_out: Callable[[], Result],
    ) -> Result:
        """Return the result of *carry_out* under the active faults; raise as `HttpBotApi` does."""
        faults = self._world.faults
        if not faults:
            await asyncio.sleep(0)
            return carry_out()
        if faults.strike(FaultKind.AWAY, method, chat_id):
            raise Unreachable
        slow = faults.strike(FaultKind.SLOW, method, chat_id)
        drop = faults.strike(FaultKind.DROP, method, chat_id)
        try:
            return carry_out()
        except ApiError as error:
            if error.code >= SERVER_ERROR:  # as `HttpBotApi` does
                raise ServerFault(f"Telegram answered {error.code}") from None
            raise
        finally:
            if slow:
                await asyncio.sleep(min(slow.delay, patience))
            if drop or (slow and slow.delay > patience):
                raise Ambiguous

    async def close(self) -> None:
        """Do nothing: there is no connection."""
