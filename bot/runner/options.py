"""Question options that come from the town's data."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.engine.effects import Option
from bot.model.delivery import NEWS
from bot.runner.context import TurnContext


async def areas(context: TurnContext) -> tuple[Option, ...]:
    """Return the areas of the town; the citizen's own is marked."""
    own = context.citizen.area
    return tuple(Option(area.key, area.name, chosen=area.key == own) for area in context.town.areas)


async def topics(context: TurnContext) -> tuple[Option, ...]:
    """Return the topics of news; those the citizen consented to are marked."""
    live = await context.unit.consents.live(context.citizen.id)
    return tuple(
        Option(topic.key, topic.labels[context.language], chosen=NEWS + topic.key in live)
        for topic in context.town.topics
    )


async def led_groups(context: TurnContext) -> tuple[Option, ...]:
    """Return the groups that the citizen leads."""
    citizen = context.citizen
    participant = await context.unit.participants.of_person(citizen.id, citizen.address)
    led = await context.unit.groups.led_by(participant.id)
    return tuple(Option(str(group.id), group.name) for group in led)


DYNAMIC_OPTIONS: Mapping[str, Callable[[TurnContext], Awaitable[tuple[Option, ...]]]] = {
    "areas": areas,
    "led_groups": led_groups,
    "topics": topics,
}


async def look_up(name: str, context: TurnContext) -> tuple[Option, ...]:
    """Return the dynamic options called *name*."""
    return await DYNAMIC_OPTIONS[name](context)
