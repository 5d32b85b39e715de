"""Deliveries that are due: judged, rendered and sent, and their results recorded."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.engine.effects import Redraw, Send
from bot.model.broadcast import BROADCAST
from bot.model.campaign import CAMPAIGN
from bot.model.delivery import (
    FINAL_ANSWERS,
    TAKEN_BACK,
    Delivery,
    DeliveryState,
    MessageClass,
    Reason,
)
from bot.model.invitation import INVITATION
from bot.model.outcome import OUTCOME
from bot.model.person import Person
from bot.model.pledge import PLEDGE
from bot.model.reminder import SUBJECT as REMINDER
from bot.model.signup import SIGNUP
from bot.runner import (
    broadcast_buttons,
    broadcasts,
    invitations,
    outcomes,
    pledge_buttons,
    pledges,
    proposals,
    reminders,
    signup_buttons,
    signups,
)
from bot.runner.context import Runtime, TurnContext, context_of
from bot.service import answers, deliveries
from bot.service.pledges import pledge_messages
from bot.service.reminder_rules import withheld
from bot.service.reminders import settle
from bot.service.volunteering import signup_messages
from bot.store.deliveries import AGAIN_USEFUL_FOR
from bot.store.inbox import InboxRow
from bot.store.outbox import Priority
from bot.store.timers import NewTimer
from bot.store.unit import Unit
from flows import broadcast_cards, cards, reminder_cards

IN_CASE_WITHIN = timedelta(hours=24)  # since the last message between a person and staff
A_MOMENT = timedelta(seconds=1)
NOT_BEFORE_NEXT = timedelta(hours=1)
OwnQuiet = tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Subject:
    """What deliveries about one kind of subject need.

    *withheld* returns why a delivery is no longer sent, *render* its message (a second one for
    the silent), *line* one line for a digest and for lists. *buttons* are the handlers of its
    buttons. *follows* returns when the next one comes. *replaces* returns what becomes of earlier
    messages when a new one is sent. *again_at* returns when the silent are
    asked again, or None; the next message then comes at least *apart* later.
    """

    withheld: Callable[[Unit, Delivery], Awaitable[Reason | None]]
    render: Callable[[TurnContext, Delivery, bool], Awaitable[Send]]
    line: Callable[[Unit, Delivery, str], Awaitable[str]]
    buttons: Mapping[str, Callable[[TurnContext, Delivery], Awaitable[None]]]
    follows: Callable[[Unit, Delivery], Awaitable[datetime | None]] | None = None
    again_at: Callable[[Unit, Delivery, OwnQuiet], datetime | None] = answers.ask_again_at
    apart: timedelta = NOT_BEFORE_NEXT
    replaces: Callable[[TurnContext, Delivery], Awaitable[Sequence[Redraw]]] | None = None


SUBJECTS: Mapping[str, Subject] = {
    REMINDER: Subject(
        withheld=withheld,
        render=reminders.render,
        line=reminders.line,
        buttons=reminders.BUTTONS,
        follows=reminders.follows,
    ),
    SIGNUP: Subject(
        withheld=signups.withheld,
        render=signups.render,
        line=signups.line,
        buttons=signup_buttons.BUTTONS,
        again_at=signup_messages.ask_again_at,
    ),
    BROADCAST: Subject(
        withheld=broadcasts.withheld,
        render=broadcasts.render,
        line=broadcasts.line,
        buttons=broadcast_buttons.BUTTONS,
    ),
    INVITATION: Subject(
        withheld=invitations.withheld,
        render=invitations.render,
        line=invitations.line,
        buttons=invitations.BUTTONS,
    ),
    PLEDGE: Subject(
        withheld=pledges.withheld,
        render=pledges.render,
        line=pledges.line,
        buttons=pledge_buttons.BUTTONS,
        follows=pledges.follows,
        replaces=pledges.replaces,
        again_at=pledge_messages.ask_again_at,
        apart=pledges.NEARLY_APART,
    ),
    CAMPAIGN: Subject(
        withheld=proposals.withheld,
        render=proposals.render,
        line=proposals.line,
        buttons={},
    ),
    OUTCOME: Subject(
        withheld=outcomes.withheld,
        render=outcomes.render,
        line=outcomes.line,
        buttons={},
    ),
}


async def pressed(context: TurnContext, delivery_id: int | None, what: str) -> None:
    """Run the handler of a delivery's button."""
    unit = context.unit
    if delivery_id == broadcasts.PLACE_OF_ID:
        context.send(Send(broadcast_cards.TEST, (cards.TO_MENU,)))
        return
    delivery = await unit.deliveries.get(delivery_id) if delivery_id is not None else None
    participant = await unit.participants.of_person(context.citizen.id, context.citizen.address)
    if delivery is None or delivery.participant_id != participant.id:
        context.send(Send(reminder_cards.OVER, (cards.TO_MENU,)))
        return
    run = SUBJECTS[delivery.subject_kind].buttons.get(what)
    if run is None:
        context.send(Send(reminder_cards.OVER, (cards.TO_MENU,)))
    else:
        await run(context, delivery)


