"""Plan deliveries and decide, when one is due, whether and when it may be sent.

Every feature that writes to participants without a question plans deliveries: the rules of
attention, consent and quiet hours are applied here and nowhere else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from bot.calendar.chain import Step, at_claim
from bot.calendar.offset import Offset, Span
from bot.model.broadcast import BROADCAST
from bot.model.delivery import (
    ALL_TOPICS,
    MOST_NEWS,
    Delivery,
    DeliveryState,
    MessageClass,
    Outcome,
    Reason,
)
from bot.model.invitation import INVITATION
from bot.model.person import Person
from bot.model.pledge import PLEDGE
from bot.model.reminder import SUBJECT as REMINDER
from bot.model.signup import SIGNUP
from bot.model.stance import FOREVER, Stance, agrees
from bot.store.audiences import Recipient
from bot.store.timers import NewTimer
from bot.store.unit import Unit

TIMER = "deliver"  # subject: the delivery's id
PHONE = "phone"  # the kind of task by which staff ring a participant
MOST_CALLS = 1000  # about one subject
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


def call_about(delivery_id: int) -> str:
    """Return the subject of the task to ring about a delivery."""
    return f"delivery:{delivery_id}"


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
    unit: Unit, subject_kind: str, subject_id: int, reason: Reason, *, but_snoozed: bool = False
) -> list[Delivery]:
    """Cancel what is planned about a subject, and take back what is on its way; return both.

    With *but_snoozed* messages stay that a person put off and was promised.
    """
    cancelled = await unit.deliveries.cancel(
        subject_kind, subject_id, reason, but_snoozed=but_snoozed
    )
    for one in cancelled:
        await unit.timers.cancel(TIMER, str(one.id))
    queued = await unit.deliveries.queued(subject=(subject_kind, subject_id))
    return [*cancelled, *await take_back(unit, queued, DeliveryState.CANCELLED, reason)]


async def take_back(
    unit: Unit, queued: Sequence[tuple[Delivery, str]], state: DeliveryState, reason: Reason
) -> list[Delivery]:
    """Take messages back that wait in the outbox; return their deliveries, which now have *state*.

    A message that is being sent keeps its delivery, which has *reason* if the call fails. Other
    news of a digest that is taken back is planned again.
    """
    if not queued:
        return []
    lanes = {one.id: lane for one, lane in queued}
    back = await unit.outbox.take_back(lanes.values(), lanes)
    taken = []
    for one, _lane in queued:
        if one.state is not DeliveryState.QUEUED:  # only the question to the silent
            continue
        if one.id not in back:
            await unit.deliveries.change(one, reason=reason)
        elif await unit.deliveries.change(one, state=state, reason=reason):
            taken.append(one)
    for delivery_id in sorted(back - lanes.keys()):
        other = await unit.deliveries.get(delivery_id)
        lane = await _lane_of_participant(unit, other.participant_id) if other else None
        if other is not None and other.state is DeliveryState.QUEUED and lane is not None:
            await move(unit, other, lane, unit.now, None)
    return taken


async def _lane_of_participant(unit: Unit, participant_id: int) -> str | None:
    """Return the lane of a participant's timers; None where the participant is gone."""
    found = await unit.audiences.find(participant_id)
    return lane_of(found) if found is not None else None


async def withdraw_calls(
    unit: Unit,
    subject_kind: str,
    subject_id: int,
    reason: Reason,
    *,
    of: Callable[[Delivery], bool] = lambda _one: True,
) -> None:
    """Withdraw the calls about a subject that staff have not made; *of* chooses some of them."""
    rung = await unit.deliveries.of_subject(
        subject_kind, subject_id, MOST_CALLS, outcome=Outcome.PHONED
    )
    for one in rung:
        if of(one) and await unit.tasks.withdraw(PHONE, call_about(one.id)):
            await end(unit, one, DeliveryState.CANCELLED, reason)


def last_call(delivery: Delivery) -> datetime | None:
    """Return the last moment to ring about a delivery; None where staff ring when they can.

    A reminder that prepares nothing is as useful on another day.
    """
    rings_any_day = delivery.subject_kind == REMINDER and delivery.event_at is None
    return None if rings_any_day else delivery.not_after


async def end_late_call(unit: Unit, delivery: Delivery) -> None:
    """Withdraw a call that staff have not made in time, such as before a shift."""
    last = last_call(delivery)
    is_late = last is not None and unit.now > last
    if is_late and await unit.tasks.withdraw(PHONE, call_about(delivery.id)):
        await end(unit, delivery, DeliveryState.EXPIRED, Reason.TOO_LATE)


