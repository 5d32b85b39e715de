"""Reminders in the chat: how one is rendered, and what its buttons do."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.engine.ask_time import SAID
from bot.engine.effects import Send
from bot.engine.events import Done, Refused
from bot.i18n import Listed, Text
from bot.model.audience import SHIFT, Is
from bot.model.case import title_of
from bot.model.commands.reminders import AnswerDelivery, EndReminder
from bot.model.delivery import ARRIVED, Answer, Delivery, DeliveryState, Reason
from bot.model.link import Link
from bot.model.reminder import SUBJECT, Reminder, ReminderState
from bot.runner import conversations, put_off_buttons, signups
from bot.runner.context import TurnContext
from bot.runner.less import no_more_of_it
from bot.runner.put_off_buttons import AN_HOUR
from bot.service import execute
from bot.service.calendar_events import has_dates
from bot.service.coming_times import next_event, next_time
from bot.service.reminder_rules import audience_of, withheld
from bot.store.events import CITIZEN
from bot.store.unit import Unit
from flows import cards, reminder_cards, shift_cards
from flows.reminders import RemindYourself, WhyNot

LATE = timedelta(hours=1)  # after its time, a citizen's own reminder comes with an excuse


async def remind_of_link(
    context: TurnContext, reminder_id: int | None, link_id: int | None, proof: str
) -> None:
    """Begin the citizen's own reminder of what a link opened, an hour before it."""
    unit, link = context.unit, None
    reminder = await unit.reminders.get(reminder_id) if reminder_id is not None else None
    if reminder is not None and link_id is not None:
        link = await unit.links.live_to(link_id, SUBJECT, reminder.id, proof)
    when = next_event(unit, reminder) if reminder is not None else None
    if reminder is None or when is None or link is None:
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
    said = words(reminder, context.language)
    events = await _prepared(context.unit, delivery)
    if len(events) > 1:
        said = reminder_cards.FOR_EVENTS.with_(text=said, events=Listed(tuple(events)))
    contact = await _contact(context.unit, reminder)
    to_volunteer = await _to_volunteer(context, reminder, delivery, said, contact)
    if to_volunteer is not None:
        return to_volunteer
    return reminder_cards.reminder(
        delivery,
        said,
        contact=contact,
        own=reminder.is_own,
        again=again,
        has_dates=has_dates(context.unit, reminder),
        late=_late_since(context, delivery) if reminder.is_own and not again else None,
    )


async def _to_volunteer(
    context: TurnContext,
    reminder: Reminder,
    delivery: Delivery,
    words: Text | str,
    contact: Text | str,
) -> Send | None:
    """Return a message to the volunteers of a shift, which names it; None for another reminder."""
    unit, audience = context.unit, audience_of(reminder)
    if not isinstance(audience, Is) or audience.what != SHIFT or delivery.asks:
        return None
    shift = await unit.shifts.get(int(audience.value))
    known = await unit.opportunities.get(shift.opportunity_id) if shift is not None else None
    if shift is None or known is None:
        return None
    signup = await unit.signups.live_of(delivery.participant_id, shift_id=shift.id)
    if signup is None:
        return None
    shown = signups.place_shown(context, known, shift, reminder.contact)
    return shift_cards.message(shown, words, contact, signup.id)


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


async def _prepared(unit: Unit, delivery: Delivery) -> list[datetime]:
    """Return when the events begin that one message prepares."""
    is_new = delivery.state is DeliveryState.PLANNED
    along = unit.deliveries.prepared_with if is_new else unit.deliveries.sent_with
    if delivery.event_at is None:
        return []
    more = [one for one in await along(delivery) if not is_new or not await withheld(unit, one)]
    return sorted(one.event_at for one in (delivery, *more) if one.event_at is not None)


def _late_since(context: TurnContext, delivery: Delivery) -> datetime | None:
    """Return when a message was to be sent that comes late; None where it comes in time."""
    if delivery.reason is Reason.SNOOZED or delivery.answer is Answer.LATER:
        return None
    wanted = delivery.wanted_at
    planned = context.calendar.next_allowed(wanted, context.citizen.own_quiet)
    sent_at = delivery.sent_at if delivery.state in ARRIVED else None
    return wanted if (sent_at or context.now) > planned + LATE else None


def words(reminder: Reminder, language: str) -> Text | str:
    """Return the text in a reader's language; a missing one is Danish and says so (HR-25)."""
    text = reminder.text(language)
    # A lead writes to the group in one language, and reads the chat perhaps in another.
    if reminder.is_own or reminder.group_id is not None or language in reminder.texts:
        return text
    return reminder_cards.IN_DANISH.with_(text=text)


async def opened(context: TurnContext, link: Link, _token: str) -> Send | None:
    """Return the reminder that a link opens; None where it has ended."""
    reminder = await context.unit.reminders.get(link.subject_id)
    if reminder is None or reminder.state is ReminderState.ENDED:
        return None
    when = next_event(context.unit, reminder)
    said = words(reminder, context.language)
    link_part = f"{link.id}.{await context.unit.links.proof(link.id)}"
    return reminder_cards.opened(said, reminder.contact, when, reminder.id, link_part)


async def line(unit: Unit, delivery: Delivery, language: str) -> str:
    """Return one line about a delivery, for digests and lists."""
    reminder = await unit.reminders.get(delivery.subject_id)
    return " ".join(reminder.text(language).split()) if reminder is not None else ""


async def text_of(context: TurnContext, delivery: Delivery) -> Text:
    """Return the text of a delivery's message."""
    return (await render(context, delivery, delivery.asked_again_at is not None)).text


async def _answer(context: TurnContext, delivery: Delivery, answer: Answer) -> Done | None:
    """Record an answer and show it in the message; return None if it is over."""
    command = AnswerDelivery(context.citizen.id, delivery.id, answer)
    outcome = await execute(command, context.unit)
    if isinstance(outcome, Refused):
        context.send(Send(outcome.why, (cards.TO_MENU,)))
        return None
    context.send(reminder_cards.answered(await text_of(context, delivery), answer))
    return outcome


async def _done(context: TurnContext, delivery: Delivery) -> None:
    await _answer(context, delivery, Answer.DONE)


async def _cannot(context: TurnContext, delivery: Delivery) -> None:
    """Record that the citizen cannot, tell the coordinator, and ask why, once."""
    if delivery.answer is Answer.CANNOT:
        await _show_answer(context, delivery)
        return
    outcome = await _answer(context, delivery, Answer.CANNOT)
    if outcome is not None:
        told = outcome.value or context.render(reminder_cards.STAFF)
        known = {"delivery_id": delivery.id, "coordinator": told}
        await conversations.begin(context, WhyNot, known)


async def _show_answer(context: TurnContext, delivery: Delivery) -> None:
    """Show the answer that the citizen has given, without buttons."""
    if delivery.answer is not None:
        said = await text_of(context, delivery)
        context.send(reminder_cards.answered(said, delivery.answer))


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
    **put_off_buttons.buttons_of(render, _show_answer),
    "less": no_more_of_it,
    "end": _end,
}
