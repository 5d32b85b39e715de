"""Participants who get many messages on one day, found by a statement of limited depth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, not_, or_, select
from sqlalchemy.sql.elements import Grouping

from bot.model.audience import GROUP, Audience, Is
from bot.model.delivery import ALL_TOPICS, GOES_OUT, MessageClass
from bot.store.audiences import ALL, REACHED, holds
from bot.store.moment import When
from bot.store.participants import SHOWN_NAME
from bot.store.predicates import agrees_to, consents_to
from bot.store.repository import Repository
from bot.store.tables import delivery, group_member, groups, mute, participant, person


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is to get a message; with *news* only people with a consent to that topic."""

    audience: Audience
    news: str | None = None


class Crowds(Repository):
    """Participants with many messages."""

    async def of_day(
        self,
        wanted: Mapping[Wanted, int],
        span: tuple[datetime, datetime],
        *,
        least: int,
        limit: int,
    ) -> list[tuple[int, str, int]]:
        """Return participants with *least* or more messages in a span: id, name, number.

        *wanted* have the number of messages that are not planned yet; planned and sent
        deliveries are added. People with a pause until the end of the span are left out.
        """
        planned = select(func.count()).where(
            delivery.c.participant_id == participant.c.id,
            delivery.c.planned_at >= span[0],
            delivery.c.planned_at < span[1],
            delivery.c.state.in_(GOES_OUT),
            or_(
                delivery.c.message_class != MessageClass.NEWS,
                consents_to(delivery.c.topic),
            ),
        )
        number = _sum(
            [planned.scalar_subquery(), *_of_groups(wanted), *_of_others(wanted, self._when)]
        )
        pauses = exists().where(
            mute.c.person_id == person.c.id,
            mute.c.topic == ALL_TOPICS,
            or_(mute.c.until.is_(None), mute.c.until >= span[1]),
        )
        query = select(participant.c.id, SHOWN_NAME, number.label("number")).select_from(ALL)
        query = query.where(REACHED, not_(pauses), number >= least)
        query = query.order_by(number.desc(), participant.c.id).limit(limit)
        return [tuple(row) for row in await self._execute(query)]


def _group_of(one: Wanted) -> int | None:
    """Return the group whose members get a message; None for another audience, or news."""
    match one:
        case Wanted(Is(what, value), None) if what == GROUP:
            return int(value)
        case _:
            return None


def _of_groups(wanted: Mapping[Wanted, int]) -> list[ColumnElement[int]]:
    """Return the numbers of messages to a participant's groups, however many groups there are."""
    by_times: dict[int, list[int]] = {}
    for one, times in wanted.items():
        group = _group_of(one)
        if group is not None:
            by_times.setdefault(times, []).append(group)
    return [
        times
        * select(func.count())
        .where(
            group_member.c.participant_id == participant.c.id,
            group_member.c.group_id == groups.c.id,
            groups.c.ended_at.is_(None),
            groups.c.id.in_(ids),
        )
        .scalar_subquery()
        for times, ids in by_times.items()
    ]


def _of_others(wanted: Mapping[Wanted, int], when: When) -> list[ColumnElement[Any]]:
    """Return the numbers of messages to each other audience."""
    found: list[ColumnElement[Any]] = []
    for one, times in wanted.items():
        if _group_of(one) is None:
            gets = holds(one.audience, when)
            if one.news is not None:
                gets = and_(gets, agrees_to(one.news))
            found.append(case((gets, times), else_=0))
    return found


def _sum(numbers: Sequence[ColumnElement[int]]) -> ColumnElement[int]:
    """Return a sum in pairs, since databases limit how deep an expression is."""
    if len(numbers) == 1:
        return numbers[0]
    half = len(numbers) // 2
    return Grouping(_sum(numbers[:half]) + _sum(numbers[half:]))
