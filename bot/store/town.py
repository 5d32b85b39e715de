"""What the town has written, what the house remembers, and what the staff must do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from bot.store.repository import Repository
from bot.store.tables import fact, faq, faq_count, task


@dataclass(frozen=True, slots=True)
class FaqRow:
    """An entry as it stands, and as the content file last gave it."""

    id: str
    body: dict[str, Any]
    imported: dict[str, Any]
    retired: bool
    changed_at: datetime


class Faq(Repository):
    """Entries of the FAQ."""

    async def all(self) -> list[FaqRow]:
        """Return every entry that is answered with."""
        query = select(faq).where(~faq.c.retired).order_by(faq.c.id)
        return [FaqRow(*row) for row in await self._execute(query)]

    async def get(self, faq_id: str) -> FaqRow | None:
        """Return an entry, a retired one too."""
        found = (await self._execute(select(faq).where(faq.c.id == faq_id))).first()
        return FaqRow(*found) if found else None

    async def put_import(self, faq_id: str, body: dict[str, Any]) -> str:
        """Take an entry from the content file: new, updated, same, or kept as staff changed it."""
        known = await self.get(faq_id)
        if known is None:
            await self._execute(
                insert(faq).values(id=faq_id, body=body, imported=body, changed_at=self._now)
            )
            return "new"
        if known.body != known.imported:
            return "same" if known.imported == body else "kept"
        if known.body == body and not known.retired:
            return "same"
        await self._write(faq_id, body=body, imported=body, retired=False)
        return "updated"

    async def retire_missing(self, ids: set[str]) -> tuple[list[str], list[str]]:
        """Retire what the file no longer has; return those retired, and those staff changed."""
        retired, kept = [], []
        for row in await self.all():
            if row.id in ids:
                continue
            if row.body != row.imported:
                kept.append(row.id)
                continue
            await self._write(row.id, retired=True)
            retired.append(row.id)
        return retired, kept

    async def edit(self, faq_id: str, body: dict[str, Any]) -> None:
        """Change an entry by a person's hand."""
        await self._write(faq_id, body=body)

    async def _write(self, faq_id: str, **values: Any) -> None:
        await self._execute(
            update(faq).where(faq.c.id == faq_id).values(**values, changed_at=self._now)
        )

    async def count(
        self, faq_id: str, day: str, *, shown: int = 0, helped: int = 0, asked_on: int = 0
    ) -> None:
        """Add to the counts of an entry on a local day (ISO)."""
        statement = self._insert(faq_count).values(
            faq_id=faq_id, day=day, shown=shown, helped=helped, asked_on=asked_on
        )
        await self._execute(
            statement.on_conflict_do_update(
                index_elements=["faq_id", "day"],
                set_={
                    "shown": faq_count.c.shown + shown,
                    "helped": faq_count.c.helped + helped,
                    "asked_on": faq_count.c.asked_on + asked_on,
                },
            )
        )

    async def counts(self, faq_id: str) -> tuple[int, int, int]:
        """Return how often an entry was shown, helped, and was asked on from."""
        columns = (faq_count.c.shown, faq_count.c.helped, faq_count.c.asked_on)
        rows = (await self._execute(select(*columns).where(faq_count.c.faq_id == faq_id))).all()
        shown, helped, asked_on = (sum(row[place] for row in rows) for place in range(3))
        return shown, helped, asked_on


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
