"""Timers that are due: one handler for each kind."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.engine.conversation import ENDED, WAITING
from bot.runner import broadcasts, conversations, deliveries, free_text
from bot.runner.context import Runtime, TurnContext, context_of
from bot.runner.flow_lookup import flow_of
from bot.runner.overview import redraw_overview
from bot.service import answers, reminders
from bot.service import deliveries as plans
from bot.service.broadcasts import sending
from bot.service.cases import alarms, clock, replies
from bot.service.pledges import campaign_clock, ending, outcomes, pledge_messages
from bot.service.volunteering import (
    attendance,
    credit,
    gates,
    invitations,
    queue,
    requests,
    shifts,
    signup_messages,
)
from bot.store.inbox import InboxRow
from bot.store.outbox import Priority
from bot.store.timers import UNREACHABLE
from bot.store.unit import Unit
from flows import cards, messages

TimerHandler = Callable[[Runtime, Unit, InboxRow], Awaitable[None]]


async def take_timer(runtime: Runtime, unit: Unit, row: InboxRow) -> None:
    """Run the handler of a due timer; skip a timer that was reset or cancelled since."""
    if await unit.timers.is_current(row.payload["timer"], row.payload["fence"]):
        await TIMERS[row.payload["kind"]](runtime, unit, row)


def by_service(work: Callable[[Unit, int], Awaitable[None]]) -> TimerHandler:
    """Return a handler that runs a service with the timer's subject."""

    async def handle(_runtime: Runtime, unit: Unit, row: InboxRow) -> None:
        await work(unit, int(row.payload["subject"]))

    return handle


def in_chat(work: Callable[[TurnContext, int], Awaitable[None]]) -> TimerHandler:
    """Return a handler that writes to the lane's citizen; it does nothing if they are gone."""

    async def handle(runtime: Runtime, unit: Unit, row: InboxRow) -> None:
        context = await context_of(runtime, unit, row)
        if context is not None:
            await work(context, int(row.payload["subject"]))
            await context.write_outgoing()
            await redraw_overview(context)

    return handle


async def _send_question_on(context: TurnContext, question_id: int) -> None:
    """Send an unanswered question on to staff after half an hour without a tap."""
    asked = await free_text.settle(context, question_id)
    if asked is not None and asked.faq_id is None:
        await free_text.send_on(context, asked, by_itself=True)


async def _nudge(context: TurnContext, conversation_id: int) -> None:
    """Remind the citizen once of an unfinished conversation."""
    conversation = await context.unit.conversations.get(conversation_id)
    if conversation is None or conversation.state != WAITING:
        return
    flow = flow_of(conversation)
    if flow is None:
        await conversations.end(context, conversation)
        return
    await context.unit.conversations.save(replace(conversation, nudged=True))
    card = cards.offer_to_resume(conversation.id, messages.NUDGE, flow.named(conversation.answers))
    context.send(card, priority=Priority.REMINDER)


async def _expire(context: TurnContext, conversation_id: int) -> None:
    """End a conversation that was untouched for seven days."""
    conversation = await context.unit.conversations.get(conversation_id)
    if conversation is not None and conversation.state != ENDED:
        await conversations.end(context, conversation)


TIMERS: Mapping[str, TimerHandler] = {
    reminders.EXPAND: by_service(reminders.expand),
    plans.TIMER: deliveries.take_due,
    answers.ASK_AGAIN: in_chat(deliveries.ask_again),
    shifts.TIMER: by_service(shifts.plan_ahead),
    queue.TIMER: by_service(queue.offer_ends),
    requests.TIMER: by_service(requests.late),
    credit.TIMER: by_service(invitations.look),
    gates.RECHECK: by_service(gates.recheck),
    signup_messages.SILENT: by_service(attendance.silent),
    signup_messages.NOT_NOTED: by_service(attendance.not_noted),
    pledge_messages.TIMER: by_service(ending.look_after),
    UNREACHABLE: by_service(ending.stop_unreachable),
    campaign_clock.TIMER: by_service(campaign_clock.look),
    campaign_clock.TELL: by_service(campaign_clock.tell_signers),
    campaign_clock.COUNTER: by_service(campaign_clock.ask_counter),
    outcomes.TIMER: by_service(outcomes.late),
    outcomes.WAITING: by_service(outcomes.look),
    sending.TIMER: broadcasts.look_after,
    clock.TIMER: by_service(alarms.strike),
    replies.SEND: by_service(alarms.send_scheduled),
    free_text.TIMER: in_chat(_send_question_on),
    "nudge": in_chat(_nudge),
    "expire": in_chat(_expire),
}
