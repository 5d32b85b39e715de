"""Audiences in SQL: one statement counts and finds the participants of an audience."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import (
    Column,
    ColumnElement,
    Select,
    Text,
    and_,
    cast,
    exists,
    func,
    not_,
    or_,
    select,
    true,
)

from bot.model.audience import (
    AREA,
    EVERYONE,
    FREE,
    GROUP,
    HELPED,
    INTEREST,
    LANGUAGE,
    PERSON,
    RESTED,
    ROLE,
    SHIFT,
    SKILL,
    TIME,
    VOLUNTEER,
    And,
    Audience,
    Is,
    Not,
    Or,
)
from bot.model.delivery import GOES_OUT
from bot.model.invitation import INVITATION
from bot.model.signup import COMES, WAS_THERE
from bot.store.participants import SHOWN_NAME, contains
from bot.store.repository import Repository
from bot.store.tables import (
    delivery,
    group_member,
    groups,
    participant,
    participant_role,
    person,
    profile,
    shift,
    signup,
)

MOST_CONDITIONS = 20  # audiences in one statement
Instant = datetime | ColumnElement[datetime]


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


def _has_role(value: str) -> ColumnElement[bool]:
    return exists().where(
        participant_role.c.participant_id == participant.c.id,
        participant_role.c.role == value,
        participant_role.c.ended_at.is_(None),
    )


def _is_member(value: str) -> ColumnElement[bool]:
    return exists().where(
        group_member.c.participant_id == participant.c.id,
        group_member.c.group_id == int(value),
        groups.c.id == group_member.c.group_id,
        groups.c.ended_at.is_(None),
    )


def _comes(value: str) -> ColumnElement[bool]:
    return exists().where(
        signup.c.participant_id == participant.c.id,
        signup.c.shift_id == int(value),
        signup.c.state.in_(COMES),
    )


def _has_volunteered(value: str) -> ColumnElement[bool]:
    own = [signup.c.participant_id == participant.c.id]
    if value:
        own.append(signup.c.created_at >= _midnight(value))
    return exists().where(*own)


def comes_elsewhere(begins_at: Instant, ends_at: Instant) -> ColumnElement[bool]:
    """Return the condition that a person comes to a shift within a span."""
    other = shift.alias("other_shift")
    return exists().where(
        signup.c.participant_id == participant.c.id,
        signup.c.state.in_(COMES),
        other.c.id == signup.c.shift_id,
        other.c.begins_at < ends_at,
        other.c.ends_at > begins_at,
    )


def _is_free(value: str) -> ColumnElement[bool]:
    wanted = shift.alias("wanted_shift")
    times = (wanted.c.begins_at, wanted.c.ends_at)
    begins_at, ends_at = (
        select(one).where(wanted.c.id == int(value)).scalar_subquery() for one in times
    )
    return ~comes_elsewhere(begins_at, ends_at)


def _has_helped(value: str) -> ColumnElement[bool]:
    by_agreement = and_(signup.c.shift_id.is_(None), signup.c.state.in_(COMES))
    return exists().where(
        signup.c.participant_id == participant.c.id,
        signup.c.opportunity_id == int(value),
        or_(signup.c.state.in_(WAS_THERE), by_agreement),
    )


def not_invited(since: datetime) -> ColumnElement[bool]:
    """Return the condition that a person got no invitation after a moment, and expects none."""
    # Not correlated: the database collects these once, not for each person.
    asked = select(delivery.c.participant_id).where(
        delivery.c.subject_kind == INVITATION,
        delivery.c.state.in_(GOES_OUT),
        delivery.c.planned_at > since,
    )
    return participant.c.id.not_in(asked)


def _has_rested(value: str) -> ColumnElement[bool]:
    return not_invited(_midnight(value))


def _midnight(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(), UTC)


def lists(column: Column[object], value: str) -> ColumnElement[bool]:
    """Return the condition that a JSON list of words has *value*, in any case."""
    return contains(cast(column, Text), json.dumps(value, ensure_ascii=False))


def _says(column: Column[object]) -> Callable[[str], ColumnElement[bool]]:
    """Return the predicate that a person's profile lists a value."""
    return lambda value: exists().where(
        profile.c.participant_id == participant.c.id, lists(column, value)
    )


