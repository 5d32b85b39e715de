"""What all repositories share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CursorResult, Executable, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from bot.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Depth:
    """How many rows wait, and since when the oldest does."""

    count: int
    oldest: datetime | None


class Repository:
    """Rows of one noun, within one transaction."""

    def __init__(self, unit: Unit) -> None:
        """Work in the transaction of *unit*."""
        self._unit = unit

    @property
    def _now(self) -> datetime:
        return self._unit.now

    async def _execute(self, statement: Executable, parameters: Any = None) -> CursorResult[Any]:
        """Run one statement, once or for each of several parameter sets."""
        return await self._unit.connection.execute(statement, parameters)

    async def _id_of(self, statement: Insert) -> int:
        """Run an insert and return the new row's id."""
        result = await self._execute(statement)
        return int(result.inserted_primary_key[0])  # type: ignore[index] - an insert of one row has one

    def _insert(self, table: Table) -> Any:
        """Return an insert that knows ON CONFLICT, in the database's own dialect."""
        if self._unit.dialect == "postgresql":
            return postgresql.insert(table)
        return sqlite.insert(table)
