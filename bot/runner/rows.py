"""Options of questions that are rows of the town."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.engine.effects import Option
from bot.runner.desk import Desk
from bot.service.settings import NEWS


async def areas(desk: Desk) -> tuple[Option, ...]:
    """List the areas of the town; the citizen's own is marked."""
    own = desk.citizen.area
    return tuple(
        Option(area.key, area.name, chosen=area.key == own) for area in desk.house.town.areas
    )


async def topics(desk: Desk) -> tuple[Option, ...]:
    """List the topics of news; those the citizen said yes to are marked."""
    live = await desk.unit.consents.live(desk.citizen.id)
    return tuple(
        Option(topic.key, topic.labels[desk.language], chosen=NEWS + topic.key in live)
        for topic in desk.house.town.topics
    )


ROWS: Mapping[str, Callable[[Desk], Awaitable[tuple[Option, ...]]]] = {
    "areas": areas,
    "topics": topics,
}


async def look_up(name: str, desk: Desk) -> tuple[Option, ...]:
    """Look the rows called *name* up."""
    return await ROWS[name](desk)
