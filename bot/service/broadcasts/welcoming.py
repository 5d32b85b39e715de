"""Welcome who says yes to news about a topic, once: with its newest broadcast, or its own text."""

from __future__ import annotations

from datetime import timedelta

from bot.model.broadcast import BROADCAST, Broadcast, BroadcastState
from bot.model.delivery import WITHHELD, Delivery, DeliveryState, MessageClass, Reason
from bot.model.person import Person
from bot.model.town import Topic
from bot.service import deliveries
from bot.store.broadcasts import OCCASION
from bot.store.unit import Unit

WELCOME = "welcome"  # the kind of the occasion; its mark is the topic
TEXT_ONLY = 0  # the subject of a welcome without a broadcast
SENDS = frozenset({BroadcastState.SENDING, BroadcastState.SENT})  # what welcomes
USEFUL_FOR = timedelta(days=8)


async def welcome(unit: Unit, person: Person, topic: str) -> None:
    """Plan the welcome of a person who said yes to a topic, unless they have had one.

    They asked for it, so the weekly limit does not count it; quiet hours hold.
    """
    participant = await unit.participants.of_person(person.id, person.address)
    occasion = f"{WELCOME}:{topic}"
    if await unit.deliveries.has_had(participant.id, BROADCAST, occasion):
        return
    recipient = await unit.audiences.find(participant.id)
    if recipient is None:
        return
    planned_at = unit.calendar.next_allowed(unit.now, recipient.own_quiet)
    newest = await unit.broadcasts.newest_of_topic(topic, planned_at)
    if newest is not None and newest.language_for(person.language) is None:
        newest = None
    if newest is None and not (topic_of(unit, topic) or Topic(topic, {})).welcome:
        return
    not_after = unit.now + USEFUL_FOR
    if newest is not None and newest.expires_at is not None:
        not_after = min(not_after, newest.expires_at)
    new = Delivery(
        id=0,
        subject_kind=BROADCAST,
        subject_id=newest.id if newest is not None else TEXT_ONLY,
        occasion=occasion,
        participant_id=participant.id,
        message_class=MessageClass.ASKED_FOR,
        version=newest.edition if newest is not None else 1,
        wanted_at=unit.now,
        planned_at=planned_at,
        topic=topic,
        not_after=not_after,
    )
    await deliveries.plan(unit, [(recipient, new)])


def topic_of(unit: Unit, key: str) -> Topic | None:
    """Return a topic by its key, or None."""
    return next((one for one in unit.town.topics if one.key == key), None)


async def take_back(unit: Unit, known: Broadcast) -> None:
    """Take back the welcomes with a broadcast that staff hold or end."""
    queued = await unit.deliveries.queued(subject=(BROADCAST, known.id), kind=WELCOME)
    await deliveries.take_back(unit, queued, DeliveryState.CANCELLED, _held(known))


def _held(known: Broadcast) -> Reason:
    return Reason.HELD if known.state is BroadcastState.PAUSED else Reason.ENDED


async def withheld(unit: Unit, delivery: Delivery) -> Reason | None:
    """Return why a welcome is no longer sent.

    The consent ended, staff hold or ended the broadcast, or the broadcast itself came.
    """
    stances = await unit.stances.of_participants([delivery.participant_id], delivery.mark)
    stance = stances.get(delivery.participant_id)
    if stance is None or not stance.consents:
        return Reason.NO_CONSENT
    newest = await unit.broadcasts.get(delivery.subject_id)
    if newest is not None and newest.state not in SENDS:
        return _held(newest)
    recipient = await unit.audiences.find(delivery.participant_id)
    reader = recipient.language if recipient is not None else ""
    if newest is not None and newest.language_for(reader) is None:
        return Reason.NO_TEXT
    own = await unit.deliveries.to(delivery.participant_id, BROADCAST, delivery.subject_id)
    gets_it = any(one.occasion == OCCASION and one.state not in WITHHELD for one in own)
    return Reason.GOT_IT if gets_it else None
