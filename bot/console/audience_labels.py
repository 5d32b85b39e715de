"""Audiences at the console: in words, and what can be chosen."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from bot.console.form import Options
from bot.i18n import Text, _, pgettext
from bot.model.audience import (
    AREA,
    EVERYONE,
    FREE,
    GROUP,
    HELPED,
    INTEREST,
    LANGUAGE,
    PERSON,
    RESTED,
    ROLE,
    SHIFT,
    SKILL,
    TIME,
    VOLUNTEER,
    Audience,
    predicates,
)
from bot.model.audience_words import LANGUAGES, Names, Words, in_words
from bot.model.invitation import RESTS
from bot.model.opportunity import Opportunity, Shift
from bot.model.participant import CITIZEN_ROLE_NAMES
from bot.model.profile import slot_name, slots
from bot.store.unit import Unit

ALL = _("Everyone")
SHIFT_NAME = pgettext("audience", "“{title}” {at}")
EVER = _("Everyone who has volunteered")
THIS_YEAR = _("Everyone who has volunteered within a year")
NOT_INVITED = _("Not invited within two weeks")
FREE_THEN = _("Has no other task at that time")
HAS_HELPED = _("Has helped with {name}")
A_YEAR = timedelta(days=365)


async def names_for(unit: Unit, *audiences: Audience) -> Names:
    """Return the names of groups and areas, and of the persons in *audiences*."""
    found = [one for audience in audiences for one, _positive in predicates(audience)]
    persons = {int(one.value) for one in found if one.what == PERSON}
    shifts = {int(one.value) for one in found if one.what in {SHIFT, FREE}}
    helped = {int(one.value) for one in found if one.what == HELPED}
    titles = await unit.opportunities.some(helped) if helped else {}
    return Names(
        groups={str(key): name for key, name in (await unit.groups.names()).items()},
        areas={area.key: area.name for area in unit.town.areas},
        persons={str(key): name for key, name in (await unit.participants.names(persons)).items()}
        if persons
        else {},
        shifts=await _shift_names(unit, shifts) if shifts else {},
        themes={topic.key: topic.labels["da"] for topic in unit.town.topics},
        opportunities={str(key): one.title for key, one in titles.items()},
    )


async def _shift_names(unit: Unit, shift_ids: Collection[int]) -> dict[str, Words]:
    """Return the titles and times of shifts."""
    shifts = await unit.shifts.some(shift_ids)
    of = await unit.opportunities.some({one.opportunity_id for one in shifts.values()})
    return {
        str(key): SHIFT_NAME.with_(title=of[one.opportunity_id].title, at=one.begins_at)
        for key, one in shifts.items()
    }


async def audience_words(unit: Unit, audience: Audience) -> Words:
    """Return an audience in words."""
    return in_words(audience, await names_for(unit, audience))


async def audience_options(
    unit: Unit,
    present: Audience | None = None,
    wanted: tuple[Opportunity, Shift | None] | None = None,
) -> tuple[Options, list[tuple[Text, Options]]]:
    """Return the choices of one line of an audience: everyone, and the others under headings.

    Shifts and opportunities can be kept where they are in the *present* audience. *wanted* is
    what people are invited for.
    """
    names = await names_for(unit, present) if present is not None else Names()
    groups = [(f"{GROUP}:{one.id}", one.name) for one in await unit.groups.live()]
    languages: Mapping[str, Text] = LANGUAGES
    themes = [(f"{INTEREST}:{topic.key}", topic.labels["da"]) for topic in unit.town.topics]
    skills = await unit.opportunities.skills()
    times = [(f"{TIME}:{slot}", slot_name(slot)) for slot in slots()]
    headings: list[tuple[Text, Any]] = [
        (_("Role"), [(f"{ROLE}:{role}", name) for role, name in CITIZEN_ROLE_NAMES.items()]),
        (_("Group"), groups),
        (
            pgettext("audience", "Shift"),
            [(f"{SHIFT}:{key}", name) for key, name in names.shifts.items()],
        ),
        (_("Area"), [(f"{AREA}:{area.key}", area.name) for area in unit.town.areas]),
        (_("Volunteers"), _volunteers(unit, names, wanted)),
        (_("Interest"), themes),
        (pgettext("audience", "Good at"), [(f"{SKILL}:{skill}", skill) for skill in skills]),
        (pgettext("audience", "Has time"), times),
        (_("Language"), [(f"{LANGUAGE}:{key}", name) for key, name in languages.items()]),
    ]
    return [(EVERYONE, ALL)], [(heading, options) for heading, options in headings if options]


def _volunteers(
    unit: Unit, names: Names, wanted: tuple[Opportunity, Shift | None] | None
) -> Options:
    """Return the choices by what people have done as volunteers, and what they were asked."""
    today = unit.calendar.local(unit.now).date()
    options: list[tuple[str, Text | str]] = [
        (f"{VOLUNTEER}:", EVER),
        (f"{VOLUNTEER}:{today - A_YEAR}", THIS_YEAR),
        (f"{RESTED}:{today - RESTS}", NOT_INVITED),
    ]
    helped = dict(names.opportunities)
    if wanted is not None:
        opportunity, shift = wanted
        helped[str(opportunity.id)] = opportunity.title
        if shift is not None:
            options.append((f"{FREE}:{shift.id}", FREE_THEN))
    options += [(f"{HELPED}:{key}", HAS_HELPED.with_(name=name)) for key, name in helped.items()]
    return options
