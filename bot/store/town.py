"""Facts and tasks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, delete, func, select, update

from bot.store.repository import Repository
from bot.store.row_mapper import RowMapper
from bot.store.tables import cases, fact, person, task


class Facts(Repository):
    """Small stored values, by name."""

    async def get(self, name: str) -> Any:
        """Return a fact, or None."""
        query = select(fact.c.value).where(fact.c.name == name)
        return (await self._execute(query)).scalar_one_or_none()

    async def hold(self, name: str) -> None:
        """Wait for and hold a lock on *name* until this transaction ends.

        SQLite needs none, since only one transaction writes at a time.
        """
        if self._transaction.dialect == "postgresql":
            key = func.hashtextextended(f"fact:{name}", 0)
            await self._execute(select(func.pg_advisory_xact_lock(key)))

    async def set(self, name: str, value: Any) -> None:
        """Store a fact; None deletes it."""
        if value is None:
            await self._execute(delete(fact).where(fact.c.name == name))
            return
        statement = self._insert(fact).values(name=name, value=value)
        await self._execute(
            statement.on_conflict_do_update(index_elements=["name"], set_={"value": value})
        )


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task for staff."""

    id: int
    kind: str
    person_id: int | None
    subject: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ListedTask:
    """A task for staff, with the citizen's name and newest case."""

    id: int
    kind: str
    subject: str
    at: datetime
    called: str | None
    first_name: str | None
    case_id: int | None

    @property
    def name(self) -> str:
        """Return the citizen's name; empty where none is known."""
        return self.called or self.first_name or ""


_TASK = RowMapper(TaskRow, task)
_NEWEST_CASE = select(func.max(cases.c.id)).where(cases.c.person_id == task.c.person_id)
_LISTED = RowMapper(
    ListedTask,
    task,
    called=person.c.called,
    first_name=person.c.first_name,
    case_id=_NEWEST_CASE.scalar_subquery(),
)
# The kinds of task listed first; other kinds follow.
FIRST = {"danger": 0, "worry": 1, "failed_turn": 2, "felt_wrong": 3}


class Tasks(Repository):
    """Tasks for staff."""

    async def add(self, kind: str, subject: str, person_id: int | None) -> None:
        """Insert a task; do nothing if one of the kind and subject exists."""
        statement = self._insert(task).values(
            kind=kind, subject=subject, person_id=person_id, at=self._now
        )
        await self._execute(statement.on_conflict_do_nothing(index_elements=["kind", "subject"]))

    async def withdraw(self, kind: str, subject: str) -> bool:
        """Delete an open task that is no longer needed; return False where there is none."""
        result = await self._execute(
            delete(task).where(
                task.c.kind == kind, task.c.subject == subject, task.c.done_at.is_(None)
            )
        )
        return bool(result.rowcount)

    async def get(self, task_id: int) -> TaskRow | None:
        """Return an open task, or None."""
        query = _TASK.query.where(task.c.id == task_id, task.c.done_at.is_(None))
        return _TASK.first(await self._execute(query))

    async def put_off(self, task_id: int, until: datetime) -> bool:
        """List a task again from a later time; return False if it is done."""
        result = await self._execute(
            update(task).where(task.c.id == task_id, task.c.done_at.is_(None)).values(at=until)
        )
        return bool(result.rowcount)

    async def open(self) -> list[TaskRow]:
        """Return the open tasks, the oldest first."""
        query = _TASK.query.where(task.c.done_at.is_(None)).order_by(task.c.id)
        return _TASK.all(await self._execute(query))

    async def waiting(self, *, without: Collection[str] = ()) -> int:
        """Return the number of open tasks that are not put off, *without* some kinds."""
        query = select(func.count()).select_from(task)
        query = query.where(task.c.done_at.is_(None), task.c.at <= self._now)
        query = query.where(task.c.kind.not_in(without))
        return int((await self._execute(query)).scalar_one())

    async def listed(self, limit: int, *, without: Collection[str] = ()) -> list[ListedTask]:
        """Return the open tasks that are not put off, the most urgent kind first.

        Kinds in *without* are left out.
        """
        query = (
            _LISTED.query.select_from(task.outerjoin(person, person.c.id == task.c.person_id))
            .where(task.c.done_at.is_(None), task.c.at <= self._now)
            .where(task.c.kind.not_in(without))
            .order_by(case(FIRST, value=task.c.kind, else_=len(FIRST)), task.c.id)
            .limit(limit)
        )
        return _LISTED.all(await self._execute(query))

    async def settle(self, kind: str, subject: str, staff_id: int) -> None:
        """Mark the tasks of a kind as done whose subject begins with *subject*."""
        await self._execute(
            update(task)
            .where(
                task.c.kind == kind,
                task.c.subject.startswith(subject, autoescape=True),
                task.c.done_at.is_(None),
            )
            .values(done_at=self._now, done_by=staff_id)
        )

    async def done(self, task_id: int, staff_id: int) -> bool:
        """Mark a task as done; return False if it was done already."""
        result = await self._execute(
            update(task)
            .where(task.c.id == task_id, task.c.done_at.is_(None))
            .values(done_at=self._now, done_by=staff_id)
        )
        return bool(result.rowcount)
