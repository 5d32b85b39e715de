"""Labels of pledges, campaigns and answers at the console, and what can be chosen of them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from aiohttp import web

from bot.console.cells import Part, tag
from bot.console.console_context import context_of
from bot.console.current_user import user_of
from bot.console.form import Options
from bot.i18n import Text, _, month_names, ngettext, pgettext
from bot.model.campaign import CAMPAIGN_STATE_NAMES, Campaign, CampaignState
from bot.model.opportunity import said
from bot.model.outcome import OUTCOME_STATE_NAMES, OutcomeState
from bot.model.pledge import (
    KIND_NAMES,
    PER_UNIT,
    RHYTHM_NAMES,
    RUN_OUT_NAMES,
    STATE_NAMES,
    VISIBILITY_NAMES,
    Entry,
    Pledge,
    PledgeState,
    RunOut,
    Visibility,
)
from bot.model.pledge_catalogue import ENTRY_STATE_NAMES, CatalogueEntry, EntryState
from bot.model.staff import May
from bot.store.unit import Unit
from flows.pledge_words import amount_words, theme_name, unit_words

ENTRIES: Mapping[EntryState, str] = {
    EntryState.DRAFT: "wait",
    EntryState.PUBLISHED: "on",
    EntryState.RETIRED: "off",
}
PLEDGES: Mapping[PledgeState, str] = {
    PledgeState.SIGNED: "wait",
    PledgeState.ACTIVE: "on",
    PledgeState.PAUSED: "wait",
    PledgeState.KEPT: "on",
    PledgeState.STOPPED: "off",
    PledgeState.WITHDRAWN: "off",
    PledgeState.RELEASED: "off",
    PledgeState.ALREADY: "off",
}
CAMPAIGNS: Mapping[CampaignState, str] = {
    CampaignState.DRAFT: "wait",
    CampaignState.IN_REVIEW: "wait",
    CampaignState.OPEN: "on",
    CampaignState.ACTIVATED: "on",
    CampaignState.FOLLOW_UP: "on",
    CampaignState.COMPLETED: "off",
    CampaignState.EXPIRED_UNMET: "off",
    CampaignState.CANCELLED: "off",
}
LEDGER: Mapping[Entry, Text] = {
    Entry.MADE: pgettext("ledger", "The pledge began"),
    Entry.RESIZED: pgettext("ledger", "The amount was changed"),
    Entry.STOPPED: pgettext("ledger", "It was stopped"),
    Entry.WITHDRAWN: pgettext("ledger", "It was withdrawn"),
    Entry.CHECKED_IN: pgettext("ledger", "An answer how it went"),
    Entry.UNDONE: pgettext("ledger", "An answer was taken back"),
}
VISIBILITIES: Mapping[Visibility, Text] = {
    Visibility.PRIVATE: _("Only the person and we"),
    Visibility.UNNAMED: VISIBILITY_NAMES[Visibility.UNNAMED],
    Visibility.NAMED: VISIBILITY_NAMES[Visibility.NAMED],
}
HELD = _("not yet: beside the numbers it would tell what a few others promised")
SIGNED = ngettext("{signers} of {count} has signed", "{signers} of {count} have signed", "count")
MADE = ngettext("{count} pledge made from it", "{count} pledges made from it", "count")
LIVING = ngettext("{count} is live", "{count} are live", "count")
OWN_WORDS = _("In their own words")


def entry_tag(one: CatalogueEntry) -> Part:
    """Return the state of an entry of the catalogue as a tag."""
    return tag(ENTRY_STATE_NAMES[one.state], ENTRIES[one.state])


def state_name(one: Pledge, run_outs: Mapping[int, RunOut]) -> Text:
    """Return the state of a pledge; of one whose time was over, how it ended."""
    return RUN_OUT_NAMES[run_outs[one.id]] if one.id in run_outs else STATE_NAMES[one.state]


def pledge_tag(one: Pledge, run_outs: Mapping[int, RunOut]) -> Part:
    """Return the state of a pledge as a tag."""
    return tag(state_name(one, run_outs), PLEDGES[one.state])


def campaign_tag(one: Campaign) -> Part:
    """Return the state of a campaign as a tag."""
    return tag(CAMPAIGN_STATE_NAMES[one.state], CAMPAIGNS[one.state])


def outcome_tag(state: OutcomeState) -> Part:
    """Return the state of an answer as a tag."""
    return tag(OUTCOME_STATE_NAMES[state], "wait" if state is OutcomeState.OPEN else "on")


def pledge_theme_options(request: web.Request) -> Options:
    """Return the themes of pledges to choose from."""
    language, town = user_of(request).language, context_of(request).town
    return tuple((one.key, said(one.labels, language)) for one in town.pledge_themes)


def measure_options(request: web.Request) -> Options:
    """Return the measures to choose from, by their names in the plural."""
    language, town = user_of(request).language, context_of(request).town
    return tuple((one.key, said(one.many, language)) for one in town.measures)


def rhythm_options() -> Options:
    """Return how often a pledge can be kept."""
    return [(str(one), name) for one, name in RHYTHM_NAMES.items()]


def kind_options() -> Options:
    """Return how amounts add up."""
    return [(str(one), name) for one, name in KIND_NAMES.items()]


async def staff_options(unit: Unit) -> Options:
    """Return the staff who work with pledges."""
    everybody = [one for one in await unit.staff.all() if one.may(May.PLEDGES)]
    return [(str(one.id), f"{one.first_name}, {one.unit}") for one in everybody]


def themed(request: web.Request, key: str) -> str:
    """Return the name of a theme of pledges."""
    return theme_name(context_of(request).town, key, user_of(request).language)


def measured(request: web.Request, measure: str | None, amount: int) -> str:
    """Return an amount with its unit; empty without a measure."""
    return amount_words(context_of(request).town, measure, amount, user_of(request).language)


def unit_name(request: web.Request, measure: str | None) -> str:
    """Return the name of a unit in the plural; empty without a measure."""
    return unit_words(context_of(request).town, measure, user_of(request).language)


def as_typed(amount: int) -> str:
    """Return hundredths as a Danish form shows them: "20", "1,5"."""
    return f"{Decimal(amount) / PER_UNIT:f}".replace(".", ",")


def month_options(request: web.Request) -> Options:
    """Return the months to choose from."""
    names = month_names(user_of(request).language, "wide")
    return [(str(n), name) for n, name in enumerate(names, 1)]


def season_words(request: web.Request, season: tuple[int, ...]) -> Text | str | None:
    """Return the months of a season."""
    if not season:
        return None
    months = dict(month_options(request))
    return f"{months[str(season[0])]} – {months[str(season[-1])]}"


def named_by(staff: Mapping[int, str], staff_id: int | None) -> Text | str | None:
    """Return the first name of a member of the staff; None for no one."""
    if staff_id is None:
        return None
    return staff.get(staff_id, _("Somebody who no longer works here"))


async def staff_names(unit: Unit) -> Mapping[int, str]:
    """Return the first names of the staff."""
    return {one.id: one.first_name for one in await unit.staff.all()}


def visibility_options() -> Options:
    """Return who may see a pledge."""
    return [(str(one), name) for one, name in VISIBILITIES.items()]
