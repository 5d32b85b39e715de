"""FAQ entries: present state, all earlier versions, and counts of use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import Select, func, insert, select, update

from bot.store.repository import Repository
from bot.store.row_mapper import RowMapper
from bot.store.tables import faq, faq_count, faq_version

# The content file's entries are F1, F2, …; entries by staff need another prefix.
BY_STAFF = "S"
NEVER_IMPORTED: dict[str, Any] = {}
_LATEST = (
    select(func.max(faq_version.c.version))
    .where(faq_version.c.faq_id == faq.c.id)
    .correlate(faq)
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True)
class FaqRow:
    """The present state of an entry, and its last state in the content file.

    *version* numbers the present state. *staff_id* is its author; None is the content file.
    """

    id: str
    body: dict[str, Any]
    imported: dict[str, Any]
    retired: bool
    changed_at: datetime
    version: int = 1
    staff_id: int | None = None


@dataclass(frozen=True, slots=True)
class FaqVersion:
    """A present or earlier state of an entry, with its author and time."""

    faq_id: str
    version: int
    body: dict[str, Any]
    retired: bool
    staff_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class FaqCounts:
    """How often an entry was shown, helped, and was followed by another question."""

    shown: int = 0
    helped: int = 0
    asked_on: int = 0


_ENTRY = RowMapper(FaqRow, faq, version=faq_version.c.version, staff_id=faq_version.c.staff_id)
_ROWS = _ENTRY.query.join(
    faq_version, (faq_version.c.faq_id == faq.c.id) & (faq_version.c.version == _LATEST)
)
_VERSION = RowMapper(FaqVersion, faq_version)


class Faq(Repository):
    """FAQ entries; every change is also kept as a version."""

    async def all(self) -> list[FaqRow]:
        """Return every entry that is not retired."""
        return await self._rows(_ROWS.where(~faq.c.retired))

    async def every(self) -> list[FaqRow]:
        """Return every entry, including retired ones."""
        return await self._rows(_ROWS)

    async def _rows(self, query: Select[*tuple[Any, ...]]) -> list[FaqRow]:
        return _ENTRY.all(await self._execute(query.order_by(faq.c.id)))

    async def get(self, faq_id: str) -> FaqRow | None:
        """Return an entry, retired or not; None where there is none."""
        return _ENTRY.first(await self._execute(_ROWS.where(faq.c.id == faq_id)))

    async def lock(self, faq_id: str) -> FaqRow | None:
        """Return an entry, locked against other transactions until this one ends."""
        await self._execute(select(faq.c.id).where(faq.c.id == faq_id).with_for_update())
        return await self.get(faq_id)

    async def put_import(self, faq_id: str, body: dict[str, Any]) -> str:
        """Import an entry of the content file; return "new", "updated", "same" or "kept".

        "kept": staff changed or retired the entry, so the file does not overwrite it.
        """
        known = await self.get(faq_id)
        if known is None:
            await self._execute(
                insert(faq).values(id=faq_id, body=body, imported=body, changed_at=self._now)
            )
            await self._keep(faq_id, None)
            return "new"
        if known.body != known.imported or (known.retired and known.staff_id is not None):
            return "same" if known.imported == body else "kept"
        if known.body == body and not known.retired:
            return "same"
        await self.write(faq_id, None, body=body, imported=body, retired=False)
        return "updated"

    async def retire_missing(self, ids: set[str]) -> tuple[list[str], list[str]]:
        """Retire entries missing in the file; return the retired ids, and those staff changed."""
        retired, kept = [], []
        for row in await self.all():
            if row.id in ids:
                continue
            if row.body != row.imported or row.staff_id is not None:
                kept.append(row.id)
                continue
            await self.write(row.id, None, retired=True)
            retired.append(row.id)
        return retired, kept

    async def add(self, body: dict[str, Any], staff_id: int) -> str:
        """Insert a new entry written by staff; return its id."""
        known = await self._execute(select(faq.c.id).where(faq.c.id.startswith(BY_STAFF)))
        numbers = [int(number) for (row_id,) in known if (number := row_id[1:]).isdecimal()]
        for number in count(max(numbers, default=0) + 1):
            faq_id = f"{BY_STAFF}{number}"
            values = {"body": body, "imported": NEVER_IMPORTED, "changed_at": self._now}
            statement = self._insert(faq).values(id=faq_id, **values)
            # Another transaction may be adding an entry with the same number.
            added = await self._execute(statement.on_conflict_do_nothing(index_elements=["id"]))
            if added.rowcount:
                break
        await self._keep(faq_id, staff_id)
        return faq_id

    async def write(self, faq_id: str, staff_id: int | None, **values: Any) -> int:
        """Update an entry with *values*; return the number of its new version."""
        await self._execute(
            update(faq).where(faq.c.id == faq_id).values(**values, changed_at=self._now)
        )
        return await self._keep(faq_id, staff_id)

    async def _keep(self, faq_id: str, staff_id: int | None) -> int:
        """Insert the present state of an entry as its newest version; return its number."""
        query = select(faq.c.body, faq.c.retired).where(faq.c.id == faq_id)
        state = (await self._execute(query)).one()
        versions = select(func.max(faq_version.c.version)).where(faq_version.c.faq_id == faq_id)
        number = int((await self._execute(versions)).scalar_one() or 0) + 1
        await self._execute(
            insert(faq_version).values(
                faq_id=faq_id,
                version=number,
                body=state.body,
                retired=state.retired,
                staff_id=staff_id,
                at=self._now,
            )
        )
        return number

    async def versions(
        self, faq_id: str, limit: int, *, before: int | None = None
    ) -> list[FaqVersion]:
        """Return the newest versions of an entry, or those with a number below *before*."""
        query = _VERSION.query.where(faq_version.c.faq_id == faq_id)
        if before is not None:
            query = query.where(faq_version.c.version < before)
        newest = query.order_by(faq_version.c.version.desc()).limit(limit)
        return _VERSION.all(await self._execute(newest))

    async def version(self, faq_id: str, number: int) -> FaqVersion | None:
        """Return one version of an entry, or None."""
        found = await self.versions(faq_id, 1, before=number + 1)
        return found[0] if found and found[0].version == number else None

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

    async def counts_since(self, day: str) -> dict[str, FaqCounts]:
        """Return the counts of every entry since a local day (ISO), by id."""
        query = (
            select(
                faq_count.c.faq_id,
                func.sum(faq_count.c.shown),
                func.sum(faq_count.c.helped),
                func.sum(faq_count.c.asked_on),
            )
            .where(faq_count.c.day >= day)
            .group_by(faq_count.c.faq_id)
        )
        return {faq_id: FaqCounts(*numbers) for faq_id, *numbers in await self._execute(query)}
