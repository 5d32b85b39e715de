"""Plan deliveries and decide, when one is due, whether and when it may be sent.

Every feature that writes to participants without a question plans deliveries: the rules of
attention, consent and quiet hours are applied here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.calendar.chain import Step, at_claim
from bot.calendar.offset import Offset, Span
from bot.model.delivery import (
    ALL_TOPICS,
    MOST_NEWS,
    Delivery,
    DeliveryState,
    MessageClass,
    Reason,
)
from bot.model.person import Person
from bot.service.settings import NEWS
from bot.store.audiences import Recipient
from bot.store.timers import NewTimer
from bot.store.unit import Unit

TIMER = "deliver"  # subject: the delivery's id
WEEK = timedelta(days=7)
FIRST_HOUR = time(8)  # of a week, for news that was held back
AT_ONCE = Offset(0, Span.MINUTE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do with a delivery that is due: send it, move it, or withhold it.

    *held_until* moves it; *reason* alone withholds it; *digest* are other news that go with it.
    """

    reason: Reason | None = None
    held_until: datetime | None = None
    digest: tuple[Delivery, ...] = ()

    @property
    def sends(self) -> bool:
        """Return whether the delivery is sent now."""
        return self.reason is None and self.held_until is None


def lane_of(recipient: Recipient) -> str:
    """Return the lane of a participant's timers: the citizen's, or the participant's own."""
    return recipient.lane or f"participant:{recipient.participant_id}"


async def plan(unit: Unit, planned: Sequence[tuple[Recipient, Delivery]]) -> int:
    """Insert deliveries with their timers, except those that exist; return the number of new ones.

    A delivery that already has its outcome gets no timer.
    """
    lanes = {recipient.participant_id: lane_of(recipient) for recipient, _delivery in planned}
    new = await unit.deliveries.plan([delivery for _recipient, delivery in planned])
    for one in new:
        if one.state is DeliveryState.PLANNED:
            lane = lanes[one.participant_id]
            await unit.timers.set(NewTimer(TIMER, str(one.id), lane, one.planned_at))
    return len(new)


async def cancel(
    unit: Unit, subject_kind: str, subject_id: int, reason: Reason, *, below: int | None = None
) -> int:
    """Cancel what is still planned about a subject; return the number."""
    cancelled = await unit.deliveries.cancel(subject_kind, subject_id, reason, below=below)
    for delivery_id in cancelled:
        await unit.timers.cancel(TIMER, str(delivery_id))
    return len(cancelled)


async def end(unit: Unit, delivery: Delivery, state: DeliveryState, reason: Reason) -> None:
    """Record that a delivery is not sent, and why."""
    await unit.deliveries.change(delivery.id, state=state, reason=reason)


async def move(unit: Unit, delivery: Delivery, lane: str, until: datetime, reason: Reason) -> None:
    """Plan a delivery for another moment."""
    await unit.deliveries.change(
        delivery.id, state=DeliveryState.PLANNED, planned_at=until, reason=reason
    )
    await unit.timers.set(NewTimer(TIMER, str(delivery.id), lane, until))


async def judge(  # noqa: PLR0911 - one rule each, in order
    unit: Unit, delivery: Delivery, person: Person
) -> Verdict:
    """Return whether a delivery that is due is sent to a citizen, moved or withheld."""
    if delivery.not_after is not None and unit.now > delivery.not_after:
        return Verdict(Reason.TOO_LATE)
    if not person.reachable:
        return Verdict(Reason.UNREACHABLE)
    if delivery.message_class is not MessageClass.ANSWER:
        mutes = await unit.mutes.of(person.id, [ALL_TOPICS, delivery.topic or ALL_TOPICS])
        if ALL_TOPICS in mutes:
            return Verdict(Reason.PAUSED)
        if mutes:
            return Verdict(Reason.MUTED)
    allowed = _allowed_at(unit, delivery, person)
    if allowed > unit.now:
        return Verdict(held_until=allowed)
    if delivery.message_class is MessageClass.NEWS:
        return await _judge_news(unit, delivery, person)
    return Verdict()


def may_ring(delivery: Delivery) -> bool:
    """Return whether staff ring a participant who is not in the chat.

    News needs a consent, which only the chat asks for.
    """
    return delivery.message_class is not MessageClass.NEWS


def step_of(event_at: datetime | None, *, is_at_chosen_time: bool = False) -> Step:
    """Return the step of a chain that a delivery is: it prepares the event at *event_at*.

    What is sent at a time that its recipient chose is not moved by quiet hours.
    """
    return Step("delivery", AT_ONCE, prepares=event_at is not None, urgent=is_at_chosen_time)


def _allowed_at(unit: Unit, delivery: Delivery, person: Person) -> datetime:
    """Return when the quiet hours allow a delivery that is due now."""
    anchor = delivery.event_at or delivery.wanted_at
    step = step_of(delivery.event_at, is_at_chosen_time=delivery.is_at_chosen_time)
    return at_claim(step, unit.now, anchor, unit.calendar, person.own_quiet)


async def _judge_news(unit: Unit, delivery: Delivery, person: Person) -> Verdict:
    """Apply consent, `no_promo` and the weekly limit to news."""
    consents = await unit.consents.live(person.id)
    if NEWS + (delivery.topic or "") not in consents:
        return Verdict(Reason.NO_CONSENT)
    if await unit.deliveries.is_promo_barred(person.id):
        return Verdict(Reason.NO_PROMO)
    monday, next_monday = week_of(unit, unit.now)
    sent = await unit.deliveries.news_between(delivery.participant_id, monday, next_monday)
    if sent >= MOST_NEWS:
        opens = opens_again(unit, next_monday, person.own_quiet)
        late = delivery.not_after is not None and opens > delivery.not_after
        return Verdict(Reason.CAP) if late else Verdict(held_until=opens)
    if sent < MOST_NEWS - 1:
        return Verdict()
    # The last message of the week takes along the news that would otherwise wait.
    waiting = await unit.deliveries.waiting_news(delivery.participant_id, until=next_monday)
    muted = await unit.mutes.of(person.id)
    more = tuple(
        one
        for one in waiting
        if one.id != delivery.id and one.topic not in muted and NEWS + (one.topic or "") in consents
    )
    return Verdict(digest=more)


def opens_again(unit: Unit, monday: datetime, own_quiet: tuple[int, int] | None) -> datetime:
    """Return when a week that begins at *monday* allows its first news."""
    first = unit.calendar.instant(unit.calendar.local(monday).date(), FIRST_HOUR)
    return unit.calendar.next_allowed(first, own_quiet)


def week_of(unit: Unit, instant: datetime) -> tuple[datetime, datetime]:
    """Return the first instants of the local calendar week of *instant* and of the next one."""
    day = unit.calendar.local(instant).date()
    monday = day - timedelta(days=day.weekday())
    return unit.calendar.instant(monday, time()), unit.calendar.instant(monday + WEEK, time())
