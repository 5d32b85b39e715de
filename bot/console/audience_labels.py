"""Audiences at the console: in words, and what can be chosen."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta

from bot.console.form import Options
from bot.i18n import Text, _, pgettext
from bot.model.audience import (
    AREA,
    EVERYONE,
    GROUP,
    INTEREST,
    LANGUAGE,
    PERSON,
    ROLE,
    SHIFT,
    VOLUNTEER,
    Audience,
    predicates,
)
from bot.model.audience_words import LANGUAGES, Names, Words, in_words
from bot.model.participant import CITIZEN_ROLE_NAMES
from bot.store.unit import Unit

ALL = _("Everyone")
SHIFT_NAME = pgettext("audience", "“{title}” {at}")
EVER = _("Everyone who has volunteered")
THIS_YEAR = _("Everyone who has volunteered within a year")
A_YEAR = timedelta(days=365)


async def names_for(unit: Unit, *audiences: Audience) -> Names:
    """Return the names of groups and areas, and of the persons in *audiences*."""
    found = [one for audience in audiences for one, _positive in predicates(audience)]
    persons = {int(one.value) for one in found if one.what == PERSON}
    shifts = {int(one.value) for one in found if one.what == SHIFT}
    return Names(
        groups={str(key): name for key, name in (await unit.groups.names()).items()},
        areas={area.key: area.name for area in unit.town.areas},
        persons={str(key): name for key, name in (await unit.participants.names(persons)).items()}
        if persons
        else {},
        shifts=await _shift_names(unit, shifts) if shifts else {},
        themes={theme.key: theme.labels["da"] for theme in unit.town.themes},
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
    unit: Unit, present: Audience | None = None
) -> tuple[Options, list[tuple[Text, Options]]]:
    """Return the choices of one line of an audience: everyone, and the others under headings.

    Shifts can be kept where they are in the *present* audience.
    """
    shifts = (await names_for(unit, present)).shifts if present is not None else {}
    groups = [(f"{GROUP}:{one.id}", one.name) for one in await unit.groups.live()]
    languages: Mapping[str, Text] = LANGUAGES
    a_year_ago = unit.calendar.local(unit.now).date() - A_YEAR
    volunteers = [(f"{VOLUNTEER}:", EVER), (f"{VOLUNTEER}:{a_year_ago}", THIS_YEAR)]
    themes = [(f"{INTEREST}:{theme.key}", theme.labels["da"]) for theme in unit.town.themes]
    headings: list[tuple[Text, Options]] = [
        (_("Role"), [(f"{ROLE}:{role}", name) for role, name in CITIZEN_ROLE_NAMES.items()]),
        (_("Group"), groups),
        (pgettext("audience", "Shift"), [(f"{SHIFT}:{key}", name) for key, name in shifts.items()]),
        (_("Area"), [(f"{AREA}:{area.key}", area.name) for area in unit.town.areas]),
        (_("Volunteers"), volunteers),
        (_("Interest"), themes),
        (_("Language"), [(f"{LANGUAGE}:{key}", name) for key, name in languages.items()]),
    ]
    return [(EVERYONE, ALL)], [(heading, options) for heading, options in headings if options]
