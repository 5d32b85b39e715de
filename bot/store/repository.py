"""The base class of all repositories."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, Executable, Insert, Table, delete, select

from bot.store.dialects import Each, dialect_of
from bot.store.engines import unavailable_raised
from bot.store.moment import When
from bot.store.transaction import Transaction

MOST_IDS = 1000  # in one statement: PostgreSQL's protocol takes 32,767 parameters


def parts(ids: Iterable[Any], most: int = MOST_IDS) -> Iterator[Sequence[Any]]:
    """Return ids in order, each once, in parts that one statement takes."""
    ordered = sorted(set(ids))
    return (ordered[first : first + most] for first in range(0, len(ordered), most))


@dataclass(frozen=True, slots=True)
class Depth:
    """The number of waiting rows, and the time of the oldest."""

    count: int
    oldest: datetime | None


class Repository:
    """Access to the rows of one or a few tables within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work in *transaction*."""
        self._transaction = transaction

    @property
    def _now(self) -> datetime:
        return self._transaction.now

    @property
    def _when(self) -> When:
        """Return the moment as of which audiences are evaluated."""
        return When(self._transaction.now, self._transaction.calendar)

    async def _execute(
        self, statement: Executable | Each, parameters: Any = None
    ) -> CursorResult[*tuple[Any, ...]]:
        """Run one statement for one or several parameter sets, after the queued writes.

        Driver errors of an unavailable database are translated here, so that the same
        kind of error from other code in the unit is not mistaken for one. Raise
        `DatabaseUnavailable` for them.
        """
        await self._transaction.write_waiting()
        return await self._execute_beside(statement, parameters)

    async def _execute_beside(
        self, statement: Executable | Each, parameters: Any = None
    ) -> CursorResult[*tuple[Any, ...]]:
        """Run one statement that does not depend on queued writes, without writing them first."""
        if isinstance(statement, Each):
            statement = statement.for_(self._transaction.dialect)
        with unavailable_raised():
            return await self._transaction.connection.execute(statement, parameters)

    async def _later(
        self, statement: Executable | Each, row: Hashable, values: dict[str, Any]
    ) -> None:
        """Queue a row to be written with others of its statement; see `Transaction.write_later`."""
        if isinstance(statement, Each):
            statement = statement.for_(self._transaction.dialect)
        await self._transaction.write_later(statement, row, values)

    async def _id_of(self, statement: Insert) -> int:
        """Run an insert and return the new row's id."""
        result = await self._execute(statement)
        return int(result.inserted_primary_key[0])  # type: ignore[index]  # an insert of one row has one

    def _insert(self, table: Table) -> Any:
        """Return an insert of the database's dialect, which supports ON CONFLICT."""
        return dialect_of(self._transaction.dialect).insert(table)

    async def _delete_some(self, table: Table, old: ColumnElement[bool], limit: int) -> int:
        """Delete at most *limit* rows that match *old*; return their number."""
        some = select(table.c.id).where(old).limit(limit)
        result = await self._execute(delete(table).where(table.c.id.in_(some)))
        return int(result.rowcount)
