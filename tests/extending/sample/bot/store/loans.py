"""Loans: things that the municipality has lent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Column, Date, ForeignKey, String, Table, insert, select, update

from bot.store.repository import Repository
from bot.store.row_mapper import RowMapper
from bot.store.tables.base import Id, metadata
from bot.store.types import UtcDateTime

loan = Table(
    "loan",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", ForeignKey("person.id", ondelete="SET NULL"), index=True),
    Column("thing", String(20), nullable=False),
    Column("title", String(80), nullable=False),  # the thing's name for staff
    Column("phone", String(40)),
    Column("from_day", Date, nullable=False),
    Column("back_day", Date, nullable=False),
    Column("ended_at", UtcDateTime),
)


@dataclass(frozen=True, slots=True)
class Loan:
    """A thing that is lent; *person_id* and *phone* are None once the citizen is erased."""

    id: int
    person_id: int | None
    thing: str
    title: str
    phone: str | None
    from_day: date
    back_day: date


_LOAN = RowMapper(Loan, loan)
_OPEN = _LOAN.query.where(loan.c.ended_at.is_(None))


class Loans(Repository):
    """The loans."""

    async def add(self, new: Loan) -> int:
        """Insert a loan; return its id."""
        return await self._id_of(insert(loan).values(_LOAN.values(new)))

    async def get(self, loan_id: int) -> Loan | None:
        """Return a loan that has not ended; else None."""
        return _LOAN.first(await self._execute(_OPEN.where(loan.c.id == loan_id)))

    async def open(self, limit: int) -> list[Loan]:
        """Return the loans that have not ended, the one due first at the top."""
        query = _OPEN.order_by(loan.c.back_day, loan.c.id).limit(limit)
        return _LOAN.all(await self._execute(query))

    async def is_taken(self, thing: str, first: date, last: date) -> bool:
        """Return whether the thing is lent on a day from *first* to *last*."""
        overlaps = (loan.c.from_day <= last) & (loan.c.back_day >= first)
        query = select(loan.c.id).where(loan.c.thing == thing, loan.c.ended_at.is_(None), overlaps)
        return (await self._execute(query.limit(1))).first() is not None

    async def end(self, loan_id: int) -> bool:
        """End a loan and delete its phone number; return False where it had ended."""
        result = await self._execute(
            update(loan)
            .where(loan.c.id == loan_id, loan.c.ended_at.is_(None))
            .values(ended_at=self._now, phone=None)
        )
        return bool(result.rowcount)
