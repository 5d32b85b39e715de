"""The messages about a pledge: all are deliveries, so quiet hours and the ledger hold for them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.model.campaign import CampaignState
from bot.model.delivery import OWN_TOPIC, Delivery, DeliveryState, MessageClass, Reason
from bot.model.pledge import APART, GRACE, PLEDGE, Pledge, PledgeState, plan_of
from bot.service import deliveries
from bot.service.answers import ASK_AGAIN
from bot.service.pledges.campaign_days import FOLLOWS_UP_AT, follow_up_day
from bot.service.pledges.check_in_days import later_days, next_day
from bot.store.alerts import Subject
from bot.store.audiences import Recipient
from bot.store.timers import NewTimer
from bot.store.unit import Unit

TOPIC = "pledges"
CHECK_IN, PLAN, ENDED = "checkin", "plan", "ended"
NOT_SHOWN, NO_NAME = "notshown", "noname"  # why own words, or a name, are not shown
ACTIVATED, UNMET, EXTENDED = "activated", "unmet", "extended"
CANCELLED, FOLLOW_UP, MOVED = "cancelled", "followup", "moved"
QUESTIONS = frozenset({CHECK_IN, FOLLOW_UP})
TIMER = "pledge"  # looks after a pledge: the next check-in, or its end; subject: the pledge
ASKS_AT = time(16, 30)
NEXT_MORNING = time(8)
USEFUL_FOR = timedelta(days=4)  # a check-in; the next message comes five days after it
TOLD_WITHIN = timedelta(days=7)
MOST = 500  # deliveries about one pledge


def asked_on(delivery: Delivery) -> date:
    """Return the day that a check-in is about."""
    return date.fromisoformat(delivery.mark)


def asks_about(delivery: Delivery, day: date) -> bool:
    """Return whether a message asks how a pledge went on a day."""
    return delivery.kind in QUESTIONS and delivery.mark == day.isoformat()


async def follow(unit: Unit, pledge: Pledge) -> None:
    """Plan the next check-in of a pledge that lives, and when to look after the pledge again.

    Earlier plans are replaced, but for a check-in that the person put off.
    """
    await _cancel_check_ins(unit, pledge)
    recipient = await _recipient(unit, pledge)
    day = await _next_check_in(unit, pledge)
    if day is None:
        grace_over = unit.calendar.instant(pledge.ends_on + GRACE, NEXT_MORNING)
        await _look(unit, pledge, max(grace_over, unit.now + timedelta(days=1)))
        return
    at = unit.calendar.next_allowed(
        unit.calendar.instant(day, ASKS_AT), recipient.own_quiet if recipient else None
    )
    if recipient is not None:
        delivery = _delivery(
            pledge, f"{CHECK_IN}:{day.isoformat()}", unit.calendar.instant(day, ASKS_AT), at
        )
        await deliveries.plan(unit, [(recipient, delivery)])
    await _look(unit, pledge, at + timedelta(minutes=1))


async def expected(unit: Unit, pledge: Pledge, until: datetime) -> list[Delivery]:
    """Return the check-ins after the next one, which is planned already, until an instant.

    The question of its campaign is not planned before its day, and is among them.
    """
    if pledge.state is not PledgeState.ACTIVE:
        return []
    after = _asked_until(unit)
    asks = await followed_up_on(unit, pledge)
    days = later_days(pledge, after, unit.calendar.local(until).date())
    asked = [(CHECK_IN, day, ASKS_AT) for day in days if asks is None or abs(day - asks) >= APART]
    asked += [(FOLLOW_UP, asks, FOLLOWS_UP_AT)] if asks is not None and asks > after else []
    found = [
        _delivery(pledge, f"{kind}:{day.isoformat()}", at, unit.calendar.next_allowed(at))
        for kind, day, time_of_day in asked
        for at in (unit.calendar.instant(day, time_of_day),)
    ]
    return [one for one in found if unit.now < one.planned_at <= until]


def _asked_until(unit: Unit) -> date:
    """Return the last day on which the time of check-ins has come."""
    local = unit.calendar.local(unit.now)
    return local.date() - timedelta(days=local.time() < ASKS_AT)


async def followed_up_on(unit: Unit, pledge: Pledge) -> date | None:
    """Return the day on which a pledge's campaign asks its signers; None where it does not."""
    if pledge.campaign_id is None:
        return None
    campaign = await unit.campaigns.get(pledge.campaign_id)
    if campaign is None or campaign.state is CampaignState.CANCELLED:
        return None
    since = campaign.activated_at
    return follow_up_day(unit, since) if since is not None else None


