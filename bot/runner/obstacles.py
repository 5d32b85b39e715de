"""Obstacles to a pledge, told in the chat by a button or in own words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.engine.effects import Send
from bot.engine.events import Refused
from bot.engine.words import option_number, yes_or_no
from bot.model.commands.pledges import TellObstacle
from bot.model.delivery import Delivery
from bot.model.outcome import Obstacle
from bot.model.pledge import PLEDGE
from bot.runner import conversations
from bot.runner.context import TurnContext
from bot.runner.conversations import id_of
from bot.service import execute
from bot.tone.feelings import Feeling, feeling
from flows import cards, obstacles
from flows.answers_in_words import REM
from flows.obstacles import OWN_WORDS, PREFIX, TellWhy, why_words
from flows.pledge_questions import is_no_answer

Handler = Callable[[TurnContext, Delivery], Awaitable[None]]


def _told(key: Obstacle) -> Handler:
    """Return the handler of the button of an obstacle."""

    async def handle(context: TurnContext, delivery: Delivery) -> None:
        await _tell(context, delivery, key, None)

    return handle


async def _in_own_words(context: TurnContext, delivery: Delivery) -> None:
    """Ask for an obstacle in own words."""
    await conversations.begin(context, TellWhy, {"pledge_id": delivery.subject_id})


async def take(context: TurnContext, words: str) -> bool:
    """Store words as the obstacle while the reasons are on the screen; return whether they are.

    A question, a way on, or words that leave it out are none.
    """
    shown = [data for data, _label in context.citizen.screen if data.startswith(REM)]
    about = next((one.removeprefix(REM) for one in shown if f".{PREFIX}" in one), None)
    delivery_id = id_of(about.partition(".")[0]) if about is not None else None
    found = await context.unit.deliveries.get(delivery_id) if delivery_id is not None else None
    if found is None or found.subject_kind != PLEDGE:
        return False
    if obstacles.asks_who_reads(words):
        context.send(Send(obstacles.READ_BY, (*obstacles.buttons(found), obstacles.TO_LEAVE_OUT)))
        return True
    is_other = is_no_answer(words) or yes_or_no(words) is not None
    if is_other or option_number(words) is not None or feeling(words) is not Feeling.CALM:
        return False
    key = obstacles.named(words)
    said = why_words(words) if key is None else None
    if isinstance(said, Refused):
        context.send(Send(said.why, (*obstacles.buttons(found), obstacles.TO_LEAVE_OUT)))
    else:
        await _tell(context, found, key, said)
    return True


async def _tell(
    context: TurnContext, delivery: Delivery, key: Obstacle | None, words: str | None
) -> None:
    """Store an obstacle, and thank for it."""
    told = key.value if key is not None else None
    command = TellObstacle(context.citizen.id, delivery.subject_id, key=told, words=words)
    outcome = await execute(command, context.unit)
    if isinstance(outcome, Refused):
        context.send(Send(outcome.why, (cards.TO_OVERVIEW, cards.TO_MENU)))
    else:
        context.send(obstacles.noted())


async def noted(context: TurnContext) -> None:
    """Thank for an obstacle that was told in own words."""
    context.send(obstacles.noted())


async def left_out(context: TurnContext) -> None:
    """Say that an obstacle need not be told."""
    context.send(obstacles.left_out())


# The buttons of a delivery about a pledge by which a citizen tells the obstacle.
BUTTONS: Mapping[str, Handler] = {
    **{f"{PREFIX}{key}": _told(key) for key in Obstacle},
    f"{PREFIX}{OWN_WORDS}": _in_own_words,
}
