"""The empty answer to a tap: beside the outbox, best effort, and nobody waits for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable

from bot.errors import TransportError
from bot.transport.api import BotApi

TIMEOUT = 5.0  # seconds
AT_ONCE = 10  # so that what is sent never waits for a connection
MOST = 200  # under way; more are left out: the telephone gives up waiting by itself
log = logging.getLogger("brobygger.acknowledging")


class Acknowledging:
    """Answers callback queries, so that a telephone stops showing that it waits."""

    def __init__(self, api: BotApi) -> None:
        """Answer by *api*."""
        self._api = api
        self._under_way: set[asyncio.Task[None]] = set()
        self._turn = asyncio.Semaphore(AT_ONCE)

    def begin(self, queries: Iterable[str]) -> None:
        """Begin to answer *queries*."""
        for query in queries:
            if len(self._under_way) >= MOST:
                log.info("not_acknowledged")
                continue
            task = asyncio.create_task(self._answer(query))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _answer(self, query: str) -> None:
        """Answer one query."""
        async with self._turn:
            try:
                call = {"callback_query_id": query}
                await self._api.call("answerCallbackQuery", call, timeout=TIMEOUT)
            except TransportError:
                log.info("not_acknowledged")

    async def settle(self) -> None:
        """Wait for what is under way."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=TIMEOUT)
