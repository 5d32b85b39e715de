"""What will reach a participant, when and why, and what will not, and why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice, takewhile

from bot.model.delivery import (
    MOST_NEWS,
    WITHHELD,
    Delivery,
    DeliveryState,
    MessageClass,
    Reason,
)
from bot.model.pledge import LIVES
from bot.model.reminder import UNREADABLE, Reminder
from bot.model.stance import Stance
from bot.service import own_dates
from bot.service.deliveries import may_ring, opens_again, rings_blocked, week_of
from bot.service.own_dates import SINCE
from bot.service.pledges import pledge_messages
from bot.service.reminder_rules import audience_of, message_class, rule_of, wanted_at
from bot.service.reminders import delivery_to, unplanned
from bot.store.audiences import Recipient
from bot.store.unit import Unit

AHEAD = timedelta(days=28)
PLANNED_AGAIN = (Reason.EDITED, Reason.HELD)  # if the rule still says so
MOST = 40  # messages of one forecast


@dataclass(frozen=True, slots=True)
class Expected:
    """One message: it is sent at its planned time, or *withheld* for its reason."""

    delivery: Delivery
    withheld: bool = False


async def forecast(unit: Unit, participant_id: int) -> list[Expected]:
    """Return the messages to a participant within four weeks, in order of time.

    Messages that are not sent are among them, also those of the last four weeks. All are judged
    by what is muted, consented and sent now.
    """
    ledger = await unit.deliveries.of_participant(
        participant_id, since=unit.now - AHEAD, limit=10 * MOST
    )
    waiting = [one for one in ledger if one.state is DeliveryState.PLANNED]
    withheld = [Expected(one, withheld=True) for one in ledger if one.state in WITHHELD]
    recipient = await unit.audiences.find(participant_id)
    if recipient is None:
        lost = [replace(one, reason=Reason.UNREACHABLE) for one in waiting]
        return withheld + [Expected(one, withheld=True) for one in lost]
    known = {(one.subject_id, one.occasion) for one in ledger if one.is_final}
    known -= {(one.subject_id, one.occasion) for one in ledger if one.reason in PLANNED_AGAIN}
    expected = await _unplanned(unit, recipient)
    coming = [*waiting, *(one for one in expected if (one.subject_id, one.occasion) not in known)]
    coming.sort(key=lambda one: one.planned_at)
    shown = await judged(unit, recipient, coming[:MOST])
    return sorted([*withheld[-MOST:], *shown], key=lambda one: one.delivery.planned_at)


async def expected_of(
    unit: Unit, reminder: Reminder, recipient: Recipient, until: datetime, most: int = MOST
) -> list[Delivery]:
    """Return the deliveries of a reminder to a recipient that are not planned yet."""
    if SINCE in reminder.rule:
        to = recipient.participant_id
        audience, attention = audience_of(reminder), message_class(reminder)
        return await own_dates.unplanned(
            unit, reminder, audience, attention, until, participant_id=to
        )
    rule = rule_of(reminder.rule)
    soon = takewhile(
        lambda one: wanted_at(unit, rule, one) <= until, unplanned(unit, reminder, rule)
    )
    found = (delivery_to(unit, reminder, rule, one, recipient) for one in islice(soon, most))
    return [replace(one, planned_at=max(one.planned_at, unit.now)) for one in found]


async def _unplanned(unit: Unit, recipient: Recipient) -> list[Delivery]:
    """Return what reminders and pledges will send a participant and is not planned yet."""
    shared = await unit.reminders.active()
    by_audience = {audience_of(one): one for one in shared}
    held = set(await unit.audiences.containing(list(by_audience), recipient.participant_id))
    own = await unit.reminders.of_participant(recipient.participant_id)
    reminders = [one for one in shared if audience_of(one) in held]
    found: list[Delivery] = []
    for reminder in (*reminders, *own):
        with suppress(*UNREADABLE):  # its own page says so
            found += await expected_of(unit, reminder, recipient, unit.now + AHEAD)
    for pledge in await unit.pledges.of_participant(recipient.participant_id, LIVES):
        found += await pledge_messages.expected(unit, pledge, unit.now + AHEAD)
    return found


async def judged(unit: Unit, recipient: Recipient, coming: Sequence[Delivery]) -> list[Expected]:
    """Return deliveries with the rules of attention and consent applied."""
    monday, next_monday = week_of(unit, unit.now)
    sent = await unit.deliveries.news_between(recipient.participant_id, monday, next_monday)
    news = Counter({monday: sent})
    told: set[tuple[int, datetime]] = set()
    stances: dict[str, Stance | None] = {}
    found = []
    for one in coming:
        topic = one.topic or ""
        if topic not in stances:
            known = await unit.stances.of_participants([recipient.participant_id], topic)
            stances[topic] = known.get(recipient.participant_id)
        if one.event_at is not None and (one.subject_id, one.planned_at) in told:
            # One message prepares several events.
            found.append(Expected(replace(one, reason=Reason.DIGEST), withheld=True))
            continue
        told.add((one.subject_id, one.planned_at))
        found.append(_expected(unit, one, stances[topic], recipient, news))
    return found


def _expected(
    unit: Unit,
    one: Delivery,
    stance: Stance | None,
    recipient: Recipient,
    news: Counter[datetime],
) -> Expected:
    """Return a delivery as it is sent or withheld; *news* counts the messages of each week."""
    if one.state in WITHHELD:
        return Expected(one, withheld=True)
    if stance is not None and _is_rung(one, stance):
        return Expected(one)
    reason: Reason | None = Reason.UNREACHABLE
    if stance is not None:
        reason = stance.withheld(one.message_class, one.planned_at)
    if reason is not None:
        return Expected(replace(one, reason=reason), withheld=True)
    if one.message_class is MessageClass.NEWS:
        return _capped(unit, one, recipient, news)
    return Expected(one)


def _is_rung(one: Delivery, stance: Stance) -> bool:
    """Return whether staff ring the participant instead of sending a message."""
    if not stance.in_chat:
        return may_ring(one)
    return not stance.reachable and rings_blocked(one)


def _capped(unit: Unit, one: Delivery, recipient: Recipient, news: Counter[datetime]) -> Expected:
    """Return news within the weekly limit: at its time, in the next week, or withheld."""
    monday, next_monday = week_of(unit, one.planned_at)
    if news[monday] < MOST_NEWS:
        news[monday] += 1
        return Expected(one)
    opens = opens_again(unit, next_monday, recipient.own_quiet)
    if one.not_after is not None and opens > one.not_after:
        return Expected(replace(one, reason=Reason.CAP), withheld=True)
    news[next_monday] += 1
    return Expected(replace(one, planned_at=opens, reason=Reason.CAP))