async def sent_on(unit: Unit, pledge: Pledge, day: date, at: time = ASKS_AT) -> date:
    """Return the day on which a question about a day is sent: quiet days and hours move it."""
    recipient = await _recipient(unit, pledge)
    own_quiet = recipient.own_quiet if recipient is not None else None
    moment = unit.calendar.next_allowed(unit.calendar.instant(day, at), own_quiet)
    return unit.calendar.local(moment).date()


async def question_after(unit: Unit, pledge: Pledge, after: date) -> date | None:
    """Return the day of the first question later than *after*, of the pledge or its campaign."""
    asks = await followed_up_on(unit, pledge)
    own = _not_near(unit, pledge, asks, after)
    days = [own, asks if asks is not None and asks > after else None]
    return min((day for day in days if day is not None), default=None)


def _not_near(unit: Unit, pledge: Pledge, asks: date | None, after: date) -> date | None:
    """Return the first check-in day later than *after*, not within five days of a campaign's."""
    day = next_day(pledge, after)
    if day is None or asks is None or day >= asks + APART:
        return day
    sent_on = unit.calendar.local(unit.calendar.next_allowed(unit.calendar.instant(day, ASKS_AT)))
    is_near = sent_on.date() > asks - APART
    return next_day(pledge, asks + APART - timedelta(days=1)) if is_near else day


async def _next_check_in(unit: Unit, pledge: Pledge) -> date | None:
    """Return the day of the next check-in: five days after the last message, or on the last day."""
    after = _asked_until(unit)
    sent = [
        unit.calendar.local(moment).date()
        for one in await unit.deliveries.of_subject(PLEDGE, pledge.id, MOST)
        if one.kind in QUESTIONS
        for moment in _sent_at(unit, one)
    ]
    if sent:
        after = max(after, max(sent) + APART - timedelta(days=1))
    asks = await followed_up_on(unit, pledge)
    day = _not_near(unit, pledge, asks, after)
    is_asked = any(moment >= pledge.ends_on for moment in sent)
    is_asked = is_asked or (asks is not None and asks > pledge.ends_on - APART)
    if day is None and not is_asked and pledge.ends_on >= pledge.starts_on:
        late = max(after + timedelta(days=1), pledge.ends_on)
        day = late if late <= pledge.ends_on + GRACE - timedelta(days=1) else None
    return day


def _sent_at(unit: Unit, one: Delivery) -> list[datetime]:
    """Return when a question was sent, or is about to be."""
    is_planned = one.state is DeliveryState.PLANNED
    if is_planned and (one.planned_at <= unit.now or one.kind == FOLLOW_UP):
        return [one.planned_at]
    if one.state in _NOT_SENT and one.reason is not Reason.SNOOZED:
        return []
    return [moment for moment in (one.sent_at, one.asked_again_at) if moment is not None]


_NOT_SENT = frozenset({DeliveryState.PLANNED, DeliveryState.CANCELLED, DeliveryState.SKIPPED})


async def hold(unit: Unit, pledge: Pledge) -> None:
    """Send nothing during a break, and look after the pledge the day after its end."""
    await deliveries.cancel(unit, PLEDGE, pledge.id, Reason.HELD)
    await deliveries.withdraw_calls(unit, PLEDGE, pledge.id, Reason.HELD)
    day_after = pledge.ends_on + timedelta(days=1)
    await _look(unit, pledge, unit.calendar.instant(day_after, NEXT_MORNING))


async def _cancel_check_ins(unit: Unit, pledge: Pledge) -> None:
    """Cancel the check-in that is still to come, unless the person put it off."""

    def is_replaced(one: Delivery) -> bool:
        is_to_come = one.planned_at > unit.now and one.reason is not Reason.SNOOZED
        return one.kind == CHECK_IN and is_to_come

    await _drop_where(unit, pledge, is_replaced)


async def ask_no_more(unit: Unit, pledge: Pledge) -> None:
    """Do not ask the silent person again: the next check-in comes at another time than before."""
    for one in await unit.deliveries.of_subject(PLEDGE, pledge.id, MOST):
        if one.kind in QUESTIONS and one.answer is None:
            await unit.timers.cancel(ASK_AGAIN, str(one.id))


async def stop(unit: Unit, pledge: Pledge, reason: Reason = Reason.ENDED) -> None:
    """Cancel what is planned about a pledge, and the calls that staff have not made."""
    await deliveries.cancel(unit, PLEDGE, pledge.id, reason)
    await deliveries.withdraw_calls(unit, PLEDGE, pledge.id, reason)
    await unit.timers.cancel(TIMER, str(pledge.id))


async def plan_first_step(unit: Unit, pledge: Pledge) -> None:
    """Plan the one reminder of the person's own plan, at the moment that they chose."""
    plan, recipient = plan_of(pledge), await _recipient(unit, pledge)
    await drop(unit, pledge, {PLAN})
    if plan is None or plan.at is None or recipient is None or plan.at <= unit.now:
        return
    occasion = f"{PLAN}:{plan.at:%Y%m%dT%H%M}"
    delivery = _delivery(pledge, occasion, plan.at, plan.at, asks=False, topic=OWN_TOPIC)
    await deliveries.plan(unit, [(recipient, delivery)])


