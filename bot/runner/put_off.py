"""A time that a citizen types after “Later”, instead of a tap on one of its buttons."""

from __future__ import annotations

from datetime import datetime

from bot.calendar.phrases.reading import read
from bot.calendar.phrases.result import Ask, When
from bot.engine.ask_time import SAID, once
from bot.engine.effects import Redraw, Send
from bot.engine.events import Refused
from bot.engine.words import fold
from bot.model.commands.reminders import Snooze
from bot.model.delivery import Answer, Delivery
from bot.runner import conversations
from bot.runner.context import TurnContext
from bot.runner.conversations import id_of
from bot.runner.deliveries import SUBJECTS
from bot.runner.put_off_buttons import AN_HOUR
from bot.service import execute
from flows import cards, reminder_cards
from flows.leads import BY_AND_BY, SMALL_WORDS
from flows.reminders import AnotherDay

PREFIX, SUFFIX = ":rem.", ".hour"  # of the first button that "Later" shows


async def put_off(context: TurnContext, words: str) -> bool:
    """Send the message of the buttons last shown again at a typed time; return whether it is one.

    Where the words may mean two times, ask which.
    """
    delivery = await _asked(context)
    if delivery is None:
        return False
    if fold(words) in BY_AND_BY:
        await _until(context, delivery, context.now + AN_HOUR)
        return True
    reading = read(words, context.language, context.now, context.calendar)
    if not set(fold(reading.rest).split()) <= SMALL_WORDS:
        return False
    match reading.meaning:
        case When():
            await _until(context, delivery, _instant(context, reading.meaning))
        case Ask(_why, choices) if choices:
            known = {"delivery_id": delivery.id, SAID: words}
            await conversations.begin(context, AnotherDay, known)
        case _:
            return False
    return True


async def _asked(context: TurnContext) -> Delivery | None:
    """Return the citizen's message whose choices of "Later" were shown last."""
    shown = [data for data, _label in context.citizen.screen if data.startswith(PREFIX)]
    hour = next((data for data in shown if data.endswith(SUFFIX)), None)
    if hour is None:
        return None
    delivery_id = id_of(hour.removeprefix(PREFIX).removesuffix(SUFFIX))
    found = await context.unit.deliveries.get(delivery_id) if delivery_id is not None else None
    return found if found is not None and found.is_answerable else None


def _instant(context: TurnContext, when: When) -> datetime:
    """Return the moment that is meant; a part of today that has begun is in an hour."""
    rule = once(when)
    instant = context.calendar.instant(rule.starts_on, rule.at)
    is_now = when.at is None and rule.starts_on == context.calendar.local(context.now).date()
    return context.now + AN_HOUR if is_now and instant <= context.now else instant


async def _until(context: TurnContext, delivery: Delivery, until: datetime) -> None:
    """Send a message again at *until*: say so, and show it in the message."""
    outcome = await execute(Snooze(context.citizen.id, delivery.id, until), context.unit)
    if isinstance(outcome, Refused):
        context.send(Send(outcome.why, (cards.TO_MENU,)))
        return
    moved = await context.unit.deliveries.get(delivery.id) or delivery
    if delivery.message_id is not None:
        render = SUBJECTS[delivery.subject_kind].render
        said = await render(context, moved, moved.asked_again_at is not None)
        drawn = reminder_cards.answered(said.text, Answer.LATER, moved.planned_at)
        context.send(Redraw(drawn.text, message_id=delivery.message_id))
    text = reminder_cards.PUT_OFF.with_(when=moved.planned_at)
    context.send(Send(text, (cards.TO_OVERVIEW, cards.TO_MENU)))
