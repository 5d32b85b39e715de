"""The answer to what a person said, as each contributor gets it."""

from __future__ import annotations

from collections.abc import Callable

from bot.engine.effects import Send
from bot.i18n import Text
from bot.model.delivery import Delivery, Reason
from bot.model.opportunity import said
from bot.model.outcome import OBSTACLE_NAMES, Obstacle, Outcome, OutcomeState, people_of
from bot.runner.context import TurnContext
from bot.store.unit import Unit
from flows import outcome_cards


async def withheld(unit: Unit, delivery: Delivery) -> Reason | None:
    """Return why an answer is no longer sent; None where it is."""
    known = await unit.outcomes.get(delivery.subject_id)
    is_answered = known is not None and known.state is OutcomeState.ANSWERED
    return None if is_answered else Reason.ENDED


async def render(
    context: TurnContext,
    delivery: Delivery,
    again: bool,  # noqa: FBT001 - called by position, as in `Subject`
) -> Send:
    """Return the answer with the reader's own words, signed by who answers."""
    del again
    known = await context.unit.outcomes.get(delivery.subject_id)
    if known is None:
        message = f"delivery {delivery.id} has no outcome"
        raise RuntimeError(message)
    message_in = await message_to(context.unit, known, delivery.participant_id)
    return message_in(context.language)


async def message_to(
    unit: Unit, known: Outcome, participant_id: int | None
) -> Callable[[str], Send]:
    """Return what makes the message of an answer in a language.

    It is that to a contributor, with their own words; without one it has those of staff.
    """
    staff = await unit.staff.get(known.staff_id)
    told = await unit.contributions.of_outcome(known.id)
    people = people_of(told)
    newest = None
    if participant_id is not None:
        newest = next((one for one in reversed(told) if one.participant_id == participant_id), None)
    words: Text | str = ""
    if newest is not None and newest.words:
        words = newest.words
    elif newest is not None and newest.key in list(Obstacle):
        words = OBSTACLE_NAMES[Obstacle(newest.key)]
    name = staff.first_name if staff is not None else ""
    return lambda language: outcome_cards.answered(known, people, language, own=words, name=name)


async def line(unit: Unit, delivery: Delivery, language: str) -> str:
    """Return one line about an answer, for lists."""
    known = await unit.outcomes.get(delivery.subject_id)
    return said(known.in_short, language) if known is not None else ""
