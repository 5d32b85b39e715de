"""Citizens, their consents and their wishes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import String, bindparam, insert, select, update

from bot.model.person import Person
from bot.store.dialects import Each
from bot.store.repository import Repository
from bot.store.row_mapper import RowMapper
from bot.store.tables import consent, person, wish
from bot.store.transaction import Transaction

_PERSON = RowMapper(Person, person)
# Columns that `save` does not write: they are written once, or by other methods.
_NOT_SAVED = frozenset(
    {"lane", "chat_id", "first_name", "notice_at", "notice_version", "reachable"}
)
_BY_LANE = _PERSON.query.where(person.c.lane == bindparam("of"))
_BY_ID = _PERSON.query.where(person.c.id == bindparam("of"))
_BY_LANES = Each(
    lambda dialect: _PERSON.query.where(dialect.among(person.c.lane, "lanes", String()))
)
_SAVE = update(person).where(person.c.id == bindparam("of"))


class People(Repository):
    """Citizens, cached for the lanes given to `expect`."""

    def __init__(self, transaction: Transaction) -> None:
        """Work in *transaction*."""
        super().__init__(transaction)
        self._of_lane: dict[str, Person | None] = {}  # only lanes given to `expect`
        self._of_id: dict[int, Person] = {}
        self._lanes: dict[int, str] = {}

    async def expect(self, lanes: Collection[str]) -> list[Person]:
        """Read the citizens of *lanes* in one query for later reads; return the known ones."""
        found = await self._execute(_BY_LANES, {"lanes": list(lanes)})
        self._of_lane |= dict.fromkeys(lanes)
        for known in _PERSON.all(found):
            self._keep(known)
        return [one for lane in lanes if (one := self._of_lane[lane]) is not None]

    def _keep(self, known: Person) -> None:
        """Cache the present state of a citizen if the lane was expected."""
        if known.lane in self._of_lane:
            self._of_lane[known.lane] = self._of_id[known.id] = known

    async def by_lane(self, lane: str) -> Person | None:
        """Return the citizen of a lane, or None."""
        if lane in self._of_lane:
            return self._of_lane[lane]
        return _PERSON.first(await self._execute(_BY_LANE, {"of": lane}))

    async def get(self, person_id: int) -> Person:
        """Return a citizen; raise `NoResultFound` where there is none of that id."""
        if person_id in self._of_id:
            return self._of_id[person_id]
        return _PERSON.read((await self._execute(_BY_ID, {"of": person_id})).one())

    async def lane(self, person_id: int) -> str:
        """Return a citizen's lane; it never changes, so it is read once per unit."""
        if person_id not in self._lanes:
            self._lanes[person_id] = (await self.get(person_id)).lane
        return self._lanes[person_id]

    async def add(self, new: Person) -> Person:
        """Insert a new citizen; return it with its id."""
        values = {**_PERSON.values(new), "created_at": self._now}
        made = await self._id_of(insert(person).values(values))
        known = replace(new, id=made)
        self._keep(known)
        return known

    async def save(self, changed: Person) -> None:
        """Write a citizen's choices and the buttons shown last; `reach` writes *reachable*."""
        values = _PERSON.values(changed, but=_NOT_SAVED)
        await self._later(_SAVE, ("person", changed.id), {"of": changed.id, **values})
        self._keep(changed)

    async def reach(self, person_id: int, *, reachable: bool) -> None:
        """Record whether the citizen can be reached."""
        await self._execute(
            update(person).where(person.c.id == person_id).values(reachable=reachable)
        )
        if person_id in self._of_id:
            self._keep(replace(self._of_id[person_id], reachable=reachable))

    async def unreachable(self, lane: str) -> int | None:
        """Record that Telegram refused to deliver to a lane.

        Return the id of the citizen; None where they could not be reached before.
        """
        changed = update(person).where(person.c.lane == lane, person.c.reachable)
        found = await self._execute(changed.values(reachable=False).returning(person.c.id))
        return found.scalar_one_or_none()


class Consents(Repository):
    """Consents of citizens; a row changes only once, to record its withdrawal."""

    async def live(self, person_id: int) -> dict[str, datetime]:
        """Return the purposes of a citizen's live consents, with the times they were given."""
        query = select(consent.c.purpose, consent.c.given_at).where(
            consent.c.person_id == person_id, consent.c.withdrawn_at.is_(None)
        )
        return {row.purpose: row.given_at for row in await self._execute(query)}

    async def give(self, person_id: int, purpose: str, text_version: int, language: str) -> None:
        """Record a consent; keep an existing one unchanged."""
        if purpose in await self.live(person_id):
            return
        await self._execute(
            insert(consent).values(
                person_id=person_id,
                purpose=purpose,
                text_version=text_version,
                language=language,
                given_at=self._now,
            )
        )

    async def withdraw(self, person_id: int, purpose: str | None) -> int:
        """Withdraw a consent, or all consents to news without a *purpose*; return their number."""
        which = (
            consent.c.purpose.like("news:%") if purpose is None else consent.c.purpose == purpose
        )
        result = await self._execute(
            update(consent)
            .where(consent.c.person_id == person_id, consent.c.withdrawn_at.is_(None), which)
            .values(withdrawn_at=self._now)
        )
        return int(result.rowcount)


class Wishes(Repository):
    """Citizens who want a message when an announced service opens."""

    async def add(self, person_id: int, intent: str) -> bool:
        """Record a wish; return whether it is new."""
        statement = self._insert(wish).values(person_id=person_id, intent=intent, at=self._now)
        result = await self._execute(
            statement.on_conflict_do_nothing(index_elements=[wish.c.person_id, wish.c.intent])
        )
        return bool(result.rowcount)

    async def waiting(self, intent: str) -> list[int]:
        """Return the ids of citizens who wait for a service and have had no message."""
        query = select(wish.c.person_id).where(wish.c.intent == intent, wish.c.told_at.is_(None))
        return [row.person_id for row in await self._execute(query.order_by(wish.c.id))]

    async def told(self, person_id: int, intent: str) -> None:
        """Record that the citizen has had the message."""
        mine = (wish.c.person_id == person_id) & (wish.c.intent == intent)
        await self._execute(update(wish).where(mine).values(told_at=self._now))
