"""The answer to what a person said, as each contributor gets it."""

from __future__ import annotations

from bot.engine.effects import Send
from bot.i18n import Text
from bot.model.delivery import Delivery, Reason
from bot.model.opportunity import said
from bot.model.outcome import OBSTACLE_NAMES, Obstacle, OutcomeState
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
    unit = context.unit
    known = await unit.outcomes.get(delivery.subject_id)
    if known is None:
        message = f"delivery {delivery.id} has no outcome"
        raise RuntimeError(message)
    staff = await unit.staff.get(known.staff_id)
    told = await unit.contributions.of_outcome(known.id)
    people = len({one.participant_id for one in told if one.participant_id is not None})
    own = [one for one in told if one.participant_id == delivery.participant_id]
    newest = own[-1] if own else None
    words: Text | str = ""
    if newest is not None and newest.words:
        words = newest.words
    elif newest is not None and newest.key in list(Obstacle):
        words = OBSTACLE_NAMES[Obstacle(newest.key)]
    name = staff.first_name if staff is not None else ""
    return outcome_cards.answered(known, people, context.language, own=words, name=name)


async def line(unit: Unit, delivery: Delivery, language: str) -> str:
    """Return one line about an answer, for lists."""
    known = await unit.outcomes.get(delivery.subject_id)
    return said(known.summaries, language) if known is not None else ""
