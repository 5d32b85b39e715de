"""The stances of participants towards a topic, counted in one statement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    and_,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
)
from sqlalchemy import case as sql_case

from bot.model.audience import Audience
from bot.model.delivery import AFTER_NO_PROMO, ALL_TOPICS, DeliveryState, MessageClass
from bot.model.stance import FOREVER, Stance
from bot.store.audiences import holds
from bot.store.predicates import consents_to
from bot.store.repository import Repository, parts
from bot.store.tables import cases, delivery, mute, participant, person
from bot.store.types import UtcDateTime

PLANNED = delivery.c.state == DeliveryState.PLANNED
_PAUSE, _MUTED = mute.alias("pause"), mute.alias("muted")
_PERSONS = participant.outerjoin(person, person.c.id == participant.c.person_id)
Waiting = tuple[str, int, datetime, MessageClass]  # subject, planned time and class


class Stances(Repository):
    """The stances of participants."""

    async def of_audience(self, audience: Audience, topic: str) -> Mapping[Stance, int]:
        """Return the number of an audience's participants by stance, also who blocked the chat."""
        return await self.where(holds(audience, self._when), topic)

    async def where(self, holds: ColumnElement[bool], topic: str) -> Mapping[Stance, int]:
        """Return the number of participants that meet a condition, by stance."""
        return Counter({stance: number for stance, _more, number in await self.alike(holds, topic)})

    async def alike(
        self, holds: ColumnElement[bool], topic: str, more: Sequence[ColumnElement[Any]] = ()
    ) -> list[tuple[Stance, Sequence[Any], int]]:
        """Return the participants that meet a condition by stance and *more*, with their number."""
        columns = columns_of(self._now, literal(topic))
        named = [column.label(f"more_{place}") for place, column in enumerate(more)]
        query = select(*columns, *named).select_from(joined(literal(topic)))
        each = query.where(participant.c.ended_at.is_(None), holds).subquery()
        counted = select(*each.c, func.count()).group_by(*each.c)
        first = len(columns)
        return [
            (stance_of(row[:first]), row[first:-1], int(row[-1]))
            for row in await self._execute(counted)
        ]

    async def of_participants(
        self, participant_ids: Collection[int], topic: str
    ) -> Mapping[int, Stance]:
        """Return the stances of participants who have not left."""
        found: dict[int, Stance] = {}
        columns = columns_of(self._now, literal(topic))
        for ids in parts(participant_ids):
            query = select(participant.c.id, *columns).select_from(joined(literal(topic)))
            query = query.where(participant.c.ended_at.is_(None), participant.c.id.in_(ids))
            for key, *values in await self._execute(query):
                found[key] = stance_of(values)
        return found

    async def waiting(
        self, first: datetime, last: datetime
    ) -> Mapping[Waiting, Mapping[Stance, int]]:
        """Return the number of planned deliveries of a span, by subject, time and stance."""
        what = (
            delivery.c.subject_kind,
            delivery.c.subject_id,
            delivery.c.planned_at,
            delivery.c.message_class,
        )
        query = select(*what, *columns_of(self._now, delivery.c.topic)).select_from(
            joined(delivery.c.topic, delivery)
        )
        query = query.where(PLANNED, delivery.c.planned_at >= first, delivery.c.planned_at < last)
        each = query.subquery()
        counted = select(*each.c, func.count()).group_by(*each.c)
        found: dict[Waiting, Counter[Stance]] = {}
        for kind, subject_id, at, attention, *columns, number in await self._execute(counted):
            key = (kind, subject_id, at, MessageClass(attention))
            found.setdefault(key, Counter())[stance_of(columns)] += number
        return found


def columns_of(now: datetime, topic: ColumnElement[str]) -> list[ColumnElement[Any]]:
    """Return the columns of a stance towards *topic*, in the order of `Stance`."""
    barred = exists().where(
        cases.c.person_id == person.c.id,
        cases.c.no_promo,
        or_(cases.c.closed_at.is_(None), cases.c.closed_at > now - AFTER_NO_PROMO),
    )
    return [
        participant.c.person_id.is_not(None).label("in_chat"),
        func.coalesce(person.c.reachable, True).label("reachable"),
        _until(_PAUSE).label("paused_until"),
        _until(_MUTED).label("muted_until"),
        consents_to(topic).label("consents"),
        barred.label("barred"),
    ]


def turned_off(now: datetime, topic: str) -> ColumnElement[bool]:
    """Return the condition that a person takes a break, or has muted a topic."""
    return exists().where(
        mute.c.person_id == person.c.id,
        mute.c.topic.in_((ALL_TOPICS, topic)),
        or_(mute.c.until.is_(None), mute.c.until > now),
    )


def joined(topic: ColumnElement[str], ledger: FromClause | None = None) -> FromClause:
    """Return participants with their pause and their mute of *topic*, if any."""
    found: FromClause = _PERSONS
    if ledger is not None:
        found = ledger.join(participant, participant.c.id == delivery.c.participant_id)
        found = found.outerjoin(person, person.c.id == participant.c.person_id)
    for alias, which in ((_PAUSE, literal(ALL_TOPICS)), (_MUTED, topic)):
        is_theirs = and_(alias.c.person_id == person.c.id, alias.c.topic == which)
        found = found.outerjoin(alias, is_theirs)
    return found


def _until(alias: Any) -> ColumnElement[datetime]:
    """Return until when something is turned off; NULL where it is not."""
    ends = func.coalesce(alias.c.until, literal(FOREVER, UtcDateTime()))
    return type_coerce(sql_case((alias.c.person_id.is_(None), null()), else_=ends), UtcDateTime())


def stance_of(values: Collection[Any]) -> Stance:
    """Return the stance of the values of `columns_of`."""
    in_chat, reachable, paused_until, muted_until, consents, barred = values
    return Stance(
        bool(in_chat), bool(reachable), paused_until, muted_until, bool(consents), bool(barred)
    )