def _has_time(value: str) -> ColumnElement[bool]:
    """Return the condition that a profile has a time, or any of a day or a part of the day."""
    begins, ends = "" if value.startswith("-") else '"', "" if value.endswith("-") else '"'
    return exists().where(
        profile.c.participant_id == participant.c.id,
        contains(cast(profile.c.times, Text), f"{begins}{value}{ends}"),
    )


# Every predicate; later features add theirs here and its words in `bot.model.audience_words`.
PREDICATES: Mapping[str, Callable[[str], ColumnElement[bool]]] = {
    EVERYONE: lambda _value: true(),
    PERSON: lambda value: participant.c.id == int(value),
    ROLE: _has_role,
    GROUP: _is_member,
    SHIFT: _comes,
    AREA: lambda value: person.c.area == value,
    # A participant outside the chat is told by phone, in Danish.
    LANGUAGE: lambda value: func.coalesce(person.c.language, "da") == value,
    VOLUNTEER: _has_volunteered,
    INTEREST: _says(profile.c.interests),
    SKILL: _says(profile.c.skills),
    TIME: _has_time,
    FREE: _is_free,
    HELPED: _has_helped,
    RESTED: _has_rested,
}
# The dates of a person that a reminder can be relative to; a role follows its prefix.
FIRST_CONTACT, ROLE_GIVEN = "first_contact", "role:"
ALL = participant.outerjoin(person, person.c.id == participant.c.person_id)
# Participants who left, and persons who blocked the bot, are in no audience.
REACHED = and_(
    participant.c.ended_at.is_(None),
    or_(participant.c.person_id.is_(None), person.c.reachable),
)


def condition(audience: Audience) -> ColumnElement[bool]:
    """Return the SQL of an audience.

    Raise `KeyError` for an unknown predicate, and `ValueError` for a value that it cannot have.
    """
    match audience:
        case Is(what, value):
            return PREDICATES[what](value)
        case And(parts):
            return and_(*(condition(part) for part in parts))
        case Or(parts):
            return or_(*(condition(part) for part in parts))
        case Not(part):
            # NULL, such as an area that is not known, is not the area.
            return not_(func.coalesce(condition(part), False))


class Audiences(Repository):
    """Counts and participants of audiences."""

    async def count(self, audience: Audience) -> int:
        """Return the number of participants."""
        query = select(func.count()).select_from(ALL).where(REACHED, condition(audience))
        return int((await self._execute(query)).scalar_one())

    async def some(self, audience: Audience, limit: int, *, after: int = 0) -> list[Recipient]:
        """Return at most *limit* participants with an id above *after*, in order of id."""
        query = self._recipients().where(condition(audience), participant.c.id > after)
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
            condition(audience), participant.c.id > after, date >= between[0], date <= between[1]
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
        rows = await self._execute(query.where(participant.c.id.in_(participant_ids)))
        return {row[0]: Recipient(*row) for row in rows}

    async def blocked(self, participant_ids: Collection[int]) -> set[int]:
        """Return those of some participants who have blocked the bot."""
        query = (
            select(participant.c.id)
            .select_from(ALL)
            .where(participant.c.id.in_(participant_ids), person.c.reachable.is_(False))
        )
        return {row[0] for row in await self._execute(query)}

    async def contains(self, audience: Audience, participant_id: int) -> bool:
        """Return whether a participant is in an audience."""
        query = (
            select(participant.c.id)
            .select_from(ALL)
            .where(REACHED, condition(audience), participant.c.id == participant_id)
        )
        return (await self._execute(query)).first() is not None

    async def containing(
        self, audiences: Sequence[Audience], participant_id: int
    ) -> list[Audience]:
        """Return those of some audiences that a participant is in."""
        found: list[Audience] = []
        for first in range(0, len(audiences), MOST_CONDITIONS):
            some = audiences[first : first + MOST_CONDITIONS]
            query = select(*(condition(one).label(f"c{n}") for n, one in enumerate(some)))
            query = query.select_from(ALL).where(REACHED, participant.c.id == participant_id)
            row = (await self._execute(query)).first()
            found += [one for one, holds in zip(some, row or (), strict=False) if holds]
        return found

    @staticmethod
    def _recipients(who: ColumnElement[bool] = REACHED) -> Select[*tuple[object, ...]]:
        return select(*RECIPIENT).select_from(ALL).where(who)
