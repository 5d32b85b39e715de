"""What became of broadcasts: the people they reached, and what people did with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select

from bot.model.broadcast import BROADCAST, RUNS, Broadcast
from bot.model.broadcast_progress import RECENT, Reached, Waiting
from bot.model.delivery import WITHHELD, Delivery, DeliveryState, Reason
from bot.model.stance import purposes_of
from bot.store.broadcast_statements import OCCASION, wants_it_still
from bot.store.repository import Repository
from bot.store.row_mapper import RowMapper
from bot.store.tables import broadcast, consent, delivery, participant, person

_DELIVERY = RowMapper(Delivery, delivery)
STOPS_WITHIN = timedelta(days=7)  # who stops news later does so for another reason
_TIME = delivery.c.planned_at.type
_RECIPIENTS = delivery.join(participant, participant.c.id == delivery.c.participant_id).join(
    person, person.c.id == participant.c.person_id
)
# The lists of recipients that staff can choose.
LISTS: Mapping[str, ColumnElement[bool]] = {
    "sent": delivery.c.state == DeliveryState.SENT,
    "waiting": delivery.c.state.in_((DeliveryState.PLANNED, DeliveryState.QUEUED)),
    "withheld": delivery.c.state.in_(WITHHELD),
    "doubted": delivery.c.reason.in_((Reason.REPEATED, Reason.UNCONFIRMED)),
}


def _to(broadcast_id: int) -> ColumnElement[bool]:
    return and_(
        delivery.c.subject_kind == BROADCAST,
        delivery.c.subject_id == broadcast_id,
        delivery.c.occasion == OCCASION,
    )


def _number(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((which, 1), else_=0)), 0)


class BroadcastResults(Repository):
    """What became of broadcasts."""

    async def reached(self, known: Broadcast) -> Reached:
        """Return how far a broadcast is, by one statement."""
        is_sent = delivery.c.state == DeliveryState.SENT
        waits = delivery.c.state == DeliveryState.PLANNED
        recent = and_(is_sent, delivery.c.sent_at > self._now - RECENT)
        is_due = and_(waits, delivery.c.planned_at <= self._now)
        is_later = and_(waits, delivery.c.planned_at > self._now)
        query = (
            select(
                delivery.c.state,
                delivery.c.reason,
                func.count(),
                _number(delivery.c.tapped_at.is_not(None)),
                _number(delivery.c.answered_at.is_not(None)),
                _number(and_(is_sent, delivery.c.version >= known.edition)),
                _number(or_(is_due, delivery.c.state == DeliveryState.QUEUED)),
                func.max(case((waits, delivery.c.planned_at)), type_=_TIME),
                _number(recent),
                func.min(case((recent, delivery.c.sent_at)), type_=_TIME),
                _number(is_later),
                func.min(case((is_later, delivery.c.planned_at)), type_=_TIME),
            )
            .where(_to(known.id))
            .group_by(delivery.c.state, delivery.c.reason)
        )
        rows = [tuple(row) for row in await self._execute(query)]
        by_state: dict[DeliveryState, int] = {}
        by_reason: dict[Reason | None, int] = {}
        for state, reason, number, *_more in rows:
            by_state[DeliveryState(state)] = by_state.get(DeliveryState(state), 0) + number
            if state in WITHHELD:
                why = Reason(reason) if reason is not None else None
                by_reason[why] = by_reason.get(why, 0) + number
        sums = [sum(int(row[place]) for row in rows) for place in (3, 4, 5, 6, 8)]
        tapped, answered, corrected, due, recently = sums
        last = [row[7] for row in rows if row[7] is not None and row[7] > self._now]
        first = [row[9] for row in rows if row[9] is not None]
        doubted = sum(row[2] for row in rows if row[:2] == (DeliveryState.SENT, Reason.REPEATED))
        return Reached(
            by_state,
            by_reason,
            tapped=tapped,
            answered=answered,
            corrected=corrected,
            doubted=doubted,
            due=due,
            waiting=[
                Waiting(Reason(row[1]) if row[1] is not None else None, row[10], row[11], row[7])
                for row in rows
                if row[10]
            ],
            last_at=max(last, default=None),
            recent=recently,
            recent_from=min(first, default=None),
        )

    async def stopped(self, known: Broadcast) -> int:
        """Return how many people stopped news of the topic after this broadcast.

        They withdrew the consent after they got it, before they got another broadcast, and within a
        week of its end.
        """
        if known.began_at is None:
            return 0
        later = delivery.alias("later")
        got_another = exists().where(
            later.c.participant_id == delivery.c.participant_id,
            later.c.subject_kind == BROADCAST,
            later.c.id != delivery.c.id,
            later.c.state == DeliveryState.SENT,
            later.c.occasion == OCCASION,
            later.c.sent_at > delivery.c.sent_at,
            later.c.sent_at <= consent.c.withdrawn_at,
        )
        query = (
            select(func.count(func.distinct(delivery.c.participant_id)))
            .select_from(consent)
            .join(participant, participant.c.person_id == consent.c.person_id)
            .join(delivery, and_(_to(known.id), delivery.c.participant_id == participant.c.id))
            .where(
                consent.c.purpose.in_(purposes_of(known.topic)),
                consent.c.withdrawn_at >= known.began_at,
                consent.c.withdrawn_at <= (known.ended_at or self._now) + STOPS_WITHIN,
                consent.c.withdrawn_at >= delivery.c.sent_at,
                delivery.c.state == DeliveryState.SENT,
                ~got_another,
            )
        )
        return int((await self._execute(query)).scalar_one())

    async def silent(self, known: Broadcast) -> int:
        """Return how many people a second question would go to now."""
        query = (
            select(func.count())
            .select_from(_RECIPIENTS)
            .where(
                _to(known.id),
                delivery.c.state == DeliveryState.SENT,
                delivery.c.message_id.is_not(None),
                person.c.reachable,
                wants_it_still(self._now, known),
            )
        )
        return int((await self._execute(query)).scalar_one())

    async def editable(self, known: Broadcast) -> int:
        """Return how many messages a correction would edit now."""
        query = (
            select(func.count())
            .select_from(_RECIPIENTS)
            .where(
                _to(known.id),
                delivery.c.state == DeliveryState.SENT,
                delivery.c.message_id.is_not(None),
                person.c.reachable,
            )
        )
        return int((await self._execute(query)).scalar_one())

    async def listed(
        self, broadcast_id: int, limit: int, *, before: int | None = None, of: str = ""
    ) -> list[Delivery]:
        """Return the deliveries of a broadcast with an id below *before*, the newest first.

        *of* is one of `LISTS`; all of them without it.
        """
        query = _DELIVERY.query.where(_to(broadcast_id))
        if before is not None:
            query = query.where(delivery.c.id < before)
        if of in LISTS:
            query = query.where(LISTS[of])
        query = query.order_by(delivery.c.id.desc()).limit(limit)
        return _DELIVERY.all(await self._execute(query))

    async def answer_counts(self, broadcast_id: int) -> dict[str, int]:
        """Return the numbers of answers by option; "" is for own words."""
        option = func.coalesce(delivery.c.choice, "")
        query = select(option, func.count()).where(
            _to(broadcast_id), delivery.c.answered_at.is_not(None)
        )
        return {row[0]: int(row[1]) for row in await self._execute(query.group_by(option))}

    async def asked_again(self, broadcast_id: int) -> int:
        """Return how many people were asked a second time."""
        query = select(func.count()).where(
            _to(broadcast_id), delivery.c.asked_again_at.is_not(None)
        )
        return int((await self._execute(query)).scalar_one())

    async def told(self, broadcast_id: int, occasion: str) -> dict[DeliveryState, int]:
        """Return the numbers of messages of another occasion, such as outcomes, by state."""
        query = (
            select(delivery.c.state, func.count())
            .where(
                delivery.c.subject_kind == BROADCAST,
                delivery.c.subject_id == broadcast_id,
                delivery.c.occasion == occasion,
            )
            .group_by(delivery.c.state)
        )
        return {DeliveryState(row[0]): int(row[1]) for row in await self._execute(query)}

    async def running(self) -> Sequence[int]:
        """Return the broadcasts that are being sent, or whose messages are being corrected."""
        is_correcting = broadcast.c.corrected_at > self._now - RECENT * 10
        query = select(broadcast.c.id).where(or_(broadcast.c.state.in_(RUNS), is_correcting))
        return [row[0] for row in await self._execute(query)]
