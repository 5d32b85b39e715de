"""Wake-ups: signals that tell waiting loops about new rows.

Every loop also looks for rows at intervals, so a lost wake-up costs only time.
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
log = logging.getLogger("brobygger.wake_up")


class WakeUp(Protocol):
    """Wakes loops that wait for a topic."""

    async def send_within(self, connection: AsyncConnection, topics: Iterable[str]) -> None:
        """Send wake-ups as part of a transaction, where the database supports it."""
        ...

    def send_after(self, topics: Iterable[str]) -> None:
        """Send wake-ups within this process, after a commit."""
        ...

    async def wait(self, topic: str, timeout: float) -> bool:  # noqa: ASYNC109 - a wait is its time
        """Wait up to *timeout* seconds for *topic*; return whether a wake-up came."""
        ...

    async def close(self) -> None:
        """Stop listening."""
        ...


class LocalWakeUp:
    """Wake-ups within one process, for SQLite."""

    def __init__(self) -> None:
        """Prepare an event for each topic."""
        self._events: dict[str, asyncio.Event] = defaultdict(asyncio.Event)

    async def send_within(self, connection: AsyncConnection, topics: Iterable[str]) -> None:
        """Do nothing: `send_after` sends the wake-ups."""

    def send_after(self, topics: Iterable[str]) -> None:
        """Wake the loop that waits for each topic, or the next that will."""
        for topic in topics:
            self._events[topic].set()

    async def wait(self, topic: str, timeout: float) -> bool:  # noqa: ASYNC109 - a wait is its time
        """Wait up to *timeout* seconds for *topic*; return whether a wake-up came."""
        event = self._events[topic]
        with suppress(TimeoutError):
            await asyncio.wait_for(event.wait(), timeout)
        came = event.is_set()
        event.clear()
        return came

    async def close(self) -> None:
        """Do nothing: no connection is open."""


class NotifyWakeUp(LocalWakeUp):
    """Wake-ups between processes: one NOTIFY per transaction, received on a separate connection."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Use the database of *engine*; `wait` starts listening."""
        super().__init__()
        self._engine = engine
        self._name = secrets.token_hex(4)
        self._task: asyncio.Task[None] | None = None

    async def send_within(self, connection: AsyncConnection, topics: Iterable[str]) -> None:
        """Send the topics with the commit, and our name, so that we ignore our own NOTIFY."""
        named = ",".join([self._name, *sorted(topics)])
        if topics:
            await connection.execute(_NOTIFY, {"said": named})

    async def wait(self, topic: str, timeout: float) -> bool:  # noqa: ASYNC109 - a wait is its time
        """Wait for *topic*; the first call starts listening."""
        if self._task is None:
            self._task = asyncio.create_task(self._listen(), name="wake_up")
        return await super().wait(topic, timeout)

    async def _listen(self) -> None:
        """Receive notifications until cancelled; reconnect 1 s after the connection breaks."""
        while True:
            gone = asyncio.Event()
            connection = None
            try:
                connection = await connect_alone(self._engine)
                connection.add_termination_listener(lambda _connection, gone=gone: gone.set())
                await connection.add_listener(CHANNEL, self._receive)
                self.send_after(list(self._events))  # wake-ups may have been missed before
                await gone.wait()
            except LINE_CUT:
                log.info("wake_up_lost")
            finally:
                if connection is not None:
                    connection.terminate()
            await asyncio.sleep(RECONNECT_AFTER)

    def _receive(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        """Wake the loops that wait for another process's topics."""
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
