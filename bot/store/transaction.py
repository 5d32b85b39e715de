"""One transaction: its connection, its time, and the writes and wake-ups that wait for it."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.calendar import Calendar
from bot.store.engines import unavailable_raised


class Transaction:
    """What all repositories of one transaction share.

    *now* is fixed, so that all rows of the transaction have the same time.
    """

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        """Use *connection*; the store begins and ends its transaction."""
        self.connection = connection
        self.dialect = connection.dialect.name
        self.now = now
        self.topics: set[str] = set()
        self._waiting: dict[Executable, list[dict[str, Any]]] = {}
        self._touched: dict[Hashable, Executable] = {}

    @property
    def calendar(self) -> Calendar:
        """Return the town's calendar of working days and hours."""
        raise NotImplementedError

    def wake(self, topic: str) -> None:
        """Send a wake-up for *topic* once the transaction is committed."""
        self.topics.add(topic)

    async def write_later(
        self, statement: Executable, row: Hashable, values: dict[str, Any]
    ) -> None:
        """Queue *values* to be written with others of the same statement in one call.

        Every later statement first writes the queue, so the delay is not visible. *row*
        identifies the written row: two statements for one row run in their order.
        """
        if self._touched.get(row, statement) is not statement:
            await self.write_waiting()
        self._touched[row] = statement
        self._waiting.setdefault(statement, []).append(values)

    def waits(self, row: Hashable) -> bool:
        """Return whether a write of *row* is queued."""
        return row in self._touched

    async def write_waiting(self) -> None:
        """Write the queued rows; raise `DatabaseUnavailable` where that fails."""
        waiting, self._waiting = self._waiting, {}
        self._touched.clear()
        for statement, rows in waiting.items():
            with unavailable_raised():
                await self.connection.execute(statement, rows)
