"""Audiences in SQL: one statement counts and finds the participants of an audience."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, false, func, not_, or_, select

from bot.model.audience import And, Audience, Is, Not, Or, Saved
from bot.store.moment import When
from bot.store.participants import SHOWN_NAME
from bot.store.predicates import PREDICATES
from bot.store.repository import Repository, parts
from bot.store.tables import participant, participant_role, person

MOST_CONDITIONS = 20  # audiences in one statement


@dataclass(frozen=True, slots=True)
class Recipient:
    """A participant of an audience, with what is needed to plan a message."""

    participant_id: int
    person_id: int | None
    first_name: str
    language: str
    lane: str | None
    quiet_from: int | None
    quiet_until: int | None

    @property
    def own_quiet(self) -> tuple[int, int] | None:
        """Return the person's own quiet hours in minutes of the day, or None."""
        if self.quiet_from is None or self.quiet_until is None:
            return None
        return self.quiet_from, self.quiet_until


# The columns of a `Recipient`.
RECIPIENT = (
    participant.c.id,
    participant.c.person_id,
    SHOWN_NAME,
    func.coalesce(person.c.language, "da"),
    person.c.lane,
    person.c.quiet_from,
    person.c.quiet_until,
)


# The dates of a person that a reminder can be relative to; a role follows its prefix.
FIRST_CONTACT, ROLE_GIVEN = "first_contact", "role:"
ALL = participant.outerjoin(person, person.c.id == participant.c.person_id)
# Participants who left, and persons who blocked the bot, are in no audience.
REACHED = and_(
    participant.c.ended_at.is_(None),
    or_(participant.c.person_id.is_(None), person.c.reachable),
)


def condition(audience: Audience, when: When) -> ColumnElement[bool]:
    """Return the SQL of an audience as of a moment.

    Raise `KeyError` for an unknown predicate, and `ValueError` for a value that it cannot have.
    """
    match audience:
        case Is(what):
            return PREDICATES[what](audience, when)
        case And(parts):
            return and_(*(condition(part, when) for part in parts))
        case Or(parts):
            return or_(*(condition(part, when) for part in parts))
        case Not(part):
            return not_(condition(part, when))
        case Saved(_id, part):
            return condition(part, when)


def holds(audience: Audience, when: When) -> ColumnElement[bool]:
    """Return the SQL of a stored audience; one with a part that cannot be read is empty."""
    try:
        return condition(audience, when)
    except (KeyError, ValueError):
        return false()


class Audiences(Repository):
    """Counts and participants of audiences."""

    async def count(self, audience: Audience) -> int:
        """Return the number of participants."""
        query = select(func.count()).select_from(ALL).where(REACHED, self._holds(audience))
        return int((await self._execute(query)).scalar_one())

    async def some(self, audience: Audience, limit: int, *, after: int = 0) -> list[Recipient]:
        """Return at most *limit* participants with an id above *after*, in order of id."""
        query = self._recipients().where(self._holds(audience), participant.c.id > after)
        query = query.order_by(participant.c.id).limit(limit)
        return [Recipient(*row) for row in await self._execute(query)]

    async def dated(
        self,
        audience: Audience,
        since: str,
        between: tuple[datetime, datetime],
        limit: int,
        *,
        after: int = 0,
    ) -> list[tuple[Recipient, datetime]]:
        """Return participants whose own date *since* is in a span, in order of id, with the date.

        Raise `KeyError` for an unknown predicate of the audience.
        """
        query, date = self._recipients(), participant.c.created_at
        if since != FIRST_CONTACT:
            given = participant_role.alias()
            date = given.c.since
            query = query.where(
                given.c.participant_id == participant.c.id,
                given.c.role == since.removeprefix(ROLE_GIVEN),
                given.c.ended_at.is_(None),
            )
        query = query.add_columns(date).where(
            self._holds(audience),
            participant.c.id > after,
            date >= between[0],
            date <= between[1],
        )
        rows = await self._execute(query.order_by(participant.c.id).limit(limit))
        return [(Recipient(*row[:-1]), row[-1]) for row in rows]

    async def find(
        self, participant_id: int, *, although_blocked: bool = False
    ) -> Recipient | None:
        """Return one participant who can be reached, or None.

        With *although_blocked* a person who blocked the bot is returned too: messages to them
        become tasks to ring when they are due.
        """
        who = participant.c.ended_at.is_(None) if although_blocked else REACHED
        query = self._recipients(who).where(participant.c.id == participant_id)
        row = (await self._execute(query)).first()
        return Recipient(*row) if row is not None else None

    async def find_all(self, participant_ids: Collection[int]) -> dict[int, Recipient]:
        """Return some participants by id, also people who have blocked the bot."""
        query = self._recipients(participant.c.ended_at.is_(None))
        found: dict[int, Recipient] = {}
        for ids in parts(participant_ids):
            some = query.where(participant.c.id.in_(ids))
            found |= {row[0]: Recipient(*row) for row in await self._execute(some)}
        return found

    async def blocked(self, participant_ids: Collection[int]) -> set[int]:
        """Return those of some participants who have blocked the bot."""
        query = (
            select(participant.c.id)
            .select_from(ALL)
            .where(participant.c.id.in_(participant_ids), person.c.reachable.is_(False))
        )
        return {row[0] for row in await self._execute(query)}

    async def areas(self, participant_ids: Collection[int]) -> dict[int, str | None]:
        """Return the areas in which some people live, as far as they have said it."""
        query = select(participant.c.id, person.c.area).select_from(ALL)
        rows = await self._execute(query.where(participant.c.id.in_(participant_ids)))
        return {row[0]: row[1] for row in rows}

    async def contains(self, audience: Audience, participant_id: int) -> bool:
        """Return whether a participant is in an audience."""
        query = (
            select(participant.c.id)
            .select_from(ALL)
            .where(REACHED, self._holds(audience), participant.c.id == participant_id)
        )
        return (await self._execute(query)).first() is not None

    async def containing(
        self, audiences: Sequence[Audience], participant_id: int
    ) -> list[Audience]:
        """Return those of some audiences that a participant is in."""
        found: list[Audience] = []
        for first in range(0, len(audiences), MOST_CONDITIONS):
            some = audiences[first : first + MOST_CONDITIONS]
            query = select(*(self._holds(one).label(f"c{n}") for n, one in enumerate(some)))
            query = query.select_from(ALL).where(REACHED, participant.c.id == participant_id)
            row = (await self._execute(query)).first()
            found += [one for one, holds in zip(some, row or (), strict=False) if holds]
        return found

    def _holds(self, audience: Audience) -> ColumnElement[bool]:
        """Return the SQL of an audience as of now."""
        return holds(audience, self._when)

    @staticmethod
    def _recipients(who: ColumnElement[bool] = REACHED) -> Select[*tuple[object, ...]]:
        return select(*RECIPIENT).select_from(ALL).where(who)
