"""The bell: who waits for rows is woken when they are there.

Everyone also looks by itself now and then, so a ring that is lost costs time
and nothing else.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from typing import Protocol

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.engines import LINE_CUT, connect_alone

CHANNEL = "brobygger"
RECONNECT_AFTER = 1.0  # seconds
_NOTIFY = text(f"SELECT pg_notify('{CHANNEL}', :said)")
log = logging.getLogger("brobygger.bell")


class WakeUp(Protocol):
    """Wakes those who wait for a topic."""

    async def send_within(self, connection: AsyncConnection, topics: Iterable[str]) -> None:
        """Ring as part of a transaction, where the database can carry it."""
        ...

    def send_after(self, topics: Iterable[str]) -> None:
        """Ring after a commit, within this process."""
        ...

    async def wait(self, topic: str, timeout: float) -> bool:  # noqa: ASYNC109 - a wait is its time
        """Wait for *topic*, at most *timeout* seconds; tell whether it rang."""
        ...

    async def close(self) -> None:
        """Stop listening."""
        ...


class LocalWakeUp:
    """A bell within one process, as SQLite has it."""

    def __init__(self) -> None:
        """Hang the bell."""
        self._events: dict[str, asyncio.Event] = defaultdict(asyncio.Event)

    async def send_within(self, connection: AsyncConnection, topics: Iterable[str]) -> None:
        """Do nothing: the ring follows the commit."""

    def send_after(self, topics: Iterable[str]) -> None:
        """Wake whoever waits, or the next who will."""
        for topic in topics:
            self._events[topic].set()

    async def wait(self, topic: str, timeout: float) -> bool:  # noqa: ASYNC109 - a wait is its time
        """Wait for *topic*, at most *timeout* seconds."""
        event = self._events[topic]
        with suppress(TimeoutError):
            await asyncio.wait_for(event.wait(), timeout)
        rang = event.is_set()
        event.clear()
        return rang

    async def close(self) -> None:
        """Do nothing: nothing was opened."""


class NotifyWakeUp(LocalWakeUp):
    """A bell between processes: one NOTIFY a transaction, heard on a connection of its own."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Listen at the database of *engine*."""
        super().__init__()
        self._engine = engine
        self._name = secrets.token_hex(4)
        self._task: asyncio.Task[None] | None = None

    async def send_within(self, connection: AsyncConnection, topics: Iterable[str]) -> None:
        """Let the commit itself carry the ring, and our name, so that we do not hear ourselves."""
        named = ",".join([self._name, *sorted(topics)])
        if topics:
            await connection.execute(_NOTIFY, {"said": named})

    async def wait(self, topic: str, timeout: float) -> bool:  # noqa: ASYNC109 - a wait is its time
        """Wait for *topic*; the first who waits makes the process listen."""
        if self._task is None:
            self._task = asyncio.create_task(self._listen(), name="bell")
        return await super().wait(topic, timeout)

    async def _listen(self) -> None:
        """Hear notifications for as long as the process runs, connecting again when cut off."""
        while True:
            gone = asyncio.Event()
            connection = None
            try:
                connection = await connect_alone(self._engine)
                connection.add_termination_listener(lambda _connection, gone=gone: gone.set())
                await connection.add_listener(CHANNEL, self._heard)
                self.send_after(list(self._events))  # something may have rung in the meantime
                await gone.wait()
            except LINE_CUT:
                log.info("bell_away")
            finally:
                if connection is not None:
                    connection.terminate()
            await asyncio.sleep(RECONNECT_AFTER)

    def _heard(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        """Wake those who wait for what another process rang."""
        name, *topics = str(payload).split(",")
        if name != self._name:
            self.send_after(topics)

    async def close(self) -> None:
        """Stop listening."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None
