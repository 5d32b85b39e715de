"""Question options that come from the town's data."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.engine.effects import Option
from bot.i18n import pgettext
from bot.model.delivery import NEWS
from bot.model.opportunity import Kind, said
from bot.runner import campaign_options, check_in_options, pledge_options
from bot.runner.context import TurnContext
from flows.volunteer_cards import EVERYWHERE
from flows.volunteering import NONE

SHIFTS_SHOWN = 8
AT = pgettext("option", "{title}: {when}")


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


async def led_places(context: TurnContext) -> tuple[Option, ...]:
    """Return the next shifts and the tasks of the groups that the citizen leads."""
    unit, citizen = context.unit, context.citizen
    lead = await unit.participants.of_person(citizen.id, citizen.address)
    groups = {one.id for one in await unit.groups.led_by(lead.id)}
    led = {one.id: one for one in await unit.opportunities.of_groups(groups)}
    shifts = await unit.shifts.of(led, after=unit.now, limit=SHIFTS_SHOWN)
    titles = {key: said(one.titles, context.language) for key, one in led.items()}
    at_times = [
        Option(
            f"{one.opportunity_id}-{one.id}",
            AT.with_(title=titles[one.opportunity_id], when=one.begins_at),
        )
        for one in shifts
    ]
    by_agreement = [key for key, one in led.items() if one.kind is Kind.AGREEMENT]
    return (*at_times, *(Option(str(key), titles[key]) for key in by_agreement))


Looked = Callable[[TurnContext, Mapping[str, Any]], Awaitable[tuple[Option, ...]]]


def _whatever_was_answered(
    found: Callable[[TurnContext], Awaitable[tuple[Option, ...]]],
) -> Looked:
    """Return options that do not depend on the conversation's answers."""

    async def look(context: TurnContext, _answers: Mapping[str, Any]) -> tuple[Option, ...]:
        return await found(context)

    return look


# Each gets the turn context and the answers so far.
DYNAMIC_OPTIONS: Mapping[str, Looked] = {
    "areas": _whatever_was_answered(areas),
    "areas_to_help": _whatever_was_answered(areas_to_help),
    "led_groups": _whatever_was_answered(led_groups),
    "led_places": _whatever_was_answered(led_places),
    "themes": _whatever_was_answered(themes),
    "topics": _whatever_was_answered(topics),
    "pledge_ways": pledge_options.ways,
    "pledge_entries": pledge_options.entries,
    "pledge_goals": pledge_options.goals,
    "pledge_for_goal": pledge_options.for_goal,
    "pledge_themes": pledge_options.plain_themes,
    "pledge_whom": pledge_options.whom,
    "pledge_amounts": pledge_options.amounts,
    "pledge_ends": pledge_options.ends,
    "pledge_steps": pledge_options.steps,
    "pledge_done": check_in_options.done,
    "pledge_smaller": check_in_options.smaller,
    "pledge_rarer": check_in_options.rarer,
    "shared_amounts": campaign_options.amounts,
    "shared_ideas": campaign_options.ideas,
    "shared_ends": campaign_options.ends,
    "shared_parts": campaign_options.parts,
}


async def look_up(
    name: str, context: TurnContext, answers: Mapping[str, Any]
) -> tuple[Option, ...]:
    """Return the dynamic options called *name*, after the answers so far."""
    return await DYNAMIC_OPTIONS[name](context, answers)
