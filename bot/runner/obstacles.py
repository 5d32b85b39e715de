"""Obstacles to a pledge, told in the chat by a button or in own words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.engine.effects import Send
from bot.engine.events import Refused
from bot.model.commands.pledges import TellObstacle
from bot.model.delivery import Delivery
from bot.model.outcome import Obstacle
from bot.runner import conversations
from bot.runner.context import TurnContext
from bot.service import execute
from flows import cards, obstacles
from flows.obstacles import OWN_WORDS, PREFIX, TellWhy

Handler = Callable[[TurnContext, Delivery], Awaitable[None]]


def _told(key: Obstacle) -> Handler:
    """Return the handler of the button of an obstacle."""

    async def handle(context: TurnContext, delivery: Delivery) -> None:
        command = TellObstacle(context.citizen.id, delivery.subject_id, key=key.value)
        outcome = await execute(command, context.unit)
        if isinstance(outcome, Refused):
            context.send(Send(outcome.why, (cards.TO_OVERVIEW, cards.TO_MENU)))
        else:
            context.send(obstacles.noted())

    return handle


async def _in_own_words(context: TurnContext, delivery: Delivery) -> None:
    """Ask for an obstacle in own words."""
    await conversations.begin(context, TellWhy, {"pledge_id": delivery.subject_id})


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