async def drop(unit: Unit, pledge: Pledge, kinds: Collection[str]) -> None:
    """Cancel the planned messages of some kinds about a pledge."""
    await _drop_where(unit, pledge, lambda one: one.kind in kinds)


async def _drop_where(unit: Unit, pledge: Pledge, is_dropped: Callable[[Delivery], bool]) -> None:
    """Cancel the planned messages about a pledge that a condition holds for."""
    for one in await unit.deliveries.of_subject(PLEDGE, pledge.id, MOST):
        if one.state is DeliveryState.PLANNED and is_dropped(one):
            await deliveries.end(unit, one, DeliveryState.CANCELLED, Reason.EDITED)
            await unit.timers.cancel(deliveries.TIMER, str(one.id))


async def tell(
    unit: Unit, pledges: Collection[Pledge], occasion: str, *, asks: bool = False
) -> None:
    """Plan one message about each pledge for now, after quiet hours."""
    found = await unit.audiences.find_all({one.participant_id or 0 for one in pledges})
    planned = []
    for one in pledges:
        recipient = found.get(one.participant_id or 0)
        if recipient is not None:
            at = unit.calendar.next_allowed(unit.now, recipient.own_quiet)
            planned.append((recipient, _told(unit, one, occasion, at, asks=asks)))
    await deliveries.plan(unit, planned)


async def record_told(unit: Unit, pledge: Pledge, occasion: str, *, in_chat: bool) -> None:
    """Record that a person knows what a message would say: by a reply, or by staff on the phone."""
    told = _told(unit, pledge, occasion, unit.now, asks=False)
    if in_chat:
        known = replace(told, state=DeliveryState.SENT, sent_at=unit.now)
    else:
        known = replace(told, state=DeliveryState.SKIPPED, reason=Reason.ANSWERED)
    await unit.deliveries.plan([known])


async def tell_about(
    unit: Unit, subject: Subject, recipients: Iterable[Recipient], occasion: str
) -> None:
    """Plan one message about a campaign or an answer to each person, for now, after quiet hours."""
    planned = []
    for recipient in recipients:
        at = unit.calendar.next_allowed(unit.now, recipient.own_quiet)
        delivery = Delivery(
            id=0,
            subject_kind=subject.kind,
            subject_id=subject.id,
            occasion=occasion,
            participant_id=recipient.participant_id,
            message_class=MessageClass.ANSWER,
            version=1,
            wanted_at=unit.now,
            planned_at=at,
            topic=TOPIC,
            not_after=at + TOLD_WITHIN,
        )
        planned.append((recipient, delivery))
    await deliveries.plan(unit, planned)


def _told(unit: Unit, pledge: Pledge, occasion: str, at: datetime, *, asks: bool) -> Delivery:
    attention = MessageClass.ASKED_FOR if asks else MessageClass.ANSWER
    return _delivery(pledge, occasion, unit.now, at, asks=asks, attention=attention)


def _delivery(
    pledge: Pledge,
    occasion: str,
    wanted: datetime,
    at: datetime,
    *,
    asks: bool = True,
    topic: str = TOPIC,
    attention: MessageClass = MessageClass.ASKED_FOR,
) -> Delivery:
    """Return a delivery about a pledge to its participant."""
    return Delivery(
        id=0,
        subject_kind=PLEDGE,
        subject_id=pledge.id,
        occasion=occasion,
        participant_id=pledge.participant_id or 0,
        message_class=attention,
        version=1,
        wanted_at=wanted,
        planned_at=at,
        topic=topic,
        not_after=at + (USEFUL_FOR if asks else TOLD_WITHIN),
        asks=asks,
        reason=Reason.QUIET if at > wanted else None,
    )


async def _recipient(unit: Unit, pledge: Pledge) -> Recipient | None:
    if pledge.participant_id is None:
        return None
    return await unit.audiences.find(pledge.participant_id, although_blocked=True)


async def _look(unit: Unit, pledge: Pledge, at: datetime) -> None:
    """Set the timer that looks after a pledge."""
    await unit.timers.set(NewTimer(TIMER, str(pledge.id), f"pledge:{pledge.id}", at))


def ask_again_at(
    unit: Unit, delivery: Delivery, own_quiet: tuple[int, int] | None
) -> datetime | None:
    """Return when the silent are asked again: five days later.

    The caller leaves it out where the next check-in comes within five days after that.
    """
    at = unit.calendar.next_allowed(unit.now + APART, own_quiet)
    return at if delivery.kind in QUESTIONS else None
