"""Broadcasts, saved audiences and polls; their recipients are rows of the delivery ledger."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    text,
    update,
)

from bot.model.audience import Audience
from bot.model.broadcast import BROADCAST, WRITABLE, Broadcast, BroadcastState
from bot.model.delivery import ARRIVED, Delivery, DeliveryState, MessageClass, Reason
from bot.model.stance import Stance
from bot.store import broadcast_statements as statements
from bot.store.audiences import ALL, RECIPIENT, Recipient, holds
from bot.store.broadcast_statements import in_case, planned, unless_doubted, wants_it_still
from bot.store.by_id import ById
from bot.store.participants import contains
from bot.store.predicates import agrees_to
from bot.store.row_mapper import RowMapper
from bot.store.stances import columns_of, joined, stance_of
from bot.store.tables import (
    broadcast,
    delivery,
    participant,
    person,
)

_BROADCAST = RowMapper(Broadcast, broadcast)
_DELIVERY = RowMapper(Delivery, delivery)
OCCASION = statements.OCCASION
SILENT_AFTER = timedelta(days=1)  # the earliest that a question is asked again


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery that is due, with what the rules need to know of its recipient.

    *news* are the messages of the class news that they got this week.
    """

    delivery: Delivery
    recipient: Recipient
    chat_id: int
    stance: Stance
    news: int
    is_in_case: bool
    has_earlier: bool


@dataclass(frozen=True, slots=True)
class Got:
    """A message that a person got, with the person."""

    delivery: Delivery
    recipient: Recipient
    chat_id: int


_RECIPIENTS = delivery.join(participant, participant.c.id == delivery.c.participant_id).join(
    person, person.c.id == participant.c.person_id
)


def _of(broadcast_id: int) -> ColumnElement[bool]:
    return and_(delivery.c.subject_kind == BROADCAST, delivery.c.subject_id == broadcast_id)