async def take_due(runtime: Runtime, unit: Unit, row: InboxRow) -> None:
    """Send a delivery that is due, move it, or record why it is not sent."""
    delivery = await unit.deliveries.get(int(row.payload["subject"]))
    if delivery is not None and delivery.state is DeliveryState.PHONED:
        await deliveries.end_late_call(unit, delivery)
        return
    if delivery is None or delivery.state is not DeliveryState.PLANNED:
        return
    await _take(runtime, unit, row, delivery)
    await settle(unit, delivery)


async def _take(runtime: Runtime, unit: Unit, row: InboxRow, delivery: Delivery) -> None:
    context = await context_of(runtime, unit, row)
    unsent = await _unsent(unit, delivery, context.citizen if context is not None else None)
    if unsent is not None:
        await deliveries.end(unit, delivery, *unsent)
        return
    if context is None or not context.citizen.reachable:
        reason = None if context is None else Reason.UNREACHABLE
        await _phone(unit, row.lane, delivery, reason)
        return
    verdict = await deliveries.judge(unit, delivery, context.citizen)
    if verdict.held_until is not None:
        is_quiet = unit.calendar.quiet(unit.now, context.citizen.own_quiet)
        reason = Reason.QUIET if is_quiet else Reason.CAP
        await deliveries.move(unit, delivery, row.lane, verdict.held_until, reason)
    elif verdict.reason is not None:
        late = verdict.reason is Reason.TOO_LATE
        state = DeliveryState.EXPIRED if late else DeliveryState.SKIPPED
        await deliveries.end(unit, delivery, state, verdict.reason)
    else:
        along = await _not_withheld(unit, verdict.digest)
        await _send(context, delivery, along)
        await context.write_outgoing()


async def _unsent(
    unit: Unit, delivery: Delivery, citizen: Person | None
) -> tuple[DeliveryState, Reason] | None:
    """Return how a delivery ends that is neither sent nor a task to ring; None where it is."""
    is_rung = citizen is None or not citizen.reachable
    if citizen is not None and is_rung and not deliveries.rings_blocked(delivery):
        return DeliveryState.SKIPPED, Reason.UNREACHABLE
    reason = await SUBJECTS[delivery.subject_kind].withheld(unit, delivery)
    if reason is not None:
        return DeliveryState.CANCELLED, reason
    if citizen is None and not deliveries.may_ring(delivery):
        return DeliveryState.SKIPPED, Reason.NO_CONSENT
    if is_rung and deliveries.is_too_late(unit, delivery):
        return DeliveryState.EXPIRED, Reason.TOO_LATE
    return None


async def _not_withheld(unit: Unit, some: Sequence[Delivery]) -> list[Delivery]:
    """Return the deliveries that are still sent."""
    return [one for one in some if await SUBJECTS[one.subject_kind].withheld(unit, one) is None]


async def _phone(unit: Unit, lane: str, delivery: Delivery, reason: Reason | None = None) -> None:
    """Give staff a task: the participant is not in the chat (HR-27), or has blocked it.

    It replaces a call about the same sign-up that was not made, and ends when it is too late.
    """
    phoned = {"state": DeliveryState.PHONED, "sent_at": unit.now, "reason": reason}
    if not await unit.deliveries.change(delivery, **phoned):
        return
    if delivery.subject_kind == SIGNUP:
        await deliveries.withdraw_calls(
            unit,
            SIGNUP,
            delivery.subject_id,
            Reason.EDITED,
            of=lambda one: one.id != delivery.id and not one.asks,
        )
    await unit.tasks.add("phone", deliveries.call_about(delivery.id), None)
    last = deliveries.last_call(delivery)
    if last is not None:
        await unit.timers.set(NewTimer(deliveries.TIMER, str(delivery.id), lane, last + A_MOMENT))


async def _send(context: TurnContext, delivery: Delivery, digest: Sequence[Delivery]) -> None:
    """Queue a delivery's message; others go with it, as lines of a digest or as more events."""
    unit = context.unit
    if digest:
        together = sorted([delivery, *digest], key=lambda one: one.id)
        newest = {one.topic: one.id for one in together}
        together.sort(key=lambda one: (newest[one.topic], one.id), reverse=True)
        lines = [
            await SUBJECTS[one.subject_kind].line(unit, one, context.language) for one in together
        ]
        send = reminder_cards.digest(list(dict.fromkeys(lines)))
    else:
        render = SUBJECTS[delivery.subject_kind].render
        send = await render(context, delivery, False)  # noqa: FBT003 - the type names it
    if not await unit.deliveries.change(delivery, state=DeliveryState.QUEUED, sent_at=unit.now):
        return
    along = digest
    if delivery.event_at is not None:
        along = await _not_withheld(unit, await unit.deliveries.prepared_with(delivery))
    queued = {"state": DeliveryState.QUEUED, "reason": Reason.DIGEST, "sent_at": unit.now}
    told = [one for one in along if await unit.deliveries.change(one, **queued)]
    for one in told:
        await unit.timers.cancel(deliveries.TIMER, str(one.id))
    replaces = SUBJECTS[delivery.subject_kind].replaces
    earlier = await replaces(context, delivery) if replaces is not None and not digest else ()
    context.send(*earlier, priority=Priority.REMINDER, not_after=delivery.not_after)
    context.send(
        send,
        priority=Priority.REMINDER,
        on_result={"what": "delivery", "deliveries": [delivery.id, *(one.id for one in told)]},
        not_after=delivery.not_after,
        quiet=delivery.event_at is None and not delivery.is_at_chosen_time,
    )


