"""The ledger of deliveries, and what people have muted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, or_, select, update

from bot.model.delivery import (
    AFTER_NO_PROMO,
    ARRIVED,
    WITHHELD,
    Answer,
    Delivery,
    DeliveryState,
    MessageClass,
    Outcome,
    Reason,
    outcome_of,
)
from bot.model.signup import SIGNUP
from bot.store.repository import Repository
from bot.store.row_mapper import RowMapper
from bot.store.tables import cases, delivery, mute, participant, person

KEEP_DELIVERIES = timedelta(days=730)
PLANNED_AGAIN = (Reason.EDITED, Reason.HELD, Reason.FILLED)
AGAIN_USEFUL_FOR = timedelta(hours=24)  # a question to the silent
_DELIVERY = RowMapper(Delivery, delivery)
_WAITING = delivery.c.state == DeliveryState.PLANNED
_SILENT = (delivery.c.answer.is_(None), delivery.c.state.in_(ARRIVED))
# The conditions of `bot.model.delivery.outcome_of`.
_WITH_OUTCOME: Mapping[Outcome, Sequence[ColumnElement[bool]]] = {
    Outcome.DONE: (delivery.c.answer == Answer.DONE,),
    Outcome.LATER: (delivery.c.answer == Answer.LATER,),
    Outcome.CANNOT: (delivery.c.answer == Answer.CANNOT,),
    Outcome.SILENT: (*_SILENT, delivery.c.asks),
    Outcome.SENT: (*_SILENT, ~delivery.c.asks),
    Outcome.PHONED: (delivery.c.answer.is_(None), delivery.c.state == DeliveryState.PHONED),
    Outcome.WITHHELD: (delivery.c.answer.is_(None), delivery.c.state.in_(WITHHELD)),
    Outcome.WAITING: (delivery.c.answer.is_(None), _WAITING),
}


def _about(subject_kind: str, subject_id: int) -> ColumnElement[bool]:
    return (delivery.c.subject_kind == subject_kind) & (delivery.c.subject_id == subject_id)


_UNIQUE = ["subject_kind", "subject_id", "occasion", "participant_id"]


class Deliveries(Repository):
    """Deliveries: at most one for each subject, occasion and participant."""

    async def plan(self, new: Sequence[Delivery]) -> list[Delivery]:
        """Insert deliveries that do not exist yet; return them with their ids.

        A delivery is planned again that an edit or a pause cancelled, or an invitation when it
        was filled. So is one of a sign-up that ended, because its end may be taken back.
        """
        if not new:
            return []
        insert = self._insert(delivery)
        again = {name: insert.excluded[name] for name in _DELIVERY.values(new[0])}
        statement = insert.on_conflict_do_update(
            index_elements=_UNIQUE,
            set_=again,
            where=(delivery.c.state == DeliveryState.CANCELLED)
            # An IN list cannot be used in an insert of many rows.
            & or_(
                *(delivery.c.reason == one for one in PLANNED_AGAIN),
                (delivery.c.reason == Reason.ENDED) & (delivery.c.subject_kind == SIGNUP),
            ),
        ).returning(*_DELIVERY.columns)
        rows = await self._execute(statement, [_DELIVERY.values(one) for one in new])
        return _DELIVERY.all(rows)

    async def get(self, delivery_id: int, *, held: bool = False) -> Delivery | None:
        """Return a delivery, or None; *held* until the transaction ends."""
        query = _DELIVERY.query.where(delivery.c.id == delivery_id)
        query = query.with_for_update() if held else query
        return _DELIVERY.first(await self._execute(query))

    async def has_had(self, participant_id: int, subject_kind: str, occasion: str) -> bool:
        """Return whether a participant has a delivery of an occasion, about any subject."""
        query = select(delivery.c.id).where(
            delivery.c.participant_id == participant_id,
            delivery.c.subject_kind == subject_kind,
            delivery.c.occasion == occasion,
        )
        return (await self._execute(query.limit(1))).first() is not None

    async def by_message(
        self, person_id: int, subject_kind: str, message_id: int
    ) -> Delivery | None:
        """Return what a message in a person's chat was about, or None."""
        query = _DELIVERY.query.select_from(delivery.join(participant)).where(
            participant.c.person_id == person_id,
            delivery.c.subject_kind == subject_kind,
            delivery.c.message_id == message_id,
        )
        return _DELIVERY.first(await self._execute(query.limit(1)))

    async def to(self, participant_id: int, subject_kind: str, subject_id: int) -> list[Delivery]:
        """Return the deliveries to a participant about a subject, the oldest first."""
        query = _DELIVERY.query.where(
            delivery.c.subject_kind == subject_kind,
            delivery.c.subject_id == subject_id,
            delivery.c.participant_id == participant_id,
        )
        return _DELIVERY.all(await self._execute(query.order_by(delivery.c.id)))

    async def change(self, known: Delivery, **values: Any) -> bool:
        """Write columns of a delivery; return False if its state or version has changed since.

        So of two transactions that change a delivery, the second does not undo the first.
        """
        is_as_known = (delivery.c.state == known.state) & (delivery.c.version == known.version)
        statement = update(delivery).where(delivery.c.id == known.id, is_as_known).values(**values)
        return bool((await self._execute(statement)).rowcount)

    async def record_call(
        self, delivery_id: int, answer: Answer | None, words: str | None, reason: Reason | None
    ) -> None:
        """Record how a call went: the answer with its words, or why there is none."""
        values = {
            "answer": answer,
            "answer_words": words,
            "answered_at": self._now if answer is not None else None,
            "reason": reason,
        }
        of = delivery.c.state == DeliveryState.PHONED
        statement = update(delivery).where(delivery.c.id == delivery_id, of).values(**values)
        await self._execute(statement)

    async def cancel(
        self, subject_kind: str, subject_id: int, reason: Reason, *, but_snoozed: bool = False
    ) -> list[Delivery]:
        """Cancel a subject's planned deliveries; return them as they were planned.

        With *but_snoozed* those stay that a person put off and was promised.
        """
        which = _WAITING & _about(subject_kind, subject_id)
        if but_snoozed:
            which &= or_(delivery.c.reason.is_(None), delivery.c.reason != Reason.SNOOZED)
        # In order of id, as they are sent: two transactions then cannot wait for each other.
        locked = select(delivery.c.id).where(which).order_by(delivery.c.id).with_for_update()
        ids = [row.id for row in await self._execute(locked)]
        statement = update(delivery).where(which).returning(*_DELIVERY.columns)
        statement = statement.values(state=DeliveryState.CANCELLED, reason=reason)
        return _DELIVERY.all(await self._execute(statement)) if ids else []

    async def queued(
        self,
        *,
        subject: tuple[str, int] | None = None,
        person_id: int | None = None,
        kind: str | None = None,
    ) -> list[tuple[Delivery, str]]:
        """Return the deliveries of a subject or a citizen that are on their way, with the lanes.

        Among them are those whose question is on its way again. *kind* chooses by the occasion.
        """
        query = _DELIVERY.query.add_columns(person.c.lane).select_from(
            delivery.join(participant).join(person, person.c.id == participant.c.person_id)
        )
        asked_again = delivery.c.asked_again_at > self._now - AGAIN_USEFUL_FOR
        query = query.where(or_(delivery.c.state == DeliveryState.QUEUED, asked_again))
        if subject is not None:
            query = query.where(_about(*subject))
        if person_id is not None:
            query = query.where(person.c.id == person_id)
        if kind is not None:
            query = query.where(delivery.c.occasion.startswith(f"{kind}:"))
        rows = (await self._execute(query.order_by(delivery.c.id))).all()
        return [(_DELIVERY.read(row[:-1]), row[-1]) for row in rows]

    async def snoozed(self, subject_kind: str, subject_id: int) -> list[Delivery]:
        """Return a subject's deliveries that a person put off."""
        query = _DELIVERY.query.where(
            _WAITING, _about(subject_kind, subject_id), delivery.c.reason == Reason.SNOOZED
        )
        return _DELIVERY.all(await self._execute(query.order_by(delivery.c.id)))

    async def held(self, subject_kind: str, subject_id: int) -> list[Delivery]:
        """Return a subject's deliveries that a pause cancelled and whose time is still to come."""
        query = _DELIVERY.query.where(
            _about(subject_kind, subject_id),
            delivery.c.state == DeliveryState.CANCELLED,
            delivery.c.reason == Reason.HELD,
            delivery.c.planned_at > self._now,
        )
        return _DELIVERY.all(await self._execute(query.order_by(delivery.c.id)))

    async def set_aside(
        self, subject_kind: str, subject_id: int, occasions: Collection[str], version: int
    ) -> None:
        """Rename occasions that take place at another time than people were told.

        They can then be planned again, also for who has had a message.
        """
        if not occasions:
            return
        statement = update(delivery).where(
            _about(subject_kind, subject_id),
            delivery.c.occasion.in_(occasions),
            delivery.c.state != DeliveryState.CANCELLED,
        )
        renamed = delivery.c.occasion.concat(f"/{version}")
        await self._execute(statement.values(occasion=renamed))

    async def prepared_with(self, known: Delivery) -> list[Delivery]:
        """Return a person's other deliveries of a subject that prepare events and are due too."""
        query = _DELIVERY.query.where(
            _WAITING,
            _about(known.subject_kind, known.subject_id),
            delivery.c.participant_id == known.participant_id,
            delivery.c.id != known.id,
            delivery.c.event_at > self._now,
            delivery.c.planned_at <= self._now,
        )
        return _DELIVERY.all(await self._execute(query.order_by(delivery.c.event_at)))

    async def sent_with(self, known: Delivery) -> list[Delivery]:
        """Return a person's deliveries of the same subject that one message told together."""
        if known.message_id is None:
            return []
        query = _DELIVERY.query.where(
            _about(known.subject_kind, known.subject_id),
            delivery.c.participant_id == known.participant_id,
            delivery.c.id != known.id,
            delivery.c.message_id == known.message_id,
            delivery.c.reason == Reason.DIGEST,
        )
        return _DELIVERY.all(await self._execute(query))

    async def last_waiting(self, subject_kind: str, subject_id: int) -> datetime | None:
        """Return when the last delivery of a subject is sent; None where all have their outcome."""
        open_ = (DeliveryState.PLANNED, DeliveryState.QUEUED)
        query = select(func.max(delivery.c.planned_at, type_=delivery.c.planned_at.type)).where(
            _about(subject_kind, subject_id), delivery.c.state.in_(open_)
        )
        found: datetime | None = (await self._execute(query)).scalar_one()
        return found

    async def carry(
        self,
        subject_kind: str,
        subject_ids: Collection[int],
        version: int,
        event_at: datetime,
        *,
        only_planned: bool = False,
    ) -> None:
        """Let deliveries about some subjects hold for their new version, and its new time.

        With *only_planned*, a message that was sent is still about what it said.
        """
        own = (delivery.c.subject_kind == subject_kind) & delivery.c.subject_id.in_(subject_ids)
        holds = own
        if only_planned:
            holds = own & (delivery.c.state == DeliveryState.PLANNED)
        await self._execute(update(delivery).where(holds).values(version=version))
        ahead = own & delivery.c.event_at.is_not(None)
        times = {"event_at": event_at, "not_after": event_at}
        await self._execute(update(delivery).where(ahead).values(**times))

    async def of_subject(
        self,
        subject_kind: str,
        subject_id: int,
        limit: int,
        *,
        before: int | None = None,
        outcome: Outcome | None = None,
    ) -> list[Delivery]:
        """Return the newest deliveries of a subject, with an id below *before*, or an outcome."""
        query = _DELIVERY.query.where(
            delivery.c.subject_kind == subject_kind, delivery.c.subject_id == subject_id
        )
        if before is not None:
            query = query.where(delivery.c.id < before)
        if outcome is not None:
            query = query.where(*_WITH_OUTCOME[outcome])
        return _DELIVERY.all(await self._execute(query.order_by(delivery.c.id.desc()).limit(limit)))

    async def of_participant(
        self, participant_id: int, *, since: datetime, limit: int
    ) -> list[Delivery]:
        """Return what reaches a participant from *since* on, or did not, in order of time."""
        query = _DELIVERY.query.where(
            delivery.c.participant_id == participant_id, delivery.c.planned_at >= since
        )
        query = query.order_by(delivery.c.planned_at, delivery.c.id).limit(limit)
        return _DELIVERY.all(await self._execute(query))

    async def newest_of(
        self, participant_id: int, limit: int, *, before: int | None = None
    ) -> list[Delivery]:
        """Return a participant's newest deliveries, with an id below *before*."""
        query = _DELIVERY.query.where(delivery.c.participant_id == participant_id)
        if before is not None:
            query = query.where(delivery.c.id < before)
        return _DELIVERY.all(await self._execute(query.order_by(delivery.c.id.desc()).limit(limit)))

    async def put_off(self, participant_id: int) -> list[Delivery]:
        """Return what a participant has put off to another time, the earliest first."""
        query = _DELIVERY.query.where(
            _WAITING,
            delivery.c.participant_id == participant_id,
            delivery.c.reason == Reason.SNOOZED,
        )
        return _DELIVERY.all(await self._execute(query.order_by(delivery.c.planned_at)))

    async def waiting_news(self, participant_id: int, *, until: datetime) -> list[Delivery]:
        """Return a participant's planned news up to *until*, the newest first."""
        query = _DELIVERY.query.where(
            _WAITING,
            delivery.c.participant_id == participant_id,
            delivery.c.message_class == MessageClass.NEWS,
            delivery.c.planned_at < until,
        )
        return _DELIVERY.all(await self._execute(query.order_by(delivery.c.id.desc())))

    async def news_between(self, participant_id: int, first: datetime, last: datetime) -> int:
        """Return how many messages of news a participant got in a span; a digest is one."""
        query = select(func.count()).where(
            delivery.c.participant_id == participant_id,
            delivery.c.message_class == MessageClass.NEWS,
            delivery.c.state.in_((DeliveryState.QUEUED, DeliveryState.SENT)),
            or_(delivery.c.reason.is_(None), delivery.c.reason != Reason.DIGEST),
            delivery.c.sent_at >= first,
            delivery.c.sent_at < last,
        )
        return int((await self._execute(query)).scalar_one())

    async def results(
        self, subject_kind: str, subject_id: int
    ) -> dict[tuple[Outcome, Reason | None], int]:
        """Return the number of a subject's deliveries by outcome, and by reason where withheld."""
        columns = (delivery.c.state, delivery.c.answer, delivery.c.asks, delivery.c.reason)
        query = select(*columns, func.count()).where(
            delivery.c.subject_kind == subject_kind, delivery.c.subject_id == subject_id
        )
        found: Counter[tuple[Outcome, Reason | None]] = Counter()
        for state, answer, asks, reason, number in await self._execute(query.group_by(*columns)):
            outcome = outcome_of(
                DeliveryState(state), Answer(answer) if answer else None, asks=asks
            )
            has_reason = outcome in {Outcome.WITHHELD, Outcome.PHONED} and reason
            found[outcome, Reason(reason) if has_reason else None] += number
        return dict(found)

    async def waiting(self, subject_kind: str, subject_id: int) -> int:
        """Return the number of a subject's planned deliveries."""
        query = select(func.count()).where(
            _WAITING,
            delivery.c.subject_kind == subject_kind,
            delivery.c.subject_id == subject_id,
        )
        return int((await self._execute(query)).scalar_one())

    async def purge(self, limit: int = 500) -> int:
        """Delete at most *limit* deliveries that were planned over two years ago."""
        old = delivery.c.planned_at < self._now - KEEP_DELIVERIES
        return await self._delete_some(delivery, old, limit)

    async def is_promo_barred(self, person_id: int) -> bool:
        """Return whether a case with `no_promo` is open, or ended less than 7 days ago."""
        query = select(cases.c.id).where(
            cases.c.person_id == person_id,
            cases.c.no_promo,
            or_(cases.c.closed_at.is_(None), cases.c.closed_at > self._now - AFTER_NO_PROMO),
        )
        return (await self._execute(query.limit(1))).first() is not None

    async def is_in_case(self, person_id: int, within: timedelta) -> bool:
        """Return whether staff and the person have been writing in a live case *within* a span."""
        since = self._now - within
        query = select(cases.c.id).where(
            cases.c.person_id == person_id,
            cases.c.live,
            cases.c.owner_id.is_not(None),
            or_(cases.c.acted_at > since, cases.c.citizen_at > since),
        )
        return (await self._execute(query.limit(1))).first() is not None


class Mutes(Repository):
    """Topics that a person has muted; `ALL_TOPICS` until a date is a pause."""

    async def set(self, person_id: int, topic: str, until: datetime | None = None) -> None:
        """Mute a topic, or change until when."""
        statement = self._insert(mute).values(
            person_id=person_id, topic=topic, until=until, at=self._now
        )
        await self._execute(
            statement.on_conflict_do_update(
                index_elements=["person_id", "topic"], set_={"until": until, "at": self._now}
            )
        )

    async def lift(self, person_id: int, topic: str) -> bool:
        """Lift a mute; return False where there was none."""
        result = await self._execute(
            delete(mute).where(mute.c.person_id == person_id, mute.c.topic == topic)
        )
        return bool(result.rowcount)

    async def of(self, person_id: int, topics: Collection[str] = ()) -> dict[str, datetime | None]:
        """Return the live mutes of a person, all or of some topics, with their ends."""
        query = select(mute.c.topic, mute.c.until).where(
            mute.c.person_id == person_id,
            or_(mute.c.until.is_(None), mute.c.until > self._now),
        )
        if topics:
            query = query.where(mute.c.topic.in_(topics))
        return {row.topic: row.until for row in await self._execute(query)}
