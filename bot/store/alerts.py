"""Alerts to members of the staff."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from bot.store.repository import Repository
from bot.store.tables import alert, cases


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert to a member of the staff about a case."""

    id: int
    case_id: int
    kind: str
    at: datetime
    seen_at: datetime | None
    title: str


class Alerts(Repository):
    """Alerts: at most one for each member of the staff, case, kind and occasion."""

    async def add(
        self, staff_ids: Iterable[int], case_id: int, kind: str, occasion: str = ""
    ) -> None:
        """Add an alert for each member of the staff; skip an alert that exists already."""
        rows = [
            {
                "staff_id": staff_id,
                "case_id": case_id,
                "kind": kind,
                "occasion": occasion,
                "at": self._now,
            }
            for staff_id in sorted(set(staff_ids))
        ]
        if not rows:
            return
        statement = self._insert(alert).on_conflict_do_nothing(
            index_elements=["staff_id", "case_id", "kind", "occasion"]
        )
        await self._execute(statement, rows)
        self._transaction.wake("events")

    async def unseen(self, staff_id: int) -> int:
        """Return how many alerts a member of the staff has not seen."""
        query = (
            select(func.count())
            .select_from(alert)
            .where(alert.c.staff_id == staff_id, alert.c.seen_at.is_(None))
        )
        return int((await self._execute(query)).scalar_one())

    async def unseen_of(self, staff_ids: Collection[int]) -> dict[int, int]:
        """Return unseen alerts by member of the staff; members without any are left out."""
        query = (
            select(alert.c.staff_id, func.count())
            .where(alert.c.staff_id.in_(staff_ids), alert.c.seen_at.is_(None))
            .group_by(alert.c.staff_id)
        )
        return {row[0]: row[1] for row in await self._execute(query)}

    async def newest(self, staff_id: int, limit: int, *, before: int | None = None) -> list[Alert]:
        """Return the newest alerts of a member of the staff, or those with an id below *before*."""
        query = (
            select(
                alert.c.id,
                alert.c.case_id,
                alert.c.kind,
                alert.c.at,
                alert.c.seen_at,
                cases.c.title,
            )
            .join(cases, cases.c.id == alert.c.case_id)
            .where(alert.c.staff_id == staff_id)
            .order_by(alert.c.id.desc())
            .limit(limit)
        )
        if before is not None:
            query = query.where(alert.c.id < before)
        return [Alert(*row) for row in await self._execute(query)]

    async def see(
        self, staff_id: int, case_id: int | None = None, *, until: int | None = None
    ) -> None:
        """Mark alerts as seen: those of one case, those with an id up to *until*, or all."""
        statement = update(alert).where(alert.c.staff_id == staff_id, alert.c.seen_at.is_(None))
        if case_id is not None:
            statement = statement.where(alert.c.case_id == case_id)
        if until is not None:
            statement = statement.where(alert.c.id <= until)
        await self._execute(statement.values(seen_at=self._now))
