"""The members of the staff."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import case, insert, select, update

from bot.model.staff import May, Role, Staff
from bot.store.repository import Repository
from bot.store.row_mapper import RowMapper
from bot.store.tables import staff

_STAFF = RowMapper(
    Staff,
    staff,
    has_password=staff.c.password_hash.is_not(None),
    # A role of an earlier version gives no permissions.
    role=case((staff.c.role.in_(list(Role)), staff.c.role), else_=Role.NONE),
)


def _written(whom: Staff) -> dict[str, Any]:
    """Return the values that store a member of the staff, without the password."""
    return {**_STAFF.values(whom, {"created_at"}), "role": whom.role}


class StaffRows(Repository):
    """Members of the staff. Only `password_hash` returns the hash of a password."""

    async def get(self, staff_id: int) -> Staff | None:
        """Return a member of the staff; None where there is none of that id."""
        return _STAFF.first(await self._execute(_STAFF.query.where(staff.c.id == staff_id)))

    async def by_username(self, username: str) -> Staff | None:
        """Return the member of the staff with *username*, or None."""
        return _STAFF.first(await self._execute(_STAFF.query.where(staff.c.username == username)))

    async def all(self) -> list[Staff]:
        """Return all staff by first name, disabled ones last."""
        order = (staff.c.active.desc(), staff.c.first_name, staff.c.id)
        return _STAFF.all(await self._execute(_STAFF.query.order_by(*order)))

    async def add(self, new: Staff) -> int:
        """Insert a member of the staff; return the id."""
        return await self._id_of(insert(staff).values(**_written(new), created_at=self._now))

    async def save(self, changed: Staff) -> None:
        """Update a member of the staff, without the password."""
        await self._write(changed.id, **_written(changed))

    async def password_hash(self, staff_id: int) -> str | None:
        """Return the hash of a password; None where no password was chosen."""
        query = select(staff.c.password_hash).where(staff.c.id == staff_id)
        return (await self._execute(query)).scalar_one_or_none()

    async def set_password(self, staff_id: int, password_hash: str | None) -> None:
        """Store the hash of a password; None deletes it."""
        await self._write(staff_id, password_hash=password_hash)

    async def _write(self, staff_id: int, **values: Any) -> None:
        await self._execute(update(staff).where(staff.c.id == staff_id).values(**values))

    async def answering_for(self, theme: str) -> list[Staff]:
        """Return the active staff responsible for *theme*, by id.

        A town has few staff, so they are filtered in Python, which works the same on
        both databases.
        """
        return [one for one in await self._active() if theme in one.themes]

    async def by_mail(self, staff_ids: Collection[int]) -> list[Staff]:
        """Return the active staff among *staff_ids* who want e-mail about alerts."""
        return await self._active(staff.c.id.in_(staff_ids), staff.c.mail_address.is_not(None))

    async def leaders(self, unit: str) -> list[Staff]:
        """Return the leaders of *unit*, or all leaders if it has none, so that no alert is lost."""
        leading = [one for one in await self._active() if one.may(May.OVERRIDE)]
        return [one for one in leading if one.unit == unit] or leading

    async def holders(self, what: May) -> list[Staff]:
        """Return the active staff who may do *what*, by id."""
        return [one for one in await self._active() if one.may(what)]

    async def heads(self) -> list[Staff]:
        """Return the heads of department."""
        return await self._active(staff.c.head)

    async def admins(self) -> list[Staff]:
        """Return and lock the active admins with a password, who can manage the staff."""
        query = _STAFF.query.where(
            staff.c.active, staff.c.role == Role.ADMIN, staff.c.password_hash.is_not(None)
        )
        rows = await self._execute(query.order_by(staff.c.id).with_for_update())
        return _STAFF.all(rows)

    async def _active(self, *conditions: Any) -> list[Staff]:
        query = _STAFF.query.where(staff.c.active, *conditions).order_by(staff.c.id)
        return _STAFF.all(await self._execute(query))
