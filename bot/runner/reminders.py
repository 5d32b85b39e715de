"""Reminders in the chat: how one is rendered, and what its buttons do."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.engine.effects import Redraw, Send
from bot.engine.events import Refused
from bot.i18n import Text
from bot.model.commands.reminders import AnswerDelivery, EndReminder, MuteTopic, Snooze
from bot.model.delivery import FINAL_ANSWERS, Answer, Delivery, Reason
from bot.model.link import Link
from bot.model.reminder import SUBJECT, Reminder, ReminderState
from bot.runner import conversations
from bot.runner.context import TurnContext
from bot.service import execute
from bot.service.calendar_events import has_dates
from bot.service.coming_times import next_event
from bot.service.reminders import audience_of
from bot.store.events import CITIZEN
from bot.store.unit import Unit
from flows import cards, reminder_cards
from flows.reminders import AnotherDay, WhyNot

AN_HOUR = timedelta(hours=1)
EVENING, MORNING = time(19), time(9)
LATEST_FOR_EVENING = time(18)


async def withheld(unit: Unit, delivery: Delivery) -> Reason | None:
    """Return why a reminder's delivery is no longer sent; None where it is."""
    reminder = await unit.reminders.get(delivery.subject_id)
    if reminder is None:
        return Reason.ENDED
    if reminder.state is ReminderState.PAUSED:
        return Reason.HELD
    # A reminder that is sent for the last time ends when that is planned.
    if reminder.version != delivery.version:
        return Reason.EDITED
    if delivery.answer in FINAL_ANSWERS:
        return Reason.ANSWERED
    if not await unit.audiences.contains(audience_of(reminder), delivery.participant_id):
        return Reason.NOT_IN_AUDIENCE
    return None


async def render(
    context: TurnContext,
    delivery: Delivery,
    again: bool,  # noqa: FBT001 - called by position, as in `Subject`
) -> Send:
    """Return a reminder's message; *again* asks the silent a second time."""
    reminder = await context.unit.reminders.get(delivery.subject_id)
    if reminder is None:
        message = f"delivery {delivery.id} has no reminder"
        raise RuntimeError(message)
    return reminder_cards.reminder(
        delivery,
        words(reminder, context.language),
        contact=reminder.contact,
        own=reminder.is_own,
        again=again and not reminder.is_own,
        has_dates=has_dates(context.unit, reminder),
    )


def words(reminder: Reminder, language: str) -> Text | str:
    """Return the text in a reader's language; a missing one is Danish and says so (HR-25)."""
    text = reminder.text(language)
    if reminder.is_own or language in reminder.texts:
        return text
    return reminder_cards.IN_DANISH.with_(text=text)


async def opened(context: TurnContext, link: Link) -> Send | None:
    """Return the reminder that a link opens; None where it has ended."""
    reminder = await context.unit.reminders.get(link.subject_id)
    if reminder is None or reminder.state is ReminderState.ENDED:
        return None
    when = next_event(context.unit, reminder)
    said = words(reminder, context.language)
    return reminder_cards.opened(said, reminder.contact, when, reminder.id, link.id)


async def line(unit: Unit, delivery: Delivery, language: str) -> str:
    """Return one line about a delivery, for digests and lists."""
    reminder = await unit.reminders.get(delivery.subject_id)
    return " ".join(reminder.text(language).split()) if reminder is not None else ""


async def _said(context: TurnContext, delivery: Delivery) -> Text:
    """Return the text of a delivery's message."""
    return (await render(context, delivery, delivery.asked_again_at is not None)).text


async def _answer(context: TurnContext, delivery: Delivery, answer: Answer) -> bool:
    """Record an answer and show it in the message; return False if it is over."""
    command = AnswerDelivery(context.citizen.id, delivery.id, answer)
    outcome = await execute(command, context.unit)
    if isinstance(outcome, Refused):
        context.send(Send(outcome.why, (cards.TO_MENU,)))
        return False
    context.send(reminder_cards.answered(await _said(context, delivery), answer))
    return True


async def _done(context: TurnContext, delivery: Delivery) -> None:
    await _answer(context, delivery, Answer.DONE)


async def _cannot(context: TurnContext, delivery: Delivery) -> None:
    """Record that the citizen cannot, tell the coordinator, and ask why."""
    if await _answer(context, delivery, Answer.CANNOT):
        reminder = await context.unit.reminders.get(delivery.subject_id)
        known = {"delivery_id": delivery.id, "coordinator": reminder.contact if reminder else ""}
        await conversations.begin(context, WhyNot, known)


async def _later(context: TurnContext, delivery: Delivery) -> None:
    """Offer when the reminder comes again."""
    local = context.calendar.local(context.now)
    context.send(
        reminder_cards.when_later(
            delivery,
            await _said(context, delivery),
            evening=local.time() < LATEST_FOR_EVENING,
        )
    )


async def _show(context: TurnContext, delivery: Delivery) -> None:
    """Show the reminder with its answer buttons again."""
    send = await render(context, delivery, delivery.asked_again_at is not None)
    context.send(Redraw(send.text, send.buttons))


async def _snooze(context: TurnContext, delivery: Delivery, until: datetime) -> None:
    """Send the reminder again at *until*, and say so in the message."""
    outcome = await execute(Snooze(context.citizen.id, delivery.id, until), context.unit)
    if isinstance(outcome, Refused):
        context.send(Send(outcome.why, (cards.TO_MENU,)))
        return
    moved = await context.unit.deliveries.get(delivery.id) or delivery
    said = await _said(context, delivery)
    context.send(reminder_cards.answered(said, Answer.LATER, moved.planned_at))


async def _in_an_hour(context: TurnContext, delivery: Delivery) -> None:
    await _snooze(context, delivery, context.now + AN_HOUR)


async def _this_evening(context: TurnContext, delivery: Delivery) -> None:
    today = context.calendar.local(context.now).date()
    await _snooze(context, delivery, context.calendar.instant(today, EVENING))


async def _tomorrow(context: TurnContext, delivery: Delivery) -> None:
    tomorrow = context.calendar.local(context.now).date() + timedelta(days=1)
    await _snooze(context, delivery, context.calendar.instant(tomorrow, MORNING))


async def _another_day(context: TurnContext, delivery: Delivery) -> None:
    if delivery.is_answerable:
        await _show(context, delivery)
        await conversations.begin(context, AnotherDay, {"delivery_id": delivery.id})
    else:
        context.send(Send(reminder_cards.OVER, (cards.TO_MENU,)))


async def _less(context: TurnContext, delivery: Delivery) -> None:
    """Mute the topic of a reminder."""
    await execute(MuteTopic(context.citizen.id, delivery.topic or SUBJECT), context.unit)
    context.send(Send(reminder_cards.MUTED, (cards.TO_OVERVIEW, cards.TO_MENU)))


async def _end(context: TurnContext, delivery: Delivery) -> None:
    """End the citizen's own reminder."""
    reminder = await context.unit.reminders.get(delivery.subject_id)
    if reminder is None or reminder.participant_id != delivery.participant_id:
        context.send(Send(reminder_cards.OVER, (cards.TO_MENU,)))
        return
    await execute(EndReminder(CITIZEN, reminder.id), context.unit)
    context.send(reminder_cards.ended(reminder.id))


BUTTONS = {
    "done": _done,
    "cannot": _cannot,
    "later": _later,
    "show": _show,
    "hour": _in_an_hour,
    "evening": _this_evening,
    "tomorrow": _tomorrow,
    "day": _another_day,
    "less": _less,
    "end": _end,
}
