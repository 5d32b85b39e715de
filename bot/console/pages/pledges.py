"""The list of pledges, and their export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web

from bot.console.cells import Block, Cell, Line, Link, Part, Title, dotted, switch
from bot.console.console_context import context_of
from bot.console.current_user import staff_of, user_of
from bot.console.form import Field, Options
from bot.console.form_input import number_of
from bot.console.list_labels import NAMELESS
from bot.console.list_page import ListPage, filters_of, list_page
from bot.console.pages.participants import LONGEST_SEARCH, ON_A_PAGE
from bot.console.paging import BEFORE, asked_before, paged
from bot.console.pledge_labels import (
    as_typed,
    measured,
    pledge_tag,
    pledge_theme_options,
    state_name,
    themed,
    unit_name,
)
from bot.console.responses import ask
from bot.console.table_files import file_links, local_time, table_file
from bot.console.town_labels import area_options
from bot.i18n import Text, _, pgettext
from bot.model.commands.pledges import ExportPledges
from bot.model.pledge import LIVE, RHYTHM_NAMES, STATE_NAMES, Pledge, PledgeState, RunOut
from bot.model.staff import May
from bot.service.pledges.ending import run_outs
from bot.store.unit import Unit

WAY = Link(_("Pledges"), "pledges")
ALL = "all"
UNTIL = _("until {day}")
AT_ONCE = 1000  # pledges of the file that are read by one statement
COLUMNS = (
    _("Number"),
    _("Name"),
    pgettext("pledge", "State"),
    _("Pledge"),
    _("Theme"),
    _("Amount"),
    _("Measured in"),
    pgettext("pledge", "How often"),
    _("From"),
    _("Until"),
    _("Area"),
    _("Made"),
)


async def show_pledges(request: web.Request) -> web.StreamResponse:
    """Show pledges by state, theme, area and words; of one person or one origin by a link."""
    query = request.query
    async with context_of(request).store.reading() as unit:
        found = await _found(request, unit, before=asked_before(request))
        names = await unit.participants.names({one.participant_id or 0 for one in found})
        ended = await run_outs(unit, found)
        entry = await unit.catalogue.get(number_of(query.get("entry")) or 0)
        campaign = await unit.campaigns.get(number_of(query.get("campaign")) or 0)
        person = number_of(query.get("participant"))
    last = found[:ON_A_PAGE][-1].id if found else None
    shown, paging = paged(request, found, ON_A_PAGE, last)
    kept = {name: query[name] for name in ("entry", "campaign", "participant") if name in query}
    of: list[Cell] = [one.title for one in (entry, campaign) if one is not None]
    if person is not None:
        of.append(names.get(person) or NAMELESS)
    above: list[Cell] = [views("pledges")]
    if of:
        above.append(Line((Part(dotted(*of), tag="strong"), " ", Link(_("Show all"), "pledges"))))
    return await list_page(
        request,
        ListPage(
            _("Pledges"),
            shown,
            (
                lambda one: Title(
                    (Link(one.words, f"pledges/{one.id}"), " ", pledge_tag(one, ended))
                ),
                lambda one: Line(_about(request, one, names), "quiet"),
            ),
            new=Link(_("Take a pledge by phone"), "pledges/new"),
            above=above,
            filters=filters_of(request, "pledges", _filters(request, person), hidden=kept),
            empty=Line(_("There is no such pledge."), "empty"),
            below=_files(request),
            paging=paging,
        ),
    )


def views(here: str) -> Line:
    """Return the links to the pledges and to what they add up to; *here* is the shown one."""
    pages = (("pledges", _("One by one")), ("pledges/totals", _("In total")))
    return switch(pages, here)


async def _found(
    request: web.Request, unit: Unit, limit: int = ON_A_PAGE + 1, before: int | None = None
) -> Sequence[Pledge]:
    """Return the newest pledges that the address asks for; those of one person in all states."""
    query = request.query
    state, person = query.get("state", ""), number_of(query.get("participant"))
    states: Any = LIVE if person is None else tuple(PledgeState)
    if state == ALL:
        states = tuple(PledgeState)
    elif state in list(PledgeState):
        states = (PledgeState(state),)
    return await unit.pledges.listed(
        states,
        limit,
        before=before,
        theme=query.get("theme", ""),
        area=query.get("area", ""),
        words=query.get("q", "").strip()[:LONGEST_SEARCH],
        catalogue_id=number_of(query.get("entry")),
        campaign_id=number_of(query.get("campaign")),
        participant_id=person,
    )


def _filters(request: web.Request, person: int | None) -> Sequence[Field]:
    def choice(name: str, label: Text, options: Options, empty: Text) -> Field:
        return Field(name, label, "choice", options=options, empty=empty, required=False)

    states = [(str(one), name) for one, name in STATE_NAMES.items()]
    usual, every = pgettext("pledge", "Live ones"), pgettext("pledge", "All, also ended ones")
    if person is None:
        states = [(ALL, every), *states]
    return (
        Field("q", _("Words in the pledge"), "search", required=False, longest=LONGEST_SEARCH),
        choice("state", pgettext("pledge", "State"), states, usual if person is None else every),
        choice("theme", _("Theme"), pledge_theme_options(request), _("All themes")),
        choice("area", _("Area"), area_options(request), _("All areas")),
    )


def _about(request: web.Request, one: Pledge, names: Mapping[int, str]) -> Cell:
    """Return whose pledge it is, its theme, its amount, and until when."""
    areas = dict(area_options(request))
    return dotted(
        names.get(one.participant_id or 0) or NAMELESS,
        themed(request, one.theme),
        measured(request, one.measure, one.amount),
        RHYTHM_NAMES[one.rhythm],
        areas.get(one.area or ""),
        UNTIL.with_(day=one.ends_on),
    )


def _files(request: web.Request) -> Cell:
    """Return the links to the files of the list, with names: for staff who may export persons."""
    if not user_of(request).may(May.EXPORT_PERSONS):
        return None
    query = request.rel_url.without_query_params(BEFORE).query_string
    return Block(file_links("pledges/table", f"?{query}" if query else ""), "buttons")


async def give_table(request: web.Request) -> web.StreamResponse:
    """Return the filtered list with names as a file; the export is recorded first."""
    await ask(request, ExportPledges(staff_of(request).id))
    rows: list[Sequence[Any]] = []
    async with context_of(request).store.reading() as unit:
        before = None
        while found := await _found(request, unit, AT_ONCE, before):
            before = found[-1].id
            names = await unit.participants.names({one.participant_id or 0 for one in found})
            ended = await run_outs(unit, found)
            rows += [
                _row(request, unit, one, names.get(one.participant_id or 0, ""), ended)
                for one in found
            ]
    return await table_file(request, "pledges", COLUMNS, rows, said=_("Pledges"))


def _row(
    request: web.Request,
    unit: Unit,
    one: Pledge,
    name: str,
    ended: Mapping[int, RunOut],
) -> Sequence[Any]:
    """Return the row of a pledge in the file."""
    areas = dict(area_options(request))
    return (
        one.id,
        name,
        state_name(one, ended),
        one.words,
        themed(request, one.theme),
        as_typed(one.amount) if one.measure else None,
        unit_name(request, one.measure),
        RHYTHM_NAMES[one.rhythm],
        one.starts_on,
        one.ends_on,
        areas.get(one.area or "", ""),
        local_time(unit, one.created_at),
    )
