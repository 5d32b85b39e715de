"""What the house remembers, and what the staff must do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from bot.store.repository import Repository
from bot.store.tables import fact, task


class Facts(Repository):
    """Small things the house remembers, by name."""

    async def get(self, name: str) -> Any:
        """Return a fact; None where it is not known."""
        query = select(fact.c.value).where(fact.c.name == name)
        return (await self._execute(query)).scalar_one_or_none()

    async def set(self, name: str, value: Any) -> None:
        """Remember a fact; None forgets it."""
        if value is None:
            await self._execute(delete(fact).where(fact.c.name == name))
            return
        statement = self._insert(fact).values(name=name, value=value)
        await self._execute(
            statement.on_conflict_do_update(index_elements=["name"], set_={"value": value})
        )


@dataclass(frozen=True, slots=True)
class TaskRow:
    """Something a person must do."""

    id: int
    kind: str
    person_id: int | None
    subject: str
    at: datetime


class Tasks(Repository):
    """What the staff must do."""

    async def add(self, kind: str, subject: str, person_id: int | None) -> None:
        """Note a task; one a kind and subject."""
        statement = self._insert(task).values(
            kind=kind, subject=subject, person_id=person_id, at=self._now
        )
        await self._execute(statement.on_conflict_do_nothing(index_elements=["kind", "subject"]))

    async def open(self) -> list[TaskRow]:
        """Return what is not done, the oldest first."""
        columns = (task.c.id, task.c.kind, task.c.person_id, task.c.subject, task.c.at)
        query = select(*columns).where(task.c.done_at.is_(None)).order_by(task.c.id)
        return [TaskRow(*row) for row in await self._execute(query)]

    async def done(self, task_id: int, staff_id: int) -> bool:
        """Note that somebody has dealt with a task; tell whether nobody had before."""
        result = await self._execute(
            update(task)
            .where(task.c.id == task_id, task.c.done_at.is_(None))
            .values(done_at=self._now, done_by=staff_id)
        )
        return bool(result.rowcount)
