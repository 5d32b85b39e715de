"""Sign-in of staff: invitations, sessions and failed tries.

Times are real time, passed by the caller as *at*, since tests and the demo move the
town's clock. Tokens and cookies are stored only as hashes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, update

from bot.store.repository import Repository
from bot.store.row_mapper import RowMapper
from bot.store.tables import invitation, sign_in_try, staff, staff_session

TRIES_KEPT = timedelta(days=1)
INVITATIONS_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time link with which a member of the staff chooses a password."""

    id: int
    staff_id: int
    expires_at: datetime
    used_at: datetime | None


_INVITATION = RowMapper(Invitation, invitation)


class Invitations(Repository):
    """Links for choosing a password."""

    async def add(self, staff_id: int, token_hash: str, at: datetime, expires_at: datetime) -> None:
        """Insert a new link and invalidate older ones of the same member of the staff."""
        older = (invitation.c.staff_id == staff_id) & invitation.c.used_at.is_(None)
        await self._execute(update(invitation).where(older).values(used_at=at))
        await self._execute(
            insert(invitation).values(
                staff_id=staff_id, token_hash=token_hash, created_at=at, expires_at=expires_at
            )
        )

    async def live(self, token_hash: str, at: datetime) -> Invitation | None:
        """Return a link that is unused and not expired, or None."""
        query = _INVITATION.query.where(_live(token_hash, at))
        return _INVITATION.first(await self._execute(query))

    async def use(self, token_hash: str, at: datetime) -> int | None:
        """Mark a link as used; return its member of the staff, or None if it is not valid.

        Of two simultaneous calls, one gets None.
        """
        result = await self._execute(
            update(invitation)
            .where(_live(token_hash, at))
            .values(used_at=at)
            .returning(invitation.c.staff_id)
        )
        return result.scalar_one_or_none()

    async def withdraw(self, staff_id: int, at: datetime) -> None:
        """Invalidate all links of a member of the staff."""
        open_ = (invitation.c.staff_id == staff_id) & invitation.c.used_at.is_(None)
        await self._execute(update(invitation).where(open_).values(used_at=at))

    async def purge(self, limit: int) -> int:
        """Delete links that expired over `INVITATIONS_KEPT` (30 days) ago; return their number."""
        old = invitation.c.expires_at < self._now - INVITATIONS_KEPT
        return await self._delete_some(invitation, old, limit)


def _live(token_hash: str, at: datetime) -> ColumnElement[bool]:
    return (
        (invitation.c.token_hash == token_hash)
        & invitation.c.used_at.is_(None)
        & (invitation.c.expires_at > at)
    )


@dataclass(frozen=True, slots=True)
class SessionRow:
    """The session of a browser, signed in or not; *id* is the hash of its cookie."""

    id: str
    staff_id: int | None
    data: dict[str, Any]
    about: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


_SESSION = RowMapper(SessionRow, staff_session)


class Sessions(Repository):
    """Sessions of browsers."""

    async def get(self, session_id: str, at: datetime) -> SessionRow | None:
        """Return a session that has not expired, or None."""
        query = _SESSION.query.where(
            staff_session.c.id == session_id, staff_session.c.expires_at > at
        )
        return _SESSION.first(await self._execute(query))

    async def live(self, session_ids: Collection[str], at: datetime) -> set[str]:
        """Return those of several sessions that belong to active staff and have not expired."""
        query = (
            select(staff_session.c.id)
            .join(staff, staff.c.id == staff_session.c.staff_id)
            .where(staff_session.c.id.in_(session_ids), staff_session.c.expires_at > at)
            .where(staff.c.active)
        )
        return set((await self._execute(query)).scalars())

    async def of_staff(self, staff_id: int, at: datetime) -> list[SessionRow]:
        """Return the sessions of a member of the staff, the most recently seen first."""
        query = _SESSION.query.where(
            staff_session.c.staff_id == staff_id, staff_session.c.expires_at > at
        ).order_by(staff_session.c.seen_at.desc(), staff_session.c.id)
        return _SESSION.all(await self._execute(query))

    async def add(self, row: SessionRow) -> None:
        """Insert a session, or replace an expired one with the same cookie."""
        values = _SESSION.values(row)
        statement = self._insert(staff_session).values(values)
        await self._execute(
            statement.on_conflict_do_update(
                index_elements=["id"],
                set_=values,
                where=staff_session.c.expires_at <= row.created_at,
            )
        )

    async def save(self, session_id: str, data: dict[str, Any]) -> None:
        """Write a session's data; do nothing if the session was ended."""
        await self._execute(
            update(staff_session).where(staff_session.c.id == session_id).values(data=data)
        )

    async def seen(self, session_id: str, at: datetime, expires_at: datetime) -> None:
        """Record that a session is in use, and extend it."""
        await self._execute(
            update(staff_session)
            .where(staff_session.c.id == session_id)
            .values(seen_at=at, expires_at=expires_at)
        )

    async def end(self, session_id: str) -> int:
        """End one session; return the number of deleted rows, 0 or 1."""
        return await self._end(staff_session.c.id == session_id)

    async def end_of(self, staff_id: int, *, one: str | None = None, but: str | None = None) -> int:
        """End one member's sessions: all, only *one*, or all *but* one; return their number."""
        which = staff_session.c.staff_id == staff_id
        if one is not None:
            which &= staff_session.c.id == one
        if but is not None:
            which &= staff_session.c.id != but
        return await self._end(which)

    async def _end(self, which: ColumnElement[bool]) -> int:
        result = await self._execute(delete(staff_session).where(which))
        return int(result.rowcount)

    async def purge(self, limit: int) -> int:
        """Delete expired sessions; return their number."""
        return await self._delete_some(
            staff_session, staff_session.c.expires_at <= self._now, limit
        )


class SignInTries(Repository):
    """Sign-in tries that failed or are still being checked."""

    async def add(self, keys: Sequence[str], at: datetime) -> list[int]:
        """Insert a try under each of its keys; return the rows' ids."""
        return [await self._id_of(insert(sign_in_try).values(key=key, at=at)) for key in keys]

    async def newest(self, key: str, since: datetime, limit: int) -> list[datetime]:
        """Return the times of the tries of *key*, the newest first."""
        query = (
            select(sign_in_try.c.at)
            .where(sign_in_try.c.key == key, sign_in_try.c.at > since)
            .order_by(sign_in_try.c.at.desc())
            .limit(limit)
        )
        return [row.at for row in await self._execute(query)]

    async def forget(self, ids: Sequence[int]) -> None:
        """Delete tries that succeeded."""
        await self._execute(delete(sign_in_try).where(sign_in_try.c.id.in_(ids)))

    async def purge(self, limit: int) -> int:
        """Delete tries older than `TRIES_KEPT` (1 day); return their number."""
        return await self._delete_some(
            sign_in_try, sign_in_try.c.at < self._now - TRIES_KEPT, limit
        )
