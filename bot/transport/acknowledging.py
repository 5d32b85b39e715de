"""Empty answers to callback queries: best effort, sent without the outbox, never awaited."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable

from bot.errors import TransportError
from bot.transport.api import BotApi

TIMEOUT = 5.0  # seconds
AT_ONCE = 10  # of the API client's 50 connections: the courier's sends never wait for one
MOST = 200  # pending answers; further queries get none, and the Telegram client stops waiting
log = logging.getLogger("brobygger.acknowledging")


class Acknowledging:
    """Answers callback queries, so that the Telegram client stops its progress indicator."""

    def __init__(self, api: BotApi) -> None:
        """Send the answers through *api*."""
        self._api = api
        self._under_way: set[asyncio.Task[None]] = set()
        self._turn = asyncio.Semaphore(AT_ONCE)

    def begin(self, queries: Iterable[str]) -> None:
        """Start a task that answers each of *queries*; log the queries over the limit."""
        for query in queries:
            if len(self._under_way) >= MOST:
                log.info("not_acknowledged")
                continue
            task = asyncio.create_task(self._answer(query))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _answer(self, query: str) -> None:
        """Answer one query; log a `TransportError` and continue."""
        async with self._turn:
            try:
                call = {"callback_query_id": query}
                await self._api.call("answerCallbackQuery", call, timeout=TIMEOUT)
            except TransportError:
                log.info("not_acknowledged")

    async def settle(self) -> None:
        """Wait for pending answers, at most 5 seconds."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=TIMEOUT)
