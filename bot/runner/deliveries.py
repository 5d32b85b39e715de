"""Deliveries that are due: judged, rendered and sent, and their results recorded."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot.engine.effects import Send
from bot.model.delivery import FINAL_ANSWERS, Delivery, DeliveryState, MessageClass, Reason
from bot.model.invitation import INVITATION
from bot.model.person import Person
from bot.model.reminder import SUBJECT as REMINDER
from bot.model.signup import SIGNUP
from bot.runner import invitations, reminders, signup_buttons, signups
from bot.runner.context import Runtime, TurnContext, context_of
from bot.service import answers, deliveries
from bot.store.inbox import InboxRow
from bot.store.outbox import Priority
from bot.store.unit import Unit
from flows import cards, reminder_cards

IN_CASE_WITHIN = timedelta(hours=24)  # since the last message between a person and staff


@dataclass(frozen=True, slots=True)
class Subject:
    """What deliveries about one kind of subject need.

    *withheld* returns why a delivery is no longer sent, *render* its message (a second one for
    the silent), *line* one line for a digest and for lists. *buttons* are the handlers of its
    buttons, and *after* sends what follows the message.
    """

    withheld: Callable[[Unit, Delivery], Awaitable[Reason | None]]
    render: Callable[[TurnContext, Delivery, bool], Awaitable[Send]]
    line: Callable[[Unit, Delivery, str], Awaitable[str]]
    buttons: Mapping[str, Callable[[TurnContext, Delivery], Awaitable[None]]]
    after: Callable[[TurnContext, Delivery], Awaitable[None]] | None = None


SUBJECTS: Mapping[str, Subject] = {
    REMINDER: Subject(reminders.withheld, reminders.render, reminders.line, reminders.BUTTONS),
    SIGNUP: Subject(
        signups.withheld, signups.render, signups.line, signup_buttons.BUTTONS, signups.after
    ),
    INVITATION: Subject(
        invitations.withheld, invitations.render, invitations.line, invitations.BUTTONS
    ),
}


async def pressed(context: TurnContext, delivery_id: int | None, what: str) -> None:
    """Run the handler of a delivery's button."""
    unit = context.unit
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
    if delivery is None or delivery.state is not DeliveryState.PLANNED:
        return
    context = await context_of(runtime, unit, row)
    unsent = await _unsent(unit, delivery, context.citizen if context is not None else None)
    if unsent is not None:
        await deliveries.end(unit, delivery, *unsent)
        return
    if context is None or not context.citizen.reachable:
        await _phone(unit, delivery, None if context is None else Reason.UNREACHABLE)
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
        along = [
            one
            for one in verdict.digest
            if await SUBJECTS[one.subject_kind].withheld(unit, one) is None
        ]
        await _send(context, delivery, along)
        await context.write_outgoing()
        after = SUBJECTS[delivery.subject_kind].after
        if after is not None and not along:
            await after(context, delivery)


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


async def _phone(unit: Unit, delivery: Delivery, reason: Reason | None = None) -> None:
    """Give staff a task: the participant is not in the chat (HR-27), or has blocked it."""
    await unit.tasks.add("phone", deliveries.call_about(delivery.id), None)
    await unit.deliveries.change(
        delivery.id, state=DeliveryState.PHONED, sent_at=unit.now, reason=reason
    )


async def _send(context: TurnContext, delivery: Delivery, digest: Sequence[Delivery]) -> None:
    """Queue a delivery's message; other news go with it as lines of a digest."""
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
    for one in digest:
        await unit.timers.cancel(deliveries.TIMER, str(one.id))
        await unit.deliveries.change(
            one.id, state=DeliveryState.QUEUED, reason=Reason.DIGEST, sent_at=unit.now
        )
    await unit.deliveries.change(delivery.id, state=DeliveryState.QUEUED, sent_at=unit.now)
    ids = [delivery.id, *(one.id for one in digest)]
    context.send(
        send,
        priority=Priority.REMINDER,
        on_result={"what": "delivery", "deliveries": ids},
        not_after=delivery.not_after,
        quiet=delivery.event_at is None,
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
        await unit.deliveries.change(
            delivery_id,
            state=state,
            message_id=payload["message_id"],
            reason=reasons.get(state, delivery.reason),
            sent_at=unit.now if state is DeliveryState.SENT else delivery.sent_at,
        )
        if (
            state is DeliveryState.SKIPPED
            and not context.citizen.reachable
            and deliveries.rings_blocked(delivery)
        ):
            await _phone(unit, delivery, Reason.UNREACHABLE)
        if state is DeliveryState.SENT and delivery.asks and delivery.asked_again_at is None:
            await answers.ask_again_later(unit, delivery, context.lane, context.citizen.own_quiet)


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
        or await SUBJECTS[delivery.subject_kind].withheld(unit, delivery) is not None
        or await unit.deliveries.is_in_case(context.citizen.id, IN_CASE_WITHIN)
    ):
        return
    verdict = await deliveries.judge(unit, as_question(delivery), context.citizen)
    if not verdict.sends:
        return
    await unit.deliveries.change(delivery.id, asked_again_at=unit.now)
    render = SUBJECTS[delivery.subject_kind].render
    send = await render(context, delivery, True)  # noqa: FBT003 - the type names it
    context.send(send, priority=Priority.REMINDER, not_after=unit.now + answers.ASKS_AGAIN_AFTER)


def as_question(delivery: Delivery) -> Delivery:
    """Return the delivery as it is judged when the silent are asked: it is not news of its own."""
    return replace(delivery, message_class=MessageClass.ASKED_FOR, not_after=None)
