"""Reminders in the chat: how one is rendered, and what its buttons do."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.engine.ask_time import SAID
from bot.engine.effects import Redraw, Send
from bot.engine.events import Refused
from bot.i18n import Text
from bot.model.case import title_of
from bot.model.commands.reminders import AnswerDelivery, EndReminder, MuteTopic, Snooze
from bot.model.delivery import FINAL_ANSWERS, Answer, Delivery, Reason
from bot.model.link import Link
from bot.model.reminder import SUBJECT, Reminder, ReminderState
from bot.runner import conversations
from bot.runner.coming_reminders import put_off_about
from bot.runner.context import TurnContext
from bot.runner.topic_names import no_more
from bot.service import execute
from bot.service.calendar_events import has_dates
from bot.service.coming_times import next_event, next_time
from bot.service.reminders import audience_of
from bot.store.events import CITIZEN
from bot.store.unit import Unit
from flows import cards, reminder_cards
from flows.reminders import AnotherDay, RemindYourself, WhyNot

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


async def remind_of_link(
    context: TurnContext, reminder_id: int | None, link_id: int | None
) -> None:
    """Begin the citizen's own reminder of what a link opened, an hour before it."""
    unit = context.unit
    reminder = await unit.reminders.get(reminder_id) if reminder_id is not None else None
    link = await unit.links.get(link_id) if link_id is not None else None
    when = next_event(unit, reminder) if reminder is not None else None
    is_open = link is not None and link.revoked_at is None and link.subject_kind == SUBJECT
    if reminder is None or when is None or link is None or not is_open:
        context.send(Send(reminder_cards.OVER, (cards.TO_MENU,)))
        return
    if link.subject_id != reminder.id:
        context.send(Send(reminder_cards.OVER, (cards.TO_MENU,)))
        return
    before = when - AN_HOUR if when - AN_HOUR > unit.now else when
    local = context.calendar.local(before)
    known = {
        "words": title_of(reminder.text(context.language)).removesuffix("."),
        SAID: f"{local:%Y-%m-%d} kl. {local:%H:%M}",
    }
    await conversations.begin(context, RemindYourself, known, tells=True)


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
        contact=await _contact(context.unit, reminder),
        own=reminder.is_own,
        again=again,
        has_dates=has_dates(context.unit, reminder),
    )


async def _contact(unit: Unit, reminder: Reminder) -> Text | str:
    """Return who sends a reminder; a lead writes for their group."""
    group = await unit.groups.get(reminder.group_id) if reminder.group_id is not None else None
    if group is None:
        return reminder.contact
    return reminder_cards.OF_GROUP.with_(contact=reminder.contact, group=group.name)


async def follows(unit: Unit, delivery: Delivery) -> datetime | None:
    """Return when the next message of a reminder comes; None without one."""
    reminder = await unit.reminders.get(delivery.subject_id)
    is_live = reminder is not None and reminder.state is ReminderState.ACTIVE
    return next_time(unit, reminder) if reminder is not None and is_live else None


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


async def pressed(context: TurnContext, delivery_id: int | None, what: str) -> None:
    """Run the handler of a delivery's button."""
    unit = context.unit
    delivery = await unit.deliveries.get(delivery_id) if delivery_id is not None else None
    participant = await unit.participants.of_person(context.citizen.id, context.citizen.address)
    if delivery is None or delivery.participant_id != participant.id:
        context.send(Send(reminder_cards.OVER, (cards.TO_MENU,)))
        return
    if delivery.subject_kind != SUBJECT or what not in BUTTONS:
        context.send(Send(reminder_cards.OVER, (cards.TO_MENU,)))
        return
    await BUTTONS[what](context, delivery)


async def text_of(context: TurnContext, delivery: Delivery) -> Text:
    """Return the text of a delivery's message."""
    return (await render(context, delivery, delivery.asked_again_at is not None)).text


async def _answer(context: TurnContext, delivery: Delivery, answer: Answer) -> bool:
    """Record an answer and show it in the message; return False if it is over."""
    command = AnswerDelivery(context.citizen.id, delivery.id, answer)
    outcome = await execute(command, context.unit)
    if isinstance(outcome, Refused):
        context.send(Send(outcome.why, (cards.TO_MENU,)))
        return False
    context.send(reminder_cards.answered(await text_of(context, delivery), answer))
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
            await text_of(context, delivery),
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
    text = await text_of(context, delivery)
    context.send(reminder_cards.answered(text, Answer.LATER, moved.planned_at))


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
    topic = delivery.topic or SUBJECT
    await execute(MuteTopic(context.citizen.id, topic), context.unit)
    said = await no_more(context, topic)
    context.send(reminder_cards.muted_now(said, topic, await put_off_about(context, topic)))


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
