"""Options of questions that are rows of the town."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.engine.effects import Option
from bot.runner.context import TurnContext
from bot.service.settings import NEWS


async def areas(context: TurnContext) -> tuple[Option, ...]:
    """List the areas of the town; the citizen's own is marked."""
    own = context.citizen.area
    return tuple(Option(area.key, area.name, chosen=area.key == own) for area in context.town.areas)


async def topics(context: TurnContext) -> tuple[Option, ...]:
    """List the topics of news; those the citizen said yes to are marked."""
    live = await context.unit.consents.live(context.citizen.id)
    return tuple(
        Option(topic.key, topic.labels[context.language], chosen=NEWS + topic.key in live)
        for topic in context.town.topics
    )


DYNAMIC_OPTIONS: Mapping[str, Callable[[TurnContext], Awaitable[tuple[Option, ...]]]] = {
    "areas": areas,
    "topics": topics,
}


async def look_up(name: str, context: TurnContext) -> tuple[Option, ...]:
    """Look the rows called *name* up."""
    return await DYNAMIC_OPTIONS[name](context)