class Broadcasts(ById[Broadcast]):
    """Broadcasts and their recipients."""

    mapper, table = _BROADCAST, broadcast

    async def add_once(self, new: Broadcast, key: str) -> int:
        """Insert a draft of a form, once; return its id."""
        stamps = {"created_at": self._now, "changed_at": self._now, "form_key": key or None}
        statement = self._insert(broadcast).values({**_BROADCAST.values(new), **stamps})
        statement = statement.on_conflict_do_nothing(index_elements=["form_key"])
        row = (await self._execute(statement.returning(broadcast.c.id))).first()
        if row is not None:
            return int(row[0])
        known = select(broadcast.c.id).where(broadcast.c.form_key == key)
        return int((await self._execute(known)).scalar_one())

    async def drop(self, broadcast_id: int) -> bool:
        """Delete a draft; return False where it is none."""
        which = (broadcast.c.id == broadcast_id) & broadcast.c.state.in_(WRITABLE)
        return bool((await self._execute(delete(broadcast).where(which))).rowcount)

    async def listed(
        self,
        states: Collection[BroadcastState],
        limit: int,
        *,
        before: int | None = None,
        words: str = "",
        topic: str = "",
    ) -> list[Broadcast]:
        """Return the newest broadcasts in *states*, by words and topic."""
        query = _BROADCAST.query.where(broadcast.c.state.in_(states))
        if before is not None:
            query = query.where(broadcast.c.id < before)
        if words:
            query = query.where(contains(broadcast.c.title, words))
        if topic:
            query = query.where(broadcast.c.topic == topic)
        query = query.order_by(broadcast.c.id.desc()).limit(limit)
        return _BROADCAST.all(await self._execute(query))

    async def waiting_for(self, staff_id: int) -> int:
        """Return how many broadcasts wait for an approval that a leader may give."""
        query = select(func.count()).where(
            broadcast.c.state == BroadcastState.IN_REVIEW, broadcast.c.staff_id != staff_id
        )
        return int((await self._execute(query)).scalar_one())

    async def newest_of_topic(self, topic: str, at: datetime) -> Broadcast | None:
        """Return the newest broadcast of a topic that may still be sent *at* a moment, or None.

        It welcomes who says yes to the topic.
        """
        query = _BROADCAST.query.where(
            broadcast.c.topic == topic,
            broadcast.c.welcomes,
            broadcast.c.state.in_((BroadcastState.SENT, BroadcastState.SENDING)),
            broadcast.c.began_at.is_not(None),  # no series, but its occurrences
            ~broadcast.c.is_warning,
            or_(broadcast.c.expires_at.is_(None), broadcast.c.expires_at >= at),
        )
        return _BROADCAST.first(
            await self._execute(query.order_by(broadcast.c.began_at.desc()).limit(1))
        )

    # -- the audience ------------------------------------------------------

    async def count(self, audience: Audience, topic: str) -> int:
        """Return how many people with a consent to the topic an audience has."""
        query = select(func.count()).select_from(ALL).where(*self._audience(audience, topic))
        return int((await self._execute(query)).scalar_one())

    async def sample(self, audience: Audience, topic: str, limit: int) -> list[Recipient]:
        """Return some people of an audience with a consent to the topic."""
        query = select(*RECIPIENT).select_from(ALL).where(*self._audience(audience, topic))
        query = query.order_by(participant.c.id).limit(limit)
        return [Recipient(*row) for row in await self._execute(query)]

    def _audience(
        self, audience: Audience, topic: str, at: datetime | None = None
    ) -> Sequence[ColumnElement[bool]]:
        """Return the conditions of the people who may get a broadcast: they are in the chat.

        Its periods are those of the moment *at*, the beginning of a broadcast that has begun. A
        consent that was given later adds no one.
        """
        when = self._when if at is None else replace(self._when, now=at)
        return (
            participant.c.ended_at.is_(None),
            participant.c.person_id.is_not(None),
            agrees_to(topic, at),
            holds(audience, when),
        )

    async def expand(
        self, known: Broadcast, audience: Audience, limit: int, at: Sequence[datetime]
    ) -> tuple[int, int | None]:
        """Plan deliveries to the next *limit* people of the audience, spread over the times *at*.

        Return their number, and the last participant; None where the audience is complete. Only
        people who were there when the broadcast began are in it. The database writes the rows, so
        that the memory is the same for any audience.
        """
        conditions = (
            *self._audience(audience, known.topic, known.began_at),
            participant.c.created_at <= known.began_at,
            participant.c.id > (known.expanded_to or 0),
        )
        if self._transaction.dialect == "postgresql":
            # A plan for any part of all people reads the consents of all: five times as slow.
            await self._execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
        some = select(participant.c.id).select_from(ALL).where(*conditions)
        some = some.order_by(participant.c.id).limit(limit)
        each = some.subquery()
        counted = select(func.count(), func.max(each.c.id))
        number, last = (await self._execute(counted)).one()
        if not number:
            return 0, None
        rows = select(*planned(known, at)).select_from(ALL)
        rows = rows.where(*conditions, participant.c.id <= last)
        columns = [column.name for column in rows.selected_columns]
        statement = self._insert(delivery).from_select(columns, rows)
        made = await self._execute(statement.on_conflict_do_nothing())
        return int(made.rowcount), last if number == limit else None

    # -- sending -----------------------------------------------------------

    async def due(self, known: Broadcast, week: tuple[datetime, datetime], limit: int) -> list[Due]:
        """Return and hold the next deliveries that are due, in order, with their recipients."""
        other = delivery.alias("other")
        news = (
            select(func.count(func.distinct(func.coalesce(other.c.message_id, -other.c.id))))
            .where(
                other.c.participant_id == delivery.c.participant_id,
                other.c.message_class == MessageClass.NEWS,
                other.c.state.in_(ARRIVED),
                other.c.sent_at >= week[0],
                other.c.sent_at < week[1],
            )
            .correlate(delivery)
            .scalar_subquery()
        )
        earlier = delivery.alias("earlier")
        has_earlier: ColumnElement[Any] = exists().where(
            earlier.c.participant_id == delivery.c.participant_id,
            earlier.c.subject_kind == BROADCAST,
            earlier.c.subject_id.in_(list(known.excludes) or [0]),
            earlier.c.state.in_(ARRIVED),
        )
        stance = columns_of(self._now, literal(known.topic))
        # First the rows, by the index alone: what is known of their recipients is read for them.
        first = (
            select(delivery.c.id)
            .where(
                _of(known.id),
                delivery.c.occasion == OCCASION,
                delivery.c.state == DeliveryState.PLANNED,
                delivery.c.planned_at <= self._now,
            )
            .order_by(delivery.c.planned_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        ids = [row.id for row in await self._execute(first)]
        columns = (*_DELIVERY.columns, *RECIPIENT, person.c.chat_id, *stance)
        query = (
            select(*columns, news, in_case(self._now), has_earlier)
            .select_from(joined(literal(known.topic), delivery))
            .where(delivery.c.id.in_(ids))
            .order_by(delivery.c.id)
        )
        return [_due(row) for row in await self._execute(query)] if ids else []

    async def next_planned(self, broadcast_id: int) -> datetime | None:
        """Return when the next delivery of a broadcast is due, or None."""
        query = select(func.min(delivery.c.planned_at, type_=delivery.c.planned_at.type)).where(
            _of(broadcast_id),
            delivery.c.occasion == OCCASION,
            delivery.c.state == DeliveryState.PLANNED,
        )
        found: datetime | None = (await self._execute(query)).scalar_one()
        return found

    async def end(self, ended: Sequence[tuple[int, DeliveryState, Reason]]) -> None:
        """Record deliveries that are not sent, with the reason of each."""
        by_outcome: dict[tuple[DeliveryState, Reason], list[int]] = {}
        for delivery_id, state, reason in ended:
            by_outcome.setdefault((state, reason), []).append(delivery_id)
        for (state, reason), ids in by_outcome.items():
            statement = update(delivery).where(delivery.c.id.in_(ids))
            await self._execute(statement.values(state=state, reason=unless_doubted(reason)))

    async def move(self, moved: Mapping[datetime, Sequence[int]], reason: Reason) -> None:
        """Plan deliveries for another moment."""
        for at, ids in moved.items():
            statement = update(delivery).where(delivery.c.id.in_(ids))
            why = unless_doubted(reason, Reason.REPEATED)
            await self._execute(statement.values(planned_at=at, reason=why))

    async def queue(self, delivery_ids: Sequence[int], edition: int) -> None:
        """Record that messages are on their way, with the text of an edition."""
        values = {"state": DeliveryState.QUEUED, "sent_at": self._now, "version": edition}
        statement = update(delivery).where(delivery.c.id.in_(delivery_ids))
        why = unless_doubted(None, Reason.REPEATED)
        await self._execute(statement.values(reason=why, **values))

    async def cancel_rest(self, broadcast_id: int, reason: Reason) -> int:
        """End all deliveries that are not sent yet; return their number."""
        statement = update(delivery).where(
            _of(broadcast_id),
            delivery.c.occasion == OCCASION,
            delivery.c.state == DeliveryState.PLANNED,
        )
        values = {"state": DeliveryState.CANCELLED, "reason": unless_doubted(reason)}
        return int((await self._execute(statement.values(**values))).rowcount)

    async def plan_back(self, back: Mapping[int, bool]) -> None:
        """Plan deliveries again whose messages were taken back, perhaps after they were sent."""
        for is_doubted in (False, True):
            ids = [number for number, doubted in back.items() if doubted is is_doubted]
            statement = update(delivery).where(
                delivery.c.id.in_(ids), delivery.c.state == DeliveryState.QUEUED
            )
            values: dict[str, Any] = {"state": DeliveryState.PLANNED, "sent_at": None}
            if is_doubted:
                values["reason"] = Reason.REPEATED
            await self._execute(statement.values(**values))

    # -- corrections and reminders -----------------------------------------

    async def uncorrected(self, known: Broadcast, limit: int) -> list[Got]:
        """Return and hold sent messages that still have an earlier text."""
        return await self._got(known.id, limit, delivery.c.version < known.edition)

    async def silent(self, known: Broadcast, limit: int) -> list[Got]:
        """Return and hold sent questions that were not answered, and not asked again.

        Without people who no longer want such messages, who are writing with staff, or who got
        the question less than `SILENT_AFTER` ago.
        """
        is_old = delivery.c.sent_at <= self._now - SILENT_AFTER
        return await self._got(known.id, limit, and_(is_old, wants_it_still(self._now, known)))

    async def next_silent(self, known: Broadcast) -> datetime | None:
        """Return when the next person may be asked again who got a question lately, or None."""
        newest = func.min(delivery.c.sent_at, type_=delivery.c.sent_at.type)
        query = select(newest).where(
            _of(known.id),
            delivery.c.occasion == OCCASION,
            delivery.c.state == DeliveryState.SENT,
            delivery.c.sent_at > self._now - SILENT_AFTER,
            delivery.c.answered_at.is_(None),
            delivery.c.asked_again_at.is_(None),
        )
        found: datetime | None = (await self._execute(query)).scalar_one()
        return found + SILENT_AFTER if found is not None else None

    async def _got(self, broadcast_id: int, limit: int, which: ColumnElement[bool]) -> list[Got]:
        """Return and hold messages of a broadcast that reachable people got."""
        query = (
            select(*_DELIVERY.columns, *RECIPIENT, person.c.chat_id)
            .select_from(_RECIPIENTS)
            .where(
                _of(broadcast_id),
                delivery.c.occasion == OCCASION,
                delivery.c.state == DeliveryState.SENT,
                delivery.c.message_id.is_not(None),
                person.c.reachable,
                which,
            )
            .order_by(delivery.c.id)
            .limit(limit)
            .with_for_update(of=delivery, skip_locked=True)
        )
        first = len(_DELIVERY.columns)
        return [
            Got(_DELIVERY.read(row[:first]), Recipient(*row[first:-1]), row[-1])
            for row in await self._execute(query)
        ]

    async def in_flight(self, broadcast_id: int) -> int:
        """Return how many messages of a broadcast are with the courier."""
        query = select(func.count()).where(
            _of(broadcast_id),
            delivery.c.occasion == OCCASION,
            delivery.c.state == DeliveryState.QUEUED,
        )
        return int((await self._execute(query)).scalar_one())

    async def edit(self, delivery_ids: Sequence[int], edition: int) -> None:
        """Record that messages get the text of an edition."""
        statement = update(delivery).where(delivery.c.id.in_(delivery_ids))
        await self._execute(statement.values(version=edition))

    async def ask_again(self, delivery_ids: Sequence[int]) -> None:
        """Record that the silent are asked again."""
        statement = update(delivery).where(delivery.c.id.in_(delivery_ids))
        await self._execute(statement.values(asked_again_at=self._now))

    async def not_asked_again(self, back: Mapping[int, bool]) -> None:
        """Record that the silent are not asked again whose question was taken back unsent."""
        ids = [number for number, is_doubted in back.items() if not is_doubted]
        statement = update(delivery).where(delivery.c.id.in_(ids))
        await self._execute(statement.values(asked_again_at=None))

    # -- results -----------------------------------------------------------

    async def recipients(
        self,
        broadcast_id: int,
        limit: int,
        *,
        after: int = 0,
        states: Collection[DeliveryState] = (),
    ) -> list[Delivery]:
        """Return the deliveries of a broadcast with an id above *after*, in order of id."""
        query = _DELIVERY.query.where(
            _of(broadcast_id), delivery.c.occasion == OCCASION, delivery.c.id > after
        )
        if states:
            query = query.where(delivery.c.state.in_(states))
        return _DELIVERY.all(await self._execute(query.order_by(delivery.c.id).limit(limit)))


def _due(row: Any) -> Due:
    """Return the delivery of a row of `Broadcasts.due`."""
    first = len(_DELIVERY.columns)
    second = first + len(RECIPIENT)
    chat_id, *rest = row[second:]
    news, in_case, earlier = rest[-3:]
    return Due(
        _DELIVERY.read(row[:first]),
        Recipient(*row[first:second]),
        chat_id or 0,
        stance_of(rest[:-3]),
        int(news),
        bool(in_case),
        bool(earlier),
    )
