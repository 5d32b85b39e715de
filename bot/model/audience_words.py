"""An audience in words, such as "all ambassadors in Ørbakke, but not Cykelgruppen"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.i18n import Day, Listed, Text, pgettext
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
    SHIFT,
    SKILL,
    TIME,
    VOLUNTEER,
    And,
    Audience,
    Is,
    Not,
    Or,
)
from bot.model.participant import CitizenRole
from bot.model.profile import slot_name

Words = Text | str
ALL = pgettext("audience", "everyone")
ROLES: Mapping[str, Text] = {
    CitizenRole.AMBASSADOR: pgettext("audience", "all ambassadors"),
}
ROLE_MEMBERS: Mapping[str, Text] = {
    CitizenRole.AMBASSADOR: pgettext("audience", "{people} who are ambassadors"),
}
LANGUAGES: Mapping[str, Text] = {
    "da": pgettext("audience", "Danish"),
    "en": pgettext("audience", "English"),
}
NARROWED: Mapping[str, Text] = {
    AREA: pgettext("audience", "{people} in {name}"),
    FREE: pgettext("audience", "{people} who have no other task during {name}"),
    GROUP: pgettext("audience", "{people} who are members of {name}"),
    HELPED: pgettext("audience", "{people} who have helped with {name}"),
    INTEREST: pgettext("audience", "{people} with an interest in {name}"),
    LANGUAGE: pgettext("audience", "{people} who read {name}"),
    PERSON: pgettext("audience", "{people} who are {name}"),
    RESTED: pgettext("audience", "{people} who were not invited since {name}"),
    SHIFT: pgettext("audience", "{people} who come to {name}"),
    SKILL: pgettext("audience", "{people} good at {name}"),
    TIME: pgettext("audience", "{people} who have time {name}"),
    VOLUNTEER: pgettext("audience", "{people} who volunteered since {name}"),
}
COMING = pgettext("audience", "those who come to {name}")
EVER = pgettext("audience", "{people} who volunteered at any time")
# These say where people are, what they can or when, but not who they are.
LIMITS = frozenset({AREA, FREE, HELPED, INTEREST, LANGUAGE, RESTED, SKILL, TIME, VOLUNTEER})
MEMBERS = pgettext("audience", "the members of {name}")
BUT_NOT = pgettext("audience", "{people}, but not {others}")
AMONG = pgettext("audience", "{people} who are also among {others}")
GROUPED = pgettext("audience", "({people})")


@dataclass(frozen=True, slots=True)
class Names:
    """The names of what predicates refer to, by their values."""

    groups: Mapping[str, str] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)
    persons: Mapping[str, str] = field(default_factory=dict)
    shifts: Mapping[str, Words] = field(default_factory=dict)
    themes: Mapping[str, str] = field(default_factory=dict)
    opportunities: Mapping[str, str] = field(default_factory=dict)

    def of(self, one: Is) -> Words | Day:
        """Return the name of a predicate's value, or the value where the name is unknown."""
        if one.what in {RESTED, VOLUNTEER}:
            return Day(date.fromisoformat(one.value))
        if one.what == TIME:
            return slot_name(one.value)
        names: Mapping[str, Mapping[str, Words]] = {
            GROUP: self.groups,
            AREA: self.areas,
            PERSON: self.persons,
            SHIFT: self.shifts,
            FREE: self.shifts,
            HELPED: self.opportunities,
            INTEREST: self.themes,
        }
        return names.get(one.what, LANGUAGES).get(one.value, one.value)


def in_words(audience: Audience, names: Names) -> Words:
    """Return who is in an audience, in words."""
    match audience:
        case Is():
            return _people(audience, names)
        case Or(parts):
            return pgettext("audience", "{people}").with_(
                people=Listed(tuple(_grouped(part, names) for part in parts))
            )
        case And() | Not():
            return _narrowed(list(_flat(audience)), names)


def _people(one: Is, names: Names) -> Words:
    """Return the people of one predicate."""
    match one.what:
        case "role":
            return ROLES.get(one.value, one.value)
        case "group":
            return MEMBERS.with_(name=names.of(one))
        case "shift":
            return COMING.with_(name=names.of(one))
        case "person":
            return names.persons.get(one.value, one.value)
        case what if what in LIMITS:
            return _limited(ALL, one, names)
        case _:
            return ALL


def _flat(audience: Audience) -> Iterable[Audience]:
    """Yield the parts of an audience all of which hold."""
    if isinstance(audience, And):
        for part in audience.parts:
            yield from _flat(part)
    else:
        yield audience


def _narrowed(parts: list[Audience], names: Names) -> Words:
    """Return the people of all the parts: the first in words, then each limit."""
    wanted = [part for part in parts if not isinstance(part, Not) and part != Is(EVERYONE)]
    first = next((part for part in wanted if not _is_limit(part)), None)
    said: Words = ALL if first is None else _grouped(first, names)
    for part in wanted:
        if part is not first:
            said = _limited(said, part, names)
    others = tuple(_others(part.part, names) for part in parts if isinstance(part, Not))
    return BUT_NOT.with_(people=said, others=Listed(others)) if others else said


def _is_limit(part: Audience) -> bool:
    """Return whether a part limits people, but does not say who they are."""
    return isinstance(part, Is) and part.what in LIMITS


def _limited(people: Words, part: Audience, names: Names) -> Text:
    """Return the people who are in another part too."""
    match part:
        case Is("role", value):
            return ROLE_MEMBERS[value].with_(people=people)
        case Is("volunteer", ""):
            return EVER.with_(people=people)
        case Is(what) if what in NARROWED:
            return NARROWED[what].with_(people=people, name=names.of(part))
        case _:
            return AMONG.with_(people=people, others=_grouped(part, names))


def _others(part: Audience, names: Names) -> Words:
    """Return the people who are taken out; of a group its name is enough."""
    match part:
        case Is("group", value):
            return names.groups.get(value, value)
        case _:
            return _grouped(part, names)


def _grouped(part: Audience, names: Names) -> Words:
    """Return a part in words, in parentheses where it has several parts."""
    said = in_words(part, names)
    return said if isinstance(part, Is) else GROUPED.with_(people=said)
