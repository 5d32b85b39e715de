"""The messages about a sign-up: all are deliveries, so quiet hours and the ledger hold for them.

The chain of a shift is the question two days before, asked again of the silent a day before, the
note three hours before, and the thanks an hour after. Quiet hours move the messages before the
shift to an earlier time, so that there is time to answer, and to find another person.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.calendar import Calendar
from bot.calendar.chain import CLOSEST, TIME_TO_ANSWER, Step, allowed
from bot.calendar.offset import Offset, Span
from bot.model.delivery import (
    ARRIVED,
    Delivery,
    DeliveryState,
    MessageClass,
    Reason,
)
from bot.model.opportunity import Shift
from bot.model.signup import AT_RISK_FROM, SIGNUP, Signup
from bot.service import deliveries
from bot.store.audiences import Recipient
from bot.store.timers import NewTimer
from bot.store.unit import Unit

TOPIC = "volunteering"
ASK, NOTE, THANKS = "ask", "note", "thanks"
CONFIRMED, WAITLISTED, REJECTED = "confirmed", "waitlisted", "rejected"
CANCELLED, REPLACED = "cancelled", "replaced"
NOT_NEEDED, UNANSWERED = "not_needed", "unanswered"  # when the shift begins
# These are followed by ":" and a mark, because they may be sent several times.
OFFER, FREE, MOVED, STANDIN = "offer", "free", "moved", "standin"
NO_SHOW, STAYS, CORRECTED = "no_show", "stays", "corrected"
ORDERED, REOPENED = "ordered", "reopened"  # the mark of the first begins with the gate
WROTE, NEEDS = "wrote", "needs"
CHANGED = "changed"  # time or place, for people who wait
ASK_STEP = Step(ASK, Offset(-48, Span.HOUR), prepares=True)
ASK_AGAIN_STEP = Step("again", Offset(-24, Span.HOUR), prepares=True)
NOTE_STEP = Step(NOTE, Offset(-3, Span.HOUR), prepares=True)
THANKS_STEP = Step(THANKS, Offset(60, Span.MINUTE))
A_DAY = timedelta(days=1)
IN_CHAIN = frozenset({ASK, NOTE, THANKS})
QUESTIONS = frozenset({ASK, MOVED})
OFFERS = frozenset({OFFER, FREE, STANDIN})
ENDINGS = frozenset({REJECTED, CANCELLED, REPLACED})  # told also when the shift has begun
TOLD = ARRIVED | {DeliveryState.PHONED}
MOST = 100  # deliveries about one sign-up
NOTED_WITHIN = timedelta(days=1)  # after the end of a shift
NOT_NOTED = "attendance_open"  # the timer; subject: the shift
SILENT = "volunteer_silent"  # the timer; subject: the shift
THANKED_WITHIN = timedelta(days=3)
TOLD_WITHIN = timedelta(days=7)


def kind_of(delivery: Delivery) -> str:
    """Return which message about a sign-up a delivery is."""
    return delivery.occasion.partition(":")[0]


def standin_for(delivery: Delivery) -> int:
    """Return the sign-up for which a message looks for a stand-in."""
    return int(delivery.occasion.split(":")[1])


async def plan_chain(
    unit: Unit, signup: Signup, shift: Shift, *, without: Collection[str] = ()
) -> bool:
    """Plan the chain of a confirmed sign-up; a note whose time has passed is sent at once.

    A question whose time has passed is left out, and so are the messages *without*. Return
    whether the question is still to come.
    """
    recipient = await unit.audiences.find(signup.participant_id, although_blocked=True)
    if recipient is None:
        return False
    times = times_before(unit.calendar, shift.begins_at, recipient.own_quiet)
    planned = []
    if ASK not in without and times.question > unit.now:
        question = _delivery(signup, ASK, shift, times.question, shift.begins_at)
        planned.append((recipient, replace(question, asks=True)))
    if NOTE not in without and unit.now < shift.begins_at:
        at = max(times.note, unit.now)
        planned.append((recipient, _delivery(signup, NOTE, shift, at, shift.begins_at)))
    if THANKS not in without:
        planned.append(_thanks(unit, recipient, signup, shift))
    await deliveries.plan(unit, planned)
    await watch_silent(unit, shift)
    await ask_who_came(unit, shift)
    return any(delivery.asks for _recipient, delivery in planned)


@dataclass(frozen=True, slots=True)
class Times:
    """When a volunteer is asked, asked again if silent, and told what is practical."""

    question: datetime
    again: datetime
    note: datetime


def times_before(
    calendar: Calendar, begins_at: datetime, own_quiet: tuple[int, int] | None = None
) -> Times:
    """Return when the messages before a shift are sent to a person.

    Where quiet hours push two of them together, the earlier one is sent earlier still.
    """

    def at(step: Step) -> datetime:
        wanted = step.offset.from_(begins_at, calendar)
        return allowed(step, wanted, calendar, own_quiet)

    note, again, question = at(NOTE_STEP), at(ASK_AGAIN_STEP), at(ASK_STEP)
    if note - again < CLOSEST:
        again = allowed(ASK_AGAIN_STEP, note - CLOSEST, calendar, own_quiet)
    if again - question < TIME_TO_ANSWER:
        question = allowed(ASK_STEP, again - A_DAY, calendar, own_quiet)
    return Times(question, again, note)


def _asks_later(times: Times, moved_at: datetime) -> bool:
    """Return whether the question before a shift comes a day or more after one about a change."""
    return times.question >= moved_at + A_DAY


def ask_again_at(
    unit: Unit, delivery: Delivery, own_quiet: tuple[int, int] | None
) -> datetime | None:
    """Return when the silent are asked again: once before the shift, and never about an offer.

    From three hours before the note, the note itself asks.
    """
    kind, begins_at = kind_of(delivery), delivery.event_at
    if kind not in QUESTIONS or begins_at is None:
        return None
    times = times_before(unit.calendar, begins_at, own_quiet)
    if kind == MOVED and _asks_later(times, delivery.wanted_at):
        return None
    at = unit.calendar.next_allowed(max(times.again, unit.now + TIME_TO_ANSWER), own_quiet)
    return at if at <= times.note - CLOSEST else None


async def ask_who_came(unit: Unit, shift: Shift) -> None:
    """Set the timer that asks the contacts who came, a day after the shift."""
    at = max(shift.ends_at, unit.now) + NOTED_WITHIN
    await unit.timers.set(NewTimer(NOT_NOTED, str(shift.id), f"shift:{shift.id}", at))


async def watch_silent(unit: Unit, shift: Shift) -> None:
    """Set the timer that tells the contacts who is silent shortly before a shift."""
    at = shift.begins_at - AT_RISK_FROM
    if at > unit.now:
        await unit.timers.set(NewTimer(SILENT, str(shift.id), f"shift:{shift.id}", at))


async def plan_thanks(unit: Unit, signup_id: int, shift: Shift) -> None:
    """Plan the thanks to a volunteer who came without a sign-up."""
    signup = await unit.signups.get(signup_id)
    recipient = await unit.audiences.find(signup.participant_id) if signup is not None else None
    if signup is not None and recipient is not None:
        await deliveries.plan(unit, [_thanks(unit, recipient, signup, shift)])


def _thanks(
    unit: Unit, recipient: Recipient, signup: Signup, shift: Shift
) -> tuple[Recipient, Delivery]:
    """Return the thanks an hour after the end of a shift."""
    wanted = max(THANKS_STEP.offset.from_(shift.ends_at, unit.calendar), unit.now)
    at = allowed(THANKS_STEP, wanted, unit.calendar, recipient.own_quiet)
    return recipient, _delivery(signup, THANKS, shift, at, None)


async def tell(
    unit: Unit,
    signup: Signup,
    occasion: str,
    shift: Shift | None,
    *,
    asks: bool = False,
    after: timedelta = timedelta(),
) -> datetime | None:
    """Plan one message about a sign-up for now, after quiet hours; return when it is sent.

    It goes out in quiet hours if the shift begins before the next allowed moment. A message
    that waits *after* a decision can be taken back before it is read.
    """
    recipient = await unit.audiences.find(signup.participant_id, although_blocked=True)
    if recipient is None:
        return None
    begins_at = shift.begins_at if shift is not None and shift.begins_at > unit.now else None
    is_ending = occasion.partition(":")[0] in ENDINGS
    at = unit.now + after
    if begins_at is not None:  # it is read before the shift
        at = min(at, unit.now + (begins_at - unit.now) / 2)
    if unit.calendar.quiet(at, recipient.own_quiet):
        moment = unit.calendar.next_allowed(at, recipient.own_quiet)
        at = at if begins_at is not None and begins_at <= moment else moment
    delivery = Delivery(
        id=0,
        subject_kind=SIGNUP,
        subject_id=signup.id,
        occasion=occasion,
        participant_id=signup.participant_id,
        message_class=MessageClass.ANSWER,
        version=shift.version if shift is not None else 1,
        wanted_at=unit.now + after,
        planned_at=at,
        topic=TOPIC,
        event_at=begins_at,
        not_after=unit.now + TOLD_WITHIN if is_ending or begins_at is None else begins_at,
        asks=asks,
        reason=Reason.QUIET if at > unit.now + after else None,
    )
    await deliveries.plan(unit, [(recipient, delivery)])
    return at


async def replan(unit: Unit, signup: Signup, shift: Shift, *, asks: bool) -> None:
    """Follow a change of a shift's time: plan a new chain, and ask whether it still suits.

    Without the question, a message that the person has got is not sent again.
    """
    known = await unit.deliveries.of_subject(SIGNUP, signup.id, MOST)
    told = frozenset(kind_of(one) for one in known if one.state in TOLD)
    ended = IN_CHAIN | {MOVED} if asks else IN_CHAIN
    for one in known:
        if one.state is DeliveryState.PLANNED and kind_of(one) in ended:
            await deliveries.end(unit, one, DeliveryState.CANCELLED, Reason.EDITED)
            await unit.timers.cancel(deliveries.TIMER, str(one.id))
    await withdraw_calls(unit, signup, QUESTIONS if asks else (), Reason.EDITED)
    if not asks:
        await plan_chain(unit, signup, shift, without=told)
        return
    is_asked = not _asks_later(times_before(unit.calendar, shift.begins_at), unit.now)
    await plan_chain(unit, signup, shift, without={ASK} if is_asked else ())
    await tell(unit, signup, _of_change(shift), shift, asks=True)


async def about_change(unit: Unit, signup: Signup, shift: Shift) -> Delivery | None:
    """Return the question whether the last change of a shift suits, sent or not; or None."""
    found = await unit.deliveries.of_subject(SIGNUP, signup.id, MOST)
    return next((one for one in found if one.occasion == _of_change(shift)), None)


def _of_change(shift: Shift) -> str:
    """Return the occasion of the question whether the last change of a shift suits."""
    return f"{MOVED}:{shift.version}"


def each_time(unit: Unit, what: str) -> str:
    """Return the occasion of a message that may be sent several times."""
    return f"{what}:{unit.now:%Y%m%dT%H%M%S}"


async def stop(unit: Unit, signup: Signup, reason: Reason = Reason.ENDED) -> None:
    """Cancel what is planned about a sign-up, and the calls that staff have not made."""
    await deliveries.cancel(unit, SIGNUP, signup.id, reason)
    await deliveries.withdraw_calls(unit, SIGNUP, signup.id, reason)


async def withdraw_calls(
    unit: Unit, signup: Signup, kinds: Collection[str], reason: Reason = Reason.ANSWERED
) -> None:
    """Withdraw the calls about some messages that staff have not made."""
    await deliveries.withdraw_calls(
        unit, SIGNUP, signup.id, reason, of=lambda one: kind_of(one) in kinds
    )


async def cancelled_by_organiser(unit: Unit, signup: Signup, shift: Shift | None) -> None:
    """Tell that the organiser has cancelled, and cancel the rest."""
    await stop(unit, signup)
    await tell(unit, signup, CANCELLED, shift)


def _delivery(
    signup: Signup, name: str, shift: Shift, at: datetime, event_at: datetime | None
) -> Delivery:
    """Return a delivery of the chain."""
    return Delivery(
        id=0,
        subject_kind=SIGNUP,
        subject_id=signup.id,
        occasion=name if shift.version == 1 else f"{name}:{shift.version}",
        participant_id=signup.participant_id,
        message_class=MessageClass.ASKED_FOR,
        version=shift.version,
        wanted_at=at,
        planned_at=at,
        topic=TOPIC,
        event_at=event_at,
        not_after=event_at or at + THANKED_WITHIN,
    )
