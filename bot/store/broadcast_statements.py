"""Parts of the statements about the recipients of broadcasts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, literal, or_

from bot.model.broadcast import BROADCAST, Broadcast
from bot.model.delivery import DeliveryState, MessageClass, Reason
from bot.store.predicates import agrees_to
from bot.store.stances import turned_off
from bot.store.tables import cases, delivery, participant, person
from bot.store.types import UtcDateTime

OCCASION = "sent"  # of the delivery of a broadcast to a recipient
IN_CASE_WITHIN = timedelta(hours=24)


def planned(known: Broadcast, at: Sequence[datetime]) -> list[ColumnElement[Any]]:
    """Return the columns of the deliveries to participants, each at one of the times *at*."""
    attention = MessageClass.WARNING if known.is_warning else MessageClass.NEWS
    same = {
        "subject_kind": BROADCAST,
        "subject_id": known.id,
        "occasion": OCCASION,
        "message_class": attention,
        "version": known.edition,
        "state": DeliveryState.PLANNED,
        "topic": known.topic,
        "not_after": known.expires_at,
        "asks": known.is_dialogue,
    }
    moments = [literal(one, UtcDateTime()) for one in at]
    when: ColumnElement[Any] = moments[0]
    if len(moments) > 1:
        # Multiplied by a prime, so that people who came together do not get it together.
        place = participant.c.id * 7919 % len(moments)
        when = case(dict(enumerate(moments)), value=place)
    return [
        participant.c.id.label("participant_id"),
        when.label("wanted_at"),
        when.label("planned_at"),
        *(literal(value, delivery.c[name].type).label(name) for name, value in same.items()),
    ]


def in_case(now: datetime) -> ColumnElement[bool]:
    """Return the condition that a person and staff have been writing in a case lately."""
    since = now - IN_CASE_WITHIN
    return exists().where(
        cases.c.person_id == person.c.id,
        cases.c.live,
        cases.c.owner_id.is_not(None),
        or_(cases.c.acted_at > since, cases.c.citizen_at > since),
    )


def wants_it_still(now: datetime, known: Broadcast) -> ColumnElement[bool]:
    """Return the condition that a person has not answered a question, and may be asked again."""
    return and_(
        delivery.c.answered_at.is_(None),
        delivery.c.asked_again_at.is_(None),
        agrees_to(known.topic),
        ~turned_off(now, known.topic),
        ~in_case(now),
    )


def unless_doubted(
    reason: Reason | None, doubted: Reason = Reason.UNCONFIRMED
) -> ColumnElement[Any]:
    """Return a reason to write; *doubted* where the message was perhaps sent already."""
    otherwise = literal(reason, delivery.c.reason.type)
    return case((delivery.c.reason == Reason.REPEATED, literal(doubted)), else_=otherwise)
