"""What pledges add up to in a year: by theme, area and group, and in other units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from aiohttp import web

from bot.console.cells import Block, Cell, Line, Link, Table, switch
from bot.console.console_context import context_of
from bot.console.current_user import user_of
from bot.console.form_input import number_of
from bot.console.pages.pledges import views
from bot.console.pledge_labels import as_typed, measured, themed, unit_name
from bot.console.pledge_sums import Converted, Total, converted, totals_of
from bot.console.record_page import RecordPage, Section, record_page
from bot.console.table_files import file_links, table_file
from bot.console.town_labels import area_options
from bot.i18n import Text, _, ngettext, pgettext, show_number
from bot.model.opportunity import said
from bot.model.pledge_snapshot import Counted
from bot.store.unit import Unit

FIRST_YEAR = 2026
NO_AREA, NO_GROUP = _("Area unknown"), _("Without a group")
PLEDGES = ngettext("{count} pledge", "{count} pledges", "count")
PROMISED, IS_DONE = pgettext("total", "Promised"), pgettext("total", "Done")
COLUMNS: Sequence[Text] = (_("Theme"), PROMISED, IS_DONE, _("Pledges"), _("People"))
FILE_COLUMNS = (
    pgettext("total", "By"),
    _("Area or group"),
    _("Theme"),
    PROMISED,
    IS_DONE,
    _("Measured in"),
    _("Pledges"),
    _("People"),
)
NUMBERS = (1, 2, 3, 4)  # the columns with numbers, of a table without its own first column


@dataclass(frozen=True, slots=True)
class Totals:
    """All totals of a year."""

    year: int
    years: Sequence[int]
    themes: Sequence[Total]
    areas: Sequence[Total]
    groups: Sequence[Total]
    group_names: Mapping[int, str]
    conversions: Sequence[Converted]


async def totals_for(request: web.Request, unit: Unit) -> Totals:
    """Read the totals of the year in the address, of this year without one."""
    this_year = unit.calendar.local(unit.now).year
    years = tuple(range(FIRST_YEAR, this_year + 1))
    asked = number_of(request.query.get("year"))
    year = asked if asked in years else this_year
    counted: Sequence[Counted] = await unit.ledger.contributions(year)
    groups = totals_of([one for one in counted if one.group_id], lambda one: one.group_id)
    ids = {one.catalogue_id for one in counted if one.catalogue_id is not None}
    live = await unit.groups.live()
    return Totals(
        year,
        years,
        totals_of(counted),
        totals_of(counted, lambda one: one.area),
        groups,
        {one.id: one.name for one in live},
        converted(counted, await unit.catalogue.some(ids)),
    )


async def show_totals(request: web.Request) -> web.StreamResponse:
    """Show the live totals of a year."""
    async with context_of(request).store.reading() as unit:
        found = await totals_for(request, unit)
    years = [(f"pledges/totals?year={year}", str(year)) for year in found.years]
    lead = Line(
        _(
            "These are the numbers at this moment. The public reads the numbers of "
            "last night, and none of fewer than five people. A pledge that is counted by "
            "check-ins is here from its first answer on."
        ),
        "quiet",
    )
    sections = [
        Section(
            lines=(
                views("pledges/totals"),
                switch(years, f"pledges/totals?year={found.year}"),
                lead,
            )
        ),
        _section(request, _("By theme"), found.themes, None),
        _section(request, _("By area"), found.areas, _areas(request)),
        _section(request, _("By group"), found.groups, found.group_names),
        _conversions(request, found.conversions),
        Section(_("As a file"), lines=(_files(found.year),)),
    ]
    title = _("Pledges in total, {year}").with_(year=str(found.year))
    return await record_page(request, RecordPage(title, sections))


def _areas(request: web.Request) -> Mapping[Any, Text | str]:
    return {**dict(area_options(request)), None: NO_AREA}


def _section(
    request: web.Request,
    heading: Text,
    totals: Sequence[Total],
    names: Mapping[Any, Text | str] | None,
) -> Section:
    """Return a table of totals; *names* are those of the areas or groups, None for themes."""
    if not totals:
        return Section(heading, lines=(Line(_("Nothing yet."), "quiet"),))
    rows = [
        (
            *(() if names is None else (names.get(one.of, NO_GROUP),)),
            themed(request, one.theme),
            measured(request, one.measure, one.promised),
            measured(request, one.measure, one.done),
            str(one.pledges),
            str(one.people),
        )
        for one in _ordered(request, totals, names)
    ]
    own = () if names is None else (pgettext("total", "Where or who"),)
    right = NUMBERS if names is None else tuple(place + 1 for place in NUMBERS)
    return Section(heading, lines=(Table(heading, (*own, *COLUMNS), rows, right),))


def _ordered(
    request: web.Request, totals: Sequence[Total], names: Mapping[Any, Text | str] | None
) -> Sequence[Total]:
    """Return totals in the order of the areas or groups, then of the themes and measures."""
    places = {key: n for n, key in enumerate(names or {})}
    themes = {one.key: n for n, one in enumerate(context_of(request).town.pledge_themes)}
    last = len(places) + len(themes)
    return sorted(
        totals,
        key=lambda one: (places.get(one.of, last), themes.get(one.theme, last), one.measure),
    )


def _conversions(request: web.Request, found: Sequence[Converted]) -> Section:
    """Return the totals in other units, each with its range and source."""
    heading, language = _("In other units"), user_of(request).language
    if not found:
        none = _("No pledge of the catalogue with a conversion has been made yet.")
        return Section(heading, lines=(Line(none, "quiet"),))
    rows = [
        (
            Link(one.entry.title, f"catalogue/{one.entry.id}"),
            measured(request, one.entry.measure, one.amount),
            _ranged(one, language),
            said((one.entry.factor or {}).get("source"), language),
        )
        for one in found
    ]
    columns = (_("Pledge"), pgettext("total", "In total"), _("Converted to"), _("Source"))
    about = Line(_("Estimates, from the lower to the upper end of what the source says."), "quiet")
    return Section(heading, lines=(about, Table(heading, columns, rows, (1, 2))))


def _ranged(one: Converted, language: str) -> str:
    """Return a converted total with its range and unit."""
    low, high = (show_number(_rounded(number), language) for number in (one.low, one.high))
    return f"{low} – {high} {said((one.entry.factor or {}).get('unit'), language)}"


def _rounded(number: Decimal) -> Decimal:
    """Return an estimate with three digits; more would claim a precision that it does not have."""
    if not number:
        return number
    places = min(number.adjusted() - 2, 0)
    return round(number, -places) if places else Decimal(round(number))


def _files(year: int) -> Cell:
    return Block(file_links("pledges/totals/table", f"?year={year}"), "buttons")


async def give_table(request: web.Request) -> web.StreamResponse:
    """Return the totals of a year as a file, without names of people."""
    async with context_of(request).store.reading() as unit:
        found = await totals_for(request, unit)
    parts: Sequence[tuple[Text, Sequence[Total], Mapping[Any, Text | str] | None]] = (
        (pgettext("total", "Theme"), found.themes, None),
        (pgettext("total", "Area"), found.areas, _areas(request)),
        (pgettext("total", "Group"), found.groups, found.group_names),
    )
    rows = [
        (
            by,
            "" if names is None else names.get(one.of, NO_GROUP),
            themed(request, one.theme),
            as_typed(one.promised),
            as_typed(one.done),
            unit_name(request, one.measure),
            one.pledges,
            one.people,
        )
        for by, totals, names in parts
        for one in _ordered(request, totals, names)
    ]
    said_name = _("Pledges in total, {year}").with_(year=str(found.year))
    return await table_file(
        request, f"pledge-totals-{found.year}", FILE_COLUMNS, rows, said=said_name
    )
