"""Events: an append-only record of every act, sealed in a hash chain."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, or_, select

from bot.json_text import digest_of
from bot.store.repository import Repository
from bot.store.row_mapper import RowMapper
from bot.store.tables import event, seal

# Ids to search back: an event may be committed after a younger one was sealed.
LOOK_BACK = 10_000
READ = "read"
LOOKING = frozenset({READ, "exported"})  # verbs that do not change a case
CLOCK, CITIZEN, OPERATOR = "clock", "citizen", "operator"
CONTACT = "contact"  # of an opportunity, in the chat


@dataclass(frozen=True, slots=True)
class Event:
    """One event. *actor* is staff:<id>, citizen, clock or operator."""

    id: int
    at: datetime
    actor: str
    verb: str
    case_id: int | None = None
    from_state: str | None = None
    to_state: str | None = None
    reason: str | None = None
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A seal and its event; None where the event is gone."""

    id: int
    event_id: int
    hash: str
    event: Event | None


_EVENT = RowMapper(Event, event)
_UNSEALED = (
    _EVENT.query.where(event.c.id > bindparam("after"))
    .where(~select(seal.c.id).where(seal.c.event_id == event.c.id).exists())
    .order_by(event.c.id)
    .limit(bindparam("most"))
)


def by_staff(staff_id: int) -> str:
    """Return the actor's name for a member of the staff."""
    return f"staff:{staff_id}"


class Events(Repository):
    """The events: act, actor and time."""

    async def add(
        self,
        actor: str,
        verb: str,
        *,
        case_id: int | None = None,
        moved: tuple[str | None, str | None] = (None, None),
        reason: str | None = None,
        **details: Any,
    ) -> int:
        """Insert an event and return its id; *moved* is the case's state before and after."""
        self._transaction.wake("events")
        return await self._id_of(
            insert(event).values(
                at=self._now,
                actor=actor,
                verb=verb,
                case_id=case_id,
                from_state=moved[0],
                to_state=moved[1],
                reason=reason,
                details=details,
            )
        )

    async def of_case(self, case_id: int) -> list[Event]:
        """Return the events of a case, the oldest first."""
        query = _EVENT.query.where(event.c.case_id == case_id).order_by(event.c.id)
        return _EVENT.all(await self._execute(query))

    async def newest(
        self,
        limit: int,
        *,
        before: int | None = None,
        case_id: int | None = None,
        actor: str | None = None,
        verb: str | None = None,
    ) -> list[Event]:
        """Return the newest events below id *before*, filtered by case, actor or verb."""
        query = _EVENT.query.order_by(event.c.id.desc()).limit(limit)
        if before is not None:
            query = query.where(event.c.id < before)
        if case_id is not None:
            query = query.where(event.c.case_id == case_id)
        if actor is not None:
            query = query.where(event.c.actor == actor)
        if verb is not None:
            query = query.where(event.c.verb == verb)
        return _EVENT.all(await self._execute(query))

    async def has_read(self, case_id: int, actor: str, since: datetime) -> bool:
        """Return whether *actor* has read a case since a moment."""
        query = select(event.c.id).where(
            event.c.case_id == case_id,
            event.c.actor == actor,
            event.c.verb == READ,
            event.c.at >= since,
        )
        return (await self._execute(query.limit(1))).first() is not None

    async def last_id(self) -> int:
        """Return the newest event's id; 0 where there is none."""
        return int((await self._execute(select(func.max(event.c.id)))).scalar_one() or 0)

    async def last_of(self, case_id: int) -> int:
        """Return the newest event's id of a case; 0 where there is none."""
        query = select(func.max(event.c.id)).where(event.c.case_id == case_id)
        return int((await self._execute(query)).scalar_one() or 0)

    async def touching(self, after: int) -> dict[int, tuple[str, int]]:
        """Return what the events after *after* are about, by event id: a case or a broadcast."""
        about = event.c.details["broadcast"].as_integer()
        query = select(event.c.id, event.c.case_id, about.label("broadcast")).where(
            event.c.id > after, or_(event.c.case_id.is_not(None), about.is_not(None))
        )
        return {
            row.id: ("broadcast", row.broadcast) if row.case_id is None else ("case", row.case_id)
            for row in await self._execute(query)
        }

    async def cases_changed_since(self, event_id: int) -> tuple[int, list[int]]:
        """Return the newest event's id, and the ids of the cases changed since *event_id*.

        Reading and exporting do not count as changes. The search starts `LOOK_BACK` ids
        earlier, since an event may be committed after a younger one; so two calls may return
        the same case.
        """
        last = await self.last_id()
        query = (
            select(event.c.case_id)
            .where(event.c.id > max(0, event_id - LOOK_BACK), event.c.id <= last)
            .where(event.c.case_id.is_not(None), event.c.verb.not_in(sorted(LOOKING)))
            .distinct()
            .order_by(event.c.case_id)
        )
        return last, list((await self._execute(query)).scalars())

    async def seal(self, limit: int = 500) -> int:
        """Seal up to *limit* unsealed events; return their number. Only one caller at a time."""
        last = (
            await self._execute(select(seal.c.event_id, seal.c.hash).order_by(seal.c.id.desc()))
        ).first()
        after = max(0, (last.event_id if last else 0) - LOOK_BACK)
        found = await self._execute(_UNSEALED, {"after": after, "most": limit})
        unsealed = _EVENT.all(found)
        chained = last.hash if last else ""
        for one in unsealed:
            chained = hash_of(one, chained)
            await self._execute(insert(seal).values(event_id=one.id, hash=chained))
        return len(unsealed)

    async def sealed_after(self, seal_id: int, limit: int) -> list[Sealed]:
        """Return the seals after *seal_id* in order, with the present state of their events."""
        query = (
            select(seal.c.id, seal.c.event_id, seal.c.hash, *_EVENT.columns)
            .select_from(seal.outerjoin(event, event.c.id == seal.c.event_id))
            .where(seal.c.id > seal_id)
            .order_by(seal.c.id)
            .limit(limit)
        )
        return [
            Sealed(row[0], row[1], row[2], _EVENT.read(row[3:]) if row[3] is not None else None)
            for row in await self._execute(query)
        ]

    async def seal_hash(self, seal_id: int) -> str | None:
        """Return the hash of one seal; None where it is gone."""
        query = select(seal.c.hash).where(seal.c.id == seal_id)
        return (await self._execute(query)).scalar_one_or_none()


def hash_of(done: Event, before: str) -> str:
    """Return the hash that seals an event, based on the hash *before* it."""
    said = [
        *(before, done.id, done.at.isoformat(), done.actor, done.verb, done.case_id),
        *(done.from_state, done.to_state, done.reason, done.details),
    ]
    return digest_of(said)
