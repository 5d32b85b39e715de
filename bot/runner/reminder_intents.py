"""Intents about reminders: set one, remind a group, pause, and what is muted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.calendar.phrases.reading import read
from bot.engine.ask_time import SAID
from bot.engine.effects import Send
from bot.model.commands.reminders import EndReminder, LiftMute
from bot.model.delivery import ALL_TOPICS
from bot.model.group import Group
from bot.model.reminder import Reminder, ReminderState
from bot.runner import conversations
from bot.runner.coming_reminders import coming_reminders
from bot.runner.context import TurnContext
from bot.runner.topic_names import topic_name
from bot.service import execute
from bot.store.events import CITIZEN
from flows import cards, leads, reminder_cards
from flows.reminders import Pause, RemindMembers, RemindYourself


async def remind(context: TurnContext, rest: str) -> None:
    """Begin a reminder to the citizen; words after the command fill what they say."""
    await conversations.begin(context, RemindYourself, _said(context, rest), tells=True)


async def remind_group(context: TurnContext, rest: str) -> None:
    """Begin a reminder to a group that the citizen leads, filled by words after the command."""
    led = await _led_by(context)
    if not led:
        context.send(Send(reminder_cards.NO_LEAD, (cards.TO_MENU,)))
        return
    known = {"group_id": str(led[0].id)} if len(led) == 1 else {}
    said = _said(context, rest)
    if "words" in said and not said["words"].startswith(("at ", "to ")):
        said["words"] = said["words"][0].upper() + said["words"][1:]
    await conversations.begin(context, RemindMembers, {**known, **said}, tells=True)


def _said(context: TurnContext, rest: str) -> dict[str, Any]:
    """Return the answers in the words after a command: what a reminder is about, and when."""
    if not rest:
        return {}
    reading = read(rest, context.language, context.now, context.calendar)
    words = leads.about(reading.rest)
    said: dict[str, Any] = {"words": words} if words else {}
    if reading.meaning is not None:
        said[SAID] = rest
    return said


async def _led_by(context: TurnContext) -> list[Group]:
    """Return the groups that the citizen leads."""
    citizen = context.citizen
    participant = await context.unit.participants.of_person(citizen.id, citizen.address)
    return await context.unit.groups.led_by(participant.id)


async def pause(context: TurnContext, rest: str) -> None:
    """Begin a pause until what *rest* says; alone, show what is muted, if anything is."""
    muted = await context.unit.mutes.of(context.citizen.id)
    if muted and not rest:
        names = {topic: await topic_name(context, topic) for topic in muted}
        context.send(reminder_cards.muted(muted, names))
        return
    # "A break for two weeks" ends in two weeks.
    spans = (rest, f"om {rest}", f"in {rest}")
    known = next((each for each in spans if rest and context.read_time(each) is not None), None)
    await conversations.begin(context, Pause, {SAID: known} if known else {}, tells=True)


async def unmute(context: TurnContext, topic: str) -> None:
    """Lift a mute, or the pause."""
    await execute(LiftMute(context.citizen.id, topic or ALL_TOPICS), context.unit)
    context.send(Send(reminder_cards.LIFTED, (cards.TO_OVERVIEW, cards.TO_MENU)))


async def mine(context: TurnContext) -> None:
    """Show what the citizen will be reminded of, with buttons that end what they may end."""
    coming = await coming_reminders(context)
    ends = {one.reminder.id: one.reminder.title for one in coming if one.may_end}
    lines = [one.line for one in coming]
    context.send(reminder_cards.mine(lines, ends, has_feed=bool(context.runtime.public_url)))


async def end(context: TurnContext, reminder_id: int | None) -> None:
    """End one of the citizen's own reminders, or one of a group that they lead."""
    known = await context.unit.reminders.get(reminder_id) if reminder_id is not None else None
    if known is not None and await _may_end(context, known):
        await execute(EndReminder(CITIZEN, known.id), context.unit)
        context.send(reminder_cards.ended(known.id))
    else:
        context.send(Send(reminder_cards.OVER, (cards.TO_MENU,)))


async def _may_end(context: TurnContext, reminder: Reminder) -> bool:
    """Return whether a live reminder is the citizen's own, or of a group that they lead."""
    citizen = context.citizen
    participant = await context.unit.participants.of_person(citizen.id, citizen.address)
    if reminder.state is ReminderState.ENDED:
        return False
    if reminder.group_id is not None:
        return reminder.group_id in {one.id for one in await _led_by(context)}
    return reminder.participant_id == participant.id


async def member_cannot(context: TurnContext, payload: Mapping[str, Any]) -> None:
    """Tell the lead of a group that a member cannot."""
    unit = context.unit
    delivery = await unit.deliveries.get(payload["delivery"])
    member = await unit.participants.shown(delivery.participant_id) if delivery else None
    reminder = await unit.reminders.get(delivery.subject_id) if delivery else None
    if delivery is None or member is None or reminder is None:
        return
    name = member.first_name or reminder_cards.A_MEMBER
    text = reminder_cards.MEMBER_CANNOT.with_(name=name, text=reminder.title)
    if delivery.answer_words:
        text = reminder_cards.MEMBER_CANNOT_WHY.with_(
            name=name, text=reminder.title, words=delivery.answer_words
        )
    context.send(Send(text, (cards.TO_MENU,)))
