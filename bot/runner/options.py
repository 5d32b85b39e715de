"""Question options that come from the town's data."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.engine.effects import Option
from bot.model.delivery import NEWS
from bot.runner.context import TurnContext
from bot.runner.invitations import led_places
from flows.volunteer_cards import EVERYWHERE
from flows.volunteering import NONE


async def areas(context: TurnContext) -> tuple[Option, ...]:
    """Return the areas of the town; the citizen's own is marked."""
    own = context.citizen.area
    return tuple(Option(area.key, area.name, chosen=area.key == own) for area in context.town.areas)


async def areas_to_help(context: TurnContext) -> tuple[Option, ...]:
    """Return the areas in which a volunteer may want to help, and the whole town."""
    areas = tuple(Option(area.key, area.name) for area in context.town.areas)
    return (*areas, Option(NONE, EVERYWHERE))


async def themes(context: TurnContext) -> tuple[Option, ...]:
    """Return the themes of opportunities, which are the topics of news."""
    own = ((topic.key, topic.labels[context.language]) for topic in context.town.topics)
    return tuple(Option(key, label) for key, label in own)


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
    "areas_to_help": areas_to_help,
    "led_groups": led_groups,
    "led_places": led_places,
    "themes": themes,
    "topics": topics,
}


async def look_up(name: str, context: TurnContext) -> tuple[Option, ...]:
    """Return the dynamic options called *name*."""
    return await DYNAMIC_OPTIONS[name](context)