async def take_back_unwanted(unit: Unit, person_id: int) -> None:
    """Take back what is on its way to a citizen and what they no longer want (HR-17)."""
    queued = await unit.deliveries.queued(person_id=person_id)
    if not queued:
        return
    mutes, consents = await unit.mutes.of(person_id), await unit.consents.live(person_id)
    by_reason: dict[Reason, list[tuple[Delivery, str]]] = defaultdict(list)
    for one, lane in queued:
        reason = unwanted(one, mutes, consents)
        if reason is not None:
            by_reason[reason].append((one, lane))
    for reason, some in by_reason.items():
        await take_back(unit, some, DeliveryState.SKIPPED, reason)


def unwanted(
    delivery: Delivery, mutes: Collection[str], consents: Collection[str]
) -> Reason | None:
    """Return why a person does not want a message: a pause, a muted topic, no consent to news."""
    stance = Stance(
        paused_until=FOREVER if ALL_TOPICS in mutes else None,
        muted_until=FOREVER if delivery.topic in mutes else None,
        consents=agrees(delivery.topic, consents),
    )
    return stance.withheld(delivery.message_class, delivery.planned_at)


async def end(unit: Unit, delivery: Delivery, state: DeliveryState, reason: Reason) -> bool:
    """Record that a delivery is not sent, and why; return False if it has changed meanwhile."""
    return await unit.deliveries.change(delivery, state=state, reason=reason)


async def move(
    unit: Unit,
    delivery: Delivery,
    lane: str,
    until: datetime,
    reason: Reason | None,
    **more: Any,
) -> bool:
    """Plan a delivery for another moment; return False if it has changed meanwhile."""
    planned = {"state": DeliveryState.PLANNED, "planned_at": until, "reason": reason, **more}
    if not await unit.deliveries.change(delivery, **planned):
        return False
    await unit.timers.set(NewTimer(TIMER, str(delivery.id), lane, until))
    return True


async def judge(  # noqa: PLR0911 - one rule each, in order
    unit: Unit, delivery: Delivery, person: Person
) -> Verdict:
    """Return whether a delivery that is due is sent to a citizen, moved or withheld."""
    if is_too_late(unit, delivery):
        return Verdict(Reason.TOO_LATE)
    if not person.reachable:
        return Verdict(Reason.UNREACHABLE)
    is_news = delivery.message_class is MessageClass.NEWS
    consents = await unit.consents.live(person.id) if is_news else {}
    mutes = await unit.mutes.of(person.id, [ALL_TOPICS, delivery.topic or ALL_TOPICS])
    reason = unwanted(delivery, mutes, consents)
    if reason is not None and reason is not Reason.NO_CONSENT:
        return Verdict(reason)
    allowed = _allowed_at(unit, delivery, person)
    if allowed > unit.now:
        return Verdict(held_until=allowed)
    if reason is not None:
        return Verdict(reason)
    if is_news:
        return await _judge_news(unit, delivery, person, consents)
    return Verdict()


def is_too_late(unit: Unit, delivery: Delivery) -> bool:
    """Return whether the last moment of a delivery has passed."""
    return delivery.not_after is not None and unit.now > delivery.not_after


def may_ring(delivery: Delivery) -> bool:
    """Return whether staff ring a participant who is not in the chat.

    News needs a consent, which only the chat asks for. An invitation is a question of a person.
    """
    is_news = delivery.message_class is MessageClass.NEWS
    return not is_news or delivery.subject_kind == INVITATION


def rings_blocked(delivery: Delivery) -> bool:
    """Return whether staff ring a person who has blocked the bot.

    The contact of a shift expects the person, and an invitation waits for an answer. Of a blocked
    person only a pledge lives that they gave by phone.
    """
    asks_about_pledge = delivery.subject_kind == PLEDGE and delivery.asks
    return asks_about_pledge or delivery.subject_kind in {INVITATION, SIGNUP}


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


async def _judge_news(
    unit: Unit, delivery: Delivery, person: Person, consents: Collection[str]
) -> Verdict:
    """Apply `no_promo` and the weekly limit to news."""
    if await unit.deliveries.is_promo_barred(person.id):
        return Verdict(Reason.NO_PROMO)
    monday, next_monday = week_of(unit, unit.now)
    sent = await unit.deliveries.news_between(delivery.participant_id, monday, next_monday)
    if sent >= MOST_NEWS:
        opens = opens_again(unit, next_monday, person.own_quiet)
        late = delivery.not_after is not None and opens > delivery.not_after
        return Verdict(Reason.CAP) if late else Verdict(held_until=opens)
    if sent < MOST_NEWS - 1 or delivery.subject_kind == INVITATION:
        return Verdict()
    # The last message of the week takes along the news that would otherwise wait.
    waiting = await unit.deliveries.waiting_news(delivery.participant_id, until=next_monday)
    mutes = await unit.mutes.of(person.id)
    more = tuple(
        one
        for one in waiting
        if one.id != delivery.id
        and one.subject_kind not in {INVITATION, BROADCAST}  # a line of a digest has no answers
        and unwanted(one, mutes, consents) is None
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
