"""Answers to the questions of deliveries in a citizen's own words."""

from __future__ import annotations

from bot.engine.conversation import Conversation
from bot.engine.short_answers import Says, says
from bot.model.delivery import FINAL_ANSWERS, Delivery
from bot.runner import check_in_words
from bot.runner.citizen_cases import waits
from bot.runner.context import TurnContext
from bot.runner.conversations import id_of
from bot.runner.deliveries import SUBJECTS
from flows import cards
from flows.answers_in_words import AFTER_OTHERS, REM, is_first_question, pressed

# May also answer what staff have asked.
DONE_WITH = frozenset({Says.DID, Says.DID_PART})
NEWEST = 20  # deliveries in which the newest question is looked for


async def button_for(context: TurnContext, words: str, waiting: Conversation | None) -> str | None:
    """Return the data of the button that words press; None where they press none.

    Where no step waits, words that can mean nothing else, such as "I am coming", also answer the
    newest question that is open, after other messages.
    """
    told = await check_in_words.button_for(context, words, waiting)
    if told is not None:
        return told
    screen = context.citizen.screen
    data = pressed(screen, words)
    if data is not None:
        if not data.startswith(REM) or not is_first_question(screen, data):
            return data
        delivery_id = id_of(data.removeprefix(REM).partition(".")[0])
        found = await context.unit.deliveries.get(delivery_id) if delivery_id else None
        return data if found is not None and _is_open(context, found) else None
    return await _of_newest_question(context, words) if waiting is None else None


async def _of_newest_question(context: TurnContext, words: str) -> str | None:
    """Return the button of the newest open question that words answer."""
    said = says(words)
    keys = AFTER_OTHERS.get(said, ()) if said is not None else ()
    if not keys or (said in DONE_WITH and await waits(context)):
        return None
    unit, citizen = context.unit, context.citizen
    participant = await unit.participants.of_person(citizen.id, citizen.address)
    for one in await unit.deliveries.newest_of(participant.id, NEWEST):
        subject = SUBJECTS[one.subject_kind]
        if not _is_open(context, one) or not set(keys) & set(subject.buttons):
            continue
        if await subject.withheld(unit, one) is not None:
            continue
        shown = (await subject.render(context, one, False)).buttons  # noqa: FBT003 - see `Subject`
        ends = tuple(f".{key}" for key in keys)
        data = next((button.data for button in shown if button.data.endswith(ends)), None)
        if data is not None and data.startswith(cards.COMMAND):
            return data
    return None


def _is_open(context: TurnContext, delivery: Delivery) -> bool:
    """Return whether a delivery is with the person, unanswered, and its event has not begun."""
    begins_at = delivery.event_at
    return (
        delivery.is_answerable
        and delivery.answer not in FINAL_ANSWERS
        and (begins_at is None or context.now < begins_at)
    )
