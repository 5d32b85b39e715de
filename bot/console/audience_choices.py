"""What can be chosen in a line of an audience, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.console.audience_labels import broadcast_name, names_for, topic_names
from bot.console.audience_tree import SAVED, choice_of
from bot.i18n import ByLanguage, Text, _, pgettext
from bot.model.audience import (
    AGREES,
    ANSWERED,
    AREA,
    CAMPAIGN,
    CHECKED,
    COMES,
    ENTRY,
    EVERYONE,
    FREE,
    GOT,
    GROUP,
    HELPED,
    INTEREST,
    LANGUAGE,
    PLEDGED,
    PLEDGES,
    RESTED,
    ROLE,
    SEEN,
    SKILL,
    THEME,
    TIME,
    VOLUNTEER,
    And,
    Audience,
    Is,
    Not,
    Or,
    Saved,
    readable,
)
from bot.model.audience_words import GONE, LANGUAGES, PLEDGE_NAMES, in_words
from bot.model.broadcast import BEGUN
from bot.model.campaign import CampaignState
from bot.model.opportunity import Opportunity, Shift
from bot.model.participant import CITIZEN_ROLE_NAMES
from bot.model.profile import slot_name, slots
from bot.store.predicates import PREDICATES
from bot.store.unit import Unit

MOST_LISTED = 30  # opportunities, shared pledges and broadcasts, the newest ones
ALL = _("Everyone")
SIGNED_UP = _("Has signed up for a task")
BEEN_THERE = _("Has taken part in a task")
NOT_INVITED = _("Was not invited to a task")
FREE_THEN = _("Has no other task at that time")
HAS_HELPED = _("Has helped with {name}")
COMES_TO = _("Comes to {name}")
GAVE = _("Gave {name}")
HAS_NOW = _("Has {name} now")
CHECKED_IN = _("Answered a check-in on {name}")
HAS_ANSWERED = _("Answered {name}")
HAS_GOT = _("Got {name}")
SAID_YES = _("Said yes to news about {name}")
IN_CHAT = _("Has been in the chat")
DELETED = _("A saved audience that was deleted: {who}")
CANNOT_READ = _("A condition that cannot be read. Choose again.")
SIGNABLE = tuple(set(CampaignState) - {CampaignState.DRAFT, CampaignState.IN_REVIEW})
Choice = tuple[str, Any]  # a value with its label
Heading = tuple[Text, Sequence[Choice]]


@dataclass(frozen=True, slots=True)
class Choices:
    """What a line can name: *plain* and under *headings*; *saved* are audiences by id.

    *gone* is shown where a stored audience has it, and cannot be chosen again.
    """

    plain: Sequence[Choice]
    headings: Sequence[Heading]
    saved: Mapping[str, Audience] = field(default_factory=dict)
    gone: Sequence[Choice] = ()

    @property
    def known(self) -> frozenset[str]:
        """Return every value that can be chosen."""
        listed = [one for _heading, some in self.headings for one in some]
        values = {value for value, _label in (*self.plain, *listed)}
        return frozenset(values - {value for value, _label in self.gone})

    def matching(self, matches: Callable[[Any], bool], kept: str) -> Choices:
        """Return the choices whose labels match, with the one that a line has already."""

        def some(listed: Sequence[Choice]) -> list[Choice]:
            return [(value, label) for value, label in listed if value == kept or matches(label)]

        headings = [(heading, some(listed)) for heading, listed in self.headings]
        shown = [(heading, listed) for heading, listed in headings if listed]
        return replace(self, plain=some(self.plain), headings=shown)


Place = tuple[Opportunity, Shift | None]  # what people are invited for


async def choices_for(
    unit: Unit, present: Audience | None = None, wanted: Place | None = None
) -> Choices:
    """Return what can be chosen, with all that the *present* audience has.

    *wanted* is what people are invited for.
    """
    saved = {str(one.id): one for one in await unit.saved_audiences.all()}
    headings: list[Heading] = [
        (_("Saved audiences"), [(f"{SAVED}:{key}", one.name) for key, one in saved.items()]),
        (_("Role"), [(f"{ROLE}:{role}", name) for role, name in CITIZEN_ROLE_NAMES.items()]),
        (_("Group"), [(f"{GROUP}:{one.id}", one.name) for one in await unit.groups.live()]),
        (_("Area"), [(f"{AREA}:{area.key}", area.name) for area in unit.town.areas]),
        *await _pledges(unit),
        (_("Volunteers"), await _volunteers(unit, wanted)),
        (_("Interest"), [(f"{INTEREST}:{key}", name) for key, name in _themes(unit).items()]),
        (pgettext("audience", "Good at"), _each(SKILL, await _skills(unit))),
        (
            pgettext("audience", "Has time"),
            [(f"{TIME}:{slot}", slot_name(slot)) for slot in slots()],
        ),
        (_("News and the chat"), await _news(unit)),
        (_("Language"), _each(LANGUAGE, LANGUAGES)),
    ]
    shown = [(heading, some) for heading, some in headings if some]
    found = Choices(
        [(EVERYONE, ALL)], shown, {key: readable(one.audience) for key, one in saved.items()}
    )
    return await _with_present(unit, found, present) if present is not None else found


def _each(what: str, names: Mapping[str, Any]) -> list[Choice]:
    return [(f"{what}:{key}", name) for key, name in names.items()]


def _themes(unit: Unit) -> Mapping[str, Any]:
    return {topic.key: ByLanguage.of(topic.labels) for topic in unit.town.topics}


async def _skills(unit: Unit) -> Mapping[str, str]:
    return {skill: skill for skill in await unit.opportunities.skills()}


async def _pledges(unit: Unit) -> list[Heading]:
    """Return the choices by pledges given, pledges that live, and check-ins answered."""
    entries = [(f"{ENTRY}.{one.id}", ENTRY, one.titles) for one in await unit.catalogue.published()]
    themes = [(f"{THEME}.{one.key}", THEME, one.labels) for one in unit.town.topics]
    shared = [
        (f"{CAMPAIGN}.{one.id}", CAMPAIGN, one.titles)
        for one in await unit.campaigns.in_states(SIGNABLE, MOST_LISTED)
    ]
    named: list[Choice] = [("", PLEDGE_NAMES[""])]
    named += [
        (subject, PLEDGE_NAMES[kind].with_(name=ByLanguage.of(titles)))
        for subject, kind, titles in (*entries, *themes, *shared)
    ]
    labels = (
        (PLEDGED, _("Gave a pledge"), GAVE),
        (PLEDGES, _("Has a pledge now"), HAS_NOW),
        (CHECKED, _("Answered a check-in"), CHECKED_IN),
    )
    return [
        (heading, [(f"{what}:{subject}", label.with_(name=name)) for subject, name in named])
        for what, heading, label in labels
    ]


async def _volunteers(unit: Unit, wanted: Place | None) -> list[Choice]:
    """Return the choices by what people have done as volunteers, and what they were asked."""
    opened = {one.id: one.title for one in (await unit.opportunities.open())[-MOST_LISTED:]}
    options: list[Choice] = [
        (f"{VOLUNTEER}:", SIGNED_UP),
        (f"{HELPED}:", BEEN_THERE),
        (f"{RESTED}:", NOT_INVITED),
    ]
    if wanted is not None:
        opportunity, shift = wanted
        opened[opportunity.id] = opportunity.title
        if shift is not None:
            options.append((f"{FREE}:{shift.id}", FREE_THEN))
    options += [(f"{HELPED}:{key}", HAS_HELPED.with_(name=name)) for key, name in opened.items()]
    options += [(f"{COMES}:{key}", COMES_TO.with_(name=name)) for key, name in opened.items()]
    return options


async def _news(unit: Unit) -> list[Choice]:
    """Return the choices by what people got and answered, and when they were last here."""
    sent = await unit.broadcasts.listed(tuple(BEGUN), MOST_LISTED)
    answered: list[Choice] = [
        (f"{ANSWERED}:{one.id}", HAS_ANSWERED.with_(name=broadcast_name(one)))
        for one in sent
        if one.is_dialogue
    ]
    got = [(f"{GOT}:{one.id}", HAS_GOT.with_(name=broadcast_name(one))) for one in sent]
    agrees = [
        (f"{AGREES}:{key}", SAID_YES.with_(name=name))
        for key, name in topic_names(unit.town).items()
    ]
    return [(f"{SEEN}:", IN_CHAT), *answered, *got, *agrees]


async def _with_present(unit: Unit, found: Choices, present: Audience) -> Choices:
    """Return choices with those that a present audience has, also where they are gone."""
    names, known = await names_for(unit, present), found.known
    more: dict[str, Any] = {}
    gone: dict[str, Any] = {}
    saved = dict(found.saved)
    for one in _parts(present):
        if isinstance(one, Saved):
            if one.id not in saved:
                saved[one.id] = one.part
                who = in_words(one.part, await names_for(unit, one.part))
                more[f"{SAVED}:{one.id}"] = DELETED.with_(who=who)
            continue
        value = choice_of(one)
        if value in known:
            continue
        if one.what not in PREDICATES:
            gone[value] = CANNOT_READ
        elif one.subject and names.of(one) == GONE:
            gone[value] = in_words(one, names)
        else:
            more[value] = in_words(replace(one, value=one.subject), names)
    kept: list[Heading] = [(_("As it is now"), [*more.items(), *gone.items()])]
    headings = [*found.headings, *(kept if more or gone else ())]
    return replace(found, headings=headings, saved=saved, gone=tuple(gone.items()))


def _parts(audience: Audience) -> Iterable[Is | Saved]:
    """Yield what a form has a line for: predicates, and saved audiences as one."""
    match audience:
        case Is() | Saved():
            yield audience
        case And(parts) | Or(parts):
            for part in parts:
                yield from _parts(part)
        case Not(part):
            yield from _parts(part)
