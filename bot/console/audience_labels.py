"""Audiences at the console: in words, with the names of what they refer to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from bot.i18n import ByLanguage, _, pgettext
from bot.model.audience import (
    ANSWERED,
    CAMPAIGN,
    CHECKED,
    COMES,
    ENTRY,
    FREE,
    GOT,
    HELPED,
    PERSON,
    PLEDGED,
    PLEDGES,
    SHIFT,
    Audience,
    Is,
    predicates,
    readable,
)
from bot.model.audience_words import Names, Words, in_words
from bot.model.broadcast import WARNINGS, Broadcast
from bot.model.town import Town
from bot.store.unit import Unit

SHIFT_NAME = pgettext("audience", "“{title}” {at}")
NEWS_NAME = pgettext("audience", "“{title}”")
DIALOGUE_NAME = pgettext("audience", "{number} “{title}”")
OF_WARNINGS = _("Warnings about danger")


async def names_for(unit: Unit, *audiences: Audience) -> Names:
    """Return the names of what *audiences* refer to, and of all groups, areas and topics."""
    found = [one for audience in audiences for one, _positive in predicates(audience)]
    return Names(
        groups={str(key): name for key, name in (await unit.groups.names()).items()},
        areas={area.key: area.name for area in unit.town.areas},
        persons=await _persons(unit, _ids(found, {PERSON})),
        shifts=await _shift_names(unit, _ids(found, {SHIFT, FREE})),
        themes=topic_names(unit.town),
        opportunities={
            str(key): one.title
            for key, one in (await _some(unit.opportunities, found, {COMES, HELPED})).items()
        },
        entries=_titles(await _some(unit.catalogue, found, _PLEDGES, ENTRY)),
        campaigns=_titles(await _some(unit.campaigns, found, _PLEDGES, CAMPAIGN)),
        broadcasts={
            str(key): broadcast_name(one)
            for key, one in (await _some(unit.broadcasts, found, {ANSWERED, GOT})).items()
        },
    )


_PLEDGES = frozenset({PLEDGED, PLEDGES, CHECKED})


def topic_names(town: Town) -> Mapping[str, Words]:
    """Return the names of the topics of news, in the reader's language."""
    names: dict[str, Words] = {one.key: ByLanguage.of(one.labels) for one in town.topics}
    return {**names, WARNINGS: OF_WARNINGS}


def broadcast_name(one: Broadcast) -> Words:
    """Return the name of a broadcast; a dialogue has a number."""
    name = DIALOGUE_NAME if one.is_dialogue else NEWS_NAME
    return name.with_(number=one.number, title=one.title)


def _ids(found: Iterable[Is], whats: Collection[str], kind: str = "") -> set[int]:
    """Return the ids of the subjects of some predicates; of pledges those of a *kind*."""
    subjects = [one.subject for one in found if one.what in whats]
    if kind:
        subjects = [one.removeprefix(f"{kind}.") for one in subjects if one.startswith(f"{kind}.")]
    return {int(one) for one in subjects if one.isdecimal()}


async def _some(
    rows: Any, found: Iterable[Is], whats: Collection[str], kind: str = ""
) -> Mapping[int, Any]:
    """Return the rows to which some predicates refer."""
    ids = _ids(found, whats, kind)
    some: Mapping[int, Any] = await rows.some(ids) if ids else {}
    return some


def _titles(rows: Mapping[int, Any]) -> Mapping[str, Words]:
    return {str(key): ByLanguage.of(one.titles) for key, one in rows.items()}


async def _persons(unit: Unit, ids: Collection[int]) -> Mapping[str, str]:
    names = await unit.participants.names(ids) if ids else {}
    return {str(key): name for key, name in names.items()}


async def _shift_names(unit: Unit, shift_ids: Collection[int]) -> Mapping[str, Words]:
    """Return the titles and times of shifts."""
    shifts = await unit.shifts.some(shift_ids) if shift_ids else {}
    of = await unit.opportunities.some({one.opportunity_id for one in shifts.values()})
    return {
        str(key): SHIFT_NAME.with_(title=of[one.opportunity_id].title, at=one.begins_at)
        for key, one in shifts.items()
    }


async def audience_words(unit: Unit, audience: Audience) -> Words:
    """Return an audience in words."""
    return in_words(audience, await names_for(unit, audience))


async def stored_words(unit: Unit, stored: Any) -> Words:
    """Return the audience of stored JSON in words; a part that cannot be read is said."""
    return await audience_words(unit, readable(stored))
