"""Buttons by which a citizen puts a message off: “Later”, and the times that it offers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, time, timedelta
from functools import partial

from bot.engine.effects import Redraw, Send
from bot.engine.events import Refused
from bot.model.commands.reminders import Snooze
from bot.model.delivery import FINAL_ANSWERS, Answer, Delivery
from bot.runner import conversations
from bot.runner.context import TurnContext
from bot.service import execute
from bot.service.answers import answered_until, comes_again_at
from flows import cards, reminder_cards
from flows.reminders import AnotherDay

AN_HOUR = timedelta(hours=1)
EVENING, MORNING = time(19), time(9)
LATEST_FOR_EVENING = time(18)
Handler = Callable[[TurnContext, Delivery], Awaitable[None]]
Render = Callable[[TurnContext, Delivery, bool], Awaitable[Send]]


def buttons_of(render: Render, show_answer: Handler) -> Mapping[str, Handler]:
    """Return the buttons of messages that *render* returns.

    *show_answer* shows the answer of a message that is answered already; it stays.
    """
    offered: Mapping[str, Callable[[TurnContext], datetime]] = {
        "hour": _in_an_hour,
        "evening": _this_evening,
        "tomorrow": _tomorrow,
    }
    handlers: Mapping[str, Callable[..., Awaitable[None]]] = {
        "later": partial(_later, render),
        "show": partial(_show, render),
        "day": partial(_another_day, render),
        **{what: partial(_snooze, render, at) for what, at in offered.items()},
    }
    return {what: _unless_answered(run, show_answer) for what, run in handlers.items()}


def _unless_answered(run: Handler, show_answer: Handler) -> Handler:
    """Return a handler that shows the answer where the message has its final one."""

    async def handle(context: TurnContext, delivery: Delivery) -> None:
        await (show_answer if delivery.answer in FINAL_ANSWERS else run)(context, delivery)

    return handle


async def _said(render: Render, context: TurnContext, delivery: Delivery) -> Send:
    return await render(context, delivery, delivery.asked_again_at is not None)


async def _later(render: Render, context: TurnContext, delivery: Delivery) -> None:
    """Offer when the message comes again: each choice that is before its event."""
    choices = [what for what, at in _choices(context) if await _fits(context, delivery, at)]
    if delivery.event_at is not None and not choices:
        context.send(Send(reminder_cards.BEGINS.with_(when=delivery.event_at), (cards.TO_MENU,)))
        return
    said = await _said(render, context, delivery)
    last = await answered_until(context.unit, delivery)
    if last is not None and not choices:
        context.send(Send(reminder_cards.ANSWER_NOW.with_(when=last), said.buttons))
        return
    context.send(reminder_cards.when_later(delivery, said.text, choices))


def _in_an_hour(context: TurnContext) -> datetime:
    return context.now + AN_HOUR


def _this_evening(context: TurnContext) -> datetime:
    return context.calendar.instant(context.calendar.local(context.now).date(), EVENING)


def _tomorrow(context: TurnContext) -> datetime:
    tomorrow = context.calendar.local(context.now).date() + timedelta(days=1)
    return context.calendar.instant(tomorrow, MORNING)


def _choices(context: TurnContext) -> list[tuple[str, datetime]]:
    """Return the choices of when a message comes again."""
    choices = [
        ("hour", _in_an_hour(context)),
        ("evening", _this_evening(context)),
        ("tomorrow", _tomorrow(context)),
    ]
    is_late = context.calendar.local(context.now).time() >= LATEST_FOR_EVENING
    return [one for one in choices if not (is_late and one[0] == "evening")]


async def _fits(context: TurnContext, delivery: Delivery, at: datetime) -> bool:
    """Return whether a delivery can come again at a time: before its event, or its last answer."""
    return await comes_again_at(context.unit, delivery, context.citizen, at) is not None


async def _show(render: Render, context: TurnContext, delivery: Delivery) -> None:
    """Show the message with its answer buttons again."""
    send = await _said(render, context, delivery)
    context.send(Redraw(send.text, send.buttons))


async def _snooze(
    render: Render,
    at: Callable[[TurnContext], datetime],
    context: TurnContext,
    delivery: Delivery,
) -> None:
    """Send the message again at a time, and say so in the message."""
    outcome = await execute(Snooze(context.citizen.id, delivery.id, at(context)), context.unit)
    if isinstance(outcome, Refused):
        context.send(Send(outcome.why, (cards.TO_MENU,)))
        return
    moved = await context.unit.deliveries.get(delivery.id) or delivery
    said = await _said(render, context, delivery)
    context.send(reminder_cards.answered(said.text, Answer.LATER, moved.planned_at))


async def _another_day(render: Render, context: TurnContext, delivery: Delivery) -> None:
    """Ask on which other day the message comes again."""
    if delivery.is_answerable:
        await _show(render, context, delivery)
        await conversations.begin(context, AnotherDay, {"delivery_id": delivery.id})
    else:
        context.send(Send(reminder_cards.OVER, (cards.TO_MENU,)))
