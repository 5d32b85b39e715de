"""Intents about reminders: set one, remind a group, pause, and what is muted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.calendar.phrases.reading import read
from bot.engine.effects import Send
from bot.engine.events import Typed
from bot.i18n import Text
from bot.model.commands.reminders import EndReminder, LiftMute
from bot.model.delivery import ALL_TOPICS
from bot.runner import conversations
from bot.runner.context import TurnContext
from bot.service import execute
from bot.service.coming_times import next_time
from bot.store.events import CITIZEN
from flows import cards, reminder_cards
from flows.reminders import Pause, RemindMembers, RemindYourself


async def remind(context: TurnContext, rest: str) -> None:
    """Begin a reminder to the citizen; words after the command fill what they say."""
    if not rest:
        await conversations.begin(context, RemindYourself)
        return
    reading = read(rest, context.language, context.now, context.calendar)
    words = reading.rest.strip() or rest
    await conversations.begin(context, RemindYourself, {"words": words})
    if reading.meaning is None:
        return
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    if waiting is not None:
        # The question for the time is answered before it is shown.
        context.outgoing.clear()
        await conversations.handle_event(context, waiting, Typed(rest))


async def remind_group(context: TurnContext) -> None:
    """Begin a reminder to a group that the citizen leads."""
    citizen = context.citizen
    participant = await context.unit.participants.of_person(citizen.id, citizen.address)
    led = await context.unit.groups.led_by(participant.id)
    if not led:
        context.send(Send(reminder_cards.NO_LEAD, (cards.TO_MENU,)))
        return
    known = {"group_id": str(led[0].id)} if len(led) == 1 else {}
    await conversations.begin(context, RemindMembers, known)


async def pause(context: TurnContext) -> None:
    """Show what is muted, with buttons that lift it; without any, begin a pause."""
    muted = await context.unit.mutes.of(context.citizen.id)
    if not muted:
        await conversations.begin(context, Pause)
        return
    names = {topic: await _topic_name(context, topic) for topic in muted}
    context.send(reminder_cards.muted(muted, names))


async def _topic_name(context: TurnContext, topic: str) -> Text | str:
    """Return the name of a topic that is muted: one of the town's, a group's, or a kind."""
    kind, _colon, key = topic.partition(":")
    if kind == "group" and key.isdecimal():
        group = await context.unit.groups.get(int(key))
        return group.name if group is not None else reminder_cards.OTHER_TOPIC
    if kind == "role" or topic in reminder_cards.TOPICS:
        return reminder_cards.TOPICS.get(topic, reminder_cards.OTHER_TOPIC)
    names = {one.key: one.labels[context.language] for one in context.town.topics}
    return names.get(topic, reminder_cards.OTHER_TOPIC)


async def unmute(context: TurnContext, topic: str) -> None:
    """Lift a mute, or the pause."""
    await execute(LiftMute(context.citizen.id, topic or ALL_TOPICS), context.unit)
    context.send(Send(reminder_cards.LIFTED, (cards.TO_OVERVIEW, cards.TO_MENU)))


async def mine(context: TurnContext) -> None:
    """Show the citizen's own reminders, with buttons that end them."""
    citizen, unit = context.citizen, context.unit
    participant = await unit.participants.of_person(citizen.id, citizen.address)
    own = await unit.reminders.of_participant(participant.id)
    rows = [(one.id, one.title, next_time(unit, one)) for one in own]
    context.send(reminder_cards.mine(rows, has_feed=bool(context.runtime.public_url)))


async def end(context: TurnContext, reminder_id: int | None) -> None:
    """End one of the citizen's own reminders."""
    citizen = context.citizen
    participant = await context.unit.participants.of_person(citizen.id, citizen.address)
    own = {one.id for one in await context.unit.reminders.of_participant(participant.id)}
    if reminder_id in own and reminder_id is not None:
        await execute(EndReminder(CITIZEN, reminder_id), context.unit)
        context.send(reminder_cards.ended(reminder_id))
    else:
        context.send(Send(reminder_cards.OVER, (cards.TO_MENU,)))


async def member_cannot(context: TurnContext, payload: Mapping[str, Any]) -> None:
    """Tell the lead of a group that a member cannot."""
    unit = context.unit
    delivery = await unit.deliveries.get(payload["delivery"])
    member = await unit.participants.get(delivery.participant_id) if delivery else None
    reminder = await unit.reminders.get(delivery.subject_id) if delivery else None
    if delivery is None or member is None or reminder is None:
        return
    text = reminder_cards.MEMBER_CANNOT.with_(name=member.first_name, text=reminder.title)
    if delivery.answer_words:
        text = reminder_cards.MEMBER_CANNOT_WHY.with_(
            name=member.first_name, text=reminder.title, words=delivery.answer_words
        )
    context.send(Send(text, (cards.TO_MENU,)))