async def record_result(
    context: TurnContext, asked: Mapping[str, Any], payload: Mapping[str, Any]
) -> None:
    """Record that a delivery was sent, or why not, and plan to ask the silent again."""
    unit = context.unit
    state = {"sent": DeliveryState.SENT, "expired": DeliveryState.EXPIRED}.get(
        payload["state"], DeliveryState.SKIPPED
    )
    reasons = {DeliveryState.EXPIRED: Reason.TOO_LATE, DeliveryState.SKIPPED: Reason.FAILED}
    for delivery_id in asked["deliveries"]:
        delivery = await unit.deliveries.get(delivery_id)
        if delivery is None or delivery.state is not DeliveryState.QUEUED:
            continue
        is_sent, taken_back = state is DeliveryState.SENT, delivery.reason in TAKEN_BACK
        if taken_back and not is_sent and delivery.reason is not None:
            await deliveries.end(unit, delivery, DeliveryState.CANCELLED, delivery.reason)
            continue
        is_blocked = state is DeliveryState.SKIPPED and not context.citizen.reachable
        if is_blocked and deliveries.rings_blocked(delivery):
            await _phone(unit, context.lane, delivery, Reason.UNREACHABLE)
            continue
        await unit.deliveries.change(
            delivery,
            state=state,
            message_id=payload["message_id"],
            reason=reasons.get(state, None if taken_back else delivery.reason),
            sent_at=unit.now if is_sent else delivery.sent_at,
        )
        is_first = delivery.asked_again_at is None and delivery.reason is not Reason.DIGEST
        if is_sent and delivery.asks and is_first:
            await _ask_the_silent_later(context, delivery)
        await settle(unit, delivery)


async def _ask_the_silent_later(context: TurnContext, delivery: Delivery) -> None:
    """Plan to ask again, unless the next message comes before that, or too soon after."""
    unit = context.unit
    subject = SUBJECTS[delivery.subject_kind]
    at = subject.again_at(unit, delivery, context.citizen.own_quiet)
    if at is None:
        return
    follows = subject.follows
    following = await follows(unit, delivery) if follows is not None else None
    if following is None or following > at + subject.apart:
        await answers.ask_again_later(unit, delivery, context.lane, at)


async def ask_again(context: TurnContext, delivery_id: int) -> None:
    """Ask a silent person again, unless it is answered, over, or they are with staff."""
    unit = context.unit
    delivery = await unit.deliveries.get(delivery_id)
    if (
        delivery is None
        or delivery.state is not DeliveryState.SENT
        or delivery.answer in FINAL_ANSWERS
        or delivery.asked_again_at is not None
        or (delivery.event_at is not None and unit.now >= delivery.event_at)
        or await _is_unwanted(context, delivery)
        or await SUBJECTS[delivery.subject_kind].withheld(unit, delivery) is not None
        or await unit.deliveries.is_in_case(context.citizen.id, IN_CASE_WITHIN)
    ):
        return
    question = as_question(delivery, unit.now)
    verdict = await deliveries.judge(unit, question, context.citizen)
    if verdict.held_until is not None:
        if delivery.event_at is None or verdict.held_until < delivery.event_at:
            await answers.ask_again_later(unit, delivery, context.lane, verdict.held_until)
        return
    if not verdict.sends or not await unit.deliveries.change(delivery, asked_again_at=unit.now):
        return
    render = SUBJECTS[delivery.subject_kind].render
    send = await render(context, delivery, True)  # noqa: FBT003 - the type names it
    context.send(
        send,
        priority=Priority.REMINDER,
        on_result={"what": "delivery", "deliveries": [delivery.id], "again": True},
        not_after=unit.now + AGAIN_USEFUL_FOR,
    )


async def _is_unwanted(context: TurnContext, delivery: Delivery) -> bool:
    """Return whether a citizen no longer wants messages such as a delivery's."""
    mutes = await context.unit.mutes.of(context.citizen.id)
    consents = await context.unit.consents.live(context.citizen.id)
    return deliveries.unwanted(delivery, mutes, consents) is not None


def as_question(delivery: Delivery, at: datetime) -> Delivery:
    """Return the delivery as it is judged when the silent are asked at an instant.

    It is not news of its own, and the person has not chosen the moment.
    """
    asked_for = MessageClass.ASKED_FOR
    return replace(
        delivery, message_class=asked_for, not_after=None, reason=None, asked_again_at=at
    )
