"""The statements that every repository of rows with an id needs."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar, Generic, TypeVar

from sqlalchemy import ColumnElement, Table, insert, update

from bot.store.repository import Repository, parts
from bot.store.row_mapper import RowMapper

T = TypeVar("T")


class ById(Repository, Generic[T]):
    """Adds, reads, locks and changes the rows of one table by their ids.

    A subclass names the mapper and the table. A column `created_at` or `changed_at` is written
    with the time of the transaction.
    """

    mapper: ClassVar[RowMapper[Any]]
    table: ClassVar[Table]

    async def add(self, new: T) -> int:
        """Insert a row; return its id."""
        stamps = {name: self._now for name in ("created_at", "changed_at") if name in self.table.c}
        return await self._id_of(insert(self.table).values({**self.mapper.values(new), **stamps}))

    async def get(self, row_id: int) -> T | None:
        """Return a row, or None."""
        query = self.mapper.query.where(self.table.c.id == row_id)
        return self.mapper.first(await self._execute(query))

    async def lock(self, row_id: int) -> T | None:
        """Return a row and hold it until the transaction ends, or None.

        Rows that refer to it may be inserted meanwhile: otherwise a transaction that holds a
        shift and adds a sign-up would wait for a holder of its opportunity, and block it.
        """
        query = self.mapper.query.where(self.table.c.id == row_id)
        query = query.with_for_update(key_share=True)
        return self.mapper.first(await self._execute(query))

    async def hold(self, row_id: int) -> T | None:
        """Return a row that no one else may change until the transaction ends, or None."""
        query = self.mapper.query.where(self.table.c.id == row_id).with_for_update(read=True)
        return self.mapper.first(await self._execute(query))

    async def some(self, row_ids: Collection[int]) -> dict[int, T]:
        """Return rows by their ids."""
        query = self.mapper.query.add_columns(self.table.c.id.label("key"))
        found: dict[int, T] = {}
        for ids in parts(row_ids):
            rows = await self._execute(query.where(self.table.c.id.in_(ids)))
            found |= {row[-1]: self.mapper.read(row[:-1]) for row in rows}
        return found

    async def change(self, row_id: int, **values: Any) -> None:
        """Write columns of a row."""
        if "changed_at" in self.table.c:
            values["changed_at"] = self._now
        await self._execute(update(self.table).where(self.table.c.id == row_id).values(**values))

    async def _all(self, *conditions: ColumnElement[bool], limit: int | None = None) -> list[T]:
        """Return the rows that meet all conditions, in order of their ids."""
        query = self.mapper.query.where(*conditions).order_by(self.table.c.id)
        return self.mapper.all(await self._execute(query.limit(limit)))
