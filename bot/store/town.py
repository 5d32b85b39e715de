"""What the house remembers, and what the staff must do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, delete, func, select, update

from bot.store.repository import Repository
from bot.store.tables import cases, fact, person, task


class Facts(Repository):
    """Small things the house remembers, by name."""

    async def get(self, name: str) -> Any:
        """Return a fact; None where it is not known."""
        query = select(fact.c.value).where(fact.c.name == name)
        return (await self._execute(query)).scalar_one_or_none()

    async def hold(self, name: str) -> None:
        """Wait for whoever else holds *name*, and hold it until this transaction ends.

        On SQLite the transaction is the only one that writes.
        """
        if self._unit.dialect == "postgresql":
            key = func.hashtextextended(f"fact:{name}", 0)
            await self._execute(select(func.pg_advisory_xact_lock(key)))

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


@dataclass(frozen=True, slots=True)
class ListedTask:
    """Something a person must do, with whom it is about and their newest case."""

    id: int
    kind: str
    at: datetime
    called: str | None
    first_name: str | None
    case_id: int | None

    @property
    def name(self) -> str:
        """Return what we call the citizen; empty where no name is known."""
        return self.called or self.first_name or ""


# Which kind of task comes first; the others come after.
FIRST = {"danger": 0, "failed_turn": 1, "felt_wrong": 2}


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

    async def waiting(self) -> int:
        """Return how much is not done."""
        query = select(func.count()).select_from(task).where(task.c.done_at.is_(None))
        return int((await self._execute(query)).scalar_one())

    async def listed(self, limit: int) -> list[ListedTask]:
        """Return what is not done, the most urgent kind first, then the oldest."""
        newest = select(func.max(cases.c.id)).where(cases.c.person_id == task.c.person_id)
        query = (
            select(
                task.c.id,
                task.c.kind,
                task.c.at,
                person.c.called,
                person.c.first_name,
                newest.scalar_subquery().label("case_id"),
            )
            .select_from(task.outerjoin(person, person.c.id == task.c.person_id))
            .where(task.c.done_at.is_(None))
            .order_by(case(FIRST, value=task.c.kind, else_=len(FIRST)), task.c.id)
            .limit(limit)
        )
        return [ListedTask(*row) for row in await self._execute(query)]

    async def done(self, task_id: int, staff_id: int) -> bool:
        """Note that somebody has dealt with a task; tell whether nobody had before."""
        result = await self._execute(
            update(task)
            .where(task.c.id == task_id, task.c.done_at.is_(None))
            .values(done_at=self._now, done_by=staff_id)
        )
        return bool(result.rowcount)
